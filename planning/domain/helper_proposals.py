"""Proposals of a plan of helpers: reckoned as a job, and changed by hand."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assistance.models import Helper
from households.domain.locking import require_reason
from planning.domain.helper_plans import find_helper_draft, lock_helper_draft
from planning.domain.helper_problems import choices_of, solved, stated
from planning.enums import Before, Origin, Why
from planning.models import HelperChoice, HelperPlan, HelperProposal
from planning.optimum.problem import POINTS
from planning.queries.helper_ground import HelperGround, Home, Worker, ground_of, share_of, way_of
from registry.access import require
from registry.audit import record
from registry.enums import JobState
from registry.jobs import Progress, enqueue
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.models import Job
from registry.tenancy.context import Actor

PROPOSE_HELPERS_JOB: Final = "planning.propose_helpers"
# After this no further round of the optimiser begins; the gap says what may be missing. Source: house rule.
MOST_SECONDS: Final = 45.0
MOST_PROPOSALS: Final = 20
_STEPS: Final = 3


def ask_for_helper_proposal(plan_id: UUID, *, actor: Actor, after: UUID | None = None) -> Job:
    """Queue the reckoning of a plan. With `after`, what was chosen by hand in that proposal is kept.

    Raises: NotFound, NotAllowed, Conflict.
    """
    plan = lock_helper_draft(plan_id, actor=actor)
    number = _next_number(plan)
    if after is not None:
        _proposal_of(plan, after)
    arguments = {"plan_id": str(plan.pk), "number": str(number), "after": str(after or "")}
    return enqueue_again(PROPOSE_HELPERS_JOB, f"{plan.pk}:{number}", arguments, actor=actor)


def enqueue_again(kind: str, key: str, arguments: dict[str, str], *, actor: Actor) -> Job:
    """Queue a job; asked twice it is one, and after a failure it is another."""
    job, attempt = enqueue(kind, key=f"{key}:0", arguments=arguments, actor=actor), 0
    while job.state == JobState.FAILED:
        attempt += 1
        job = enqueue(kind, key=f"{key}:{attempt}", arguments=arguments, actor=actor)
    return job


def make_helper_proposal(
    plan_id: UUID, number: int, *, actor: Actor, after: UUID | None = None, progress: Progress | None = None
) -> HelperProposal:
    """Reckon who should lead which household as everything stands now, and keep it with its explanations.

    Locks: the plan, once all is reckoned, so that meanwhile others may say that they are related.
    Raises: NotFound, NotAllowed; StaleVersion when the plan was amended, Conflict when the number was taken
    meanwhile; DomainError when no household of the area needs a lead.
    """
    plan = find_helper_draft(plan_id, actor=actor)
    _check_number(plan, number)
    _tell(progress, 0)
    ground = ground_of(plan)
    if not ground.homes:
        message = _("No household of this area needs a lead, so that there is nothing to plan.")
        raise DomainError("helper_plan.no_household", message)
    by_hand = _lasting(_by_hand(_proposal_of(plan, after)) if after else {}, ground)
    problem = stated(plan, ground, by_hand=by_hand)
    _tell(progress, 1)
    found = solved(problem, seconds=MOST_SECONDS)
    _tell(progress, 2)
    choices = choices_of(problem, found, by_hand=by_hand)
    lock_helper_draft(plan_id, actor=actor, version=plan.version)
    _check_number(plan, number)
    proposal = HelperProposal(
        scope_code=plan.scope_code,
        plan=plan,
        number=number,
        origin=Origin.SOLVER,
        cost=found.solved.cost,
        bound=found.solved.bound,
        helpers_count=len(ground.workers),
        households_count=len(choices),
        covered_count=sum(choice.helper_id is not None for choice in choices),
        changed_count=sum(choice.changes for choice in choices),
    )
    proposal.save()
    for choice in choices:
        choice.proposal = proposal
    HelperChoice.objects.bulk_create(choices, batch_size=2000)
    _tell(progress, _STEPS)
    changes = {name: (None, getattr(proposal, name)) for name in ("number", "cost", "bound", "covered_count")}
    record("planning.propose_helpers", proposal, actor=actor, changes=changes)
    return proposal


def choose_by_hand(
    proposal_id: UUID, household_id: UUID, helper_id: UUID | None, *, actor: Actor, reason: str
) -> HelperProposal:
    """Give a household another helper, or no new one; the rest stays. It makes a proposal of its own, without solving.

    Locks: the plan. Raises: NotFound, NotAllowed, Conflict; DomainError for a household that is not of the plan, a
    helper who takes part no more, has no room, is related or stands by the household otherwise, and without a reason.
    """
    former = HelperProposal.objects.filter(pk=proposal_id).first()
    if former is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    plan = lock_helper_draft(former.plan_id, actor=actor)
    reason = require_reason(reason)
    choice = HelperChoice.objects.filter(proposal=former, household=household_id).first()
    # Its village is needed for the way; who leads is as it was when the proposal was reckoned.
    ground = ground_of(plan, household=household_id, helper=helper_id)
    home = next((one for one in ground.homes if one.id == household_id), None)
    if choice is None or home is None:
        message = _("The household is not one of this plan, or needs no lead any more. Choose another one.")
        raise DomainError("helper_plan.not_of_plan", message, field="household_number")
    worker = _worker(former, choice, helper_id, ground) if helper_id else None
    changed = _changed(plan, choice, home, worker, ground)
    alone = _alone(plan, home, former.households_count)
    before = choice.points if choice.helper_id is not None else alone
    cost = former.cost - before + (changed.points if worker else alone)
    # No proposal of the plan so far has a lower bound, so that it holds whatever was chosen by hand before.
    lowest = min(plan.proposals.values_list("bound", flat=True))
    proposal = HelperProposal(
        scope_code=plan.scope_code,
        plan=plan,
        number=_next_number(plan),
        origin=Origin.HAND,
        cost=cost,
        bound=min(lowest, cost),
        helpers_count=former.helpers_count,
        households_count=former.households_count,
        covered_count=former.covered_count + (worker is not None) - (choice.helper_id is not None),
        changed_count=former.changed_count + changed.changes - choice.changes,
        reason=reason[:200],
    )
    proposal.save()
    _copy(former, proposal, household_id)
    changed.proposal = proposal
    changed.save()
    told = {"number": (None, proposal.number), "households": (None, 1)}
    record("planning.choose_helper", proposal, actor=actor, changes=told, reason=reason)
    return proposal


def find_helper_proposal(proposal_id: UUID, *, actor: Actor) -> HelperProposal:
    """Give a proposal. Raises: NotAllowed; NotFound."""
    require(actor, "planning.view_helper_plans")
    proposal = HelperProposal.objects.select_related("plan").filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return proposal


def _changed(
    plan: HelperPlan, choice: HelperChoice, home: Home, worker: Worker | None, ground: HelperGround
) -> HelperChoice:
    """Give the choice by hand in place of another one."""
    helper_id = worker.id if worker else None
    stays = helper_id is not None and helper_id == choice.present_id
    return HelperChoice(
        scope_code=home.scope_code,
        household_id=home.id,
        helper_id=helper_id,
        present_id=choice.present_id,
        why=Why.HAND,
        before=_before(choice, stays=stays),
        by_hand=True,
        changes=helper_id is not None and not stays,
        km=way_of(worker.base, home.village_code, ground.places) if worker else None,
        points=_points(plan, choice, home, worker, ground) if worker else 0,
    )


def _before(choice: HelperChoice, *, stays: bool) -> str:
    if stays:
        return Before.STAYED
    return Before.BETTER if choice.before == Before.STAYED else str(choice.before)


def _points(plan: HelperPlan, choice: HelperChoice, home: Home, worker: Worker, ground: HelperGround) -> int:
    share = share_of(worker.base, home.village_code, ground.places)
    moved = (
        choice.present_id is not None
        and choice.present_id != worker.id
        and choice.before in _COULD_STAY
        and not ground.bars(choice.present_id, home.id)
    )
    return round(POINTS * (plan.weight_near * share + plan.weight_stay * moved))


_COULD_STAY: Final = (Before.STAYED, Before.BETTER)


def _alone(plan: HelperPlan, home: Home, count: int) -> int:
    """Give what it costs to leave this household without a new lead, as the optimiser reckons it."""
    worst = round(POINTS * (plan.weight_near + plan.weight_stay))
    return round((worst + 1) * (count + 1) * (1.0 + home.difficulty))


def _worker(former: HelperProposal, choice: HelperChoice, helper_id: UUID, ground: HelperGround) -> Worker:
    helper = Helper.objects.filter(pk=helper_id).first()
    worker = next((one for one in ground.workers if one.id == helper_id), None)
    if helper is None or worker is None:
        message = _("There is no such helper, or the helper takes part no more. Choose one of the list.")
        raise DomainError("helper_plan.no_such_helper", message, field="helper_id")
    if ground.bars(helper_id, choice.household_id):
        message = _("They are related, or the helper stands by the household otherwise. Choose another helper.")
        raise DomainError("helper_plan.related", message, field="helper_id")
    given = HelperChoice.objects.filter(proposal=former, helper=helper_id).count()
    if choice.helper_id != helper_id and given >= worker.room:
        message = _("%(helper)s would have more households than the limit allows. Take a household away first.")
        raise DomainError("helper_plan.beyond_load", message % {"helper": helper.name}, field="helper_id")
    return worker


def _copy(former: HelperProposal, proposal: HelperProposal, household_id: UUID) -> None:
    """Copy the choices of a proposal but that of one household, by one statement."""
    columns = (
        "household_id, helper_id, present_id, scope_code, tenant_id, why, before, by_hand, changes, km, points, outcome"
    )
    table = HelperChoice._meta.db_table
    statement = (
        f"INSERT INTO {table} (id, proposal_id, {columns}) SELECT gen_random_uuid(), %s, {columns} FROM {table}"  # noqa: S608  (names of ours)
        " WHERE tenant_id = %s AND proposal_id = %s AND household_id <> %s ORDER BY scope_code, id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [proposal.pk, proposal.tenant_id, former.pk, household_id])


def _lasting(by_hand: Mapping[UUID, UUID | None], ground: HelperGround) -> dict[UUID, UUID | None]:
    """Keep of what was chosen by hand what may still be."""
    here = {home.id for home in ground.homes}
    able = {worker.id for worker in ground.workers}
    return {
        household: helper
        for household, helper in by_hand.items()
        if household in here and (helper is None or (helper in able and not ground.bars(helper, household)))
    }


def _by_hand(proposal: HelperProposal) -> dict[UUID, UUID | None]:
    return dict(proposal.choices.filter(by_hand=True).values_list("household_id", "helper_id"))


def _proposal_of(plan: HelperPlan, proposal_id: UUID) -> HelperProposal:
    proposal: HelperProposal | None = plan.proposals.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return proposal


def _check_number(plan: HelperPlan, number: int) -> None:
    if number != _next_number(plan):
        raise Conflict("dispatch.number_taken", _("A proposal of this number was made meanwhile. Ask for another one."))


def _next_number(plan: HelperPlan) -> int:
    last = int(plan.proposals.aggregate(last=Max("number"))["last"] or 0)
    if last >= MOST_PROPOSALS:
        message = _("The plan has %(count)d proposals already. Begin another plan.")
        raise Conflict("dispatch.too_many", message % {"count": MOST_PROPOSALS})
    return last + 1


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress.report(done, _STEPS)
