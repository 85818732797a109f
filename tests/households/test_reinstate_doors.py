"""A wrong leaving and who is back: REST and pages."""

from uuid import UUID

import pytest

from households.domain.members import end_membership
from households.models import Household, Membership
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY
from tests.factories.tenants import county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db


def gone(reason_code: str) -> tuple[Household, UUID]:
    """Let the spouse of a household leave, and give both."""
    home = household(number="A1", status="filed")
    with tenant_scope(county_office()) as office:
        spouse = Membership.objects.get(household=home, relation_code="02").person_id
        end_membership(home.id, spouse, actor=office, on=FIRST_DAY, reason_code=reason_code)
    return home, spouse


def present(person_id: UUID) -> list[str]:
    with tenant_scope(county_office()):
        rows = Membership.objects.filter(person=person_id, ends_on=None)
        return list(rows.values_list("household__number", flat=True))


def test_wrong_death_is_taken_back_by_rest_with_the_version_of_the_household() -> None:
    home, spouse = gone("21")
    where = f"households/{home.id}/members/{spouse}/reinstate/"
    caller = client()

    answers = [post(caller, where, {"reason": "误登"}, version=version) for version in (None, 1, 2, 3)]

    assert [answer.status_code for answer in answers] == [428, 412, 200, 409]
    assert present(spouse) == ["A1"]


def test_person_is_taken_back_by_rest_with_the_version_of_the_person() -> None:
    _home, spouse = gone("25")
    into = household(number="A2")
    body = {"household_id": str(into.id), "on": "2021-03-01", "reason_code": "15", "relation_code": "99"}
    caller = client(Role.VILLAGE_TEAM)

    answers = [post(caller, f"persons/{spouse}/take-back/", body, version=version) for version in (None, 5, 1, 1)]

    assert [answer.status_code for answer in answers] == [428, 412, 201, 409]
    assert present(spouse) == ["A2"]


def test_pages_take_back_a_wrong_leaving_and_a_person_who_left() -> None:
    _home, dead = gone("21")
    office = client_of(person(Role.TOWNSHIP_CLERK))
    address = f"/admin/households/person/{dead}/"

    page = office.get(f"{address}change/").content.decode()
    stale = office.post(f"{address}do/reinstate/", {"version": 1, "reason": "误登", "relation_code": ""})
    done = office.post(f"{address}do/reinstate/", {"version": 2, "reason": "误登", "relation_code": ""})
    after = office.get(f"{address}change/").content.decode()

    assert [f"do/{verb}/" in page for verb in ("reinstate", "take-back", "leave")] == [True, False, False]
    assert [f"do/{verb}/" in after for verb in ("reinstate", "take-back", "leave")] == [False, False, True]
    assert (stale.status_code, done.status_code, present(dead)) == (200, 302, ["A1"])


def test_page_takes_a_person_back_into_the_household_of_a_number() -> None:
    _home, left = gone("25")
    household(number="A2")
    team = client_of(person(Role.VILLAGE_TEAM))
    address = f"/admin/households/person/{left}/"
    values = {"version": 1, "on": "2021-03-01", "reason_code": "15", "relation_code": "99"}

    page = team.get(f"{address}change/").content.decode()
    unknown = team.post(f"{address}do/take-back/", {**values, "household_number": "A9"})
    done = team.post(f"{address}do/take-back/", {**values, "household_number": "A2"})

    assert [f"do/{verb}/" in page for verb in ("reinstate", "take-back")] == [False, True]
    assert (unknown.status_code, done.status_code, present(left)) == (200, 302, ["A2"])
