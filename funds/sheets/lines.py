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
from registry.lib.headed import HeadedRow, headed_rows
from registry.lib.money import parse_yuan
from registry.lib.text import clean

MOST_BYTES: Final = 5 * 1024 * 1024
# Headings as lists of payments have them; a house rule.
_HEADINGS: Final[Mapping[str, LineColumn]] = {
    **dict.fromkeys(("户编号", "户号", "household number"), LineColumn.HOUSEHOLD),
    **dict.fromkeys(("人编号", "人员编号", "person number"), LineColumn.PERSON),
    **dict.fromkeys(("姓名", "领取人", "收款人", "收款人姓名", "户主姓名", "name"), LineColumn.NAME),
    **dict.fromkeys(
        ("金额", "金额(元)", "发放金额", "发放金额(元)", "补助金额", "补助金额(元)", "amount"), LineColumn.AMOUNT
    ),
}
_NEEDED: Final = (LineColumn.HOUSEHOLD, LineColumn.AMOUNT)
_TOTALS: Final = ("合计", "总计", "小计")


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
    found: list[SheetLine] = []
    faults: list[str] = []
    for row in _rows(content):
        if len(found) + len(faults) >= MOST_LINES:
            message = _("Enter between 1 and %(most)s lines at once.")
            raise DomainError("lines.number", message % {"most": MOST_LINES}, field="file")
        try:
            found.append(_line(row))
        except DomainError as error:
            problem = str(error.message).rstrip(".。")
            shown = {"row": row.number, "column": LineColumn(error.field or "").label, "problem": problem}
            faults.append(gettext("row %(row)s, %(column)s: %(problem)s") % shown)
    if faults:
        raise DomainError("lines.refused", nothing_entered(faults), field="file")
    return found


def _rows(content: bytes) -> Iterator[HeadedRow[LineColumn]]:
    rows = headed_rows(content, _HEADINGS, needed=_NEEDED, most_bytes=MOST_BYTES)
    if rows is None:
        message = _("No row of the file has the headings 户编号 and 金额. Write them above the columns.")
        raise DomainError("lines.headings", message, field="file")
    return (row for row in rows if not _is_total(row))


def _is_total(row: HeadedRow[LineColumn]) -> bool:
    household = row.cells[LineColumn.HOUSEHOLD]
    cells = [household] if household else map(clean, row.whole)
    return any(cell.replace(" ", "").startswith(_TOTALS) for cell in cells)


def _line(row: HeadedRow[LineColumn]) -> SheetLine:
    """Read a row. Raises: DomainError whose field is the column at fault."""
    household = row.cells[LineColumn.HOUSEHOLD]
    if not household:
        message = _("the number of the household is missing")
        raise DomainError("lines.household_missing", message, field=LineColumn.HOUSEHOLD)
    try:
        amount = parse_yuan(row.cells[LineColumn.AMOUNT])
    except DomainError as error:
        raise DomainError(error.code, error.message, field=LineColumn.AMOUNT) from error
    return SheetLine(
        row.number,
        household,
        amount,
        row.cells.get(LineColumn.PERSON, ""),
        row.cells.get(LineColumn.NAME, ""),
    )
