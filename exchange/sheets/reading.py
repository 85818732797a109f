"""Read the rows of a roster in runs, column by column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from exchange.sheets.cells import Cells
from exchange.sheets.columns import BY_NAME, Level
from exchange.sheets.header import Layout
from registry.lib.sheets import Row, Sheet
from registry.lib.text import clean

RUN: Final = 2_000
# What the row below the last person begins with. Source: rosters of county offices.
_TOTALS: Final = ("合计", "总计", "小计", "共计")
_TOTALS_WIDTH: Final = 4
_IDENTIFYING: Final = ("household_number", "name", "document_number")


@dataclass(slots=True)
class Run:
    """Some rows that follow each other: their numbers in the sheet, and the values of each column.

    `faults` gives for a position the columns and codes of what cannot be read.
    """

    rows: list[int]
    values: dict[str, list[Any]]
    faults: dict[int, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class RawRow:
    """The kept cells of one row as they stand in the file."""

    row: int
    cells: dict[str, str]


def read_runs(sheet: Sheet, layout: Layout, readers: Mapping[str, Cells], *, size: int = RUN) -> Iterator[Run]:
    """Read all rows of persons below the header; empty rows and rows of totals are left out."""
    rows = _person_rows(sheet, layout)
    while run := list(islice(rows, size)):
        yield _read(run, layout, readers)


def raw_rows(sheet: Sheet, layout: Layout, numbers: frozenset[int]) -> Iterator[RawRow]:
    """Give the kept cells of some rows as they stand in the file."""
    for number, row in _person_rows(sheet, layout):
        if number in numbers:
            yield RawRow(number, {name: row[position] for name, position in layout.positions.items()})


def first_cell(sheet: Sheet, layout: Layout, column: str) -> str:
    """Give the first cell of a column that is not empty, or '' where the column or the cell is missing."""
    position = layout.positions.get(column)
    if position is None:
        return ""
    cells = (row[position] for _number, row in _person_rows(sheet, layout))
    return next((cell for cell in cells if cell.strip()), "")


def _person_rows(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, Row]]:
    width = layout.width
    number_at, name_at, document_at = (layout.positions[name] for name in _IDENTIFYING)
    header = layout.header
    for number, row in enumerate(sheet.rows(), start=1):
        if number <= layout.header_row:
            continue
        cells = row if len(row) >= width else row + [""] * (width - len(row))
        if cells[document_at] == header[document_at] and cells[name_at] == header[name_at]:
            continue  # the header again, as lists made for printing have it on every page
        if cells[document_at].strip() or not _is_no_person(cells, (number_at, name_at, document_at)):
            yield number, cells


def _is_no_person(row: Row, identifying: Sequence[int]) -> bool:
    """Tell whether a row without a document is empty, or gives totals or a remark."""
    filled = [text for text in (clean(cell) for cell in row) if text]
    if (
        not filled
        or filled[0].startswith(_TOTALS)
        or not {text.replace(" ", "") for text in filled}.isdisjoint(_TOTALS)
    ):
        return True
    return len(filled) <= _TOTALS_WIDTH and not any(clean(row[position]) for position in identifying)


def _read(run: Sequence[tuple[int, Row]], layout: Layout, readers: Mapping[str, Cells]) -> Run:
    columns: Sequence[Sequence[str]] = list(zip(*(row[: layout.width] for _number, row in run), strict=True))
    values: dict[str, list[Any]] = {}
    faults: dict[int, list[tuple[str, str]]] = {}
    for name, reader in readers.items():
        position = layout.positions.get(name)
        if position is None:
            values[name] = [reader.empty] * len(run)
            continue
        values[name], found = reader.read(columns[position])
        for number, code in found.items():
            faults.setdefault(number, []).append((name, code))
    return Run([number for number, _row in run], values, faults)


def is_household_column(name: str) -> bool:
    """Tell whether the head's row counts for the column."""
    return BY_NAME[name].level is Level.HOUSEHOLD


def only_kept(layout: Layout) -> Iterable[str]:
    """Name the columns that are kept of a file, in the order of the declaration."""
    return [name for name in BY_NAME if name in layout.positions]
