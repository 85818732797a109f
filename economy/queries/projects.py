"""Industry projects for lists and pages: their money by source, villages, steps, and what a village is shown."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from economy.enums import MONEY, ProjectState
from economy.models import IndustryMoney, IndustryProject, IndustryReach, IndustryStep
from registry.lib.errors import NotFound
from villages.queries.plans import sum_below

ZERO: Final = Decimal("0.00")


def not_found() -> NotFound:
    """Make the refusal of what is unknown or out of the area."""
    return NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))


def projects_on_list() -> "QuerySet[IndustryProject]":
    """Give the projects in scope with sums of their money."""
    return IndustryProject.objects.annotate(
        **{name: sum_below(IndustryMoney.objects.all(), "project", name) for name in MONEY}
    )


def stopped_with_money(rows: "QuerySet[IndustryProject]") -> "QuerySet[IndustryProject]":
    """Narrow to projects that were stopped while money that arrived is not accounted for."""
    left = F("arrived_yuan") - F("spent_yuan") - F("folded_yuan") - F("returned_yuan")
    found = projects_on_list().filter(state=ProjectState.STOPPED).annotate(left_yuan=left).filter(left_yuan__gt=0)
    return rows.filter(pk__in=found.values("pk"))


def find_project(project_id: UUID) -> IndustryProject:
    """Give one project with its sums. Raises: NotFound."""
    row = projects_on_list().filter(pk=project_id).first()
    if row is None:
        raise not_found()
    return row


def reaching_ids(village_id: UUID) -> "QuerySet[Any, Any]":
    """Give the ids of the projects that reach a village in scope."""
    rows: QuerySet[Any, Any] = IndustryReach.objects.filter(village=village_id).values("project_id")
    return rows


def require_reaching(project_id: UUID) -> None:
    """Refuse a project that reaches no village in scope. Raises: NotFound."""
    if not IndustryReach.objects.filter(project=project_id).exists():
        raise not_found()


def money_by_source(project_id: UUID) -> "QuerySet[Any, Any]":
    """Give the sums of a project by source."""
    entries = IndustryMoney.objects.filter(project=project_id).order_by("source_code")
    rows: QuerySet[Any, Any] = entries.values("source_code").annotate(
        planned=Sum("planned_yuan"),
        arrived=Sum("arrived_yuan"),
        spent=Sum("spent_yuan"),
        folded=Sum("folded_yuan"),
        returned=Sum("returned_yuan"),
        rest=Sum(F("arrived_yuan") - F("spent_yuan") - F("folded_yuan") - F("returned_yuan")),
    )
    return rows


def sums_of_source(project_id: UUID, source_code: str) -> dict[str, Decimal]:
    """Give the sums of one source of a project by column."""
    rows = IndustryMoney.objects.filter(project=project_id, source_code=source_code)
    found = rows.aggregate(**{f"{name}_sum": Sum(name) for name in MONEY})
    return {name: found[f"{name}_sum"] or ZERO for name in MONEY}


def money_sums(project_id: UUID) -> dict[str, Decimal]:
    """Give the sums of a project by column."""
    found = IndustryMoney.objects.filter(project=project_id).aggregate(**{f"{name}_sum": Sum(name) for name in MONEY})
    return {name: found[f"{name}_sum"] or ZERO for name in MONEY}


def villages_reached(project_id: UUID) -> "QuerySet[Any, Any]":
    """Give the villages of a project that the scope shows."""
    rows: QuerySet[Any, Any] = IndustryReach.objects.filter(project=project_id).order_by("scope_code")
    return rows.values("village_id", code=F("scope_code"), name=F("village__name"))


def step_rows(project_id: UUID) -> "QuerySet[Any, Any]":
    """Give the steps of a project in their order."""
    rows: QuerySet[Any, Any] = IndustryStep.objects.filter(project=project_id).order_by("id")
    return rows.values("state", "entered_on", "note")


def project_rows(rows: "QuerySet[IndustryProject]") -> "QuerySet[Any, Any]":
    """Give the columns of projects out of plain rows."""
    found: QuerySet[Any, Any] = projects_on_list().filter(pk__in=rows.values("pk")).values(
        "id", "name", "kind_code", "action_code", "content", "library_year", "planned_from", "planned_until",
        "household_count", "state", "state_on", "result", "gaining_count", "version", *MONEY,
        division_code=F("scope_code"),
    )  # fmt: skip
    return found
