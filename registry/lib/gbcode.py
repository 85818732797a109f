"""Division codes of 12 digits, and the ranges that answer every question about a subtree.

Layout: 2 province, 2 prefecture, 2 county (GB/T 2260), 3 township (GB/T 10114), 3 village; a higher division ends in
zeros. Source: statistical division codes of the national statistics bureau.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _

LENGTH: Final = 12
# Sorts after every digit, so that the last province has an upper end too.
_AFTER_ALL_DIGITS: Final = ":"


class Level(IntEnum):
    """The five levels of divisions, the highest first."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5

    @property
    def digits(self) -> int:
        """Give how many leading digits name a division of this level."""
        return _DIGITS[self]


_DIGITS: Final = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}


@dataclass(frozen=True, slots=True, order=True)
class CodeRange:
    """Division codes from `lo` up to but not including `hi`, compared as text."""

    lo: str
    hi: str

    def __post_init__(self) -> None:
        check_code(self.lo)
        if not self.lo < self.hi:
            raise ValueError("A code range begins before it ends.")

    def contains(self, code: str) -> bool:
        """Tell whether the division lies in the range."""
        return self.lo <= code < self.hi

    def includes(self, other: "CodeRange") -> bool:
        """Tell whether the whole other range lies in this one."""
        return self.lo <= other.lo and other.hi <= self.hi


def is_code(text: str) -> bool:
    """Tell whether the text has the form of a division code; nothing is said about whether there is such a division."""
    return len(text) == LENGTH and text.isascii() and text.isdecimal() and text[:2] >= "10"


def check_code(text: str, *, field: str | None = None) -> str:
    """Give the code back, or refuse a text that is none.

    Raises: DomainError `division.malformed`.
    """
    if not is_code(text):
        message = _(
            "A division code has 12 digits and begins with the two digits of the province. Copy it from the list."
        )
        raise DomainError("division.malformed", message, field=field)
    return text


def level_of(code: str) -> Level:
    """Give the level that the trailing zeros of the code show.

    A city without counties is a prefecture here, and its townships lie directly below it.
    """
    check_code(code)
    if code[9:] != "000":
        return Level.VILLAGE
    if code[6:9] != "000":
        return Level.TOWNSHIP
    if code[4:6] != "00":
        return Level.COUNTY
    return Level.PREFECTURE if code[2:4] != "00" else Level.PROVINCE


def ancestor_at(code: str, level: Level) -> str:
    """Give the division of that level which the code lies in: the code itself at its own level.

    Raises: ValueError for a level below the code's own.
    """
    if level > level_of(code):
        raise ValueError("A division has no ancestor below itself.")
    return _padded(code[: level.digits])


def parent_of(code: str) -> str | None:
    """Give the division directly above, or None for a province."""
    level = level_of(code)
    return None if level is Level.PROVINCE else _padded(code[: _DIGITS[Level(level - 1)]])


def ancestors(code: str) -> tuple[str, ...]:
    """Give the divisions above, the nearest first; a level that the code leaves out is skipped."""
    lowest = level_of(code)
    return tuple(dict.fromkeys(_padded(code[: _DIGITS[level]]) for level in reversed(Level) if level < lowest))


def subtree(code: str) -> CodeRange:
    """Give the range of the division and all that lies below it.

    A county's own code lies in the county's range and in no township's.
    """
    digits = level_of(code).digits
    following = str(int(code[:digits]) + 1)
    if len(following) > digits:
        return CodeRange(code, _AFTER_ALL_DIGITS)
    return CodeRange(code, _padded(following))


def _padded(prefix: str) -> str:
    return prefix.ljust(LENGTH, "0")


def lies_in(code: str, division: str) -> bool:
    """Tell whether a division is another one or lies below it; nothing lies in a text that is no code."""
    return is_code(division) and subtree(division).contains(code)
