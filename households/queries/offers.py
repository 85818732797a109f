"""What upper apps offer to a household's income of a year: each enters here how it finds its offers."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.functional import Promise

from households.models import HouseholdYear, IncomeLine

_NAME_LENGTH: Final = 70
_OFFERED: Final = re.compile(r"\d{4}-\d{2}(-\d{2})? [0-9a-f]{8}$")


@dataclass(frozen=True, slots=True)
class IncomeYear:
    """The days whose income a household's year counts; `ends_on` is the first day after them."""

    year: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeOffer:
    """An amount that the next visit may enter as a line of income with this item and source.

    Nothing is written by itself.
    `source` is what the line names, so that it can be followed and is entered once: `is_recorded` when a line of the
    household's income does, or as its finder knows. `kind` is for machines, `kind_label` and `origin` (a project, a
    post) are for people. What is paid for a month is paid on its last day.
    """

    kind: str
    kind_label: str | Promise
    line_id: UUID
    year: int
    paid_on: date
    item_code: str
    amount_yuan: Decimal
    source: str
    origin: str = ""
    is_recorded: bool = False


Finder = Callable[[UUID, IncomeYear], Iterable[IncomeOffer]]
_finders: Final[list[Finder]] = []


def offering(finder: Finder) -> Finder:
    """Register what finds the offers of one app to a household for the days of a year of income."""
    _finders.append(finder)
    return finder


def source_of(name: str, day: date, row_id: UUID) -> str:
    """Write what an income line names as its source, so that it can be followed to the row that was paid."""
    return f"{name[:_NAME_LENGTH]} {day.isoformat()} {str(row_id)[-8:]}"


def source_of_month(name: str, month: date, row_id: UUID) -> str:
    """Write it for what is paid by the month."""
    return f"{name[:_NAME_LENGTH]} {month:%Y-%m} {str(row_id)[-8:]}"


def is_offered(source: str) -> bool:
    """Tell whether the source of a line is that of an offer, which stands for one payment."""
    return _OFFERED.search(source) is not None


def income_year(household_id: UUID, year: int) -> IncomeYear:
    """Give the days that a household's year counts: as on file, else as the year before them, else the calendar's."""
    rows = HouseholdYear.objects.filter(household=household_id, year__lte=year, period_start__isnull=False)
    known = rows.order_by("-year").only("year", "period_start", "period_end").first()
    if known is None or known.period_start is None or known.period_end is None:
        return IncomeYear(year, date(year, 1, 1), date(year + 1, 1, 1))
    later = year - known.year
    return IncomeYear(year, _years_later(known.period_start, later), _years_later(known.period_end, later))


def _years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if years and (day.month, day.day) == (2, 29) else day.day)


def income_offers(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give what all apps offer to a household's income of a year, by day, each with whether a line names it already.

    What was paid on a day that the household's year does not count belongs to another year.
    """
    days = income_year(household_id, year)
    found = [offer for finder in _finders for offer in finder(household_id, days)]
    return sorted(with_recorded(household_id, found), key=lambda one: (one.paid_on, one.source))


def with_recorded(household_id: UUID, offers: Iterable[IncomeOffer]) -> list[IncomeOffer]:
    """Note at each offer whether a line of the household's income, of any year, has its item and source.

    What a finder knows to be recorded stays so.
    """
    offers = list(offers)
    if not offers:
        return []
    items = {offer.item_code for offer in offers}
    rows = IncomeLine.objects.filter(household=household_id, item_code__in=items)
    known = set(rows.values_list("item_code", "source"))
    return [
        replace(offer, is_recorded=offer.is_recorded or (offer.item_code, offer.source) in known) for offer in offers
    ]
