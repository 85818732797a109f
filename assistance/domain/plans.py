"""The plan of a household for a year (一户一办法): drafted, amended, adopted, closed or withdrawn."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assistance.domain.measures import develops
from assistance.domain.plan_writing import (
    ADOPT,
    BY_ANOTHER,
    PLAN,
    amended,
    changed,
    entered,
    locked_measure,
    locked_plan,
    note_prepared,
    require_open,
    saved,
)
from assistance.enums import AGREEMENT_SCHEME, NOT_CONFIRMED
from assistance.models import Helper, HouseholdPlan, HouseholdPlanEdition, Measure, Pairing, PlannedMeasure
from assistance.queries.measures import measures_visible_to
from assistance.queries.pairings import lead_on
from assistance.queries.plans import carried_out_by
from assistance.workflow import HOUSEHOLD_PLAN_CHANGES
from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.enums import HouseholdStatus
from households.queries.history import covering
from households.queries.labour import has_labour
from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.domain.codes import require_code, require_codes
from villages.domain.days import require_year
from villages.domain.writing import require_lines, require_text
from villages.enums import ACTION_SCHEME, FUNDING_SCHEME
from villages.workflow import change_of

_MOST_YUAN: Final = Decimal("999999999999.99")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPlanDraft:
    """What is set out for a household in a year. Units: yuan of net income per person and year."""

    goals: str
    target_yuan: Decimal
    no_development_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeasureDraft:
    """A measure of a plan; without `helper_id` the household's lead helper sees to it. Units: yuan."""

    category_code: str
    what: str
    action_code: str = ""
    planned_yuan: Decimal = Decimal(0)
    source_code: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    helper_id: UUID | None = None


def draft_household_plan(
    household_id: UUID, draft: HouseholdPlanDraft, *, year: int, actor: Actor, version: int | None = None
) -> HouseholdPlan:
    """Begin the plan of a household for a year, this one, a past one or the next.

    Locks: the household. Raises: NotFound, NotAllowed, StaleVersion; Conflict where there is one, or the household is
    closed; DomainError with the field at fault.
    """
    household = lock_household(household_id, PLAN, actor=actor, version=version)
    require_year(year, latest=today().year + 1)
    if household.status == HouseholdStatus.CLOSED:
        raise Conflict("plan.household_closed", _("This household is closed, and gets no plan."))
    values = {"year": year, **_plan_values(draft)}
    plan = HouseholdPlan(household=household, scope_code=household.scope_code, prepared_by=actor.user_id, **values)
    entered(plan, "assistance.draft_household_plan", values, actor=actor)
    return plan


def amend_household_plan(
    plan_id: UUID, draft: HouseholdPlanDraft, *, actor: Actor, version: int | None = None
) -> HouseholdPlan:
    """Word goals and target anew; an adopted plan then waits to be adopted again.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict for one that is over, DomainError.
    """
    plan = locked_plan(plan_id, PLAN, actor=actor, version=version)
    require_open(plan)
    values = _plan_values(draft)
    if any(getattr(plan, name) != value for name, value in values.items()):
        values |= {"state": amended(plan), "prepared_by": actor.user_id}
        changed(plan, "assistance.amend_household_plan", values, actor=actor)
    return plan


def plan_measure(
    plan_id: UUID, draft: PlannedMeasureDraft, *, actor: Actor, version: int | None = None
) -> PlannedMeasure:
    """Put a measure into a plan; an adopted plan then waits to be adopted again.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict for one that is over; DomainError.
    """
    plan = locked_plan(plan_id, PLAN, actor=actor, version=version)
    require_open(plan)
    values = _measure_values(plan, draft)
    row = PlannedMeasure(plan=plan, household_id=plan.household_id, scope_code=plan.scope_code, **values)
    entered(row, "assistance.plan_measure", values, actor=actor)
    note_prepared(plan, actor)
    return row


def amend_planned_measure(
    planned_id: UUID, draft: PlannedMeasureDraft, *, actor: Actor, version: int | None = None
) -> PlannedMeasure:
    """Plan a measure anew; an adopted plan then waits to be adopted again.

    Locks: the plan, then the measure. Raises: as `plan_measure`; Conflict for one that was dropped.
    """
    plan, row = locked_measure(planned_id, actor=actor, version=version)
    if changed(row, "assistance.amend_planned_measure", _measure_values(plan, draft), actor=actor):
        note_prepared(plan, actor)
    return row


