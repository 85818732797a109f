"""Persons who look alike at the doors: pages, REST, what a village team sees, and what it costs."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.amend import amend_person
from households.domain.near import note_near
from households.models import NearDuplicate, Person
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, county, county_office
from tests.households.near import BIRTH, WHY, far_team, lives_in, pairs
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
PAGES = "/admin/households/nearduplicate/"
LIST = "/api/v1/near-duplicates/"


def two() -> tuple[Person, Person]:
    """Let two persons of two townships look alike."""
    with tenant_scope(county_office()):
        first = lives_in(serial=21, name="扎西次仁")
        return first, lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西才让")


def row_of(one: Person) -> NearDuplicate:
    with tenant_scope(county_office()):
        return NearDuplicate.objects.get(person=one)


def program(role: Role = Role.COUNTY_OFFICE) -> Client:
    token = token_of(person(role), role, tenant=county())
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def test_office_sees_both_names_and_settles_by_the_button() -> None:
    first, second = two()
    near = row_of(first)
    office = client_of(person(Role.COUNTY_OFFICE))

    page = office.get(f"{PAGES}{near.pk}/change/").content.decode()
    answer = office.post(f"{PAGES}{near.pk}/do/different/", {"reason": WHY, "version": near.version})

    assert (first.name in page, second.name in page, str(second.pk) in page) == (True, True, True)
    assert (answer.status_code, [state for _name, _why, state in pairs()]) == (302, ["different"] * 2)


def test_village_team_sees_where_to_call_and_nothing_of_the_person() -> None:
    own, hidden = two()
    near = row_of(own)
    team = client_of(person(Role.VILLAGE_TEAM))

    page = team.get(f"{PAGES}{near.pk}/change/").content.decode()
    listed = team.get(PAGES).content.decode()

    for shown in (page, listed):
        assert (own.name in shown, "上游乡1村" in shown) == (True, True)
        assert (hidden.name in shown, str(hidden.pk) in shown) == (False, False)
    assert "/do/different/" not in page


def test_program_of_a_village_is_given_no_id_of_the_hidden_side() -> None:
    own, hidden = two()

    (row,) = program(Role.VILLAGE_TEAM).get(f"{LIST}?state=new").json()["results"]

    assert row | {"created_at": ""} == {
        "id": str(row_of(own).pk),
        "person_id": str(own.pk),
        "why": "sound_birth",
        "other_village": "上游乡1村",
        "other_township": "上游乡",
        "other_id": None,
        "other_name": "",
        "other_left": False,
        "state": "new",
        "reason": "",
        "created_at": "",
        "settled_at": None,
        "version": 1,
    }
    assert str(hidden.pk) not in str(row)


def test_program_settles_by_the_version_it_read() -> None:
    first, _second = two()
    where, body = f"{LIST}{row_of(first).pk}/settle/", {"state": "different", "reason": WHY}
    caller = program()

    old = caller.post(where, body, content_type="application/json", headers={"if-match": '"7"'})
    right = caller.post(where, body, content_type="application/json", headers={"if-match": '"1"'})

    assert (old.status_code, right.status_code, right.json()["state"]) == (412, 200, "different")


def test_form_warns_after_the_save_when_the_name_looks_alike() -> None:
    with tenant_scope(county_office()):
        lives_in(serial=21, name="扎西次仁")
        other = lives_in(FAR_VILLAGE_CODE, serial=23, name="边巴")
    office = client_of(person(Role.COUNTY_OFFICE))
    values = {"name": "扎西才让", "number": other.number, "sex_code": other.sex_code, "version": other.version}
    values |= {"birth_on": "1980-03-14", "birth_precision": "day", "document_number": "", "phone": ""}

    where = f"/admin/households/person/{other.pk}/change/"
    counts = re.findall(r'name="([\w-]+_FORMS)"', office.get(where).content.decode())

    page = office.post(where, {**dict.fromkeys(counts, 0), **values}, follow=True).content.decode()

    assert "a name that sounds alike and the same day of birth" in page
    assert "扎西次仁" not in page


def test_program_is_warned_in_the_answer_when_it_amends() -> None:
    with tenant_scope(county_office()):
        lives_in(serial=21, name="扎西次仁")
        other = lives_in(FAR_VILLAGE_CODE, serial=23, name="边巴")
    caller, where = program(), f"/api/v1/persons/{other.pk}/"

    changed = caller.patch(
        where, {"name": "扎西才让"}, content_type="application/json", headers={"if-match": f'"{other.version}"'}
    ).json()

    assert (len(changed["warnings"]), "扎西次仁" in str(changed["warnings"])) == (1, False)
    assert "warnings" not in caller.get(where).json()


# --- what it costs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("actor", "most"), [(county_office, 1), (far_team, 3)], ids=["county", "village"])
@pytest.mark.parametrize("others", [0, 5])
def test_looking_takes_three_queries_at_most_however_many_look_alike(
    actor: Callable[[], Actor], most: int, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with tenant_scope(county_office()):
        for serial in range(others):
            lives_in(serial=31 + 2 * serial, name="扎西次仁")
        own = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁")
    at_work = actor()
    with tenant_scope(at_work), django_assert_num_queries(most):
        note_near([own.pk], actor=at_work)


@pytest.mark.parametrize("persons", [2, 12])
def test_registering_more_persons_takes_no_more_queries(persons: int) -> None:
    with tenant_scope(county_office()):
        registered()
        lives_in(serial=21, name="扎西次仁")
        with CaptureQueriesContext(
            connection,
        ) as taken:
            members = [PersonDraftFactory.build(relation_code="01")]
            members += [
                PersonDraftFactory.build(
                    name="扎西次仁", sex_code="", document_number=document_number(41 + 2 * number, birth=BIRTH)
                )
                for number in range(persons - 1)
            ]
            registered(members=tuple(members))
    notes = [query for query in taken.captured_queries if "households_nearduplicate" in query["sql"]]

    assert len(notes) == 1


def test_list_takes_as_many_queries_when_there_are_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with tenant_scope(county_office()):
        for serial in range(5):
            lives_in(serial=31 + 2 * serial, name="扎西次仁")
    caller = program()
    caller.get(LIST)

    with django_assert_num_queries(6):
        rows = caller.get(LIST).json()["results"]

    assert len(rows) == 20


def test_amending_something_else_asks_nothing() -> None:
    with tenant_scope(county_office()) as office:
        own = lives_in(serial=21, name="扎西次仁")
        with CaptureQueriesContext(connection) as taken:
            amend_person(own.pk, {"phone": "17900000009"}, actor=office, version=own.version)

    assert not any("nearduplicate" in query["sql"] for query in taken.captured_queries)
    assert date(1980, 3, 14) == own.birth_on
