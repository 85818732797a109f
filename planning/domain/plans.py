"""Dispatch plans: made, amended, given the figures of need, and withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Final, TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from planning.domain.authority import authority_code
from planning.enums import PlanState
from planning.models import DispatchPlan, DispatchUnit, PlanVillage
from planning.queries.needs import VillageNeed
from planning.queries.published import CountyNeeds, needs_published_in
from planning.workflow import PLAN_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.gbcode import Level, level_of, subtree
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

# How many kilometres from the middle of the county's villages count as wholly remote. Source: house rule.
REMOTE_KM: Final = 150
# The levels of units (code list unit_level) that stand above an authority of a level: their teams are not planned anew.
ABOVE: Final[dict[Level, frozenset[str]]] = {
    Level.PROVINCE: frozenset({"1"}),
    Level.PREFECTURE: frozenset({"1", "2"}),
    Level.COUNTY: frozenset({"1", "2", "3"}),
}
WEIGHTS: Final = frozenset(
    f"weight_{name}"
    for name in ("income", "risk", "remoteness", "facilities", "hardest", "skills", "distance", "change")
)
MOST_WEIGHT: Final = 10
# A difficulty of which nothing is known: neither hard nor easy.
UNKNOWN: Final = Decimal("0.5")


class PlanFacts(TypedDict, total=False):
    """The fields of a plan; those left out stay. Weights from 0 to 10, `farthest_km` in kilometres."""

    title: str
    starts_on: date
    ends_on: date
    weight_income: int
    weight_risk: int
    weight_remoteness: int
    weight_facilities: int
    weight_hardest: int
    weight_skills: int
    weight_distance: int
    weight_change: int
    farthest_km: int | None
    keeps_teams: bool


def make_plan(facts: PlanFacts, *, actor: Actor) -> DispatchPlan:
    """Begin a plan of the actor's authority, with the figures that its counties published.

    Raises: NotAllowed; Conflict when there is one of that title; DomainError.
    """
    require(actor, "planning.plan")
    plan = DispatchPlan(scope_code=authority_code(actor), **_checked({"title": "", **facts}))
    _check_period(plan)
    _save(plan)
    record("planning.make_plan", plan, actor=actor, changes={name: (None, value) for name, value in facts.items()})
    _take_needs(plan, actor=actor)
    return plan


def amend_plan(plan_id: UUID, facts: PlanFacts, *, actor: Actor, version: int) -> DispatchPlan:
    """Change a draft; proposals made before keep their points, so that a new one is asked for.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    plan = lock_draft(plan_id, actor=actor, version=version)
    given = _checked(facts)
    changed = {name: (getattr(plan, name), value) for name, value in given.items() if getattr(plan, name) != value}
    if not changed:
        return plan
    for name, (_before, value) in changed.items():
        setattr(plan, name, value)
    _check_period(plan)
    _save(plan.touch())
    record("planning.amend_plan", plan, actor=actor, changes=changed)
    villages = list(plan.villages.all())
    for village in villages:
        village.difficulty = difficulty(plan, village)
    PlanVillage.objects.bulk_update(villages, ["difficulty"], batch_size=500)
    return plan


def refresh_needs(plan_id: UUID, *, actor: Actor, version: int | None = None) -> DispatchPlan:
    """Take the newest published figures into a draft that has no proposal yet.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    plan = lock_draft(plan_id, actor=actor, version=version)
    if plan.proposals.exists():
        message = _("The plan has proposals on the figures it took. Begin another plan for newer figures.")
        raise Conflict("dispatch.has_proposals", message)
    PlanVillage.objects.filter(plan=plan).delete()
    _take_needs(plan, actor=actor)
    return plan


def withdraw_plan(plan_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> DispatchPlan:
    """Give a draft up. Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError."""
    plan = lock_draft(plan_id, actor=actor, version=version)
    decide_plan(plan, PlanState.WITHDRAWN, actor=actor, reason=reason)
    return plan


def lock_draft(
    plan_id: UUID, *, actor: Actor, version: int | None = None, action: str = "planning.plan"
) -> DispatchPlan:
    """Lock a plan that is still a draft of the actor's own authority.

    A region sees the plans of its prefectures and changes none. Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    plan: DispatchPlan = lock_version(DispatchPlan.objects.filter(scope_code=authority_code(actor)), plan_id, version)
    require(actor, action, plan)
    if plan.state != PlanState.DRAFT:
        message = _("This plan is decided already: %(state)s. Nothing was changed.")
        raise Conflict("dispatch.decided", message % {"state": PlanState(plan.state).label})
    return plan


