"""Visits of helpers for lists and pages."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.models import HelpVisit, VisitPlan
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor


def help_visits_visible_to(actor: Actor) -> "QuerySet[HelpVisit]":
    """Give the visits to the households that the actor may see, with household and helper."""
    rows = HelpVisit.objects.select_related("household", "helper")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def find_help_visit(visit_id: UUID, *, actor: Actor) -> HelpVisit:
    """Give one visit.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    row = help_visits_visible_to(actor).filter(pk=visit_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def help_visit_rows(rows: "QuerySet[HelpVisit]") -> "QuerySet[Any, Any]":
    """Give the columns of visits with the number of the household and the name of the helper, by one query."""
    return rows.values(
        "id",
        "household_id",
        "helper_id",
        "visited_on",
        "place_code",
        "confirmation_code",
        "found",
        "withdrawn_on",
        "version",
        household_number=F("household__number"),
        helper_name=F("helper__name"),
        village_code=F("scope_code"),
    )


def visit_plan_rows() -> "QuerySet[Any, Any]":
    """Give the years that have a plan of visits."""
    return VisitPlan.objects.values("id", "year", "visits", "risk_visits", "version")


def find_visit_plan(plan_id: UUID) -> Any:  # noqa: ANN401  (a row of columns)
    """Give the columns of one plan. Raises: NotFound."""
    row = visit_plan_rows().filter(pk=plan_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row
