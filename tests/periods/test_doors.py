"""Periods on the site and by REST: their life by buttons, by a program, and the lists behind their figures."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.domain.move import move_household
from households.domain.status import change_status
from periods.domain.periods import month_of
from periods.domain.reopening import ask_reopening
from periods.models import Period
from periods.queries.periods import find_period, picture_of
from registry.enums import Role
from registry.lib.periods import Month, today
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.households.test_api import client
from tests.periods.making import campaign, frozen, second_clerk
from tests.registry.people import client_of, grant, person, token_of, user
from tests.support.workers import do_jobs

pytestmark = pytest.mark.django_db
PERIODS = "/api/v1/periods/"
CALENDAR = "/admin/periods/calendar/"
JANUARY = Month(2021, 1)


def send(caller: Client, address: str, body: object = None, *, version: int | None = None, method: str = "POST") -> Any:  # noqa: ANN401  (the answer of the test client, with json())
    """Send a change with the version that was seen."""
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return caller.generic(method, address, json.dumps(body).encode(), "application/json", headers=headers)


def clerk_of(area: str, code: str = COUNTY_CODE) -> Client:
    """Give a township clerk's program, for an area of a county."""
    account = user(f"clerk-{area}")
    grant(account, Role.TOWNSHIP_CLERK, tenant=county(code), area=area)
    token = token_of(account, Role.TOWNSHIP_CLERK, tenant=county(code))
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def page_of(period: Period) -> str:
    """Give the address of a period's page."""
    return f"/admin/periods/period/{period.pk}/change/"


def press(browser: Client, period: Period, verb: str, version: int) -> Any:  # noqa: ANN401  (as above)
    """Send the form of a button with the version that was seen."""
    address = reverse("admin:periods_period_verb", args=[period.pk, verb])
    return browser.post(address, {"version": version})


def a_frozen_month() -> Period:
    """Freeze January 2021: one household lifted in it, one moved out of its township."""
    with tenant_scope(county_office()) as actor:
        VillageFactory.create(code=FAR_VILLAGE_CODE)
        lifted, moved = registered(status="filed", number="549901A1"), registered(status="filed", number="549901A2")
        frozen(JANUARY.previous, actor=actor)
        change_status(lifted.id, "lift", actor=actor, on=date(2021, 1, 5), reason="test")
        move_household(moved.id, FAR_VILLAGE_CODE, actor=actor, on=date(2021, 1, 6), reason="test")
        return frozen(JANUARY, actor=actor)


def test_period_lives_through_its_states_when_a_program_sends_it() -> None:
    caller = client()
    body = {"kind": "month", "first_day": "2020-12-01", "last_day": "2020-12-31"}
    made = send(caller, PERIODS, body).json()
    address = f"{PERIODS}{made['id']}/"

    closed = send(caller, f"{address}close/", version=made["version"]).json()
    opened = send(caller, f"{address}keep-open/", version=closed["version"]).json()
    asked = send(caller, f"{address}freeze/", version=opened["version"])
    do_jobs(county_office(), "periods.freeze")
    stood = caller.get(address).json()
    published = send(caller, f"{address}publish/", version=stood["version"]).json()

    assert [made["state"], closed["state"], opened["state"], asked.json()["state"], published["state"]] == [
        "open", "closing", "open", "closing", "published",
    ]  # fmt: skip
    assert (asked.status_code, stood["edition"], stood["editions"][0]["checksum"]) == (202, 1, stood["checksum"])


def test_campaign_is_made_amended_and_refused_with_a_sentence_by_rest() -> None:
    caller = client()
    stage = {"kind": "visit", "first_day": "2020-10-01", "last_day": "2020-10-31"}
    body = {"name": "动态管理", "first_day": "2020-10-01", "last_day": "2020-12-31", "stages": [stage]}
    made = send(caller, PERIODS, {"kind": "campaign", **body}).json()
    late = {**body, "stages": [{**stage, "last_day": "2021-01-05"}]}

    refused = send(caller, f"{PERIODS}{made['id']}/", late, version=made["version"], method="PUT")
    amended = send(caller, f"{PERIODS}{made['id']}/", {**body, "stages": []}, version=made["version"], method="PUT")

    assert (made["stages"], amended.json()["stages"]) == ([stage], [])
    assert (refused.status_code, refused.json()["code"]) == (422, "period.stage_outside")


