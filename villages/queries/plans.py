"""Village plans for lists and pages, with the money of their projects."""

from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotFound
from villages.models import PlanEdition, PlanProgress, PlanProject, VillagePlan

_YUAN: "DecimalField[Any, Any]" = DecimalField(max_digits=14, decimal_places=2)


def sum_below(rows: "QuerySet[Any]", by: str, column: str) -> Coalesce:
    """Add up a column of the rows that point at the outer row by `by`."""
    grouped = (
        rows.filter(**{f"{by}_id": OuterRef("id"), "tenant_id": OuterRef("tenant_id")}).order_by().values(f"{by}_id")
    )
    return Coalesce(Subquery(grouped.annotate(total=Sum(column)).values("total"), output_field=_YUAN), Value(0, _YUAN))


def plans_on_list() -> "QuerySet[VillagePlan]":
    """Give the plans in scope with their village and sums: planned (without what was dropped), arrived, spent."""
    return VillagePlan.objects.select_related("village").annotate(
        planned_yuan=sum_below(PlanProject.objects.filter(dropped_on__isnull=True), "plan", "planned_yuan"),
        arrived_yuan=sum_below(PlanProgress.objects.all(), "plan", "arrived_yuan"),
        spent_yuan=sum_below(PlanProgress.objects.all(), "plan", "spent_yuan"),
    )


def find_plan(plan_id: UUID) -> VillagePlan:
    """Give one plan with its sums. Raises: NotFound."""
    plan = plans_on_list().filter(pk=plan_id).first()
    if plan is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return plan


def projects_on_list() -> "QuerySet[PlanProject]":
    """Give the projects in scope with plan, village, and what arrived and was spent."""
    return PlanProject.objects.select_related("plan__village").annotate(
        arrived_yuan=sum_below(PlanProgress.objects.all(), "project", "arrived_yuan"),
        spent_yuan=sum_below(PlanProgress.objects.all(), "project", "spent_yuan"),
    )


def find_project(project_id: UUID) -> PlanProject:
    """Give one project with its sums. Raises: NotFound."""
    project = projects_on_list().filter(pk=project_id).first()
    if project is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return project


def plan_rows(rows: "QuerySet[VillagePlan]") -> "QuerySet[Any, Any]":
    """Give the columns of plans out of plain rows."""
    plain: QuerySet[Any, Any] = plans_on_list().filter(pk__in=rows.values("pk"))
    found: QuerySet[Any, Any] = plain.values(
        "id", "village_id", "year", "state", "edition", "goals", "adopted_on", "closed_on", "result", "version",
        "planned_yuan", "arrived_yuan", "spent_yuan", village_code=F("scope_code"),
    )  # fmt: skip
    return found


def project_rows(rows: "QuerySet[PlanProject]") -> "QuerySet[Any, Any]":
    """Give the columns of projects out of plain rows."""
    plain: QuerySet[Any, Any] = projects_on_list().filter(pk__in=rows.values("pk"))
    found: QuerySet[Any, Any] = plain.values(
        "id", "plan_id", "name", "kind_code", "action_code", "planned_yuan", "due_on", "finished_on", "dropped_on",
        "version", "arrived_yuan", "spent_yuan", village_code=F("scope_code"),
    )  # fmt: skip
    return found


def edition_rows(plan_id: UUID) -> "QuerySet[Any, Any]":
    """Give the editions of a plan in their order."""
    rows: QuerySet[Any, Any] = PlanEdition.objects.filter(plan=plan_id).order_by("number").values(
        "number", "adopted_on", "goals", "reason", "planned_yuan", "projects"
    )  # fmt: skip
    return rows


def progress_rows(rows: "QuerySet[PlanProgress]") -> "QuerySet[Any, Any]":
    """Give the columns of entries of progress."""
    found: QuerySet[Any, Any] = rows.values("id", "project_id", "noted_on", "note", "arrived_yuan", "spent_yuan")
    return found
