"""Infrastructure projects: enter and amend them, bring them from stage to stage, note money, and keep them up."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.domain.days import require_in_order, require_past
from villages.domain.writing import change, enter, require_text
from villages.enums import FUNDING_SCHEME, INFRASTRUCTURE_SCHEME, Stage
from villages.models import (
    InfrastructureProject,
    PlanProject,
    ProjectMoney,
    ProjectReach,
    ProjectUpkeep,
    SettlementPoint,
    StageEntry,
    Village,
)
from villages.queries.infrastructure import MONEY, find_upkeep, money_by_source, points_reached
from villages.queries.villages import find_village
from villages.workflow import STAGE_CHANGES, change_of

BUILD: Final = "villages.build"
# Which changes of the stage an office decides; the others are reported by whoever sees the work.
_DECIDED: Final = frozenset({"approve", "accept", "send-back", "stop"})
_WITH_NOTE: Final = frozenset({"accept", "send-back", "stop"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InfrastructureDraft:
    """A project as it is stated; `points` are names of the village's settlement points, none for the whole village."""

    name: str
    kind_code: str
    points: tuple[str, ...] = ()
    household_count: int | None = None
    planned_from: date | None = None
    planned_until: date | None = None
    plan_project_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDraft:
    """Money from one source since the entry before; negative amounts take back. Units: yuan."""

    source_code: str
    noted_on: date
    planned_yuan: Decimal = Decimal(0)
    arrived_yuan: Decimal = Decimal(0)
    spent_yuan: Decimal = Decimal(0)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepDraft:
    """Who keeps a project up, from when, and with what money a year. Units: yuan."""

    keeper: str
    source_code: str
    yearly_yuan: Decimal
    starts_on: date
    ends_on: date | None = None


def add_infrastructure(village_id: UUID, draft: InfrastructureDraft, *, actor: Actor) -> InfrastructureProject:
    """Enter a project, planned as of today. Raises: NotFound, NotAllowed, Conflict for a name taken; DomainError."""
    village = find_village(village_id)
    require(actor, BUILD, village)
    values, points = _values(draft, village)
    row = InfrastructureProject(scope_code=village.code, village=village, stage_on=today(), **values)
    enter(row, "villages.add_infrastructure", {**values, "points": list(draft.points)}, actor=actor)
    _set_reach(row, points)
    return row


def amend_infrastructure(
    project_id: UUID, draft: InfrastructureDraft, *, actor: Actor, version: int | None = None
) -> InfrastructureProject:
    """Amend what a project is and what it reaches.

    Locks: the project. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a stopped one; DomainError.
    """
    row = _locked(project_id, BUILD, actor, version)
    _require_not_stopped(row)
    values, points = _values(draft, row.village)
    before, after = points_reached(row.pk), sorted(point.name for point in points)
    changed = change(row, "villages.amend_infrastructure", values, actor=actor)
    if before == after:
        return row
    _set_reach(row, points)
    if not changed:
        row.touch().save(update_fields=["version", "updated_at"])
    record("villages.set_reach", row, actor=actor, changes={"points": (before, after)})
    return row


def advance(
    project_id: UUID, name: str, *, on: date, note: str = "", actor: Actor, version: int | None = None
) -> InfrastructureProject:
    """Bring a project to its next stage by one change of the table, on a day not before that of the stage it leaves.

    Locks: the project. Raises: NotFound, NotAllowed, StaleVersion; Conflict for a change that may not start here;
    DomainError for a day to come, one before the stage, or a decision without a note.
    """
    action = "villages.decide_project" if name in _DECIDED else BUILD
    row = _locked(project_id, action, actor, version)
    line = change_of(STAGE_CHANGES, name, present=row.stage)
    require_past(on)
    first = row.stage == Stage.PLANNED
    if not first and on < row.stage_on:
        message = _("The project came to its stage on %(day)s. Enter that day or a later one.")
        raise DomainError("stage.early", message % {"day": row.stage_on.isoformat()}, field="on")
    given = note.strip()
    if name in _WITH_NOTE and not given:
        message = _("Say what was found at the acceptance, or why the project is stopped or sent back.")
        raise DomainError("stage.note_missing", message, field="note")
    values = {"stage": line.target, "stage_on": on}
    change(row, "villages.advance_infrastructure", values, actor=actor, reason=given)
    _note_stage(row, line.target, on, given, actor)
    return row


