"""Pictures as of a day by REST and by the site."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from periods.enums import SnapshotState
from periods.models import Snapshot
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    county_office,
)
from tests.households.test_api import client, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
ASKED = {"as_of": "2021-01-31", "area_code": TOWNSHIP_CODE}


@pytest.fixture(autouse=True)
def _households() -> None:
    with tenant_scope(county_office()):
        registered()
        registered(village_code=FAR_VILLAGE_CODE, status="lifted")


@pytest.fixture
def office() -> Client:
    return client_of(person(Role.COUNTY_OFFICE))


def test_picture_goes_out_with_its_counts_by_rest() -> None:
    caller = client()

    made = post(caller, "pictures/", ASKED)
    shown = caller.get(f"/api/v1/pictures/{made.json()['id']}/").json()
    sound = post(caller, f"pictures/{made.json()['id']}/verify/", {})

    assert (made.status_code, shown["state"], shown["households"], shown["persons"]) == (201, "made", 1, 2)
    assert [(row["village_code"], row["not_lifted"], row["lifted"]) for row in shown["counts"]] == [
        (VILLAGE_CODE, 1, 0)
    ]
    assert [row["id"] for row in caller.get("/api/v1/pictures/").json()["results"]] == [shown["id"]]
    assert (sound.status_code, sound.json()["is_sound"], sound.json()["noted"]) == (200, True, shown["checksum"])


def test_picture_of_a_county_is_being_made_when_it_is_asked_for_by_rest() -> None:
    made = post(client(), "pictures/", {**ASKED, "area_code": COUNTY_CODE, "known_at": "2021-02-01T00:00:00+08:00"})

    assert (made.status_code, made.json()["state"], made.json()["counts"]) == (201, "making", [])
    assert [note[:8] for note in made.json()["notes"]] == ["Of these"]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"as_of": "2999-01-01"}, 422, "as_of"),
        ({"known_at": "2999-01-01T00:00:00+08:00"}, 422, "known_at"),
        ({"area_code": "1"}, 422, "area_code"),
        ({"area_code": "549902000000"}, 404, "area_code"),
    ],
)
def test_refusal_names_the_field_when_a_question_has_no_answer(change: dict[str, str], status: int, field: str) -> None:
    answer = post(client(), "pictures/", ASKED | change)

    assert answer.status_code == status
    assert [error["field"] for error in answer.json().get("errors", [{"field": field}])] == [field]


def test_picture_is_asked_for_and_verified_on_the_site(office: Client) -> None:
    asked = office.post(reverse("admin:pictures"), ASKED | {"known_on": "2021-02-01"}, follow=True)
    snapshot = asked.context["picture"]
    verified = office.post(reverse("admin:picture-verify", args=[snapshot.pk]), follow=True)
    listed = office.get(reverse("admin:pictures"))

    assert (snapshot.state, snapshot.households) == (SnapshotState.MADE, 0)
    assert "No household stood on the register" in asked.content.decode()
    assert "its checksum is the same" in verified.content.decode()
    assert [row.pk for row, _area in listed.context["rows"]] == [snapshot.pk]


def test_form_says_why_when_a_day_is_still_to_come(office: Client) -> None:
    refused = office.post(reverse("admin:pictures"), ASKED | {"as_of": "2999-01-01"})

    assert "still to come" in refused.content.decode()
    with tenant_scope(county_office()):
        assert Snapshot.objects.count() == 0


def test_queries_are_as_many_when_a_picture_has_three_villages(office: Client) -> None:
    counts = []
    for codes in ((), ("549901100201", "549901100202")):
        with tenant_scope(county_office()):
            for code in codes:
                registered(village_code=code)
        page = office.post(reverse("admin:pictures"), ASKED)
        with CaptureQueriesContext(connection) as sent:
            shown = office.get(page.headers["Location"])
        counts.append((len(shown.context["counts"]), len(sent)))

    assert counts == [(1, counts[0][1]), (3, counts[0][1])]
