"""Any report as PDF, with the set-up of the workbook and fonts of its own.

The template `report.typ` gets all texts as data: a text with signs of markup is shown as it is. The same layout gives
the same bytes. A character that no font has is shown as 〓, and a note below the table names it.

A long report comes as several files in a zip, each set by itself from the rows that are read for it: neither memory nor
the time of one setting grows with the report.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from reports.definitions import wording
from reports.definitions.chart import Chart
from reports.definitions.layout import Column, Fields, Layout, Row, Sheet, Table, Value
from reports.renderers.archives import Parted, packed
from reports.renderers.cells import CENTRED, NUMBERS, Words, checked, words_of
from reports.renderers.charts import alt_text, draw_svg
from reports.renderers.fonts import FAMILIES, Spelling
from reports.renderers.xlsx_page import shade_of

MEDIA_TYPE: Final = "application/pdf"
PROGRAM: Final = Path(__file__).with_name("typesetting.py")
# So many cells take 400 MB and some ten seconds to set: a file has no more.
MOST_CELLS: Final = 40_000
# What is longer than so many files is for the screen.
MOST_FILES: Final = 12
_LONGEST: Final = 600  # seconds
_SIZE: Final = 9.0
_LEAST_SIZE: Final = 4.0
# Below this size a sheet goes on A3: 6 points are the least that is read with ease.
_LEAST_ON_A4: Final = 6.0
# How many digits of 9 points fit on one line: by paper and whether it lies lengthwise.
_DIGITS: Final = {("a4", True): 155, ("a4", False): 106, ("a3", True): 225, ("a3", False): 155}
_CHART_WIDTHS: Final = {True: 160, False: 180}  # millimetres
# A place where a long word may be broken, which is not seen.
_ZERO_WIDTH: Final = "\u200b"
_LONGEST_WORD: Final = 20
_WORD: Final = re.compile(r"[!-~]{9,}")


def render_pdf(layout: Layout, *, most_cells: int = MOST_CELLS, most_files: int = MOST_FILES) -> Parted:
    """Write a layout as PDF: one file, or for a long report a zip of files of `most_cells` each.

    Raises: DomainError: it is too long to be printed.
    """
    return packed(
        (f"{number:02d}.pdf", _set(layout, sheets))
        for number, sheets in enumerate(_files(layout, most_cells, most_files), start=1)
    )


def _files(layout: Layout, most_cells: int, most_files: int) -> Iterator[list[dict[str, Any]]]:
    """Give the sheets of each file: what fits into it, long tables cut."""
    words = words_of(layout)
    gathered: list[dict[str, Any]] = []
    cells, number = 0, 1
    for piece in (piece for sheet in layout.sheets for piece in _SheetData(sheet, words, most_cells).pieces(layout)):
        if gathered and cells + piece.cells > most_cells:
            if number == most_files:
                raise too_long(most_files, most_cells)
            yield gathered
            gathered, cells, number = [], 0, number + 1
        gathered.append(piece.plain)
        cells += piece.cells
    yield gathered


def _set(layout: Layout, sheets: list[dict[str, Any]]) -> bytes:
    data = json.dumps(_data(layout, sheets), ensure_ascii=False, separators=(",", ":"))
    command = [sys.executable, "-I", str(PROGRAM)]
    made = subprocess.run(command, input=data.encode(), capture_output=True, timeout=_LONGEST, check=False)  # noqa: S603  (a program of ours)
    if made.returncode:
        # What it said may quote the data, which are persons': it is not kept.
        raise RuntimeError(f"Typesetting the report {layout.report_id} ended with code {made.returncode}.")
    return made.stdout


def _data(layout: Layout, sheets: list[dict[str, Any]]) -> dict[str, Any]:
    day = layout.as_of
    is_english = layout.language == "en"
    return {
        "title": layout.title,
        "day": [day.year, day.month, day.day],
        "families": [family.lower() for family in FAMILIES],
        "lang": "en" if is_english else "zh",
        "region": None if is_english else "CN",
        "page": words_of(layout).say(wording.PAGE_OF, page="{page}", pages="{pages}"),
        "sheets": sheets,
    }


def paper_of(sheet: Sheet) -> tuple[str, float]:
    """Give the paper and the size of letters at which the widest table of a sheet fits: A4, or A3 for a wide one."""
    tables = [part for part in sheet.parts if isinstance(part, Table)]
    width = max((sum(column.width for column in table.columns) for table in tables), default=1)
    on_a4, on_a3 = (_SIZE * _DIGITS[paper, sheet.is_landscape] / width for paper in ("a4", "a3"))
    if on_a4 >= _LEAST_ON_A4:
        return "a4", min(round(on_a4, 2), _SIZE)
    return "a3", max(min(round(on_a3, 2), _SIZE), _LEAST_SIZE)


def too_long(files: int, cells: int) -> DomainError:
    """Give the error of a report that is too long to be printed."""
    sentence = _(
        "The report is too long to print: it would be more than %(files)s files of %(cells)s cells each. Take .xlsx "
        "or CSV, or a smaller area."
    )
    return DomainError("reports.too_long_to_print", sentence % {"files": files, "cells": f"{cells:,}"}, field="format")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of a sheet stands in one file, and how many cells it has."""

    plain: dict[str, Any]
    cells: int


