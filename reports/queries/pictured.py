"""Read a list from a picture: one statement, streamed, in the area asked for and never beyond the scope.

The rows of a picture carry their village, and row-level security cuts them. Names, documents and telephones are those
of the register as it is now: of who lies outside the scope by now nothing is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, Final
from uuid import UUID

from django.db import connection

from periods.queries.known import known_sql
from registry.crypto import Purpose, unseal
from registry.lib.gbcode import Level, ancestor_at, level_of, subtree
from registry.lib.periods import LooseDate, Precision
from registry.lib.text import masked_document, masked_phone
from registry.models import Tenant
from registry.queries.divisions import division_names
from registry.tenancy.context import current_tenant_id
from registry.tenancy.database import joined_in_memory
from reports.definitions import pictured as kinds
from reports.definitions.layout import Row, Value
from reports.definitions.pictured import Condition, Pictured
from reports.enums import RowLevel
from reports.queries.pictured_values import bound
from villages.models import Village

AT_ONCE: Final = 2_000
BASE: Final = {RowLevel.PERSON: "p", RowLevel.HOUSEHOLD: "h", RowLevel.VILLAGE: "v"}
_TABLE: Final = {"p": "periods_frozenperson", "h": "periods_frozenhousehold", "v": "periods_frozenvillage"}
_JOINS: Final[dict[str, str]] = {
    "h": "JOIN periods_frozenhousehold h ON h.tenant_id = {base}.tenant_id AND h.snapshot_id = {base}.snapshot_id"
    " AND h.household_id = {base}.household_id",
    "v": "LEFT JOIN periods_frozenvillage v ON v.tenant_id = {base}.tenant_id AND v.snapshot_id = {base}.snapshot_id"
    " AND v.village_code = {base}.village_code",
    "who": "LEFT JOIN households_person who ON who.tenant_id = {base}.tenant_id AND who.id = {base}.person_id",
    "head": "LEFT JOIN households_person head ON head.tenant_id = h.tenant_id AND head.id = h.head_person_id",
    "home": "LEFT JOIN households_household home ON home.tenant_id = h.tenant_id AND home.id = h.household_id",
    # The latest case that was confirmed by the day.
    "monitoring": "LEFT JOIN (SELECT DISTINCT ON (household_id) * FROM dossiers_monitoringcase"
    " WHERE tenant_id = %(tenant)s AND confirmed_on <= %(as_of)s"
    " ORDER BY household_id, confirmed_on DESC, id DESC) monitoring"
    " ON monitoring.household_id = h.household_id",
    # What was begun by the day and had not ended; the kind alone where no measure of it is named.
    "measures": "LEFT JOIN (SELECT household_id, array_agg(DISTINCT category_code || ':' ||"
    " coalesce(nullif(item_code, ''), category_code)) AS codes FROM assistance_measure WHERE tenant_id = %(tenant)s"
    " AND coalesce(starts_on, '-infinity') <= %(as_of)s AND coalesce(ends_on, 'infinity') > %(as_of)s"
    " GROUP BY household_id) measures ON measures.household_id = h.household_id",
    # What is due and not received, by the register as it is now.
    "finding": "JOIN entitlements_entitlementfinding finding ON finding.tenant_id = h.tenant_id"
    " AND finding.household_id = h.household_id AND finding.kind = 'due_not_received'",
    "due": "LEFT JOIN households_person due ON due.tenant_id = finding.tenant_id AND due.id = finding.person_id",
}
# Tables of the register that a list reads as they were known when the picture was taken.
_KNOWN: Final = {"monitoring": "dossiers_monitoringcase", "measures": "assistance_measure"}
# Village by village, household by household, the head first: as offices read a roster.
_ORDER: Final = {
    RowLevel.PERSON: ("p.village_code", "h.number", "p.relation_code", "p.number", "p.person_id"),
    RowLevel.HOUSEHOLD: ("h.village_code", "h.number", "h.household_id"),
    RowLevel.VILLAGE: ("v.village_code",),
}
_NEEDED: Final = {RowLevel.PERSON: ("h",), RowLevel.HOUSEHOLD: (), RowLevel.VILLAGE: ()}
_PURPOSES: Final = {kinds.DOCUMENT: Purpose.DOCUMENT, kinds.PHONE: Purpose.PHONE}
_MASKS: Final = {kinds.DOCUMENT: masked_document, kinds.PHONE: masked_phone}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a picture: which rows of which area, in what order, with which columns.

    `narrowed` is a condition of a report's own in SQL over the tables `joins`, with its `places`; `conditions` are
    those that people chose. What a list reads of the register beside the picture is read as known at `known_at`, but
    for names, documents and telephones. `is_revealed` says that sealed values stand there in full.
    """

    level: RowLevel
    snapshot_id: UUID
    area_code: str
    as_of: date
    columns: tuple[Pictured, ...] = ()
    conditions: tuple[tuple[Pictured, Condition], ...] = ()
    narrowed: str = ""
    joins: frozenset[str] = frozenset()
    places: Mapping[str, Any] = field(default_factory=dict)
    known_at: datetime | None = None
    order: tuple[str, ...] = ()
    is_revealed: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the divisions that lists show."""

    by_code: Mapping[str, str]

    def of(self, code: str, level: Level) -> str:
        """Give the name of the division of that level above a village; the code of one that no list names."""
        above = ancestor_at(code, level)
        return self.by_code.get(above, above)


def names_of_divisions() -> Names:
    """Name the county, its townships and its villages: two queries, whatever the length of the list."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    villages = dict(Village.objects.values_list("code", "name"))
    townships = {ancestor_at(code, Level.TOWNSHIP) for code in villages}
    return Names({**division_names(townships), **villages, tenant.code: tenant.name})


