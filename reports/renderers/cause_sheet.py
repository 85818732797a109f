"""The sheet of causes: county and townships, main causes, of them not lifted, other causes."""

from collections.abc import Callable
from typing import Final

from reports.definitions import wording
from reports.definitions.figures import CauseCell, CauseLine, Figures
from reports.definitions.text import Text
from reports.enums import Level
from reports.renderers.sheet import Sheet

LEVELS: Final = (Level.COUNTY, Level.TOWNSHIP)
_TABLES: Final[tuple[tuple[Text, Callable[[CauseCell], int]], ...]] = (
    (wording.MAIN_CAUSE, lambda cell: cell.main),
    (wording.MAIN_CAUSE_NOT_LIFTED, lambda cell: cell.main_not_lifted),
    (wording.OTHER_CAUSE, lambda cell: cell.other),
)


_PERSONS: Final[tuple[tuple[Text, Callable[[CauseCell], int]], ...]] = (
    (wording.MAIN_CAUSE_PERSONS, lambda cell: cell.main_persons or 0),
    (wording.MAIN_CAUSE_NOT_LIFTED_PERSONS, lambda cell: cell.main_not_lifted_persons or 0),
    (wording.OTHER_CAUSE_PERSONS, lambda cell: cell.other_persons or 0),
)


def write(sheet: Sheet, figures: Figures) -> None:
    """Write three tables of households below each other, and three of persons where they are counted.

    The share is that of all in a division.
    """
    lines = figures.cause_lines(*LEVELS)
    width = 3 + 2 * len(figures.cause_labels)
    both = figures.shows_late
    unit = wording.UNIT_HOUSEHOLDS_AND_PERSONS if both else wording.UNIT_HOUSEHOLDS
    sheet.title(wording.CAUSES_TITLE, unit, width=width)
    _head(sheet, figures, wording.NUMBER if both else wording.HOUSEHOLDS)
    row = 5
    for title, part in (*_TABLES, *(_PERSONS if both else ())):
        sheet.merge((row, 0, row, width - 1), sheet.say(title), sheet.look.head)
        for offset, line in enumerate(lines, start=1):
            _line(sheet, row + offset, line, part)
        row += len(lines) + 1
    sheet.columns([18, 14, 8] + [6.5, 7] * len(figures.cause_labels))
    sheet.print_set_up(last_row=row - 1, last_column=width - 1, head_rows=(3, 4), frozen_columns=2)


def _head(sheet: Sheet, figures: Figures, counted: Text) -> None:
    head = sheet.look.head
    for column, label in ((0, wording.DIVISION), (1, wording.DIVISION_CODE), (2, wording.TOTAL)):
        sheet.merge((3, column, 4, column), sheet.say(label), head)
    for number, cause in enumerate(figures.cause_labels):
        left = 3 + 2 * number
        sheet.merge((3, left, 3, left + 1), cause.en if sheet.language == "en" else cause.zh, head)
        sheet.text(4, left, counted, head)
        sheet.text(4, left + 1, wording.SHARE, head)


def _line(sheet: Sheet, row: int, line: CauseLine, part: Callable[[CauseCell], int]) -> None:
    level = line.division.level
    total = sum(part(cell) for cell in line.cells)
    sheet.division(row, line.division)
    sheet.numbers(row, 2, [total], sheet.look.number[level])
    for number, cell in enumerate(line.cells):
        sheet.numbers(row, 3 + 2 * number, [part(cell)], sheet.look.number[level])
        sheet.share(row, 4 + 2 * number, part(cell), total, sheet.look.share[level])
