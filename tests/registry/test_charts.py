"""Charts as the page gets them: figures, links, words for those who hear the page, and nothing that runs."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template

from registry.admin.chart_tags import Chart, draw
from registry.admin.charts import BarChart, LineChart, Mark, Series, StackedChart
from registry.admin.maps import Place, PlaceMap

BARS = BarChart(
    key="causes",
    title="Causes",
    unit="households",
    marks=[Mark("Illness", 1200, "/list/?cause=1", 1500), Mark("Disability", 300, "/list/?cause=2"), Mark("?", None)],
)
FLOW = StackedChart(
    key="flow",
    title="Flow",
    labels=["1月", "2月"],
    names=["2026-01", "2026-02"],
    series=[Series("Came", [4, 2], ["/a/", "/b/"]), Series("Left", [-1, 0], ["/c/", "/d/"])],
)
TREND = LineChart(key="trend", title="Trend", labels=["1", "2", "3", "4"], series=[Series("Stock", [5, None, 7, 8])])
MAP = PlaceMap(
    key="villages",
    title="Villages",
    unit="findings",
    shades=["in time", "late"],
    has_outlines=True,
    places=[
        Place("甲村", 91.10, 29.60, 9, "/v/1/", "东镇", 1),
        Place("乙村", 91.30, 29.70, 4, "/v/2/", "东镇", 0),
        Place("丙村", 91.20, 29.80, None, "/v/3/", "东镇"),
        Place("丁村", 91.1001, 29.6001, 1, "/v/4/", "东镇", 0),
        Place("戊村", None, None, 2, "/v/5/", "西镇", 0),
    ],
)
ALL = [BARS, FLOW, TREND, MAP]


def drawn(chart: Chart) -> ET.Element:
    """Give a chart as the tree of its elements."""
    return ET.fromstring(draw(chart))  # noqa: S314  (our own drawing)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.key)
def test_chart_is_named_and_has_its_table(chart: Chart) -> None:
    figure = drawn(chart)
    drawing = figure.find("svg")

    assert drawing is not None
    assert drawing.attrib["aria-labelledby"] == f"{chart.key}-title {chart.key}-about"
    assert [node.attrib["id"] for node in drawing if "id" in node.attrib] == [
        f"{chart.key}-title",
        f"{chart.key}-about",
    ]
    assert figure.find("details//table") is not None


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.key)
def test_chart_brings_neither_scripts_nor_anything_from_elsewhere(chart: Chart) -> None:
    elements = list(drawn(chart).iter())

    assert {node.tag for node in elements}.isdisjoint({"script", "image", "foreignObject", "use", "style"})
    assert not [name for node in elements for name in node.attrib if name.startswith("on") or name == "src"]


def test_words_of_a_label_are_no_markup() -> None:
    text = draw(BarChart(key="x", title="<b>", marks=[Mark('"><script>alert(1)</script>', 1, '"/><script>')]))

    assert "<script" not in text
    assert "<b>" not in text


def test_bars_have_the_length_of_their_value_on_one_scale() -> None:
    bars = [node for node in drawn(BARS).iter("rect") if node.attrib["class"] == "c1"]

    assert [node.attrib["width"] for node in bars] == ["80%", "20%", "0%"]


def test_bars_tell_each_figure_with_its_link_and_goal() -> None:
    figure = drawn(BARS)

    assert [(link.attrib["href"], link.attrib["aria-label"]) for link in figure.findall("svg/a")] == [
        ("/list/?cause=1", "Illness, 1,200 households"),
        ("/list/?cause=2", "Disability, 300 households"),
    ]
    assert [node.attrib["x1"] for node in figure.iter("line")] == ["100%"]
    assert [[cell.text for cell in row.iter() if (cell.text or "").strip()] for row in figure.iter("tr")][1:] == [
        ["Illness", "1,200", "1,500"],
        ["Disability", "300", "–"],
        ["?", "–", "–"],
    ]


def test_stack_draws_what_left_below_zero_and_nothing_for_zero() -> None:
    figure = drawn(FLOW)
    parts = list(figure.iter("rect"))
    zero = next(node for node in figure.iter("line") if node.attrib["class"] == "zero").attrib["y1"]

    assert [node.attrib["class"] for node in parts] == ["c1 part", "c2 part", "c1 part"]
    assert float(parts[0].attrib["y"]) + float(parts[0].attrib["height"]) == pytest.approx(float(zero))
    assert parts[1].attrib["y"] == zero
    assert [link.attrib["aria-label"] for link in figure.findall("svg/a")] == [
        "2026-01, Came, 4",
        "2026-01, Left, -1",
        "2026-02, Came, 2",
    ]


def test_line_leaves_a_gap_when_a_value_is_not_known() -> None:
    figure = drawn(TREND)

    assert len([node for node in figure.iter("line") if node.attrib["class"] == "c1 stroke"]) == 1
    assert len([node for node in figure.iter("circle") if node.attrib["class"] == "c1 dot"]) == 3


def test_map_joins_places_on_one_spot_and_leads_to_their_rows() -> None:
    figure = drawn(MAP)
    links = {link.attrib["href"]: link.attrib["aria-label"] for link in figure.findall("svg/a")}
    target = next(row for row in figure.iter("tr") if row.attrib.get("id") == "villages-group-0")

    assert links == {
        "#villages-group-0": "甲村、丁村",
        "/v/2/": "东镇, 乙村, 4 findings",
        "/v/3/": "东镇, 丙村, – findings",
    }
    assert "甲村" in "".join(target.itertext())


def test_map_shows_the_gravest_shade_of_places_on_one_spot_and_what_is_not_known() -> None:
    circles = [node.attrib["class"] for node in drawn(MAP).iter("circle")]

    assert circles == ["s2 place", "s1 place", "unknown place"]


def test_map_lists_places_without_coordinates() -> None:
    text = "".join(drawn(MAP).itertext())

    assert "戊村 (no coordinates)" in text
    assert "Without coordinates, only in the table: 1" in text
    assert "20 km" in text or "10 km" in text or "5 km" in text


@pytest.mark.parametrize(
    "chart",
    [
        BarChart(key="a", title="A", marks=[]),
        BarChart(key="a", title="A", marks=[Mark("x", None)]),
        LineChart(key="a", title="A", labels=[], series=[]),
        StackedChart(key="a", title="A", labels=["1"], series=[Series("s", [None])]),
        PlaceMap(key="a", title="A", places=[]),
        PlaceMap(key="a", title="A", places=[Place("x", None, None, 3)]),
    ],
)
def test_chart_without_data_says_so(chart: Chart) -> None:
    text = draw(chart)

    assert "There is nothing to draw here yet" in text
    assert "<svg" not in text


def test_series_refuses_another_number_of_values_than_labels() -> None:
    with pytest.raises(ValueError, match="one value for each label"):
        LineChart(key="a", title="A", labels=["1"], series=[Series("s", [1, 2])])


def test_decimals_are_written_as_the_chart_says() -> None:
    text = draw(BarChart(key="a", title="A", decimals=2, marks=[Mark("x", Decimal("1234.5"))]))

    assert "1,234.50" in text


def test_tag_draws_in_a_template() -> None:
    text = Template("{% load charts %}{% chart it %}").render(Context({"it": BARS}))

    assert text == draw(BARS)
