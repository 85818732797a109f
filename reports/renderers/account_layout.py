"""The clear account as a layout, so that it comes as PDF, CSV, Parquet and HTML too; its workbook is one of its own.

It says what the workbook says, from the same frozen figures, with charts: causes for county and townships only.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from reports.definitions import wording
from reports.definitions.account import LIFTED, MONITORED, NOT_LIFTED, STOCKS, TITLE, StockDefinition
from reports.definitions.chart import Chart, ChartKind, Series
from reports.definitions.figures import AccountLine, CauseCell, CauseLabel, Count, Division, Figures
from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table
from reports.definitions.period_words import period_in_words
from reports.definitions.text import Language, Text
from reports.definitions.totals import Totals, filed_totals, totals_of
from reports.enums import Level
from reports.renderers.charts import STOCK_COLOURS
from reports.renderers.notes import period_notes, summary_lines
from reports.renderers.workbook import MEASURES, Measure

CAUSE_LEVELS: Final = (Level.COUNTY, Level.TOWNSHIP)
_DIVISION: Final = (
    Column("division", wording.DIVISION, width=16),
    Column("division_code", wording.DIVISION_CODE, CellKind.IDENTIFIER, 14),
)


def account_layout(figures: Figures, language: Language, *, former: Sequence[Figures] = ()) -> Layout:
    """Lay the account of a period out; with the accounts of `former` periods, in their order, it shows the trend."""
    title = f"{_period(figures, language)} {TITLE.in_language(language)}"
    return Layout(
        figures.report_id,
        title,
        figures.as_of,
        language,
        holds_persons=False,
        sheets=tuple(_sheets(figures, language, title, former)),
        area_name=figures.county.name,
        file_name=f"{figures.county.name}-{TITLE.in_language(language)}-{figures.month}",
        properties={"picture": figures.picture} if figures.picture else {},
    )


def account_charts(figures: Figures, language: Language, *, former: Sequence[Figures] = ()) -> tuple[Chart, ...]:
    """Give the charts of the county: closing households by township, what came and went in each, and the trend."""
    trend = (_trend_chart((*former, figures), language),) if former else ()
    return (_closing_chart(figures, language), flow_chart(figures, language), *trend)


def _trend_chart(months: Sequence[Figures], language: Language) -> Chart:
    """Draw the closing households of the county's stocks over some periods."""
    series = tuple(
        Series(
            definition.label,
            tuple(float(figures.county_line(definition.stock).closing.households) for figures in months),
            STOCK_COLOURS[definition.stock],
        )
        for definition in STOCKS
    )
    labels = tuple(figures.month for figures in months)
    title = wording.TREND_TITLE.in_language(language)
    return Chart("trend", ChartKind.LINES, title, labels, series, wording.CHART_AXIS, wording.TREND_DESCRIPTION)


def _sheets(figures: Figures, language: Language, title: str, former: Sequence[Figures]) -> Iterator[Sheet]:
    yield _summary(figures, language, title, account_charts(figures, language, former=former))
    for definition in STOCKS:
        for measure in MEASURES:
            yield _account(figures, definition, measure, language, title)
    yield _causes(figures, language)
    if figures.category_labels:
        yield _categories(figures, language)
    yield _coverage(figures, language)


def _summary(figures: Figures, language: Language, title: str, charts: tuple[Chart, ...]) -> Sheet:
    parts = _parts(figures)
    columns = [
        Column(f"{measure.name}_{key}", label, CellKind.COUNT, 12, _measure_label(measure))
        for measure in MEASURES
        for key, label, _part in parts
    ]
    rows: tuple[Row, ...] = tuple(
        (
            label.in_language(language),
            *(measure.of(part(totals)) for measure in MEASURES for _key, _label, part in parts),
        )
        for label, totals in summary_lines(figures)
    )
    table = Table("summary", (Column("stock", wording.STOCK, width=26), *columns), rows)
    explained = tuple(
        wording.STOCK_EXPLAINED.in_language(
            language,
            stock=definition.label.in_language(language),
            explanation=definition.explanation.in_language(language),
        )
        for definition in STOCKS
    )
    notes = (*explained, *period_notes(figures, language))
    unit = wording.UNIT_HOUSEHOLDS_AND_PERSONS
    return Sheet("summary", wording.SHEET_SUMMARY, title, (table,), unit, notes, charts=charts)


