"""Split, merger, transfers, the stock of a day: the doors."""

from typing import Any
from uuid import UUID

import pytest

from households.models import Household, HouseholdTie, Membership
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
ON = {"on": "2021-01-04", "reason": "分户申请"}


def members(of: Household) -> dict[str, UUID]:
    with tenant_scope(county_office()):
        rows = Membership.objects.filter(household=of, ends_on=None)
        return dict(rows.values_list("relation_code", "person_id"))


def splitting(of: Household, **more: Any) -> dict[str, Any]:
    return {**ON, "number": "B1", "members": [{"person_id": str(members(of)["02"]), "relation_code": "01"}], **more}


def test_new_household_is_shown_when_one_is_split_by_rest() -> None:
    first = household(number="A1", status="filed")

    answer = post(client(), f"households/{first.id}/split/", splitting(first), version=1)

    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    shown = answer.json()
    assert (shown["number"], shown["status"]) == ("B1", "filed")
    assert [(row["kind"], row["other_number"]) for row in shown["ties"]] == [("split_from", "A1")]


def test_split_by_rest_is_refused_when_a_member_stands_twice_or_the_version_is_old() -> None:
    first = household(status="filed")
    twice, caller = splitting(first)["members"] * 2, client()

    answers = [
        post(caller, f"households/{first.id}/split/", splitting(first, members=twice), version=1),
        post(caller, f"households/{first.id}/split/", splitting(first), version=7),
    ]

    assert [answer.status_code for answer in answers] == [422, 412]


def test_household_that_stays_is_shown_when_another_is_merged_by_rest() -> None:
    first, other = household(number="A1", status="filed"), household(number="B1", status="filed")
    relations = [{"person_id": str(id_), "relation_code": "99"} for id_ in members(other).values()]
    body = {**ON, "into_id": str(first.id), "members": relations}

    answer = post(client(), f"households/{other.id}/merge/", body, version=1)

    assert (answer.status_code, answer.json()["number"]) == (200, "A1")
    with tenant_scope(county_office()):
        assert Household.objects.get(pk=other.pk).status == "closed"


def test_clerk_splits_a_household_by_its_page_when_choosing_who_goes() -> None:
    first = household(number="A1", status="filed")
    browser = client_of(person(Role.COUNTY_OFFICE))
    address = f"/admin/households/household/{first.id}/do/split/"
    head, spouse = members(first)["01"], members(first)["02"]

    page = browser.get(address).content.decode()
    assert f"member_{spouse}" in page
    assert f"member_{head}" not in page
    answer = browser.post(address, {**ON, "version": 1, "number": "B1", f"member_{spouse}": "01"})

    assert answer.status_code == 302
    with tenant_scope(county_office()):
        assert Household.objects.get(number="B1").status == "filed"
        assert Membership.objects.get(household__number="B1").person_id == spouse


def test_clerk_merges_a_household_by_its_page_when_naming_the_other_by_number() -> None:
    first, other = household(number="A1", status="filed"), household(number="B1", status="filed")
    browser = client_of(person(Role.COUNTY_OFFICE))
    address = f"/admin/households/household/{other.id}/do/merge/"
    relations = {f"member_{id_}": "99" for id_ in members(other).values()}

    wrong = browser.post(address, {**ON, "version": 1, "into_number": "C1", **relations})
    right = browser.post(address, {**ON, "version": 1, "into_number": "A1", **relations})

    assert (wrong.status_code, right.status_code) == (200, 302)
    with tenant_scope(county_office()):
        assert set(HouseholdTie.objects.values_list("kind", "other_number")) == {
            ("merged_into", "A1"),
            ("merged_from", "B1"),
        }
        assert Membership.objects.filter(household=first, ends_on=None).count() == 4
