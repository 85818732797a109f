"""Split, merger, transfers, the stock of a day: the doors."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from households.domain.amend import amend_household
from households.domain.members import end_membership
from households.domain.messages import OUTCOME_MESSAGES
from households.domain.transfer import accept_transfer, offer_transfer
from households.models import Household, HouseholdTie, Membership, ObjectionPeriod, Transfer
from households.queries.stocks import posted_stock_on
from registry import jobs
from registry.enums import Role
from registry.models import Tenant
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, grant, person, token_of, user
from villages.models import Village

pytestmark = pytest.mark.django_db
LATER = FIRST_DAY + timedelta(days=20)
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


def test_stock_of_a_day_leaves_out_what_was_told_later_when_asked_for_as_known_then() -> None:
    first = household(status="filed")
    with tenant_scope(county_office()) as office:
        told = timezone.now()
        end_membership(first.id, members(first)["02"], actor=office, on=LATER, reason_code="21")
    caller, question = client(), {"on": str(LATER)}

    now = caller.get("/api/v1/ledger/stock/", question).json()["results"]
    then = caller.get("/api/v1/ledger/stock/", question | {"known_at": told.isoformat()}).json()["results"]
    before = caller.get("/api/v1/ledger/stock/", {"on": str(FIRST_DAY - timedelta(days=1))}).json()["results"]

    row = {"village_code": VILLAGE_CODE, "stock": "not_lifted", "households": 1}
    assert (now, then, before) == ([row | {"persons": 1}], [row | {"persons": 2}], [])


@pytest.mark.parametrize("question", [{}, {"on": "31.12."}, {"on": "2021-01-01", "known_at": "x"}])
def test_stock_is_refused_when_the_day_or_the_moment_is_none(question: dict[str, str]) -> None:
    household(status="filed")

    assert client().get("/api/v1/ledger/stock/", question).status_code == 400


def test_stock_holds_the_own_area_alone_when_a_village_team_asks() -> None:
    household(status="filed", village_code=FAR_VILLAGE_CODE)
    household(status="filed")
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        registered(village_code=OTHER_VILLAGE_CODE, status="filed")
    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)):
        rows = posted_stock_on(LATER)

    assert [(row.village_code, row.households) for row in rows] == [(VILLAGE_CODE, 1)]


def test_page_of_the_stock_shows_villages_and_totals_when_a_day_is_asked() -> None:
    household(status="filed")
    browser = client_of(person(Role.COUNTY_OFFICE))

    page = browser.get("/admin/ledger/stock/", {"on": str(LATER), "known_on": str(LATER)}).content.decode()
    today = browser.get("/admin/ledger/stock/").content.decode()

    cell = '<td class="p-2 text-right">2</td>'
    assert (page.count(cell), today.count(cell)) == (0, 2)
    assert browser.get("/admin/ledger/stock/", {"on": "x"}).status_code == 200


@pytest.fixture
def neighbour() -> Tenant:
    tenant = county(OTHER_COUNTY_CODE)
    with tenant_scope(county_office(tenant)):
        VillageFactory.create(code=OTHER_VILLAGE_CODE)
    return tenant


OFFER = {**ON, "county_code": OTHER_COUNTY_CODE}


def incoming(tenant: Tenant) -> Transfer:
    with tenant_scope(county_office(tenant)):
        return Transfer.objects.get()


def test_household_goes_to_another_county_by_rest_when_offered_and_accepted(neighbour: Tenant) -> None:
    first, caller = household(number="A1", status="filed"), client()
    account = user("api-neighbour")
    grant(account, Role.COUNTY_OFFICE, tenant=neighbour)
    token = token_of(account, Role.COUNTY_OFFICE, tenant=neighbour)
    other = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})

    offered = post(caller, f"households/{first.id}/offer/", OFFER, version=1)
    again = post(caller, f"households/{first.id}/offer/", OFFER, version=1)
    jobs.tick()
    (row,) = other.get("/api/v1/transfers/").json()["results"]
    answer = {"village_code": OTHER_VILLAGE_CODE, "reason": "同意"}
    accepted = post(other, f"transfers/{row['id']}/accept/", answer, version=1)
    twice = post(other, f"transfers/{row['id']}/accept/", answer, version=2)
    jobs.tick()

    assert [one.status_code for one in (offered, again, accepted, twice)] == [201, 409, 200, 409]
    assert (row["head_name"] != "", row["direction"], row["state"]) == (True, "incoming", "offered")
    assert [one.get("/api/v1/transfers/").json()["results"][0]["state"] for one in (caller, other)] == ["done"] * 2
    assert caller.get("/api/v1/ledger/stock/", {"on": "2021-01-04"}).json()["results"] == []
    (stock,) = other.get("/api/v1/ledger/stock/", {"on": "2021-01-04"}).json()["results"]
    assert stock == {"village_code": OTHER_VILLAGE_CODE, "stock": "not_lifted", "households": 1, "persons": 2}


def test_offer_by_rest_is_withdrawn_or_declined_when_asked(neighbour: Tenant) -> None:
    caller = client()
    offers = [post(caller, f"households/{household().id}/offer/", OFFER, version=1).json() for _ in range(2)]
    account = user("api-neighbour")
    grant(account, Role.COUNTY_OFFICE, tenant=neighbour)
    other = Client(headers={"authorization": f"Bearer {token_of(account, Role.COUNTY_OFFICE, tenant=neighbour)}"})
    withdrawn = post(caller, f"transfers/{offers[0]['id']}/withdraw/", {"reason": "误报"}, version=1)
    jobs.tick()
    jobs.tick()
    (row,) = [row for row in other.get("/api/v1/transfers/").json()["results"] if row["state"] == "offered"]
    declined = post(other, f"transfers/{row['id']}/decline/", {"reason": "不同意"}, version=1)
    jobs.tick()

    assert (withdrawn.json()["state"], declined.json()["state"]) == ("withdrawn", "declined")
    states = sorted(row["state"] for row in caller.get("/api/v1/transfers/").json()["results"])
    assert states == ["declined", "withdrawn"]


def test_clerks_of_both_counties_hand_a_household_over_by_their_pages(neighbour: Tenant) -> None:
    first = household(number="A1", status="filed")
    here, there = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.COUNTY_OFFICE, other=True))

    page = here.get(f"/admin/households/household/{first.id}/do/offer/").content.decode()
    offered = here.post(f"/admin/households/household/{first.id}/do/offer/", {**OFFER, "version": 1})
    jobs.tick()
    transfer = incoming(neighbour)
    shown = there.get(f"/admin/households/transfer/{transfer.id}/change/").content.decode()
    with tenant_scope(county_office(neighbour)):
        village = Village.objects.get(code=OTHER_VILLAGE_CODE).pk
    values = {"version": 1, "village": village, "reason": "同意"}
    accepted = there.post(f"/admin/households/transfer/{transfer.id}/do/accept/", values)
    jobs.tick()

    assert (OTHER_COUNTY_CODE in page, offered.status_code, accepted.status_code) == (True, 302, 302)
    assert all(text in shown for text in ("A1", "do/accept/", "do/decline/"))
    assert "do/withdraw/" not in shown
    assert incoming(neighbour).state == "done"


def test_page_says_why_a_transfer_lapsed(neighbour: Tenant) -> None:
    first = household(number="A1", status="filed")
    with tenant_scope(county_office()) as office:
        transfer = offer_transfer(first.id, OTHER_COUNTY_CODE, actor=office, on=LATER, reason="搬迁")
        amend_household(first.id, {"group_name": "二组"}, actor=office, version=1)
    jobs.tick()
    with tenant_scope(county_office(neighbour)) as office:
        accept_transfer(Transfer.objects.get().id, OTHER_VILLAGE_CODE, actor=office, reason="同意")
    jobs.tick()

    page = client_of(person(Role.COUNTY_OFFICE)).get(f"/admin/households/transfer/{transfer.id}/change/")

    assert str(OUTCOME_MESSAGES["transfer.changed"]) in page.content.decode()


def test_office_states_the_objection_period_by_its_page() -> None:
    county()
    browser = client_of(person(Role.COUNTY_OFFICE))

    answer = browser.post("/admin/households/objectionperiod/add/", {"starts_on": "2021-01-01", "days": "30"})

    with tenant_scope(county_office()):
        assert (answer.status_code, ObjectionPeriod.objects.get().days) == (302, 30)
