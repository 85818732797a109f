"""Persons who go to another county: REST, pages, and the account of the month."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from households.domain.members import end_membership
from households.domain.messages import OUTCOME_MESSAGES, outcome_sentence
from households.models import Household, Membership, Transfer
from registry import jobs
from registry.enums import Role
from registry.lib.periods import Month
from registry.models import Tenant
from registry.tenancy.scope import tenant_scope
from reports.definitions.figures import Count
from tests.factories.households import PersonDraftFactory, registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, county, county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, grant, person, token_of, user
from tests.reports.making import compiled
from tests.reports.test_account import shown

pytestmark = pytest.mark.django_db
ON = {"on": "2021-01-04", "reason": "结婚登记"}
OFFER = {**ON, "county_code": OTHER_COUNTY_CODE, "leaving_code": "22"}
MARRIED = {"relation_code": "99", "joining_code": "12", "reason": "同意"}


@pytest.fixture
def neighbour() -> Tenant:
    return county(OTHER_COUNTY_CODE)


@pytest.fixture
def goal(neighbour: Tenant) -> Household:
    with tenant_scope(county_office(neighbour)):
        alone = (PersonDraftFactory.build(relation_code="01"),)
        return registered(number="B1", village_code=OTHER_VILLAGE_CODE, status="filed", members=alone)


def spouse_of(home: Household) -> UUID:
    with tenant_scope(county_office()):
        return Membership.objects.get(household=home, relation_code="02").person_id


def incoming(tenant: Tenant) -> Transfer:
    with tenant_scope(county_office(tenant)):
        return Transfer.objects.get()


def caller_there(tenant: Tenant) -> Client:
    account = user("api-neighbour")
    grant(account, Role.COUNTY_OFFICE, tenant=tenant)
    token = token_of(account, Role.COUNTY_OFFICE, tenant=tenant)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def test_person_goes_to_another_county_by_rest_when_offered_and_accepted(goal: Household, neighbour: Tenant) -> None:
    home, caller, other = household(number="A1", status="filed"), client(), caller_there(neighbour)
    where = f"households/{home.id}/members/{spouse_of(home)}/offer/"

    offered = post(caller, where, OFFER, version=1)
    again = post(caller, where, OFFER, version=1)
    stale = post(caller, where, OFFER, version=4)
    jobs.tick()
    (row,) = other.get("/api/v1/transfers/").json()["results"]
    answer = {**MARRIED, "household_id": str(goal.id)}
    as_household = post(
        other, f"transfers/{row['id']}/accept/", {"village_code": OTHER_VILLAGE_CODE, "reason": "同意"}, version=1
    )
    accepted = post(other, f"transfers/{row['id']}/accept-person/", answer, version=1)
    twice = post(other, f"transfers/{row['id']}/accept-person/", answer, version=2)
    jobs.tick()

    assert [one.status_code for one in (offered, again, stale)] == [201, 409, 412]
    assert [one.status_code for one in (as_household, accepted, twice)] == [409, 200, 409]
    assert (row["subject"], row["person_id"], row["head_name"], row["leaving_code"]) == ("person", None, "", "22")
    assert row["person_name"] == offered.json()["person_name"] != ""
    (here,), (there,) = (one.get("/api/v1/transfers/").json()["results"] for one in (caller, other))
    assert [(side["state"], side["person_id"] is not None) for side in (here, there)] == [("done", True)] * 2
    (stock,) = other.get("/api/v1/ledger/stock/", {"on": "2021-01-04"}).json()["results"]
    assert stock == {"village_code": OTHER_VILLAGE_CODE, "stock": "not_lifted", "households": 1, "persons": 2}


def test_clerks_of_both_counties_hand_a_person_over_by_their_pages(goal: Household, neighbour: Tenant) -> None:
    home = household(number="A1", status="filed")
    here, there = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.COUNTY_OFFICE, other=True))
    address = f"/admin/households/person/{spouse_of(home)}/"

    button = here.get(f"{address}change/").content.decode()
    page = here.get(f"{address}do/offer/").content.decode()
    offered = here.post(f"{address}do/offer/", {**OFFER, "version": 1})
    jobs.tick()
    transfer = incoming(neighbour)
    box = there.get("/admin/households/transfer/").content.decode()
    shown = there.get(f"/admin/households/transfer/{transfer.id}/change/").content.decode()
    answering = f"/admin/households/transfer/{transfer.id}/do/accept-person/"
    choices = there.get(answering).content.decode()
    unknown = there.post(answering, {"version": 1, "household_number": "C9", **MARRIED})
    accepted = there.post(answering, {"version": 1, "household_number": "B1", **MARRIED})
    jobs.tick()

    assert "do/offer/" in button
    assert all(f'value="{code}"' in page for code in (OTHER_COUNTY_CODE, "22", "23", "29"))
    assert not any(f'<option value="{code}">' in page for code in ("21", "24", "25", "26"))
    assert '<option value="01">' not in choices
    assert (offered.status_code, unknown.status_code, accepted.status_code) == (302, 200, 302)
    assert all(transfer.person_name in text for text in (box, shown))
    assert [f"do/{name}/" in shown for name in ("accept", "accept-person", "decline", "withdraw")] == [
        False,
        True,
        True,
        False,
    ]
    assert incoming(neighbour).state == "done"


def test_pages_of_the_person_say_where_the_person_went_and_came_from(goal: Household, neighbour: Tenant) -> None:
    home = household(number="A1", status="filed")
    gone, caller, other = spouse_of(home), client(), caller_there(neighbour)
    post(caller, f"households/{home.id}/members/{gone}/offer/", OFFER, version=1)
    jobs.tick()
    answer = {**MARRIED, "household_id": str(goal.id)}
    post(other, f"transfers/{incoming(neighbour).id}/accept-person/", answer, version=1)
    jobs.tick()
    done = incoming(neighbour)
    here, there = client_of(person(Role.VILLAGE_TEAM)), client_of(person(Role.COUNTY_OFFICE, other=True))

    source = here.get(f"/admin/households/person/{gone}/change/").content.decode()
    receiver = there.get(f"/admin/households/person/{done.person_id}/change/").content.decode()
    transfer = there.get(f"/admin/households/transfer/{done.id}/change/").content.decode()

    assert neighbour.name in source
    assert done.other_county_name in receiver
    assert f"/admin/households/household/{goal.id}/change/" in transfer


def test_button_is_missing_when_the_person_is_the_head_or_the_clerk_is_of_a_township() -> None:
    home = household(number="A1", status="filed")
    with tenant_scope(county_office()):
        head = Membership.objects.get(household=home, relation_code="01").person_id
    office, township = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.TOWNSHIP_CLERK))

    of_head = office.get(f"/admin/households/person/{head}/change/").content.decode()
    of_spouse = township.get(f"/admin/households/person/{spouse_of(home)}/change/").content.decode()

    assert ("do/offer/" in of_head, "do/offer/" in of_spouse) == (False, False)


def test_page_says_why_it_lapsed_when_the_person_died_meanwhile(goal: Household, neighbour: Tenant) -> None:
    home = household(number="A1", status="filed")
    offered = post(client(), f"households/{home.id}/members/{spouse_of(home)}/offer/", OFFER, version=1).json()
    jobs.tick()
    answer = {**MARRIED, "household_id": str(goal.id)}
    post(caller_there(neighbour), f"transfers/{incoming(neighbour).id}/accept-person/", answer, version=1)
    with tenant_scope(county_office()) as office:
        end_membership(home.id, spouse_of(home), actor=office, on=date(2021, 1, 5), reason_code="21")
    jobs.tick()

    page = client_of(person(Role.COUNTY_OFFICE)).get(f"/admin/households/transfer/{offered['id']}/change/")

    assert str(OUTCOME_MESSAGES["transfer.person_died"]) in page.content.decode()


def test_rule_that_refused_is_named_when_a_transfer_lapsed_by_one() -> None:
    assert "R07-02" in outcome_sentence("quality.R07-02")
    assert outcome_sentence("quality.R07-02") != "quality.R07-02"


def test_clear_account_of_the_month_closes_in_both_counties(goal: Household, neighbour: Tenant) -> None:
    home = household(number="A1", status="filed")
    post(client(), f"households/{home.id}/members/{spouse_of(home)}/offer/", OFFER, version=1)
    jobs.tick()
    answer = {**MARRIED, "household_id": str(goal.id)}
    post(caller_there(neighbour), f"transfers/{incoming(neighbour).id}/accept-person/", answer, version=1)
    jobs.tick()

    with tenant_scope(county_office()) as office:
        source = shown(compiled(Month(2021, 1), actor=office), "not_lifted", COUNTY_CODE)
    with tenant_scope(county_office(neighbour)) as office:
        receiver = shown(compiled(Month(2021, 1), actor=office), "not_lifted", OTHER_COUNTY_CODE)

    assert source == (Count(1, 2), {"natural_out out": Count(0, 1)}, Count(1, 1))
    assert receiver == (Count(1, 1), {"natural_in in": Count(0, 1)}, Count(1, 2))
