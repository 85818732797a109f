"""Find, check and write the rows of households' plans."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.enums import HouseholdPlanState
from assistance.models import HouseholdPlan, PlannedMeasure
from assistance.queries.plans import find_planned_measure, plans_visible_to
from assistance.workflow import HOUSEHOLD_PLAN_CHANGES
from households.domain.refusals import constraint_name
from households.enums import HouseholdStatus
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel, VersionedModel
from registry.tenancy.scope import savepoint
from villages.workflow import change_of

PLAN: Final = "assistance.plan"
ADOPT: Final = "assistance.adopt_plan"
BY_ANOTHER: Final = _(
    "Whoever prepared a plan does not adopt it. Ask a colleague, or the county office where there is none."
)
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "householdplan_year_once": _("The household has a plan for this year already. Amend that one."),
    "householdplan_adopted_by_another": BY_ANOTHER,
    "assistance_plan_is_open": _("This plan is closed or withdrawn, and stays as it is."),
    "assistance_measure_is_of_its_plan": _("A measure carries out a plan of its own household. Choose one of those."),
}


def locked_plan(plan_id: UUID, action: str, *, actor: Actor, version: int | None) -> HouseholdPlan:
    """Lock a plan of a household that the actor sees. Raises: NotFound, NotAllowed, StaleVersion."""
    plan = lock_version(plans_visible_to(actor), plan_id, version)
    require(actor, action, plan)
    return plan


def locked_measure(planned_id: UUID, *, actor: Actor, version: int | None) -> tuple[HouseholdPlan, PlannedMeasure]:
    """Lock the open plan of a planned measure, then the measure, which was not dropped.

    Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    plan = locked_plan(find_planned_measure(planned_id, actor=actor).plan_id, PLAN, actor=actor, version=None)
    require_open(plan)
    row = lock_version(PlannedMeasure.objects.filter(plan=plan), planned_id, version)
    if row.dropped_on is not None:
        message = _("This measure was dropped from the plan. Enter it anew if it is taken up again.")
        raise Conflict("plan.measure_dropped", message)
    return plan, row


def require_open(plan: HouseholdPlan) -> None:
    """Go on with a plan that is neither closed nor withdrawn, of a household that stands. Raises: Conflict."""
    if plan.state in {HouseholdPlanState.CLOSED, HouseholdPlanState.WITHDRAWN}:
        raise Conflict("plan.is_over", _MESSAGES["assistance_plan_is_open"])
    if plan.household.status == HouseholdStatus.CLOSED:
        message = _("This household is closed. Close its plan with the result, or withdraw the plan.")
        raise Conflict("plan.household_closed", message)


def amended(plan: HouseholdPlan) -> str:
    """Give the state after a change of what was planned. Raises: Conflict for a plan that is over."""
    require_open(plan)
    if plan.state != HouseholdPlanState.ADOPTED:
        return plan.state
    return change_of(HOUSEHOLD_PLAN_CHANGES, "amend", present=plan.state).target


def note_prepared(plan: HouseholdPlan, actor: Actor) -> None:
    """Bring the plan to be adopted anew, by somebody else than the actor; the measure's event tells of it."""
    plan.state, plan.prepared_by = amended(plan), actor.user_id
    saved(plan.touch(), update_fields=["state", "prepared_by", "version", "updated_at"])


def entered(row: TenantModel, verb: str, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Save a new row that holds `values`, which the event names. Raises: Conflict."""
    saved(row)
    record(verb, row, actor=actor, changes={name: (None, value) for name, value in values.items()})


def changed(row: VersionedModel, verb: str, values: Mapping[str, Any], *, actor: Actor, reason: str = "") -> bool:
    """Write the values that differ into a locked row, and tell whether there were any. Raises: Conflict."""
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return False
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    saved(row.touch(), update_fields=[*changes, "version", "updated_at"])
    told = {name: pair for name, pair in changes.items() if name not in {"prepared_by", "adopted_by"}}
    record(verb, row, actor=actor, changes=told, reason=reason)
    return True


def saved(row: TenantModel, *, update_fields: list[str] | None = None) -> None:
    """Save, and explain what the database refuses by the name of the constraint. Raises: Conflict."""
    try:
        with savepoint():
            row.save(update_fields=update_fields)
    except IntegrityError as error:
        name = constraint_name(error)
        refused = _("The register refuses this change: it contradicts another entry.")
        raise Conflict(f"database.{name or 'refused'}", _MESSAGES.get(name, refused)) from error
