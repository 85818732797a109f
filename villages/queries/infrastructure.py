"""Infrastructure projects for lists and pages: their money, reach, stages and upkeep."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotFound
from villages.enums import Stage
from villages.models import InfrastructureProject, ProjectMoney, ProjectReach, ProjectUpkeep, StageEntry
from villages.queries.plans import sum_below

MONEY = ("planned_yuan", "arrived_yuan", "spent_yuan")


def infrastructure_on_list() -> "QuerySet[InfrastructureProject]":
    """Give the projects in scope with their village and sums of money."""
    return InfrastructureProject.objects.select_related("village").annotate(
        **{name: sum_below(ProjectMoney.objects.all(), "project", name) for name in MONEY}
    )


def find_infrastructure(project_id: UUID) -> InfrastructureProject:
    """Give one project with its sums. Raises: NotFound."""
    row = infrastructure_on_list().filter(pk=project_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def find_upkeep(upkeep_id: UUID) -> ProjectUpkeep:
    """Give one period of upkeep. Raises: NotFound."""
    row = ProjectUpkeep.objects.filter(pk=upkeep_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def without_upkeep(rows: "QuerySet[InfrastructureProject]", day: date) -> "QuerySet[InfrastructureProject]":
    """Narrow to what was accepted and is kept up by nobody on the day."""
    kept = ProjectUpkeep.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        starts_on__lte=day,
        project_id=OuterRef("id"),
        tenant_id=OuterRef("tenant_id"),
    )
    return rows.filter(~Exists(kept), stage=Stage.ACCEPTED)


def money_by_source(project_id: UUID) -> "QuerySet[Any, Any]":
    """Give planned, arrived and spent of a project by source."""
    rows: QuerySet[Any, Any] = (
        ProjectMoney.objects.filter(project=project_id)
        .order_by("source_code")
        .values("source_code")
        .annotate(planned=Sum("planned_yuan"), arrived=Sum("arrived_yuan"), spent=Sum("spent_yuan"))
    )
    return rows


def points_reached(project_id: UUID) -> list[str]:
    """Name the settlement points that a project reaches."""
    rows = ProjectReach.objects.filter(project=project_id).order_by("point__name")
    return list(rows.values_list("point__name", flat=True))


def infrastructure_rows(rows: "QuerySet[InfrastructureProject]") -> "QuerySet[Any, Any]":
    """Give the columns of projects out of plain rows."""
    found: QuerySet[Any, Any] = infrastructure_on_list().filter(pk__in=rows.values("pk")).values(
        "id", "village_id", "name", "kind_code", "reaches_all", "household_count", "planned_from", "planned_until",
        "plan_project_id", "stage", "stage_on", "version", *MONEY, village_code=F("scope_code"),
    )  # fmt: skip
    return found


def stage_rows(project_id: UUID) -> "QuerySet[Any, Any]":
    """Give the stages of a project in their order."""
    rows: QuerySet[Any, Any] = StageEntry.objects.filter(project=project_id).order_by("id")
    return rows.values("stage", "entered_on", "note")


def upkeep_rows(rows: "QuerySet[ProjectUpkeep]") -> "QuerySet[Any, Any]":
    """Give the columns of periods of upkeep."""
    found: QuerySet[Any, Any] = rows.values(
        "id", "project_id", "keeper", "source_code", "yearly_yuan", "starts_on", "ends_on", "version"
    )  # fmt: skip
    return found
