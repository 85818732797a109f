"""Plans of helpers: made, amended, withdrawn and ended; and who is related."""

from datetime import date
from typing import Final, TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models import Helper
from households.domain.locking import require_reason
from households.models import Household
from households.queries.finding import household_of_number
from planning.enums import HelperPartState, HelperPlanState
from planning.models import HelperPart, HelperPlan, RelatedPair
from planning.queries.helper_plans import related_pairs_on_list
from planning.workflow import HELPER_PLAN_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.gbcode import Level, level_of, subtree
from registry.lib.text import clean
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor, system_actor
from registry.tenancy.scope import savepoint, tenant_scope

MOST_WEIGHT: Final = 10
_ACTION: Final = "planning.plan_helpers"
_OPEN: Final = (HelperPlanState.DRAFT, HelperPlanState.PUBLISHED)


class HelperPlanFacts(TypedDict, total=False):
    """The fields of a plan; those left out stay. Weights from 0 to 10."""

    title: str
    area_code: str
    starts_on: date
    weight_near: int
    weight_stay: int
    keeps_leads: bool


def make_helper_plan(facts: HelperPlanFacts, *, actor: Actor) -> HelperPlan:
    """Begin a plan for the county or one of its townships.

    Raises: NotAllowed; Conflict when there is one of that title; DomainError.
    """
    require(actor, _ACTION)
    plan = HelperPlan(scope_code=actor.tenant_code, **_checked({"title": "", "area_code": "", **facts}, actor))
    _save(plan)
    changes = {name: (None, value) for name, value in facts.items()}
    record("planning.make_helper_plan", plan, actor=actor, changes=changes)
    return plan


def amend_helper_plan(plan_id: UUID, facts: HelperPlanFacts, *, actor: Actor, version: int) -> HelperPlan:
    """Change a draft; proposals made before keep their points, so that a new one is asked for.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    plan = lock_helper_draft(plan_id, actor=actor, version=version)
    given = _checked(facts, actor)
    changed = {name: (getattr(plan, name), value) for name, value in given.items() if getattr(plan, name) != value}
    if not changed:
        return plan
    if "area_code" in changed and plan.proposals.exists():
        message = _("The plan has proposals for its area. Begin another plan for another area.")
        raise Conflict("helper_plan.has_proposals", message, field="area_code")
    for name, (_before, value) in changed.items():
        setattr(plan, name, value)
    _save(plan.touch())
    record("planning.amend_helper_plan", plan, actor=actor, changes=changed)
    return plan


def withdraw_helper_plan(plan_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> HelperPlan:
    """Give a draft up; who is related is forgotten.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    plan = lock_helper_draft(plan_id, actor=actor, version=version)
    RelatedPair.objects.filter(plan=plan).delete()
    decide_helper_plan(plan, HelperPlanState.WITHDRAWN, actor=actor, reason=reason)
    return plan


