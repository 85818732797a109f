"""Read the lines of a payment list from a workbook or a .csv file, by the headings of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from funds.enums import MOST_LINES, LineColumn
from funds.queries.wording import nothing_entered
from registry.lib.errors import DomainError
from registry.lib.money import parse_yuan
from registry.lib.sheets import Row, check_file, open_sheets
from registry.lib.text import clean

MOST_BYTES: Final = 5 * 1024 * 1024
# Headings as lists of payments have them; a house rule. Titles may stand above, in so many rows.
_HEADINGS: Final[Mapping[str, LineColumn]] = {
    **dict.fromkeys(("户编号", "户号", "household number"), LineColumn.HOUSEHOLD),
    **dict.fromkeys(("人编号", "人员编号", "person number"), LineColumn.PERSON),
    **dict.fromkeys(("姓名", "领取人", "收款人", "收款人姓名", "户主姓名", "name"), LineColumn.NAME),
    **dict.fromkeys(
        ("金额", "金额(元)", "发放金额", "发放金额(元)", "补助金额", "补助金额(元)", "amount"), LineColumn.AMOUNT
    ),
}
_NEEDED: Final = (LineColumn.HOUSEHOLD, LineColumn.AMOUNT)
_TITLE_ROWS: Final = 10
_TOTALS: Final = ("合计", "总计", "小计")
Columns = Mapping[LineColumn, int]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line as a file has it: `row` is that of the sheet. Units: yuan."""

    row: int
    household_number: str
    amount_yuan: Decimal
    person_number: str
    person_name: str


def read_lines(content: bytes) -> list[SheetLine]:
    """Give the lines of the first visible sheet that has the headings; empty rows and rows of totals are left out.

    A row that names a household is none of totals, whatever its other cells say.

    Raises: DomainError `sheet.…` for what is no table; `lines.headings`, `lines.number`; `lines.refused` that names
    row and column of each cell that cannot be read.
    """
    check_file(content, most_bytes=MOST_BYTES)
    columns, rows = _table(content)
    found: list[SheetLine] = []
    faults: list[str] = []
    for number, row in rows:
        if len(found) + len(faults) >= MOST_LINES:
            message = _("Enter between 1 and %(most)s lines at once.")
            raise DomainError("lines.number", message % {"most": MOST_LINES}, field="file")
        try:
            found.append(_line(number, row, columns))
        except DomainError as error:
            problem = str(error.message).rstrip(".。")
            shown = {"row": number, "column": LineColumn(error.field or "").label, "problem": problem}
            faults.append(gettext("row %(row)s, %(column)s: %(problem)s") % shown)
    if faults:
        raise DomainError("lines.refused", nothing_entered(faults), field="file")
    return found


def _table(content: bytes) -> tuple[Columns, Iterator[tuple[int, Row]]]:
    for sheet in open_sheets(content):
        for number, row in enumerate(sheet.rows(), start=1):
            columns = _columns(row)
            if all(name in columns for name in _NEEDED):
                return columns, _below(sheet.rows(), number, columns)
            if number > _TITLE_ROWS:
                break
    message = _("No row of the file has the headings 户编号 and 金额. Write them above the columns.")
    raise DomainError("lines.headings", message, field="file")


def _columns(row: Row) -> Columns:
    keys = [clean(cell).replace(" ", "").lower().removesuffix("(元)") for cell in row]
    known = {heading.replace(" ", ""): name for heading, name in _HEADINGS.items()}
    found: dict[LineColumn, int] = {}
    for place, key in enumerate(keys):
        if key in known:
            found.setdefault(known[key], place)
    return found


def _below(rows: Iterator[Row], header: int, columns: Columns) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(rows, start=1):
        if number > header and any(_cell(row, columns, name) for name in columns) and not _is_total(row, columns):
            yield number, row


def _is_total(row: Row, columns: Columns) -> bool:
    household = _cell(row, columns, LineColumn.HOUSEHOLD)
    cells = [household] if household else map(clean, row)
    return any(cell.replace(" ", "").startswith(_TOTALS) for cell in cells)


def _cell(row: Row, columns: Columns, name: LineColumn) -> str:
    place = columns.get(name)
    return "" if place is None or place >= len(row) else clean(row[place])


def _line(number: int, row: Row, columns: Columns) -> SheetLine:
    """Read a row. Raises: DomainError whose field is the column at fault."""
    household = _cell(row, columns, LineColumn.HOUSEHOLD)
    if not household:
        message = _("the number of the household is missing")
        raise DomainError("lines.household_missing", message, field=LineColumn.HOUSEHOLD)
    try:
        amount = parse_yuan(_cell(row, columns, LineColumn.AMOUNT))
    except DomainError as error:
        raise DomainError(error.code, error.message, field=LineColumn.AMOUNT) from error
    return SheetLine(
        number,
        household,
        amount,
        _cell(row, columns, LineColumn.PERSON),
        _cell(row, columns, LineColumn.NAME),
    )
