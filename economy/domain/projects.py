"""Industry projects: enter and amend them in the library, and bring them from state to state."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from economy.domain.writing import change, enter, somebody
from economy.enums import ACTION_SCHEME, PROJECT_SCHEME, ProjectState
from economy.models import IndustryMoney, IndustryProject, IndustryReach, IndustryStep
from economy.queries.projects import money_by_source, money_sums
from economy.workflow import PROJECT_CHANGES
from households.domain.days import require_past
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.gbcode import Level, ancestor_at
from registry.lib.periods import today
from registry.lib.text import clean, clean_prose
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.domain.days import require_in_order
from villages.models import Village
from villages.workflow import change_of

KEEP: Final = "economy.keep_projects"
DECIDE: Final = "economy.decide_project"
# Which changes an office decides; the others are reported by whoever sees the work.
DECIDED: Final = frozenset({"return", "approve", "accept", "send-back", "stop"})
_WITH_NOTE: Final = frozenset({"return", "accept", "send-back", "stop"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDraft:
    """A project as the library holds it, with the villages it reaches."""

    name: str
    kind_code: str
    library_year: int
    village_ids: tuple[UUID, ...]
    action_code: str = ""
    content: str = ""
    planned_from: date | None = None
    planned_until: date | None = None
    household_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a project, told when it is complete."""

    result: str = ""
    gaining_count: int | None = None


def add_project(draft: ProjectDraft, *, actor: Actor) -> IndustryProject:
    """Enter a project in the county's library.

    Raises: NotFound for a village out of the area; NotAllowed, Conflict for a name taken; DomainError.
    """
    values, villages = _values(draft)
    row = IndustryProject(scope_code=_scope_of(villages, actor), state_on=today(), **values)
    require(actor, KEEP, row)
    enter(row, "economy.add_project", values | {"villages": _codes(villages)}, actor=actor)
    _set_reach(row, villages)
    return row


def amend_project(
    project_id: UUID, draft: ProjectDraft, *, actor: Actor, version: int | None = None
) -> IndustryProject:
    """Amend what is planned, until it is proposed: who approves it decides on what another proposed.

    Locks: the project. Raises: NotFound, NotAllowed, StaleVersion; Conflict once it is proposed; DomainError.
    """
    row = locked_project(project_id, KEEP, actor, version)
    values, villages = _values(draft)
    if row.state != ProjectState.LIBRARY:
        message = _("The project was proposed or stopped, and stays as it is. A proposed one may be sent back first.")
        raise Conflict("project.proposed", message)
    before = _reached(row.pk)
    changed = change(row, "economy.amend_project", values, actor=actor)
    if before == _codes(villages):
        return row
    _set_reach(row, villages)
    _move(row, _scope_of(villages, actor))
    if not changed:
        count_version_up(row)
    record("economy.set_project_villages", row, actor=actor, changes={"villages": (before, _codes(villages))})
    return row


def advance_project(
    project_id: UUID,
    name: str,
    *,
    on: date,
    note: str = "",
    report: Report = Report(),
    actor: Actor,
    version: int | None = None,
) -> IndustryProject:
    """Bring a project to its next state by one change of the table, on a day not before that of the state it leaves.

    Who proposed it does not approve it, and who reported it complete does not accept it. Completion asks for a result,
    and that all money that arrived is accounted for. Locks: the project. Raises: NotFound, NotAllowed, StaleVersion;
    Conflict for a change that may not start here; DomainError.
    """
    row = locked_project(project_id, DECIDE if name in DECIDED else KEEP, actor, version)
    line = change_of(PROJECT_CHANGES, name, present=row.state)
    require_past(on)
    if row.state != ProjectState.LIBRARY and on < row.state_on:
        message = _("The project came to its state on %(day)s. Enter that day or a later one.")
        raise DomainError("project.early", message % {"day": row.state_on.isoformat()}, field="on")
    given = clean_prose(note)
    if name in _WITH_NOTE and not given:
        message = _("Say what was found at the acceptance, or why the project is stopped or sent back.")
        raise DomainError("project.note_missing", message, field="note")
    values = {"state": line.target, "state_on": on} | _decided(row, name, actor)
    if name == "propose":
        _require_plan(row)
    if name == "complete":
        values |= _reported(row, report)
    change(row, "economy.advance_project", values, actor=actor, reason=given)
    IndustryStep.objects.create(
        scope_code=row.scope_code, project=row, state=line.target, entered_on=on, note=given, entered_by=actor.user_id
    )
    return row


def locked_project(project_id: UUID, action: str, actor: Actor, version: int | None) -> IndustryProject:
    """Lock a project for somebody who may do this to it. Raises: NotFound, NotAllowed, StaleVersion."""
    row = lock_version(IndustryProject.objects.all(), project_id, version)
    require(actor, action, row)
    return row


