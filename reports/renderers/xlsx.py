"""Any report as an .xlsx workbook, laid out as offices do it and ready to print on A4.

Texts are never turned into formulas, links or numbers. Rows of a table are written as they are read, into a private
folder of temporary files that goes with the rendering: memory does not grow with their number.
The same layout gives the same bytes.
"""

import re
from collections.abc import Iterable, Sized
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from xlsxwriter import Workbook

from reports.definitions import wording
from reports.definitions.layout import Layout, Row, Sheet, Table
from reports.renderers.cells import Words, words_of
from reports.renderers.grid import grid_of
from reports.renderers.xlsx_looks import Looks
from reports.renderers.xlsx_page import Page

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Tables of so many rows, already in memory, need no temporary file for their sheet.
_SHORT: Final = 5_000
_NAME_LENGTH: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
ROWS_OF_A_SHEET: Final = 1_048_576
# Kept free at the end of a sheet for total, notes, signatures.
_FOOT: Final = 1_000


def render_xlsx(layout: Layout) -> bytes:
    """Write the workbook of a layout."""
    content = BytesIO()
    write_xlsx(layout, content)
    return content.getvalue()


def write_xlsx(layout: Layout, stream: BinaryIO, *, rows_of_a_sheet: int = ROWS_OF_A_SHEET - _FOOT) -> None:
    """Write the workbook of a layout to a stream; a table longer than a sheet goes on in further sheets."""
    with (
        TemporaryDirectory(prefix="report-") as folder,
        Workbook(stream, {**_OPTIONS, "constant_memory": True, "tmpdir": folder}) as workbook,
    ):
        workbook.set_properties({"title": layout.title, "created": _moment(layout.as_of)})
        for name, text in layout.properties.items():
            workbook.set_custom_property(name, text, "text")
        book = _Book(workbook, Looks(workbook), layout, words_of(layout), rows_of_a_sheet, set())
        for sheet in layout.sheets:
            book.write(sheet)
        # The files of long sheets are read and closed one by one when the workbook is put together. Left on, the option
        # of the last sheet would have those closed that short ones never opened.
        workbook.constant_memory = False


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook being written."""

    workbook: Workbook
    looks: Looks
    layout: Layout
    words: Words
    rows_of_a_sheet: int
    names: set[str]

    def write(self, sheet: Sheet) -> None:
        """Write one sheet, with those on which its tables go on."""
        # A short sheet is kept in memory until the end: a report of a thousand cards opens no thousand files.
        self.workbook.constant_memory = not _is_short(sheet)
        page = self._page(sheet, 1)
        for part in sheet.parts:
            if isinstance(part, Table):
                page = self._table(sheet, page, part)
            else:
                page.fields(part)
        page.end()

    def _page(self, sheet: Sheet, number: int) -> Page:
        worksheet = self.workbook.add_worksheet(self._name(sheet, number))
        page = Page(worksheet, self.looks, self.words, sheet, grid_of(sheet))
        page.begin(self.layout)
        return page

    def _table(self, sheet: Sheet, page: Page, table: Table) -> Page:
        """Write a table; what does not fit goes on in a further sheet with the same title and head."""
        rows, number = iter(table.rows), 1
        while True:
            page.head(table)
            page.rows(table, islice(rows, max(self.rows_of_a_sheet - page.row, 1)))
            rest = next(rows, None)
            if rest is None:
                break
            page.set_up()
            number += 1
            rows = chain((rest,), rows)
            page = self._page(sheet, number)
        page.total(table)
        return page

    def _name(self, sheet: Sheet, number: int) -> str:
        """Give a name that a workbook takes: short, without signs, not used before."""
        plain = _NOT_IN_NAMES.sub(" ", self.words.say(sheet.name)).strip("' ")[:_NAME_LENGTH] or sheet.key
        name = plain
        while number > 1 or name.casefold() in self.names:
            number = max(number, 2)
            end = self.words.say(wording.SHEET_GOES_ON, name="", number=number)
            name = plain[: _NAME_LENGTH - len(end)] + end
            if name.casefold() not in self.names:
                break
            number += 1
        self.names.add(name.casefold())
        return name


def _is_short(sheet: Sheet) -> bool:
    return all(_has_few(part.rows) for part in sheet.parts if isinstance(part, Table))


def _has_few(rows: Iterable[Row]) -> bool:
    return isinstance(rows, Sized) and len(rows) <= _SHORT


def _moment(day: date) -> datetime:
    """Give the day as the file's time of making: spreadsheets know no time zone."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (the library refuses an aware one)
