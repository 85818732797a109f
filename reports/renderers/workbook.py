"""The report as an .xlsx workbook, ready to print on A4 landscape.

Texts are never turned into formulas, links or numbers; codes are texts. Causes stand there for county and townships
only: by village a figure may identify one household, and the workbook travels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Final

import xlsxwriter

from reports.definitions import wording
from reports.definitions.account import STOCKS, TITLE, StockDefinition
from reports.definitions.figures import AccountLine, Count, Figures
from reports.definitions.text import Language, Text
from reports.definitions.totals import Totals, totals_of
from reports.enums import Level
from reports.renderers import category_sheet, cause_sheet, coverage_sheet
from reports.renderers.notes import period_notes, summary_lines
from reports.renderers.sheet import Sheet, open_sheet
from reports.renderers.styles import styles

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """Households or persons: which half of a count a sheet shows."""

    name: str
    unit: Text

    def of(self, count: Count) -> int:
        """Give that half."""
        return count.households if self.name == "households" else count.persons


MEASURES: Final = (Measure("households", wording.UNIT_HOUSEHOLDS), Measure("persons", wording.UNIT_PERSONS))


def render_workbook(figures: Figures, language: Language = "zh-hans") -> bytes:
    """Write the workbook: a summary, a sheet for each stock and measure, causes, coverage."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, OPTIONS)
    # The same figures give the same file, so that its hash says whether it is the report that was frozen.
    workbook.set_properties({"title": TITLE.in_language(language), "created": _moment(figures.as_of)})
    look = styles(workbook)
    _summary(open_sheet(workbook, look, figures, language, wording.SHEET_SUMMARY), figures)
    for definition in STOCKS:
        for measure in MEASURES:
            name = wording.SHEET_STOCK[definition.stock, measure.name]
            _account(open_sheet(workbook, look, figures, language, name), figures, definition, measure)
    cause_sheet.write(open_sheet(workbook, look, figures, language, wording.SHEET_CAUSES), figures)
    if figures.shows_late:
        category_sheet.write(open_sheet(workbook, look, figures, language, wording.SHEET_CATEGORIES), figures)
    coverage_sheet.write(open_sheet(workbook, look, figures, language, wording.SHEET_COVERAGE), figures)
    workbook.close()
    return content.getvalue()


def _moment(day: date) -> datetime:
    """Give the day as the file's time of making: spreadsheets know no time zone."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (the library refuses an aware one)


def _summary(sheet: Sheet, figures: Figures) -> None:
    """Write the county's stocks: opening, in, out, what was recorded late, closing, for households and persons."""
    heads = _summary_heads(figures)
    width = 1 + 2 * len(heads)
    sheet.title(TITLE, wording.UNIT_HOUSEHOLDS_AND_PERSONS, width=width)
    sheet.merge((3, 0, 4, 0), sheet.say(wording.STOCK), sheet.look.head)
    for group, label in enumerate((wording.HOUSEHOLDS, wording.PERSONS)):
        left = 1 + len(heads) * group
        sheet.merge((3, left, 3, left + len(heads) - 1), sheet.say(label), sheet.look.head)
        for column, head in enumerate(heads):
            sheet.text(4, left + column, head, sheet.look.head)
    for row, (label, totals) in enumerate(summary_lines(figures), start=5):
        sheet.text(row, 0, label, sheet.look.name[Level.COUNTY])
        numbers = _summary_numbers(totals, shows_late=figures.shows_late)
        sheet.numbers(row, 1, numbers, sheet.look.number[Level.COUNTY])
    first_note, notes = 5 + len(STOCKS) + 2, _notes(figures, sheet.language)
    sheet.notes(first_note, notes, width=width)
    sheet.columns([26] + [12] * (width - 1))
    sheet.print_set_up(last_row=first_note + len(notes) - 1, last_column=width - 1, head_rows=(3, 4))


def _summary_heads(figures: Figures) -> tuple[Text, ...]:
    """Give the heads; a report from before periods were frozen keeps those that it had."""
    if not figures.shows_late:
        return (wording.OPENING, wording.INCREASE, wording.DECREASE, wording.CLOSING)
    flows = (wording.CAME, wording.WENT, wording.LATE_CAME, wording.LATE_WENT)
    return (wording.OPENING, *flows, wording.CLOSING)


def _summary_numbers(totals: Totals, *, shows_late: bool) -> list[int]:
    late = (totals.late_came, totals.late_went) if shows_late else ()
    counts = (totals.opening, totals.came, totals.went, *late, totals.closing)
    return [measure.of(count) for measure in MEASURES for count in counts]


def _notes(figures: Figures, language: Language) -> list[str]:
    explained = [
        wording.STOCK_EXPLAINED.in_language(
            language,
            stock=definition.label.in_language(language),
            explanation=definition.explanation.in_language(language),
        )
        for definition in STOCKS
    ]
    return [*explained, *period_notes(figures, language)]


def _account(sheet: Sheet, figures: Figures, definition: StockDefinition, measure: Measure) -> None:
    """Write one stock in one measure: county, townships and villages below each other."""
    width = 6 + len(definition.columns) + (2 if figures.shows_late else 0)
    sheet.title(TITLE, measure.unit, width=width, part=definition.label)
    _account_head(sheet, definition, width, shows_late=figures.shows_late)
    for row, line in enumerate(figures.accounts[definition.stock], start=5):
        numbers = _account_numbers(definition, line, measure, shows_late=figures.shows_late)
        sheet.division(row, line.division)
        sheet.numbers(row, 2, numbers, sheet.look.number[line.division.level])
    sheet.columns([20, 14, 9] + [8] * (width - 4) + [9])
    last = 4 + len(figures.accounts[definition.stock])
    sheet.print_set_up(last_row=last, last_column=width - 1, head_rows=(3, 4), frozen_columns=2)


def _account_head(sheet: Sheet, definition: StockDefinition, width: int, *, shows_late: bool) -> None:
    head = sheet.look.head
    for column, label in ((0, wording.DIVISION), (1, wording.DIVISION_CODE), (2, wording.OPENING)):
        sheet.merge((3, column, 4, column), sheet.say(label), head)
    start = 3
    came, went = (wording.CAME, wording.WENT) if shows_late else (wording.INCREASE, wording.DECREASE)
    for label, columns in ((came, definition.inflows), (went, definition.outflows)):
        sheet.merge((3, start, 3, start + len(columns)), sheet.say(label), head)
        for offset, column_definition in enumerate(columns):
            sheet.text(4, start + offset, column_definition.label, head)
        sheet.text(4, start + len(columns), wording.TOTAL, head)
        start += len(columns) + 1
    if shows_late:
        sheet.merge((3, start, 3, start + 1), sheet.say(wording.LATE), head)
        sheet.text(4, start, wording.LATE_CAME, head)
        sheet.text(4, start + 1, wording.LATE_WENT, head)
    sheet.merge((3, width - 1, 4, width - 1), sheet.say(wording.CLOSING), head)


def _account_numbers(
    definition: StockDefinition, line: AccountLine, measure: Measure, *, shows_late: bool
) -> list[int]:
    flows: Sequence[int] = [measure.of(flow) for flow in line.flows]
    totals = totals_of(definition, line)
    came, went = measure.of(totals.came), measure.of(totals.went)
    cut = len(definition.inflows)
    late = [measure.of(totals.late_came), measure.of(totals.late_went)] if shows_late else []
    return [measure.of(line.opening), *flows[:cut], came, *flows[cut:], went, *late, measure.of(line.closing)]
