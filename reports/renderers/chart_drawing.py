"""Draws the charts of any report: this loads the drawing library, so `charts` imports it with the first picture."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Final, Literal

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reports.definitions import wording
from reports.definitions.chart import Chart, ChartKind, Series
from reports.definitions.text import Language
from reports.renderers.charts import COLOURS, DOTS_PER_INCH, MOST_LABELS, WIDTH_INCHES, height_inches
from reports.renderers.fonts import CHINESE_FILE, TIBETAN_FILE, Spelling

# In PDF a watermark may lie below.
_GROUNDS: Final = {"png": "white", "svg": "none"}
_FEW: Final = 12  # points of a line whose labels stand upright
_FAMILIES: Final = {"report chinese": CHINESE_FILE, "report tibetan": TIBETAN_FILE}
# The names of parts within an SVG are made from it: the same chart, the same file.
rcParams["svg.hashsalt"] = "report"


def draw(chart: Chart, language: Language, kind: Literal["png", "svg"]) -> bytes:
    """Draw a chart as PNG or SVG."""
    size = (WIDTH_INCHES, height_inches(chart))
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor=_GROUNDS[kind], layout="constrained")
    (FigureCanvasAgg if kind == "png" else FigureCanvasSVG)(figure)
    axes = figure.add_subplot(facecolor=_GROUNDS[kind])
    spell = Spelling().spell
    axes.set_title(spell(chart.title), fontproperties=font(13), pad=28 if len(chart.series) > 1 else 8)
    if chart.has_data:
        _DRAWERS[chart.kind](axes, chart, language, spell)
        _frame(axes, chart, language)
    else:
        axes.set_axis_off()
        axes.text(
            0.5, 0.5, wording.NO_DATA.in_language(language), ha="center", fontproperties=font(12), color="#333333"
        )
    content = BytesIO()
    metadata = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
    figure.savefig(content, format=kind, metadata=metadata)
    return content.getvalue()


@cache
def font(size: float) -> FontProperties:
    """Give the font of the product: Chinese, and Tibetan for what that one lacks."""
    _enter_fonts()
    return FontProperties(family=list(_FAMILIES), size=size)


@cache
def _enter_fonts() -> None:
    """Make the fonts known under names of our own, so that none of the system is taken for them."""
    for name, file in _FAMILIES.items():
        entry = FontEntry(str(file), 0, name, "normal", "normal", 400, "normal", "scalable")
        fontManager.ttflist.append(entry)


def _bars(axes: Axes, chart: Chart, language: Language, spell: Callable[[str], str]) -> None:
    """Draw the series beside each other, with their figures."""
    thick = 0.8 / len(chart.series)
    for number, series in enumerate(chart.series):
        rows = [row - 0.4 + thick * (number + 0.5) for row in range(len(_labels(chart)))]
        values = _shown(series)
        axes.barh(rows, values, thick, color=_colour(series, number), label=series.label.in_language(language))
        for row, value, known in zip(rows, values, series.values, strict=False):
            text = "" if known is None else f" {value:,g}"
            axes.text(value, row, text, va="center", fontproperties=font(8), color="#333333")
    _name_rows(axes, chart, language, spell)


def _stacked(axes: Axes, chart: Chart, language: Language, spell: Callable[[str], str]) -> None:
    """Draw the series behind each other, to the right what is above zero, to the left what is below."""
    rows = range(len(_labels(chart)))
    axes.use_sticky_edges = False  # else a bar ends at the frame where nothing is stacked on it
    ends = {1: [0.0] * len(rows), -1: [0.0] * len(rows)}
    for number, series in enumerate(chart.series):
        values = _shown(series)
        starts = [ends[1 if value >= 0 else -1][row] for row, value in zip(rows, values, strict=True)]
        axes.barh(
            rows, values, 0.6, left=starts, color=_colour(series, number), label=series.label.in_language(language)
        )
        for row, value in zip(rows, values, strict=True):
            ends[1 if value >= 0 else -1][row] += value
    axes.axvline(0, color="#333333", linewidth=0.8)
    _name_rows(axes, chart, language, spell)


def _lines(axes: Axes, chart: Chart, language: Language, spell: Callable[[str], str]) -> None:
    """Draw a line for each series; where a value is missing the line is broken."""
    places = range(len(chart.labels))
    for number, series in enumerate(chart.series):
        values = [float("nan") if value is None else value for value in series.values]
        axes.plot(
            places,
            values,
            marker="o",
            markersize=4,
            color=_colour(series, number),
            label=series.label.in_language(language),
        )
    step = max(len(chart.labels) // (2 * _FEW) + 1, 1)
    shown = list(places)[::step]
    turned = 45 if len(shown) > _FEW else 0
    axes.set_xticks(shown, [spell(chart.labels[place]) for place in shown], fontproperties=font(8), rotation=turned)
    axes.set_ylabel(chart.unit.in_language(language), fontproperties=font(9))
    axes.yaxis.grid(visible=True, color="#e3e3e3")
    axes.margins(y=0.15)


def _name_rows(axes: Axes, chart: Chart, language: Language, spell: Callable[[str], str]) -> None:
    labels = _labels(chart)
    axes.set_yticks(range(len(labels)), [spell(label) for label in labels], fontproperties=font(9))
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.xaxis.grid(visible=True, color="#e3e3e3")
    unit = chart.unit.in_language(language)
    left_out = len(chart.labels) - len(labels)
    if left_out:
        unit = wording.CHART_CUT.in_language(language, unit=unit, shown=len(labels), number=len(chart.labels))
    axes.set_xlabel(unit, fontproperties=font(9))


def _frame(axes: Axes, chart: Chart, language: Language) -> None:
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    counted = axes.yaxis if chart.kind is ChartKind.LINES else axes.xaxis
    counted.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    counted.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    for tick in counted.get_ticklabels():
        tick.set_fontproperties(font(8))
    if len(chart.series) > 1:
        axes.legend(
            prop=font(9), loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False, borderaxespad=0.2
        )


def _labels(chart: Chart) -> tuple[str, ...]:
    return chart.labels[:MOST_LABELS]


def _shown(series: Series) -> list[float]:
    return [value or 0 for value in series.values[:MOST_LABELS]]


def _colour(series: Series, number: int) -> str:
    return series.colour or COLOURS[number % len(COLOURS)]


_DRAWERS: Final = {ChartKind.BARS: _bars, ChartKind.STACKED: _stacked, ChartKind.LINES: _lines}