def test_year_is_made_and_listed_by_rest() -> None:
    caller = client()

    made = send(caller, "/api/v1/period-years/", {"year": 2020})
    again = send(caller, "/api/v1/period-years/", {"year": 2020})

    listed = caller.get(f"{PERIODS}?kind=quarter&year=2020").json()["results"]
    assert (made.status_code, len(made.json()["made"]), again.json()) == (201, 19, {"year": 2020, "made": []})
    assert {row["name"] for row in listed} == {"2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"}


def test_reopening_takes_a_second_person_by_rest() -> None:
    period, caller = a_frozen_month(), client()
    asked = send(caller, f"{PERIODS}{period.pk}/reopening/", {"reason": "清单有误"}, version=period.version)
    decision = f"{PERIODS}{period.pk}/reopening/decision/"

    own = send(caller, decision, {"approve": True}, version=period.version)

    assert (asked.status_code, asked.json()["reopenings"][0]["reason"]) == (201, "清单有误")
    assert (own.status_code, own.json()["code"]) == (403, "reopening.own")


# --- pages ------------------------------------------------------------------------------------------------------------
def test_buttons_lead_a_month_to_publication_when_pressed() -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    browser.post(f"{CALENDAR}year/", {"year": 2020})
    with tenant_scope(county_office()):
        period = Period.objects.get(name="2020-12")

    pressed = [press(browser, period, verb, at) for verb, at in (("close", 1), ("freeze", 2))]
    do_jobs(county_office(), "periods.freeze")
    press(browser, period, "publish", 3)
    page = browser.get(page_of(period)).content.decode()

    with tenant_scope(county_office()):
        now = find_period(period.pk)
        checksum = picture_of(now).checksum
    assert ([answer.status_code for answer in pressed], now.state) == ([302, 302], "published")
    assert checksum in page


def test_verb_shows_its_refusal_at_the_form_when_a_freeze_runs() -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    browser.post(f"{CALENDAR}year/", {"year": 2020})
    with tenant_scope(county_office()):
        first, second = (Period.objects.get(name=name) for name in ("2020-11", "2020-12"))
    press(browser, first, "freeze", 1)

    answer = press(browser, second, "freeze", 1)

    assert answer.status_code == 200
    assert "2020-11" in answer.content.decode()


def test_calendar_shows_the_stage_of_today_and_what_waits() -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    day = today().isoformat()
    made = browser.post(
        f"{CALENDAR}campaign/",
        {"name": "示例专项", "first_day": day, "last_day": day, "entry_from": day, "entry_until": day},
    )
    period = a_frozen_month()
    with tenant_scope(second_clerk()) as actor:
        ask_reopening(period.pk, reason="x", actor=actor)

    now = browser.get(CALENDAR).content.decode()

    assert made.status_code == 302
    assert ("示例专项" in now, "还剩1天" in now or "1 day left" in now, f"/{period.pk}/change/" in now) == (
        True,
        True,
        True,
    )


def test_half_a_stage_is_refused_at_its_field() -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    values = {"name": "示例专项", "first_day": "2020-10-01", "last_day": "2020-10-31", "visit_from": "2020-10-01"}

    answer = browser.post(f"{CALENDAR}campaign/", values)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["visit_until"])


@pytest.mark.parametrize("number", [1, 3])
def test_calendar_asks_as_often_when_there_are_more_periods(number: int) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    with tenant_scope(county_office()) as actor:
        for month in range(1, number + 1):
            month_of(Month(2020, month), actor=actor)
    browser.get(f"{CALENDAR}?year=2020")

    with CaptureQueriesContext(connection) as captured:
        browser.get(f"{CALENDAR}?year=2020")

    asked = [query["sql"] for query in captured.captured_queries if "periods_" in query["sql"]]
    assert len(asked) == 5


# --- behind figures ---------------------------------------------------------------------------------------------------
def behind(caller: Client, period: Period, **asked: str) -> list[dict[str, object]]:
    """Ask a program for the list behind a figure."""
    answer = caller.get(f"{PERIODS}{period.pk}/behind/", asked)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, object]] = answer.json()["results"]
    return rows


def test_flow_leads_to_its_postings_and_closing_to_its_households() -> None:
    period, caller = a_frozen_month(), client()

    lifted = behind(caller, period, part="flow", code=COUNTY_CODE, stock="lifted", kind="lifted", direction="in")
    standing = behind(caller, period, part="closing", code=COUNTY_CODE, stock="filed")
    opening = behind(caller, period, part="opening", code=COUNTY_CODE, stock="not_lifted")

    assert [(row["kind"], row["households"], row["persons"]) for row in lifted] == [("lifted", 1, 2)]
    assert [len(rows) for rows in (standing, opening)] == [2, 2]


