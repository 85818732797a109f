"""Read the rows of a file by the headings of its columns."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from registry.lib.sheets import Row, check_file, open_sheets
from registry.lib.text import clean

# Titles may stand above the headings, in so many rows; a house rule.
_TITLE_ROWS: Final = 10
Column = TypeVar("Column")


@dataclass(frozen=True, slots=True)
class HeadedRow(Generic[Column]):
    """A row below the headings: its number in the sheet, its cells by column, and all that stands in it."""

    number: int
    cells: Mapping[Column, str]
    whole: Row


def headed_rows(
    content: bytes, headings: Mapping[str, Column], *, needed: Collection[Column], most_bytes: int
) -> Iterator[HeadedRow[Column]] | None:
    """Give the rows of the first visible sheet that has the needed headings, those without any cell left out.

    Spaces in headings and a unit in yuan behind one do not matter. None where no sheet has the headings.

    Raises: DomainError `sheet.…` for what is no table.
    """
    check_file(content, most_bytes=most_bytes)
    known = {heading.replace(" ", ""): name for heading, name in headings.items()}
    for sheet in open_sheets(content):
        for number, row in enumerate(sheet.rows(), start=1):
            places = _places(row, known)
            if all(name in places for name in needed):
                return _below(sheet.rows(), number, places)
            if number > _TITLE_ROWS:
                break
    return None


def _places(row: Row, known: Mapping[str, Column]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, cell in enumerate(row):
        key = clean(cell).replace(" ", "").lower().removesuffix("(元)")
        if key in known:
            found.setdefault(known[key], place)
    return found


def _below(rows: Iterator[Row], header: int, places: Mapping[Column, int]) -> Iterator[HeadedRow[Column]]:
    for number, row in enumerate(rows, start=1):
        if number > header:
            cells = {name: clean(row[place]) if place < len(row) else "" for name, place in places.items()}
            if any(cells.values()):
                yield HeadedRow(number, cells, row)
