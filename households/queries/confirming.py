"""What a visit can find unchanged: for each part of the form the year whose facts are on file, and who lived there."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from households.enums import VisitSection
from households.models import Household, HouseholdYear, IncomeLine, Membership, PersonYear
from households.models.years import LIVING_FACTS
from households.queries.history import covering
from registry.lib.periods import today

_UNKNOWN: Final[tuple[object, ...]] = (None, "")


def _living_known() -> Q:
    found = Q()
    for name in LIVING_FACTS:
        found |= ~Q(**{name: ""}) if name.endswith("_code") else Q(**{f"{name}__isnull": False})
    return found


# A year of a household that states some of its living conditions.
LIVING_KNOWN: Final = _living_known()


def last_day_told(year: int, *, period_end: date | None = None, visited_on: date | None = None) -> date:
    """Give the last day of which a visit tells: that of the period, else of the year, and never after the visit."""
    last = date(year, 12, 31) if period_end is None else period_end - timedelta(days=1)
    return min(last, visited_on or today())


def members_told(household: Household, day: date) -> "QuerySet[Membership]":
    """Give the memberships of the household on the day."""
    return Membership.objects.filter(covering(day), household=household)


def known_until(household: Household, year: int) -> dict[str, Any]:
    """Give the living conditions as they were last known up to a year."""
    rows = HouseholdYear.objects.filter(household=household, year__lte=year).order_by("year").values(*LIVING_FACTS)
    return {name: value for row in rows for name, value in row.items() if value not in _UNKNOWN}


def confirmable_years(
    household: Household, year: int, persons: "Iterable[UUID] | QuerySet[Any, Any]"
) -> dict[VisitSection, int]:
    """Give for each part of the form the latest year before this one that has facts of it, else this one if it has.

    A part that is not there has nothing on file.
    """
    own = {"household": household, "year__lte": year}
    years: dict[VisitSection, QuerySet[Any, Any]] = {
        VisitSection.MEMBERS: PersonYear.objects.filter(person__in=persons, year__lte=year).values_list("year"),
        VisitSection.LIVING: HouseholdYear.objects.filter(LIVING_KNOWN, **own).values_list("year"),
        VisitSection.INCOME: IncomeLine.objects.filter(**own).values_list("year"),
    }
    found: dict[VisitSection, int] = {}
    for section, rows in years.items():
        known = sorted({row[0] for row in rows.order_by().distinct()})
        earlier = [one for one in known if one < year]
        if known:
            found[section] = earlier[-1] if earlier else known[-1]
    return found
