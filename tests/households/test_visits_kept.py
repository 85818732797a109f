"""What a visit keeps: lines and claims on file, facts told long ago, the members of the year, an earlier visit."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from households.domain.coefficients import set_income_rule
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.members import end_membership
from households.domain.visits import record_visit
from households.models import Household, HouseholdYear, IncomeLine, Membership, PersonYear, Visit
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.households.test_admin import save
from tests.households.test_api import client, household, post
from tests.households.test_change_requests import somebody
from tests.households.test_visits import LINE, draft, settle_findings
from tests.registry.people import client_of, person

CLAIMS: dict[str, Any] = {"claims_yuan": Decimal(3000), "self_paid_cost_yuan": Decimal(500)}
HEAD = {"visited_on": "2021-11-01", "source": "户主口述", "period_start": "2020-10-01", "period_end": "2021-10-01"}
ROW = {"line_0_item_code": "101", "line_0_amount_yuan": "9000", "person_count": "2"}


def spouse_of(one: Household) -> UUID:
    found: UUID = Membership.objects.get(household=one, relation_code="02").person_id
    return found


def test_lines_of_the_year_stay_when_the_income_is_ticked_after_them(office: Actor) -> None:
    visited = registered()
    record_visit(visited.id, draft(lines=(LINE,)), actor=office)
    record_visit(visited.id, draft(2022, lines=(LineDraft(item_code="101", amount_yuan=Decimal(20000)),)), actor=office)

    record_visit(visited.id, draft(2022, confirmed=("income",)), actor=somebody())

    assert IncomeLine.objects.get(year=2022).amount_yuan == Decimal(20000)


def test_unchanged_lines_keep_their_visit_when_an_office_records_the_income_again(office: Actor) -> None:
    visited = registered()
    other = LineDraft(item_code="401", amount_yuan=Decimal(100))
    visit = record_visit(visited.id, draft(lines=(LINE, other)), actor=office)
    period: dict[str, Any] = {"period_start": date(2020, 10, 1), "period_end": date(2021, 10, 1), "person_count": 2}
    changed = LineDraft(item_code="401", amount_yuan=Decimal(200))

    record_income([IncomeDraft(household_id=visited.id, year=2021, lines=(LINE, changed), **period)], actor=office)

    told = dict(IncomeLine.objects.values_list("item_code", "visit_id"))
    assert told == {"101": visit.id, "401": None}


def test_claims_stay_when_a_program_tells_the_lines_without_them(office: Actor) -> None:
    visited = registered()
    record_visit(visited.id, draft(lines=(LINE,), **CLAIMS), actor=office)

    record_visit(visited.id, draft(lines=(LINE, LINE), stated_amounts=frozenset()), actor=office)
    kept = HouseholdYear.objects.values(*CLAIMS).get()
    record_visit(visited.id, draft(lines=(LINE, LINE)), actor=office)

    assert kept == CLAIMS
    assert HouseholdYear.objects.values(*CLAIMS).get() == dict.fromkeys(CLAIMS)


def test_claims_without_lines_are_refused_and_not_lost(office: Actor) -> None:
    visited = registered()

    with pytest.raises(DomainError) as refused:
        record_visit(visited.id, draft(living={"fuel_code": "2"}, **CLAIMS), actor=office)

    assert (refused.value.code, refused.value.field) == ("visit.claims_alone", "claims_yuan")


@pytest.mark.django_db
def test_claims_stay_by_rest_when_the_body_leaves_them_out() -> None:
    visited = household()
    team = client(Role.VILLAGE_TEAM)
    head = {"year": 2021, **HEAD, "person_count": 2, "lines": [{"item_code": "101", "amount_yuan": "9000"}]}
    claims = {name: str(value) for name, value in CLAIMS.items()}

    first = post(team, f"households/{visited.id}/visits/", {**head, **claims}, version=1)
    second = post(team, f"households/{visited.id}/visits/", {**head, "living": {"fuel_code": "2"}}, version=2)

    with tenant_scope(county_office()):
        assert (first.status_code, second.status_code) == (201, 201)
        assert HouseholdYear.objects.values(*CLAIMS).get() == CLAIMS


def test_each_part_is_carried_from_its_own_latest_year_when_no_year_is_named(office: Actor) -> None:
    visited = registered()
    member = spouse_of(visited)
    record_person_year(member, PersonYearDraft(year=2019, skill_code="1"), actor=office)
    record_visit(visited.id, draft(2018, visited_on=date(2021, 1, 2), living={"fuel_code": "2"}), actor=office)
    record_visit(visited.id, draft(2020, visited_on=date(2021, 1, 3), lines=(LINE,)), actor=office)

    settle_findings()
    visit = record_visit(visited.id, draft(2021, confirmed=("members", "living", "income")), actor=office)

    year = HouseholdYear.objects.get(year=2021)
    assert (year.fuel_code, year.net_per_head_yuan) == ("2", Decimal("4500.00"))
    assert PersonYear.objects.get(year=2021).skill_code == "1"
    assert visit.confirmed_from_year == 2020


def test_line_follows_the_rule_of_its_year_when_it_is_carried_on(office: Actor) -> None:
    visited = registered()
    own = LineDraft(item_code="4192", amount_yuan=Decimal(100), counts_toward_net=True)
    record_visit(visited.id, draft(lines=(LINE, own)), actor=office)
    set_income_rule("101", 2022, counts_toward_net=False, actor=office)

    record_visit(visited.id, draft(2022, confirmed=("income",)), actor=office)

    told = IncomeLine.objects.filter(year=2022).values_list("item_code", "counts_toward_net", "counts_by_exception")
    assert sorted(told) == [("101", False, False), ("4192", True, True)]


def test_members_of_the_past_year_are_carried_when_a_visit_tells_of_it(office: Actor) -> None:
    visited = registered()
    member = spouse_of(visited)
    record_person_year(member, PersonYearDraft(year=2020, skill_code="1"), actor=office)
    end_membership(visited.id, member, actor=office, on=date(2022, 3, 1), reason_code="21")

    settle_findings()
    told = record_visit(visited.id, draft(2021, visited_on=date(2022, 6, 1), confirmed=("members",)), actor=office)
    settle_findings()
    with pytest.raises(DomainError) as refused:
        record_visit(visited.id, draft(2022, confirmed=("members",)), actor=office)

    assert PersonYear.objects.get(person=member, year=2021).visit == told
    assert refused.value.code == "visit.nothing_to_confirm"


@pytest.mark.django_db
def test_page_proposes_the_members_of_the_period_when_the_year_is_past() -> None:
    visited = household()
    team = client_of(person(Role.VILLAGE_TEAM))
    with tenant_scope(county_office()):
        end_membership(visited.id, spouse_of(visited), actor=county_office(), on=date(2022, 3, 1), reason_code="21")

    def proposed(year: int) -> str:
        page = team.get(f"/admin/households/{visited.id}/visit/?year={year}").content.decode()
        return page.split('name="person_count"')[1].split("value=")[1][1:2]

    assert (proposed(2021), proposed(2022)) == ("2", "1")


@pytest.mark.django_db
def test_condition_is_set_back_to_unknown_when_the_page_says_so() -> None:
    visited = household()
    team = client_of(person(Role.VILLAGE_TEAM))
    where = f"households/{visited.id}/visit/?year=2021"
    save(team, where, **HEAD, living_fuel_code="2", living_has_broadcast="true", living_cropland_mu="3")

    status = save(team, where, **HEAD, unknown=["fuel_code", "has_broadcast"])
    both = save(team, where, **HEAD, unknown=["cropland_mu"], living_cropland_mu="4")

    with tenant_scope(county_office()):
        year = HouseholdYear.objects.get()
    assert (status, both) == (302, 200)
    assert (year.fuel_code, year.has_broadcast, year.cropland_mu) == ("", None, Decimal(3))


@pytest.mark.django_db
def test_earlier_visit_is_gone_on_with_when_somebody_else_opens_it() -> None:
    visited = household()
    with tenant_scope(county_office()):
        first = record_visit(visited.id, draft(living={"fuel_code": "2"}), actor=somebody())
    team = client_of(person(Role.VILLAGE_TEAM))
    where = f"households/{visited.id}/visit/?year=2021&visit={first.id}"

    page = team.get(f"/admin/{where}").content.decode()
    status = save(team, where, **HEAD | {"visited_on": "2021-12-24"}, living_has_broadcast="true")

    with tenant_scope(county_office()):
        visit = Visit.objects.get()
        year = HouseholdYear.objects.get()
    assert "You go on with the visit of 2021-11-01" in page
    assert (status, visit.pk, visit.visited_on, visit.collector_id) == (
        302, first.id, date(2021, 11, 1), first.collector_id)  # fmt: skip
    assert (year.visit_id, year.has_broadcast) == (first.id, True)


def test_visit_of_another_household_or_year_is_no_visit_to_go_on_with(office: Actor) -> None:
    visited, other = registered(), registered()
    elsewhere = record_visit(other.id, draft(living={"fuel_code": "2"}), actor=office)

    with pytest.raises(DomainError) as refused:
        record_visit(visited.id, draft(living={"fuel_code": "2"}, visit_id=elsewhere.id), actor=office)
    with pytest.raises(DomainError) as wrong_year:
        record_visit(other.id, draft(2022, living={"fuel_code": "2"}, visit_id=elsewhere.id), actor=office)

    assert {refused.value.code, wrong_year.value.code} == {"visit.of_nobody_here"}


@pytest.mark.django_db
def test_page_keeps_lines_and_claims_when_nothing_of_the_income_is_touched() -> None:
    visited = household()
    team = client_of(person(Role.VILLAGE_TEAM))
    where = f"households/{visited.id}/visit/?year=2021"
    claims = {"claims_yuan": "3000", "self_paid_cost_yuan": "500"}

    first = save(team, where, **HEAD, **ROW, **claims)
    second = save(team, where, **HEAD, **ROW, **claims, living_fuel_code="2")
    alone = save(team, f"households/{visited.id}/visit/?year=2020", **HEAD | {"visited_on": "2021-11-02"}, **claims)

    with tenant_scope(county_office()):
        assert (first, second, alone) == (302, 302, 200)
        assert HouseholdYear.objects.values(*CLAIMS).get() == CLAIMS


@pytest.mark.django_db
def test_facts_of_a_person_are_of_the_visit_that_is_chosen_on_the_page() -> None:
    visited = household()
    with tenant_scope(county_office()):
        visit = record_visit(visited.id, draft(living={"fuel_code": "2"}), actor=somebody())
        member = spouse_of(visited)
    team = client_of(person(Role.VILLAGE_TEAM))

    status = save(team, f"households/person/{member}/do/record-year/?year=2021", skill_code="1", visit_id=str(visit.pk))

    with tenant_scope(county_office()):
        assert (status, PersonYear.objects.get().visit_id) == (302, visit.pk)
