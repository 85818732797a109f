"""Visits: the head once, what is unchanged by a tick, what changed, and what cannot be."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.income import LineDraft
from households.domain.move import move_household
from households.domain.relocation import record_relocation
from households.domain.reveal import reveal_of_household
from households.domain.visits import VisitDraft, record_visit
from households.models import Household, HouseholdYear, IncomeLine, Membership, PersonYear, Relocation, Visit
from households.queries.visits import masked_visit, visit_rows
from quality.models import Finding
from registry.enums import Role
from registry.lib.errors import DomainError, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import NEXT_VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_admin import save
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

LINE = LineDraft(item_code="101", amount_yuan=Decimal(9000))


def draft(year: int = 2021, **values: Any) -> VisitDraft:
    head = {"visited_on": date(year, 11, 1), "source": "户主口述", "period_start": date(year - 1, 10, 1)}
    return VisitDraft(**{"year": year, **head, "period_end": date(year, 10, 1), "person_count": 2, **values})


def settle_findings() -> None:
    """Let nothing be doubted, so that a tick is enough."""
    Finding.objects.exclude(state="fixed").update(state="fixed", closed_on=date(2022, 2, 1))


def test_head_holds_for_lines_and_year_when_a_visit_tells_them(office: Actor) -> None:
    visited = registered()

    visit = record_visit(
        visited.id, draft(lines=(LINE,), living={"cropland_mu": Decimal("3.5"), "fuel_code": "2"}), actor=office
    )

    year = HouseholdYear.objects.get()
    assert (visit.collector_id, visit.collector_name, visit.source) == (office.user_id, "示例", "户主口述")
    assert (year.visit, IncomeLine.objects.get().visit, year.source) == (visit, visit, "户主口述")
    assert (year.cropland_mu, year.fuel_code, year.period_start) == (Decimal("3.5"), "2", date(2020, 10, 1))
    assert year.net_per_head_yuan == Decimal("4500.00")


def test_unchanged_sections_are_carried_on_when_they_are_ticked(office: Actor) -> None:
    visited = registered()
    member = Membership.objects.filter(household=visited).first()
    assert member is not None
    record_visit(visited.id, draft(lines=(LINE,), living={"cropland_mu": Decimal(3), "fuel_code": "2"}), actor=office)
    record_person_year(member.person_id, PersonYearDraft(year=2021, skill_code="1", work_place="拉萨"), actor=office)

    settle_findings()

    ticked = ("basic", "members", "living", "income")
    visit = record_visit(visited.id, draft(2022, confirmed=ticked, living={"fuel_code": "4"}), actor=office)

    year = HouseholdYear.objects.get(year=2022)
    assert (sorted(visit.confirmed_sections), visit.confirmed_from_year) == (sorted(ticked), 2021)
    assert (year.cropland_mu, year.fuel_code, year.net_per_head_yuan) == (Decimal(3), "4", Decimal("4500.00"))
    assert (IncomeLine.objects.get(year=2022).visit, year.period_start) == (visit, date(2021, 10, 1))
    assert PersonYear.objects.get(year=2022).work_place == "拉萨"
    assert HouseholdYear.objects.get(year=2021).fuel_code == "2"


def test_coded_conditions_are_carried_on_when_nothing_of_them_is_entered(office: Actor) -> None:
    visited = registered()
    codes = {"water_source_code": "1", "entry_road_code": "1", "house_structure_code": "1", "fuel_code": "2"}
    record_visit(visited.id, draft(living=codes), actor=office)

    record_visit(visited.id, draft(2022, confirmed=("living",)), actor=office)

    year = HouseholdYear.objects.get(year=2022)
    assert {name: getattr(year, name) for name in codes} == codes


def test_visit_is_gone_on_with_when_the_same_person_saves_again_that_day(office: Actor) -> None:
    visited = registered()
    first = record_visit(visited.id, draft(living={"pasture_mu": Decimal(900)}), actor=office)
    version = Household.objects.get().version

    record_visit(visited.id, draft(living={"pasture_mu": Decimal(900)}), actor=office)
    same = record_visit(visited.id, draft(confirmed=("basic",)), actor=office)

    assert (same.id, same.confirmed_sections, Visit.objects.count()) == (first.id, ["basic"], 1)
    assert Household.objects.get().version == version + 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"visited_on": date(2999, 1, 1)}, "visit.day"),
        ({"visited_on": date(2020, 12, 31)}, "visit.day"),
        ({"source": " "}, "visit.source"),
        ({"period_end": None}, "income.period"),
        ({"confirmed": ("faith",)}, "visit.section"),
        ({"living": {"net_per_head_yuan": 1}}, "visit.section"),
        ({"living": {"fuel_code": "77"}}, "code.unknown"),
        ({"living": {"cropland_mu": Decimal(-1)}}, "database.householdyear_living_is_not_negative"),
        (
            {"living": {"cropland_mu": Decimal(1), "irrigated_mu": Decimal(2)}},
            "database.householdyear_irrigated_is_cropland",
        ),
        ({"confirmed": ("income",), "lines": (LINE,)}, "visit.confirmed_and_changed"),
        ({"confirmed": ("living",)}, "visit.nothing_to_confirm"),
        ({"lines": (LINE,), "person_count": None}, "visit.period_missing"),
    ],
)
def test_visit_is_refused_and_nothing_kept_when_it_cannot_be(office: Actor, values: dict[str, Any], code: str) -> None:
    visited = registered()

    with pytest.raises(DomainError) as refused, tenant_scope(office):
        record_visit(visited.id, draft(**values), actor=office)

    assert (refused.value.code, HouseholdYear.objects.count(), IncomeLine.objects.count()) == (code, 0, 0)


def test_rows_go_along_when_the_household_moves(office: Actor) -> None:
    visited = registered()
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    record_visit(visited.id, draft(lines=(LINE,)), actor=office)
    record_relocation(visited.id, {"site_name": "示例安置点"}, actor=office)

    move_household(visited.id, NEXT_VILLAGE_CODE, actor=office, on=date(2022, 1, 1), reason="搬迁")

    moved = {row.scope_code for row in (Visit.objects.get(), IncomeLine.objects.get(), Relocation.objects.get())}
    assert moved == {NEXT_VILLAGE_CODE}


def test_relocation_keeps_what_is_left_out_when_it_is_amended(office: Actor) -> None:
    visited = registered()
    record_relocation(visited.id, {"site_name": "示例安置点", "housing_area_m2": Decimal(100)}, actor=office, version=0)

    amended = record_relocation(visited.id, {"settlement_mode_code": "1"}, actor=office, version=1)
    with pytest.raises(StaleVersion):
        record_relocation(visited.id, {"settlement_mode_code": "2"}, actor=office, version=1)

    assert (amended.site_name, amended.settlement_mode_code, amended.version) == ("示例安置点", "1", 2)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"settlement_mode_code": "7"}, "code.unknown"),
        ({"moved_in_on": date(2999, 1, 1)}, "relocation.in_future"),
        ({"self_raised_yuan": Decimal(-1)}, "database.relocation_self_raised_yuan_is_not_negative"),
        ({"demolished_on": date(2020, 1, 1)}, "database.relocation_demolition_facts_need_a_demolition"),
        ({"status": "lifted"}, "relocation.fact"),
    ],
)
def test_relocation_is_refused_when_it_cannot_be(office: Actor, facts: dict[str, Any], code: str) -> None:
    visited = registered()

    with pytest.raises(DomainError) as refused:
        record_relocation(visited.id, facts, actor=office)

    assert (refused.value.code, Relocation.objects.count()) == (code, 0)


@pytest.mark.django_db
def test_visit_and_relocation_are_recorded_when_they_come_by_rest() -> None:
    visited = household()
    team = client(Role.VILLAGE_TEAM)
    body = {
        "year": 2021,
        "visited_on": "2021-11-01",
        "source": "户主口述",
        "period_start": "2020-10-01",
        "period_end": "2021-10-01",
        "person_count": 2,
        "living": {"pasture_mu": "900.00", "has_broadcast": True},
        "lines": [{"item_code": "101", "amount_yuan": "9000"}],
    }

    made = post(team, f"households/{visited.id}/visits/", body, version=1)
    where = f"/api/v1/households/{visited.id}/relocation/"
    moved = team.put(where, {"site_name": "甲"}, content_type="application/json", headers={"if-match": '"0"'})

    listed = team.get(f"/api/v1/households/{visited.id}/visits/").json()["results"]
    told = {name: value for name, value in made.json().items() if name != "warnings"}
    assert (made.status_code, made["ETag"], listed) == (201, '"2"', [told])
    assert (moved.status_code, team.get(where).json()["site_name"], moved["ETag"]) == (200, "甲", '"1"')
    with tenant_scope(county_office()):
        year = HouseholdYear.objects.get()
        assert (year.pasture_mu, year.has_broadcast, year.net_per_head_yuan) == (Decimal(900), True, Decimal(4500))


@pytest.mark.django_db
def test_visit_is_recorded_and_keeps_what_is_not_asked_when_a_team_uses_the_page() -> None:
    visited = household()
    team: Client = client_of(person(Role.VILLAGE_TEAM))
    where = f"households/{visited.id}/visit/?year=2021"
    head = {"visited_on": "2021-11-01", "source": "户主口述", "period_start": "2020-10-01", "period_end": "2021-10-01"}
    line = {"line_0_item_code": "101", "line_0_amount_yuan": "9000", "person_count": "2"}

    first = save(team, where, **head, **line, living_cropland_mu="3.5", living_has_broadcast="true")
    page = team.get(f"/admin/{where}").content.decode()
    second = save(team, where, **head, **line, confirmed=["basic"], living_fuel_code="2")

    assert (first, second) == (302, 302)
    assert "3.50" in page
    with tenant_scope(county_office()):
        year = HouseholdYear.objects.get()
        assert (year.cropland_mu, year.has_broadcast, year.fuel_code) == (Decimal("3.5"), True, "2")
        assert year.net_per_head_yuan == Decimal(4500)
        assert Visit.objects.get().confirmed_sections == ["basic"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rows",
    [
        {"line_0_item_code": "101", "line_0_amount_yuan": "9000", "line_1_amount_yuan": "500"},
        {"line_0_item_code": "", "line_0_amount_yuan": ""},
    ],
    ids=["an amount of nothing", "all rows emptied"],
)
def test_page_refuses_and_keeps_the_income_when_a_row_would_be_lost(rows: dict[str, str]) -> None:
    visited = household()
    team = client_of(person(Role.VILLAGE_TEAM))
    where = f"households/{visited.id}/visit/?year=2021"
    head = {"visited_on": "2021-11-01", "source": "户主口述", "period_start": "2020-10-01", "period_end": "2021-10-01"}
    line = {"line_0_item_code": "101", "line_0_amount_yuan": "9000"}
    save(team, where, **head, **line, person_count="2")

    status = save(team, where, **head, **rows, person_count="2")

    assert status == 200
    with tenant_scope(county_office()):
        assert list(IncomeLine.objects.values_list("item_code", "amount_yuan")) == [("101", Decimal(9000))]


@pytest.mark.django_db
def test_relocation_is_recorded_when_a_team_uses_the_page() -> None:
    visited = household()
    team = client_of(person(Role.VILLAGE_TEAM))

    status = save(team, f"households/{visited.id}/relocation/", site_name="示例安置点", is_demolished="true")

    with tenant_scope(county_office()):
        found = Relocation.objects.get()
        assert (status, found.site_name, found.is_demolished) == (302, "示例安置点", True)


@pytest.mark.django_db
def test_years_are_listed_with_all_conditions_when_they_came_by_rest() -> None:
    visited = household()
    team = client(Role.COUNTY_OFFICE)
    where = f"/api/v1/households/{visited.id}/years/"

    def put(version: int, **body: Any) -> int:
        answer = team.put(
            where, {"year": 2021, **body}, content_type="application/json", headers={"if-match": f'"{version}"'}
        )
        return answer.status_code

    first = put(1, cropland_mu="3.50", fuel_code="2", has_broadcast=True, safe_water=True)
    second = put(2, pasture_mu="1.00", safe_water=True)
    wrong = put(3, fuel_code="77")
    (row,) = team.get(where).json()["results"]

    assert (first, second, wrong) == (200, 200, 422)
    assert (row["cropland_mu"], row["pasture_mu"], row["fuel_code"]) == ("3.50", "1.00", "2")
    assert (row["has_broadcast"], row["safe_water"], row["visit_id"]) == (True, True, None)

    with tenant_scope(county_office()):
        member = Membership.objects.filter(household=visited).values_list("person_id", flat=True)[0]
        record_visit(visited.id, draft(living={"pasture_mu": Decimal(2)}), actor=county_office())
        record_person_year(member, PersonYearDraft(year=2021), actor=county_office(), visit_id=Visit.objects.get().id)
    (told,) = team.get(f"/api/v1/persons/{member}/years/").json()["results"]
    assert (told["year"], told["visited_on"], told["visit_source"]) == (2021, "2021-11-01", "户主口述")


def test_telephone_of_who_filled_in_the_form_is_sealed_and_shown_for_a_reason(office: Actor) -> None:
    visited = registered()
    record_visit(visited.id, draft(living={"fuel_code": "2"}, collector_phone="17910000007"), actor=office)

    row = masked_visit(visit_rows(visited.id).get())
    shown = reveal_of_household(visited.id, "collector_phone", actor=office, reason="核实")
    again = record_visit(visited.id, draft(living={"fuel_code": "4"}), actor=office)

    assert (row["collector_phone_masked"], shown) == ("179****0007", "17910000007")
    assert "collector_phone_sealed" not in row
    assert (again.collector_phone_sealed is not None, again.version) == (True, 1)


def test_telephone_is_refused_when_it_is_none_and_not_found_when_nobody_told_one(office: Actor) -> None:
    visited = registered()

    with pytest.raises(DomainError) as refused:
        record_visit(visited.id, draft(living={"fuel_code": "2"}, collector_phone="12"), actor=office)
    with pytest.raises(NotFound) as empty:
        reveal_of_household(visited.id, "collector_phone", actor=office, reason="核实")

    assert (refused.value.field, empty.value.code) == ("collector_phone", "reveal.empty")


@pytest.mark.django_db
def test_form_keeps_help_for_a_business_and_the_telephone() -> None:
    visited = household()
    team = client_of(person(Role.VILLAGE_TEAM))
    where = f"/admin/households/{visited.id}/visit/?year=2021"
    head = {"visited_on": "2021-11-01", "source": "户主口述", "year": "2021", "version": "1"}

    answer = team.post(where, {**head, "living_industry_help_code": "2", "collector_phone": "17910000007"})
    listed = client(Role.COUNTY_OFFICE).get(f"/api/v1/households/{visited.id}/visits/").json()["results"]

    with tenant_scope(county_office()):
        assert (answer.status_code, HouseholdYear.objects.get().industry_help_code) == (302, "2")
    assert [one["collector_phone_masked"] for one in listed] == ["179****0007"]
