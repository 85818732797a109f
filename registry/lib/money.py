"""Amounts in yuan: numeric(14,2), rounded half up to 0.01."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.text import clean

CENT: Final = Decimal("0.01")
LARGEST: Final = Decimal("999999999999.99")  # numeric(14,2)
_AMOUNT: Final = re.compile(r"(?P<sign>[+-]?)[¥￥]?(?P<digits>\d+|\d{1,3}(?:,\d{3})+)(?P<rest>\.\d*)?(?:元)?")
_SCALED: Final = re.compile(r".*[万亿千百]元?")


def rounded_yuan(amount: Decimal) -> Decimal:
    """Round half up to 0.01 yuan, away from zero at the half."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=65_536)
def parse_yuan(text: str) -> Decimal:
    """Read an amount as sheets write it: `6,762.95`, `3900.0`, full-width digits, a yuan sign.

    Units: yuan, rounded half up to 0.01.
    Raises: DomainError `money.…`; amounts in ten thousands of yuan are refused, never guessed.
    """
    written = clean(text).replace(" ", "")
    match = _AMOUNT.fullmatch(written)
    if match is None:
        raise _unreadable(written)
    exact = Decimal(match["sign"] + match["digits"].replace(",", "") + (match["rest"] or "")[:32])
    amount = rounded_yuan(exact) if abs(exact) <= LARGEST + 1 else exact  # beyond 28 digits nothing can be rounded
    if abs(amount) > LARGEST:
        raise DomainError("money.too_large", _("The amount is too large. Amounts are in yuan, not in smaller units."))
    return amount + 0  # no negative zero


def net_per_head(
    *, wage: Decimal, business: Decimal, assets: Decimal, transfer: Decimal, cost: Decimal, person_count: int
) -> Decimal:
    """Compute the net income per person: the four classes of income less the business cost, by the household's size.

    Units: yuan per person and accounting period, rounded half up to 0.01; it may be below zero.
    Source: income ledger of the household form, AAC081 = 073 + 071 + 072 + 085, AAC079 = 081 - 074, AAC082 per person.
    Raises: DomainError `money.no_persons`.
    """
    if person_count < 1:
        message = _(
            "A household without members has no income per person. Enter how many persons it had in the period."
        )
        raise DomainError("money.no_persons", message, field="person_count")
    return rounded_yuan((wage + business + assets + transfer - cost) / person_count)


def _unreadable(written: str) -> DomainError:
    if not written:
        return DomainError("money.empty", _("The amount is missing. Enter it in yuan, for example 6762.95."))
    if _SCALED.fullmatch(written):
        return DomainError("money.scaled", _("The amount is given in ten thousands or the like. Enter it in yuan."))
    return DomainError(
        "money.unreadable", _("This is not an amount. Enter it in yuan with digits, for example 6762.95.")
    )
