"""Which counties published a period by its day, which were late, and which have not yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from oversight.enums import Timeliness
from oversight.queries.published import Extent, counties_in
from periods.enums import PeriodKind
from registry.lib.gbcode import CodeRange
from registry.lib.periods import Month, day_of
from registry.models import PublishedEdition

_MONTHS: Final = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class CountyTimeliness:
    """When a county first published a period, by when it was due, and by how many days it is late."""

    code: str
    name: str
    state: Timeliness
    due_on: date | None
    published_at: datetime | None
    days_late: int
    editions: int
    edition_id: UUID | None


def timeliness_in(ranges: Sequence[CodeRange], extent: Extent, *, on: date) -> list[CountyTimeliness]:
    """Give each county in service that owes the period, those that are late first. Two queries.

    A county that came into service after the period owes nothing, and of a campaign nothing is owed at all: its days
    are the county's own.
    """
    found: dict[int, list[PublishedEdition]] = {}
    counties = counties_in(ranges)
    rows = PublishedEdition.objects.filter(tenant__in=[county.pk for county in counties], period_kind=extent.kind)
    for edition in rows.filter(first_day=extent.first_day).order_by("tenant_id", "edition"):
        found.setdefault(edition.tenant_id, []).append(edition)
    last = last_day_of(extent) or max((one.last_day for rows_ in found.values() for one in rows_), default=None)
    lines = [
        _line(county.code, county.name, found.get(county.pk, []), last, on)
        for county in counties
        if county.pk in found or (last is not None and _owes(county.opened_on, extent, last))
    ]
    return sorted(lines, key=lambda line: (-line.days_late, line.code))


def _owes(opened_on: date | None, extent: Extent, last: date) -> bool:
    return extent.kind != PeriodKind.CAMPAIGN and (opened_on is None or opened_on <= last)


def last_day_of(extent: Extent) -> date | None:
    """Give the last day of a period of the calendar; that of a campaign is not told by its first."""
    months = _MONTHS.get(PeriodKind(extent.kind))
    if months is None:
        return None
    month = Month.of(extent.first_day)
    for _step in range(months - 1):
        month = month.next
    return month.last_day


def _line(code: str, name: str, editions: list[PublishedEdition], last: date | None, on: date) -> CountyTimeliness:
    if editions:
        first = editions[0]
        days = (day_of(first.published_at) - first.due_on).days
        state = Timeliness.LATE if days > 0 else Timeliness.IN_TIME
        newest = editions[-1]
        return CountyTimeliness(
            code, name, state, first.due_on, first.published_at, max(days, 0), len(editions), newest.pk
        )
    due = None if last is None else last + timedelta(days=settings.PUBLICATION_DUE_DAYS)
    days = 0 if due is None else (on - due).days
    state = Timeliness.OVERDUE if days > 0 else Timeliness.WAITED_FOR
    return CountyTimeliness(code, name, state, due, None, max(days, 0), 0, None)


def newest_extent(ranges: Sequence[CodeRange], *, on: date) -> Extent:
    """Give the month with which pages begin: the latest one that was published, else the last that ended."""
    published = PublishedEdition.objects.filter(
        tenant__in=[county.pk for county in counties_in(ranges)], period_kind=PeriodKind.MONTH
    )
    newest: date | None = published.aggregate(newest=Max("first_day"))["newest"]
    return Extent(PeriodKind.MONTH, newest or Month.of(on).previous.first_day)
