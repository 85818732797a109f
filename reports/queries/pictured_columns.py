"""The columns that lists of households, persons and villages may have, read from the tables of a picture.

A column that the picture gains is offered by itself, under the name and in the languages of its field.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import override

from periods.models import FrozenHousehold, FrozenPerson, FrozenVillage
from reports.definitions.layout import CellKind, Column
from reports.definitions.pictured import (
    COUNTY,
    DATA_DAY,
    DOCUMENT,
    LABELS,
    PHONE,
    SCHEMES,
    SEQUENCE,
    TOWNSHIP,
    VILLAGE,
    VILLAGE_SCHEMES,
    Pictured,
)
from reports.definitions.text import Text
from reports.enums import RowLevel

_LEFT_OUT: Final = frozenset(
    {"id", "tenant", "scope_code", "snapshot", "household_id", "person_id", "village_id", "head_person_id"}
    | {"village_code", "stock", "is_placeholder"}
)
_MODELS: Final[dict[str, type[models.Model]]] = {"h": FrozenHousehold, "p": FrozenPerson, "v": FrozenVillage}
_PREFIX: Final = {"h": "household", "p": "person", "v": "village"}
# Which tables stand behind a row of each level.
TABLES: Final = {
    RowLevel.PERSON: ("p", "h", "v"),
    RowLevel.HOUSEHOLD: ("h", "v"),
    RowLevel.VILLAGE: ("v",),
}


@cache
def columns_of(level: RowLevel) -> dict[str, Pictured]:
    """Give the columns of a level by their key, in the order in which they are offered."""
    found = [*_divisions(), *(column for table in TABLES[level] for column in _of_table(table))]
    return {column.key: column for column in found}


def titled_columns(level: RowLevel, headings: Iterable[tuple[str, str, str]]) -> tuple[Pictured, ...]:
    """Give the columns of an official form: each key under its heading there, in Chinese and English.

    Raises: KeyError for a column that the picture does not have, a programming error.
    """
    known = columns_of(level)
    return tuple(known[key].titled(zh, en) for key, zh, en in headings)


def _divisions() -> Iterator[Pictured]:
    yield _derived(SEQUENCE, Text("序号", "No."), CellKind.COUNT, 6)
    yield _derived(DATA_DAY, Text("数据日期", "Date of the data"), CellKind.DAY, 12)
    yield _derived(COUNTY, Text("县", "County"), CellKind.TEXT, 12)
    yield _derived(TOWNSHIP, Text("乡", "Township"), CellKind.TEXT, 12)
    yield _derived(VILLAGE, Text("行政村", "Village"), CellKind.TEXT, 12)
    yield Pictured(
        Column("division_code", Text("行政编码", "Division code"), CellKind.IDENTIFIER, 15), "{base}.village_code"
    )


def _derived(key: str, label: Text, kind: CellKind, width: int) -> Pictured:
    return Pictured(Column(key, label, kind, width), derived=key)


def _of_table(table: str) -> Iterator[Pictured]:
    yield from _IDENTITY.get(table, ())
    for field in _MODELS[table]._meta.concrete_fields:
        if field.name not in _LEFT_OUT and not field.name.endswith("_precision"):
            yield _of_field(table, field)


def _of_field(table: str, field: "models.Field[Any, Any]") -> Pictured:
    name, joins = field.name, frozenset({table})
    schemes = VILLAGE_SCHEMES if table == "v" else SCHEMES
    kind, source = _kind(field, schemes), f"{table}.{name}"
    column = Column(
        f"{_PREFIX[table]}_{name}",
        _label(field),
        kind,
        _WIDTHS.get(kind, 12),
        scheme=schemes.get(name, ""),
        labels=LABELS.get(name, {}),
    )
    precision = f"{name.removesuffix('_on')}_precision"
    if any(other.name == precision for other in _MODELS[table]._meta.concrete_fields):
        return Pictured(column, _written(source, f"{table}.{precision}"), joins, source, is_loose=True)
    if name == "year" or name.endswith("_year"):
        return Pictured(_as_text(column), f"{source}::text", joins, source, CellKind.COUNT)
    return Pictured(column, source, joins)


def _as_text(column: Column) -> Column:
    return Column(column.key, column.label, CellKind.IDENTIFIER, 10)


def _written(source: str, precision: str) -> str:
    """Write a day as exactly as it is known: 2017-12, or 2017-12-01."""
    return f"to_char({source}, CASE WHEN {precision} = 'month' THEN 'YYYY-MM' ELSE 'YYYY-MM-DD' END)"


def _kind(field: "models.Field[Any, Any]", schemes: dict[str, str]) -> CellKind:
    if isinstance(field, ArrayField):
        return CellKind.CODES
    if field.name in schemes or field.name in LABELS:
        return CellKind.CODE
    if isinstance(field, models.DecimalField):
        return CellKind.YUAN if field.name.endswith("_yuan") else CellKind.DECIMAL
    if isinstance(field, models.CharField):
        return CellKind.IDENTIFIER if field.name == "number" or field.name.endswith("_code") else CellKind.TEXT
    return next(kind for of, kind in _KINDS.items() if isinstance(field, of))


_KINDS: "Final[dict[type[models.Field[Any, Any]], CellKind]]" = {
    models.BooleanField: CellKind.YES_NO,
    models.DateField: CellKind.DAY,
    models.IntegerField: CellKind.COUNT,
}


def _label(field: "models.Field[Any, Any]") -> Text:
    """Give the field's own name in both languages: it is the concept's, and translated once."""
    with override("zh-hans"):
        zh = str(field.verbose_name)
    with override("en"):
        return Text(zh, str(field.verbose_name))


_WIDTHS: Final = {CellKind.IDENTIFIER: 20, CellKind.CODE: 14, CellKind.CODES: 16, CellKind.YES_NO: 8}


def _whose(key: str, zh: str, en: str, source: str, *joins: str, sealed: str = "") -> Pictured:
    """Describe a column that tells who somebody is, read from the register of now."""
    kind = CellKind.IDENTIFIER if sealed else CellKind.TEXT
    width = {DOCUMENT: 22, PHONE: 14}.get(sealed, 10)
    column = Column(key, Text(zh, en), kind, width)
    return Pictured(column, source, frozenset(joins), sealed=sealed, is_identity=True)


_IDENTITY: Final[dict[str, tuple[Pictured, ...]]] = {
    "p": (
        _whose("person_name", "姓名", "Name", "who.name", "who"),
        _whose("person_document", "证件号码", "Document number", "who.document_sealed", "who", sealed=DOCUMENT),
        _whose("person_phone", "人联系电话", "Telephone of the person", "who.phone_sealed", "who", sealed=PHONE),
    ),
    "h": (
        _whose("head_name", "户主姓名", "Name of the head", "head.name", "h", "head"),
        _whose(
            "head_document",
            "户主证件号码",
            "Document number of the head",
            "head.document_sealed",
            "h",
            "head",
            sealed=DOCUMENT,
        ),
        _whose(
            "household_phone",
            "户联系电话",
            "Telephone of the household",
            "home.phone_sealed",
            "h",
            "home",
            sealed=PHONE,
        ),
        # 是 once the risk is removed, 否 while it is not, empty for a household that is not monitored.
        Pictured(
            Column("household_risk_removed", Text("风险是否消除", "Risk removed"), CellKind.YES_NO, 8),
            "CASE WHEN h.monitoring_state = 'removed' THEN true WHEN h.monitoring_state <> 'none' THEN false END",
            frozenset({"h"}),
        ),
        # 户类型 of exports knows no returned household: it is a poor one again. Source: list `household_kind`.
        Pictured(
            Column("household_kind", Text("户类型", "Kind of household"), CellKind.CODE, 12, scheme="household_kind"),
            "CASE WHEN h.status = 'returned' THEN 'filed' ELSE h.status END",
            frozenset({"h"}),
        ),
    ),
}
