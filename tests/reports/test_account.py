"""The clear account: opening, flows by kind, closing, at three levels, and its proof."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
from reports.definitions.totals import Totals, filed_totals, totals_of
from reports.queries.account_lines import AccountDoesNotClose
from reports.queries.compiling import compile_figures
from reports.renderers.notes import late_notes
from tests.factories.assistance import paired
from tests.factories.households import PersonDraftFactory, registered
from tests.factories.tenants import COUNTY_CODE, FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE
from tests.factories.villages import VillageFactory
from tests.reports.making import compiled, frozen_up_to
from villages.models import Village

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

    figures = compiled(DECEMBER, actor=office)

    taken_over = (Count(), {"takeover in": TWO_PERSONS}, TWO_PERSONS)
    assert [shown(figures, stock, COUNTY_CODE) for stock in Stock.values] == [taken_over] * 3


def test_month_before_the_first_roster_is_all_nothing_when_compiled(office: Actor) -> None:
    registered(status="lifted")

    figures = compiled(Month(2020, 11), actor=office)

    assert {line.closing for lines in figures.accounts.values() for line in lines} == {Count()}


def test_change_of_category_flows_between_columns_when_a_household_is_lifted_and_returns(office: Actor) -> None:
    household = registered(status="filed")
    change_status(household.id, "lift", actor=office, on=IN_JANUARY, reason="test")
    change_status(household.id, "return", actor=office, on=date(2021, 1, 20), reason="test")

    figures = compiled(JANUARY, actor=office)

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

    figures = compiled(JANUARY, actor=office)

    assert filed_totals(figures, COUNTY_CODE) == Totals(Count(2, 4), Count(), Count(), Count(2, 4))


def test_move_shows_in_the_villages_alone_when_it_stays_in_the_township(office: Actor) -> None:
    household = registered(status="filed")
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    move_household(household.id, NEXT_VILLAGE_CODE, actor=office, on=IN_JANUARY, reason="test")

    figures = compiled(JANUARY, actor=office)

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

    figures = compiled(JANUARY, actor=office)

    assert [shown(figures, "not_lifted", code) for code in (COUNTY_CODE, TOWNSHIP_CODE, FAR_TOWNSHIP_CODE)] == [
        (TWO_PERSONS, {}, TWO_PERSONS),
        (TWO_PERSONS, {"moved_out out": TWO_PERSONS}, Count()),
        (Count(), {"moved_in in": TWO_PERSONS}, TWO_PERSONS),
    ]


def test_ordinary_household_counts_as_monitored_alone_when_identified(office: Actor) -> None:
    household = registered(status="ordinary", main_cause_code="")
    identify_for_monitoring(household.id, "2", actor=office, on=IN_JANUARY, reason="test")

    figures = compiled(JANUARY, actor=office)

    assert [shown(figures, stock, COUNTY_CODE) for stock in Stock.values] == [
        (Count(), {}, Count()),
        (Count(), {}, Count()),
        (Count(), {"identified in": TWO_PERSONS}, TWO_PERSONS),
    ]


def test_new_member_counts_in_each_stock_of_the_household_when_born(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")
    child = PersonDraftFactory.build(relation_code="03")
    add_person(household.id, child, actor=office, on=IN_JANUARY, reason_code="13")

    figures = compiled(JANUARY, actor=office)

    grown = (TWO_PERSONS, {"natural_in in": Count(0, 1)}, Count(1, 3))
    assert [shown(figures, stock, COUNTY_CODE) for stock in ("lifted", "monitored")] == [grown, grown]


def test_account_fails_when_a_posting_has_no_column(office: Actor) -> None:
    household = registered(status="filed")
    post(household, kind=PostingKind.RISK_REMOVED, stock=Stock.NOT_LIFTED, persons=1)
    post(household, kind=PostingKind.NATURAL_OUT, stock=Stock.NOT_LIFTED, persons=-1)
    period = frozen_up_to(DECEMBER, actor=office)

    with pytest.raises(AccountDoesNotClose) as refused:
        compile_figures(period, actor=office)

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

    figures = compiled(DECEMBER, actor=office)

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

    figures = compiled(DECEMBER, actor=office)

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

    figures = compiled(DECEMBER, actor=office)

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

    figures = compiled(DECEMBER, actor=office)

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

    figures = compiled(DECEMBER, actor=office)

    county = figures.coverage[0]
    assert NEXT_VILLAGE_CODE in {line.division.code for line in figures.coverage}
    assert (county.villages, county.villages_without_team) == (1, 1)


def test_figures_come_from_one_statement_over_what_was_frozen_when_compiled(office: Actor) -> None:
    registered(status="filed")
    period = frozen_up_to(DECEMBER, actor=office)

    with CaptureQueriesContext(connection) as captured:
        compile_figures(period, actor=office)

    statements = [query["sql"] for query in captured.captured_queries]
    assert sum("periods_frozenhousehold" in text for text in statements) == 1
    assert not [text for text in statements if "households_household" in text or "assistance_" in text]


def test_every_kind_of_posting_has_a_column_somewhere_when_the_definition_is_read() -> None:
    kinds = {column.kind for definition in STOCKS for column in definition.columns}

    assert kinds == set(PostingKind.values)


def test_stocks_of_the_definition_are_those_of_the_ledger_when_compared() -> None:
    assert [definition.stock for definition in STOCKS] == Stock.values


def test_figures_are_the_same_again_when_read_from_their_json(office: Actor) -> None:
    registered(status="filed")
    figures = compiled(DECEMBER, actor=office)

    again = from_json(to_json(figures))

    assert (again, checksum(to_json(again))) == (figures, checksum(to_json(figures)))


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_stays_the_same_when_there_are_more_households(
    office: Actor, django_assert_num_queries: object, number: int
) -> None:
    for _ in range(number):
        registered(status="filed")
    period = frozen_up_to(DECEMBER, actor=office)
    compile_figures(period, actor=office)

    with django_assert_num_queries(4):  # type: ignore[operator]  # a fixture without a type of its own
        compile_figures(period, actor=office)


# --- what was recorded late -------------------------------------------------------------------------------------------
def late(figures: Figures, stock: str, code: str) -> dict[str, Count]:
    """Give what one line shows as recorded late."""
    line: AccountLine = next(line for line in figures.accounts[stock] if line.division.code == code)
    columns = STOCK_BY_NAME[stock].columns
    return {
        f"{column.kind} {column.direction}": flow
        for column, flow in zip(columns, line.late, strict=True)
        if flow != Count()
    }


def test_late_change_has_its_own_columns_when_its_month_was_frozen_before(office: Actor) -> None:
    household = registered(status="filed")
    compiled(DECEMBER, actor=office)
    change_status(household.id, "lift", actor=office, on=date(2020, 12, 20), reason="test")

    figures = compiled(JANUARY, actor=office)

    assert shown(figures, "not_lifted", COUNTY_CODE) == (TWO_PERSONS, {}, Count())
    assert late(figures, "not_lifted", COUNTY_CODE) == {"lifted out": TWO_PERSONS}
    assert late(figures, "lifted", COUNTY_CODE) == {"lifted in": TWO_PERSONS}
    county = totals_of(STOCK_BY_NAME["lifted"], figures.county_line("lifted"))
    assert county == Totals(Count(), Count(), Count(), TWO_PERSONS, TWO_PERSONS, Count())
    assert "补录：已脱贫中" in late_notes(figures, "zh-hans")[1]


def test_late_move_cancels_in_the_county_alone_when_its_month_was_frozen_before(office: Actor) -> None:
    household = registered(status="filed")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    compiled(DECEMBER, actor=office)
    move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=date(2020, 12, 28), reason="test")

    figures = compiled(JANUARY, actor=office)

    assert [late(figures, "not_lifted", code) for code in (COUNTY_CODE, TOWNSHIP_CODE, FAR_TOWNSHIP_CODE)] == [
        {},
        {"moved_out out": TWO_PERSONS},
        {"moved_in in": TWO_PERSONS},
    ]
    assert late_notes(figures, "zh-hans") == ()


def test_fresh_account_equals_the_first_one_when_the_register_changed_meanwhile(office: Actor) -> None:
    household = registered(status="filed", main_cause_code="01")
    first = compiled(DECEMBER, actor=office)
    change_status(household.id, "lift", actor=office, on=date(2020, 12, 20), reason="test")
    paired(household)
    Village.objects.update(name="改名村")

    assert compiled(DECEMBER, actor=office) == first


def test_monitored_households_count_by_category_when_some_are_filed(office: Actor) -> None:
    registered(status="lifted", monitoring_state="identified", monitoring_code="1")
    registered(status="ordinary", monitoring_state="identified", monitoring_code="2", main_cause_code="")
    registered(status="lifted", monitoring_state="removed", monitoring_code="1")

    figures = compiled(DECEMBER, actor=office)

    (county,) = figures.category_lines("county")
    cells = {cell.category_code: (cell.monitored, cell.of_them_filed) for cell in county.cells}
    assert {code: cell for code, cell in cells.items() if cell != (Count(), Count())} == {
        "1": (TWO_PERSONS, TWO_PERSONS),
        "2": (TWO_PERSONS, Count()),
    }


def test_causes_count_persons_too_when_households_name_them(office: Actor) -> None:
    registered(status="filed", main_cause_code="01", other_cause_codes=("02",))
    registered(status="lifted", main_cause_code="01")

    (county,) = compiled(DECEMBER, actor=office).cause_lines("county")

    cells = {cell.cause_code: cell for cell in county.cells}
    assert (cells["01"].main_persons, cells["01"].main_not_lifted_persons, cells["02"].other_persons) == (4, 2, 2)
