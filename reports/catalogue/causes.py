"""The causes table (致贫原因情况统计表): households and their share by division and cause."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from typing_extensions import override

from registry.domain.codes import code_list
from reports.catalogue.base import Choice, Picture, Theme, enter
from reports.catalogue.lists import PicturedReport
from reports.catalogue.roster import HouseholdRoster
from reports.catalogue.totals import DEPTH, VILLAGE_RIGHT, Sums, division_table, share
from reports.definitions import causes as form
from reports.definitions import lists as words
from reports.definitions import wording
from reports.definitions.chart import Chart, ChartKind, Series
from reports.definitions.layout import CellKind, Column, Sheet, Table, Value
from reports.definitions.pictured import Condition, Operator
from reports.definitions.text import Language, Text
from reports.enums import RowLevel
from reports.queries.pictured import Listing, counts_by
from reports.queries.pictured_columns import columns_of

_CONDITIONS: Final = {
    "filed": "h.stock <> ''",
    "not_lifted": "h.stock = 'not_lifted'",
    "lifted": "h.stock = 'lifted'",
    "monitored": "h.is_monitored",
}
_MAIN: Final = ("h.main_cause_code",)
# A household without another cause counts under none, one with two under each.
_OTHER: Final = ("unnest(CASE WHEN cardinality(h.other_cause_codes) = 0 THEN ARRAY[''] ELSE h.other_cause_codes END)",)
# What the figures of each of the two tables count.
_COLUMNS: Final = {"main": "household_main_cause_code", "other": "household_other_cause_codes"}
_VILLAGE: Final = "h.village_code"


@enter
class CausesTable(PicturedReport):
    """Households by main cause, and by other causes, of each division. Source: 致贫原因情况统计表."""

    id: ClassVar = form.ID
    title: ClassVar = form.TITLE
    right: ClassVar = "reports.view_area"
    village_right: ClassVar = VILLAGE_RIGHT
    depth_right: ClassVar = "reports.view_village_causes"
    theme: ClassVar = Theme.PERSONS
    holds_persons: ClassVar = False
    choices: ClassVar = (Choice(form.WHICH, form.WHICH_LABEL, form.CHOICES), DEPTH)
    list_id: ClassVar = "household-roster"

    @override
    def sheets(self, picture: Picture, *, title: str, language: Language) -> Iterable[Sheet]:
        households = {code: int(count) for code, count in counts_by(self._listing(picture), [_VILLAGE], ["count(*)"])}
        notes = tuple(self.notes(picture, language))
        for key, name, expressions, empty, further in (
            ("main", form.MAIN, _MAIN, wording.NOT_STATED, ()),
            ("other", form.OTHER, _OTHER, form.NONE, (form.OTHER_NOTE.in_language(language),)),
        ):
            found = counts_by(self._listing(picture), [_VILLAGE, *expressions], ["count(*)"])
            table = _table(key, picture, households, found, empty)
            heading = f"{title}（{name.in_language(language)}）"
            charts = (_bars(table, heading, language),) if table.total is not None else ()
            yield Sheet(key, name, heading, (table,), words.UNIT_HOUSEHOLDS, (*notes, *further), charts=charts)

    @override
    def behind(self, picture: Picture, table_key: str, column_key: str) -> Listing | None:
        which = picture.option(form.WHICH, "filed")
        roster = HouseholdRoster().listing(replace(picture, options=((form.WHICH, which),)))
        roster = replace(roster, narrowed=_CONDITIONS[which], joins=frozenset({"h"}))
        if column_key == "households":
            return roster
        if not column_key.startswith("cause_") or column_key.endswith("_ratio"):
            return None
        code = column_key.removeprefix("cause_")
        column = columns_of(RowLevel.HOUSEHOLD)[_COLUMNS[table_key]]
        condition = (
            Condition(column.key, Operator.EMPTY) if code == "none" else Condition(column.key, Operator.IS, (code,))
        )
        return replace(roster, conditions=((column, condition),))

    def _listing(self, picture: Picture) -> Listing:
        return Listing(
            level=RowLevel.HOUSEHOLD,
            snapshot_id=self.snapshot(picture),
            area_code=picture.area_code,
            as_of=picture.as_of,
            narrowed=_CONDITIONS[picture.option(form.WHICH, "filed")],
        )


def _table(
    key: str, picture: Picture, households: dict[str, int], found: Sequence[tuple[Any, ...]], empty: Text
) -> Table:
    """Lay out households by cause; a code that the list of the day does not hold keeps a column of its own."""
    entries = code_list("poverty_cause", on=picture.as_of).entries
    labels = {code: Text(entry.label_zh, entry.label_en) for code, entry in entries.items()}
    met = {cause for _code, cause, _count in found}
    causes = [*labels, *sorted(met - set(labels) - {""}), *([""] if "" in met else [])]
    counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for code, cause, count in found:
        counted[code][cause] = int(count)
    sums = {code: (whole, *(counted[code].get(cause, 0) for cause in causes)) for code, whole in households.items()}
    return division_table(key, picture, _columns(causes, {**labels, "": empty}), sums, _line)


def _bars(table: Table, title: str, language: Language) -> Chart:
    """Draw the causes of the whole area: a bar for each, in the order of the table."""
    total = table.total or ()
    counted = [
        (column.group.in_language(language), value)
        for column, value in zip(table.columns, total, strict=True)
        if column.group is not None and column.kind == CellKind.COUNT and isinstance(value, int)
    ]
    return Chart(
        key=f"causes_{table.key}",
        kind=ChartKind.BARS,
        title=title,
        labels=tuple(label for label, _value in counted),
        series=(Series(wording.HOUSEHOLDS, tuple(float(value) for _label, value in counted)),),
        unit=wording.CHART_AXIS,
        description=Text("各类致贫原因户数柱状图", "Bars: households by cause"),
    )


def _columns(causes: Sequence[str], labels: dict[str, Text]) -> list[Column]:
    columns = [Column("households", form.HOUSEHOLDS, CellKind.COUNT, 10)]
    for cause in causes:
        group = labels.get(cause, Text(cause, cause))
        name = cause or "none"
        columns.append(Column(f"cause_{name}", wording.HOUSEHOLDS, CellKind.COUNT, 8, group))
        columns.append(Column(f"cause_{name}_ratio", wording.SHARE, CellKind.RATIO, 9, group))
    return columns


def _line(sums: Sums) -> tuple[Value, ...]:
    whole, *counts = sums
    cells: list[Value] = [whole]
    for count in counts:
        cells += [count, share(count, whole)]
    return tuple(cells)
