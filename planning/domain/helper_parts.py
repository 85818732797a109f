"""Publish a plan of helpers, and let each township confirm its part: then all its hand-overs happen, or none.

offered -> confirmed | declined | ended
"""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from datetime import date
from typing import Final, cast
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.domain.pairing import SeenLead, hand_over, pair
from assistance.models import Pairing
from assistance.queries.keeping import must_keep_condition
from assistance.queries.loads import households_of_helpers, load_limits
from assistance.queries.pairings import leads_on
from households.domain.locking import require_reason
from households.models import Household
from households.queries.history import covering
from households.queries.visibility import households_visible_to
from planning.domain.helper_plans import decide_helper_plan, forget_related, in_county, lock_helper_draft
from planning.domain.helper_proposals import enqueue_again
from planning.enums import HelperPartState, HelperPlanState, Outcome
from planning.models import HelperChoice, HelperPart, HelperPlan, HelperProposal, RelatedPair
from planning.queries.helper_ground import TOWNSHIP_DIGITS
from planning.workflow import HELPER_PART_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.jobs import Progress
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import Job
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

CONFIRM_HELPERS_JOB: Final = "planning.confirm_helpers"
_ACTION: Final = "planning.confirm_helpers"


def publish_helper_plan(proposal_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> HelperPlan:
    """Publish a plan by one of its proposals: each township in which a lead changes gets its part.

    `version` is the plan's. Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError when no
    lead changes.
    """
    proposal = HelperProposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    plan = lock_helper_draft(proposal.plan_id, actor=actor, version=version, action="planning.publish_helpers")
    rows = HelperChoice.objects.filter(proposal=proposal, changes=True).order_by()
    counts = dict(
        rows.annotate(township=Left("scope_code", TOWNSHIP_DIGITS))
        .values("township")
        .annotate(count=Count("id"))
        .values_list("township", "count")
    )
    if not counts:
        raise DomainError(
            "helper_plan.changes_nothing", _("This proposal changes no lead. There is nothing to publish.")
        )
    proposal.is_chosen = True
    proposal.save(update_fields=["is_chosen"])
    decide_helper_plan(plan, HelperPlanState.PUBLISHED, actor=actor, reason=reason, open_parts=len(counts))
    for township, count in sorted(counts.items()):
        code = township.ljust(len(actor.tenant_code), "0")
        HelperPart(
            scope_code=code, plan=plan, proposal=proposal, changed_count=count, published_by=actor.user_id
        ).save()
    # Where no lead changes nobody decides any more: who is related there is forgotten at once.
    waiting = {pair.pk for pair in RelatedPair.objects.filter(plan=plan) if pair.scope_code[:TOWNSHIP_DIGITS] in counts}
    RelatedPair.objects.filter(plan=plan).exclude(pk__in=waiting).delete()
    return plan


def ask_to_confirm(helper_part_id: UUID, *, actor: Actor, version: int | None = None) -> Job:
    """Confirm a part: the job hands its households over in the name of whoever confirms, from the day it runs.

    Locks: the part. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError before the plan's first day.
    """
    part = _lock(helper_part_id, actor=actor, version=version)
    if part.plan.starts_on > today():
        message = _("The plan begins on %(day)s. Confirm it from that day on.")
        raise DomainError("helper_plan.too_early", message % {"day": part.plan.starts_on.isoformat()})
    arguments = {"helper_part_id": str(part.pk)}
    return enqueue_again(CONFIRM_HELPERS_JOB, f"{part.pk}", arguments, actor=actor)


def confirm_part(helper_part_id: UUID, *, actor: Actor, progress: Progress | None = None) -> HelperPart:
    """Apply a part by the ordinary verbs, so that each lead ends on the day on which the next begins: all, or nothing.

    What is not any more as the proposal knew it is left as it is, and told: a household that needs no lead, a lead who
    changed, a helper who takes part no more or has no room, a pair that is related. Locks: the part, its households
    before it is looked how they stand, and the plan. Raises: NotFound, NotAllowed, Conflict, DomainError.
    """
    part = _lock(helper_part_id, actor=actor)
    area = subtree(part.scope_code)
    # Another township may have decided on a household that moved here since.
    rows = HelperChoice.objects.filter(
        proposal=part.proposal,
        changes=True,
        outcome=Outcome.WAITS,
        scope_code__gte=area.lo,
        scope_code__lt=area.hi,
    )
    choices = list(rows.select_related("helper").order_by("household_id"))
    ids = [choice.household_id for choice in choices]
    list(households_visible_to(actor).filter(id__in=ids).order_by("id").only("id").select_for_update(of=("self",)))
    now = _Now.of(part.plan, ids)
    left = {choice.pk: outcome for choice in choices if (outcome := _left(choice, now)) is not None}
    able = [choice for choice in choices if choice.pk not in left]
    left |= dict.fromkeys(_beyond_limits(able, now.day, actor), Outcome.FULL_SINCE)
    reason = gettext("Plan of helpers: %(title)s") % {"title": part.plan.title}
    for number, choice in enumerate(choices):
        choice.outcome = left.get(choice.pk) or _applied(choice, now, actor=actor, reason=reason)
        if progress is not None:
            progress.report(number + 1, len(choices))
    HelperChoice.objects.bulk_update(choices, ["outcome"], batch_size=500)
    part.applied_count = sum(choice.outcome in {Outcome.PAIRED, Outcome.HANDED_OVER} for choice in choices)
    # A household that left the township meanwhile is decided nowhere, and counts as left.
    part.changed_count = max(part.changed_count, len(choices))
    part.left_count = part.changed_count - part.applied_count
    _decide(part, HelperPartState.CONFIRMED, actor=actor)
    return part


def decline_helper_part(helper_part_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> HelperPart:
    """Decline a part as a whole: nothing changes in the township, and the office reads why.

    Locks: the part. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    part = _lock(helper_part_id, actor=actor, version=version)
    part.answer = require_reason(reason)[:200]
    _decide(part, HelperPartState.DECLINED, actor=actor)
    return part


@dataclass(frozen=True, slots=True)
class _Now:
    """How the households of a part stand on the day."""

    day: date
    needing: frozenset[UUID]
    leads: dict[UUID, Pairing]
    related: frozenset[tuple[UUID, UUID]]
    beside: frozenset[tuple[UUID, UUID]]

    @classmethod
    def of(cls, plan: HelperPlan, households: list[UUID]) -> "_Now":
        day = today()
        needing = Household.objects.filter(must_keep_condition(day), id__in=households)
        leads = leads_on(day).filter(household__in=households)
        further = Pairing.objects.filter(covering(day), household__in=households, is_lead=False)
        related = RelatedPair.objects.filter(plan=plan)
        return cls(
            day,
            frozenset(needing.values_list("id", flat=True)),
            {lead.household_id: lead for lead in leads},
            frozenset(related.values_list("helper_id", "household_id")),
            frozenset(further.values_list("helper_id", "household_id")),
        )


def _left(choice: HelperChoice, now: _Now) -> Outcome | None:
    """Say why a household is left as it is, if it is."""
    household_id, helper = choice.household_id, choice.helper
    lead = now.leads.get(household_id)
    if household_id not in now.needing:
        return Outcome.NEEDS_NONE
    if (lead.helper_id if lead else None) != choice.present_id:
        return Outcome.CHANGED_SINCE
    if helper is None or not helper.takes_part:
        return Outcome.LEFT_SINCE
    # What is kept does not tell a relation from a helper who stands by the household otherwise.
    pair_of = (choice.helper_id, household_id)
    return Outcome.BARRED_SINCE if pair_of in now.related or pair_of in now.beside else None


def _beyond_limits(choices: list[HelperChoice], day: date, actor: Actor) -> set[UUID]:
    """Give the choices that would bring a helper beyond the limit, as pairings stand in the whole county now.

    A household that is left stays with whoever leads it, who may then have too many in turn.
    """
    limits = load_limits(day.year)
    with tenant_scope(in_county(actor)):
        held = Counter(households_of_helpers())
    given: dict[UUID, list[HelperChoice]] = defaultdict(list)
    most: dict[UUID, int] = {}
    for choice in choices:
        if choice.helper is not None:
            given[choice.helper.pk].append(choice)
            most[choice.helper.pk] = limits.of(choice.helper.rank_code)
    held.update({helper: len(rows) for helper, rows in given.items()})
    held.subtract(choice.present_id for choice in choices if choice.present_id is not None)
    left: set[UUID] = set()
    asked = deque(given)
    while asked:
        helper = asked.popleft()
        while given[helper] and held[helper] > most[helper]:
            choice = given[helper].pop()
            left.add(choice.pk)
            held[helper] -= 1
            if choice.present_id is not None:
                held[choice.present_id] += 1
                asked.extend({choice.present_id} & given.keys())
    return left


def _applied(choice: HelperChoice, now: _Now, *, actor: Actor, reason: str) -> Outcome:
    """Pair or hand over one household."""
    household_id, lead = choice.household_id, now.leads.get(choice.household_id)
    helper_id = cast("UUID", choice.helper_id)
    if lead is None:
        pair(household_id, helper_id, actor=actor, on=now.day)
        return Outcome.PAIRED
    seen = SeenLead(lead.pk, lead.version)
    hand_over(household_id, helper_id, actor=actor, on=now.day, reason=reason, seen=seen)
    return Outcome.HANDED_OVER


def _lock(helper_part_id: UUID, *, actor: Actor, version: int | None = None) -> HelperPart:
    """Lock a part that waits. Raises: NotFound, NotAllowed, StaleVersion, Conflict."""
    part = lock_version(HelperPart.objects.all(), helper_part_id, version)
    require(actor, _ACTION, part)
    if part.state != HelperPartState.OFFERED:
        message = _("This part is decided already: %(state)s. Nothing was changed.")
        raise Conflict("helper_part.decided", message % {"state": HelperPartState(part.state).label})
    if actor.user_id is not None and actor.user_id == part.published_by:
        message = _("You published this plan yourself. Somebody else of the township confirms or declines it.")
        raise NotAllowed("helper_part.same_person", message)
    return part


def _decide(part: HelperPart, state: HelperPartState, *, actor: Actor) -> None:
    before, part.state = HelperPartState(part.state), state
    if state not in HELPER_PART_STEPS[before]:
        raise ValueError(f"a part does not go from {before} to {state}")
    part.decided_by, part.decided_at = actor.user_id, timezone.now()
    part.touch().save()
    area = subtree(part.scope_code)
    RelatedPair.objects.filter(plan=part.plan, scope_code__gte=area.lo, scope_code__lt=area.hi).delete()
    verb = "confirm_helpers" if state is HelperPartState.CONFIRMED else "decline_helpers"
    changes = {name: (None, getattr(part, name)) for name in ("state", "applied_count", "left_count")}
    record(f"planning.{verb}", part, actor=actor, changes=changes, reason=part.answer)
    plan = lock_version(HelperPlan.objects.all(), part.plan_id, None)
    plan.open_parts_count -= 1
    if plan.open_parts_count == 0:
        plan.state = HelperPlanState.OVER
        forget_related(plan, actor=actor)
    plan.touch().save(update_fields=["open_parts_count", "state", "version", "updated_at"])
