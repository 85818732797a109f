"""One sheet of the workbook: title, county, date and unit above, a table below, set up for printing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.definitions import wording
from reports.definitions.figures import Division, Figures
from reports.definitions.period_words import period_in_words
from reports.definitions.text import Language, Text
from reports.enums import Level
from reports.renderers.styles import Styles

A4: Final = 9
_INDENT_OF_OUTLINE: Final = {Level.COUNTY: 0, Level.TOWNSHIP: 0, Level.VILLAGE: 1}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with the report's language and look; rows and columns count from 0, as the library counts."""

    worksheet: Worksheet
    look: Styles
    language: Language
    county: Division
    as_of: date
    period: str

    def say(self, text: Text, **places: object) -> str:
        """Give a wording in the report's language."""
        return text.in_language(self.language, **places)

    def title(self, title: Text, unit: Text, *, width: int, part: Text | None = None) -> None:
        """Write the title over all columns, and below it county, date and unit."""
        words = self.say(title) + (f"（{self.say(part)}）" if part else "")
        words = f"{self.period} {words}"
        self.merge((0, 0, 0, width - 1), words, self.look.title)
        self.worksheet.set_row(0, 30)
        third = max(width // 3, 1)
        day = self.say(
            wording.AS_OF,
            year=self.as_of.year,
            month=self.as_of.month,
            day=self.as_of.day,
            iso=self.as_of.isoformat(),
        )
        compiled = self.say(wording.COMPILED_FOR, name=self.county.name)
        self.merge((1, 0, 1, third - 1), compiled, self.look.meta_left)
        self.merge((1, third, 1, width - third - 1), day, self.look.meta_centre)
        self.merge((1, width - third, 1, width - 1), self.say(unit), self.look.meta_right)

    def merge(self, box: tuple[int, int, int, int], text: str, look: Format) -> None:
        """Write a text over a box of cells (top, left, bottom, right); one cell is simply written."""
        top, left, bottom, right = box
        if (top, left) == (bottom, right):
            self.worksheet.write_string(top, left, text, look)
        else:
            self.worksheet.merge_range(top, left, bottom, right, text, look)

    def text(self, row: int, column: int, text: Text, look: Format) -> None:
        """Write a wording."""
        self.worksheet.write_string(row, column, self.say(text), look)

    def division(self, row: int, division: Division) -> None:
        """Write name and code of a line; villages can be folded away."""
        self.worksheet.write_string(row, 0, division.name, self.look.name[division.level])
        self.worksheet.write_string(row, 1, division.code, self.look.code[division.level])
        self.worksheet.set_row(row, None, None, {"level": _INDENT_OF_OUTLINE[Level(division.level)]})

    def numbers(self, row: int, column: int, numbers: Sequence[int], look: Format) -> None:
        """Write whole numbers side by side."""
        for offset, number in enumerate(numbers):
            self.worksheet.write_number(row, column + offset, number, look)

    def share(self, row: int, column: int, part: int, whole: int, look: Format) -> None:
        """Write a share as a percentage; of nothing there is no share."""
        if whole:
            self.worksheet.write_number(row, column, part / whole, look)
        else:
            self.worksheet.write_blank(row, column, None, look)

    def notes(self, row: int, notes: Sequence[str], *, width: int) -> None:
        """Write notes below a table, one a row."""
        for offset, note in enumerate(notes):
            self.merge((row + offset, 0, row + offset, width - 1), note, self.look.note)
            self.worksheet.set_row(row + offset, 30 if len(note) > 60 else None)

    def columns(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns."""
        for column, width in enumerate(widths):
            self.worksheet.set_column(column, column, width)

    def print_set_up(
        self, *, last_row: int, last_column: int, head_rows: tuple[int, int], frozen_columns: int = 1
    ) -> None:
        """Set up for A4 landscape: one page wide, the head repeated, page numbers, panes frozen on the screen."""
        sheet = self.worksheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(*head_rows)
        sheet.print_area(0, 0, last_row, last_column)
        sheet.center_horizontally()
        sheet.set_footer(f"&C{self.say(wording.PAGE)}")
        sheet.freeze_panes(head_rows[1] + 1, frozen_columns)
        sheet.outline_settings(symbols_below=False)


def open_sheet(workbook: Workbook, look: Styles, figures: Figures, language: Language, name: Text) -> Sheet:
    """Add a sheet of that name to the workbook."""
    worksheet = workbook.add_worksheet(name.in_language(language))
    worksheet.hide_gridlines(2)
    period = period_in_words(figures.month, figures.kind, language)
    return Sheet(worksheet, look, language, figures.county, figures.as_of, period)
