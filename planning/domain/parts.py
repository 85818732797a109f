"""Publish a plan, and take its parts as assignments: by letter above the county, at once for the county's own plan.

    offered -> accepted | declined

A part is of one county. Accepting it makes its villages assignments, and the answer goes back by letter. A team's stay
begins when the county says who leads it: until then whoever is in the village stays, so that no village is left alone.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from planning.domain.authority import at_authority
from planning.domain.plans import decide_plan, lock_draft
from planning.enums import Direction, PartState, PlanState
from planning.models import DispatchPlan, PartVillage, PlanPart, Proposal
from planning.queries.explain import ExplainedChoice, explained_choices, plain_reasons
from planning.workflow import PART_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.letters import LetterKind, Payload, letter_kind, send_letter
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean
from registry.models import PLATFORM_TENANT_ID, Letter, Tenant
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from villages.domain.teams import end_team, plan_team, send_team
from villages.domain.units import UnitChanges, add_unit, amend_unit
from villages.models import Unit, Village, WorkTeam
from villages.queries.villages import teams_on, term_of

PART: Final = "planning.part"
ANSWER: Final = "planning.answer"


def publish_plan(proposal_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> DispatchPlan:
    """Publish a plan by one of its proposals: each county gets its part and decides it. `version` is the plan's.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError when it covers no village.
    """
    proposal = Proposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    plan = lock_draft(proposal.plan_id, actor=actor, version=version, action="planning.publish")
    chosen = [choice for choice in explained_choices(proposal) if choice.unit is not None]
    if not chosen:
        raise DomainError("dispatch.covers_nothing", _("This proposal gives no village a unit. Choose another one."))
    proposal.is_chosen = True
    proposal.save(update_fields=["is_chosen"])
    decide_plan(plan, PlanState.PUBLISHED, actor=actor, reason=reason)
    for county_code, choices in _by_county(chosen):
        _offer(plan, county_code, choices, proposal.villages_count, actor=actor)
    return plan


def _by_county(choices: list[ExplainedChoice]) -> Iterator[tuple[str, list[ExplainedChoice]]]:
    ordered = sorted(choices, key=lambda choice: (choice.village.county_code, choice.village.code))
    for code, group in groupby(ordered, key=lambda choice: choice.village.county_code):
        yield code, list(group)


def _offer(plan: DispatchPlan, county_code: str, choices: list[ExplainedChoice], count: int, *, actor: Actor) -> None:
    """Put a county's part before it: by letter, or at once where the county itself planned."""
    county = Tenant.objects.get(code=county_code)
    authority = division_names([plan.scope_code]).get(plan.scope_code, plan.scope_code)
    rows: list[dict[str, Any]] = [
        {
            "village_code": choice.village.code,
            "village_name": choice.village.name,
            "unit_name": choice.unit.name,
            "kind_code": choice.unit.kind_code,
            "level_code": choice.unit.level_code,
            "paired_province_code": choice.unit.paired_province_code,
            "uscc": choice.unit.uscc,
            "why": plain_reasons(choice, count),
        }
        for choice in choices
        if choice.unit is not None
    ]
    payload: Payload = {
        "authority_code": plan.scope_code,
        "authority_name": authority,
        "title": plan.title,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "villages": rows,
    }
    key = new_id()
    if actor.tenant_id != PLATFORM_TENANT_ID:
        _receive(actor, key, payload)
        return
    part = PlanPart(
        scope_code=plan.scope_code,
        key=key,
        direction=Direction.SENT,
        plan=plan,
        other_code=county.code,
        other_name=county.name,
        title=plan.title,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )
    part.save()
    _keep_villages(part, rows)
    send_letter(PART, key=str(key), receiver=county, payload=payload, actor=actor)


def _receive(actor: Actor, key: UUID, payload: Payload) -> None:
    part = PlanPart(
        scope_code=actor.tenant_code,
        key=key,
        direction=Direction.RECEIVED,
        other_code=payload["authority_code"],
        other_name=payload["authority_name"],
        title=payload["title"],
        starts_on=date.fromisoformat(payload["starts_on"]),
        ends_on=date.fromisoformat(payload["ends_on"]),
    )
    part.save()
    _keep_villages(part, payload["villages"])
    record("planning.receive_part", part, actor=actor, changes={"villages": (None, len(payload["villages"]))})


