"""The chart of the mail: households by township, drawn without display and without a font of the system.

It loads the drawing library: import it where a picture is drawn.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from reports.definitions import wording
from reports.definitions.account import LIFTED, MONITORED, NOT_LIFTED
from reports.definitions.figures import Division, Figures
from reports.definitions.period_words import period_in_words
from reports.definitions.text import Language
from reports.enums import Level
from reports.renderers.charts import STOCK_COLOURS
from reports.renderers.fonts import CHINESE_FILE

_WIDTH_INCHES: Final = 7.6
_BAR_INCHES: Final = 0.42
_FRAME_INCHES: Final = 1.7
_DOTS_PER_INCH: Final = 130


@dataclass(frozen=True, slots=True)
class Bar:
    """The closing households of one township."""

    label: str
    not_lifted: int
    lifted: int
    monitored: int


def render_chart(figures: Figures, language: Language = "zh-hans") -> bytes:
    """Draw the closing households of each township as PNG: not lifted and lifted in one bar, monitored below it."""
    bars = bars_of(figures)
    height = _FRAME_INCHES + _BAR_INCHES * max(len(bars), 3)
    figure = Figure(figsize=(_WIDTH_INCHES, height), dpi=_DOTS_PER_INCH, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)  # draws without a display
    axes = figure.add_subplot()
    _draw(axes, bars, language)
    _caption(axes, figures, bars, language)
    content = BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()


def bars_of(figures: Figures) -> list[Bar]:
    """Give the bars, the township with most filed households first."""
    stocks = [figures.lines(stock, Level.TOWNSHIP) for stock in (NOT_LIFTED.stock, LIFTED.stock, MONITORED.stock)]
    bars = [
        Bar(
            chart_label(not_lifted.division),
            not_lifted.closing.households,
            lifted.closing.households,
            monitored.closing.households,
        )
        for not_lifted, lifted, monitored in zip(*stocks, strict=True)
    ]
    return sorted(bars, key=lambda bar: bar.not_lifted + bar.lifted, reverse=True)


def chart_label(division: Division) -> str:
    """Give the name, or the code where the font lacks one of its characters: an empty box would name nobody."""
    return division.name if set(division.name) <= _glyphs() else division.code


@cache
def _glyphs() -> frozenset[str]:
    return frozenset(chr(code) for code in FT2Font(str(CHINESE_FILE)).get_charmap())


@cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(CHINESE_FILE), size=size)


def _draw(axes: Axes, bars: list[Bar], language: Language) -> None:
    rows = range(len(bars))
    upper = [row - 0.14 for row in rows]
    lower = [row + 0.28 for row in rows]
    below = [0] * len(bars)
    for definition, counts in ((NOT_LIFTED, [bar.not_lifted for bar in bars]), (LIFTED, [bar.lifted for bar in bars])):
        label = definition.label.in_language(language)
        axes.barh(upper, counts, 0.5, left=below, color=STOCK_COLOURS[definition.stock], label=label)
        below = [left + count for left, count in zip(below, counts, strict=True)]
    monitored = [bar.monitored for bar in bars]
    label = MONITORED.label.in_language(language)
    axes.barh(lower, monitored, 0.28, color=STOCK_COLOURS[MONITORED.stock], label=label)
    for row, bar, end in zip(rows, bars, below, strict=True):
        text = f" {bar.not_lifted:,} + {bar.lifted:,}"
        axes.text(end, row - 0.14, text, va="center", fontproperties=_font(8), color="#333333")
        axes.text(
            bar.monitored, row + 0.28, f" {bar.monitored:,}", va="center", fontproperties=_font(7), color="#666666"
        )
    axes.set_xlim(0, max([1, *below, *monitored]) * 1.18)


def _caption(axes: Axes, figures: Figures, bars: list[Bar], language: Language) -> None:
    period = period_in_words(figures.month, figures.kind, language)
    title = wording.CHART_TITLE.in_language(language, name=chart_label(figures.county), period=period)
    axes.set_title(title, fontproperties=_font(13), pad=26)
    axes.set_xlabel(wording.CHART_AXIS.in_language(language), fontproperties=_font(9))
    axes.set_yticks(range(len(bars)), [bar.label for bar in bars], fontproperties=_font(9))
    axes.tick_params(axis="y", length=0)
    for tick in axes.get_xticklabels():
        tick.set_fontproperties(_font(8))
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.grid(visible=True, color="#e3e3e3")
    axes.set_axisbelow(True)
    axes.legend(prop=_font(9), loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, borderaxespad=0.2)