def drop_planned_measure(
    planned_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None
) -> PlannedMeasure:
    """Take a measure out of the plan; what was done for it stays on file, and an adopted plan is adopted again.

    Locks: the plan, then the measure. Raises: as `amend_planned_measure`; DomainError without a reason.
    """
    plan, row = locked_measure(planned_id, actor=actor, version=version)
    require_past(on)
    reason = require_reason(reason)
    changed(row, "assistance.drop_planned_measure", {"dropped_on": on}, actor=actor, reason=reason)
    note_prepared(plan, actor)
    return row


def carry_out_plan(measure_id: UUID, planned_id: UUID | None, *, actor: Actor, version: int | None = None) -> Measure:
    """Say which measure of the household's plan a measure on file carries out, or (None) that it carries out none.

    Locks: the measure. Raises: NotFound, NotAllowed, StaleVersion; DomainError for a plan of another household.
    """
    row = lock_version(measures_visible_to(actor), measure_id, version)
    require(actor, "assistance.record_measure", row)
    if planned_id is not None and not carried_out_by(row).filter(pk=planned_id).exists():
        message = _("A measure carries out a plan of its own household. Choose one of those.")
        raise DomainError("plan.another_household", message, field="planned_id")
    changed(row, "assistance.carry_out_plan", {"planned_id": planned_id}, actor=actor)
    return row


def adopt_household_plan(
    plan_id: UUID, *, on: date, agreement_code: str, reason: str = "", actor: Actor, version: int | None = None
) -> HouseholdPlan:
    """Adopt a plan as it stands, with the household's agreement: it is kept as the next edition.

    Whoever prepared it does not adopt it. Where somebody in the household is able to work, it holds a measure for
    development, or says why it holds none. Source: monitoring procedures, households with labour.
    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion; Conflict where nothing changed since; DomainError.
    """
    plan = locked_plan(plan_id, ADOPT, actor=actor, version=version)
    line = change_of(HOUSEHOLD_PLAN_CHANGES, "adopt", present=plan.state)
    if actor.user_id is None or actor.user_id == plan.prepared_by:
        raise NotAllowed("plan.own", BY_ANOTHER)
    if not plan.edition:
        require_open(plan)
    _require_day(plan, on)
    require_code(AGREEMENT_SCHEME, agreement_code, on=on, field="agreement_code")
    if agreement_code == NOT_CONFIRMED:
        message = _("The household has not agreed to the plan. Talk it over with the household before it is adopted.")
        raise DomainError("plan.not_agreed", message, field="agreement_code")
    edition = _edition(plan, on, actor.user_id, agreement_code)
    edition.reason = require_reason(reason)[:300] if edition.number > 1 else reason.strip()[:300]
    saved(edition)
    values = {
        "state": line.target,
        "edition": edition.number,
        "adopted_on": on,
        "adopted_by": actor.user_id,
        "agreement_code": agreement_code,
    }
    changed(plan, "assistance.adopt_household_plan", values, actor=actor, reason=edition.reason)
    return plan


def close_household_plan(
    plan_id: UUID, *, on: date, result: str, actor: Actor, version: int | None = None
) -> HouseholdPlan:
    """Close a plan with its result: it stays as it is.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion; Conflict for one that is not adopted; DomainError.
    """
    plan = locked_plan(plan_id, ADOPT, actor=actor, version=version)
    line = change_of(HOUSEHOLD_PLAN_CHANGES, "close", present=plan.state)
    _require_day(plan, on)
    given = require_lines(result, _("Say what came of the plan."), code="plan.result_missing", field="result")
    values = {"state": line.target, "closed_on": on, "result": given}
    changed(plan, "assistance.close_household_plan", values, actor=actor)
    return plan


