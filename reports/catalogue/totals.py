"""Figures by division: sums of villages, laid out as lines of townships and villages above the total of the area."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from registry.lib.gbcode import Level, ancestor_at, level_of
from reports.catalogue import base
from reports.catalogue.base import BY_VILLAGE, Choice, Picture
from reports.definitions import wording
from reports.definitions.chart import Chart, ChartKind, Series
from reports.definitions.layout import CellKind, Column, Table, Value
from reports.definitions.text import Text
from reports.queries.pictured import names_of_divisions

TOWNSHIPS: Final = "township"
VILLAGES: Final = BY_VILLAGE
DEPTH: Final = Choice(
    base.DEPTH,
    Text("统计到", "Down to"),
    ((TOWNSHIPS, Text("乡镇", "Townships")), (VILLAGES, Text("行政村", "Villages"))),
)
VILLAGE_RIGHT: Final = "reports.view_villages"
DIVISION: Final = (
    Column("division_code", wording.DIVISION_CODE, CellKind.IDENTIFIER, 15),
    Column("division", wording.DIVISION, CellKind.TEXT, 18),
)
Sums = tuple[int, ...]
_FOUR_PLACES: Final = Decimal("0.0001")


def share(part: int, whole: int) -> Decimal | None:
    """Give a part of a whole, none of nothing. Units: 0 to 1, rounded half up to four places."""
    return (Decimal(part) / Decimal(whole)).quantize(_FOUR_PLACES, ROUND_HALF_UP) if whole else None


def division_table(
    key: str,
    picture: Picture,
    columns: Iterable[Column],
    by_village: Mapping[str, Sums],
    line: Callable[[Sums], tuple[Value, ...]],
    *,
    title: Text | None = None,
) -> Table:
    """Lay out sums of villages as a table of divisions; `line` turns the sums of a division into its cells.

    The lines are the townships of the area, with the villages below them where the picture's choice says so; an area
    that is a village has its own line. The total is that of the area: every village counts in it once.
    """
    names = names_of_divisions().by_code
    lines = [(code, sums) for code, sums in _lines(picture, by_village)]
    total = _sum(by_village.values()) if by_village else None
    return Table(
        key=key,
        columns=(*DIVISION, *columns),
        rows=[(code, names.get(code, code), *line(sums)) for code, sums in lines],
        total=None if total is None else (picture.area_code, names.get(picture.area_code, ""), *line(total)),
        title=title,
        division_key="division_code",
    )


def bars_of(table: Table, column_key: str, *, title: str, unit: Text) -> Chart:
    """Draw a column of a table of divisions: a bar for each of its lines, villages too where they stand there."""
    place = next(number for number, column in enumerate(table.columns) if column.key == column_key)
    label, rows = table.columns[place].label, list(table.rows)
    return Chart(
        key=f"{table.key}_{column_key}",
        kind=ChartKind.BARS,
        title=title,
        labels=tuple(str(row[1]) for row in rows),
        series=(Series(label, tuple(_number(row[place]) for row in rows)),),
        unit=unit,
        description=Text(f"各行政区划{label.zh}柱状图", f"Bars by division: {label.en}"),
    )


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | Decimal) else None


def _lines(picture: Picture, by_village: Mapping[str, Sums]) -> Iterator[tuple[str, Sums]]:
    is_village = level_of(picture.area_code) == Level.VILLAGE
    with_villages = is_village or picture.option(DEPTH.key) == VILLAGES
    townships: dict[str, list[str]] = {}
    for code in sorted(by_village):
        townships.setdefault(ancestor_at(code, Level.TOWNSHIP), []).append(code)
    for township, villages in townships.items():
        if not is_village:
            yield township, _sum(by_village[code] for code in villages)
        if with_villages:
            yield from ((code, by_village[code]) for code in villages)


def _sum(lines: Iterable[Sums]) -> Sums:
    return tuple(map(sum, zip(*lines, strict=True)))
