"""Charts of any report, drawn without a display and with the fonts of the product alone.

The same chart gives the same picture. A chart without data says so; it is no error, since a new county has none.
"""

from typing import Final

from reports.definitions import wording
from reports.definitions.account import LIFTED, MONITORED, NOT_LIFTED
from reports.definitions.chart import Chart, ChartKind
from reports.definitions.text import Language

COLOURS: Final = ("#3a7d44", "#c2452d", "#d89b00", "#1b5fc1", "#7a4fa3", "#5b6470", "#2a9d9d", "#a8577e")
WIDTH_INCHES: Final = 7.6
DOTS_PER_INCH: Final = 130
STOCK_COLOURS: Final = {NOT_LIFTED.stock: "#c2452d", LIFTED.stock: "#3a7d44", MONITORED.stock: "#d89b00"}
# More bars cannot be read; the table has them all.
MOST_LABELS: Final = 40
_FRAME_INCHES: Final = 1.5
_BAR_INCHES: Final = 0.2
_GAP_INCHES: Final = 0.16
_LINES_INCHES: Final = 3.6


def draw_png(chart: Chart, language: Language) -> bytes:
    """Draw a chart for mails and workbooks."""
    from reports.renderers.chart_drawing import draw  # noqa: PLC0415  (55 MB of memory that few processes ever need)

    return draw(chart, language, "png")


def draw_svg(chart: Chart, language: Language) -> bytes:
    """Draw a chart for PDF; its letters are outlines."""
    from reports.renderers.chart_drawing import draw  # noqa: PLC0415  (55 MB of memory that few processes ever need)

    return draw(chart, language, "svg")


def height_inches(chart: Chart) -> float:
    """Give the height of the picture."""
    if not chart.has_data:
        return _FRAME_INCHES
    if chart.kind is ChartKind.LINES:
        return _LINES_INCHES
    bars = len(chart.series) if chart.kind is ChartKind.BARS else 1
    labels = max(min(len(chart.labels), MOST_LABELS), 2)
    return _FRAME_INCHES + labels * (_GAP_INCHES + _BAR_INCHES * max(bars, 1.5))


def alt_text(chart: Chart, language: Language) -> str:
    """Say what the picture shows, for who cannot see it."""
    said = wording.CHART_ALT.in_language(
        language, title=chart.title, description=chart.description.in_language(language)
    )
    return said if chart.has_data else f"{said} {wording.NO_DATA.in_language(language)}"
