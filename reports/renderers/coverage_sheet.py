"""The sheet of coverage: households without a helper, villages without a team."""

from reports.definitions import wording
from reports.definitions.figures import Figures
from reports.renderers.sheet import Sheet

_HEADS = (
    wording.DIVISION,
    wording.DIVISION_CODE,
    wording.MUST_BE_PAIRED,
    wording.WITHOUT_HELPER,
    wording.UNIT_STANDS_IN,
    wording.VILLAGES,
    wording.WITHOUT_TEAM,
)


def write(sheet: Sheet, figures: Figures) -> None:
    """Write one line for each division."""
    sheet.title(wording.COVERAGE_TITLE, wording.UNIT_HOUSEHOLDS_AND_VILLAGES, width=len(_HEADS))
    for column, label in enumerate(_HEADS):
        sheet.text(3, column, label, sheet.look.head)
    for row, line in enumerate(figures.coverage, start=4):
        numbers = [
            line.households,
            line.households_without_helper,
            line.households_with_stand_in,
            line.villages,
            line.villages_without_team,
        ]
        sheet.division(row, line.division)
        sheet.numbers(row, 2, numbers, sheet.look.number[line.division.level])
    sheet.columns([24, 16, 16, 20, 18, 14, 22])
    last = 3 + len(figures.coverage)
    sheet.print_set_up(last_row=last, last_column=len(_HEADS) - 1, head_rows=(3, 3), frozen_columns=2)