def decide_plan(plan: DispatchPlan, state: PlanState, *, actor: Actor, reason: str) -> None:
    """Write the state a draft ends in. Raises: DomainError without a reason."""
    reason = require_reason(reason)
    before, plan.state = PlanState(plan.state), state
    if state not in PLAN_STEPS[before]:
        raise ValueError(f"a plan does not go from {before} to {state}")
    plan.decided_at, plan.reason = timezone.now(), reason[:200]
    plan.touch().save()
    verb = "publish_plan" if state is PlanState.PUBLISHED else "withdraw_plan"
    record(f"planning.{verb}", plan, actor=actor, changes={"state": (before, state)}, reason=reason)


def difficulty(plan: DispatchPlan, village: PlanVillage) -> Decimal:
    """Reckon the weighted mean of the known figures, 0 to 1; a village of which nothing is known lies in between."""
    remoteness = None
    if village.remoteness_km is not None:
        remoteness = min(Decimal(village.remoteness_km) / REMOTE_KM, Decimal(1))
    pairs = (
        (plan.weight_income, village.income),
        (plan.weight_risk, village.risk),
        (plan.weight_remoteness, remoteness),
        (plan.weight_facilities, village.facilities),
    )
    known = [(weight, Decimal(value)) for weight, value in pairs if value is not None and weight]
    if not known:
        return UNKNOWN
    mean = sum((weight * value for weight, value in known), Decimal(0)) / sum(weight for weight, _value in known)
    return mean.quantize(Decimal("0.001"))


def _take_needs(plan: DispatchPlan, *, actor: Actor) -> None:
    counties = needs_published_in([subtree(plan.scope_code)])
    units = _Units()
    above = ABOVE[level_of(plan.scope_code)]
    rows = [
        _row(plan, county, need, units)
        for county in counties
        for need in county.villages
        if need.team_level not in above or not need.is_led_on(plan.starts_on)
    ]
    PlanVillage.objects.bulk_create(rows, batch_size=500)
    plan.needs_taken_at = timezone.now()
    plan.touch().save(update_fields=["needs_taken_at", "version", "updated_at"])
    record(
        "planning.take_needs",
        plan,
        actor=actor,
        changes={"counties": (None, len(counties)), "villages": (None, len(rows))},
    )


class _Units:
    """The authority's units by code and by name, to know them in a county's figures."""

    def __init__(self) -> None:
        units = list(DispatchUnit.objects.all())
        self._by_code = {unit.uscc: unit for unit in units if unit.uscc}
        self._by_name = {unit.name: unit for unit in units}

    def of(self, need: VillageNeed) -> DispatchUnit | None:
        return self._by_code.get(need.team_uscc) or self._by_name.get(need.team_unit)


def _row(plan: DispatchPlan, county: CountyNeeds, need: VillageNeed, units: _Units) -> PlanVillage:
    row = PlanVillage(
        scope_code=plan.scope_code,
        plan=plan,
        code=need.code,
        name=need.name,
        county_code=county.county_code,
        county_name=county.county_name,
        income=_share(need.income),
        risk=_share(need.risk),
        facilities=_share(need.facilities),
        remoteness_km=need.remoteness_km,
        longitude=need.longitude,
        latitude=need.latitude,
        present_unit=units.of(need),
    )
    row.difficulty = difficulty(plan, row)
    return row


def _share(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.001"))


def _checked(facts: PlanFacts) -> PlanFacts:
    given = facts.copy()
    if "title" in given:
        given["title"] = clean(given["title"])
        if not given["title"]:
            raise DomainError("dispatch.title_missing", _("The title is missing. Enter one."), field="title")
    for name in WEIGHTS & given.keys():
        weight: int = given[name]  # type: ignore[literal-required]  # the names are those of PlanFacts
        if not 0 <= weight <= MOST_WEIGHT:
            message = _("A weight is a number from 0 to 10. Enter such a number.")
            raise DomainError("dispatch.weight", message, field=name)
    return given


def _check_period(plan: DispatchPlan) -> None:
    if plan.ends_on <= plan.starts_on:
        raise DomainError("dispatch.period", _("The period ends before it begins. Enter a later day."), field="ends_on")


def _save(plan: DispatchPlan) -> None:
    try:
        with savepoint():
            plan.save()
    except IntegrityError as error:
        message = _("There is a plan of this title already. Choose another title.")
        raise Conflict("dispatch.title_on_file", message, field="title") from error
