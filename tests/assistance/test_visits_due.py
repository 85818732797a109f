"""What is due: parts of a year, who owes whom a visit, and the worklist of helper, team, township and county."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from assistance.domain.help_visits import HelpVisitDraft, record_help_visit, withdraw_help_visit
from assistance.domain.helper import link_login
from assistance.domain.pairing import hand_over, let_unit_stand_in, pair
from assistance.domain.visit_plans import amend_visit_plan, set_visit_plan
from assistance.models import Helper, HelpVisit, VisitPlan
from assistance.queries.visits_due import (
    Part,
    VillageDue,
    due_by_village,
    due_page,
    due_rows,
    has_plan,
    part_of,
    visits_due,
)
from households.domain.monitoring import identify_for_monitoring
from households.domain.status import change_status
from households.models import Household
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, StaleVersion
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office
from tests.households.test_api import client
from tests.registry.people import at_work, client_of, person

# The second quarter is under way, and the first one has ended.
DAY = date(2021, 5, 10)
FIRST_QUARTER, SECOND_QUARTER = date(2021, 3, 31), date(2021, 6, 30)


def helped(on: date = FIRST_DAY, **values: Any) -> tuple[Household, Helper]:
    household, helper = registered(**{"status": "filed", **values}), HelperFactory.create()
    paired(household, helper=helper, on=on)
    return household, helper


def visited(household: Household, helper: Helper, on: date, actor: Actor) -> HelpVisit:
    draft = HelpVisitDraft(visited_on=on, place_code="1", confirmation_code="1")
    return record_help_visit(household.pk, draft, actor=actor, helper_id=helper.pk)


def due(day: date, actor: Actor) -> list[tuple[Any, ...]]:
    rows = due_rows(visits_due(day, actor=actor)).order_by("id")
    return [(row["id"], row["due_on"], row["is_overdue"]) for row in rows]


@pytest.mark.parametrize(
    ("day", "visits", "part"),
    [
        (date(2021, 5, 10), 1, Part(date(2021, 1, 1), date(2021, 12, 31))),
        (date(2021, 7, 1), 2, Part(date(2021, 7, 1), date(2021, 12, 31))),
        (date(2021, 5, 10), 3, Part(date(2021, 5, 1), date(2021, 8, 31))),
        (date(2021, 6, 30), 4, Part(date(2021, 4, 1), date(2021, 6, 30))),
        (date(2020, 2, 29), 6, Part(date(2020, 1, 1), date(2020, 2, 29))),
        (date(2021, 12, 31), 12, Part(date(2021, 12, 1), date(2021, 12, 31))),
    ],
)
def test_parts_of_a_year_are_whole_months(day: date, visits: int, part: Part) -> None:
    assert part_of(day, visits) == part


def test_nothing_is_due_when_the_county_has_no_plan(office: Actor) -> None:
    household, _helper = helped()

    assert (due(DAY, office), has_plan(DAY)) == ([], False)
    set_visit_plan(2021, visits=4, actor=office)
    assert (due(DAY, office), has_plan(DAY)) == ([(household.pk, FIRST_QUARTER, True)], True)


def test_visit_falls_due_at_the_end_of_its_part_and_is_overdue_after_it(office: Actor) -> None:
    set_visit_plan(2021, visits=4, actor=office)
    household, helper = helped()

    in_time, late = due(FIRST_QUARTER, office), due(date(2021, 4, 1), office)
    visited(household, helper, date(2021, 2, 1), office)

    assert (in_time, late) == ([(household.pk, FIRST_QUARTER, False)], [(household.pk, FIRST_QUARTER, True)])
    assert due(FIRST_QUARTER, office) == []
    assert due(DAY, office) == [(household.pk, SECOND_QUARTER, False)]


def test_late_visit_ends_what_was_overdue_and_withdrawing_it_does_not(office: Actor) -> None:
    set_visit_plan(2021, visits=4, actor=office)
    household, helper = helped()
    row = visited(household, helper, date(2021, 4, 2), office)

    done = due(DAY, office)
    withdraw_help_visit(row.pk, actor=office, reason="登记有误")

    assert (done, due(DAY, office)) == ([], [(household.pk, FIRST_QUARTER, True)])


def test_what_was_missed_last_year_stays_overdue_in_the_new_one(office: Actor) -> None:
    household, _helper = helped()
    set_visit_plan(2022, visits=12, actor=office)
    alone = due(date(2022, 1, 10), office)

    set_visit_plan(2021, visits=4, actor=office)

    assert alone == [(household.pk, date(2022, 1, 31), False)]
    assert due(date(2022, 1, 10), office) == [(household.pk, date(2021, 12, 31), True)]


def test_whoever_is_paired_in_the_middle_of_a_part_begins_with_the_next(office: Actor) -> None:
    set_visit_plan(2021, visits=4, actor=office)
    household, _helper = helped(on=date(2021, 3, 30))

    days = [date(2021, 3, 31), date(2021, 4, 1)]

    assert [due(day, office) for day in days] == [[], [(household.pk, SECOND_QUARTER, False)]]


def test_hand_over_lets_no_visit_lapse_and_any_helper_may_come(office: Actor) -> None:
    set_visit_plan(2021, visits=4, actor=office)
    household, _former = helped()
    further, next_lead = HelperFactory.create(), HelperFactory.create()
    pair(household.pk, further.pk, actor=office, on=date(2021, 4, 1), is_lead=False)
    hand_over(household.pk, next_lead.pk, actor=office, on=date(2021, 5, 1), reason="工作调动")

    before = due(DAY, office)
    visited(household, further, date(2021, 5, 2), office)

    assert (before, due(DAY, office)) == ([(household.pk, FIRST_QUARTER, True)], [])


def test_no_visit_is_owed_when_no_helper_must_stand_by_or_the_unit_stands_in(office: Actor) -> None:
    set_visit_plan(2021, visits=4, actor=office)
    helped(status="ordinary")
    registered(status="filed")
    closed, _helper = helped()
    change_status(closed.pk, "close_gone", actor=office, on=date(2021, 5, 1), reason="全户死亡")
    alone, _helper = helped()
    let_unit_stand_in(alone.pk, actor=office, on=date(2021, 5, 1), reason="退休")
    kept, _helper = helped()

    assert due(DAY, office) == [(kept.pk, FIRST_QUARTER, True)]


def test_households_at_risk_are_visited_more_often_where_the_plan_says_so(office: Actor) -> None:
    plan = set_visit_plan(2021, visits=4, risk_visits=12, actor=office)
    usual, helper = helped()
    visited(usual, helper, date(2021, 2, 1), office)
    risky, helper = helped(status="lifted")
    identify_for_monitoring(risky.pk, "1", actor=office, on=date(2021, 1, 2), reason="因病")
    visited(risky, helper, date(2021, 3, 31), office)

    often = due(DAY, office)
    amend_visit_plan(plan.pk, visits=4, actor=office, version=1)

    assert often == [(usual.pk, SECOND_QUARTER, False), (risky.pk, date(2021, 4, 30), True)]
    assert due(DAY, office) == [(usual.pk, SECOND_QUARTER, False), (risky.pk, SECOND_QUARTER, False)]


def test_villages_are_counted_and_lines_name_the_helper_and_the_last_visit(office: Actor) -> None:
    set_visit_plan(2021, visits=4, actor=office)
    seen, helper = helped()
    visited(seen, helper, date(2021, 4, 20), office)
    waits, second = helped()
    visited(waits, second, date(2021, 2, 20), office)
    far, third = helped(village_code=FAR_VILLAGE_CODE)

    counts = due_by_village(DAY, actor=office)
    page = due_page(DAY, counts, actor=office, page=1)

    assert counts == [VillageDue(VILLAGE_CODE, 0, 1, 1), VillageDue(FAR_VILLAGE_CODE, 1, 0, 0)]
    assert [
        (line.id, line.helper_name, line.last_visited_on, line.due_on, line.is_overdue) for line in page.visits
    ] == [
        (far.pk, third.name, None, FIRST_QUARTER, True),
        (waits.pk, second.name, date(2021, 2, 20), SECOND_QUARTER, False),
    ]
    assert all(line.head_name for line in page.visits)


@pytest.mark.parametrize("households", [1, 3])
def test_worklist_asks_as_many_queries_for_one_as_for_three(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries, households: int
) -> None:
    set_visit_plan(2021, visits=4, actor=office)
    for _number in range(households):
        helped()

    with django_assert_num_queries(7):
        found = due_page(DAY, due_by_village(DAY, actor=office), actor=office, page=1)

    assert found.count == households


def test_helper_and_team_see_their_own_lines(db: None) -> None:
    account = person(Role.HELPER)
    with tenant_scope(county_office()) as actor:
        set_visit_plan(2021, visits=4, actor=actor)
        mine, own = helped()
        link_login(own.pk, account.username, actor=actor)
        near, _helper = helped()
        helped(village_code=FAR_VILLAGE_CODE)

    with tenant_scope(at_work(account)) as actor:
        of_helper = [line[0] for line in due(DAY, actor)]
    with tenant_scope(at_work(person(Role.VILLAGE_TEAM))) as actor:
        of_team = {line[0] for line in due(DAY, actor)}
    with tenant_scope(county_office()) as actor:
        of_county = len(due(DAY, actor))

    assert (of_helper, of_team, of_county) == ([mine.pk], {mine.pk, near.pk}, 3)


# --- the plan ---------------------------------------------------------------------------------------------------------
def test_plan_of_a_year_is_changed_from_its_version_when_on_file(office: Actor) -> None:
    plan = set_visit_plan(2021, visits=4, actor=office)

    with pytest.raises(Conflict) as refused:
        set_visit_plan(2021, visits=2, actor=office)
    amended = amend_visit_plan(plan.pk, visits=12, actor=office, version=1)
    with pytest.raises(StaleVersion):
        amend_visit_plan(plan.pk, visits=6, actor=office, version=1)

    assert (refused.value.code, amended.visits, amended.version) == ("visit_plan.year_on_file", 12, 2)


@pytest.mark.parametrize(
    ("values", "field"), [({"visits": 5}, "visits"), ({"visits": 4, "risk_visits": 24}, "risk_visits")]
)
def test_plan_is_refused_when_it_cuts_no_whole_months(office: Actor, values: dict[str, int], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        set_visit_plan(2021, actor=office, **values)
    plan = set_visit_plan(2021, visits=4, actor=office)
    with pytest.raises(IntegrityError), savepoint():
        VisitPlan.objects.filter(pk=plan.pk).update(**values)

    assert (refused.value.code, refused.value.field) == ("visit_plan.visits", field)


def test_plan_is_the_county_offices_alone(office: Actor) -> None:
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK)) as actor, pytest.raises(NotAllowed):
        set_visit_plan(2021, visits=4, actor=actor)


# --- doors ------------------------------------------------------------------------------------------------------------
def overdue_today() -> Household:
    """Give a household that nobody visited this month nor the last, in the open county's scope."""
    with tenant_scope(county_office()) as actor:
        for year in (today().year - 1, today().year):
            set_visit_plan(year, visits=12, actor=actor)
        household, _helper = helped()
    return household


