"""Any report as CSV: one table a file, and several tables as a zip of files.

The first row has the labels of the columns; titles, totals and notes are left out, so that a program can read the rows
and add them up. Numbers stand without signs between thousands, a ratio as a fraction of 1, days in ISO 8601. A text
that a spreadsheet would run has an apostrophe in front.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import BinaryIO, Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from registry.lib.text import safe_cell
from reports.definitions import wording
from reports.definitions.layout import Column, Fields, Layout, Row, Sheet, Table, Value
from reports.renderers.cells import NUMBERS, Words, checked, words_of

MEDIA_TYPE: Final = "text/csv"
ZIP_MEDIA_TYPE: Final = "application/zip"
Encoding = Literal["utf-8-sig", "gb18030"]
ENCODINGS: Final[tuple[Encoding, ...]] = ("utf-8-sig", "gb18030")
# The time of making of the files in a zip: the same layout gives the same bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Delimited:
    """A finished file; `is_zip` says that it holds one CSV for each table."""

    content: bytes
    is_zip: bool


def render_csv(layout: Layout, encoding: Encoding = "utf-8-sig") -> Delimited:
    """Write a layout as CSV, in UTF-8 with its mark or in GB18030, which both hold every character."""
    words = words_of(layout)
    parts = _parts(layout, words)
    name, head, rows = next(parts)
    first = _csv(head, rows, encoding)
    second = next(parts, None)
    if second is None:
        return Delimited(first, is_zip=False)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        _add(archive, name, first)
        while second is not None:
            name, head, rows = second
            _add(archive, name, _csv(head, rows, encoding))
            second = next(parts, None)
    return Delimited(content.getvalue(), is_zip=True)


def cell(words: Words, column: Column) -> Callable[[Value], str]:
    """Give the function that writes the values of a column for a program that reads them."""
    if column.kind in NUMBERS:
        return lambda value: "" if value is None else str(value) if not isinstance(value, str) else safe_cell(value)
    shown = words.shower(column)
    return lambda value: safe_cell(shown(value))


_Part = tuple[str, list[str], Iterator[list[str]]]


def _parts(layout: Layout, words: Words) -> Iterator[_Part]:
    """Give each table and card with the name of its file, its head and its rows."""
    used: dict[str, int] = {}
    for sheet in layout.sheets:
        for part in sheet.parts:
            name = _name(sheet, part)
            used[name] = used.get(name, 0) + 1
            number = f"-{used[name]}" if used[name] > 1 else ""
            head, rows = _table(part, words) if isinstance(part, Table) else _fields(part, words)
            yield f"{name}{number}.csv", head, rows


def _name(sheet: Sheet, part: Table | Fields) -> str:
    key = part.key if isinstance(part, Table) else "fields"
    return sheet.key if key == sheet.key else f"{sheet.key}-{key}"


def _table(table: Table, words: Words) -> tuple[list[str], Iterator[list[str]]]:
    writers = [cell(words, column) for column in table.columns]
    return [words.full_label(column) for column in table.columns], _rows(table, table.rows, writers)


def _rows(table: Table, rows: Iterable[Row], writers: list[Callable[[Value], str]]) -> Iterator[list[str]]:
    for row in rows:
        yield [write(value) for write, value in zip(writers, checked(table, row), strict=True)]


def _fields(fields: Fields, words: Words) -> tuple[list[str], Iterator[list[str]]]:
    rows = ([words.say(item.label), safe_cell(words.shown(item, item.value))] for item in fields.items)
    return [words.say(wording.ITEM), words.say(wording.VALUE)], rows


def _csv(head: list[str], rows: Iterable[list[str]], encoding: Encoding) -> bytes:
    content = BytesIO()
    _write(content, head, rows, encoding)
    return content.getvalue()


def _write(stream: BinaryIO, head: list[str], rows: Iterable[list[str]], encoding: Encoding) -> None:
    text = TextIOWrapper(stream, encoding=encoding, newline="")
    writer = csv.writer(text)
    writer.writerow([safe_cell(label) for label in head])
    writer.writerows(rows)
    text.flush()
    text.detach()


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _NO_TIME)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, content)
