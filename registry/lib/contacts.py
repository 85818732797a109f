"""Phone numbers and bank accounts in their normal form."""

import re
from typing import Final

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.text import clean

_COUNTRY: Final = re.compile(r"(?:\+|00)86(?=\d{11}$)")
# Source: rule "pattern of the household phone" of the provincial checks; numbers of land lines have an area code.
_PHONE: Final = re.compile(r"1[3-9]\d{9}|0\d{9,11}")
_ACCOUNT: Final = re.compile(r"\d{8,30}")
_PLAIN_FLOAT: Final = re.compile(r"(\d+)\.0+")
_SIGNS: Final = str.maketrans("", "", " -()")


def normal_account(text: str) -> str:
    """Give an account number as it is stored and compared: no spaces, hyphens or brackets."""
    if text.isascii() and text.isdecimal():
        return text
    return _PLAIN_FLOAT.sub(r"\1", clean(text).translate(_SIGNS))


def normal_phone(text: str) -> str:
    """Give a phone number as it is stored and compared: as an account, and without the country's prefix."""
    return _COUNTRY.sub("", normal_account(text))


def parse_phone(text: str, *, field: str | None = None) -> str:
    """Read a phone number: 11 digits of a mobile phone, or a land line with its area code.

    Raises: DomainError `phone.malformed`; the message does not quote the number.
    """
    digits = normal_phone(text)
    if not digits.isascii() or not _PHONE.fullmatch(digits):
        message = _(
            "A phone number has the 11 digits of a mobile phone, or an area code and a number. "
            "Ask the household for it."
        )
        raise DomainError("phone.malformed", message, field=field)
    return digits


def parse_account(text: str, *, field: str | None = None) -> str:
    """Read a bank account: 8 to 30 digits.

    Raises: DomainError `account.malformed`; the message does not quote the number.
    """
    digits = normal_account(text)
    if not digits.isascii() or not _ACCOUNT.fullmatch(digits):
        message = _("A bank account has 8 to 30 digits. Compare it with the card or passbook.")
        raise DomainError("account.malformed", message, field=field)
    return digits
