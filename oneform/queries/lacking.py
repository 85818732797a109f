"""The households of a village in which the register lacks what a form asks for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Final
from uuid import UUID

from oneform.models import FormPart, FormRequest
from oneform.queries.forms import is_empty, listing_of
from reports.definitions.layout import CellKind, Column, Row
from reports.definitions.pictured import Pictured
from reports.definitions.text import Text
from reports.enums import RowLevel
from reports.queries.pictured import rows_of

MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Lacking:
    """A household, by its number, and the keys of the columns that are empty for it or for one of its members.

    The line of a village, in a form about villages, has no household.
    """

    household_id: UUID | None
    number: str
    column_keys: tuple[str, ...]


def lacking_in(form: FormRequest, part: FormPart) -> list[Lacking]:
    """Give the first households of a part with an empty cell that the register could fill, by one statement.

    They are those of the snapshot that was counted: none where it is gone.
    """
    if form.picture_id is None or form.counted_of is None:
        return []
    listing = listing_of(form, form.picture_id, form.counted_of, area_code=part.village_code)
    asked = {column.key: column for column in listing.columns if not column.derived}
    if not asked:
        return []
    either = " OR ".join(f"({is_empty(column)})" for column in asked.values())
    lacked = replace(
        listing,
        columns=(*_whose(listing.level), *(_lacks(column) for column in asked.values())),
        narrowed=f"({listing.narrowed}) AND ({either})" if listing.narrowed else f"({either})",
        joins=listing.joins.union(*(column.joins for column in asked.values())),
    )
    return list(islice(_by_household(rows_of(lacked), tuple(asked)), MOST_SHOWN))


def _whose(level: RowLevel) -> tuple[Pictured, Pictured]:
    if level == RowLevel.VILLAGE:
        return _plain("id", "NULL"), _plain("number", "v.village_code")
    return _plain("id", "h.household_id"), _plain("number", "h.number")


def _plain(key: str, source: str) -> Pictured:
    return Pictured(Column(key, Text("", ""), CellKind.TEXT), source)


def _lacks(column: Pictured) -> Pictured:
    return _plain(column.key, f"({is_empty(column)})")


def _by_household(rows: Iterator[Row], keys: tuple[str, ...]) -> Iterator[Lacking]:
    """Put the rows of the members of a household together: they stand side by side."""
    for (household_id, number), found in groupby(rows, key=lambda row: row[:2]):
        members = list(found)
        lacked = [key for place, key in enumerate(keys, start=2) if any(row[place] for row in members)]
        yield Lacking(
            household_id if isinstance(household_id, UUID) else None,
            str(number),
            tuple(lacked),
        )
