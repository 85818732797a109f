"""Measures for lists and pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.models import Measure
from assistance.models.measure import NOT_YET
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor


def measures_visible_to(actor: Actor) -> "QuerySet[Measure]":
    """Give the measures of the households that the actor may see, with their households."""
    rows = Measure.objects.select_related("household")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def find_measure(measure_id: UUID, *, actor: Actor) -> Measure:
    """Give one measure.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    row = measures_visible_to(actor).filter(pk=measure_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def measure_rows(rows: "QuerySet[Measure]") -> "QuerySet[Any, Any]":
    """Give the columns of measures with the number of their household, by one query."""
    return rows.values(
        "id",
        "household_id",
        "category_code",
        "item_code",
        "starts_on",
        "ends_on",
        "state_code",
        "is_development",
        "money_yuan",
        "note",
        "planned_id",
        "version",
        household_number=F("household__number"),
        village_code=F("scope_code"),
    )


def first_measures_since(household_id: UUID, since: date) -> tuple[date | None, date | None]:
    """Give when, from a day on, a measure and a development measure of the household were first under way.

    One that began before the day and goes on counts from that day; one that has not begun or was taken back does not.
    """
    lasting = Q(ends_on__isnull=True) | (Q(ends_on__gt=since) & Q(ends_on__gt=F("starts_on")))
    rows = Measure.objects.filter(lasting, household=household_id, starts_on__isnull=False).exclude(state_code=NOT_YET)
    found = rows.aggregate(first=Min("starts_on"), development=Min("starts_on", filter=Q(is_development=True)))
    first, development = (max(day, since) if day else None for day in (found["first"], found["development"]))
    return first, development
