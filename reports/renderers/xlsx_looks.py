"""The look of the cells of any report's workbook."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from registry.lib.periods import LooseDate, Precision
from reports.definitions.layout import CellKind, Value
from reports.renderers.cells import CENTRED, NUMBERS, Described, Words, local_moment

FONT: Final = "宋体"
_BASE: Final = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_CELL: Final = {**_BASE, "border": 1, "border_color": "#8c8c8c"}
_WHOLE: Final = "#,##0;[Red]-#,##0;0"
_NUMBER_FORMATS: Final = {
    CellKind.COUNT: _WHOLE,
    CellKind.DECIMAL: "#,##0.00;[Red]-#,##0.00",
    CellKind.YUAN: "#,##0.00;[Red]-#,##0.00",
    CellKind.RATIO: "0.0%",
    CellKind.DAY: "yyyy-mm-dd",
    CellKind.MONTH: "yyyy-mm",
}
_DAYS: Final = frozenset({CellKind.DAY, CellKind.MONTH})
_MOMENT_FORMAT: Final = "yyyy-mm-dd hh:mm"
_NAMED: Final = {
    "title": {**_BASE, "font_name": "黑体", "font_size": 16, "bold": True, "align": "center"},
    "left": {**_BASE, "align": "left", "text_wrap": True},
    "centre": {**_BASE, "align": "center", "text_wrap": True},
    "right": {**_BASE, "align": "right", "text_wrap": True},
    "part": {**_BASE, "bold": True, "align": "left"},
    "head": {**_CELL, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#d9e2f0"},
    "label": {**_CELL, "align": "center", "text_wrap": True, "bg_color": "#eef2f8"},
    "blank": _CELL,
    "note": {**_BASE, "text_wrap": True, "align": "left"},
}
SHADES: Final = {"county": "#e8eef7", "township": "#f5f7fa"}
# Beyond it a spreadsheet rounds: such a number is written as its digits.
_EXACT: Final = 2**53
_FIRST_DAY: Final = "1900-03-01"  # before it the calendar of spreadsheets is one day off
_LONGEST_TEXT: Final = 32_767
Put = Callable[[Worksheet, int, int, Value, str], None]


@dataclass(slots=True)
class Looks:
    """The formats of one workbook, each made when first needed."""

    workbook: Workbook
    made: dict[tuple[str, ...], Format] = field(default_factory=dict)

    def named(self, name: str) -> Format:
        """Give the format of a title, head, label or note."""
        return self._get((name,), _NAMED[name])

    def cell(self, kind: CellKind, shade: str = "", number_format: str = "") -> Format:
        """Give the format of a value; `shade` is `county`, `township`, `total` or nothing."""
        align = "right" if kind in NUMBERS else "center" if kind in CENTRED else "left"
        look: dict[str, object] = {
            **_CELL,
            "align": align,
            "num_format": number_format or _NUMBER_FORMATS.get(kind, "@"),
        }
        # A number that does not fit would be shown as ####, an identifier cut off.
        look["text_wrap" if align == "left" else "shrink"] = True
        if shade in ("county", "total"):
            look["bold"] = True
        if shade in SHADES:
            look["bg_color"] = SHADES[shade]
        return self._get((kind, shade, number_format), look)

    def _get(self, key: tuple[str, ...], look: dict[str, object]) -> Format:
        made = self.made.get(key)
        if made is None:
            made = self.made[key] = self.workbook.add_format(look)
        return made

    def putter(self, described: Described, words: Words) -> Put:
        """Give the function that writes the values of a column: numbers and days as such, all else as text."""
        kind, shown = described.kind, words.shower(described)

        def put(sheet: Worksheet, row: int, column: int, value: Value, shade: str) -> None:
            look = self.cell(kind, shade)
            if value is None:
                sheet.write_blank(row, column, None, look)
            elif kind in NUMBERS and is_exact(value):
                sheet.write_number(row, column, value, look)
            elif kind in _DAYS and is_day(value):
                sheet.write_datetime(row, column, counted_day(value), self._of_day(kind, value, shade))
            else:
                sheet.write_string(row, column, fitting(shown(value)), look)

        return put

    def _of_day(self, kind: CellKind, value: Value, shade: str) -> Format:
        if isinstance(value, datetime):
            return self.cell(kind, shade, _MOMENT_FORMAT)
        is_month = isinstance(value, LooseDate) and value.precision is Precision.MONTH
        return self.cell(kind, shade, _NUMBER_FORMATS[CellKind.MONTH] if is_month else "")


def counted_day(value: Value) -> date | None:
    """Give the day or moment that a spreadsheet counts, by the clock of Asia/Shanghai; None where it is none."""
    if isinstance(value, LooseDate):
        return value.on
    if isinstance(value, datetime):
        return local_moment(value)
    return value if isinstance(value, date) else None


def is_day(value: Value) -> bool:
    """Tell whether a value is a day that a spreadsheet can count."""
    day = counted_day(value)
    return day is not None and day.isoformat() >= _FIRST_DAY


def is_exact(value: Value) -> bool:
    """Tell whether a spreadsheet keeps a number as it is."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and -_EXACT < value < _EXACT


def fitting(text: str) -> str:
    """Cut a text to what a cell holds, with a sign at the cut."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
