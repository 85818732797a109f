"""Who has a helper and who has none: for the coverage page and the monthly report."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from assistance.queries.keeping import in_villages, must_keep_condition
from assistance.queries.pairings import leads_on
from households.models import Household, HouseholdSpell
from households.queries.history import covering
from registry.domain.tallies import tallies, tallying
from registry.lib.periods import today
from registry.lib.spans import span
from villages.queries.villages import villages_in_scope

HELPER, STAND_IN, NONE = "helper", "stand_in", "none"
BOARD: Final = "coverage"


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """The households of a village that must have a helper: with one, with a unit standing in (open), with none."""

    village_code: str
    households: int
    with_helper: int
    with_stand_in: int
    without: int

    @property
    def open(self) -> int:
        """Count those that somebody has to find a helper for."""
        return self.with_stand_in + self.without


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
    rows = _counts(households_with_cover(day), "village_code")
    return [CoverageCount(code, **figures) for code, figures in rows]


def coverage_today() -> list[CoverageCount]:
    """Give the same of today, for whoever sees villages whole; what did not change is not counted anew."""
    codes = list(villages_in_scope().values_list("code", flat=True))
    figures = tallies(BOARD, codes)
    return [CoverageCount(code, **figures[code]) for code in codes if figures[code]]


@tallying(BOARD)
def _count_villages(day: date, codes: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    return dict(_counts(households_with_cover(day, within=codes), "scope_code"))


def households_without_helper(day: date, *, within: Collection[str] | None = None) -> list[UncoveredHousehold]:
    """List the households that must have a helper on the day and have none; a unit standing in is open too.

    `within` names the villages in which they lie today.
    """
    rows = uncovered_on(day, within=within).order_by("village_code", "number")
    return [
        UncoveredHousehold(id_, number, village_code, group_name, cover == STAND_IN)
        for id_, number, village_code, group_name, cover in rows.values_list(
            "id", "number", "village_code", "group_name", "cover"
        )
    ]


def uncovered_on(day: date, *, within: Collection[str] | None = None) -> "QuerySet[Any, Any]":
    """Give the households that must have a helper on the day and have none; a unit standing in is open too."""
    return households_with_cover(day, within=within).filter(cover__in=[STAND_IN, NONE])


def uncovered_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of households without a helper."""
    return rows.values("id", "number", "village_code", "group_name", unit_stands_in=Q(cover=STAND_IN))


def open_today(counts: Sequence[CoverageCount], most: int) -> list[UncoveredHousehold]:
    """List the first of today's households without a helper, at most so many, where `counts` are those of today."""
    villages, _before = span([(count.village_code, count.open) for count in counts], 0, most)
    return households_without_helper(today(), within=villages)[:most] if villages else []


def households_with_cover(day: date, *, within: Collection[str] | None = None) -> "QuerySet[Any, Any]":
    """Give the households that must have a helper on the day, each with its `cover`."""
    lead = leads_on(day).filter(in_villages(within)).values("household_id")
    cover = Case(
        When(id__in=lead.filter(helper__isnull=False), then=Value(HELPER)),
        When(id__in=lead, then=Value(STAND_IN)),
        default=Value(NONE),
        output_field=CharField(),
    )
    rows = Household.objects.filter(in_villages(within), must_keep_condition(day, within=within))
    return rows.annotate(cover=cover, village_code=_village_on(day))


def _village_on(day: date) -> "F | Subquery":
    """Give the village of a household on the day: today that of the row itself, which no spell has to be asked for."""
    if day >= today():
        return F("scope_code")
    spell = HouseholdSpell.objects.filter(covering(day), household=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    return Subquery(spell.values("village_code")[:1])


def _counts(rows: "QuerySet[Any, Any]", place: str) -> Iterator[tuple[str, dict[str, int]]]:
    counted = (
        rows.order_by()
        .values(place=F(place))
        .annotate(
            households=Count("id"),
            with_helper=Count("id", filter=Q(cover=HELPER)),
            with_stand_in=Count("id", filter=Q(cover=STAND_IN)),
            without=Count("id", filter=Q(cover=NONE)),
        )
        .order_by("place")
    )
    for row in counted:
        yield row.pop("place"), row
