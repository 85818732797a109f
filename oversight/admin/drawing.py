"""Charts of an area, and its figures as people read them."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oversight.definitions.tables import CAUSES_KEY, STOCK_LABELS, Figure, FigureColumn, Subject
from oversight.queries.published import AreaLine, PublishedPeriod
from oversight.queries.tables import AreaTable
from registry.admin.charts import BarChart, LineChart, Mark, Series
from reports.definitions.layout import CellKind
from reports.definitions.text import Language, Text, language_of

EMPTY = "–"
Link = Callable[[str], str]
Trend = Sequence[tuple[PublishedPeriod, AreaLine]]


def reading() -> Language:
    """Give the language of the page."""
    return language_of(get_language() or "")


def words(text: Text) -> str:
    """Give a wording in the language of the page."""
    return text.in_language(reading())


def written(value: Figure, kind: CellKind) -> str:
    """Write a figure as offices do; what is not known, or withheld, is a dash."""
    if value is None:
        return EMPTY
    if kind == CellKind.RATIO:
        return f"{Decimal(value) * 100:.1f} %"
    return f"{value:,.2f}" if kind in {CellKind.DECIMAL, CellKind.YUAN} else f"{value:,}"


def bars_of(table: AreaTable, link: Link) -> BarChart | None:
    """Draw what lies below by the leading column of the table; of causes, the causes of the division itself."""
    if table.subject.key == CAUSES_KEY:
        return _bars_of_causes(table)
    column = next(one for one in table.columns if one.key == table.subject.lead)
    place = table.columns.index(column)
    marks = [Mark(row.line.name, drawn(row.values[place], column), link(row.line.code)) for row in table.rows]
    return _bars(column_title(column), marks, unit_of(column)) if marks else None


def _bars_of_causes(table: AreaTable) -> BarChart | None:
    pairs = zip(table.columns, table.total.values, strict=True)
    found = [(column, value) for column, value in pairs if column.kind == CellKind.COUNT and value]
    found.sort(key=lambda pair: -int(pair[1] or 0))
    marks = [Mark(words(column.group or column.label), int(value or 0)) for column, value in found]
    return _bars(words(table.subject.label), marks, _("households"))


def _bars(title: str, marks: Sequence[Mark], unit: str) -> BarChart:
    decimals = 0 if all(mark.value is None or mark.value == int(mark.value) for mark in marks) else 1
    return BarChart(key="below", title=title, unit=unit, marks=marks, decimals=decimals)


def trend_chart(subject: Subject, trend: Trend, link: Callable[[PublishedPeriod], str]) -> LineChart | None:
    """Draw the division through the periods: of the accounts the three stocks, else the leading column."""
    if len(trend) < 2 or subject.key == CAUSES_KEY:
        return None
    if subject.key == "stocks":
        keys = [f"{stock}_households" for stock in STOCK_LABELS]
        columns = [one for one in subject.columns if one.key in keys]
        names = [words(text) for text in STOCK_LABELS.values()]
    else:
        columns = [next(one for one in subject.columns if one.key == subject.lead)]
        names = [column_title(columns[0])]
    links = [link(period) for period, _line in trend]
    series = [
        Series(name, [drawn(column.reckon(line.figures), column) for _period, line in trend], links)
        for name, column in zip(names, columns, strict=True)
    ]
    labels = [period.extent.first_day.strftime("%y-%m") for period, _line in trend]
    title = _("Through the periods")
    full = [period.name for period, _line in trend]
    return LineChart(key="trend", title=title, unit=unit_of(columns[0]), labels=labels, series=series, names=full)


def column_title(column: FigureColumn) -> str:
    """Name a column with the group above it."""
    return f"{words(column.group)} · {words(column.label)}" if column.group else words(column.label)


def unit_of(column: FigureColumn) -> str:
    """Name the unit in which a column is drawn."""
    return {CellKind.RATIO: "%", CellKind.YUAN: _("yuan")}.get(column.kind, "")


def drawn(value: Figure, column: FigureColumn) -> float | None:
    """Give a figure as a chart takes it; shares as percentages."""
    if value is None:
        return None
    return float(value) * 100 if column.kind == CellKind.RATIO else float(value)
