"""Facts of a year that are left out stay, whichever way a program states the others."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from households.domain.drafts import HouseholdDraft, YearDraft, copy_drafts
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.register import match_drafts, register_households
from households.domain.update import update_contacts_and_years
from households.domain.visits import record_visit
from households.models import HouseholdYear, Membership, PersonYear
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, HouseholdDraftFactory, PersonDraftFactory, registered
from tests.factories.tenants import VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_api import client, household
from tests.households.test_visits import draft

Put = Callable[..., int]
PERIOD = {"period_start": "2020-10-01", "period_end": "2021-10-01", "person_count": 2}
CLASSES = {
    "wage_income_yuan": "9000.00",
    "business_income_yuan": "0.00",
    "property_income_yuan": "0.00",
    "transfer_income_yuan": "0.00",
    "business_cost_yuan": "0.00",
}


@pytest.fixture
def put(db: None) -> Put:
    """Give what sends facts of 2021 beside a version, as one program does."""
    office = client(Role.COUNTY_OFFICE)

    def send(where: str, version: int, **body: Any) -> int:
        headers = {"if-match": f'"{version}"'}
        stated = {"year": 2021, **body}
        return office.put(f"/api/v1/{where}", stated, content_type="application/json", headers=headers).status_code

    return send


def year() -> HouseholdYear:
    with tenant_scope(county_office()):
        return HouseholdYear.objects.get()


def test_facts_of_a_household_stay_when_a_program_leaves_them_out(put: Put) -> None:
    where = f"households/{household().id}/years/"
    put(where, 1, **PERIOD, **CLASSES, source="明白卡", dangerous_housing=False, safe_water=True)

    status = put(where, 2, fuel_code="2")

    found = year()
    assert (status, found.dangerous_housing, found.safe_water, found.fuel_code) == (200, False, True, "2")
    assert (found.net_per_head_yuan, found.person_count, found.source) == (Decimal(4500), 2, "明白卡")


def test_facts_of_a_household_are_emptied_when_a_program_says_so(put: Put) -> None:
    where = f"households/{household().id}/years/"
    put(where, 1, dangerous_housing=False, safe_water=True)

    status = put(where, 2, safe_water=None)

    assert (status, year().dangerous_housing, year().safe_water) == (200, False, None)


def test_declared_figure_and_classes_end_each_other_when_one_is_stated(put: Put) -> None:
    where = f"households/{household().id}/years/"
    declared = {"is_declared": True, "net_per_head_yuan": "7000.00", "source": "口头"}

    first = put(where, 1, **PERIOD, **declared)
    second = put(where, 2, **CLASSES)
    computed = year()
    third = put(where, 3, **declared)

    assert (first, second, third) == (200, 200, 200)
    assert (computed.is_declared, computed.net_per_head_yuan) == (False, Decimal(4500))
    assert (year().is_declared, year().net_per_head_yuan, year().wage_income_yuan) == (True, Decimal(7000), None)


def test_facts_of_a_person_stay_when_a_program_leaves_them_out(put: Put) -> None:
    one = household()
    with tenant_scope(county_office()):
        member = Membership.objects.filter(household=one).values_list("person_id", flat=True)[0]
    where = f"persons/{member}/years/"
    put(where, 1, health_codes=["2"], skill_code="1", work_place="拉萨", has_basic_medical=True)

    status = put(where, 2, work_months="6.0", has_basic_medical=None, work_place="")

    with tenant_scope(county_office()):
        found = PersonYear.objects.get()
    assert (status, found.health_codes, found.skill_code, found.work_months) == (200, ["2"], "1", Decimal(6))
    assert (found.has_basic_medical, found.work_place) == (None, "")


def test_all_facts_are_written_when_the_form_states_them_all(office: Actor) -> None:
    one = registered()
    facts = YearDraft(year=2020, safe_water=True, dangerous_housing=False)
    record_household_year(one.id, facts, actor=office)

    record_household_year(one.id, replace(facts, safe_water=None), actor=office)

    assert HouseholdYear.objects.values_list("safe_water", "dangerous_housing").get() == (None, False)


def test_registration_is_refused_when_facts_of_members_are_of_no_year(office: Actor) -> None:
    VillageFactory.create(code=VILLAGE_CODE)
    members = (PersonDraftFactory.build(relation_code="01", skill_code="1"),)
    one: HouseholdDraft = HouseholdDraftFactory.build(members=members)

    with pytest.raises(DomainError) as refused:
        register_households([one], actor=office, on=FIRST_DAY)
    register_households([replace(one, facts=YearDraft(year=2020))], actor=office, on=FIRST_DAY)

    assert (refused.value.code, PersonYear.objects.get().skill_code) == ("draft.facts_of_no_year", "1")


def test_year_of_a_person_is_of_no_visit_when_a_roster_changes_it(office: Actor) -> None:
    VillageFactory.create(code=VILLAGE_CODE)
    member = PersonDraftFactory.build(relation_code="01", skill_code="1")
    one = HouseholdDraftFactory.build(members=(member,), facts=YearDraft(year=2021))
    (household_id,) = register_households([one], actor=office, on=FIRST_DAY)
    visit = record_visit(household_id, draft(), actor=office)
    person_id = PersonYear.objects.get().person_id
    record_person_year(
        person_id, PersonYearDraft(year=2021, skill_code="1", work_place="拉萨"), actor=office, visit_id=visit.id
    )

    def roster(**facts: Any) -> None:
        rows = replace(one, members=(replace(member, **facts),))
        copy_drafts([rows], tenant_id=office.tenant_id)
        match_drafts(actor=office)
        update_contacts_and_years(actor=office, reason="roster")

    roster()
    kept = PersonYear.objects.get().visit_id
    roster(skill_code="2")

    assert (kept, PersonYear.objects.get().visit_id) == (visit.id, None)
