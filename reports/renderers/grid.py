"""The grid of one sheet: columns with widths, over which tables, cards, titles and notes are spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

from reports.definitions.layout import Fields, Sheet, Table

# A sheet with cards has a fine grid, so that tables and fields of any number of columns find their place: so many
# columns, and so many characters on A4 upright and lengthwise.
_FINE_COLUMNS: Final = 24
_CARD_WIDTHS: Final = {False: 96, True: 144}
# A line of a card or note in points, and the width of a Chinese character in those of a digit.
LINE_POINTS: Final = 15
_CHINESE_WIDTH: Final = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """The widths of the columns of a sheet, in characters."""

    widths: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number of columns."""
        return len(self.widths)

    @property
    def pixels(self) -> int:
        """The width of all columns on the screen: 7 for each digit and 5 for the frame of a cell."""
        return sum(7 * width + 5 for width in self.widths)

    def spans(self, weights: Sequence[int]) -> list[tuple[int, int]]:
        """Spread cells over the grid by their weights; gives the first and last column of each, at least one.

        There are never more cells than columns, since the grid is as wide as the widest part of its sheet.
        """
        whole, count = sum(weights), len(weights)
        if count == self.count:
            return [(column, column) for column in range(count)]
        ends = [0]
        for place, reached in enumerate(accumulate(weights), start=1):
            wished = round(reached * self.count / whole)
            ends.append(min(max(wished, ends[-1] + 1), self.count - (count - place)))
        return [(left, right - 1) for left, right in pairwise(ends)]

    def table_spans(self, table: Table) -> list[tuple[int, int]]:
        """Spread the columns of a table."""
        return self.spans([column.width for column in table.columns])

    def field_spans(self, fields: Fields) -> list[tuple[int, int]]:
        """Spread the labels and values of one line of a card."""
        return self.spans(fields.weights * fields.a_line)

    def lines(self, text: str, left: int, right: int) -> int:
        """Give the number of lines that a text takes in some columns."""
        room = max(sum(self.widths[left : right + 1]) - 1, 1)
        return sum(max(ceil(text_width(line) / room), 1) for line in text.split("\n"))

    def height(self, texts: Sequence[tuple[str, int, int]]) -> float | None:
        """Give the height of a row of merged cells in points, or None when one line is enough."""
        lines = max((self.lines(text, left, right) for text, left, right in texts), default=1)
        return LINE_POINTS * lines if lines > 1 else None

    def middle(self) -> tuple[int, int]:
        """Cut the grid into three for the line below the title; gives the ends of the first two, by width."""
        sums = list(accumulate(self.widths))
        ends = [next(place for place, sum_ in enumerate(sums) if sum_ >= sums[-1] * part / 3) for part in (1, 2)]
        first = min(ends[0], self.count - 3)
        return first, max(min(ends[1], self.count - 2), first + 1)


def grid_of(sheet: Sheet) -> Grid:
    """Give the grid of a sheet: that of its widest table, or a fine one where it has cards."""
    tables = [part for part in sheet.parts if isinstance(part, Table)]
    needed = [2 * part.a_line for part in sheet.parts if isinstance(part, Fields)]
    widest = max(tables, key=lambda table: len(table.columns), default=None)
    if widest is not None and not needed:
        return Grid(tuple(column.width for column in widest.columns))
    count = max([_FINE_COLUMNS, *needed, *(len(table.columns) for table in tables)])
    return Grid((max(_CARD_WIDTHS[sheet.is_landscape] // count, 1),) * count)


def is_list(sheet: Sheet) -> bool:
    """Tell whether a sheet is one table and nothing else: then its head is repeated and frozen."""
    return len(sheet.parts) == 1 and isinstance(sheet.parts[0], Table)


def text_width(text: str) -> int:
    """Give the width of a text in digits."""
    return sum(_CHINESE_WIDTH if ord(char) > 0x2E7F else 1 for char in text)
