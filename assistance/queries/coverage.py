"""Who has a helper and who has none: for the coverage page and the monthly report."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from assistance.queries.keeping import must_keep_condition
from assistance.queries.pairings import leads_on
from households.models import Household, HouseholdSpell
from households.queries.history import covering
from registry.lib.periods import today

HELPER, STAND_IN, NONE = "helper", "stand_in", "none"


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """The households of a village that must have a helper: with one, with a unit standing in (open), with none."""

    village_code: str
    households: int
    with_helper: int
    with_stand_in: int
    without: int


@dataclass(frozen=True, slots=True)
class UncoveredHousehold:
    """A household that must have a helper and has none, or only a unit that stands in."""

    id: UUID
    number: str
    village_code: str
    group_name: str
    unit_stands_in: bool


def coverage_by_village(day: date) -> list[CoverageCount]:
    """Count the households that must have a helper on the day, by the village of that day and how they are covered."""
    rows = (
        households_with_cover(day)
        .values("village_code")
        .annotate(
            households=Count("id"),
            with_helper=Count("id", filter=Q(cover=HELPER)),
            with_stand_in=Count("id", filter=Q(cover=STAND_IN)),
            without=Count("id", filter=Q(cover=NONE)),
        )
        .order_by("village_code")
    )
    return [
        CoverageCount(row["village_code"], row["households"], row["with_helper"], row["with_stand_in"], row["without"])
        for row in rows
    ]


def households_without_helper(day: date, *, most: int | None = None) -> list[UncoveredHousehold]:
    """List the households that must have a helper on the day and have none, `most` of them where it is given."""
    rows = uncovered_on(day).order_by("village_code", "number")[:most]
    return [
        UncoveredHousehold(id_, number, village_code, group_name, cover == STAND_IN)
        for id_, number, village_code, group_name, cover in rows.values_list(
            "id", "number", "village_code", "group_name", "cover"
        )
    ]


def uncovered_on(day: date) -> "QuerySet[Any, Any]":
    """Give the households that must have a helper on the day and have none; a unit standing in is open too."""
    return households_with_cover(day).filter(cover__in=[STAND_IN, NONE])


def uncovered_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of households without a helper."""
    return rows.values("id", "number", "village_code", "group_name", unit_stands_in=Q(cover=STAND_IN))


def households_with_cover(day: date) -> "QuerySet[Any, Any]":
    """Give the households that must have a helper on the day, each with its `cover`."""
    lead = leads_on(day).values("household_id")
    cover = Case(
        When(id__in=lead.filter(helper__isnull=False), then=Value(HELPER)),
        When(id__in=lead, then=Value(STAND_IN)),
        default=Value(NONE),
        output_field=CharField(),
    )
    return Household.objects.filter(must_keep_condition(day)).annotate(cover=cover, village_code=_village_on(day))


def _village_on(day: date) -> "F | Subquery":
    """Give the village of a household on the day: today that of the row itself, which no spell has to be asked for."""
    if day >= today():
        return F("scope_code")
    spell = HouseholdSpell.objects.filter(covering(day), household=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    return Subquery(spell.values("village_code")[:1])
