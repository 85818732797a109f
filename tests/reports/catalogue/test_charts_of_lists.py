"""Charts that tables of the catalogue bring along."""

import pytest

from registry.tenancy.context import Actor
from reports.catalogue.base import reports
from reports.definitions.layout import Table
from tests.factories.households import registered
from tests.reports.catalogue.pictures import frozen_period
from tests.reports.catalogue.test_lists import picture_of


def test_causes_are_drawn_as_their_table_sums_them_up(office: Actor) -> None:
    registered(main_cause_code="01")
    registered(main_cause_code="02")

    main, _other = (
        reports()["causes"].layout(picture_of(frozen_period(office)), actor=office, language="zh-hans").sheets
    )

    (chart,), table = main.charts, main.parts[0]
    assert isinstance(table, Table)
    drawn = {label: value for label, value in zip(chart.labels, chart.series[0].values, strict=True) if value}
    counted = {
        column.group.zh: value
        for column, value in zip(table.columns, table.total or (), strict=True)
        if column.group is not None and column.kind == "count" and value
    }
    assert drawn == counted
    assert sum(value or 0 for value in drawn.values()) == 2


@pytest.mark.parametrize("report_id", ["without-pension-totals", "able-without-work-totals"])
def test_totals_are_drawn_by_division(office: Actor, report_id: str) -> None:
    registered()

    (sheet,) = reports()[report_id].layout(picture_of(frozen_period(office)), actor=office, language="zh-hans").sheets

    (chart,), table = sheet.charts, sheet.parts[0]
    assert isinstance(table, Table)
    assert list(chart.labels) == [row[1] for row in table.rows]


def test_chart_of_an_area_without_households_says_so(office: Actor) -> None:
    (sheet,) = (
        reports()["without-pension-totals"]
        .layout(picture_of(frozen_period(office)), actor=office, language="zh-hans")
        .sheets
    )

    assert [chart.has_data for chart in sheet.charts] == [False]