def test_program_lists_what_is_due(db: None) -> None:
    household = overdue_today()
    caller = client()

    listed = caller.get("/api/v1/visits-due/?is_overdue=true").json()["results"]

    assert [(row["number"], row["is_overdue"], row["village_code"]) for row in listed] == [
        (household.number, True, VILLAGE_CODE)
    ]
    assert caller.get("/api/v1/visits-due/?is_overdue=false").json()["results"] == []


def test_worklist_page_links_each_line_and_offers_the_visit(db: None) -> None:
    household = overdue_today()
    clerk = client_of(person(Role.TOWNSHIP_CLERK))

    page = clerk.get("/admin/assistance/visits-due/").content.decode()
    elsewhere = clerk.get("/admin/assistance/visits-due/?village=549901999999&page=9").content.decode()

    assert f"/admin/households/household/{household.pk}/change/" in page
    assert f"/admin/households/household/{household.pk}/do/record-help-visit/" in page
    assert ("Overdue since" in page, household.number in elsewhere) == (True, False)


def test_worklist_page_says_so_when_there_is_no_plan(db: None) -> None:
    with tenant_scope(county_office()):
        household, _helper = helped()

    page = client_of(person(Role.COUNTY_OFFICE)).get("/admin/assistance/visits-due/").content.decode()

    assert ("has not said yet" in page, household.number in page) == (True, False)


def test_office_sets_and_amends_the_plan_on_the_pages(db: None) -> None:
    office = client_of(person(Role.COUNTY_OFFICE))

    made = office.post("/admin/assistance/visitplan/add/", {"year": 2021, "visits": 4, "risk_visits": ""})
    with tenant_scope(county_office()):
        plan = VisitPlan.objects.get()
    page = f"/admin/assistance/visitplan/{plan.pk}/change/"
    amended = office.post(page, {"visits": 4, "risk_visits": 12, "version": 1})

    assert (made.status_code, amended.status_code) == (302, 302)
    with tenant_scope(county_office()):
        assert VisitPlan.objects.values_list("visits", "risk_visits", "version").get() == (4, 12, 2)