@dataclass(frozen=True, slots=True)
class _SheetData:
    """One sheet on its way to the template."""

    sheet: Sheet
    words: Words
    most_cells: int
    spelling: Spelling = field(default_factory=Spelling)

    def pieces(self, layout: Layout) -> Iterator[_Piece]:
        """Give the sheet as it stands in one file, or in several: what is below its tables stands in the last one."""
        gathered: list[dict[str, Any]] = []
        cells, number = 0, 1
        for part in self.sheet.parts:
            if isinstance(part, Fields):
                gathered.append(self._fields(part))
                cells += len(part.items)
                continue
            rows = iter(part.rows)
            while True:
                room = max((self.most_cells - cells) // len(part.columns), 1)
                begun = list(islice(rows, room))
                cells += len(begun) * len(part.columns)
                following = next(rows, None)
                gathered.append(self._table(part, begun, is_last=following is None))
                if following is None:
                    break
                yield _Piece(self._plain(layout, gathered, number, is_last=False), cells)
                rows = chain((following,), rows)
                self.spelling.lacking.clear()
                gathered, cells, number = [], 0, number + 1
        yield _Piece(self._plain(layout, gathered, number, is_last=True), cells)

    def _plain(self, layout: Layout, parts: list[dict[str, Any]], number: int, *, is_last: bool) -> dict[str, Any]:
        """Give all that the template shows of the sheet, or of a piece of it."""
        sheet, words, spell = self.sheet, self.words, self.spelling.spell
        paper, size = paper_of(sheet)
        is_whole = is_last and number == 1
        title = sheet.title if is_whole else words.say(wording.PIECE_OF, title=sheet.title, number=number)
        notes = [words.say(wording.NOTE, note=note) for note in sheet.notes] if is_last else []
        made: dict[str, Any] = {
            "paper": paper,
            "landscape": sheet.is_landscape,
            "size": size,
            "title": spell(title),
            "meta": [spell(text) for text in words.meta(layout, sheet)],
            "watermark": spell(sheet.watermark),
            "parts": parts,
            "charts": [self._chart(chart) for chart in sheet.charts] if is_last else [],
            "signatures": [words.say(text) + "：" for text in sheet.signatures] if is_last else [],
            "notes": [spell(note) for note in notes],
        }
        if self.spelling.lacking:
            note = words.say(wording.NO_GLYPH, codes=self.spelling.codes())
            made["notes"] = [*made["notes"], words.say(wording.NOTE, note=note)]
        return made

    def _table(self, table: Table, begun: Sequence[Row], *, is_last: bool) -> dict[str, Any]:
        rows = list(self._rows(table, begun))
        empty = "" if rows else self.words.say(wording.NO_ROWS)
        if is_last and table.total is not None:
            rows.append(self._row(self._showers(table), checked(table, table.total), "total"))
        return {
            "kind": "table",
            "title": self._title(table),
            "head": [
                {**asdict(cell), "text": self.spelling.spell(cell.text)} for cell in self.words.head(table.columns)
            ],
            "widths": [column.width for column in table.columns],
            "aligns": [_align(column) for column in table.columns],
            "numbers": [column.kind in NUMBERS for column in table.columns],
            "rows": rows,
            "empty": empty,
        }

    def _rows(self, table: Table, begun: Sequence[Row]) -> Iterator[dict[str, Any]]:
        division = next((place for place, column in enumerate(table.columns) if column.key == table.division_key), None)
        showers = self._showers(table)
        for row in begun:
            shade = "" if division is None else shade_of(str(row[division]))
            yield self._row(showers, checked(table, row), shade)

    def _showers(self, table: Table) -> list[Callable[[Value], str]]:
        return [self._shower(self.words.shower(column), column.width) for column in table.columns]

    def _shower(self, shown: Callable[[Value], str], width: int) -> Callable[[Value], str]:
        return lambda value: self._broken(shown(value), width)

    @staticmethod
    def _row(showers: list[Callable[[Value], str]], row: Row, shade: str) -> dict[str, Any]:
        return {"cells": [shown(value) for shown, value in zip(showers, row, strict=True)], "shade": shade}

    def _fields(self, fields: Fields) -> dict[str, Any]:
        pairs = [[self.words.say(item.label), self.words.shown(item, item.value)] for item in fields.items]
        pairs += [["", ""]] * (-len(pairs) % fields.a_line)
        return {
            "kind": "fields",
            "title": self._title(fields),
            "widths": [width for _ in range(fields.a_line) for width in fields.weights],
            "cells": [self._broken(text, _LONGEST_WORD) for pair in pairs for text in pair],
        }

    def _chart(self, chart: Chart) -> dict[str, Any]:
        language = self.words.language
        width = _CHART_WIDTHS[self.sheet.is_landscape]
        return {"svg": draw_svg(chart, language).decode(), "width": width, "alt": alt_text(chart, language)}

    def _title(self, part: Table | Fields) -> str:
        return self.spelling.spell(self.words.say(part.title)) if part.title else ""

    def _broken(self, text: str, width: int) -> str:
        """Let a word longer than its column be broken, since it would run into the next one."""
        spelled = self.spelling.spell(text)
        if len(spelled) <= width:
            return spelled
        return _WORD.sub(lambda found: _pieces(found[0], width), spelled)


def _pieces(word: str, width: int) -> str:
    if len(word) <= width:
        return word
    return _ZERO_WIDTH.join(word[start : start + width] for start in range(0, len(word), width))


def _align(column: Column) -> str:
    return "right" if column.kind in NUMBERS else "center" if column.kind in CENTRED else "left"