def rows_of(listing: Listing, *, most: int | None = None) -> Iterator[Row]:
    """Give the rows of a list as they stand in its columns; a hundred thousand never lie in memory.

    Asked for inside the scope and read there too. `most` ends the list after so many.
    """
    statement, places = _select(listing, [_selected(column, listing) for column in listing.columns], most=most)
    makers = _makers(listing)
    in_memory = level_of(listing.area_code) != Level.VILLAGE and most is None
    for found in _stream(statement, places, in_memory=in_memory):
        yield tuple(make(value) for make, value in zip(makers, found, strict=True))


def count_of(listing: Listing) -> int:
    """Count the rows of a list."""
    statement, places = _select(listing, ["count(*)"], is_ordered=False)
    with connection.cursor() as cursor:
        cursor.execute(statement, places)
        return int(cursor.fetchone()[0])


def counts_by(listing: Listing, expressions: Sequence[str], measures: Sequence[str]) -> list[tuple[Any, ...]]:
    """Give sums (`measures`) over the rows of a list by the values of expressions, in their order."""
    statement, places = _select(listing, [*expressions, *measures], is_ordered=False)
    keys = ", ".join(str(number) for number in range(1, len(expressions) + 1))
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} GROUP BY {keys} ORDER BY {keys}" if keys else statement, places)
        return list(cursor.fetchall())


def _select(
    listing: Listing, expressions: Iterable[str], *, most: int | None = None, is_ordered: bool = True
) -> tuple[str, dict[str, Any]]:
    """Write the statement with its values under names."""
    base, area = BASE[listing.level], subtree(listing.area_code)
    places: dict[str, Any] = {
        "tenant": current_tenant_id(),
        "snapshot": listing.snapshot_id,
        "lo": area.lo,
        "hi": area.hi,
        "as_of": listing.as_of,
        **listing.places,
    }
    wheres = [
        f"{base}.tenant_id = %(tenant)s",
        f"{base}.snapshot_id = %(snapshot)s",
        f"{base}.village_code >= %(lo)s AND {base}.village_code < %(hi)s",
        *([f"({listing.narrowed})"] if listing.narrowed else []),
    ]
    for number, (column, condition) in enumerate(listing.conditions):
        text, values = bound(column, condition, f"value_{number}")
        wheres.append(text)
        places |= values
    order = ", ".join((*listing.order, *_ORDER[listing.level])) if is_ordered else ""
    text = (
        f"SELECT {', '.join(expressions)} FROM {_TABLE[base]} {base} {_joined(listing, base)} "  # noqa: S608  (ours)
        f"WHERE {' AND '.join(wheres)}"
        + (f" ORDER BY {order}" if order else "")
        + (f" LIMIT {int(most)}" if most is not None else "")
    )
    read = sorted({_KNOWN[name] for name in _wanted(listing) if name in _KNOWN})
    return known_sql(text.replace("{base}", base), known_at=listing.known_at if read else None, tables=read), places


