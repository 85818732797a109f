"""Charts drawn on the server as SVG inside the page: bars, stacked columns and lines, without scripts.

    chart = BarChart("causes", _("Causes"), unit=_("households"), marks=[Mark("因病", 12, "/admin/…?cause=01"), …])
    {% load charts %}{% chart chart %}

Each figure is a link to what is behind it, each chart has its table beside it, and widths are shares of the page's, so
that letters and dots keep their size on a phone. A chart without data says so. Maps of places: `registry.admin.maps`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.lib.plots import Number, Scale, every, scale_of, stacked

Words = str | Promise
# Colours and dashes of the style sheet: site.css has as many; a chart with more series begins anew.
TONES: Final = 6
EMPTY: Final = "–"
_ROW_PX: Final = 38
_PLOT_TOP, _PLOT_PX = 14, 168


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartHead:
    """What every chart has: a key unique on its page, title, one sentence that says what it shows, unit, decimals."""

    key: str
    title: Words
    description: Words = ""
    unit: Words = ""
    decimals: int = 0

    def written(self, value: Number | None) -> str:
        """Write a figure as offices do, with commas between thousands; nothing known is a dash."""
        return EMPTY if value is None else f"{value:,.{self.decimals}f}"

    def told(self, *parts: object, value: Number | None) -> str:
        """Tell one figure in words, for whoever points at it or has it read out."""
        return ", ".join(str(part) for part in (*parts, f"{self.written(value)} {self.unit}".strip()) if str(part))


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar: its label, value, the list behind it, a goal to be marked on it, and its tone (1 to 6)."""

    label: Words
    value: Number | None
    link: str = ""
    goal: Number | None = None
    tone: int = 1


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one layer of columns: a value for each label of the chart, and the lists behind them."""

    label: Words
    values: Sequence[Number | None]
    links: Sequence[str] = ()

    def link(self, index: int) -> str:
        """Give the list behind the value at a position, or nothing."""
        return self.links[index] if index < len(self.links) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(ChartHead):
    """Bars that lie below each other, one for each mark."""

    marks: Sequence[Mark]
    goal_label: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChart(ChartHead):
    """Series over the same labels, mostly periods; `names` are the labels in full, for the table."""

    labels: Sequence[str]
    series: Sequence[Series]
    names: Sequence[str] = ()

    def __post_init__(self) -> None:
        if any(len(line.values) != len(self.labels) for line in self.series):
            raise ValueError("Each series has one value for each label.")

    def name(self, index: int) -> str:
        """Give the label at a position in full."""
        return (self.names or self.labels)[index]


class StackedChart(SeriesChart):
    """Columns of stacked parts; negative parts go down from zero, as those who left do."""


class LineChart(SeriesChart):
    """Lines of a trend; a value that is not known leaves a gap."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table beside a chart."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table beside a chart, with a mark where the drawing leads to it."""

    label: Words
    cells: Sequence[Cell]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The same figures as a table: heads of its columns, and rows."""

    heads: Sequence[Words]
    rows: Sequence[TableRow]
    is_shaded: bool = False  # its legend tells shades of a map


def draw_bars(chart: BarChart) -> SafeString:
    """Draw bars with their goals."""
    goals = [mark.goal for mark in chart.marks if mark.goal is not None]
    known = [mark.value for mark in chart.marks if mark.value is not None]
    scale = scale_of([*known, *goals])
    shapes = svg(
        chart, _ROW_PX * len(chart.marks), (_bar(chart, scale, index, mark) for index, mark in enumerate(chart.marks))
    )
    heads = ["", chart.unit or chart.title, *([chart.goal_label or _("Goal")] if goals else [])]
    rows = [
        TableRow(
            mark.label,
            [Cell(chart.written(mark.value), mark.link), *([Cell(chart.written(mark.goal))] if goals else [])],
        )
        for mark in chart.marks
    ]
    legend = [(0, chart.goal_label or _("Goal"))] if goals else []
    return frame(chart, shapes if known else None, Table(heads, rows), legend)


def draw_stack(chart: SeriesChart) -> SafeString:
    """Draw stacked columns."""
    columns = stacked(list(zip(*(line.values for line in chart.series), strict=True)))
    scale = scale_of([end for column in columns for _start, end in column])
    parts = [
        _part(chart, scale, (position, layer), reach)
        for position, column in enumerate(columns)
        for layer, reach in enumerate(column)
    ]
    return _plotted(chart, scale, parts)


def draw_lines(chart: SeriesChart) -> SafeString:
    """Draw lines with a dot for each value."""
    scale = scale_of([value for line in chart.series for value in line.values if value is not None])
    parts = [shape for layer in range(len(chart.series)) for shape in _line(chart, scale, layer)]
    return _plotted(chart, scale, parts)


def _plotted(chart: SeriesChart, scale: Scale, parts: Sequence[SafeString]) -> SafeString:
    known = any(value is not None for line in chart.series for value in line.values)
    shapes = svg(chart, _PLOT_TOP + _PLOT_PX + 20, [*_grid(scale), *parts, *_axis(scale), *_labels(chart)])
    rows = [
        TableRow(
            chart.name(index), [Cell(chart.written(line.values[index]), line.link(index)) for line in chart.series]
        )
        for index in range(len(chart.labels))
    ]
    table = Table(["", *(line.label for line in chart.series)], rows)
    return frame(chart, shapes if known else None, table, [(tone(i), s.label) for i, s in enumerate(chart.series)])


