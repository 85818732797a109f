"""The pages of villages, households and assistance, as people open them."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from assistance.domain.helper import set_support_period
from assistance.models import Pairing, SupportPeriod
from households.models import Household, Membership, Person
from registry.enums import Role
from registry.models import AuditEvent
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import document_number, registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import UnitFactory, VillageFactory
from tests.registry.people import client_of, person
from villages.models import Village

pytestmark = pytest.mark.django_db
LISTS = (
    "villages/village",
    "villages/unit",
    "villages/workteam",
    "households/household",
    "households/person",
    "assistance/helper",
    "assistance/pairing",
    "assistance/supportperiod",
)


@pytest.fixture
def office(db: None) -> Client:
    county()
    return client_of(person(Role.COUNTY_OFFICE))


def made(**values: Any) -> Household:
    with tenant_scope(county_office()):
        return registered(**values)


def save(client: Client, address: str, /, **values: Any) -> int:
    """Send a record's form as a browser does: with all hidden fields of the page, the version among them."""
    page = client.get(f"/admin/{address}").content.decode()
    hidden = {
        found["name"]: found["value"]
        for found in re.finditer(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)"', page)
    }
    return client.post(f"/admin/{address}", {**hidden, **values}).status_code


def send(client: Client, address: str, **values: Any) -> int:
    return client.post(f"/admin/{address}", values).status_code


@pytest.mark.parametrize("name", LISTS)
def test_list_and_forms_open_when_the_office_asks(office: Client, name: str) -> None:
    household = made()
    with tenant_scope(county_office()):
        paired(household)

    assert office.get(f"/admin/{name}/").status_code == 200


@pytest.mark.parametrize(
    "name", ["villages/village", "villages/unit", "households/household", "assistance/helper", "assistance/pairing"]
)
def test_form_for_a_new_record_opens_when_the_office_asks(office: Client, name: str) -> None:
    made()

    assert office.get(f"/admin/{name}/add/").status_code == 200


def test_page_of_a_household_shows_members_helper_and_masks(office: Client) -> None:
    household = made(phone="17910000001", status="lifted")
    with tenant_scope(county_office()):
        helper = HelperFactory.create()
        paired(household, helper=helper)
        names = list(Person.objects.values_list("name", flat=True))

    page = office.get(f"/admin/households/household/{household.id}/change/").content.decode()

    assert all(name in page for name in [*names, helper.name, "179****0001", "do/return/"])
    assert "17910000001" not in page
    assert "do/file/" not in page


def test_person_page_opens_when_the_office_asks(office: Client) -> None:
    household = made()
    with tenant_scope(county_office()):
        head = Membership.objects.get(household=household, relation_code="01").person

    page = office.get(f"/admin/households/person/{head.id}/change/")

    assert (page.status_code, "********" in page.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "verb",
    ["lift", "close-gone", "close-wrong", "identify", "join", "record-year", "move", "phone", "account"],
)
def test_verb_page_opens_when_it_is_offered(office: Client, verb: str) -> None:
    household = made(status="filed", phone="17910000001", account="6217000012345678")

    assert office.get(f"/admin/households/household/{household.id}/do/{verb}/").status_code == 200


def test_button_lifts_the_household_when_day_and_reason_are_given(office: Client) -> None:
    household = made(status="filed")
    address = f"households/household/{household.id}/do/lift/"

    refused = send(office, address, on="2019-01-01", reason="公告", version=1)
    done = send(office, address, on="2021-01-04", reason="公告", version=1)

    with tenant_scope(county_office()):
        status = Household.objects.get().status
    assert (refused, done, status) == (200, 302, "lifted")


def test_household_is_registered_with_its_head_when_the_form_is_sent(office: Client) -> None:
    with tenant_scope(county_office()):
        village = VillageFactory.create()

    sent = send(
        office,
        "households/household/add/",
        number="54990177",
        village=village.id,
        group_name="1组",
        status="candidate",
        on="2021-01-04",
        main_cause_code="01",
        phone="",
        head_name="示例人",
        head_document=document_number(7, birth="19770707"),
    )

    with tenant_scope(county_office()):
        household = Household.objects.get()
        members = Membership.objects.filter(household=household).count()
    assert (sent, household.number, members) == (302, "54990177", 1)


def test_amending_by_the_form_is_refused_when_somebody_was_faster(office: Client) -> None:
    household = made(group_name="1组")
    values = {"number": household.number, "identified_precision": "", "version": 1}
    address = f"households/household/{household.id}/change/"

    first = save(office, address, group_name="2组", **values)
    second = save(office, address, group_name="3组", **values)

    with tenant_scope(county_office()):
        group = Household.objects.get().group_name
    assert (first, second, group) == (302, 200, "2组")


