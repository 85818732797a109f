"""Read the headings of a blank form: which row of the table they stand in, and what they say."""

from collections.abc import Iterable
from itertools import islice, zip_longest
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.lib.column_labels import label_key, labels
from registry.lib.errors import DomainError
from registry.lib.sheets import check_file, open_sheets
from registry.lib.text import clean

MOST_BYTES: Final = 5 * 1024 * 1024
# Title rows may stand above the headings, in so many rows; a house rule.
_TITLE_ROWS: Final = 10


def headings_of(content: bytes) -> tuple[str, ...]:
    """Give the headings of the first sheet: the row of the first ten with most labels known, else with most cells.

    Headings in two lines, of which the upper ones span those below, are read as one.
    Raises: DomainError `sheet.…` for what is no table; `oneform.no_headings` for one without two cells in a row.
    """
    check_file(content, most_bytes=MOST_BYTES)
    lines = next(([_cells(row) for row in islice(one.rows(), _TITLE_ROWS)] for one in open_sheets(content)), [])
    best = max(range(len(lines)), key=lambda place: (*_weight(lines[place]), -place), default=0)
    for upper, lower in ((best, best + 1), (best - 1, best)):
        if upper >= 0 and lower < len(lines) and _spans(lines[upper], lines[lower]):
            return _joined(lines[upper], lines[lower])
    found = tuple(cell for cell in lines[best] if cell) if lines else ()
    if len(found) < 2:
        message = _("The table has no row of headings in its first ten rows. Write the headings by hand, one a line.")
        raise DomainError("oneform.no_headings", message, field="file")
    return found


def _cells(row: Iterable[str]) -> list[str]:
    return [clean(cell) for cell in row]


def _weight(cells: list[str]) -> tuple[int, int]:
    """Give how many cells are labels that are known, and how many there are."""
    return sum(label_key(cell) in labels() for cell in cells if cell), sum(bool(cell) for cell in cells)


def _spans(upper: list[str], lower: list[str]) -> bool:
    """Tell whether two lines are headings over headings: all that stands below lies under a heading that spans more.

    A line of values is none: it has something under a heading that spans one column.
    """
    pairs = list(zip_longest(upper, lower, fillvalue=""))
    spanned = [not above and bool(below) for above, below in pairs]
    return (
        any(spanned)
        and any(above and not below for above, below in pairs)
        and all(
            spanned[place + 1 : place + 2] == [True] for place, (above, below) in enumerate(pairs) if above and below
        )
        and bool(pairs[0][0])
    )


def _joined(upper: list[str], lower: list[str]) -> tuple[str, ...]:
    """Give a heading for each column; one that is not known by itself has that above it before it."""
    found: list[str] = []
    parent = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        parent = above or parent
        is_known = label_key(below) in labels()
        if above or below:
            found.append((below if is_known else f"{parent}：{below}") if below else above)
    return tuple(found)
