"""Charts of any report: pictures without a display, in the product's own fonts."""

from dataclasses import replace
from io import BytesIO

import pytest
from matplotlib.image import imread

from reports.definitions.chart import Chart, Series
from reports.definitions.text import Text
from reports.renderers.charts import COLOURS, DOTS_PER_INCH, MOST_LABELS, alt_text, draw_png, draw_svg, height_inches
from tests.reports.layouts import charts

CHARTS = {chart.key: chart for chart in charts()}


def colours(content: bytes) -> set[str]:
    """Give the colours of a picture."""
    picture = imread(BytesIO(content))
    pixels = picture.reshape(-1, picture.shape[-1])
    return {"#" + "".join(f"{round(part * 255):02x}" for part in pixel[:3]) for pixel in pixels}


@pytest.mark.parametrize("key", ["bars", "flows"])
def test_each_series_has_its_colour_when_bars_are_drawn(key: str) -> None:
    assert set(COLOURS[:2]) <= colours(draw_png(CHARTS[key], "zh-hans"))


def test_trend_is_a_line_in_its_colour_when_drawn() -> None:
    assert COLOURS[0] in colours(draw_png(CHARTS["trend"], "zh-hans"))


@pytest.mark.parametrize("key", CHARTS)
def test_picture_is_the_same_when_drawn_twice(key: str) -> None:
    chart = CHARTS[key]

    assert draw_png(chart, "en") == draw_png(chart, "en")
    assert draw_svg(chart, "en") == draw_svg(chart, "en")


@pytest.mark.parametrize("key", CHARTS)
def test_no_box_stands_for_a_letter_when_names_are_tibetan_or_rare(key: str, recwarn: pytest.WarningsRecorder) -> None:
    draw_png(CHARTS[key], "zh-hans")

    assert [str(warning.message) for warning in recwarn] == []


def test_chart_without_data_says_so_when_drawn() -> None:
    chart = CHARTS["nothing"]

    assert alt_text(chart, "zh-hans") == "无数据：各乡镇户数 没有数据"
    assert set(COLOURS).isdisjoint(colours(draw_png(chart, "zh-hans")))


def test_chart_with_no_series_at_all_is_drawn_when_a_county_is_new() -> None:
    assert draw_svg(replace(CHARTS["bars"], labels=(), series=()), "zh-hans").startswith(b"<?xml")


def test_picture_shows_the_first_bars_and_says_how_many_when_there_are_too_many() -> None:
    labels = tuple(f"{number}村" for number in range(MOST_LABELS + 60))
    values = tuple(float(number) for number in range(len(labels)))
    long = replace(CHARTS["bars"], labels=labels, series=(Series(Text("户", "h"), values),))
    cut = replace(long, labels=labels[:MOST_LABELS], series=(Series(Text("户", "h"), values[:MOST_LABELS]),))

    assert height_inches(long) == height_inches(cut)
    assert imread(BytesIO(draw_png(long, "zh-hans"))).shape[0] == round(height_inches(cut) * DOTS_PER_INCH)


def test_chart_is_refused_when_values_do_not_fit_the_labels() -> None:
    with pytest.raises(ValueError, match="labels and values of different number"):
        Chart(
            "x", CHARTS["bars"].kind, "x", ("甲",), (Series(Text("户", "h"), (1, 2)),), Text("户", "h"), Text("x", "x")
        )
