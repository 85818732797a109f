"""Who holds how many shares on a day, the parts of a dividend, and what a household's income ledger is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from economy.models import Dividend, Shareholding
from registry.lib.errors import NotFound

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of one holder; without a household that of the village itself."""

    household_id: UUID | None
    scope_code: str
    share_count: Decimal
    amount_yuan: Decimal


def holdings_on(fund_id: UUID, day: date) -> "QuerySet[Shareholding]":
    """Give the holdings of a fund on a day."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return Shareholding.objects.filter(lasting, fund=fund_id, starts_on__lte=day).order_by("id")


def most_held(fund_id: UUID, since: date) -> Decimal:
    """Give the most shares of a fund that are held on any day from `since` on."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=since)
    rows = list(Shareholding.objects.filter(lasting, fund=fund_id).values_list("starts_on", "ends_on", "share_count"))
    days = {since, *(starts_on for starts_on, _ends_on, _count in rows if starts_on > since)}
    return max(
        sum(
            (count for starts_on, ends_on, count in rows if starts_on <= day and (ends_on is None or ends_on > day)),
            start=Decimal(0),
        )
        for day in days
    )


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


def find_dividend(dividend_id: UUID) -> Dividend:
    """Give one dividend. Raises: NotFound for an unknown one and for one outside the scope."""
    row = Dividend.objects.select_related("fund").filter(pk=dividend_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row