def _wanted(listing: Listing) -> set[str]:
    wanted = {*_NEEDED[listing.level], *listing.joins}
    for column in (*listing.columns, *(column for column, _condition in listing.conditions)):
        wanted |= column.joins
    return wanted


def _joined(listing: Listing, base: str) -> str:
    wanted = _wanted(listing)
    return " ".join(text.format(base=base) for name, text in _JOINS.items() if name in wanted and name != base)


def _selected(column: Pictured, listing: Listing) -> str:
    return f"{BASE[listing.level]}.village_code" if column.derived else column.source


def _stream(statement: str, places: Mapping[str, Any], *, in_memory: bool) -> Iterator[tuple[Any, ...]]:
    """Read by a cursor of the server, so that no process holds the whole answer.

    A village is found by its rows; what is more is joined in memory, whatever statistics a new picture has yet.
    """
    current_tenant_id()
    with connection.chunked_cursor() as cursor:
        with joined_in_memory() if in_memory else nullcontext():
            cursor.execute(statement, places)
        while found := cursor.fetchmany(AT_ONCE):
            yield from found


# --- from what is read to what is shown -------------------------------------------------------------------------------
_Maker = Callable[[Any], Value]
_LEVELS: Final = {kinds.COUNTY: Level.COUNTY, kinds.TOWNSHIP: Level.TOWNSHIP, kinds.VILLAGE: Level.VILLAGE}


def _makers(listing: Listing) -> list[_Maker]:
    """Give for each column what turns the value read into the value shown; a running number counts for itself."""
    names = names_of_divisions() if any(column.derived in _LEVELS for column in listing.columns) else Names({})
    return [_maker(column, listing, names) for column in listing.columns]


def _maker(column: Pictured, listing: Listing, names: Names) -> _Maker:
    if column.derived == kinds.SEQUENCE:
        numbers = count(1)
        return lambda _value: next(numbers)
    if column.derived == kinds.DATA_DAY:
        return lambda _value: listing.as_of
    if column.derived:
        level = _LEVELS[column.derived]
        return lambda code: names.of(code, level)
    if column.sealed:
        return _opener(column.sealed, is_revealed=listing.is_revealed)
    return _loose if column.is_loose else _plain


def _opener(sealed: str, *, is_revealed: bool) -> _Maker:
    """Show a sealed value as its mask, or in full where the asker may and gave a reason."""
    purpose, mask, tenant_id = _PURPOSES[sealed], _MASKS[sealed], current_tenant_id()

    def shown(value: Any) -> Value:  # noqa: ANN401  (as the database gives it)
        if value is None:
            return None
        text = unseal(value, purpose, tenant_id=tenant_id)
        return text if is_revealed else mask(text)

    return shown


def _loose(value: str | None) -> Value:
    """Read a day as the statement writes it, as exactly as it is known."""
    if value is None:
        return None
    is_month = len(value) == len("2020-12")
    return LooseDate(
        date.fromisoformat(f"{value}-01" if is_month else value), Precision.MONTH if is_month else Precision.DAY
    )


def _plain(value: Any) -> Value:  # noqa: ANN401  (as the database gives it)
    if isinstance(value, list):
        return ",".join(value) or None
    plain: Value = None if value == "" else value
    return plain
