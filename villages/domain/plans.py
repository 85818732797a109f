"""The plan of a village for a year: draft it, adopt it, amend it, note its progress, close it with its result."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_codes
from villages.domain.days import require_past, require_reason, require_year
from villages.domain.writing import change, enter, require_lines, require_text
from villages.enums import ACTION_SCHEME, PLAN_PROJECT_SCHEME, PlanState
from villages.models import PlanEdition, PlanProgress, PlanProject, VillagePlan
from villages.queries.plans import find_project
from villages.queries.villages import find_village
from villages.workflow import PLAN_CHANGES, change_of

_PLAN = "villages.plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProjectDraft:
    """A project of a plan. Units: yuan."""

    name: str
    kind_code: str
    planned_yuan: Decimal
    action_code: str = ""
    due_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressDraft:
    """What happened in a project up to a day; the amounts are those since the entry before. Units: yuan."""

    noted_on: date
    note: str
    arrived_yuan: Decimal = Decimal(0)
    spent_yuan: Decimal = Decimal(0)


def draft_plan(village_id: UUID, *, year: int, goals: str, actor: Actor) -> VillagePlan:
    """Begin the plan of a village for a year, this one, a past one or the next.

    Raises: NotFound, NotAllowed, Conflict where there is one; DomainError without goals.
    """
    village = find_village(village_id)
    require(actor, _PLAN, village)
    require_year(year, latest=today().year + 1)
    values = {"year": year, "goals": _goals(goals)}
    plan = VillagePlan(scope_code=village.code, village=village, **values)
    enter(plan, "villages.draft_plan", values, actor=actor)
    return plan


def amend_plan(plan_id: UUID, *, goals: str, actor: Actor, version: int | None = None) -> VillagePlan:
    """Word the goals anew; an adopted plan then waits to be adopted again.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a closed plan, DomainError.
    """
    plan = _locked(plan_id, actor, version)
    given = _goals(goals)
    if given != plan.goals:
        change(plan, "villages.amend_plan", {"goals": given, "state": _amended(plan)}, actor=actor)
    return plan


def add_project(plan_id: UUID, draft: PlanProjectDraft, *, actor: Actor, version: int | None = None) -> PlanProject:
    """Put a project into a plan; an adopted plan then waits to be adopted again.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a closed plan or a name that is taken;
    DomainError with the field at fault.
    """
    plan = _locked(plan_id, actor, version)
    _require_open(plan)
    values = _values(draft)
    project = PlanProject(scope_code=plan.scope_code, plan=plan, **values)
    enter(project, "villages.add_plan_project", values, actor=actor)
    _note_amended(plan)
    return project


def amend_project(
    project_id: UUID, draft: PlanProjectDraft, *, actor: Actor, version: int | None = None
) -> PlanProject:
    """Amend a project, or say when it was finished; only what was planned brings the plan to be adopted again.

    Locks: the plan, then the project. Raises: as `add_project`; DomainError for one that was dropped.
    """
    plan, project = _locked_project(project_id, actor, version)
    _require_kept(project)
    values = _values(draft)
    replanned = any(getattr(project, name) != value for name, value in values.items() if name != "finished_on")
    if change(project, "villages.amend_plan_project", values, actor=actor) and replanned:
        _note_amended(plan)
    return project


def drop_project(project_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> PlanProject:
    """Take a project out of the plan; its progress and money stay on file.

    Locks: the plan, then the project. Raises: as `add_project`; DomainError without a reason, or for a finished one.
    """
    plan, project = _locked_project(project_id, actor, version)
    _require_kept(project)
    require_past(on)
    if project.finished_on is not None:
        message = _("This project is finished. One that was finished in error is amended first.")
        raise DomainError("plan.project_finished", message)
    given = require_reason(reason)
    change(project, "villages.drop_plan_project", {"dropped_on": on}, actor=actor, reason=given)
    _note_amended(plan)
    return project


def note_progress(project_id: UUID, draft: ProgressDraft, *, actor: Actor) -> PlanProgress:
    """Note what happened in a project and what money came and went; an error is reversed by another entry.

    Locks: the plan, then the project. Raises: NotFound, NotAllowed, Conflict for a closed plan; DomainError when the
    sums would fall below zero, or nothing is said.
    """
    plan, project = _locked_project(project_id, actor, None)
    require_past(draft.noted_on, field="noted_on")
    note = require_text(draft.note, _("Say in a sentence what happened."), code="plan.note_missing", field="note")
    sums = find_project(project.pk)
    for name in ("arrived_yuan", "spent_yuan"):
        if getattr(sums, name) + getattr(draft, name) < 0:
            message = _("More is taken back than was entered. Check the amount.")
            raise DomainError("plan.below_zero", message, field=name)
    values = asdict(replace(draft, note=note))
    if PlanProgress.objects.filter(project=project, **values).exists():
        message = _("The same progress is noted already. Where it happened twice, say so in the note.")
        raise Conflict("plan.noted", message)
    row = PlanProgress(scope_code=plan.scope_code, plan=plan, project=project, entered_by=actor.user_id, **values)
    enter(row, "villages.note_progress", values, actor=actor)
    return row


def adopt_plan(plan_id: UUID, *, on: date, reason: str = "", actor: Actor, version: int | None = None) -> VillagePlan:
    """Adopt a plan as it stands: goals and projects of the day are kept as its next edition.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion; Conflict where nothing changed since; DomainError
    without a project, or without a reason for a later edition.
    """
    plan = _locked(plan_id, actor, version, action="villages.adopt_plan")
    line = change_of(PLAN_CHANGES, "adopt", present=plan.state)
    require_past(on)
    if plan.adopted_on is not None and on < plan.adopted_on:
        message = _("The edition before was adopted on %(day)s. Enter that day or a later one.")
        raise DomainError("plan.adopted_early", message % {"day": plan.adopted_on.isoformat()}, field="on")
    projects = list(PlanProject.objects.filter(plan=plan, dropped_on__isnull=True).order_by("name"))
    if not projects:
        raise DomainError("plan.no_project", _("The plan has no project. Enter at least one."))
    number = plan.edition + 1
    given = require_reason(reason) if number > 1 else reason.strip()
    PlanEdition.objects.create(
        scope_code=plan.scope_code,
        plan=plan,
        number=number,
        adopted_on=on,
        goals=plan.goals,
        reason=given,
        planned_yuan=sum((project.planned_yuan for project in projects), Decimal(0)),
        projects=[_kept(project) for project in projects],
    )
    values = {"state": line.target, "edition": number, "adopted_on": on}
    change(plan, "villages.adopt_plan", values, actor=actor, reason=given)
    return plan


def close_plan(plan_id: UUID, *, on: date, result: str, actor: Actor, version: int | None = None) -> VillagePlan:
    """Close a plan with its result: it stays as it is.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion; Conflict for one that is not adopted; DomainError.
    """
    plan = _locked(plan_id, actor, version, action="villages.adopt_plan")
    line = change_of(PLAN_CHANGES, "close", present=plan.state)
    require_past(on)
    if plan.adopted_on is not None and on < plan.adopted_on:
        message = _("The plan was adopted on %(day)s. Enter that day or a later one.")
        raise DomainError("plan.closed_early", message % {"day": plan.adopted_on.isoformat()}, field="on")
    given = require_lines(result, _("Say what came of the plan."), code="plan.result_missing", field="result")
    change(plan, "villages.close_plan", {"state": line.target, "closed_on": on, "result": given}, actor=actor)
    return plan


def _locked(plan_id: UUID, actor: Actor, version: int | None, *, action: str = _PLAN) -> VillagePlan:
    plan = lock_version(VillagePlan.objects.all(), plan_id, version)
    require(actor, action, plan)
    return plan


def _locked_project(project_id: UUID, actor: Actor, version: int | None) -> tuple[VillagePlan, PlanProject]:
    plan = _locked(find_project(project_id).plan_id, actor, None)
    _require_open(plan)
    return plan, lock_version(PlanProject.objects.all(), project_id, version)


def _require_open(plan: VillagePlan) -> None:
    if plan.state == PlanState.CLOSED:
        change_of(PLAN_CHANGES, "close", present=plan.state)


def _require_kept(project: PlanProject) -> None:
    if project.dropped_on is not None:
        message = _("This project was dropped. Enter it anew if it is taken up again.")
        raise DomainError("plan.project_dropped", message)


def _amended(plan: VillagePlan) -> str:
    """Give the state after a change of what was planned. Raises: Conflict for a closed plan."""
    if plan.state in {PlanState.DRAFTED, PlanState.AMENDED}:
        return plan.state
    return change_of(PLAN_CHANGES, "amend", present=plan.state).target


def _note_amended(plan: VillagePlan) -> None:
    """Bring the plan to be adopted again, and let whoever read it read it anew; the project's event tells of it."""
    plan.state = _amended(plan)
    plan.touch().save(update_fields=["state", "version", "updated_at"])


def _goals(goals: str) -> str:
    return require_lines(goals, _("Say what the village sets out to do."), code="plan.goals_missing", field="goals")


def _values(draft: PlanProjectDraft) -> dict[str, Any]:
    require_codes(
        {
            "kind_code": (PLAN_PROJECT_SCHEME, draft.kind_code or "?"),
            "action_code": (ACTION_SCHEME, draft.action_code),
        },
        on=today(),
    )
    require_past(draft.finished_on, field="finished_on")
    if draft.planned_yuan < 0:
        raise DomainError("plan.money_negative", _("The amount is not negative. Check it."), field="planned_yuan")
    name = require_text(draft.name, _("The name is missing. Enter it."), code="plan.name_missing", field="name")
    return asdict(replace(draft, name=name))


def _kept(project: PlanProject) -> dict[str, Any]:
    return {
        "name": project.name,
        "kind_code": project.kind_code,
        "action_code": project.action_code,
        "planned_yuan": str(project.planned_yuan),
        "due_on": project.due_on.isoformat() if project.due_on else None,
    }
