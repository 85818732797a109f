"""Any report as CSV: one table a file, and several tables as a zip of files.

The first row has the labels of the columns; titles, totals and notes are left out, so that a program can read the rows
and add them up. Numbers stand without signs between thousands, a ratio as a fraction of 1, days in ISO 8601. A text
that a spreadsheet would run has an apostrophe in front.
"""

import csv
from collections.abc import Callable, Iterable
from io import BytesIO, TextIOWrapper
from typing import Final, Literal

from registry.lib.text import safe_cell
from reports.definitions import wording
from reports.definitions.layout import Column, Fields, Layout, Table, Value
from reports.renderers.archives import Parted, render_parts
from reports.renderers.cells import NUMBERS, Words, checked, words_of

MEDIA_TYPE: Final = "text/csv"
Encoding = Literal["utf-8-sig", "gb18030"]


def render_csv(layout: Layout, encoding: Encoding = "utf-8-sig") -> Parted:
    """Write a layout as CSV, in UTF-8 with its mark or in GB18030, which both hold every character."""
    words = words_of(layout)

    def render_part(part: Table | Fields) -> bytes:
        return _csv(_table(part, words) if isinstance(part, Table) else _fields(part, words), encoding)

    return render_parts(layout, render_part, "csv")


def writer_of(column: Column, words: Words) -> Callable[[Value], str]:
    """Give the function that writes the values of a column for a program that reads them."""
    if column.kind in NUMBERS:
        return lambda value: "" if value is None else safe_cell(value) if isinstance(value, str) else str(value)
    shown = words.shower(column)
    return lambda value: safe_cell(shown(value))


def _table(table: Table, words: Words) -> Iterable[list[str]]:
    writers = [writer_of(column, words) for column in table.columns]
    yield [safe_cell(words.full_label(column)) for column in table.columns]
    for row in table.rows:
        yield [write(value) for write, value in zip(writers, checked(table, row), strict=True)]


def _fields(fields: Fields, words: Words) -> Iterable[list[str]]:
    yield [words.say(wording.ITEM), words.say(wording.VALUE)]
    for item in fields.items:
        yield [safe_cell(words.say(item.label)), safe_cell(words.shown(item, item.value))]


def _csv(rows: Iterable[list[str]], encoding: Encoding) -> bytes:
    content = BytesIO()
    text = TextIOWrapper(content, encoding=encoding, newline="")
    csv.writer(text).writerows(rows)
    text.flush()
    text.detach()
    return content.getvalue()