def withdraw_household_plan(plan_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> HouseholdPlan:
    """Take back a plan that was entered in error: it stays on file, and the year may get another.

    One that was adopted is withdrawn by who may adopt. Locks: the plan.
    Raises: NotFound, NotAllowed, StaleVersion; Conflict for one that is over; DomainError without a reason.
    """
    plan = locked_plan(plan_id, PLAN, actor=actor, version=version)
    line = change_of(HOUSEHOLD_PLAN_CHANGES, "withdraw", present=plan.state)
    if plan.edition:
        require(actor, ADOPT, plan)
    values = {"state": line.target, "withdrawn_on": today()}
    changed(plan, "assistance.withdraw_household_plan", values, actor=actor, reason=require_reason(reason))
    return plan


def _plan_values(draft: HouseholdPlanDraft) -> dict[str, Any]:
    message = _("Say what is set out for the household.")
    goals = require_lines(draft.goals, message, code="plan.goals_missing", field="goals")
    _check_yuan(draft.target_yuan, "target_yuan")
    return asdict(replace(draft, goals=goals, no_development_reason=clean(draft.no_development_reason)))


def _check_yuan(value: Decimal, field: str) -> None:
    if not value.is_finite() or not 0 <= value <= _MOST_YUAN or value != round(value, 2):
        message = _("The amount is not negative, in yuan with two decimals at most. Check it.")
        raise DomainError("plan.amount", message, field=field)


def _measure_values(plan: HouseholdPlan, draft: PlannedMeasureDraft) -> dict[str, Any]:
    """Give the columns of a draft that passed every check; whether it is for development follows from its kind."""
    is_development = develops(draft.category_code)
    codes = {"action_code": (ACTION_SCHEME, draft.action_code), "source_code": (FUNDING_SCHEME, draft.source_code)}
    require_codes(codes, on=today())
    _check_yuan(draft.planned_yuan, "planned_yuan")
    if draft.planned_yuan and not draft.source_code:
        message = _("Say where the money comes from. Money of two sources is two measures of the plan.")
        raise DomainError("plan.source_missing", message, field="source_code")
    if draft.starts_on and draft.due_on and draft.due_on < draft.starts_on:
        message = _("The measure is to be done before it begins. Check both days.")
        raise DomainError("plan.due_before_start", message, field="due_on")
    what = require_text(draft.what, _("Say what is to be done."), code="plan.what_missing", field="what")
    values = asdict(replace(draft, what=what, helper_id=_helper_of(plan, draft.helper_id)))
    return values | {"is_development": is_development}


def _helper_of(plan: HouseholdPlan, helper_id: UUID | None) -> UUID | None:
    """Give who sees to a measure: a helper who stands by the household today, the lead where none is named."""
    if helper_id is None:
        lead = lead_on(plan.household_id, today())
        return lead.helper_id if lead else None
    paired = Pairing.objects.filter(covering(today()), household=plan.household_id).values("helper_id")
    if not Helper.objects.filter(pk=helper_id, id__in=paired).exists():
        message = _("This helper does not stand by the household today. Choose one who does, or pair them first.")
        raise DomainError("plan.helper_not_paired", message, field="helper_id")
    return helper_id


def _require_day(plan: HouseholdPlan, on: date) -> None:
    require_past(on)
    if plan.adopted_on is not None and on < plan.adopted_on:
        message = _("The plan was adopted on %(day)s. Enter that day or a later one.")
        raise DomainError("plan.too_early", message % {"day": plan.adopted_on.isoformat()}, field="on")


def _edition(plan: HouseholdPlan, on: date, adopter: UUID, agreement_code: str) -> HouseholdPlanEdition:
    """Make the next edition of a plan that may be adopted. Raises: DomainError for one that may not."""
    rows = list(PlannedMeasure.objects.filter(plan=plan, dropped_on__isnull=True).order_by("category_code", "id"))
    if not rows:
        raise DomainError("plan.no_measure", _("The plan holds no measure. Plan at least one."))
    able = has_labour(plan.household)
    development = sum(row.is_development for row in rows)
    if able and not development and not plan.no_development_reason:
        message = _(
            "Somebody in the household is able to work, and the plan holds no development measure. Plan one (business, "
            "employment, finance or a public-service post), or say in the plan why there is none."
        )
        raise DomainError("plan.no_development", message, field="no_development_reason")
    return HouseholdPlanEdition(
        household_id=plan.household_id,
        plan=plan,
        scope_code=plan.scope_code,
        number=plan.edition + 1,
        adopted_on=on,
        adopted_by=adopter,
        agreement_code=agreement_code,
        goals=plan.goals,
        target_yuan=plan.target_yuan,
        has_labour=able,
        development_count=development,
        no_development_reason=plan.no_development_reason,
        planned_yuan=sum((row.planned_yuan for row in rows), Decimal(0)),
        measures=[_kept(row) for row in rows],
    )


def _kept(row: PlannedMeasure) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "category_code": row.category_code,
        "action_code": row.action_code,
        "planned_yuan": str(row.planned_yuan),
        "source_code": row.source_code,
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
    }
