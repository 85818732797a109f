"""The charts and the map of the first page, from its figures."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboards.admin.links import flow_link, homes_link, link_of
from dashboards.definitions.figures import KINDS
from dashboards.queries.flows import NAMED, OTHER, FlowAsked
from dashboards.queries.overview import Incomes, MonthLine, Overview
from households.enums import PostingKind, Stock
from registry.admin.charts import BarChart, LineChart, Mark, Series, StackedChart
from registry.admin.maps import Place, PlaceMap
from registry.domain.codes import code_list
from registry.lib.gbcode import Level, ancestor_at

Chart = BarChart | LineChart | StackedChart | PlaceMap
_MOST_BARS: Final = 12
_FILED: Final = (Stock.NOT_LIFTED, Stock.LIFTED)
_OTHERS: Final = {True: _("Came otherwise"), False: _("Left otherwise")}
# On the map the lateness of a village is shaded by these figures, the gravest that is not zero.
_SHADES: Final = (("overdue", "visits_late", "findings_late", "requests_late"), ("due", "visits_due", "findings"))


def trend_chart(found: Overview) -> LineChart:
    """Draw what the stocks that shrink held at the end of each month."""
    series = [
        Series(stock.label, [line.closing for line in _lines(found, stock)])
        for stock in (Stock.MONITORED, Stock.NOT_LIFTED)
    ]
    return LineChart(
        key="trend",
        title=gettext("Households at the end of each month"),
        description=gettext(
            "The last value is that of today. By the postings known today, moves within the county left out."
        ),
        unit=gettext("households"),
        labels=_labels(found),
        names=_names(found),
        series=series,
    )


def monitoring_chart(found: Overview, *, with_links: bool) -> StackedChart:
    """Draw who came to the monitoring, and who left it below zero, month by month."""
    lines = _lines(found, Stock.MONITORED)
    layers = [
        _layer(lines, kind, found.division if with_links else None, came=came)
        for came in (True, False)
        for kind in (*NAMED[came], OTHER)
    ]
    return StackedChart(
        key="monitoring-flow",
        title=gettext("Who came to the monitoring and who left it"),
        description=gettext("Those who left are drawn below zero."),
        unit=gettext("households"),
        labels=_labels(found),
        names=_names(found),
        series=layers,
    )


def natural_chart(found: Overview) -> StackedChart:
    """Draw births, marriages, deaths and leavings in filed households, by persons."""
    came, left = [0] * len(_names(found)), [0] * len(_names(found))
    for stock in _FILED:
        for index, line in enumerate(_lines(found, stock)):
            came[index] += line.persons_flow.came.get(PostingKind.NATURAL_IN, 0)
            left[index] -= line.persons_flow.left.get(PostingKind.NATURAL_OUT, 0)
    return StackedChart(
        key="natural",
        title=gettext("Natural changes in filed households"),
        unit=gettext("persons"),
        labels=_labels(found),
        names=_names(found),
        series=[
            Series(PostingKind.NATURAL_IN.label, came),
            Series(PostingKind.NATURAL_OUT.label, left),
        ],
    )


def cause_charts(found: Overview) -> list[BarChart]:
    """Draw the main causes of each stock that holds anybody."""
    listed = code_list("poverty_cause")
    charts = []
    for stock in _FILED:
        causes = {code: count for (held, code), count in found.causes.items() if held == stock}
        marks = [
            Mark(label, count, homes_link(found.division, stock=stock, main_cause=code or "none"))
            for code, label, count in _ranked(causes, listed.label_of)
        ]
        title = gettext("Main causes: %(stock)s") % {"stock": stock.label}
        if marks:
            charts.append(BarChart(key=f"causes-{stock}", title=title, unit=gettext("households"), marks=marks))
    return charts


def category_chart(found: Overview) -> BarChart:
    """Draw the categories of those who are monitored."""
    listed = code_list("monitoring_category")
    marks = [
        Mark(label, count, homes_link(found.division, stock=Stock.MONITORED, category=code or "none"), tone=2)
        for code, label, count in _ranked(dict(found.categories), listed.label_of)
    ]
    return BarChart(key="categories", title=gettext("Who is monitored"), unit=gettext("households"), marks=marks)


def income_chart(incomes: Incomes, year: int) -> BarChart:
    """Draw the villages whose collective earns least, beside the goal. Units: ten thousand yuan."""
    marks = [
        Mark(
            village.name,
            _wan(village.own_yuan),
            f"{reverse('admin:village-economy', args=[village.id])}?year={year}",
            _wan(incomes.goal.goal_yuan),
            3 if village.own_yuan >= incomes.goal.goal_yuan else 2,
        )
        for village in incomes.lowest
    ]
    return BarChart(
        key="incomes",
        title=gettext("Lowest collective income this year"),
        description=str(incomes.goal.source),
        unit=gettext("10,000 yuan"),
        decimals=2,
        marks=marks,
        goal_label=gettext("Goal of the year"),
    )


def village_map(found: Overview, key: str, townships: Mapping[str, str]) -> PlaceMap:
    """Draw the villages, sized by a figure and shaded by what is late in them."""
    kind = KINDS[key]
    shown = found.figures[key]
    return PlaceMap(
        key="villages",
        title=kind.label,
        description=gettext("Each dot is a village; the larger it is, the larger is the figure."),
        shades=[gettext("Nothing is due"), gettext("Something is due"), gettext("Something is overdue")],
        has_outlines=len(townships) > 1,
        places=[
            Place(
                village.name,
                None if village.longitude is None else float(village.longitude),
                None if village.latitude is None else float(village.latitude),
                shown.get(village.code, 0),
                link_of(kind, village.code),
                townships.get(ancestor_at(village.code, Level.TOWNSHIP), ""),
                _shade(found, village.code),
            )
            for village in found.villages
        ],
    )


def _shade(found: Overview, code: str) -> int:
    for grade, keys in zip((2, 1), _SHADES, strict=True):
        if any(found.figures.get(key, {}).get(code) for key in keys):
            return grade
    return 0


def _wan(yuan: Decimal) -> Decimal:
    return (yuan / 10_000).quantize(Decimal("0.01"))


def _ranked(counts: Mapping[str, int], label_of: Callable[[str], str]) -> Iterable[tuple[str, str, int]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_BARS]
    return [(code, label_of(code) if code else gettext("not stated"), count) for code, count in ordered]


def _lines(found: Overview, stock: Stock) -> list[MonthLine]:
    return [line for line in found.months if line.stock == stock]


def _names(found: Overview) -> list[str]:
    return [str(line.month) for line in _lines(found, Stock.MONITORED)]


def _labels(found: Overview) -> list[str]:
    return [gettext("M%(month)d") % {"month": line.month.month} for line in _lines(found, Stock.MONITORED)]


def _layer(lines: list[MonthLine], kind: str, division: str | None, *, came: bool) -> Series:
    """Make one layer of columns: a kind of posting, or all that have none of their own; without a division no links."""
    sides = [line.flow.came if came else line.flow.left for line in lines]
    moved = [sum(count for one, count in side.items() if _is_of(one, kind, came=came)) for side in sides]
    links = (
        [flow_link(FlowAsked(line.month, line.stock, came, kind, division)) for line in lines]
        if division is not None
        else []
    )
    label = _OTHERS[came] if kind == OTHER else PostingKind(kind).label
    return Series(label, [count if came else -count for count in moved], links)


def _is_of(one: PostingKind, kind: str, *, came: bool) -> bool:
    return one not in NAMED[came] if kind == OTHER else one == kind
