"""The list of monitored households and their members (监测对象信息)."""

from collections.abc import Iterator
from typing import ClassVar, Final

from typing_extensions import override

from reports.catalogue.base import Choice, Picture, Theme, enter
from reports.catalogue.lists import PicturedList
from reports.definitions import monitoring as form
from reports.definitions.layout import CellKind, Column
from reports.definitions.pictured import Pictured
from reports.definitions.text import Text
from reports.enums import RowLevel
from reports.queries.pictured_columns import titled_columns

_CASE: Final = frozenset({"h", "monitoring"})
_CONDITIONS: Final = {
    form.AT_RISK: "h.is_monitored",
    form.REMOVED: "h.monitoring_state = 'removed'",
    form.ALL: "h.monitoring_state <> 'none'",
}
_MEASURES_OF: Final = (
    "ARRAY(SELECT split_part(one, ':', 2) FROM unnest(measures.codes) one"
    " WHERE split_part(one, ':', 1) = '{code}' ORDER BY 1)"
)
# What was checked at a removal counts once the risk was removed, and not before.
_REMOVED: Final = "monitoring.ended_on <= %(as_of)s"


@enter
class MonitoringList(PicturedList):
    """A row for each member of a monitored household. Source: export 监测对象信息 of the national system."""

    id: ClassVar = form.ID
    title: ClassVar = form.TITLE
    level: ClassVar = RowLevel.PERSON
    right: ClassVar = "reports.view_persons"
    theme: ClassVar = Theme.PERSONS
    choices: ClassVar = (Choice(form.WHICH, form.WHICH_LABEL, form.CHOICES),)
    has_sealed: ClassVar = True

    @override
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        return (
            *titled_columns(self.level, (*form.IDENTITY, *form.FACTS)),
            *_risks(),
            *titled_columns(self.level, form.INCOME),
            *_measures(),
            *titled_columns(self.level, form.END),
            *_after(),
        )

    @override
    def narrowed(self, picture: Picture) -> tuple[str, frozenset[str]]:
        return _CONDITIONS[picture.option(form.WHICH, form.AT_RISK)], frozenset({"h"})


def _risks() -> Iterator[Pictured]:
    yield _coded("risk_codes", form.RISKS, CellKind.CODES, "monitoring.risk_codes", "risk")
    yield _coded("disaster_code", form.DISASTER, CellKind.CODE, "monitoring.disaster_code", "natural_disaster")
    yield _coded("lead_channel_code", form.CHANNEL, CellKind.CODE, "monitoring.lead_channel_code", "lead_channel")


def _coded(key: str, label: Text, kind: CellKind, source: str, scheme: str) -> Pictured:
    return Pictured(Column(key, label, kind, 14, scheme=scheme), source, _CASE)


def _measures() -> Iterator[Pictured]:
    """Give a column for each kind of measure, with the measures of it that are under way on the day."""
    for code, label in form.MEASURES:
        column = Column(f"measures_{code}", label, CellKind.CODES, 14, scheme="measure")
        yield Pictured(column, _MEASURES_OF.format(code=code), frozenset({"h", "measures"}))
    column = Column("development", form.DEVELOPMENT, CellKind.CODE, 14, labels=form.DEVELOPMENT_LABELS)
    source = "CASE WHEN h.development_measure_count > 0 THEN 'yes' ELSE 'no' END"
    yield Pictured(column, source, frozenset({"h"}))


def _after() -> Iterator[Pictured]:
    for key, name, label in form.AFTER_COLUMNS:
        kind = CellKind.YES_NO if name.startswith("has_") else CellKind.YUAN
        source = f"CASE WHEN {_REMOVED} THEN monitoring.{name} END"
        if name.endswith("_year"):
            kind, source = CellKind.IDENTIFIER, f"CASE WHEN {_REMOVED} THEN monitoring.{name} END::text"
        yield Pictured(Column(key, label, kind, 12, group=form.AFTER), source, _CASE)