def test_person_joins_and_leaves_by_the_buttons(office: Client) -> None:
    household = made()

    joined = send(
        office,
        f"households/household/{household.id}/do/join/",
        on="2021-01-02",
        reason_code="11",
        name="示例儿",
        relation_code="03",
        sex_code="1",
        birth_on="2021-01-02",
        version=1,
    )
    with tenant_scope(county_office()):
        child = Membership.objects.get(relation_code="03").person_id
    left = save(office, f"households/person/{child}/do/leave/", on="2021-03-01", reason_code="23")

    with tenant_scope(county_office()):
        present = Membership.objects.filter(ends_on=None).count()
    assert (joined, left, present) == (302, 302, 2)


def test_revealed_value_is_audited_when_the_button_is_used(office: Client) -> None:
    household = made(phone="17910000001")

    page = office.post(f"/admin/households/household/{household.id}/do/phone/", {"reason": "入户核实"})

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        verbs = list(AuditEvent.objects.filter(object_id=household.id).values_list("verb", "reason"))
    assert "17910000001" in page.content.decode()
    assert verbs == [("households.reveal", "入户核实")]


def test_village_year_and_team_are_recorded_by_the_buttons(office: Client) -> None:
    with tenant_scope(county_office()):
        village, unit = VillageFactory.create(), UnitFactory.create()

    amended = save(office, f"villages/village/{village.id}/change/", name="改名村", priority_codes=["3"])
    year = send(office, f"villages/village/{village.id}/do/record-year/", year=2020, has_water="true", version=2)
    team = send(
        office, f"villages/village/{village.id}/do/send-team/", unit=unit.id, leader_name="示例", on="2021-01-04"
    )

    with tenant_scope(county_office()):
        name = Village.objects.get().name
    assert (amended, year, team, name) == (302, 302, 302, "改名村")


def test_pairing_is_made_and_handed_over_by_the_pages(office: Client) -> None:
    household = made(status="filed")
    with tenant_scope(county_office()):
        first, second = HelperFactory.create(), HelperFactory.create()

    paired_now = send(
        office,
        "assistance/pairing/add/",
        household_number=household.number,
        helper=first.id,
        is_lead="on",
        on="2021-01-04",
    )
    with tenant_scope(county_office()):
        pairing = Pairing.objects.get()
    kept = send(office, f"assistance/pairing/{pairing.id}/do/end/", on="2021-02-01", reason="退休", version=1)
    handed = save(
        office, f"assistance/pairing/{pairing.id}/do/hand-over/", on="2021-02-01", reason="退休", helper=second.id
    )

    with tenant_scope(county_office()):
        lead = Pairing.objects.get(ends_on=None).helper_id
    assert (paired_now, kept, handed, lead) == (302, 200, 302, second.id)


def test_support_period_is_changed_on_its_page_when_the_version_is_right(office: Client) -> None:
    with tenant_scope(county_office()) as actor:
        period = set_support_period(2021, starts_on=date(2021, 1, 1), ends_on=date(2021, 7, 1), actor=actor)
    page = f"assistance/supportperiod/{period.id}/change/"

    changed = send(office, page, starts_on="2021-01-01", ends_on="2022-01-01", version=1)
    stale = send(office, page, starts_on="2021-01-01", ends_on="2021-02-01", version=1)

    with tenant_scope(county_office()):
        last_day = SupportPeriod.objects.get().ends_on
    assert (changed, stale, last_day) == (302, 200, date(2022, 1, 1))


def test_coverage_page_names_open_households_when_there_are_some(office: Client) -> None:
    household = made(status="filed")

    page = office.get("/admin/assistance/coverage/").content.decode()

    assert household.number in page


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM])
def test_page_is_not_found_when_the_household_lies_outside_the_area(role: Role) -> None:
    near, far = made(village_code=VILLAGE_CODE), made(village_code=FAR_VILLAGE_CODE)
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        other = registered(village_code=OTHER_VILLAGE_CODE)
    client = client_of(person(role))

    statuses = [client.get(f"/admin/households/household/{row.id}/change/").status_code for row in (near, far, other)]

    assert statuses == [200, 404, 404]


@pytest.mark.parametrize("role", [Role.SECTOR_CLERK, Role.SYSTEM_ADMINISTRATOR, Role.PROVINCE_READER])
def test_households_are_closed_when_the_role_has_no_business_there(role: Role) -> None:
    made()
    client = client_of(person(role))

    assert client.get("/admin/households/household/").status_code == 403


def test_sector_clerk_reads_the_facts_of_the_sector_alone(db: None) -> None:
    made()
    client = client_of(person(Role.SECTOR_CLERK))

    assert client.get("/admin/sector-facts/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_page_takes_as_many_queries_when_there_are_more_households(
    office: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _rows = [made() for _ in range(count)]
    office.get("/admin/households/household/")

    with django_assert_num_queries(11):
        office.get("/admin/households/household/")
