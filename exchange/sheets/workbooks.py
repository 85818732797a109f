"""The workbooks that go to an office: the template, and the rows that were refused."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import xlsxwriter

from exchange.sheets.columns import BY_NAME, COLUMNS, Column, Kind
from exchange.sheets.problems import Problem
from registry.lib.messages import gettext_lazy as _
from registry.lib.text import safe_cell

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Nothing that a person wrote becomes a formula, a link or a number.
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_WIDTH: Final = 16
_WIDE: Final = 44
_TEMPLATE_ROWS: Final = 5_000
_MOST_VALIDATION: Final = 255  # what a spreadsheet holds as a list of choices in one cell's rule

_HOW_TO_FILL: Final = {
    Kind.TEXT: _("Text"),
    Kind.NAME: _("As it stands in the document"),
    Kind.NUMBER: _("As the national system prints it, as text"),
    Kind.DIVISION: _("12 digits, as text"),
    Kind.DOCUMENT: _("18, 20 or 22 characters, as text; 999999 and more digits for a person without a document"),
    Kind.PHONE: _("11 digits, or area code and number, as text"),
    Kind.ACCOUNT: _("8 to 30 digits, as text"),
    Kind.CODE: _("Choose from the list"),
    Kind.CODES: _("One or several of the list, with + between them"),
    Kind.STATUS: _("Choose from the list"),
    Kind.YES_NO: _("是 or 否"),
    Kind.DAY: _("Like 2020-12-15"),
    Kind.MONTH: _("Like 2017-12"),
    Kind.YUAN: _("Yuan, like 6762.95"),
    Kind.COUNT: _("A whole number"),
    Kind.MONTHS: _("A number from 0 to 12"),
    Kind.YEAR: _("A year, like 2018"),
}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row: its number in the sheet, what was found, and its kept cells by column."""

    row: int
    problems: tuple[Problem, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NotedHousehold:
    """A household of which something was listed and not applied."""

    row: int
    number: str
    notes: tuple[Problem, ...]
    absent_count: int


def template_workbook(choices: Mapping[str, Sequence[str]]) -> bytes:
    """Make the empty roster: one title row, the header, lists of choices, and a sheet that explains the columns.

    `choices` gives the labels of the columns that have a list.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        formats = _formats(workbook)
        sheet = workbook.add_worksheet(str(_("Roster")))
        sheet.write_string(0, 0, "数据日期：", formats["plain"])
        _write_header(sheet, 1, [column.label for column in COLUMNS], formats)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, _WIDTH, formats["text"])
            _offer_choices(sheet, place, choices.get(column.name, ()))
        sheet.freeze_panes(2, 0)
        _explain(workbook.add_worksheet(str(_("How to fill in"))), choices, formats)
    return stream.getvalue()


def refused_workbook(
    refused: Iterable[RefusedRow], noted: Iterable[NotedHousehold], *, columns: Sequence[str], data_date: date
) -> bytes:
    """Make the workbook of what was not taken over; its first sheet can be mended and uploaded again."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        formats = _formats(workbook)
        _write_refused(workbook.add_worksheet(str(_("Refused rows"))), refused, columns, data_date, formats)
        _write_noted(workbook.add_worksheet(str(_("Listed, not applied"))), noted, formats)
    return stream.getvalue()


def _formats(workbook: Any) -> dict[str, Any]:  # noqa: ANN401 - the library has no types
    return {
        "plain": workbook.add_format(),
        "header": workbook.add_format({"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "top"}),
        "text": workbook.add_format({"num_format": "@"}),
        "wrapped": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "fault": workbook.add_format({"num_format": "@", "bg_color": "#FBE3D6"}),
    }


def _write_header(sheet: Any, row: int, labels: Sequence[str], formats: dict[str, Any]) -> None:  # noqa: ANN401
    for place, label in enumerate(labels):
        sheet.write_string(row, place, label, formats["header"])


def _write_refused(
    sheet: Any,  # noqa: ANN401 - the library has no types
    refused: Iterable[RefusedRow],
    columns: Sequence[str],
    data_date: date,
    formats: dict[str, Any],
) -> None:
    sheet.write_string(0, 0, f"数据日期：{data_date.isoformat()}", formats["plain"])
    _write_header(
        sheet, 1, ["行号", "有误栏目", "问题", "处理办法", *(BY_NAME[name].label for name in columns)], formats
    )
    sheet.set_column(0, 1, _WIDTH)
    sheet.set_column(2, 3, _WIDE)
    sheet.set_column(4, 3 + len(columns), _WIDTH, formats["text"])
    sheet.freeze_panes(2, 4)
    for line, row in enumerate(refused, start=2):
        sheet.write_string(line, 0, str(row.row), formats["text"])
        for place, part in enumerate((_places, _wrongs, _remedies), start=1):
            sheet.write_string(line, place, part(row.problems), formats["wrapped"])
        at_fault = {problem.column for problem in row.problems}
        for place, name in enumerate(columns, start=4):
            style = formats["fault"] if name in at_fault else formats["text"]
            sheet.write_string(line, place, safe_cell(row.cells.get(name, "")), style)


def _write_noted(sheet: Any, noted: Iterable[NotedHousehold], formats: dict[str, Any]) -> None:  # noqa: ANN401
    _write_header(sheet, 0, ["行号", "户编号", "有误栏目", "问题", "处理办法"], formats)
    sheet.set_column(0, 2, _WIDTH, formats["text"])
    sheet.set_column(3, 4, _WIDE)
    line = 0
    for household in noted:
        for note in household.notes:
            line += 1
            wrong = note.wrong
            if note.code == "member_absent":
                wrong = f"{wrong} ({household.absent_count})"
            for place, text in enumerate((str(note.row), household.number, note.heading, wrong, note.remedy)):
                sheet.write_string(line, place, safe_cell(text), formats["wrapped" if place > 2 else "text"])


def _places(problems: Sequence[Problem]) -> str:
    return "\n".join(dict.fromkeys(problem.heading for problem in problems if problem.heading))


def _wrongs(problems: Sequence[Problem]) -> str:
    return "\n".join(dict.fromkeys(problem.wrong for problem in problems))


def _remedies(problems: Sequence[Problem]) -> str:
    return "\n".join(dict.fromkeys(problem.remedy for problem in problems))


def _offer_choices(sheet: Any, place: int, labels: Sequence[str]) -> None:  # noqa: ANN401 - the library has no types
    if labels and len(",".join(labels)) <= _MOST_VALIDATION:
        rule = {"validate": "list", "source": list(labels), "error_type": "warning"}
        sheet.data_validation(2, place, _TEMPLATE_ROWS, place, rule)


def _explain(sheet: Any, choices: Mapping[str, Sequence[str]], formats: dict[str, Any]) -> None:  # noqa: ANN401
    headings = (_("Column"), _("Must be filled in"), _("How"), _("Values"))
    _write_header(sheet, 0, [str(heading) for heading in headings], formats)
    sheet.set_column(0, 1, _WIDTH)
    sheet.set_column(2, 3, _WIDE)
    for line, column in enumerate(COLUMNS, start=1):
        for place, text in enumerate(_explanation(column, choices)):
            sheet.write_string(line, place, text, formats["wrapped"])


def _explanation(column: Column, choices: Mapping[str, Sequence[str]]) -> tuple[str, str, str, str]:
    filled = str(_("yes")) if column.filled else ""
    return column.label, filled, str(_HOW_TO_FILL[column.kind]), "、".join(choices.get(column.name, ()))
