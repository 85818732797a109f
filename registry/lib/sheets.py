"""Open a file as rows of text, whatever kind of file it is."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

import python_calamine

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.sheet_guard import MOST_ROWS, WIDE_TEXT_BOMS, check_size, check_workbook, is_workbook, too_many_rows

# Beyond this a spreadsheet no longer holds every digit of a number.
_EXACT_INTEGERS: Final = 10**15
_NEWLINES: Final = re.compile(r"[\r\n]")
_DELIMITERS: Final = ",\t;"
_BOMS: Final = {b"\xef\xbb\xbf": "utf-8-sig", **dict.fromkeys(WIDE_TEXT_BOMS, "utf-16")}

Row = list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file: its name, and its rows as they lie in memory. Row 1 is the first of the sheet."""

    name: str
    source: Any

    def rows(self) -> Iterator[Row]:
        """Give the rows from the first on, every cell as text; it can be asked again."""
        if isinstance(self.source, str):
            return _csv_rows(self.source)
        return _workbook_rows(self.source)


def open_sheets(content: bytes) -> Iterator[Sheet]:
    """Open the visible sheets of a .xlsx, or a .csv file (UTF-8 with or without BOM, UTF-16 with BOM, GB18030).

    One after the other, since a sheet lies in memory whole. The content has passed `check_file` when it came.
    Raises: DomainError `sheet.…` for what is no readable table.
    """
    if is_workbook(content):
        yield from _workbook_sheets(content)
    else:
        yield Sheet("", decoded(content))


def check_file(content: bytes, *, most_bytes: int) -> None:
    """Refuse at once what can never be read, without reading the rows.

    Raises: DomainError `sheet.…`.
    """
    check_size(len(content), most=most_bytes)
    if is_workbook(content):
        check_workbook(content)
    else:
        decoded(content)


def decoded(content: bytes) -> str:
    """Give the text of a .csv file, whose encoding is found by trying.

    Raises: DomainError `sheet.unreadable_text`.
    """
    named = next((encoding for bom, encoding in _BOMS.items() if content.startswith(bom)), None)
    for encoding in (named,) if named else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = _("The text of the file cannot be read. Save it as .xlsx, or as .csv in UTF-8 or GB18030.")
    raise DomainError("sheet.unreadable_text", message)


def _workbook_sheets(content: bytes) -> Iterator[Sheet]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            shown = python_calamine.SheetVisibleEnum.Visible
            for meta in workbook.sheets_metadata:
                if meta.visible == shown:
                    yield Sheet(meta.name, workbook.get_sheet_by_name(meta.name))
    except python_calamine.PasswordError as error:
        message = _("The workbook is protected by a password. Save it without one, and upload it again.")
        raise DomainError("sheet.encrypted", message) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        message = _("The workbook is damaged. Open it in the spreadsheet program, save it anew, and upload that file.")
        raise DomainError("sheet.damaged", message) from error


def _workbook_rows(sheet: python_calamine.CalamineSheet) -> Iterator[Row]:
    for row in sheet.iter_rows():
        yield [cell if type(cell) is str else cell_text(cell) for cell in row]


def cell_text(cell: object) -> str:
    """Write a cell that the workbook keeps as a number, day or truth the way it was meant, so that it is read as text.

    A number of 16 digits and more has lost its last digits and is written in scientific notation, which no identifier
    passes.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float | int):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d" if cell.time() == time() else "%Y-%m-%d %H:%M:%S")
    return "" if cell is None else str(cell)


def _number_text(number: float) -> str:
    if abs(number) >= _EXACT_INTEGERS:
        return f"{number:.10E}"
    return str(int(number)) if number == int(number) else repr(number)


def _csv_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, row in enumerate(reader):
            if number > MOST_ROWS:
                raise too_many_rows()
            yield row
    except csv.Error as error:
        message = _("The file is no table of cells parted by commas. Save the table again as .xlsx or .csv.")
        raise DomainError("sheet.damaged", message) from error


def _delimiter(text: str) -> str:
    """Give the sign that parts most cells in the widest of the first lines."""
    lines = _NEWLINES.split(text[:65_536])[:20]
    return max(_DELIMITERS, key=lambda sign: max((line.count(sign) for line in lines), default=0))