def _account(figures: Figures, definition: StockDefinition, measure: Measure, language: Language, title: str) -> Sheet:
    """Lay out one stock in one measure: county, townships and villages below each other."""
    key = f"{definition.stock}_{measure.name}"
    came, went = (wording.CAME, wording.WENT) if figures.shows_late else (wording.INCREASE, wording.DECREASE)
    columns = [*_DIVISION, Column("opening", wording.OPENING, CellKind.COUNT, 9)]
    for direction, group, flows in (("in", came, definition.inflows), ("out", went, definition.outflows)):
        columns += [Column(f"{direction}_{flow.kind}", flow.label, CellKind.COUNT, 8, group) for flow in flows]
        columns.append(Column(f"{direction}_total", wording.TOTAL, CellKind.COUNT, 8, group))
    if figures.shows_late:
        columns.append(Column("late_in", wording.LATE_CAME, CellKind.COUNT, 8, wording.LATE))
        columns.append(Column("late_out", wording.LATE_WENT, CellKind.COUNT, 8, wording.LATE))
    columns.append(Column("closing", wording.CLOSING, CellKind.COUNT, 9))
    rows: tuple[Row, ...] = tuple(
        (*_named(line.division), *_account_numbers(definition, line, measure, shows_late=figures.shows_late))
        for line in figures.accounts[definition.stock]
    )
    table = Table(key, tuple(columns), rows, division_key="division_code")
    name = wording.SHEET_STOCK[definition.stock, measure.name]
    part = definition.label.in_language(language)
    return Sheet(key, name, f"{title}（{part}）", (table,), measure.unit)


def _account_numbers(
    definition: StockDefinition, line: AccountLine, measure: Measure, *, shows_late: bool
) -> tuple[int, ...]:
    flows = [measure.of(flow) for flow in line.flows]
    totals, cut = totals_of(definition, line), len(definition.inflows)
    late = [measure.of(totals.late_came), measure.of(totals.late_went)] if shows_late else []
    came, went = measure.of(totals.came), measure.of(totals.went)
    return (measure.of(line.opening), *flows[:cut], came, *flows[cut:], went, *late, measure.of(line.closing))


def _causes(figures: Figures, language: Language) -> Sheet:
    tables = tuple(_cause_table(figures, key, title, part) for key, title, part in _CAUSE_TABLES)
    title = f"{_period(figures, language)} {wording.CAUSES_TITLE.in_language(language)}"
    return Sheet("causes", wording.SHEET_CAUSES, title, tables, wording.UNIT_HOUSEHOLDS)


def _cause_table(figures: Figures, key: str, title: Text, part: Callable[[CauseCell], int]) -> Table:
    columns = [*_DIVISION, Column("total", wording.TOTAL, CellKind.COUNT, 8)]
    for cause in figures.cause_labels:
        group, name = _label(cause), cause.code or "none"
        columns.append(Column(f"households_{name}", wording.HOUSEHOLDS, CellKind.COUNT, 7, group))
        columns.append(Column(f"share_{name}", wording.SHARE, CellKind.RATIO, 8, group))
    rows: list[Row] = []
    for line in figures.cause_lines(*CAUSE_LEVELS):
        total = sum(part(cell) for cell in line.cells)
        pairs = [(part(cell), _share(part(cell), total)) for cell in line.cells]
        rows.append((*_named(line.division), total, *(value for pair in pairs for value in pair)))
    return Table(key, tuple(columns), tuple(rows), title=title, division_key="division_code")


def _categories(figures: Figures, language: Language) -> Sheet:
    columns = [*_DIVISION, *_pair("total", wording.TOTAL, wording.HOUSEHOLDS, wording.PERSONS)]
    for category in figures.category_labels:
        name = category.code or "none"
        columns += _pair(f"monitored_{name}", _label(category), wording.HOUSEHOLDS, wording.PERSONS)
        columns += _pair(f"filed_{name}", _label(category), wording.FILED_HOUSEHOLDS, wording.FILED_PERSONS)
    rows: list[Row] = []
    for line in figures.category_lines(*CAUSE_LEVELS):
        total = sum((cell.monitored for cell in line.cells), Count())
        counts = [total, *(count for cell in line.cells for count in (cell.monitored, cell.of_them_filed))]
        numbers = [number for count in counts for number in (count.households, count.persons)]
        rows.append((*_named(line.division), *numbers))
    table = Table("categories", tuple(columns), tuple(rows), division_key="division_code")
    title = f"{_period(figures, language)} {wording.CATEGORIES_TITLE.in_language(language)}"
    return Sheet("categories", wording.SHEET_CATEGORIES, title, (table,), wording.UNIT_HOUSEHOLDS_AND_PERSONS)


def _pair(key: str, group: Text, households: Text, persons: Text) -> list[Column]:
    return [
        Column(f"{key}_households", households, CellKind.COUNT, 9, group),
        Column(f"{key}_persons", persons, CellKind.COUNT, 9, group),
    ]