def note_money(project_id: UUID, draft: MoneyDraft, *, actor: Actor) -> ProjectMoney:
    """Note money of a project from one source; entries add up, and an error is taken back by another.

    Locks: the project. Raises: NotFound, NotAllowed; DomainError for nothing, or where a source would fall below zero.
    """
    row = _locked(project_id, BUILD, actor, None)
    require_code(FUNDING_SCHEME, draft.source_code, on=today(), field="source_code")
    require_past(draft.noted_on, field="noted_on")
    amounts = {name: getattr(draft, name) for name in MONEY}
    if not any(amounts.values()):
        raise DomainError("money.nothing", _("No amount is entered. Enter at least one."), field="planned_yuan")
    sums: dict[str, Any] = next((one for one in money_by_source(row.pk) if one["source_code"] == draft.source_code), {})
    for name, amount in amounts.items():
        if sums.get(name.removesuffix("_yuan"), Decimal(0)) + amount < 0:
            message = _("More is taken back than was entered. Check the amount.")
            raise DomainError("money.below_zero", message, field=name)
    values = asdict(draft)
    if ProjectMoney.objects.filter(project=row, **values).exists():
        message = _("The same amounts are noted already. Where there were two, tell them apart in the note.")
        raise Conflict("money.noted", message)
    entry = ProjectMoney(scope_code=row.scope_code, project=row, entered_by=actor.user_id, **values)
    enter(entry, "villages.note_money", values, actor=actor)
    return entry


def add_upkeep(project_id: UUID, draft: UpkeepDraft, *, actor: Actor, version: int | None = None) -> ProjectUpkeep:
    """Say who keeps a built project up, and with what money.

    Locks: the project. Raises: NotFound, NotAllowed, StaleVersion; Conflict before it is built, or for days on which
    another keeps it up; DomainError.
    """
    row = _locked(project_id, BUILD, actor, version)
    if row.stage not in {Stage.BUILT, Stage.ACCEPTED}:
        raise Conflict("upkeep.not_built", _("The project is not built yet. Upkeep begins afterwards."))
    values = upkeep_values(draft)
    upkeep = ProjectUpkeep(scope_code=row.scope_code, project=row, **values)
    enter(upkeep, "villages.add_upkeep", values, actor=actor)
    return upkeep


def amend_upkeep(upkeep_id: UUID, draft: UpkeepDraft, *, actor: Actor, version: int | None = None) -> ProjectUpkeep:
    """Correct a period of upkeep or end it; one that ends on its first day was entered in error.

    Locks: the project, then the period. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    _locked(find_upkeep(upkeep_id).project_id, BUILD, actor, None)
    upkeep = lock_version(ProjectUpkeep.objects.all(), upkeep_id, version)
    change(upkeep, "villages.amend_upkeep", upkeep_values(draft), actor=actor)
    return upkeep


def _locked(project_id: UUID, action: str, actor: Actor, version: int | None) -> InfrastructureProject:
    row = lock_version(InfrastructureProject.objects.select_related("village"), project_id, version)
    require(actor, action, row)
    return row


def _require_not_stopped(row: InfrastructureProject) -> None:
    if row.stage == Stage.STOPPED:
        raise Conflict("infrastructure.stopped", _("This project was stopped, and stays as it is."))


def _values(draft: InfrastructureDraft, village: Village) -> tuple[dict[str, Any], list[SettlementPoint]]:
    require_code(INFRASTRUCTURE_SCHEME, draft.kind_code, on=today(), field="kind_code")
    require_in_order(draft.planned_from, draft.planned_until, field="planned_until")
    name = require_text(
        draft.name, _("The name is missing. Enter it."), code="infrastructure.name_missing", field="name"
    )
    if draft.plan_project_id is not None:
        known = PlanProject.objects.filter(pk=draft.plan_project_id, plan__village_id=village.pk)
        if not known.exists():
            message = _("The village has no such plan. Choose one of its own.")
            raise DomainError("infrastructure.plan", message, field="plan_project_id")
    points = list(SettlementPoint.objects.filter(village=village, name__in=draft.points))
    if len(points) != len(set(draft.points)):
        message = _("The village has no settlement point of that name. Enter it on the village's page first.")
        raise DomainError("infrastructure.point", message, field="points")
    values = asdict(replace(draft, name=name))
    del values["points"]
    return values | {"reaches_all": not points}, points


def _set_reach(row: InfrastructureProject, points: list[SettlementPoint]) -> None:
    ProjectReach.objects.filter(project=row).delete()
    ProjectReach.objects.bulk_create(
        ProjectReach(scope_code=row.scope_code, project=row, point=point) for point in points
    )


def _note_stage(row: InfrastructureProject, stage: str, on: date, note: str, actor: Actor) -> None:
    """Keep the stage with its day; the verb's event tells of it."""
    StageEntry.objects.create(
        scope_code=row.scope_code, project=row, stage=stage, entered_on=on, note=note, entered_by=actor.user_id
    )


def upkeep_values(draft: UpkeepDraft) -> dict[str, Any]:
    """Give what a period of upkeep holds, of a project or of another thing that is kept up. Raises: DomainError."""
    require_code(FUNDING_SCHEME, draft.source_code, on=today(), field="source_code")
    require_in_order(draft.starts_on, draft.ends_on)
    if draft.yearly_yuan < 0:
        message = _("The amount is not negative. Check it.")
        raise DomainError("upkeep.money_negative", message, field="yearly_yuan")
    message = _("Name who keeps it up: a unit, the village committee, or a public-service post.")
    keeper = require_text(draft.keeper, message, code="upkeep.keeper_missing", field="keeper")
    return asdict(replace(draft, keeper=keeper))
