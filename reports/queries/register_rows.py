"""Rows of statements over the register, read in chunks within the scope of the reader, as known at a moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from households.queries.visibility import households_visible_to, sees_villages_whole
from periods.queries.known import known_sql
from registry.lib.gbcode import subtree
from registry.tenancy.context import Actor

_CHUNK: Final = 2000
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement over the register with the tables that it reads, by which it can be read as known at a moment."""

    text: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a statement is asked: its values by name, and the moment of knowing (None: now)."""

    values: Values
    known_at: datetime | None = None

    def beside(self, **more: object) -> "Asked":
        """Give the same with further values."""
        return Asked({**self.values, **more}, self.known_at)


def asked_of(
    day: date,
    area_code: str,
    *,
    actor: Actor,
    household_id: UUID | None = None,
    known_at: datetime | None = None,
) -> Asked:
    """Give what a statement is asked about a day, in an area or of one household; a helper has only the paired ones."""
    within = subtree(area_code)
    narrowed = None if sees_villages_whole(actor) else list(households_visible_to(actor).values_list("id", flat=True))
    values = {
        "tenant": actor.tenant_id,
        "day": day,
        "year": day.year,
        "lo": within.lo,
        "hi": within.hi,
        "household": household_id,
        "visible": narrowed,
    }
    return Asked(values, known_at)


def rows_of(statement: Statement, asked: Asked) -> Iterator[dict[str, Any]]:
    """Read the rows of a statement one after the other, by the names of its columns; never all at once."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_as_known(statement, asked), asked.values)
        names = [column.name for column in cursor.description]
        while chunk := cursor.fetchmany(_CHUNK):
            for row in chunk:
                yield dict(zip(names, row, strict=True))


def all_rows(statement: Statement, asked: Asked) -> list[dict[str, Any]]:
    """Read the rows of a statement that can only be few: of a village, or of one household."""
    return list(rows_of(statement, asked))


def sums_of(statement: Statement, names: tuple[str, ...], asked: Asked) -> dict[str, Decimal | int | None]:
    """Add up columns of a statement."""
    added = ", ".join(f'coalesce(sum("{name}"), 0) AS "{name}"' for name in names)
    whole = Statement(f"SELECT {added} FROM ({statement.text}) AS rows", statement.tables)  # noqa: S608  (our constants)
    (row,) = all_rows(whole, asked)
    return row


def _as_known(statement: Statement, asked: Asked) -> str:
    return known_sql(statement.text, known_at=asked.known_at)
