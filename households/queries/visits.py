"""Visits, and what the next one starts from."""

from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from households.models import Household, HouseholdYear, Membership, Relocation, Visit
from households.models.years import LIVING_FACTS
from households.queries.income import line_rows

VISIT_COLUMNS: Final = (
    "id",
    "year",
    "visited_on",
    "collector_name",
    "source",
    "period_start",
    "period_end",
    "confirmed_sections",
    "confirmed_from_year",
    "version",
)
_HEAD: Final = ("source", "period_start", "period_end")
# What is told once of a year's income beside its lines.
INCOME_HEAD: Final = ("period_start", "period_end", "person_count", "claims_yuan", "self_paid_cost_yuan")


def visit_rows(household_id: UUID) -> "QuerySet[Any, Any]":
    """Give the visits of a household as plain values."""
    found: QuerySet[Any, Any] = Visit.objects.filter(household=household_id).order_by("id").values(*VISIT_COLUMNS)
    return found


def last_visit_head(household: Household, year: int) -> dict[str, Any]:
    """Give source and period of the latest visit that told of the year, so that they need not be typed again."""
    rows = Visit.objects.filter(household=household, year=year).order_by("-visited_on", "-id")
    return rows.values(*_HEAD).first() or {}


def persons_now(household: Household) -> int:
    """Count the present members."""
    return Membership.objects.filter(household=household, ends_on__isnull=True).count()


def known_living(household: Household, year: int) -> dict[str, Any]:
    """Give the living conditions as they were last known up to a year, to be shown beside what is asked."""
    rows = HouseholdYear.objects.filter(household=household, year__lte=year).order_by("year").values(*LIVING_FACTS)
    return {name: value for row in rows for name, value in row.items() if value not in {None, ""}}


def last_year_before(household: Household, year: int) -> int | None:
    """Give the latest year with facts before a year, else that year itself where it has some."""
    years = HouseholdYear.objects.filter(household=household, year__lte=year).order_by("-year")
    found = list(years.values_list("year", flat=True)[:2])
    return next((one for one in found if one < year), found[0] if found else None)


def lines_on_file(household: Household, year: int) -> list[dict[str, Any]]:
    """Give the lines of the year for a form."""
    return line_rows(household.id, year)


def income_head(household: Household, year: int) -> dict[str, Any]:
    """Give period, persons, claims and cost paid of a year that has them."""
    rows = HouseholdYear.objects.filter(household=household, year=year, period_start__isnull=False)
    return rows.values(*INCOME_HEAD).first() or {}


def relocation_of(household: Household) -> Relocation | None:
    """Give what is on file of the household's relocation."""
    return Relocation.objects.filter(household=household).first()
