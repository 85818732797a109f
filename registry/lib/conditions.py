"""Conditions in SQL that stand in data files: the names they ask for, and their figures, each from a year on."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

# The values of a figure as (from the year, value), in order.
Steps = tuple[tuple[int, Decimal], ...]
_PLACE: Final = re.compile(r"%\((\w+)\)s")


def names_in(condition: str) -> set[str]:
    """Name what a condition asks for."""
    return set(_PLACE.findall(condition))


def renamed(condition: str, place: Callable[[str], str]) -> str:
    """Give the condition with each name put as `place` says, so that those of several do not meet."""
    return _PLACE.sub(lambda match: f"%({place(match[1])})s", condition)


def steps_of(value: Any) -> Steps:  # noqa: ANN401  (a number, or pairs of year and number, as TOML gives them)
    """Read a figure: a number holds from the first year on."""
    pairs = value if isinstance(value, list) else [[2000, value]]
    return tuple((int(year), Decimal(str(number))) for year, number in pairs)


def value_in(steps: Steps, year: int) -> Decimal:
    """Give the value in a year: the latest that has begun, else the first there is."""
    return [value for begins, value in steps if begins <= year or begins == steps[0][0]][-1]
