"""Find a household: by every number and name, in one's own area alone, and without leaving a trace in an address."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.amend import amend_person
from households.models import Household, Membership, Person
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.households import document_number, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, county, county_office
from tests.households.test_admin import made
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db


def with_document(household: Household) -> str:
    """Give the head another document, and return its number."""
    number = document_number(77, birth="19770707")
    with tenant_scope(county_office()):
        head = Membership.objects.get(household=household, relation_code="01").person
        amend_person(head.id, {"document_number": number, "name": "示例张三"}, actor=county_office(), version=1)
    return number


@pytest.fixture
def household() -> Household:
    return made(phone="17910000001")


def find(client: Client, wanted: str) -> str:
    return client.post("/admin/find/", {"wanted": wanted}).content.decode()


@pytest.mark.parametrize("spelling", ["{}", " {} ", "{}42", "{}1"])
def test_household_is_found_by_a_document_number_when_it_is_spelt_somehow(household: Household, spelling: str) -> None:
    number = with_document(household)
    office = client_of(person(Role.COUNTY_OFFICE))

    page = find(office, spelling.format(number.lower()))

    assert str(household.id) in page
    assert number[6:14] not in page.split("</form>")[-1]


@pytest.mark.parametrize("wanted", ["17910000001", "179 1000 0001", "示例张三", "示例张", "number"])
def test_household_is_found_when_its_phone_name_or_number_is_given(household: Household, wanted: str) -> None:
    with_document(household)
    office = client_of(person(Role.COUNTY_OFFICE))

    page = find(office, household.number if wanted == "number" else wanted)

    assert str(household.id) in page


@pytest.mark.parametrize("wanted", ["示例李", "17910000002", "5499", "%", "", "\x00"])
def test_nobody_is_found_when_the_text_is_nobodys(household: Household, wanted: str) -> None:
    response = client_of(person(Role.COUNTY_OFFICE)).post("/admin/find/", {"wanted": wanted})

    assert (response.status_code, str(household.id) in response.content.decode()) == (200, False)


def test_team_finds_its_own_village_alone_when_others_have_the_same_name() -> None:
    near, far = made(), made(village_code=FAR_VILLAGE_CODE)
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        other = registered(village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(county_office()):
        Person.objects.update(name="示例同名")
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        Person.objects.update(name="示例同名")

    page = find(client_of(person(Role.VILLAGE_TEAM)), "示例同名")

    assert [str(row.id) in page for row in (near, far, other)] == [True, False, False]


@pytest.mark.parametrize("count", [1, 3])
def test_finding_takes_as_many_queries_when_more_are_found(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _rows = [made() for _ in range(count)]
    with tenant_scope(county_office()):
        Person.objects.update(name="示例同名")
    office = client_of(person(Role.COUNTY_OFFICE))
    find(office, "示例同名")

    with django_assert_num_queries(9):
        find(office, "示例同名")


@pytest.mark.parametrize("name", ["households/household", "households/person"])
def test_list_searches_by_no_address_when_it_is_shown(household: Household, name: str) -> None:
    page = client_of(person(Role.COUNTY_OFFICE)).get(f"/admin/{name}/").content.decode()

    assert ('action="/admin/find/"' in page, 'name="q"' in page) == (True, False)


def test_list_names_the_head_of_today_when_it_is_shown(household: Household) -> None:
    with_document(household)

    page = client_of(person(Role.COUNTY_OFFICE)).get("/admin/households/household/").content.decode()

    assert "示例张三" in page


@pytest.mark.parametrize(
    ("body", "status", "count"),
    [
        ({"document_number": "document"}, 200, 1),
        ({"document_number": "document", "name": "示例张三"}, 200, 1),
        ({"document_number": "document", "name": "示例李四"}, 200, 0),
        ({"phone": "17910000009"}, 200, 0),
        ({}, 400, None),
        ({"name": ""}, 400, None),
    ],
)
def test_program_finds_members_when_it_sends_what_it_knows(
    household: Household, body: dict[str, str], status: int, count: int | None
) -> None:
    number = with_document(household)
    token = token_of(person(Role.MACHINE_CLIENT), Role.MACHINE_CLIENT)
    sent: dict[str, Any] = {name: number if value == "document" else value for name, value in body.items()}

    answer = Client().post(
        "/api/v1/members/find/", sent, content_type="application/json", headers={"authorization": f"Bearer {token}"}
    )

    results = answer.json().get("results")
    assert (answer.status_code, None if results is None else len(results)) == (status, count)
    assert number not in answer.content.decode()
