"""One sheet of a workbook while it is written, from its title down to its signatures.

Cells are written row by row and never above: the library keeps only the row at hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.definitions import wording
from reports.definitions.chart import Chart
from reports.definitions.layout import Fields, Item, Layout, Row, Sheet, Table
from reports.renderers.cells import Words, checked, depth_of
from reports.renderers.charts import WIDTH_INCHES, alt_text, draw_png, height_inches
from reports.renderers.grid import Grid, is_list
from reports.renderers.xlsx_looks import Looks, fitting

A4: Final = 9
_TITLE_POINTS: Final = 30
_SIGNATURE_ROOM: Final = "　" * 8
# Spreadsheets count 96 dots an inch, and 20 of them for a row.
_DOTS: Final = 96
_DOTS_OF_ROW: Final = 20
_PALE: Final = "&K999999"


@dataclass(slots=True)
class Page:
    """A worksheet and the next row to write."""

    worksheet: Worksheet
    looks: Looks
    words: Words
    sheet: Sheet
    grid: Grid
    row: int = 0
    head_rows: tuple[int, int] | None = None
    last_listed: int | None = None

    def begin(self, layout: Layout) -> None:
        """Write the title over all columns, and below it area, day and unit."""
        for column, width in enumerate(self.grid.widths):
            self.worksheet.set_column(column, column, width)
        self.worksheet.hide_gridlines(2)
        last = self.grid.count - 1
        self._line([(self.sheet.title, 0, last)], self.looks.named("title"), points=_TITLE_POINTS)
        area, day, unit = self.words.meta(layout, self.sheet)
        if last < 2:
            text = "  ".join(piece for piece in (area, day, unit) if piece)
            cells = [(text, 0, last)]
            self._line(cells, self.looks.named("centre"), points=self.grid.height(cells))
            return
        first, second = self.grid.middle()
        looks = [self.looks.named(name) for name in ("left", "centre", "right")]
        cells = [(area, 0, first), (day, first + 1, second), (unit, second + 1, last)]
        self._line(cells, *looks, points=self.grid.height(cells))

    def head(self, table: Table) -> None:
        """Write the head of a table: one row, or two where columns stand in groups."""
        if table.title is not None:
            self._line([(self.words.say(table.title), 0, self.grid.count - 1)], self.looks.named("part"))
        look, spans = self.looks.named("head"), self.grid.table_spans(table)
        top, depth = self.row, depth_of(table.columns)
        texts = {(cell.row, cell.column): cell for cell in self.words.head(table.columns)}
        for offset in range(depth):
            for place, (left, right) in enumerate(spans):
                cell = texts.get((offset, place))
                for column in range(left, right + 1):
                    text = cell.text if cell and column == left else ""
                    self.worksheet.write_string(top + offset, column, text, look)
                if cell:
                    last = spans[cell.column + cell.columns - 1][1]
                    self._join(top + offset, left, top + offset + cell.rows - 1, last)
        self.row += depth
        if is_list(self.sheet):
            self.head_rows = (top, self.row - 1)

    def rows(self, table: Table, rows: Iterable[Row]) -> None:
        """Write rows of a table, or a sentence that there are none."""
        putters = [self.looks.putter(column, self.words) for column in table.columns]
        spans = self.grid.table_spans(table)
        plain = len(spans) == self.grid.count
        division = next((i for i, column in enumerate(table.columns) if column.key == table.division_key), None)
        first = self.row
        for row in rows:
            shade = "" if division is None else shade_of(str(row[division]))
            if plain:
                for column, (put, value) in enumerate(zip(putters, checked(table, row), strict=True)):
                    put(self.worksheet, self.row, column, value, shade)
                self.row += 1
            else:
                self._spread(table, row, shade)
        if self.row == first:
            self._line([(self.words.say(wording.NO_ROWS), 0, self.grid.count - 1)], self.looks.named("note"))
        elif is_list(self.sheet):
            self.last_listed = self.row - 1

    def total(self, table: Table) -> None:
        """Write the total of a table."""
        if table.total is not None:
            self._spread(table, table.total, "total")

    def fields(self, fields: Fields) -> None:
        """Write labels with values, several a line."""
        if fields.title is not None:
            self._line([(self.words.say(fields.title), 0, self.grid.count - 1)], self.looks.named("part"))
        spans = self.grid.field_spans(fields)
        for start in range(0, len(fields.items), fields.a_line):
            self._items(fields.items[start : start + fields.a_line], spans)

    def end(self) -> None:
        """Write charts, notes and signatures, and set the sheet up."""
        last = self.grid.count - 1
        for chart in self.sheet.charts:
            self._chart(chart)
        for note in self.sheet.notes:
            text = self.words.say(wording.NOTE, note=note)
            self._line([(text, 0, last)], self.looks.named("note"), points=self.grid.height([(text, 0, last)]))
        if self.sheet.signatures:
            self.row += 1
            signed = "".join(self.words.say(text) + "：" + _SIGNATURE_ROOM for text in self.sheet.signatures)
            self._line([(signed, 0, last)], self.looks.named("left"), points=_TITLE_POINTS)
        self.set_up()

    def set_up(self) -> None:
        """Set up for printing: A4, one page wide, the head of a list repeated and frozen, page numbers."""
        sheet = self.worksheet
        if self.sheet.is_landscape:
            sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.print_area(0, 0, max(self.row - 1, 0), self.grid.count - 1)
        sheet.set_footer(f"&C{self.words.say(wording.PAGE)}")
        if self.sheet.watermark:
            sheet.set_header(f"&C{_PALE}{self.sheet.watermark.replace('&', '&&')[:200]}")
        if self.head_rows:
            sheet.repeat_rows(*self.head_rows)
            sheet.freeze_panes(self.head_rows[1] + 1, 0)
        if self.head_rows and self.last_listed:
            sheet.autofilter(self.head_rows[1], 0, self.last_listed, self.grid.count - 1)

    def _chart(self, chart: Chart) -> None:
        """Lay a picture over as many rows as it is high, no wider than the sheet."""
        language = self.words.language
        scale = min(1.0, self.grid.pixels / (WIDTH_INCHES * _DOTS))
        options = {
            "image_data": BytesIO(draw_png(chart, language)),
            "x_scale": scale,
            "y_scale": scale,
            "y_offset": _DOTS_OF_ROW // 2,
            "description": alt_text(chart, language),
        }
        self.worksheet.insert_image(self.row, 0, f"{chart.key}.png", options)
        self.row += ceil(height_inches(chart) * _DOTS * scale / _DOTS_OF_ROW) + 1

    def _items(self, items: Sequence[Item], spans: list[tuple[int, int]]) -> None:
        """Write one line of a card; the place of a missing item at its end stays empty."""
        shown = [(item, self.words.shown(item, item.value)) for item in items]
        points = self.grid.height([(text, *spans[2 * place + 1]) for place, (_, text) in enumerate(shown)])
        if points is not None:
            self.worksheet.set_row(self.row, points)
        for place, (left, right) in enumerate(spans):
            label_or_value, number = place % 2, place // 2
            if number >= len(items):
                self._fill(left, right, self.looks.named("label" if label_or_value == 0 else "blank"))
            elif label_or_value == 0:
                self._text(left, right, self.words.say(items[number].label), self.looks.named("label"))
            else:
                self._value(left, right, items[number])
        self.row += 1

    def _value(self, left: int, right: int, item: Item) -> None:
        look = self.looks.cell(item.kind)
        self._fill(left, right, look)
        self.looks.putter(item, self.words)(self.worksheet, self.row, left, item.value, "")
        self._join(self.row, left, self.row, right)

    def _spread(self, table: Table, row: Row, shade: str) -> None:
        """Write one row of a table that is narrower than the grid, or its total."""
        spans = self.grid.table_spans(table)
        shown = [
            self.words.shown(column, value) for column, value in zip(table.columns, checked(table, row), strict=True)
        ]
        points = self.grid.height([(text, *span) for text, span in zip(shown, spans, strict=True)])
        if points is not None:
            self.worksheet.set_row(self.row, points)
        for column, value, (left, right) in zip(table.columns, row, spans, strict=True):
            self._fill(left, right, self.looks.cell(column.kind, shade))
            self.looks.putter(column, self.words)(self.worksheet, self.row, left, value, shade)
            self._join(self.row, left, self.row, right)
        self.row += 1

    def _line(self, cells: Sequence[tuple[str, int, int]], *looks: Format, points: float | None = None) -> None:
        """Write one row of merged texts, with one look for all or one for each."""
        if points is not None:
            self.worksheet.set_row(self.row, points)
        for (text, left, right), look in zip(cells, looks * len(cells) if len(looks) == 1 else looks, strict=True):
            self._text(left, right, text, look)
        self.row += 1

    def _text(self, left: int, right: int, text: str, look: Format) -> None:
        self._fill(left, right, look)
        self.worksheet.write_string(self.row, left, fitting(text), look)
        self._join(self.row, left, self.row, right)

    def _fill(self, left: int, right: int, look: Format) -> None:
        for column in range(left, right + 1):
            self.worksheet.write_blank(self.row, column, None, look)

    def _join(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge cells that are written here one by one: `merge_range` would write rows below before this one ends."""
        if (top, left) != (bottom, right):
            self.worksheet.merge.append([top, left, bottom, right])


def shade_of(code: str) -> str:
    """Give the shade of the row of a division."""
    if code.endswith("000000"):
        return "county"
    return "township" if code.endswith("000") else ""
