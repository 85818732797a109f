"""Proposals of a plan: reckoned, and changed by hand."""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Final
from uuid import UUID

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from households.domain.locking import require_reason
from planning.domain.plans import lock_draft
from planning.domain.problems import DispatchProblem, choices_of, problem_of
from planning.enums import Origin
from planning.models import DispatchPlan, DispatchUnit, PlanVillage, Proposal, ProposalChoice
from planning.optimum import NOBODY, Plan, solve, weighed
from registry.access import require
from registry.audit import record
from registry.jobs import enqueue
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.models import Job
from registry.tenancy.context import Actor

PROPOSE_JOB: Final = "planning.propose"
# After this no further round of the optimiser begins; the gap says what may be missing. Source: house rule.
MOST_SECONDS: Final = 60.0
MOST_PROPOSALS: Final = 50


def ask_for_proposal(plan_id: UUID, *, actor: Actor, after: UUID | None = None) -> Job:
    """Queue the reckoning of a plan. With `after`, what was chosen by hand in that proposal is kept.

    Raises: NotFound, NotAllowed, Conflict; DomainError when there is nobody to send or no village to send to.
    """
    plan = lock_draft(plan_id, actor=actor)
    number = _next_number(plan)
    if after is not None:
        _proposal_of(plan, after)
    if not plan.villages.exists():
        message = _(
            "No county has published figures of need yet, so that the plan has no village. Ask the counties to publish "
            "theirs, then take the figures anew."
        )
        raise DomainError("dispatch.no_village", message)
    _units(plan)
    arguments = {"plan_id": str(plan.pk), "number": str(number), "after": str(after or "")}
    return enqueue(PROPOSE_JOB, key=f"{plan.pk}:{number}", arguments=arguments, actor=actor)


def make_proposal(plan_id: UUID, number: int, *, actor: Actor, after: UUID | None = None) -> Proposal:
    """Reckon the best plan, and keep it as a proposal with its explanations.

    Locks: the plan. Raises: NotFound, NotAllowed, Conflict when the number is taken meanwhile; DomainError when no unit
    takes part any more.
    """
    plan = lock_draft(plan_id, actor=actor)
    if number != _next_number(plan):
        raise Conflict("dispatch.number_taken", _("A proposal of this number was made meanwhile. Ask for another one."))
    by_hand = _by_hand(_proposal_of(plan, after)) if after else {}
    units = _units(plan)
    known = {unit.pk for unit in units}
    by_hand = {village: unit for village, unit in by_hand.items() if unit is None or unit in known}
    stated = problem_of(plan, units, _villages(plan), by_hand=by_hand)
    solved = solve(stated.problem, seconds=MOST_SECONDS)
    proposal = _keep(plan, stated, solved, Origin.SOLVER, by_hand=by_hand)
    changes = {"number": (None, number), "cost": (None, solved.cost), "bound": (None, solved.bound)}
    record("planning.propose", proposal, actor=actor, changes=changes)
    return proposal


def change_by_hand(proposal_id: UUID, wanted: Mapping[str, UUID | None], *, actor: Actor, reason: str) -> Proposal:
    """Give villages (by code) another unit or none; the rest stays. It makes a proposal of its own.

    The bound is asked anew, so that the price of the change shows. Locks: the plan. Raises: NotFound, NotAllowed,
    Conflict; DomainError for an unknown village or unit, a way that is too far, a unit beyond its capacity, no reason.
    """
    former = Proposal.objects.filter(pk=proposal_id).first()
    if former is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    plan = lock_draft(former.plan_id, actor=actor)
    reason = require_reason(reason)
    villages = _villages(plan)
    id_of = {village.code: village.pk for village in villages}
    unknown = [code for code in wanted if code not in id_of]
    if unknown or not wanted:
        message = _("The village is not one of this plan. Choose one of its list.")
        raise DomainError("dispatch.not_of_plan", message, field="village_code")
    units = _units(plan)
    known = {unit.pk for unit in units}
    if any(unit is not None and unit not in known for unit in wanted.values()):
        message = _("The unit does not take part. Choose one of the list of units to be sent.")
        raise DomainError("dispatch.no_such_unit", message, field="unit")
    changed = {id_of[code]: unit for code, unit in wanted.items()}
    by_hand = {**_by_hand(former), **changed}
    choices: dict[UUID, UUID | None] = {**dict(former.choices.values_list("village_id", "unit_id")), **changed}
    _check_limits(plan, units, villages, choices, changed)
    stated = problem_of(plan, units, villages, by_hand={})
    best = solve(stated.problem, seconds=MOST_SECONDS)
    solved = weighed(stated.problem, _rows(stated, choices), bound=best.bound)
    proposal = _keep(plan, stated, solved, Origin.HAND, by_hand=by_hand, reason=reason)
    changes = {"number": (None, proposal.number), "villages": (None, len(wanted))}
    record("planning.change_by_hand", proposal, actor=actor, changes=changes, reason=reason)
    return proposal


