"""What readers above see of an area: totals that add up, trends, who is late, and nothing outside their area."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oversight.definitions.figures import number
from oversight.definitions.tables import Figure
from oversight.enums import Timeliness
from oversight.queries.published import (
    WHOLE_AREA,
    AreaLine,
    Extent,
    PublishedPeriod,
    edition_in,
    home_of,
    periods_published_in,
    picture_of,
    trend_of,
)
from oversight.queries.tables import AreaTable, subject_named, subjects, table_of
from oversight.queries.timeliness import last_day_of, newest_extent, timeliness_in
from registry.enums import Role
from registry.lib.errors import DomainError, NotFound
from registry.lib.gbcode import subtree
from registry.models import PublishedDivision, PublishedEdition, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE
from tests.oversight.ground import PREFECTURE, PROVINCE, TOWNSHIP, VILLAGES, reader

MARCH = Extent("month", date(2021, 3, 1))


def lifted(count: int, **more: Any) -> dict[str, Any]:
    """Give figures in which so many households are lifted."""
    stocks = {"lifted_households": count, "filed_households": count, "any_households": count, **more}
    return {"stocks": stocks, "flows": {}, "causes": {}, "monitoring": {}, "coverage": {}, "quality": {}, "work": {},
            "postings": {}}  # fmt: skip


def told(
    actor: Actor, divisions: dict[str, dict[str, Any]], *, extent: Extent = MARCH, edition: int = 1, days: int = 5
) -> PublishedEdition:
    """Publish given figures, so many days after the period, without households below them."""
    last = last_day_of(extent)
    assert last is not None
    moment = date_moment(last + timedelta(days=days))
    made = PublishedEdition(
        tenant_id=actor.tenant_id,
        period_kind=extent.kind,
        period_name=f"{extent.first_day:%Y-%m}",
        first_day=extent.first_day,
        last_day=last,
        edition=edition,
        due_on=last + timedelta(days=10),
        frozen_at=moment,
        published_at=moment,
        checksum="a" * 64,
        digest="b" * 64,
    )
    parents = {COUNTY_CODE: PREFECTURE, OTHER_COUNTY_CODE: PREFECTURE}
    with tenant_scope(actor):
        PublishedEdition.objects.bulk_create([made])
        PublishedDivision.objects.bulk_create(
            PublishedDivision(
                tenant_id=actor.tenant_id,
                edition=made,
                code=code,
                parent_code=parents.get(code) or (COUNTY_CODE if code.endswith("000") else f"{code[:9]}000"),
                name=f"示例{code}",
                figures=figures,
            )
            for code, figures in divisions.items()
        )
    return made


def date_moment(day: date) -> datetime:
    """Give noon in Beijing."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def value(table: AreaTable, key: str, code: str | None = None) -> Figure:
    """Give one figure of a table: of the total, or of the division below."""
    place = [column.key for column in table.columns].index(key)
    row = table.total if code is None else next(row for row in table.rows if row.line.code == code)
    return row.values[place]


@pytest.fixture
def published(here: Actor, there: Actor) -> Actor:
    """Let two counties of one prefecture publish March, and give somebody of the province."""
    told(here, {COUNTY_CODE: lifted(7), TOWNSHIP: lifted(5), VILLAGES[0]: lifted(3), VILLAGES[1]: lifted(2)})
    told(there, {OTHER_COUNTY_CODE: lifted(4)})
    return reader()


def test_province_prefecture_and_county_add_up(published: Actor) -> None:
    stocks = subject_named("stocks")
    tables = {
        code: table_of(picture_of(code, MARCH, actor=published), stocks) for code in (PROVINCE, PREFECTURE, COUNTY_CODE)
    }

    totals = [value(table, "lifted_households") for table in tables.values()]
    below = [[row.line.code for row in table.rows] for table in tables.values()]
    assert totals == [11, 11, 7]
    assert below == [[PREFECTURE], [COUNTY_CODE, OTHER_COUNTY_CODE], [TOWNSHIP]]


def test_the_way_down_ends_at_the_village(published: Actor) -> None:
    township = picture_of(TOWNSHIP, MARCH, actor=published)
    village = picture_of(VILLAGES[0], MARCH, actor=published)

    assert [line.code for line in township.children] == [VILLAGES[0], VILLAGES[1]]
    assert (village.line.name, village.children) == (f"示例{VILLAGES[0]}", ())


@pytest.mark.parametrize("code", ["530000000000", "110101001001", "54", "", "xxxxxxxxxxxx", PROVINCE])
def test_what_lies_outside_the_area_is_not_found(published: Actor, code: str) -> None:
    prefecture = reader(Role.PREFECTURE_READER, area=PREFECTURE, name="prefecture")

    with pytest.raises(NotFound):
        picture_of(code, MARCH, actor=prefecture)
    assert picture_of(COUNTY_CODE, MARCH, actor=prefecture).line.figures is not None