def count_version_up(row: IndustryProject) -> None:
    """Let whoever saw a locked project before something below it changed be told so."""
    row.touch().save(update_fields=["version", "updated_at"])


def _decided(row: IndustryProject, name: str, actor: Actor) -> dict[str, Any]:
    """Give who stands for a change, and refuse who stood for the one before it."""
    if name not in {"propose", "approve", "complete", "accept"}:
        return {}
    message = _("A project is proposed, approved, completed and accepted by persons with an account.")
    who = somebody(actor, "project.nobody", message)
    if name == "approve" and who == row.proposed_by:
        message = _("Whoever proposed a project does not approve it. Ask a colleague.")
        raise NotAllowed("project.own_proposal", message)
    if name == "accept" and who == row.completed_by:
        message = _("Whoever reported a project complete does not accept it. Ask a colleague.")
        raise NotAllowed("project.own_report", message)
    names = {
        "propose": "proposed_by",
        "approve": "approved_by",
        "complete": "completed_by",
        "accept": "accepted_by",
    }
    return {names[name]: who}


def _require_plan(row: IndustryProject) -> None:
    if not money_sums(row.pk)["planned_yuan"]:
        message = _("No money is planned for the project. Note the planned money by source before it is proposed.")
        raise DomainError("project.no_money_planned", message, field="state")


def _reported(row: IndustryProject, report: Report) -> dict[str, Any]:
    result = clean_prose(report.result)
    if not result:
        message = _("The result is missing. Say in a sentence what was built or bought and what it brings.")
        raise DomainError("project.result_missing", message, field="result")
    rest = sum((one["rest"] for one in money_by_source(row.pk)), start=0)
    if any(one["rest"] for one in money_by_source(row.pk)):
        message = _(
            "%(rest)s yuan that arrived are not accounted for. Note what was spent, turned to shares or given back, "
            "by source, before the project is complete."
        )
        raise DomainError("project.money_unaccounted", message % {"rest": rest}, field="state")
    return {"result": result, "gaining_count": report.gaining_count}


def _values(draft: ProjectDraft) -> tuple[dict[str, Any], list[Village]]:
    name = clean(draft.name)
    if not name:
        raise DomainError("project.name_missing", _("The name is missing. Enter it."), field="name")
    if not 2000 <= draft.library_year <= 2100:
        message = _("The year lies between 2000 and 2100. Check the year.")
        raise DomainError("project.year", message, field="library_year")
    require_code(PROJECT_SCHEME, draft.kind_code, on=today(), field="kind_code")
    if draft.action_code:
        require_code(ACTION_SCHEME, draft.action_code, on=today(), field="action_code")
    require_in_order(draft.planned_from, draft.planned_until, field="planned_until")
    wanted = set(draft.village_ids)
    if not wanted:
        raise DomainError(
            "project.no_village", _("A project reaches one village at least. Choose it."), field="villages"
        )
    villages = list(Village.objects.filter(pk__in=wanted).order_by("code"))
    if len(villages) != len(wanted):
        message = _("There is no such village in your area. Choose villages of your area.")
        raise NotFound("project.village_not_found", message, field="villages")
    values = asdict(replace(draft, name=name, content=clean_prose(draft.content)))
    del values["village_ids"]
    return values, villages


def _scope_of(villages: list[Village], actor: Actor) -> str:
    """Give the smallest division that holds the villages. Raises: DomainError where it is wider than the area."""
    codes = _codes(villages)
    townships = {ancestor_at(code, Level.TOWNSHIP) for code in codes}
    scope = codes[0] if len(codes) == 1 else townships.pop() if len(townships) == 1 else actor.tenant_code
    if not any(code_range.contains(scope) for code_range in actor.ranges):
        message = _(
            "A project of several villages is entered by their township, one of several townships by the county."
        )
        raise DomainError("project.too_wide", message, field="villages")
    return scope


def _codes(villages: list[Village]) -> list[str]:
    return [village.code for village in villages]


def _reached(project_id: UUID) -> list[str]:
    rows = IndustryReach.objects.filter(project=project_id).order_by("scope_code")
    return list(rows.values_list("scope_code", flat=True))


def _set_reach(row: IndustryProject, villages: list[Village]) -> None:
    IndustryReach.objects.filter(project=row).delete()
    IndustryReach.objects.bulk_create(
        IndustryReach(scope_code=village.code, project=row, village=village) for village in villages
    )


def _move(row: IndustryProject, scope_code: str) -> None:
    """Let who sees the project see what hangs on it; in the library that is planned money and steps."""
    if row.scope_code == scope_code:
        return
    IndustryMoney.objects.filter(project=row).update(scope_code=scope_code)
    IndustryStep.objects.filter(project=row).update(scope_code=scope_code)
    row.scope_code = scope_code
    row.save(update_fields=["scope_code"])
