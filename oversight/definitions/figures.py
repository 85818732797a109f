"""What the figures of a division are: whole numbers by section and name, that add up from village to province.

A section that is None is withheld: it would tell of single households.
"""

from collections.abc import Iterable, Mapping
from typing import Final

Numbers = dict[str, int]
Figures = dict[str, Numbers | None]

STOCKS: Final = "stocks"
FLOWS: Final = "flows"
CAUSES: Final = "causes"
MONITORING: Final = "monitoring"
COVERAGE: Final = "coverage"
QUALITY: Final = "quality"
WORK: Final = "work"
POSTINGS: Final = "postings"
SECTIONS: Final = (STOCKS, FLOWS, CAUSES, MONITORING, COVERAGE, QUALITY, WORK, POSTINGS)


def nothing() -> Figures:
    """Give the figures of a division of which nothing was counted."""
    return {section: {} for section in SECTIONS}


def total(parts: Iterable[Mapping[str, Numbers | None]], section: str) -> Numbers | None:
    """Add up one section of divisions, or give None where all withheld it; the figures of one that did are missing."""
    sums: Numbers = {}
    shown = withheld = 0
    for figures in parts:
        numbers = figures.get(section)
        if numbers is None:
            withheld += 1
            continue
        shown += 1
        for name, value in numbers.items():
            sums[name] = sums.get(name, 0) + value
    return None if withheld and not shown else sums


def total_of(parts: Iterable[Mapping[str, Numbers | None]]) -> Figures:
    """Add up all sections of divisions."""
    rows = list(parts)
    return {section: total(rows, section) for section in SECTIONS}


def number(figures: Mapping[str, Numbers | None] | None, section: str, name: str) -> int | None:
    """Give one figure: zero where nothing was counted, None where the section is withheld or nothing was published."""
    if figures is None:
        return None
    numbers = figures.get(section)
    return None if numbers is None else numbers.get(name, 0)


def differences(
    former: Mapping[str, Numbers | None], later: Mapping[str, Numbers | None]
) -> list[tuple[str, str, int, int]]:
    """Give what differs between two editions of a division: section, name, former and later figure."""
    found: list[tuple[str, str, int, int]] = []
    for section in SECTIONS:
        before, after = former.get(section) or {}, later.get(section) or {}
        names = sorted(before.keys() | after.keys())
        pairs = ((name, before.get(name, 0), after.get(name, 0)) for name in names)
        found.extend((section, name, old, new) for name, old, new in pairs if old != new)
    return found
