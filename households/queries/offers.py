"""What upper apps offer to a household's income of a year: each enters here how it finds its offers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.functional import Promise

from households.models import IncomeLine

# The longest source that a line of income keeps.
SOURCE_LENGTH: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeOffer:
    """An amount that the next visit may enter as a line of income with this item and source.

    Nothing is written by itself.
    `source` is what the line names, so that it can be followed and is entered once: `is_recorded` when a line of the
    household's income does. `kind` is for machines, `kind_label` and `origin` (a project, a fund) are for people.
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


Finder = Callable[[UUID, int], Iterable[IncomeOffer]]
_finders: Final[list[Finder]] = []


def offering(finder: Finder) -> Finder:
    """Register what finds the offers of one app to a household in a year."""
    _finders.append(finder)
    return finder


def income_offers(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give what all apps offer to a household's income of a year, by day, each with whether a line names it already."""
    found = [offer for finder in _finders for offer in finder(household_id, year)]
    return sorted(with_recorded(household_id, found), key=lambda one: (one.paid_on, one.source))


def with_recorded(household_id: UUID, offers: Iterable[IncomeOffer]) -> list[IncomeOffer]:
    """Note at each offer whether a line of the household's income, of any year, has its item and source."""
    offers = list(offers)
    if not offers:
        return []
    items = {offer.item_code for offer in offers}
    rows = IncomeLine.objects.filter(household=household_id, item_code__in=items)
    known = set(rows.values_list("item_code", "source"))
    return [replace(offer, is_recorded=(offer.item_code, offer.source) in known) for offer in offers]
