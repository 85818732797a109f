"""Which column of the register a label of a form means.

First what the county said once, then the labels of sheets that offices exchange, then the names of the register's own
columns. What the register refuses to hold about a person is refused whatever anybody says.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from oneform.enums import ColumnUse
from oneform.models import FormAlias
from registry.lib.column_labels import Use, label_key, labels
from reports.definitions.pictured import Pictured
from reports.enums import RowLevel
from reports.queries.pictured_columns import columns_of

# Columns of a roster whose name in a picture does not follow from theirs.
_OTHERWISE: Final[Mapping[str, str]] = {
    "data_date": "data_day",
    "township_name": "township",
    "village_name": "village",
    "village_code": "division_code",
    "name": "person_name",
    "document_number": "person_document",
    "dropout_reason": "person_dropout_reason_code",
    "other_cause_1": "household_other_cause_codes",
    "household_kind": "household_kind",
    "monitoring_category": "household_monitoring_code",
    "monitored_on": "household_monitored_on",
    "risk_removed": "household_risk_removed",
    "risk_removed_on": "household_risk_removed_on",
    "starts_on": "person_starts_on",
}
# What a row of a household says of its head.
_OF_HEAD: Final[Mapping[str, str]] = {"name": "head_name", "document_number": "head_document"}
_ENDS: Final = ("", "_code", "_codes", "_yuan")
# Whose columns a heading of a roster may mean. A figure of the whole village is never that of a household or a person,
# nor the other way round: "劳动力" of a household is not the number of its village.
_TABLES: Final[Mapping[RowLevel, tuple[str, ...]]] = {
    RowLevel.PERSON: ("person", "household"),
    RowLevel.HOUSEHOLD: ("household",),
    RowLevel.VILLAGE: (),
}
# A picture keeps the day after the last; sheets mean the last one.
_OTHER_DAY: Final = frozenset({"income_until"})
# The unit behind a name says nothing else: 面积(亩), unlike 公益性岗位(月数).
_UNIT: Final = re.compile(r"\((元|亩|人|个|户|所|月|公里|度|m2)\)$")


@dataclass(frozen=True, slots=True)
class Match:
    """What becomes of a label: its use, and the key of the column that fills it."""

    use: ColumnUse
    column_key: str = ""


def matches_of(texts: Iterable[str], level: RowLevel) -> list[Match]:
    """Match the labels of a form, by one query."""
    wanted = [label_key(text)[:100] for text in texts]
    said = dict(
        FormAlias.objects.filter(level=level, label_key__in=wanted).values_list("label_key", "column_key").order_by()
    )
    return [_match(key, level, said) for key in wanted]


def is_refused(text: str) -> bool:
    """Tell whether the register refuses to hold what the label asks for. Source: registry/data/column_labels.csv."""
    label = labels().get(label_key(text))
    return label is not None and label.use is Use.REFUSED


def held_columns(level: RowLevel) -> dict[str, Pictured]:
    """Give the columns that may fill a form of the level."""
    return columns_of(level)


def _match(key: str, level: RowLevel, said: Mapping[str, str]) -> Match:
    if is_refused(key):
        return Match(ColumnUse.REFUSED)
    held = held_columns(level)
    found = said[key] if key in said else _labelled(level).get(key, "")
    return Match(ColumnUse.HELD, found) if found in held else Match(ColumnUse.BY_HAND)


@cache
def _labelled(level: RowLevel) -> dict[str, str]:
    """Give the columns by the labels known: the register's own, and over them those of exchanged sheets."""
    named = [(label_key(column.column.label.zh), key) for key, column in held_columns(level).items()]
    if level != RowLevel.VILLAGE:
        named = [(label, key) for label, key in named if not key.startswith("village_")]
    own: dict[str, str] = {}
    for label, key in [*named, *((_UNIT.sub("", label), key) for label, key in named)]:
        own.setdefault(label, key)
    exchanged = {key: _column(label.column, level) for key, label in labels().items() if label.column}
    return own | {key: found for key, found in exchanged.items() if found}


def _column(name: str, level: RowLevel) -> str:
    """Give the key in a picture of a roster's column; empty where a row of the level has no such column."""
    if name in _OTHER_DAY:
        return ""
    held = held_columns(level)
    names = [_OF_HEAD.get(name, "") if level == RowLevel.HOUSEHOLD else "", _OTHERWISE.get(name, ""), name]
    names += [f"{table}_{name}{end}" for table in _TABLES[level] for end in _ENDS]
    return next((one for one in names if one in held), "")
