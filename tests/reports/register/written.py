"""A workbook as lines of text, to be compared cell by cell."""

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def lines_of(content: bytes) -> list[str]:
    """Give each cell with its sheet, place, value and format, each merge, and how the sheet is printed."""
    book = load_workbook(BytesIO(content))
    return [line for sheet in book.worksheets for line in _lines(sheet)]


def _lines(sheet: Worksheet) -> list[str]:
    cells = [
        f"{sheet.title}!{cell.coordinate} {cell.value!r} {cell.number_format}"
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    merges = [f"{sheet.title} merged {one}" for one in sorted(str(one) for one in sheet.merged_cells.ranges)]
    page = sheet.page_setup
    return [*cells, *merges, f"{sheet.title} prints {page.orientation} {page.paperSize} {page.fitToWidth}"]
