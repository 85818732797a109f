"""The clear account: opening, flows by kind, closing, at three levels, and its proof."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from assistance.domain.pairing import let_unit_stand_in
from assistance.queries.coverage import coverage_by_village
from households.domain.members import add_person
from households.domain.monitoring import identify_for_monitoring
from households.domain.move import move_household
from households.domain.status import change_status
from households.enums import PostingKind, Stock
from households.models import Household, Posting
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.definitions.account import STOCK_BY_NAME, STOCKS
from reports.definitions.figures import AccountLine, Count, Figures, checksum, from_json, to_json
from reports.definitions.totals import Totals, filed_totals
from reports.domain.account import AccountDoesNotClose
from reports.domain.compiling import compile_figures
from tests.factories.assistance import paired
from tests.factories.households import PersonDraftFactory, registered
from tests.factories.tenants import COUNTY_CODE, FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE
from tests.factories.villages import VillageFactory

DECEMBER, JANUARY = Month(2020, 12), Month(2021, 1)
FAR_TOWNSHIP_CODE = "549901200000"
IN_JANUARY = date(2021, 1, 10)
TWO_PERSONS = Count(1, 2)


def shown(figures: Figures, stock: str, code: str) -> tuple[Count, dict[str, Count], Count]:
    """Give opening, the flows that are not nothing, and closing of one line."""
    line: AccountLine = next(line for line in figures.accounts[stock] if line.division.code == code)
    columns = STOCK_BY_NAME[stock].columns
    flows = {
        f"{column.kind} {column.direction}": flow
        for column, flow in zip(columns, line.flows, strict=True)
        if flow != Count()
    }
    return line.opening, flows, line.closing


def test_takeover_opens_at_nothing_when_the_roster_is_of_the_month(office: Actor) -> None:
    registered(status="filed")
    registered(status="lifted", monitoring_state="identified", monitoring_code="1")

    figures = compile_figures(DECEMBER, actor=office)

    taken_over = (Count(), {"takeover in": TWO_PERSONS}, TWO_PERSONS)
    assert [shown(figures, stock, COUNTY_CODE) for stock in Stock.values] == [taken_over] * 3


def test_month_before_the_first_roster_is_all_nothing_when_compiled(office: Actor) -> None:
    registered(status="lifted")

    figures = compile_figures(Month(2020, 11), actor=office)

    assert {line.closing for lines in figures.accounts.values() for line in lines} == {Count()}


def test_change_of_category_flows_between_columns_when_a_household_is_lifted_and_returns(office: Actor) -> None:
    household = registered(status="filed")
    change_status(household.id, "lift", actor=office, on=IN_JANUARY, reason="test")
    change_status(household.id, "return", actor=office, on=date(2021, 1, 20), reason="test")

    figures = compile_figures(JANUARY, actor=office)

    assert shown(figures, "not_lifted", COUNTY_CODE) == (
        TWO_PERSONS,
        {"returned in": TWO_PERSONS, "lifted out": TWO_PERSONS},
        TWO_PERSONS,
    )
    assert shown(figures, "lifted", COUNTY_CODE) == (
        Count(),
        {"lifted in": TWO_PERSONS, "returned out": TWO_PERSONS},
        Count(),
    )


def test_change_of_category_is_no_flow_of_the_filed_households_when_they_are_added_up(office: Actor) -> None:
    household = registered(status="filed")
    registered(status="lifted")
    change_status(household.id, "lift", actor=office, on=IN_JANUARY, reason="test")

    figures = compile_figures(JANUARY, actor=office)

    assert filed_totals(figures, COUNTY_CODE) == Totals(Count(2, 4), Count(), Count(), Count(2, 4))


def test_move_shows_in_the_villages_alone_when_it_stays_in_the_township(office: Actor) -> None:
    household = registered(status="filed")
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    move_household(household.id, NEXT_VILLAGE_CODE, actor=office, on=IN_JANUARY, reason="test")

    figures = compile_figures(JANUARY, actor=office)

    codes = (COUNTY_CODE, TOWNSHIP_CODE, VILLAGE_CODE, NEXT_VILLAGE_CODE)
    assert [shown(figures, "not_lifted", code) for code in codes] == [
        (TWO_PERSONS, {}, TWO_PERSONS),
        (TWO_PERSONS, {}, TWO_PERSONS),
        (TWO_PERSONS, {"moved_out out": TWO_PERSONS}, Count()),
        (Count(), {"moved_in in": TWO_PERSONS}, TWO_PERSONS),
    ]


def test_move_cancels_in_the_county_alone_when_it_leaves_the_township(office: Actor) -> None:
    household = registered(status="filed")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=IN_JANUARY, reason="test")

    figures = compile_figures(JANUARY, actor=office)

    assert [shown(figures, "not_lifted", code) for code in (COUNTY_CODE, TOWNSHIP_CODE, FAR_TOWNSHIP_CODE)] == [
        (TWO_PERSONS, {}, TWO_PERSONS),
        (TWO_PERSONS, {"moved_out out": TWO_PERSONS}, Count()),
        (Count(), {"moved_in in": TWO_PERSONS}, TWO_PERSONS),
    ]


def test_ordinary_household_counts_as_monitored_alone_when_identified(office: Actor) -> None:
    household = registered(status="ordinary", main_cause_code="")
    identify_for_monitoring(household.id, "2", actor=office, on=IN_JANUARY, reason="test")

    figures = compile_figures(JANUARY, actor=office)

    assert [shown(figures, stock, COUNTY_CODE) for stock in Stock.values] == [
        (Count(), {}, Count()),
        (Count(), {}, Count()),
        (Count(), {"identified in": TWO_PERSONS}, TWO_PERSONS),
    ]


def test_new_member_counts_in_each_stock_of_the_household_when_born(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")
    child = PersonDraftFactory.build(relation_code="03")
    add_person(household.id, child, actor=office, on=IN_JANUARY, reason_code="13")

    figures = compile_figures(JANUARY, actor=office)

    grown = (TWO_PERSONS, {"natural_in in": Count(0, 1)}, Count(1, 3))
    assert [shown(figures, stock, COUNTY_CODE) for stock in ("lifted", "monitored")] == [grown, grown]


def test_run_fails_with_the_place_when_ledger_and_rows_disagree(office: Actor) -> None:
    household = registered(status="filed")
    compile_figures(DECEMBER, actor=office)
    post(household, kind=PostingKind.NATURAL_IN, stock=Stock.NOT_LIFTED)

    with pytest.raises(AccountDoesNotClose) as refused, translation.override("en"):
        compile_figures(DECEMBER, actor=office)

    with translation.override("en"):
        sentence = str(refused.value)
    assert refused.value.code == "report.does_not_close"
    assert f"示例{VILLAGE_CODE[6:]}村 {VILLAGE_CODE}" in sentence
    assert "1 households and 3 persons" in sentence
    assert household.number not in sentence


def test_run_fails_when_a_posting_has_no_column(office: Actor) -> None:
    household = registered(status="filed")
    compile_figures(DECEMBER, actor=office)
    post(household, kind=PostingKind.RISK_REMOVED, stock=Stock.NOT_LIFTED)

    with pytest.raises(AccountDoesNotClose) as refused:
        compile_figures(DECEMBER, actor=office)

    assert refused.value.code == "report.posting_without_column"


def post(
    household: Household, *, kind: PostingKind, stock: Stock, persons: int = 1, village: str = VILLAGE_CODE
) -> None:
    """Slip a line into the ledger that no verb would write."""
    Posting.objects.create(
        household=household,
        kind=kind,
        stock=stock,
        effective_on=date(2020, 12, 20),
        households_delta=0,
        persons_delta=persons,
        village_code=village,
        scope_code=village,
    )


def test_causes_count_main_and_other_when_households_name_them(office: Actor) -> None:
    registered(status="filed", main_cause_code="01", other_cause_codes=("02", "07"))
    registered(status="lifted", main_cause_code="01")
    registered(status="lifted", main_cause_code="")
    registered(status="ordinary", main_cause_code="02")

    figures = compile_figures(DECEMBER, actor=office)

    (county,) = figures.cause_lines("county")
    cells = {cell.cause_code: (cell.main, cell.main_not_lifted, cell.other) for cell in county.cells}
    assert {code: cell for code, cell in cells.items() if any(cell)} == {
        "01": (2, 1, 0),
        "02": (0, 0, 1),
        "07": (0, 0, 1),
        "": (1, 0, 0),
    }


def test_coverage_counts_households_and_villages_when_nobody_stands_by(office: Actor) -> None:
    registered(status="filed")
    registered(status="ordinary", main_cause_code="")

    figures = compile_figures(DECEMBER, actor=office)

    county = figures.coverage[0]
    assert (county.households, county.households_without_helper, county.villages, county.villages_without_team) == (
        1,
        1,
        1,
        1,
    )


def test_coverage_counts_in_the_village_of_the_last_day_when_the_household_moved_later(office: Actor) -> None:
    household = registered(status="filed")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    paired(household)
    move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=IN_JANUARY, reason="test")

    figures = compile_figures(DECEMBER, actor=office)

    households = {line.division.code: line.households for line in figures.coverage}
    assert [households[code] for code in (COUNTY_CODE, TOWNSHIP_CODE, VILLAGE_CODE, FAR_VILLAGE_CODE)] == [1, 1, 1, 0]


def test_coverage_is_that_of_the_page_when_households_of_every_kind_are_counted(office: Actor) -> None:
    paired(registered(status="filed"))
    paired(registered(status="returned", village_code=NEXT_VILLAGE_CODE))
    left = registered(status="filed")
    paired(left)
    let_unit_stand_in(left.id, actor=office, on=date(2020, 12, 20), reason="test")
    registered(status="lifted", monitoring_state="relapsed", monitoring_code="1", village_code=FAR_VILLAGE_CODE)
    registered(status="lifted", monitoring_state="removed", monitoring_code="1")
    registered(status="ordinary", monitoring_state="identified", monitoring_code="2")
    registered(status="candidate")

    figures = compile_figures(DECEMBER, actor=office)

    lines = [line for line in figures.coverage if line.division.level == "village"]
    assert [
        (line.division.code, line.households, line.households_with_stand_in, line.households_without_helper)
        for line in lines
    ] == [
        (count.village_code, count.households, count.with_stand_in, count.without)
        for count in coverage_by_village(DECEMBER.last_day)
    ]


def test_village_that_only_the_ledger_knows_misses_no_team_when_villages_are_counted(office: Actor) -> None:
    household = registered(status="filed")
    for delta in (1, -1):
        post(household, kind=PostingKind.CORRECTION, stock=Stock.NOT_LIFTED, persons=delta, village=NEXT_VILLAGE_CODE)

    figures = compile_figures(DECEMBER, actor=office)

    county = figures.coverage[0]
    assert NEXT_VILLAGE_CODE in {line.division.code for line in figures.coverage}
    assert (county.villages, county.villages_without_team) == (1, 1)


def test_figures_of_households_come_from_one_statement_when_compiled(office: Actor) -> None:
    registered(status="filed")

    with CaptureQueriesContext(connection) as captured:
        compile_figures(DECEMBER, actor=office)

    statements = [query["sql"] for query in captured.captured_queries]
    assert sum("households_" in text or "assistance_" in text for text in statements) == 1


def test_every_kind_of_posting_has_a_column_somewhere_when_the_definition_is_read() -> None:
    kinds = {column.kind for definition in STOCKS for column in definition.columns}

    assert kinds == set(PostingKind.values)


def test_stocks_of_the_definition_are_those_of_the_ledger_when_compared() -> None:
    assert [definition.stock for definition in STOCKS] == Stock.values


def test_figures_are_the_same_again_when_read_from_their_json(office: Actor) -> None:
    registered(status="filed")
    figures = compile_figures(DECEMBER, actor=office)

    again = from_json(to_json(figures))

    assert (again, checksum(to_json(again))) == (figures, checksum(to_json(figures)))


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_stays_the_same_when_there_are_more_households(
    office: Actor, django_assert_num_queries: object, number: int
) -> None:
    for _ in range(number):
        registered(status="filed")
    compile_figures(DECEMBER, actor=office)

    with django_assert_num_queries(7):  # type: ignore[operator]  # a fixture without a type of its own
        compile_figures(DECEMBER, actor=office)
