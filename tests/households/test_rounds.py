"""The round of a village: in the order of the way, with what each visit would ask, by as many queries for each."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.status import change_status
from households.domain.visits import record_visit
from households.enums import VisitSection
from households.models import Household, Membership
from households.queries.rounds import House, round_of
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.households.test_api import client, household
from tests.households.test_visits import LINE, draft, settle_findings
from tests.registry.people import client_of, person

PARTS = tuple(VisitSection)


def houses(actor: Actor, *, year: int = 2021, only_unvisited: bool = False) -> list[House]:
    return round_of(VILLAGE_CODE, year, actor=actor, only_unvisited=only_unvisited, page=1).houses


def test_households_stand_in_the_order_of_the_way(office: Actor) -> None:
    for group, address in (("10组", ""), ("2组", "3号"), ("2组", "12号"), ("", ""), ("2组", "")):
        registered(group_name=group, address=address)
    registered(village_code=FAR_VILLAGE_CODE)
    gone = registered(group_name="1组")
    change_status(gone.id, "close_gone", actor=office, on=date(2021, 1, 4), reason="迁出")

    walked = [(one.group_name, one.address) for one in houses(office)]

    assert walked == [("2组", "3号"), ("2组", "12号"), ("2组", ""), ("10组", ""), ("", "")]


def test_house_says_what_a_visit_would_ask(office: Actor) -> None:
    asked, told = registered(group_name="1组"), registered(group_name="2组")
    record_visit(told.id, draft(living={"fuel_code": "2"}, lines=(LINE,)), actor=office)
    for member in Membership.objects.filter(household=told).values_list("person_id", flat=True):
        record_person_year(member, PersonYearDraft(year=2021, skill_code="1"), actor=office)
    settle_findings()

    first, second = houses(office)
    later = houses(office, year=2022)

    assert (first.id, first.to_ask, first.is_visited, first.last_visited_on) == (asked.id, PARTS, False, None)
    assert (second.to_ask, second.is_visited, second.last_visited_on) == ((), True, date(2021, 11, 1))
    assert (later[1].to_ask, later[1].is_visited) == (PARTS, False)
    assert (first.doubt_count, first.head_name != "") == (0, True)


def test_open_findings_are_counted_by_the_part_that_asks_them(office: Actor) -> None:
    registered()

    (house,) = houses(office)

    assert house.doubt_count > 0
    assert VisitSection.MEMBERS in house.doubted


def test_those_visited_are_left_out_when_only_the_others_are_asked_for(office: Actor) -> None:
    visited, left = registered(), registered()
    record_visit(visited.id, draft(living={"cropland_mu": Decimal(3)}), actor=office)

    found = round_of(VILLAGE_CODE, 2021, actor=office, only_unvisited=True, page=7)

    assert [one.id for one in found.houses] == [left.id]
    assert (found.household_count, found.visited_count, found.shown_count, found.page, found.page_count) == (
        2, 1, 1, 1, 1)  # fmt: skip


@pytest.mark.django_db
def test_page_is_light_and_asks_as_often_for_more_households() -> None:
    for number in range(1, 4):
        household(group_name=f"{number}组")
    team = client_of(person(Role.VILLAGE_TEAM))
    where = "/admin/households/round/?year=2021"
    team.get(where)

    with CaptureQueriesContext(connection) as few:
        small = len(team.get(where).content)
    for number in range(4, 41):
        household(group_name=f"{number}组")
    with CaptureQueriesContext(connection) as many:
        large = len(team.get(where).content)

    assert (len(few), len(many)) == (17, 17)
    assert large - small < 25_000


@pytest.mark.django_db
def test_team_comes_back_to_the_round_after_a_visit() -> None:
    one: Household = household(group_name="1组")
    team = client_of(person(Role.VILLAGE_TEAM))
    listed = team.get("/admin/households/round/?year=2021").content.decode()
    where = f"/admin/households/{one.id}/visit/?year=2021&round=1"
    head = {"visited_on": "2021-11-01", "source": "户主口述", "year": "2021", "version": "1"}

    answer = team.post(where, {**head, "living_fuel_code": "2"})
    left = team.get(answer["Location"]).content.decode()

    assert f"{one.id}/visit/?year=2021&amp;round=1" in listed
    assert answer["Location"].startswith("/admin/households/round/?village=")
    assert (str(one.id) in left, "1 of 1 households visited" in left) == (False, True)


@pytest.mark.django_db
def test_village_of_another_area_is_not_gone_round() -> None:
    with tenant_scope(county_office()):
        far = registered(village_code=FAR_VILLAGE_CODE)
        registered()
    team = client_of(person(Role.VILLAGE_TEAM))

    page = team.get(f"/admin/households/round/?village={FAR_VILLAGE_CODE}").content.decode()

    assert str(far.id) not in page


@pytest.mark.django_db
def test_round_is_told_by_rest_in_the_order_of_the_way() -> None:
    first, second = household(group_name="2组"), household(group_name="10组")
    with tenant_scope(county_office()):
        registered(village_code=FAR_VILLAGE_CODE)
        record_visit(first.id, draft(living={"fuel_code": "2"}), actor=county_office())
    team = client(Role.VILLAGE_TEAM)
    where = f"/api/v1/households/round/?village={VILLAGE_CODE}&year=2021"

    whole, left = team.get(where).json(), team.get(f"{where}&unvisited=true").json()
    far = team.get(f"/api/v1/households/round/?village={FAR_VILLAGE_CODE}&year=2021")

    assert [one["id"] for one in whole["houses"]] == [str(first.id), str(second.id)]
    assert (whole["household_count"], whole["visited_count"], left["shown_count"]) == (2, 1, 1)
    assert [one["number"] for one in left["houses"]] == [second.number]
    assert (whole["houses"][0]["to_ask"], far.status_code) == (["members", "income"], 404)
