"""Persons of two counties, as the office works them off: page, buttons, REST, and what the list costs."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from households.models import DuplicateNotice
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.households import document_number
from tests.factories.tenants import OTHER_COUNTY_CODE, county
from tests.households.two_counties import here, person_in, there
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
PAGES = "/admin/households/duplicatenotice/"
WHOM = "第二示例县办公室 0000-1234567"


def noted(*numbers: int) -> DuplicateNotice:
    """Let persons be in both counties, and give the first county's latest notice, written when it registers them."""
    elsewhere = county(OTHER_COUNTY_CODE)
    elsewhere.office_contact = WHOM
    elsewhere.save(update_fields=["office_contact"])
    for number in numbers:
        person_in(there(), document_number(number), name=f"示例对方{number}")
        person_in(here(), document_number(number), name=f"示例本县{number}")
    with tenant_scope(here()):
        return DuplicateNotice.objects.latest("created_at")


def program() -> Client:
    account = person(Role.COUNTY_OFFICE)
    token = token_of(account, Role.COUNTY_OFFICE, tenant=county())
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def test_page_shows_the_own_person_and_whom_to_call_and_nothing_else_of_the_other_county() -> None:
    notice = noted(21)
    office = client_of(person(Role.COUNTY_OFFICE))

    page = office.get(f"{PAGES}{notice.pk}/change/").content.decode()

    assert ("示例本县21" in page, WHOM in page, "示例对方21" in page) == (True, True, False)


def test_button_settles_when_a_reason_is_given() -> None:
    notice = noted(22)
    office = client_of(person(Role.COUNTY_OFFICE))

    answer = office.post(f"{PAGES}{notice.pk}/do/both-right/", {"reason": "电话核实", "version": notice.version})

    with tenant_scope(here()):
        notice.refresh_from_db()
    assert (answer.status_code, notice.state, notice.reason) == (302, "both_right", "电话核实")


def test_list_names_county_and_contact_when_a_program_asks() -> None:
    notice = noted(23)

    (row,) = program().get("/api/v1/duplicates/?state=new").json()["results"]

    assert row | {"created_at": "", "settled_at": None} == {
        "id": str(notice.pk),
        "person_id": str(notice.person_id),
        "other_county": county(OTHER_COUNTY_CODE).name,
        "other_contact": WHOM,
        "state": "new",
        "reason": "",
        "created_at": "",
        "settled_at": None,
        "other_state": "new",
        "version": 1,
    }


def test_settling_by_a_program_is_refused_when_the_version_is_old() -> None:
    where, body = f"/api/v1/duplicates/{noted(24).pk}/settle/", {"state": "both_right", "reason": "电话核实"}
    caller = program()

    old = caller.post(where, body, content_type="application/json", headers={"if-match": '"7"'})
    right = caller.post(where, body, content_type="application/json", headers={"if-match": '"1"'})

    assert (old.status_code, right.status_code, right.json()["state"]) == (412, 200, "both_right")


@pytest.mark.parametrize("numbers", [(25,), (25, 26, 27)], ids=len)
def test_list_takes_as_many_queries_when_there_are_more_persons(
    numbers: tuple[int, ...], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    noted(*numbers)
    caller = program()
    caller.get("/api/v1/duplicates/")

    with django_assert_num_queries(6):
        rows = caller.get("/api/v1/duplicates/").json()["results"]

    assert len(rows) == len(numbers)