def find_proposal(proposal_id: UUID, *, actor: Actor) -> Proposal:
    """Give a proposal in reach. Raises: NotAllowed; NotFound."""
    require(actor, "planning.view")
    proposal = Proposal.objects.select_related("plan").filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return proposal


def _check_limits(
    plan: DispatchPlan,
    units: Sequence[DispatchUnit],
    villages: Sequence[PlanVillage],
    choices: Mapping[UUID, UUID | None],
    changed: Mapping[UUID, UUID | None],
) -> None:
    for unit in units:
        if unit.pk in changed.values() and list(choices.values()).count(unit.pk) > unit.capacity:
            message = _("%(unit)s can send %(count)d teams and would send more. Take a village from it first.")
            raise DomainError(
                "dispatch.beyond_capacity", message % {"unit": unit.name, "count": unit.capacity}, field="unit"
            )
    stated = problem_of(plan, units, villages, by_hand={})
    for village in villages:
        unit_id = changed.get(village.pk)
        if unit_id is not None and not stated.permits(unit_id, village.pk):
            message = _("%(village)s lies farther from the unit than the plan allows. Choose a nearer unit.")
            raise DomainError("dispatch.too_far", message % {"village": village.name}, field="unit")


def _rows(stated: DispatchProblem, choices: Mapping[UUID, UUID | None]) -> NDArray[np.int64]:
    """Give each village's unit as the row of the problem; a unit that takes part no more sends nobody."""
    row_of: Mapping[UUID | None, int] = {unit.pk: row for row, unit in enumerate(stated.units)}
    return np.array([row_of.get(choices.get(one.pk), NOBODY) for one in stated.villages], dtype=np.int64)


def _by_hand(proposal: Proposal) -> dict[UUID, UUID | None]:
    return dict(proposal.choices.filter(by_hand=True).values_list("village_id", "unit_id"))


def _proposal_of(plan: DispatchPlan, proposal_id: UUID) -> Proposal:
    proposal: Proposal | None = plan.proposals.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return proposal


def _units(plan: DispatchPlan) -> list[DispatchUnit]:
    """Give the units that take part. Raises: DomainError when there is none, or none any more."""
    rows = DispatchUnit.objects.filter(scope_code=plan.scope_code, is_active=True, capacity__gt=0)
    found = list(rows.order_by("name", "id"))
    if not found:
        raise DomainError("dispatch.no_unit", _("There is no unit to be sent. Enter the units first."))
    return found


def _villages(plan: DispatchPlan) -> list[PlanVillage]:
    return list(plan.villages.order_by("code"))


def _next_number(plan: DispatchPlan) -> int:
    last = int(plan.proposals.aggregate(last=Max("number"))["last"] or 0)
    if last >= MOST_PROPOSALS:
        message = _("The plan has %(count)d proposals already. Begin another plan.")
        raise Conflict("dispatch.too_many", message % {"count": MOST_PROPOSALS})
    return last + 1


def _keep(
    plan: DispatchPlan,
    stated: DispatchProblem,
    solved: Plan,
    origin: Origin,
    *,
    by_hand: Mapping[UUID, UUID | None],
    reason: str = "",
) -> Proposal:
    choices = choices_of(stated, solved, by_hand=by_hand)
    ways = [choice.km for choice in choices if choice.km is not None]
    proposal = Proposal(
        scope_code=plan.scope_code,
        plan=plan,
        number=_next_number(plan),
        origin=origin,
        cost=solved.cost,
        bound=solved.bound,
        villages_count=len(choices),
        covered_count=sum(choice.unit_id is not None for choice in choices),
        moved_count=sum(
            choice.village.present_unit_id is not None and choice.village.present_unit_id != choice.unit_id
            for choice in choices
        ),
        mean_km=round(mean(ways)) if ways else None,
        reason=reason[:200],
    )
    proposal.save()
    for choice in choices:
        choice.proposal = proposal
    ProposalChoice.objects.bulk_create(choices, batch_size=500)
    return proposal