def end_helper_plan(plan_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> HelperPlan:
    """End a published plan: townships that have not decided are asked no more, and who is related is forgotten.

    Locks: the plan and its open parts. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    require(actor, "planning.publish_helpers")
    # The parts first, as who confirms one locks it before the plan.
    waiting = HelperPart.objects.filter(plan=plan_id, state=HelperPartState.OFFERED)
    parts = list(waiting.order_by("id").select_for_update(of=("self",)))
    plan = lock_version(HelperPlan.objects.all(), plan_id, version)
    if plan.state != HelperPlanState.PUBLISHED:
        raise _decided(plan)
    for part in parts:
        part.state, part.decided_at = HelperPartState.ENDED, timezone.now()
        part.touch().save(update_fields=["state", "decided_at", "version", "updated_at"])
    RelatedPair.objects.filter(plan=plan).delete()
    decide_helper_plan(plan, HelperPlanState.OVER, actor=actor, reason=reason)
    return plan


def lock_helper_draft(plan_id: UUID, *, actor: Actor, version: int | None = None, action: str = _ACTION) -> HelperPlan:
    """Lock a plan that is still a draft. Raises: NotFound, NotAllowed, StaleVersion, Conflict."""
    plan: HelperPlan = lock_version(HelperPlan.objects.all(), plan_id, version)
    return _draft(plan, actor, action)


def find_helper_draft(plan_id: UUID, *, actor: Actor) -> HelperPlan:
    """Give a plan that is still a draft, unlocked. Raises: NotFound, NotAllowed, Conflict."""
    plan = HelperPlan.objects.filter(pk=plan_id).first()
    if plan is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return _draft(plan, actor, _ACTION)


def _draft(plan: HelperPlan, actor: Actor, action: str) -> HelperPlan:
    require(actor, action, plan)
    if plan.state != HelperPlanState.DRAFT:
        raise _decided(plan)
    return plan


def decide_helper_plan(
    plan: HelperPlan, state: HelperPlanState, *, actor: Actor, reason: str, open_parts: int = 0
) -> None:
    """Write the state that follows. Raises: DomainError without a reason."""
    reason = require_reason(reason)
    before, plan.state = HelperPlanState(plan.state), state
    if state not in HELPER_PLAN_STEPS[before]:
        raise ValueError(f"a plan does not go from {before} to {state}")
    plan.decided_at, plan.reason, plan.open_parts_count = timezone.now(), reason[:200], open_parts
    plan.touch().save()
    changes = {"state": (before, state)}
    record(f"planning.{_VERBS[state]}", plan, actor=actor, changes=changes, reason=reason)


_VERBS: Final = {
    HelperPlanState.PUBLISHED: "publish_helper_plan",
    HelperPlanState.OVER: "end_helper_plan",
    HelperPlanState.WITHDRAWN: "withdraw_helper_plan",
}


# --- who is related ---------------------------------------------------------------------------------------------------
def say_related(plan_id: UUID, household_number: str, *, actor: Actor, helper_id: UUID | None = None) -> None:
    """Note that a household and a helper are related, so that this plan does not bring them together.

    A helper says so of a household by its number, and learns nothing about it: a number that is none is passed over.
    Whoever else says so names the helper. Neither how they are related nor who said so is kept, in the audit trail
    either: its event is in nobody's name. Locks: the plan, so that nothing is noted that its end does not delete.
    Raises: NotAllowed; NotFound for an unknown plan, household or helper; Conflict when the plan is over.
    """
    require(actor, "planning.say_related")
    plan = lock_version(HelperPlan.objects.all(), plan_id, None)
    if plan.state not in _OPEN:
        raise _decided(plan)
    household_id: UUID | None
    if actor.role == Role.HELPER:
        # A helper speaks for themself: another helper who is named is as unknown as one who is not on file.
        own = Helper.objects.filter(user_id=actor.user_id) if actor.user_id else Helper.objects.none()
        helper = (own.filter(pk=helper_id) if helper_id else own).first()
        household_id = Household.objects.filter(number=household_number.strip()).values_list("id", flat=True).first()
    else:
        helper = Helper.objects.filter(pk=helper_id).first() if helper_id else None
        household_id = household_of_number(household_number, actor=actor)
    if helper is None:
        message = _("There is no such helper. Choose one from the list, or enter the helper first.")
        raise NotFound("helper.not_found", message, field="helper_id")
    if household_id is not None:
        scope_code = Household.objects.values_list("scope_code", flat=True).get(pk=household_id)
        pair = RelatedPair(scope_code=scope_code, plan=plan, household_id=household_id, helper=helper)
        RelatedPair.objects.bulk_create([pair], ignore_conflicts=True)
    record("planning.say_related", plan, actor=in_county(actor))


def forget_related(plan: HelperPlan, *, actor: Actor) -> None:
    """Delete what is left of who is related when a plan is over, wherever in the county its households are now."""
    with tenant_scope(in_county(actor)):
        RelatedPair.objects.filter(plan=plan).delete()


def in_county(actor: Actor) -> Actor:
    """Give the actor of work in the whole county and in nobody's name."""
    return system_actor(actor.tenant_id, actor.tenant_code, (subtree(actor.tenant_code),), origin="planning.helpers")


def take_back_related(related_pair_id: UUID, *, actor: Actor) -> None:
    """Delete what was said in error. Raises: NotAllowed; NotFound."""
    require(actor, "planning.view_related")
    pair = related_pairs_on_list().filter(pk=related_pair_id).first()
    if pair is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    plan = pair.plan
    pair.delete()
    record("planning.take_back_related", plan, actor=actor)


def _checked(facts: HelperPlanFacts, actor: Actor) -> HelperPlanFacts:
    given = facts.copy()
    if "title" in given:
        given["title"] = clean(given["title"])[:100]
        if not given["title"]:
            raise DomainError("dispatch.title_missing", _("The title is missing. Enter one."), field="title")
    if "area_code" in given:
        given["area_code"] = given["area_code"] or actor.tenant_code
        _check_area(given["area_code"], actor)
    for name, weight in (("weight_near", given.get("weight_near", 0)), ("weight_stay", given.get("weight_stay", 0))):
        if not 0 <= weight <= MOST_WEIGHT:
            message = _("A weight is a number from 0 to 10. Enter such a number.")
            raise DomainError("dispatch.weight", message, field=name)
    return given


def _check_area(code: str, actor: Actor) -> None:
    if code == actor.tenant_code:
        return
    own = code.isdigit() and len(code) == len(actor.tenant_code) and code.startswith(actor.tenant_code[:6])
    if not own or level_of(code) is not Level.TOWNSHIP or code not in division_names([code]):
        message = _("The area is the county or one of its townships. Choose one from the list.")
        raise DomainError("helper_plan.area", message, field="area_code")


def _decided(plan: HelperPlan) -> Conflict:
    message = _("This plan is decided already: %(state)s. Nothing was changed.")
    return Conflict("dispatch.decided", message % {"state": HelperPlanState(plan.state).label})


def _save(plan: HelperPlan) -> None:
    try:
        with savepoint():
            plan.save()
    except IntegrityError as error:
        message = _("There is a plan of this title already. Choose another title.")
        raise Conflict("dispatch.title_on_file", message, field="title") from error
