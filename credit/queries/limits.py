"""The limits of micro-credit in a year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from credit.definitions.limits import SHIPPED_MOST_MONTHS, SHIPPED_MOST_YUAN
from credit.models import LoanLimit


@dataclass(frozen=True, slots=True)
class Limit:
    """How much may be lent for how long, and who says so. Units: yuan a loan, months."""

    most_yuan: Decimal
    most_months: int
    source: str


def limit_of(year: int) -> Limit:
    """Give the county's limits that hold in the year, else those that come with the product."""
    row = LoanLimit.objects.filter(from_year__lte=year).order_by("-from_year").first()
    if row is None:
        return Limit(SHIPPED_MOST_YUAN, SHIPPED_MOST_MONTHS, gettext("a proposal that comes with the product"))
    return Limit(row.most_yuan, row.most_months, row.source)


def last_day_of(start: date, months: int) -> date:
    """Give the day so many months later, the last of its month where that has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
