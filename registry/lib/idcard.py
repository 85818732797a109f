"""Numbers of identity documents: the resident identity card and the disability certificate that is built on it.

Sources: GB 11643-1999 (6 address, 8 birth, 3 sequence with odd for men, 1 check character by ISO 7064 MOD 11-2); the
disability certificate adds a category, a grade and, when issued again, two characters more (20 and 22 characters).
A number that begins with 999999 stands for "has no number yet".
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from registry.lib.errors import DomainError
from registry.lib.messages import Message
from registry.lib.messages import gettext_lazy as _
from registry.lib.periods import today
from registry.lib.text import clean, unshelled

KEY_LENGTH: Final = 18
PLACEHOLDER_PREFIX: Final = "999999"
EARLIEST_BIRTH: Final = date(1900, 1, 1)  # rule "birth year below 1900" of the provincial checks
_LENGTHS: Final = frozenset({18, 20, 22})
_OLD_LENGTH: Final = 15
_CATEGORIES: Final = frozenset("1234567")
_GRADES: Final = frozenset("1234")
_CHECKS: Final = "10X98765432"
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+?\d{1,3}")
_LIKE_X: Final = str.maketrans({"×": "X", "✕": "X", "Х": "X", "х": "X", "Χ": "X", "χ": "X", " ": "", "-": ""})


class DocumentKind(StrEnum):
    """What a number belongs to; the values are the codes of the list `document_kind`."""

    IDENTITY_CARD = "1"
    DISABILITY_CERTIFICATE = "2"
    PLACEHOLDER = "9"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number that passed every check, and what it says. The number stays out of the representation.

    Of a placeholder nothing is believed: sex and birth date are not read from it.
    """

    kind: DocumentKind
    number: str = field(repr=False)
    birth_on: date | None = field(default=None, repr=False)
    sex_code: str = field(default="", repr=False)
    disability_category_code: str = field(default="", repr=False)
    disability_grade_code: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """Give the 18 characters by which two documents of one person are known as such."""
        return self.number[:KEY_LENGTH]

    @property
    def is_placeholder(self) -> bool:
        """Tell whether the number only stands for one that is missing."""
        return self.kind is DocumentKind.PLACEHOLDER


def normal_number(text: str) -> str:
    """Give the number as it is stored: no shell, spaces or hyphens, half-width, upper-case X."""
    text = unshelled(text)
    if text.isascii() and text.isalnum():
        return text.upper()
    return clean(text).translate(_LIKE_X).upper()


def document_key(text: str) -> str:
    """Give the first 18 characters of the normal form, by which numbers are compared."""
    return normal_number(text)[:KEY_LENGTH]


def parse_document(text: str, *, on: date | None = None, field: str | None = None) -> DocumentNumber:
    """Read a document number and check everything that a number alone can show; no birth lies after `on` (today).

    Raises: DomainError `document.…`; no message quotes the number.
    """
    number = normal_number(text)
    if len(number) not in _LENGTHS or not number.isascii() or not number[:17].isdecimal() or number[17] not in _CHECKS:
        raise _refused(*_fault_of_shape(number), field)
    if number.startswith(PLACEHOLDER_PREFIX):
        return DocumentNumber(DocumentKind.PLACEHOLDER, number[:KEY_LENGTH])
    birth_on, birth_sum = _birth(number[6:14])
    sequence_sum, sex_code = _sequence(number[14:17])
    if birth_on is None or birth_on < EARLIEST_BIRTH or birth_on > (on or today()):
        raise _refused("document.birth", _BIRTH, field)
    if _CHECKS[(_address_sum(number[:6]) + birth_sum + sequence_sum) % 11] != number[17]:
        raise _refused("document.check_digit", _CHECK_DIGIT, field)
    if len(number) == KEY_LENGTH:
        return DocumentNumber(DocumentKind.IDENTITY_CARD, number, birth_on, sex_code)
    _check_disability_marks(number, field)
    return DocumentNumber(DocumentKind.DISABILITY_CERTIFICATE, number, birth_on, sex_code, number[18], number[19])


def check_character(body: str) -> str:
    """Compute the last character from the first 17 digits. Source: GB 11643-1999, weights 2^(18-i) mod 11."""
    return _CHECKS[_weighted(body, 0) % 11]


def _weighted(digits: str, start: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[start:], strict=False))


# The three parts of a number repeat from person to person; a remembered part makes a check three look-ups.
@lru_cache(maxsize=16_384)
def _address_sum(digits: str) -> int:
    return _weighted(digits, 0)


@lru_cache(maxsize=65_536)
def _birth(digits: str) -> tuple[date | None, int]:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None, 0
    return born_on, _weighted(digits, 6)


@lru_cache(maxsize=1_000)
def _sequence(digits: str) -> tuple[int, str]:
    return _weighted(digits, 14), "1" if int(digits) % 2 else "2"


def _check_disability_marks(number: str, field: str | None) -> None:
    if number[18] not in _CATEGORIES or number[19] not in _GRADES:
        raise _refused("document.disability_marks", _DISABILITY_MARKS, field)
    if not number[20:].isalnum() and len(number) > 20:
        raise _refused("document.characters", _CHARACTERS, field)


def _fault_of_shape(number: str) -> tuple[str, Message]:
    """Find the most helpful sentence for a text that does not have the form of a document number."""
    if not number:
        return "document.empty", _EMPTY
    if _SCIENTIFIC.fullmatch(number.replace(",", "")):
        return "document.scientific_notation", _SCIENTIFIC_NOTATION
    if len(number) == _OLD_LENGTH and number.isascii() and number.isdecimal():
        return "document.old_number", _OLD_NUMBER
    if len(number) not in _LENGTHS:
        return "document.length", _LENGTH % {"length": len(number)}
    return "document.characters", _CHARACTERS


def _refused(code: str, message: Message, field: str | None) -> DomainError:
    return DomainError(code, message, field=field)


_EMPTY: Final = _("The document number is missing. Enter it from the card; a person without one gets a placeholder.")
_SCIENTIFIC_NOTATION: Final = _(
    "The spreadsheet turned the document number into scientific notation and its last digits are lost. "
    "Format the column as text and enter the number again from the card."
)
_OLD_NUMBER: Final = _("This is an old document number of 15 digits. Enter the 18 characters of the present card.")
_LENGTH: Final = _(
    "The document number has %(length)s characters. An identity card has 18, a disability certificate 20 or 22: "
    "compare it with the card."
)
_CHARACTERS: Final = _(
    "The document number contains characters that do not belong there. Only digits are allowed, and X as character 18."
)
_BIRTH: Final = _(
    "The characters 7 to 14 of the document number are no possible birth date. Compare them with the card."
)
_CHECK_DIGIT: Final = _(
    "The document number contains a typing error: its check digit does not fit. Compare it with the card."
)
_DISABILITY_MARKS: Final = _(
    "The characters 19 and 20 of the disability certificate must be a category from 1 to 7 and a grade from 1 to 4. "
    "Compare them with the certificate."
)
