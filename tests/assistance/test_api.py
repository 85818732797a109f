"""Pairings by REST: handing over needs the version of the pairing that leads."""

import json
from typing import Any

import pytest
from django.test import Client

from assistance.models import Pairing
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.factories.villages import UnitFactory
from tests.registry.people import person, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def led() -> Pairing:
    with tenant_scope(county_office()):
        return paired(registered(status="filed"))


def hand_over(office: Client, pairing: Pairing, version: int | None, **values: Any) -> int:
    body = json.dumps({"on": "2021-03-01", "reason": "退休", **values}).encode()
    headers = {} if version is None else {"if-match": f'"{version}"'}
    address = f"/api/v1/pairings/{pairing.id}/hand-over/"
    return office.post(address, body, content_type="application/json", headers=headers).status_code


@pytest.mark.parametrize("to_unit", [True, False])
def test_hand_over_needs_the_version_that_still_holds_when_it_is_sent(office: Client, to_unit: bool) -> None:
    pairing = led()
    with tenant_scope(county_office()):
        values = {} if to_unit else {"helper_id": str(HelperFactory.create().id)}

    without, stale = hand_over(office, pairing, None, **values), hand_over(office, pairing, 7, **values)
    done, again = hand_over(office, pairing, 1, **values), hand_over(office, pairing, 2, **values)

    assert (without, stale, done, again) == (428, 412, 201, 412)


@pytest.mark.parametrize(("query", "status", "count"), [("true", 200, 1), ("false", 200, 0), ("perhaps", 400, None)])
def test_pairings_are_narrowed_by_the_lead_or_refused_when_asked(
    office: Client, query: str, status: int, count: int | None
) -> None:
    led()

    answer = office.get("/api/v1/pairings/", {"is_lead": query})

    results = answer.json().get("results")
    assert (answer.status_code, None if results is None else len(results)) == (status, count)


def test_coverage_and_who_lacks_a_helper_are_given_when_a_program_asks(office: Client) -> None:
    led()
    with tenant_scope(county_office()):
        alone = registered(status="filed")

    counts = office.get("/api/v1/helper-coverage/").json()["results"]
    lacking = office.get("/api/v1/households-without-helper/", {"division": VILLAGE_CODE}).json()["results"]
    elsewhere = office.get("/api/v1/households-without-helper/", {"division": FAR_VILLAGE_CODE}).json()["results"]

    figures = {"households": 2, "with_helper": 1, "with_stand_in": 0, "without": 1}
    assert counts == [{"village_code": VILLAGE_CODE, **figures}]
    assert [(row["id"], row["village_code"], row["unit_stands_in"]) for row in lacking] == [
        (str(alone.pk), VILLAGE_CODE, False)
    ]
    assert elsewhere == []


def test_support_period_is_stated_and_changed_when_the_version_holds(office: Client) -> None:
    json_: dict[str, Any] = {"content_type": "application/json"}
    days = {"starts_on": "2021-01-01", "ends_on": "2022-01-01"}

    made = office.post("/api/v1/support-periods/", {"year": 2021, **days}, **json_)
    twice = office.post("/api/v1/support-periods/", {"year": 2021, **days}, **json_)
    where = f"/api/v1/support-periods/{made.json()['id']}/"
    changed = office.put(where, {**days, "ends_on": "2021-07-01"}, **json_, headers={"if-match": '"1"'})
    stale = office.put(where, days, **json_, headers={"if-match": '"1"'})

    listed = office.get("/api/v1/support-periods/").json()["results"]
    assert (made.status_code, twice.status_code, changed.status_code, stale.status_code) == (201, 409, 200, 412)
    assert [(row["year"], row["ends_on"], row["version"]) for row in listed] == [(2021, "2021-07-01", 2)]


# --- helpers and visit plans ------------------------------------------------------------------------------------------
def test_helper_is_entered_and_amended_at_the_version_by_rest(office: Client) -> None:
    with tenant_scope(county_office()):
        unit = UnitFactory.create()
    body = {"name": "示例干部", "unit_id": str(unit.pk), "phone": "17900000001"}

    made = office.post("/api/v1/helpers/", body, content_type="application/json")
    where = f"/api/v1/helpers/{made.json()['id']}/"
    headers = {"if-match": made["ETag"]}
    amended = office.patch(where, {"kind_code": "2"}, content_type="application/json", headers=headers)
    stale = office.patch(where, {"kind_code": "1"}, content_type="application/json", headers=headers)
    wrong = office.post("/api/v1/helpers/", {"name": "示例干部"}, content_type="application/json")

    assert (made.status_code, made.json()["kind_code"], "phone" in made.json()) == (201, "1", False)
    assert (amended.json()["kind_code"], amended["ETag"], stale.status_code) == ("2", '"2"', 412)
    assert (wrong.status_code, wrong.json()["code"], office.get(where).json()) == (
        422, "helper.unit_missing", amended.json(),
    )  # fmt: skip


def test_visit_plan_is_stated_and_changed_by_rest(office: Client) -> None:
    made = office.post("/api/v1/visit-plans/", {"year": 2031, "visits": 4}, content_type="application/json")
    where = f"/api/v1/visit-plans/{made.json()['id']}/"
    changed = office.put(
        where, {"visits": 4, "risk_visits": 12}, content_type="application/json", headers={"if-match": made["ETag"]}
    )
    again = office.post("/api/v1/visit-plans/", {"year": 2031, "visits": 4}, content_type="application/json")
    wrong = office.post("/api/v1/visit-plans/", {"year": 2032, "visits": 5}, content_type="application/json")

    assert (made.status_code, made.json()["risk_visits"], changed.json()["risk_visits"]) == (201, None, 12)
    assert (again.status_code, wrong.json()["code"]) == (409, "visit_plan.visits")
    assert office.get("/api/v1/visit-plans/").json()["results"] == [changed.json()]
