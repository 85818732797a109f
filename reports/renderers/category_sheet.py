"""The sheet of categories: monitored households and persons whose risk is not removed, by county and townships."""

from typing import Final

from reports.definitions import wording
from reports.definitions.figures import CategoryCell, Count, Figures
from reports.enums import Level
from reports.renderers.sheet import Sheet

LEVELS: Final = (Level.COUNTY, Level.TOWNSHIP)


def write(sheet: Sheet, figures: Figures) -> None:
    """Write for each category its households and persons, and the filed ones among them."""
    width = 4 + 4 * len(figures.category_labels)
    sheet.title(wording.CATEGORIES_TITLE, wording.UNIT_HOUSEHOLDS_AND_PERSONS, width=width)
    _head(sheet, figures)
    lines = figures.category_lines(*LEVELS)
    for row, line in enumerate(lines, start=5):
        look = sheet.look.number[line.division.level]
        total = sum((cell.monitored for cell in line.cells), Count())
        sheet.division(row, line.division)
        sheet.numbers(row, 2, [total.households, total.persons], look)
        for number, cell in enumerate(line.cells):
            sheet.numbers(row, 4 + 4 * number, _numbers(cell), look)
    sheet.columns([18, 14, 8, 8] + [8] * (width - 4))
    sheet.print_set_up(last_row=4 + len(lines), last_column=width - 1, head_rows=(3, 4), frozen_columns=2)


def _numbers(cell: CategoryCell) -> list[int]:
    counts = (cell.monitored, cell.of_them_filed)
    return [number for count in counts for number in (count.households, count.persons)]


def _head(sheet: Sheet, figures: Figures) -> None:
    head = sheet.look.head
    for column, label in ((0, wording.DIVISION), (1, wording.DIVISION_CODE)):
        sheet.merge((3, column, 4, column), sheet.say(label), head)
    sheet.merge((3, 2, 3, 3), sheet.say(wording.TOTAL), head)
    halves = (wording.HOUSEHOLDS, wording.PERSONS)
    for offset, label in enumerate(halves):
        sheet.text(4, 2 + offset, label, head)
    for number, category in enumerate(figures.category_labels):
        left = 4 + 4 * number
        sheet.merge((3, left, 3, left + 3), category.en if sheet.language == "en" else category.zh, head)
        for offset, label in enumerate((*halves, wording.FILED_HOUSEHOLDS, wording.FILED_PERSONS)):
            sheet.text(4, left + offset, label, head)
