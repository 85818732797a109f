"""Any report as Parquet, for programs: the keys of the columns are their names, and values keep their types.

A code stands as it is, and its label beside it in a column `<key>_label`. A day of which only the month is known is
the first of that month. Totals, titles and notes are left out; what belongs to the whole file stands in its metadata.
Several tables are a zip of files. Rows are written as they are read, a few thousand at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import islice
from typing import Final

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from registry.lib.periods import LooseDate, parse_date
from reports.definitions import wording
from reports.definitions.layout import CellKind, Column, Fields, Layout, Row, Table, Value
from reports.renderers.archives import Parted, render_parts
from reports.renderers.cells import Words, checked, codes_in, local_moment, month_of, words_of

MEDIA_TYPE: Final = "application/vnd.apache.parquet"
_ROWS: Final = 5_000
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Stored:
    """A column of the file: its type, and how a value of the row becomes one of it."""

    field: pa.Field
    place: int
    convert: Callable[[Value], object]


def render_parquet(layout: Layout) -> Parted:
    """Write a layout as Parquet."""
    words = words_of(layout)

    def render_part(part: Table | Fields) -> bytes:
        return _table(layout, part if isinstance(part, Table) else _as_table(part, words), words)

    return render_parts(layout, render_part, "parquet")


def _table(layout: Layout, table: Table, words: Words) -> bytes:
    stored = [made for place, column in enumerate(table.columns) for made in _stored(column, place, words)]
    schema = pa.schema([column.field for column in stored], metadata=_metadata(layout))
    if len(set(schema.names)) < len(schema.names):
        raise ValueError(f"The table {table.key} has two columns of one key.")
    content = BytesIO()
    with ParquetWriter(content, schema, compression="zstd") as writer:
        for rows in _batches(table):
            arrays = [
                pa.array([column.convert(row[column.place]) for row in rows], column.field.type) for column in stored
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return content.getvalue()


def _batches(table: Table) -> Iterator[list[Row]]:
    rows = (checked(table, row) for row in table.rows)
    while batch := list(islice(rows, _ROWS)):
        yield batch


def _as_table(fields: Fields, words: Words) -> Table:
    columns = (Column("item", wording.ITEM), Column("value", wording.VALUE))
    rows = tuple((words.say(item.label), words.shown(item, item.value)) for item in fields.items)
    return Table("fields", columns, rows)


def _stored(column: Column, place: int, words: Words) -> Iterator[_Stored]:
    yield _Stored(pa.field(column.key, _TYPES[column.kind]), place, _known(_CONVERTERS[column.kind]))
    if column.kind in (CellKind.CODE, CellKind.CODES):
        yield _Stored(pa.field(f"{column.key}_label", pa.string()), place, _known(words.shower(column)))


def _known(convert: Callable[[Value], object]) -> Callable[[Value], object]:
    return lambda value: None if value is None else convert(value)


def _metadata(layout: Layout) -> dict[str, str]:
    known = {"known_at": layout.known_at.isoformat()} if layout.known_at else {}
    return {
        "report_id": layout.report_id,
        "title": layout.title,
        "as_of": layout.as_of.isoformat(),
        "area_name": layout.area_name,
        "language": layout.language,
        **known,
        **layout.properties,
    }


def _text(value: Value) -> str:
    return str(value)


def _count(value: Value) -> int:
    return int(str(value))


def _hundredths(value: Value) -> Decimal:
    return Decimal(str(value)).quantize(_CENT, ROUND_HALF_UP)


def _ratio(value: Value) -> float:
    return float(str(value))


def _day(value: Value) -> date:
    if isinstance(value, LooseDate):
        return value.on
    if isinstance(value, datetime):
        return local_moment(value).date()
    return value if isinstance(value, date) else parse_date(str(value)).on


_TYPES: Final = {
    CellKind.TEXT: pa.string(),
    CellKind.IDENTIFIER: pa.string(),
    CellKind.COUNT: pa.int64(),
    CellKind.DECIMAL: pa.decimal128(18, 2),
    CellKind.YUAN: pa.decimal128(18, 2),
    CellKind.RATIO: pa.float64(),
    CellKind.DAY: pa.date32(),
    CellKind.MONTH: pa.string(),
    CellKind.YES_NO: pa.bool_(),
    CellKind.CODE: pa.string(),
    CellKind.CODES: pa.list_(pa.string()),
}
_CONVERTERS: Final[dict[CellKind, Callable[[Value], object]]] = {
    CellKind.TEXT: _text,
    CellKind.IDENTIFIER: _text,
    CellKind.COUNT: _count,
    CellKind.DECIMAL: _hundredths,
    CellKind.YUAN: _hundredths,
    CellKind.RATIO: _ratio,
    CellKind.DAY: _day,
    CellKind.MONTH: month_of,
    CellKind.YES_NO: bool,
    CellKind.CODE: _text,
    CellKind.CODES: codes_in,
}
