"""The file for the bank as an .xlsx workbook of text cells, which no spreadsheet runs or rounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import xlsxwriter

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class BankRow:
    """One payment, all of it text: the digits of an account and of an amount stay as they are."""

    number: str
    household_number: str
    name: str
    bank: str
    account: str
    amount: str


def render_bank_file(mark: str, heads: Sequence[str], rows: Iterable[BankRow], total: Sequence[str]) -> bytes:
    """Write the watermark in the first line, heads, a line for each payment, and the total."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    sheet = workbook.add_worksheet()
    text, bold = workbook.add_format({"num_format": "@"}), workbook.add_format({"num_format": "@", "bold": True})
    sheet.set_column(0, 5, 20, text)
    sheet.set_footer(f"&C{mark.replace('&', '&&')[:200]}")
    sheet.write_string(0, 0, mark, text)
    for column, head in enumerate(heads):
        sheet.write_string(1, column, head, bold)
    line = 2
    for line, row in enumerate(rows, start=2):
        cells = (row.number, row.household_number, row.name, row.bank, row.account, row.amount)
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, text)
    for column, cell in enumerate(total):
        sheet.write_string(line + 1, column, cell, bold)
    workbook.close()
    return content.getvalue()
