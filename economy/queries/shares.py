"""Who holds how many shares on a day, the parts of a dividend, and what a household's income ledger is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from economy.enums import DividendState
from economy.models import Dividend, DividendLine, Shareholding
from households.models import IncomeLine
from registry.lib.errors import NotFound

# The item under which a household's dividend counts. Source: column AAC092 of the national household form.
DIVIDEND_ITEM: Final = "301"
_NAME_LENGTH: Final = 70
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of one holder; without a household that of the village itself."""

    household_id: UUID | None
    scope_code: str
    share_count: Decimal
    amount_yuan: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A dividend that a visit may enter as a line of income; `is_recorded` when a line with this source is there."""

    line_id: UUID
    year: int
    paid_on: date
    item_code: str
    amount_yuan: Decimal
    source: str
    is_recorded: bool


def holdings_on(fund_id: UUID, day: date) -> "QuerySet[Shareholding]":
    """Give the holdings of a fund on a day."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return Shareholding.objects.filter(lasting, fund=fund_id, starts_on__lte=day).order_by("id")


def parts_of(holdings: Sequence[Shareholding], to_share: Decimal) -> list[Part]:
    """Share an amount out by shares, so that the parts add up to it exactly.

    Each holder gets the whole cents of the exact part; the cents that are left go one by one to those with the largest
    remainder, and among equal ones to the holding entered first. Units: yuan.
    """
    total = sum(holding.share_count for holding in holdings)
    cents = int(to_share / _CENT)
    exact = [divmod(int(cents * holding.share_count * 100), int(total * 100)) for holding in holdings]
    left = cents - sum(whole for whole, _remainder in exact)
    first = sorted(range(len(exact)), key=lambda place: (-exact[place][1], place))[:left]
    return [
        Part(
            household_id=holding.household_id,
            scope_code=holding.scope_code,
            share_count=holding.share_count,
            amount_yuan=(exact[place][0] + (place in first)) * _CENT,
        )
        for place, holding in enumerate(holdings)
    ]


def source_of(line: DividendLine) -> str:
    """Write what an income line names as its source, so that it can be followed to the dividend."""
    dividend = line.dividend
    return f"{dividend.fund.name[:_NAME_LENGTH]} {dividend.paid_on.isoformat()} {str(line.pk)[-8:]}"


def offers_of(household_id: UUID, year: int) -> list[Offer]:
    """Give the household's parts of approved dividends of a year, for its next visit; nothing is written by itself."""
    lines = DividendLine.objects.filter(
        household=household_id,
        dividend__state=DividendState.APPROVED,
        dividend__paid_on__gte=date(year, 1, 1),
        dividend__paid_on__lt=date(year + 1, 1, 1),
    ).select_related("dividend__fund")
    known = set(
        IncomeLine.objects.filter(household=household_id, item_code=DIVIDEND_ITEM).values_list("source", flat=True)
    )
    return [
        Offer(
            line_id=line.pk,
            year=year,
            paid_on=line.dividend.paid_on,
            item_code=DIVIDEND_ITEM,
            amount_yuan=line.amount_yuan,
            source=source_of(line),
            is_recorded=source_of(line) in known,
        )
        for line in lines.order_by("dividend__paid_on", "id")
    ]


def find_dividend(dividend_id: UUID) -> Dividend:
    """Give one dividend. Raises: NotFound for an unknown one and for one outside the scope."""
    row = Dividend.objects.select_related("fund").filter(pk=dividend_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row