def test_another_prefecture_sees_neither_figures_nor_editions(published: Actor) -> None:
    edition = PublishedEdition.objects.latest("id")
    stranger = reader(Role.PREFECTURE_READER, area="540100000000", name="stranger")

    with pytest.raises(NotFound):
        edition_in(edition.pk, actor=stranger)
    assert periods_published_in(stranger.ranges) == []
    assert edition_in(edition.pk, actor=published).pk == edition.pk


def test_a_county_sees_its_own_alone(here: Actor, published: Actor) -> None:
    with tenant_scope(here):
        assert home_of(here) == COUNTY_CODE
        assert picture_of(COUNTY_CODE, MARCH, actor=here).line.edition == 1
        with pytest.raises(NotFound):
            picture_of(OTHER_COUNTY_CODE, MARCH, actor=here)


def test_a_county_that_published_nothing_is_named_as_missing_and_left_out(here: Actor, there: Actor) -> None:
    told(here, {COUNTY_CODE: lifted(7)})

    picture = picture_of(PREFECTURE, MARCH, actor=reader())

    assert (picture.line.counties, picture.line.missing) == (2, 1)
    lines = {line.code: (line.figures is None, line.missing) for line in picture.children}
    assert lines == {COUNTY_CODE: (False, 0), OTHER_COUNTY_CODE: (True, 1)}


def test_the_newest_edition_counts(here: Actor, published: Actor) -> None:
    told(here, {COUNTY_CODE: lifted(8)}, edition=2)

    assert value(table_of(picture_of(PROVINCE, MARCH, actor=published), subject_named("stocks")),
                 "lifted_households") == 12  # fmt: skip


def test_an_area_of_several_divisions_is_a_whole_of_its_own(published: Actor) -> None:
    both = replace(published, ranges=(subtree(COUNTY_CODE), subtree("530000000000")))

    picture = picture_of(WHOLE_AREA, MARCH, actor=both)

    assert home_of(both) == WHOLE_AREA
    assert [(line.code, line.counties) for line in picture.children] == [(COUNTY_CODE, 1)]


def test_a_trend_follows_the_periods_and_says_which_counties_are_missing(here: Actor, published: Actor) -> None:
    told(here, {COUNTY_CODE: lifted(9), TOWNSHIP: lifted(6)}, extent=Extent("month", date(2021, 4, 1)))
    read = ("stocks",)

    province = trend_of(PROVINCE, "month", actor=published, sections=read)
    township = trend_of(TOWNSHIP, "month", actor=published, sections=read)

    def stock(rows: list[tuple[PublishedPeriod, AreaLine]]) -> list[int | None]:
        return [number(line.figures, "stocks", "lifted_households") for _period, line in rows]

    assert (stock(province), stock(township)) == ([11, 9], [5, 6])
    assert [line.missing for _period, line in province] == [0, 1]
    with pytest.raises(DomainError):
        trend_of(PROVINCE, "week", actor=published, sections=read)


def test_shares_are_reckoned_from_the_sums_and_never_added(here: Actor, there: Actor) -> None:
    told(here, {COUNTY_CODE: {**lifted(1), "coverage": {"must": 3, "helped": 3, "villages": 1, "with_team": 1}}})
    told(there, {OTHER_COUNTY_CODE: {**lifted(1), "coverage": {"must": 1, "villages": 3}}})

    table = table_of(picture_of(PREFECTURE, MARCH, actor=reader()), subject_named("coverage"))

    shares = [value(table, "helped_share", code) for code in (None, COUNTY_CODE, OTHER_COUNTY_CODE)]
    assert shares == [Decimal("0.75"), Decimal(1), Decimal(0)]


def test_opening_is_closing_less_what_came_plus_what_went(here: Actor, there: Actor) -> None:
    flows = {"lifted_households_in": 4, "lifted_households_out": 1}
    told(here, {COUNTY_CODE: {**lifted(10), "flows": flows}})

    table = table_of(picture_of(COUNTY_CODE, MARCH, actor=reader()), subject_named("stocks"))

    keys = ("lifted_opening", "lifted_in", "lifted_out", "lifted_households")
    assert [value(table, key) for key in keys] == [7, 4, 1, 10]


def test_anomalies_come_from_the_most_to_the_fewest(here: Actor, there: Actor) -> None:
    told(here, {COUNTY_CODE: {**lifted(9), "coverage": {"must": 9, "helped": 8}}})
    told(there, {OTHER_COUNTY_CODE: {**lifted(9), "coverage": {"must": 9, "helped": 2},
                                     "monitoring": {"decision_open": 1, "measure_open": 2}}})  # fmt: skip

    table = table_of(picture_of(PREFECTURE, MARCH, actor=reader()), subject_named("anomalies"))

    assert [row.line.code for row in table.rows] == [OTHER_COUNTY_CODE, COUNTY_CODE]
    assert [value(table, "overdue", code) for code in (OTHER_COUNTY_CODE, COUNTY_CODE)] == [3, 0]
    assert value(table, "without_helper") == 8


