"""What belongs to a village: yearly facts by section, goals, committee, settlement points, categories."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person
from villages.domain.basics import (
    FacilityDraft,
    MemberDraft,
    PointDraft,
    add_facility,
    add_member,
    add_point,
    amend_facility,
    amend_member,
    amend_point,
)
from villages.domain.priorities import add_priority, amend_priority
from villages.domain.villages import amend_village
from villages.domain.years import VillageYearDraft, record_village_facts, record_village_year
from villages.models import PARTS, YEAR_FACTS, SettlementPoint, VillageYear
from villages.queries.priorities import offered_priorities, priority_names

DAY = date(2021, 3, 1)
MEMBER = MemberDraft(name="示例主任", post_code="2", starts_on=DAY)
POINT = PointDraft(name="示例自然村", kind_code="1", household_count=12, person_count=50)
WATER = FacilityDraft(facility_code="water", goal="各组通自来水", due_on=date(2021, 12, 31))


def refused(verb: Callable[..., object], *given: Any, **named: Any) -> str:
    try:
        with savepoint():
            verb(*given, **named)
    except DomainError as error:
        return error.code
    return ""


# --- years ------------------------------------------------------------------------------------------------------------
def test_facts_left_out_stay_and_none_empties_one_when_a_section_is_recorded(office: Actor) -> None:
    village = VillageFactory.create()
    record_village_facts(village.id, 2020, {"person_count": 300, "women_count": 140}, actor=office, version=1)

    record_village_year(village.id, VillageYearDraft(year=2020, has_water=True), actor=office, version=2)
    record_village_facts(village.id, 2020, {"women_count": None, "cropland_mu": Decimal("9.50")}, actor=office)

    row = VillageYear.objects.get()
    assert (row.person_count, row.women_count, row.has_water, row.cropland_mu) == (300, None, True, Decimal("9.50"))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"person_count": 300, "women_count": 300}, ""),
        ({"person_count": 300, "women_count": 301}, "village.part_above_whole"),
        ({"women_count": 301}, ""),
        ({"cropland_mu": Decimal(5), "irrigated_mu": Decimal(6)}, "village.part_above_whole"),
        ({"pasture_mu": Decimal(-1)}, "village.negative"),
        ({"collective_income_yuan": Decimal(-1)}, "village.income_negative"),
    ],
)
def test_facts_of_a_year_are_refused_when_they_cannot_be(office: Actor, facts: dict[str, Any], code: str) -> None:
    village = VillageFactory.create()

    assert refused(record_village_facts, village.id, 2020, facts, actor=office) == code
    assert VillageYear.objects.count() == (code == "")


def test_database_refuses_a_part_above_its_whole_when_the_domain_is_passed_by(office: Actor) -> None:
    village = VillageFactory.create()
    counts = {"household_count": 10, "unsafe_water_household_count": 11}

    with pytest.raises(IntegrityError, match="unsafe_water_household_count_within"), savepoint():
        VillageYear.objects.create(village=village, scope_code=village.code, year=2020, **counts)


def test_every_part_is_a_fact_of_the_year_when_the_lists_are_read() -> None:
    columns = {field.name for field in VillageYear._meta.get_fields()}

    assert len(YEAR_FACTS) == len(set(YEAR_FACTS)) == 52
    assert set(YEAR_FACTS) == columns - {"id", "tenant", "scope_code", "village", "year"}
    assert {*PARTS, *PARTS.values()} <= set(YEAR_FACTS)


def test_unknown_fact_is_an_error_of_the_program_when_it_is_recorded(office: Actor) -> None:
    village = VillageFactory.create()

    with pytest.raises(KeyError):
        record_village_facts(village.id, 2020, {"party_count": 3}, actor=office)


# --- the village itself -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"longitude": Decimal("91.1"), "latitude": Decimal("29.6")}, ""),
        ({"longitude": Decimal("91.1")}, "place.outside"),
        ({"longitude": Decimal("29.6"), "latitude": Decimal("91.1")}, "place.outside"),
        ({"terrain_code": "4", "attribute_code": "2", "direction_code": "3"}, ""),
        ({"terrain_code": "77"}, "code.unknown"),
        ({"priority_codes": ["77"]}, "code.unknown"),
    ],
)
def test_village_is_amended_when_its_values_can_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    village = VillageFactory.create()

    assert refused(amend_village, village.id, changes, actor=office, version=1) == code


# --- categories -------------------------------------------------------------------------------------------------------
def test_county_words_its_own_categories_when_it_needs_others(office: Actor) -> None:
    own = add_priority("L1", name="高海拔易灾村", actor=office)
    add_priority("3", name="边境村", is_offered=False, actor=office)
    village = VillageFactory.create(priority_codes=["3"])

    amended = amend_village(village.id, {"priority_codes": ["3", "L1"]}, actor=office, version=1)
    amend_priority(own.id, name="高海拔村", is_offered=True, actor=office, version=1)

    assert priority_names(amended.priority_codes) == "边境村, 高海拔村"
    assert [code for code, _name in offered_priorities()] == ["1", "2", "4", "5", "L1"]


def test_category_that_is_not_offered_is_refused_when_another_village_asks(office: Actor) -> None:
    add_priority("3", name="边境村", is_offered=False, actor=office)
    village = VillageFactory.create()

    assert refused(amend_village, village.id, {"priority_codes": ["3"]}, actor=office, version=1) == "code.unknown"
    assert refused(amend_village, village.id, {"priority_codes": ["4"]}, actor=office, version=1) == ""


@pytest.mark.parametrize(
    ("code", "name", "error"),
    [
        ("L1", "易灾村", ""),
        ("L1", " ", "priority.name_missing"),
        ("L-1", "易灾村", "priority.code"),
        ("L1", "维稳重点村", "priority.no_need"),
        ("L1", "示例民族村", "priority.no_need"),
        ("4", "服务薄弱村", ""),
    ],
)
def test_category_is_refused_when_it_names_no_need(office: Actor, code: str, name: str, error: str) -> None:
    assert refused(add_priority, code, name=name, actor=office) == error


def test_second_category_of_a_code_is_refused_and_the_township_makes_none(office: Actor) -> None:
    add_priority("L1", name="易灾村", actor=office)

    with pytest.raises(Conflict):
        add_priority("L1", name="别名", actor=office)
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk, pytest.raises(NotAllowed):
        add_priority("L2", name="易灾村", actor=clerk)


# --- goals, committee, points -----------------------------------------------------------------------------------------
def test_goal_is_set_once_and_reached_when_its_day_is_entered(office: Actor) -> None:
    village = VillageFactory.create()
    goal = add_facility(village.id, WATER, actor=office)

    with pytest.raises(Conflict):
        add_facility(village.id, WATER, actor=office)
    reached = amend_facility(goal.id, replace(WATER, reached_on=DAY), actor=office, version=1)

    assert (reached.reached_on, reached.version) == (DAY, 2)
    with pytest.raises(StaleVersion):
        amend_facility(goal.id, WATER, actor=office, version=1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"facility_code": "77"}, "code.unknown"),
        ({"goal": " "}, "facility.goal_missing"),
        ({"reached_on": date(2100, 1, 1)}, "date.in_future"),
    ],
)
def test_goal_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    village = VillageFactory.create()

    assert refused(add_facility, village.id, replace(WATER, **changes), actor=office) == code


def test_term_ends_and_the_next_begins_when_the_committee_changes(office: Actor) -> None:
    village = VillageFactory.create()
    first = add_member(village.id, MEMBER, actor=office)

    with pytest.raises(Conflict):
        add_member(village.id, replace(MEMBER, starts_on=date(2021, 5, 1)), actor=office)
    ended = amend_member(first.id, replace(MEMBER, ends_on=date(2021, 5, 1)), actor=office, version=1)
    second = add_member(village.id, replace(MEMBER, starts_on=date(2021, 5, 1)), actor=office)

    assert (ended.ends_on, second.ends_on) == (date(2021, 5, 1), None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"ends_on": DAY}, ""),
        ({"ends_on": date(2021, 2, 1)}, "date.ends_before_start"),
        ({"name": " "}, "member.name_missing"),
        ({"post_code": "77"}, "code.unknown"),
        ({"starts_on": date(2100, 1, 1)}, "date.in_future"),
    ],
)
def test_term_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    village = VillageFactory.create()

    assert refused(add_member, village.id, replace(MEMBER, **changes), actor=office) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"longitude": Decimal("91.132212"), "latitude": Decimal("29.660361")}, ""),
        ({"latitude": Decimal("29.6")}, "place.outside"),
        ({"name": ""}, "point.name_missing"),
        ({"kind_code": "77"}, "code.unknown"),
        ({"ends_on": date(2100, 1, 1)}, "date.in_future"),
    ],
)
def test_settlement_point_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    village = VillageFactory.create()

    assert refused(add_point, village.id, replace(POINT, **changes), actor=office) == code


def test_database_refuses_half_a_place_when_the_domain_is_passed_by(office: Actor) -> None:
    village = VillageFactory.create()

    with pytest.raises(IntegrityError, match="settlementpoint_is_a_place"), savepoint():
        SettlementPoint.objects.create(
            village=village, scope_code=village.code, name="点", kind_code="1", longitude=Decimal(91)
        )


def test_team_keeps_its_own_village_and_no_other_when_it_enters_points(office: Actor) -> None:
    own, far = VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        point = add_point(own.id, POINT, actor=team)
        amend_point(point.id, replace(POINT, household_count=13), actor=team, version=1)
        with pytest.raises(NotFound):
            add_point(far.id, POINT, actor=team)
    with tenant_scope(actor_of(Role.SECTOR_CLERK)) as clerk, pytest.raises(NotAllowed):
        add_point(own.id, replace(POINT, name="别名"), actor=clerk)

    assert [(row.name, row.household_count) for row in SettlementPoint.objects.all()] == [("示例自然村", 13)]


def test_each_verb_leaves_one_event_when_something_changed(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        village = VillageFactory.create()
        member = add_member(village.id, MEMBER, actor=actor)
        amend_member(member.id, MEMBER, actor=actor, version=1)
        amend_member(member.id, replace(MEMBER, post_code="3"), actor=actor, version=1)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        verbs = list(AuditEvent.objects.filter(object_id=member.id).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["villages.add_member", "villages.amend_member"]


# --- pages ------------------------------------------------------------------------------------------------------------
def test_pages_enter_and_amend_when_a_clerk_uses_the_buttons(db: None) -> None:
    with tenant_scope(county_office()):
        village = VillageFactory.create()
    browser = client_of(person(Role.COUNTY_OFFICE))
    page = f"/admin/villages/village/{village.id}/do"
    year = str(today().year)

    answers = [
        browser.post(f"{page}/record-people/", {"year": year, "version": 1, "person_count": 300}),
        browser.post(f"{page}/record-services/", {"year": year, "version": 2, "clinic_count": 1, "has_bus": "true"}),
        browser.post(f"{page}/add-point/", {"name": "示例点", "kind_code": "1"}),
        browser.post(f"{page}/add-member/", {"name": "示例", "post_code": "2", "starts_on": "2021-03-01"}),
        browser.post(f"{page}/add-facility/", {"facility_code": "road", "goal": "通硬化路"}),
    ]
    with tenant_scope(county_office()):
        point = SettlementPoint.objects.get()
        facts = VillageYear.objects.values_list("person_count", "clinic_count", "has_bus").get()
    where = f"/admin/villages/settlementpoint/{point.id}/do/amend/"
    shown = browser.get(where).content.decode()
    amended = browser.post(where, {"name": "改名点", "kind_code": "2", "version": 1})
    profile = browser.get(f"/admin/villages/{village.id}/profile/").content.decode()

    assert [answer.status_code for answer in answers] == [302] * 5
    assert facts == (300, 1, True)
    assert ("示例点" in shown, amended.status_code) == (True, 302)
    assert ("registered rural persons" in profile, ">300<" in profile) == (True, True)