def frame(
    head: ChartHead,
    shapes: SafeString | None,
    table: Table,
    legend: Sequence[tuple[int, Words]] = (),
    *,
    notes: Sequence[Words] = (),
) -> SafeString:
    """Put a drawing between its title and its table; without one it says that there is nothing to draw."""
    context = {"head": head, "shapes": shapes, "table": table, "legend": legend, "notes": notes}
    return render_to_string("registry/admin/chart.html", context)


def svg(head: ChartHead, height: int, shapes: Iterable[SafeString], *, style: str = "") -> SafeString:
    """Put shapes into a drawing as wide as its place, with its title and what it shows for those who hear the page."""
    inner = format_html_join("", "{}", ((shape,) for shape in shapes))
    return format_html(
        '<svg class="chart-drawing" role="group" aria-labelledby="{key}-title {key}-about" width="100%" {size}>'
        '<title id="{key}-title">{title}</title><desc id="{key}-about">{about}</desc>{inner}</svg>',
        key=head.key,
        title=head.title,
        about=head.description or head.title,
        inner=inner,
        size=format_html('style="{}"', style) if style else format_html('height="{}"', height),
    )


def linked(shape: SafeString, link: str, words: str) -> SafeString:
    """Give a shape its words, and make it a link where a list lies behind it."""
    if not link:
        return format_html("<g><title>{}</title>{}</g>", words, shape)
    return format_html('<a href="{}" aria-label="{}"><title>{}</title>{}</a>', link, words, words, shape)


def tone(index: int) -> int:
    """Give the colour of the series at a position."""
    return index % TONES + 1


def percent(share: float) -> str:
    """Write a share of the width as SVG takes it."""
    return f"{share * 100:.3f}".rstrip("0").rstrip(".") + "%"


def _bar(chart: BarChart, scale: Scale, index: int, mark: Mark) -> SafeString:
    top, zero = _ROW_PX * index, scale.share(0)
    reach = scale.share(mark.value) if mark.value is not None else zero
    left, width = min(zero, reach), abs(reach - zero)
    bar = format_html(
        '<rect class="c{}" x="{}" y="{}" width="{}" height="12"/>', mark.tone, percent(left), top + 20, percent(width)
    )
    text = format_html(
        '<text x="0" y="{y}">{label}</text><text x="100%" y="{y}" class="end">{value}</text>',
        y=top + 14,
        label=mark.label,
        value=chart.written(mark.value),
    )
    ground = format_html('<rect class="ground" x="0" y="{}" width="100%" height="12"/>', top + 20)
    goal = _goal(scale.share(mark.goal), top) if mark.goal is not None else SafeString("")
    shape = format_html("{}{}{}{}", ground, text, bar, goal)
    return linked(shape, mark.link, chart.told(mark.label, value=mark.value))


def _goal(share: float, top: int) -> SafeString:
    return format_html(
        '<line class="goal" x1="{x}" x2="{x}" y1="{a}" y2="{b}"/>', x=percent(share), a=top + 17, b=top + 35
    )


def _grid(scale: Scale) -> list[SafeString]:
    return [
        format_html(
            '<line class="{name}" x1="0" x2="100%" y1="{y}" y2="{y}"/>',
            name="zero" if value == 0 else "grid",
            y=_height(scale, value),
        )
        for value in scale.ticks
    ]


def _axis(scale: Scale) -> list[SafeString]:
    decimals = 0 if scale.step >= 1 else 2
    return [
        format_html(
            '<text class="axis" x="0" y="{}">{}</text>', round(_height(scale, value) - 3, 1), f"{value:,.{decimals}f}"
        )
        for value in scale.ticks
    ]


def _labels(chart: SeriesChart) -> list[SafeString]:
    each, count = every(chart.labels), len(chart.labels)
    return [
        format_html(
            '<text class="axis mid" x="{}" y="{}">{}</text>',
            percent((i + 0.5) / count),
            _PLOT_TOP + _PLOT_PX + 15,
            text,
        )
        for i, text in enumerate(chart.labels)
        if i % each == 0
    ]


def _part(chart: SeriesChart, scale: Scale, place: tuple[int, int], reach: tuple[float, float]) -> SafeString:
    position, layer = place
    series, count = chart.series[layer], len(chart.labels)
    top, bottom = sorted((_height(scale, reach[0]), _height(scale, reach[1])))
    if top == bottom:
        return SafeString("")
    shape = format_html(
        '<rect class="c{} part" x="{}" y="{}" width="{}" height="{}"/>',
        tone(layer),
        percent((position + 0.18) / count),
        top,
        percent(0.64 / count),
        round(bottom - top, 1),
    )
    words = chart.told(chart.name(position), series.label, value=series.values[position])
    return linked(shape, series.link(position), words)


def _line(chart: SeriesChart, scale: Scale, layer: int) -> list[SafeString]:
    series, count = chart.series[layer], len(chart.labels)
    at = [
        None if value is None else (percent((index + 0.5) / count), _height(scale, value))
        for index, value in enumerate(series.values)
    ]
    strokes = [
        format_html('<line class="c{} stroke" x1="{}" y1="{}" x2="{}" y2="{}"/>', tone(layer), *one, *other)
        for one, other in pairwise(at)
        if one is not None and other is not None
    ]
    dots = [
        linked(
            format_html(
                '<circle class="hit" cx="{}" cy="{}" r="12"/><circle class="c{} dot" cx="{}" cy="{}" r="4"/>',
                *point,
                tone(layer),
                *point,
            ),
            series.link(index),
            chart.told(chart.name(index), series.label, value=series.values[index]),
        )
        for index, point in enumerate(at)
        if point is not None
    ]
    return [*strokes, *dots]


def _height(scale: Scale, value: Number) -> float:
    return round(_PLOT_TOP + _PLOT_PX * (1 - scale.share(value)), 1)