def test_withheld_causes_are_a_gap_and_no_zero(here: Actor, there: Actor) -> None:
    causes = {"main_01_households": 7}
    told(here, {COUNTY_CODE: {**lifted(7), "causes": causes}, TOWNSHIP: {**lifted(7), "causes": None}})

    table = table_of(picture_of(COUNTY_CODE, MARCH, actor=reader()), subject_named("causes"))

    assert [value(table, "main_01", code) for code in (None, TOWNSHIP)] == [7, None]
    assert [value(table, "share_01", code) for code in (None, TOWNSHIP)] == [Decimal(1), None]


# --- timeliness -------------------------------------------------------------------------------------------------------
def test_counties_are_in_time_late_or_overdue_by_the_day(here: Actor, there: Actor) -> None:
    told(here, {COUNTY_CODE: lifted(1)}, days=12)
    on = {days: MARCH.first_day.replace(day=31) + timedelta(days=days) for days in (9, 10, 11, 15)}

    states = {
        days: [(line.code, line.state, line.days_late) for line in timeliness_in(reader().ranges, MARCH, on=day)]
        for days, day in on.items()
    }

    late = (COUNTY_CODE, Timeliness.LATE, 2)
    assert states[9] == states[10] == [late, (OTHER_COUNTY_CODE, Timeliness.WAITED_FOR, 0)]
    assert states[11] == [late, (OTHER_COUNTY_CODE, Timeliness.OVERDUE, 1)]
    assert states[15] == [(OTHER_COUNTY_CODE, Timeliness.OVERDUE, 5), late]


def test_the_first_edition_counts_when_it_was_corrected_later(here: Actor, there: Actor) -> None:
    told(here, {COUNTY_CODE: lifted(1)}, days=10)
    told(here, {COUNTY_CODE: lifted(2)}, days=40, edition=2)

    lines = {line.code: line for line in timeliness_in(reader().ranges, MARCH, on=date(2021, 6, 1))}

    assert (lines[COUNTY_CODE].state, lines[COUNTY_CODE].editions) == (Timeliness.IN_TIME, 2)


def test_a_county_owes_nothing_of_the_time_before_its_service(here: Actor, there: Actor) -> None:
    Tenant.objects.filter(pk=there.tenant_id).update(opened_on=date(2021, 4, 1))

    codes = [line.code for line in timeliness_in(reader().ranges, MARCH, on=date(2021, 6, 1))]

    assert codes == [COUNTY_CODE]


def test_the_last_month_is_shown_when_nothing_was_published(here: Actor) -> None:
    assert newest_extent(reader().ranges, on=date(2021, 5, 3)) == Extent("month", date(2021, 4, 1))


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        ("month", date(2021, 1, 31)),
        ("quarter", date(2021, 3, 31)),
        ("half_year", date(2021, 6, 30)),
        ("year", date(2021, 12, 31)),
        ("campaign", None),
    ],
)
def test_periods_of_the_calendar_have_their_last_day(kind: str, last: date | None) -> None:
    assert last_day_of(Extent(kind, date(2021, 1, 1))) == last


@pytest.mark.parametrize("text", ["month", "month-2021-13-01", "week-2021-01-01", "month-2021-01-01x"])
def test_a_period_that_is_none_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        Extent.parse(text)

    assert refused.value.field == "period"


# --- how dear it is ---------------------------------------------------------------------------------------------------
def test_a_picture_takes_as_many_queries_for_three_counties_as_for_one(here: Actor, there: Actor) -> None:
    told(here, {COUNTY_CODE: lifted(1)})
    actor = reader()
    one = queries(actor)
    told(there, {OTHER_COUNTY_CODE: lifted(1)})
    third = Tenant.objects.create(pk=903, code="549903000000", name="示例县3")
    told(replace(here, tenant_id=third.pk, tenant_code=third.code), {third.code: lifted(1)})

    assert queries(actor) == one


def queries(actor: Actor) -> tuple[int, int, int]:
    counts = []
    for ask in (
        lambda: picture_of(PROVINCE, MARCH, actor=actor),
        lambda: trend_of(PROVINCE, "month", actor=actor, sections=("stocks",)),
        lambda: timeliness_in(actor.ranges, MARCH, on=date(2021, 6, 1)),
    ):
        with CaptureQueriesContext(connection) as caught:
            ask()
        counts.append(len(caught))
    return counts[0], counts[1], counts[2]


def test_each_table_has_its_leading_column() -> None:
    with_lead = [one for one in subjects() if one.lead]

    assert all(one.lead in [column.key for column in one.columns] for one in with_lead)
    assert [one.key for one in subjects() if not one.lead] == ["causes"]
