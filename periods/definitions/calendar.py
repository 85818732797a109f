"""The calendar of periods: where a month, quarter, half-year or year begins and ends, and how it is called."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from periods.enums import PeriodKind
from registry.lib.periods import Month

# How many months a kind lasts; a campaign has the days that its office sets.
MONTHS_OF: Final = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}
# Those that are the union of their months.
UNIONS: Final = frozenset({PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A kind of period with its first and last day; both belong to it."""

    first_day: date
    last_day: date
    kind: PeriodKind

    @property
    def name(self) -> str:
        """Give the name by which the calendar calls it: 2026-03, 2026-Q1, 2026-H1, 2026."""
        year, number = self.first_day.year, (self.first_day.month - 1) // MONTHS_OF[self.kind] + 1
        return {
            PeriodKind.MONTH: f"{year}-{number:02}",
            PeriodKind.QUARTER: f"{year}-Q{number}",
            PeriodKind.HALF_YEAR: f"{year}-H{number}",
        }.get(self.kind, f"{year}")

    @property
    def months(self) -> tuple[Month, ...]:
        """Give the months of the span."""
        return months_between(self.first_day, self.last_day)


def span_on(kind: PeriodKind, day: date) -> Span:
    """Give the period of a kind of the calendar in which a day lies."""
    length = MONTHS_OF[kind]
    first = Month(day.year, (day.month - 1) // length * length + 1)
    return Span(first.first_day, Month(first.year, first.month + length - 1).last_day, kind)


def spans_of_year(year: int) -> list[Span]:
    """Give the months, quarters, half-years and the year, each kind in its order."""
    return [
        span_on(kind, Month(year, number).first_day)
        for kind, length in MONTHS_OF.items()
        for number in range(1, 13, length)
    ]


def months_between(first_day: date, last_day: date) -> tuple[Month, ...]:
    """Give the months from that of the first day to that of the last one."""
    return tuple(_months(Month.of(first_day), Month.of(last_day)))


def _months(month: Month, last: Month) -> Iterator[Month]:
    while month <= last:
        yield month
        month = month.next


def day_after(day: date) -> date:
    """Give the day after."""
    return day + timedelta(days=1)
