"""Measures for lists and pages."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.models import Measure
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
        "version",
        household_number=F("household__number"),
        village_code=F("scope_code"),
    )