def _keep_villages(part: PlanPart, rows: list[dict[str, Any]]) -> None:
    PartVillage.objects.bulk_create(
        [PartVillage(scope_code=part.scope_code, part=part, **row) for row in rows], batch_size=500
    )


# --- the county decides -----------------------------------------------------------------------------------------------
def accept_part(part_id: UUID, *, actor: Actor, version: int | None = None) -> PlanPart:
    """Take a part: its units are on the county's list, and its villages wait for the leaders' names.

    A unit that is in its village already stays with the team it has, for the days of the plan at least.

    Locks: the part and the teams that stay. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError when a
    village is not one of the county's.
    """
    part = _lock(part_id, actor=actor, version=version)
    villages = dict(Village.objects.values_list("code", "id"))
    units = _CountyUnits(actor)
    there = _teams_there(part)
    for row in part.villages.order_by("village_code"):
        if row.village_code not in villages:
            message = _("%(village)s is not one of the county's villages any more. Decline the part, and say so.")
            raise DomainError("dispatch.no_such_village", message % {"village": row.village_name})
        row.team = there.get((villages[row.village_code], units.of(row).pk))
        if row.team is not None:
            row.save(update_fields=["team"])
            _prolong(row.team, part, actor=actor)
    _decide(part, PartState.ACCEPTED, actor=actor)
    return part


def station_teams(
    part_id: UUID, leaders: Mapping[str, str], *, actor: Actor, version: int | None = None
) -> list[PartVillage]:
    """Begin the stays of an accepted part's teams, each with its leader, by village code: for the part's days.

    The team of another unit that the plan is to replace ends on that day. All of them begin, or none.

    Locks: the part, the teams that end. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError with the
    village's code as its field.
    """
    part: PlanPart = lock_version(PlanPart.objects.filter(direction=Direction.RECEIVED), part_id, version)
    require(actor, "planning.answer", part)
    if part.state != PartState.ACCEPTED:
        message = _("Teams are sent to the villages of a part that was accepted. Accept it first.")
        raise Conflict("dispatch.part_not_accepted", message)
    waiting = {row.village_code: row for row in part.villages.filter(team=None)}
    unknown = sorted(leaders.keys() - waiting.keys())
    if unknown or not leaders:
        message = _("No village of this part waits for a team under that code. Choose one of its list.")
        raise DomainError("dispatch.nothing_waits", message, field=unknown[0] if unknown else None)
    for code, leader_name in leaders.items():
        if not clean(leader_name):
            raise DomainError("team.leader_missing", _("The leader's name is missing. Enter it."), field=code)
    villages = dict(Village.objects.filter(code__in=leaders).values_list("code", "id"))
    units = _CountyUnits(actor)
    begun = []
    for code, leader_name in sorted(leaders.items()):
        row = waiting[code]
        if code not in villages:
            raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
        row.team = _station(row, villages[code], units.of(row), part, leader_name, actor=actor)
        row.save(update_fields=["team"])
        begun.append(row)
    part.touch().save(update_fields=["version", "updated_at"])
    record("planning.station_teams", part, actor=actor, changes={"teams": (None, len(begun))})
    return begun


def _prolong(team: WorkTeam, part: PlanPart, *, actor: Actor) -> None:
    """Let the term of a team that stays last as long as the plan, where it is stated as shorter or not at all."""
    term = term_of(team)
    if term is None or term < part.ends_on:
        plan_team(team.pk, batch_id=team.batch_id, planned_ends_on=part.ends_on, actor=actor)


