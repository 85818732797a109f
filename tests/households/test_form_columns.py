"""Columns of the official form beside those that a roster of old had: bank, address, planned year of lifting, house."""

from typing import Any

import pytest
from django.test import Client

from households.domain.amend import amend_household
from households.domain.change_requests import approve_change, propose_account
from households.domain.change_rules import set_change_rule
from households.domain.drafts import copy_drafts
from households.domain.register import match_drafts
from households.domain.reveal import reveal_of_household
from households.domain.update import update_contacts_and_years
from households.models import Household, HouseholdYear
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import HouseholdDraftFactory, registered
from tests.factories.tenants import county_office
from tests.households.test_admin import made, save
from tests.households.test_api import client, household
from tests.households.test_change_requests import somebody
from tests.registry.people import client_of, person

ACCOUNT, OTHER = "6217000012345678", "6217000099999999"
OF_FORM: dict[str, Any] = {
    "address": "示例路3号",
    "bank_name": "示例农商行",
    "is_servicemans_family": True,
    "planned_lifting_year": 2020,
}


def columns() -> dict[str, object]:
    one = Household.objects.get()
    return {name: getattr(one, name) for name in OF_FORM}


def test_columns_are_on_file_when_a_household_is_registered(office: Actor) -> None:
    registered(account=ACCOUNT, **OF_FORM)

    assert columns() == OF_FORM


def test_columns_stay_when_the_next_draft_does_not_know_them(office: Actor) -> None:
    one = registered(account=ACCOUNT, **OF_FORM)
    copy_drafts([HouseholdDraftFactory.build(number=one.number)], tenant_id=office.tenant_id)
    match_drafts(actor=office)

    changed = update_contacts_and_years(actor=office, reason="again")

    assert (changed, columns()) == (frozenset(), OF_FORM)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"account": OTHER}, {**OF_FORM, "bank_name": ""}),
        ({"account": OTHER, "bank_name": "示例银行"}, {**OF_FORM, "bank_name": "示例银行"}),
        ({"bank_name": "示例银行"}, {**OF_FORM, "bank_name": "示例银行"}),
        ({"address": "示例路4号", "is_servicemans_family": False, "planned_lifting_year": 2021}, None),
    ],
)
def test_columns_follow_the_next_draft_when_it_states_them(
    office: Actor, stated: dict[str, Any], expected: dict[str, object] | None
) -> None:
    one = registered(account=ACCOUNT, **OF_FORM)
    copy_drafts([HouseholdDraftFactory.build(number=one.number, **stated)], tenant_id=office.tenant_id)
    match_drafts(actor=office)

    update_contacts_and_years(actor=office, reason="again")

    assert columns() == (expected or {**OF_FORM, **stated})
    assert Household.objects.get().version == 2


def test_bank_is_unknown_when_another_account_comes_without_it(office: Actor) -> None:
    one = registered(account=ACCOUNT, **OF_FORM)

    amend_household(one.id, {"account": ACCOUNT}, actor=office, version=1)
    kept = Household.objects.get().bank_name
    amend_household(one.id, {"account": OTHER}, actor=office, version=1)

    assert (kept, Household.objects.get().bank_name) == ("示例农商行", "")


def test_bank_is_decided_by_a_second_person_when_the_account_is(office: Actor) -> None:
    one = registered(account=ACCOUNT, status="filed", **OF_FORM)
    set_change_rule({"account_by_two": True}, actor=office)

    with pytest.raises(DomainError) as refused:
        amend_household(one.id, {"bank_name": "示例银行"}, actor=office, version=1)
    proposed = propose_account(one.id, {"bank_name": "示例银行"}, actor=office, version=1, reason="换行")
    approve_change(proposed.id, actor=somebody(), version=1)

    assert refused.value.code == "change.needs_second_person"
    assert Household.objects.get().bank_name == "示例银行"
    assert reveal_of_household(one.id, "account", actor=office, reason="核对") == ACCOUNT


def test_bank_stays_when_the_account_alone_is_decided(office: Actor) -> None:
    one = registered(account=ACCOUNT, status="filed", **OF_FORM)
    set_change_rule({"account_by_two": True}, actor=office)
    changes = {"account": OTHER, "bank_name": "示例农商行"}

    proposed = propose_account(one.id, changes, actor=office, version=1, reason="换卡")  # type: ignore[arg-type]  # a plain dictionary
    approve_change(proposed.id, actor=somebody(), version=1)

    assert Household.objects.get().bank_name == "示例农商行"
    assert reveal_of_household(one.id, "account", actor=office, reason="核对") == OTHER


@pytest.mark.django_db
def test_columns_are_amended_when_an_office_uses_the_page() -> None:
    one = made(group_name="1组")
    office = client_of(person(Role.COUNTY_OFFICE))
    values = {"number": one.number, "identified_precision": "", "version": 1, "group_name": "1组"}

    status = save(
        office,
        f"households/household/{one.id}/change/",
        **values,
        address="示例路3号",
        bank_name="示例农商行",
        is_servicemans_family="true",
        planned_lifting_year="2020",
    )

    with tenant_scope(county_office()):
        assert (status, columns()) == (302, OF_FORM)


@pytest.mark.django_db
def test_columns_are_amended_and_shown_when_a_program_asks() -> None:
    one = household()
    office: Client = client(Role.COUNTY_OFFICE)
    where = f"/api/v1/households/{one.id}/"

    changed = office.patch(where, OF_FORM, content_type="application/json", headers={"if-match": '"1"'})
    shown = office.get(where).json()

    assert (changed.status_code, {name: shown[name] for name in OF_FORM}) == (200, OF_FORM)
    assert office.get("/api/v1/households/").json()["results"][0]["address"] == "示例路3号"


@pytest.mark.django_db
def test_house_and_associations_are_recorded_when_a_program_states_a_year() -> None:
    one = household()
    office: Client = client(Role.COUNTY_OFFICE)
    living = {"built_year": 1998, "is_in_association": True, "is_in_mutual_fund": False}

    answer = office.put(
        f"/api/v1/households/{one.id}/years/",
        {"year": 2021, **living},
        content_type="application/json",
        headers={"if-match": '"1"'},
    )

    with tenant_scope(county_office()):
        found = HouseholdYear.objects.values(*living).get()
    assert (answer.status_code, found) == (200, living)
