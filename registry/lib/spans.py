"""A page of a list that is made of parts whose lengths are known: which parts it touches."""

from collections.abc import Iterable
from typing import TypeVar

Part = TypeVar("Part")


def span(parts: Iterable[tuple[Part, int]], start: int, size: int) -> tuple[list[Part], int]:
    """Give the parts in which the entries from `start` to before `start + size` lie, and where they begin in the first.

    `parts` are the parts in their order, each with its number of entries; nothing is given beyond their end.
    """
    touched: list[Part] = []
    before, offset = 0, 0
    for part, count in parts:
        if count and before < start + size and before + count > start:
            if not touched:
                offset = max(0, start - before)
            touched.append(part)
        before += count
    return touched, offset