def decline_part(part_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> PlanPart:
    """Decline a part with a reason that the authority reads; nothing changes in the villages.

    Locks: the part. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    part = _lock(part_id, actor=actor, version=version)
    reason = require_reason(reason)
    _decide(part, PartState.DECLINED, actor=actor, answer=reason)
    return part


def _lock(part_id: UUID, *, actor: Actor, version: int | None) -> PlanPart:
    part: PlanPart = lock_version(PlanPart.objects.filter(direction=Direction.RECEIVED), part_id, version)
    require(actor, "planning.answer", part)
    if part.state != PartState.OFFERED:
        message = _("This part is decided already: %(state)s. Nothing was changed.")
        raise Conflict("dispatch.part_decided", message % {"state": PartState(part.state).label})
    return part


def _decide(part: PlanPart, state: PartState, *, actor: Actor, answer: str = "") -> None:
    _write_state(part, state, answer)
    verb = "accept_part" if state is PartState.ACCEPTED else "decline_part"
    record(f"planning.{verb}", part, actor=actor, changes={"state": (PartState.OFFERED, state)}, reason=answer)
    if part.other_code != actor.tenant_code:
        payload = {"authority_code": part.other_code, "state": state.value, "answer": part.answer}
        above = Tenant.objects.get(pk=PLATFORM_TENANT_ID)
        send_letter(ANSWER, key=str(part.key), receiver=above, payload=payload, actor=actor)


def _write_state(part: PlanPart, state: PartState, answer: str) -> None:
    if state not in PART_STEPS[part.state]:
        raise ValueError(f"a part does not go from {part.state} to {state}")
    part.state, part.answer, part.decided_at = state, answer[:200], timezone.now()
    part.touch().save()


class _CountyUnits:
    """The county's list of units, by code and by name; a unit that is not on it yet is entered.

    One without a kind gets that of the part, and with it its province: who sends it knows best.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        units = list(Unit.objects.all())
        self._by_code = {unit.uscc: unit for unit in units if unit.uscc}
        self._by_name = {unit.name: unit for unit in units}

    def of(self, row: PartVillage) -> Unit:
        unit = self._by_code.get(row.uscc) or self._by_name.get(row.unit_name)
        if unit is None:
            facts: UnitChanges = {"name": row.unit_name, "level_code": row.level_code, "uscc": row.uscc, **_kind(row)}
            unit = add_unit(facts, actor=self._actor)
            self._by_code |= {unit.uscc: unit} if unit.uscc else {}
            self._by_name[unit.name] = unit
        elif row.kind_code and not unit.kind_code:
            unit = amend_unit(unit.pk, _kind(row), actor=self._actor, version=unit.version)
            self._by_code |= {unit.uscc: unit} if unit.uscc else {}
            self._by_name[unit.name] = unit
        return unit


def _kind(row: PartVillage) -> UnitChanges:
    return {"kind_code": row.kind_code, "paired_province_code": row.paired_province_code}


def _teams_there(part: PlanPart) -> dict[tuple[UUID, UUID], WorkTeam]:
    """Give the teams that are in a village on the part's first day, by village and unit."""
    return {(team.village_id, team.unit_id): team for team in teams_on(part.starts_on)}


def _gives_way(former: WorkTeam, row: PartVillage, part: PlanPart) -> bool:
    """Tell whether a team ends for the next one: no higher level sent it, or its term is over."""
    term = term_of(former)
    return former.unit.level_code >= row.level_code or (term is not None and term <= part.starts_on)


def _station(
    row: PartVillage, village_id: UUID, unit: Unit, part: PlanPart, leader_name: str, *, actor: Actor
) -> WorkTeam:
    """Begin the stay, and end that of the team which the figures of need named, unless a higher level's still lasts."""
    others = teams_on(part.starts_on).filter(village_id=village_id).exclude(unit_id=unit.pk)
    former = others.order_by("unit__level_code", "starts_on").first()
    try:
        if former is not None and former.starts_on < part.starts_on and _gives_way(former, row, part):
            end_team(former.pk, actor=actor, on=part.starts_on)
        return send_team(
            village_id,
            unit.pk,
            leader_name=leader_name,
            actor=actor,
            on=part.starts_on,
            planned_ends_on=part.ends_on,
        )
    except DomainError as error:
        text = f"{row.village_name}: {error.message}"
        raise type(error)(error.code, text, field=row.village_code) from error


# --- letters ----------------------------------------------------------------------------------------------------------
def receive_part(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Put a part before the county's office."""
    _receive(actor, UUID(letter.key), payload)


def receive_answer(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Note at the authority what the county decided. Locks: the part."""
    with at_authority(payload["authority_code"], origin=actor.origin) as above:
        part = (
            PlanPart.objects.select_for_update(of=("self",))
            .filter(key=letter.key, direction=Direction.SENT, state=PartState.OFFERED)
            .first()
        )
        if part is None:
            return
        state = PartState(payload["state"])
        _write_state(part, state, payload["answer"])
        record("planning.receive_answer", part, actor=above, changes={"state": (PartState.OFFERED, state)})


letter_kind(PART, LetterKind(receive_part, waits=True))
letter_kind(ANSWER, LetterKind(receive_answer, above=True))