def _coverage(figures: Figures, language: Language) -> Sheet:
    counted = (
        ("households", wording.MUST_BE_PAIRED),
        ("households_without_helper", wording.WITHOUT_HELPER),
        ("households_with_stand_in", wording.UNIT_STANDS_IN),
        ("villages", wording.VILLAGES),
        ("villages_without_team", wording.WITHOUT_TEAM),
    )
    columns = (*_DIVISION, *(Column(key, label, CellKind.COUNT, 18) for key, label in counted))
    rows: tuple[Row, ...] = tuple(
        (*_named(line.division), *(int(getattr(line, key)) for key, _label in counted)) for line in figures.coverage
    )
    table = Table("coverage", columns, rows, division_key="division_code")
    title = f"{_period(figures, language)} {wording.COVERAGE_TITLE.in_language(language)}"
    return Sheet("coverage", wording.SHEET_COVERAGE, title, (table,), wording.UNIT_HOUSEHOLDS_AND_VILLAGES)


def _closing_chart(figures: Figures, language: Language) -> Chart:
    towns = figures.lines(NOT_LIFTED.stock, Level.TOWNSHIP)
    series = tuple(
        Series(
            definition.label,
            tuple(float(line.closing.households) for line in figures.lines(definition.stock, Level.TOWNSHIP)),
            STOCK_COLOURS[definition.stock],
        )
        for definition in (NOT_LIFTED, LIFTED, MONITORED)
    )
    title = wording.CHART_TITLE.in_language(language, name=figures.county.name, period=_period(figures, language))
    labels = tuple(line.division.name for line in towns)
    return Chart("closing", ChartKind.BARS, title, labels, series, wording.CHART_AXIS, wording.CHART_DESCRIPTION)


def flow_chart(figures: Figures, language: Language) -> Chart:
    """Draw the filed households of each township: what came to the right, what went to the left, late ones apart."""
    towns = figures.lines(NOT_LIFTED.stock, Level.TOWNSHIP)
    totals = [filed_totals(figures, line.division.code) for line in towns]
    flows: list[tuple[Text, int, Callable[[Totals], Count]]] = [
        (wording.CAME if figures.shows_late else wording.INCREASE, 1, _came),
        (wording.WENT if figures.shows_late else wording.DECREASE, -1, _went),
    ]
    if figures.shows_late:
        flows += [
            (wording.LATE_CAME, 1, _late_came),
            (wording.LATE_WENT, -1, _late_went),
        ]
    series = tuple(
        Series(label, tuple(float(sign * part(line).households) for line in totals)) for label, sign, part in flows
    )
    title = wording.FLOWS_TITLE.in_language(language, name=figures.county.name, period=_period(figures, language))
    labels = tuple(line.division.name for line in towns)
    return Chart("flows", ChartKind.STACKED, title, labels, series, wording.CHART_AXIS, wording.FLOWS_DESCRIPTION)


def _parts(figures: Figures) -> list[tuple[str, Text, Callable[[Totals], Count]]]:
    """Give the columns of the county in short; an account from before periods were frozen has none for late ones."""
    opening, closing = ("opening", wording.OPENING, _opening), ("closing", wording.CLOSING, _closing)
    if not figures.shows_late:
        return [opening, ("in", wording.INCREASE, _came), ("out", wording.DECREASE, _went), closing]
    late = [("late_in", wording.LATE_CAME, _late_came), ("late_out", wording.LATE_WENT, _late_went)]
    return [opening, ("in", wording.CAME, _came), ("out", wording.WENT, _went), *late, closing]


def _opening(totals: Totals) -> Count:
    return totals.opening


def _came(totals: Totals) -> Count:
    return totals.came


def _went(totals: Totals) -> Count:
    return totals.went


def _late_came(totals: Totals) -> Count:
    return totals.late_came


def _late_went(totals: Totals) -> Count:
    return totals.late_went


def _closing(totals: Totals) -> Count:
    return totals.closing


def _named(division: Division) -> tuple[str, str]:
    return division.name, division.code


def _label(label: CauseLabel) -> Text:
    return Text(label.zh, label.en)


def _measure_label(measure: Measure) -> Text:
    return wording.HOUSEHOLDS if measure.name == "households" else wording.PERSONS


def _share(part: int, whole: int) -> Decimal | None:
    """Give a share as a fraction of 1; of nothing there is none."""
    return Decimal(part) / whole if whole else None


def _period(figures: Figures, language: Language) -> str:
    return period_in_words(figures.month, figures.kind, language)


_CAUSE_TABLES: Final[tuple[tuple[str, Text, Callable[[CauseCell], int]], ...]] = (
    ("main", wording.MAIN_CAUSE, lambda cell: cell.main),
    ("main_not_lifted", wording.MAIN_CAUSE_NOT_LIFTED, lambda cell: cell.main_not_lifted),
    ("other", wording.OTHER_CAUSE, lambda cell: cell.other),
)
