"""What forms keep and refuse: facts of a year, versions, and how they tell what is wrong."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from assistance.models import Pairing
from households.domain.drafts import YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.models import Household, HouseholdYear, Membership, PersonYear
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.tenants import NEXT_VILLAGE_CODE, county, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_admin import made, save, send
from tests.registry.people import client_of, person
from villages.domain.years import VillageYearDraft, record_village_year
from villages.models import VillageYear

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Client:
    county()
    return client_of(person(Role.COUNTY_OFFICE))


def shown(client: Client, address: str) -> dict[str, str]:
    """Give what the inputs and selects of a form hold, as a browser would send them back."""
    page = client.get(f"/admin/{address}").content.decode()
    inputs = re.findall(r'<input type="(?:number|text|date|hidden)" name="([^"]+)" value="([^"]*)"', page)
    selects = re.findall(r'<select name="([^"]+)"[^>]*>.*?<option value="([^"]*)" selected', page, re.DOTALL)
    return {name: value for name, value in (*inputs, *selects) if name != "csrfmiddlewaretoken"}


def test_other_facts_of_the_year_stay_when_one_is_corrected(office: Client) -> None:
    facts = YearDraft(
        year=2020,
        period_start=date(2019, 10, 1),
        period_end=date(2020, 10, 1),
        person_count=2,
        wage_income_yuan=Decimal(1000),
        business_income_yuan=Decimal(1000),
        property_income_yuan=Decimal(1000),
        transfer_income_yuan=Decimal(1000),
        business_cost_yuan=Decimal(0),
        safe_water=False,
    )
    household = made()
    with tenant_scope(county_office()):
        record_household_year(household.id, facts, actor=county_office())
    address = f"households/household/{household.id}/do/record-year/?year=2020"

    values = shown(office, address)
    status = send(office, address, **values | {"safe_water": "true"})

    with tenant_scope(county_office()):
        year = HouseholdYear.objects.get(household=household, year=2020)
    assert (status, year.safe_water) == (302, True)
    assert (year.net_per_head_yuan, year.wage_income_yuan) == (Decimal(2000), Decimal(1000))


def test_other_facts_of_a_person_and_a_village_stay_when_one_is_corrected(office: Client) -> None:
    made()
    actor = county_office()
    with tenant_scope(actor):
        member, village = Membership.objects.get(relation_code="01"), VillageFactory.create()
        record_person_year(member.person_id, PersonYearDraft(year=2020, work_place="示例市"), actor=actor)
        record_village_year(village.id, VillageYearDraft(year=2020, has_water=True), actor=actor)
    of_person = f"households/person/{member.person_id}/do/record-year/?year=2020"
    of_village = f"villages/village/{village.id}/do/record-year/?year=2020"

    first = send(office, of_person, **shown(office, of_person) | {"work_months": "3"})
    second = send(office, of_village, **shown(office, of_village) | {"has_road": "true"})

    with tenant_scope(actor):
        work = PersonYear.objects.values_list("work_place", "work_months").get()
        facilities = VillageYear.objects.values_list("has_water", "has_road").get()
    assert (first, second, work, facilities) == (302, 302, ("示例市", Decimal(3)), (True, True))


@pytest.mark.parametrize("year", ["1999", "9999", "abcd", "²⁰²⁰", ""])
def test_form_shows_this_year_when_the_address_asks_for_none_that_can_be(office: Client, year: str) -> None:
    household = made()

    response = office.get(f"/admin/households/household/{household.id}/do/record-year/", {"year": year})

    assert response.status_code == 200


@pytest.mark.parametrize("verb", ["leave", "relation", "head"])
def test_change_of_members_is_refused_when_the_household_changed_meanwhile(office: Client, verb: str) -> None:
    made()
    with tenant_scope(county_office()):
        spouse = Membership.objects.exclude(relation_code="01").get()
    values = {
        "on": "2021-03-01", "reason_code": "23", "relation_code": "99", "former_head_relation": "02", "reason": "更正",
    }  # fmt: skip
    address = f"households/person/{spouse.person_id}/do/{verb}/"

    without, stale = send(office, address, **values), send(office, address, version=9, **values)
    done = save(office, address, **values)

    assert (without, stale, done) == (200, 200, 302)


def test_members_verbs_are_offered_to_present_members_when_the_page_is_shown(office: Client) -> None:
    made()
    with tenant_scope(county_office()):
        head = Membership.objects.get(relation_code="01")

    page = office.get(f"/admin/households/person/{head.person_id}/change/").content.decode()

    assert [f"do/{verb}/" in page for verb in ("leave", "head", "relation")] == [True, False, False]


@pytest.mark.parametrize("verb", ["hand-over", "stand-in"])
def test_hand_over_is_refused_when_another_helper_leads_meanwhile(office: Client, verb: str) -> None:
    household = made(status="filed")
    with tenant_scope(county_office()):
        first = paired(household)
        others = [HelperFactory.create().id for _ in range(2)]
    address = f"assistance/pairing/{first.id}/do/{verb}/"
    values = {"on": "2021-03-01", "reason": "退休", "version": 1}

    faster = send(office, address, **values, helper=others[0])
    slower = send(office, address, **values, helper=others[1])

    with tenant_scope(county_office()):
        count = Pairing.objects.count()
    assert (faster, slower, count) == (302, 200, 2)


def test_form_says_at_the_top_which_entries_are_wrong_when_it_comes_back(office: Client) -> None:
    household = made()

    page = office.post(f"/admin/households/household/{household.id}/do/join/", {"version": 1}).content.decode()

    summary = page[page.index('role="alert"') :].split("</div>")[0]
    assert 'href="#id_name"' in summary
    assert "This field is required." in summary


@pytest.mark.parametrize(
    "address",
    ["households/household/{}/do/record-year/", "households/household/{}/do/join/", "households/household/add/"],
)
def test_every_entry_has_a_frame_and_is_kept_by_no_browser_when_a_form_is_shown(office: Client, address: str) -> None:
    household = made()

    page = office.get(f"/admin/{address.format(household.id)}").content.decode()

    entries = re.findall(r'<(?:input type="(?:text|number|email|date)"|select|textarea) name="[^>]*id="id_[^>]*>', page)
    assert len(entries) > 3
    assert [entry for entry in entries if "border" not in entry] == []
    assert [entry for entry in entries if 'autocomplete="off"' not in entry] == []


@pytest.mark.parametrize("forged", ["999", "0", "-1", "x", ""])
def test_forged_hidden_version_is_refused_on_the_page_and_at_a_button(office: Client, forged: str) -> None:
    household = made()
    page, button = f"households/household/{household.id}/change/", f"households/household/{household.id}/do/move/"
    with tenant_scope(county_office()):
        VillageFactory.create(code=NEXT_VILLAGE_CODE)
    changed = shown(office, page) | {"group_name": "9组"}
    moved = shown(office, button) | {"village": NEXT_VILLAGE_CODE, "on": "2021-02-01", "reason": "test"}

    saved, went = (
        send(office, page, **changed | {"version": forged}),
        send(office, button, **moved | {"version": forged}),
    )

    with tenant_scope(county_office()):
        kept = Household.objects.get()
    assert (saved, went, kept.version, kept.scope_code) == (200, 200, household.version, household.scope_code)
    assert kept.group_name == household.group_name
    assert send(office, page, **changed) == 302