def test_move_is_behind_the_township_and_not_behind_the_county() -> None:
    period, caller = a_frozen_month(), client()
    asked = {"part": "flow", "stock": "not_lifted", "kind": "moved_out", "direction": "out"}

    found = [len(behind(caller, period, code=code, **asked)) for code in (COUNTY_CODE, TOWNSHIP_CODE)]

    assert found == [0, 1]


def test_coverage_leads_to_households_that_must_have_a_helper_and_to_villages() -> None:
    period, caller = a_frozen_month(), client()

    must = behind(caller, period, part="closing", code=COUNTY_CODE, cover="required")
    without = behind(caller, period, part="closing", code=COUNTY_CODE, cover="none")
    villages = behind(caller, period, part="villages", code=TOWNSHIP_CODE, team="none")
    page = client_of(person(Role.COUNTY_OFFICE)).get(f"/admin/periods/{period.pk}/behind/?part=villages&team=none")

    assert [row["household_id"] for row in must] == [row["household_id"] for row in without] != []
    assert {(str(row["village_code"])[:9], row["has_team"]) for row in villages} == {(TOWNSHIP_CODE[:9], False)}
    assert str(villages[0]["name"]) in page.content.decode()


def test_further_pages_ask_the_same_question_when_it_is_about_what_is_not_on_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    period = a_frozen_month()
    monkeypatch.setattr("periods.admin.behind.PAGE_ROWS", 1)
    address = f"/admin/periods/{period.pk}/behind/?part=closing&stock=filed&category="

    page = client_of(person(Role.COUNTY_OFFICE)).get(address).content.decode()

    assert f"?part=closing&code={COUNTY_CODE}&stock=filed&category=&page=2" in page.replace("&amp;", "&")


def test_list_is_cut_to_the_own_area_when_a_township_asks() -> None:
    period = a_frozen_month()
    asked = {"part": "closing", "code": COUNTY_CODE, "stock": "filed"}
    clerk = clerk_of(TOWNSHIP_CODE)

    rows = behind(clerk, period, **asked)

    assert {row["village_code"] for row in rows} == {VILLAGE_CODE}
    assert len(behind(client(), period, **asked)) == 2


def test_list_of_another_county_is_unknown_when_asked_for() -> None:
    period = a_frozen_month()
    stranger = clerk_of("549902100000", OTHER_COUNTY_CODE)
    asked = {"part": "closing", "code": COUNTY_CODE}

    answers = [caller.get(f"{PERIODS}{period.pk}/behind/", asked).status_code for caller in (stranger, client())]

    assert answers == [404, 200]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"part": "middle"}, "behind.part"),
        ({"part": "closing", "stock": "x"}, "behind.stock"),
        ({"part": "flow", "kind": "x"}, "behind.kind"),
        ({"part": "flow", "direction": "up"}, "behind.direction"),
        ({"part": "closing", "cover": "some"}, "behind.cover"),
        ({"part": "villages", "team": "all"}, "behind.team"),
        ({"part": "closing", "main_cause": "0\0"}, "behind.code"),
    ],
)
def test_question_that_no_figure_answers_is_refused(asked: dict[str, str], code: str) -> None:
    period = a_frozen_month()

    answer = client().get(f"{PERIODS}{period.pk}/behind/", {"code": COUNTY_CODE, **asked})

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_opening_of_a_campaign_has_no_list_and_an_open_period_none_at_all() -> None:
    with tenant_scope(county_office()) as actor:
        period = campaign(actor)

    answer = client().get(f"{PERIODS}{period.pk}/behind/", {"part": "closing", "code": COUNTY_CODE})

    assert (answer.status_code, answer.json()["code"]) == (404, "period.no_picture")


def test_page_behind_a_figure_links_to_households_of_the_area_alone() -> None:
    period = a_frozen_month()
    address = f"/admin/periods/{period.pk}/behind/?part=flow&code={TOWNSHIP_CODE}&stock=not_lifted&kind=moved_out"
    account = user("clerk")
    grant(account, Role.TOWNSHIP_CLERK, tenant=county(), area=TOWNSHIP_CODE)
    clerk = client_of(account)

    pages = [caller.get(address).content.decode() for caller in (client_of(person(Role.COUNTY_OFFICE)), clerk)]

    assert ["549901A2" in page for page in pages] == [True, False]
