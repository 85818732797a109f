"""The first page: each figure is as long as its list, for every post; nobody sees what lies outside their area."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboards.definitions.figures import KINDS
from dashboards.queries.waiting import waiting_kinds
from exchange.domain.decisions import upload_roster
from oneform.models import FormPart
from oversight.domain.looks import ask_for_look
from periods.models import Period, PeriodStage, Reopening
from registry.enums import Role
from registry.lib.periods import Month, today
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.runs import start_run
from tests.assistance.test_help_visits import own_helper
from tests.dashboards.conftest import Homes
from tests.exchange.rosters import checked, csv_of, other_household
from tests.factories.assistance import paired
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.oneform.test_forms import form
from tests.oversight.ground import reader
from tests.oversight.looking import draft
from tests.registry.people import client_of, person
from tests.support.workers import do_jobs
from villages.models import Village

HOME: Final = "/admin/"
TOWNSHIP: Final = "549901100000"
OFFICES: Final = (Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM)
# How many rows a list has, by the end of its address.
LENGTHS: Final[dict[str, Callable[[Any], int]]] = {
    "/admin/dossiers/deadlines/": lambda page: page["page"].paginator.count,
    "/admin/assistance/coverage/": lambda page: len(page["households"]) + page["more"],
    "/admin/assistance/visits-due/": lambda page: page["found"].count,
    "/admin/assistance/without-plan/": lambda page: page["count"],
    "/admin/quality/findings/": lambda page: page["page"].paginator.count,
    "/admin/villages/gaps/": lambda page: len(page["rows"]),
    "/admin/economy/villages/": lambda page: len(page["rows"]),
    "/admin/entitlements/": lambda page: page["page"].paginator.count,
    "/admin/credit/due/": lambda page: page["count"],
    "/admin/dashboard/flow/": lambda page: page["households"],
    "/admin/periods/calendar/": lambda page: len(page["waiting"]),
    "/admin/exchange/rosters/": lambda page: len(page["batches"]),
}


def length(browser: Client, link: str) -> int:
    """Open a list and count its rows."""
    answer = browser.get(link)
    assert answer.status_code == 200, link
    counted = LENGTHS.get(urlsplit(link).path, _on_a_list)
    return counted(answer.context)


def _on_a_list(page: Any) -> int:  # noqa: ANN401  (the context of a page)
    found: int = page["cl"].result_count
    return found


def figures(page: Any) -> dict[str, tuple[int, str]]:  # noqa: ANN401  (the context of a page)
    """Give the figures of the page with their lists."""
    return {kind.key: (count, link) for group in page["groups"] for kind, count, link in group["figures"]}


@pytest.mark.parametrize("role", OFFICES)
def test_each_figure_is_as_long_as_its_list(homes: Homes, role: Role) -> None:
    browser = client_of(person(role))

    shown = figures(browser.get(HOME).context)

    assert set(shown) == set(KINDS)
    assert {key: count for key, (count, _link) in shown.items()} == {
        key: length(browser, link) for key, (_count, link) in shown.items()
    }


def test_figures_of_the_county_are_those_of_its_households(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    shown = {key: count for key, (count, _link) in figures(browser.get(HOME).context).items() if count}

    assert shown == {
        "lifted": 3,
        "not_lifted": 3,
        "monitored": 1,
        "due": 2,
        "overdue": 2,
        "due_decision": 1,
        "due_first_measure": 1,
        "uncovered": 3,
        "visits_due": 1,
        "visits_late": 1,
        "without_plan": shown["without_plan"],
        **{key: shown[key] for key in ("findings", "findings_warn", "findings_suspicion")},
        "findings_late": 1,
        "findings_old": 1,
        "requests": 2,
        "requests_late": 2,
        "without_team": 3,
        "without_first_secretary": 3,
        "under_goal": 3,
    }


def test_figures_of_a_village_are_those_of_the_village_alone(homes: Homes) -> None:
    browser = client_of(person(Role.VILLAGE_TEAM))

    shown = {key: count for key, (count, _link) in figures(browser.get(HOME).context).items()}

    assert (shown["not_lifted"], shown["lifted"], shown["findings_late"], shown["requests"]) == (1, 2, 1, 1)
    assert shown["without_team"] == 1


def test_helper_sees_the_paired_households_alone(homes: Homes) -> None:
    account = person(Role.HELPER)
    _household, helper = own_helper(account, county_office())
    paired(homes.lead, helper=helper)
    browser = client_of(account)

    page = browser.get(HOME).context
    shown = figures(page)

    assert {"lifted", "monitored", "visits_due", "findings", "requests"} <= set(shown)
    assert {"overdue", "uncovered", "without_team"}.isdisjoint(shown)
    assert (shown["lifted"][0], shown["not_lifted"][0]) == (1, 1)
    assert {key: count for key, (count, _link) in shown.items()} == {
        key: length(browser, link) for key, (_count, link) in shown.items()
    }


@pytest.mark.parametrize("division", [TOWNSHIP, VILLAGE_CODE, FAR_VILLAGE_CODE])
def test_page_of_a_division_leads_to_the_lists_of_the_division(homes: Homes, division: str) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    shown = figures(browser.get(HOME, {"division": division}).context)

    assert all(division in link for _count, link in shown.values())
    assert {key: count for key, (count, _link) in shown.items()} == {
        key: length(browser, link) for key, (_count, link) in shown.items()
    }


def test_table_of_places_adds_up_and_leads_to_the_lists(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    page = browser.get(HOME).context
    cells = [(count, link) for row in page["places"] for count, link, _warns in row["cells"]]

    assert [row["link"] for row in page["places"]] == ["?division=549901100000", "?division=549901200000"]
    assert [count for count, _link in cells] == [length(browser, link) for _count, link in cells]
    assert [sum(column) for column in zip(*([c[0] for c in row["cells"]] for row in page["places"]), strict=True)] == [
        figures(page)[key][0] for key, _label, _chosen in page["maps"]
    ]


def test_causes_and_categories_lead_to_lists_as_long(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    charts = {chart.key: chart for chart in browser.get(HOME).context["charts"]}
    marks = [mark for key in ("categories", "causes-not_lifted", "causes-lifted") for mark in charts[key].marks]

    assert sorted(mark.value for mark in marks) == [1, 1, 2, 3]
    assert [mark.value for mark in marks] == [length(browser, mark.link) for mark in marks]


def test_flows_of_the_trend_lead_to_lists_as_long(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    page = browser.get(HOME).context
    cells = [
        (households, link)
        for one in page["months"]
        for row in one["rows"]
        for households, link, _persons, _persons_link in row["cells"]
        if link
    ]

    assert sum(households for households, _link in cells) > 0
    assert [households for households, _link in cells] == [length(browser, link) for _count, link in cells]


def test_persons_of_a_flow_are_the_sum_of_its_list(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    months = browser.get(HOME).context["months"]
    cells = [cell for one in months for row in one["rows"] for cell in row["cells"] if cell[3] and cell[2]]

    assert cells
    assert [persons for _h, _link, persons, _persons_link in cells] == [
        browser.get(link).context["persons"] for *_rest, link in cells
    ]


@pytest.mark.parametrize("role", OFFICES)
def test_what_waits_is_as_long_as_its_list(homes: Homes, role: Role) -> None:
    browser = client_of(person(role))

    waiting = browser.get("/admin/dashboard/waiting/").context["waiting"]

    assert {"monitoring_overdue", "visits_late", "dossiers"} & {line.kind.key for line, _link in waiting}
    assert {line.kind.key: line.count for line, _link in waiting} == {
        line.kind.key: length(browser, link) for line, link in waiting
    }


def test_what_a_second_person_decides_waits_for_others_and_a_roster_for_whoever_may_apply_it(office: Actor) -> None:
    me = person(Role.COUNTY_OFFICE)
    for number, asked_by in enumerate((me, User.objects.get(pk=str(office.user_id)))):
        period = Period.objects.create(
            scope_code=COUNTY_CODE, kind="campaign", name=f"示例排查{number}",
            first_day=date(2021, 1 + number, 1), last_day=date(2021, 1 + number, 20),
        )  # fmt: skip
        Reopening.objects.create(scope_code=COUNTY_CODE, period=period, reason="补录", asked_by=asked_by)
    checked(csv_of(other_household()), office)
    upload_roster(csv_of(other_household()), name="later.csv", actor=office)
    reader()
    ask_for_look(draft(), actor=office)
    asked = form(office)
    for code, done_on in ((VILLAGE_CODE, None), (FAR_VILLAGE_CODE, today())):
        FormPart.objects.create(scope_code=code, form=asked, village_code=code, done_on=done_on)
    browser = client_of(me)

    waiting = browser.get("/admin/dashboard/waiting/").context["waiting"]

    found = {line.kind.key: (line.count, length(browser, link)) for line, link in waiting}
    assert found == {"reopenings": (1, 1), "rosters": (1, 1), "looks": (1, 1), "form_parts": (1, 1)}


def test_every_kind_of_waiting_opens_a_list_that_is_as_narrow(homes: Homes) -> None:
    """The lists of all kinds open, with the filters that they name, also while they are empty."""
    office = county_office()
    browser = client_of(person(Role.COUNTY_OFFICE))
    kinds = waiting_kinds()

    assert {kind.key: kind.count(office) for kind in kinds if kind.page.endswith("changelist")} == {
        kind.key: length(browser, _address(kind.page, kind.asked(office)))
        for kind in kinds
        if kind.page.endswith("changelist")
    }


def _address(page: str, query: dict[str, str]) -> str:
    from dashboards.admin.links import address  # noqa: PLC0415  (loads the site)

    return address(page, query)


def test_other_county_sees_nothing_of_this_one(homes: Homes) -> None:
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        other = registered(status="filed", village_code="549902100200")
    browser = client_of(person(Role.COUNTY_OFFICE, other=True))

    page = browser.get(HOME).context

    assert {key: count for key, (count, _link) in figures(page).items() if count} == {
        **{key: count for key, (count, _link) in figures(page).items() if key.startswith("findings") and count},
        "not_lifted": 1,
        "uncovered": 1,
        "without_plan": 1,
        "without_team": 1,
        "without_first_secretary": 1,
        "under_goal": 1,
    }
    assert other.number not in browser.get(HOME).content.decode()


def test_division_of_another_county_is_empty_and_a_text_is_refused(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    page = browser.get(HOME, {"division": "549902100200"})
    refused = browser.get(HOME, {"division": "x"})

    assert not any(count for count, _link in figures(page.context).values())
    assert (page.status_code, refused.status_code) == (200, 422)


def test_page_names_no_household_or_person(homes: Homes) -> None:
    text = client_of(person(Role.COUNTY_OFFICE)).get(HOME).content.decode()

    assert homes.filed.number not in text
    assert "水管冻裂" not in text


def test_map_draws_the_villages_with_coordinates_and_lists_the_others(homes: Homes) -> None:
    VillageFactory.create(code=VILLAGE_CODE)
    with tenant_scope(county_office()):
        Village.objects.filter(code=VILLAGE_CODE).update(longitude="91.1", latitude="29.6")
        Village.objects.filter(code=FAR_VILLAGE_CODE).update(longitude="91.3", latitude="29.7")
    browser = client_of(person(Role.COUNTY_OFFICE))

    page = browser.get(HOME, {"map": "requests"})
    places = {place.label: place for place in page.context["map"].places}

    assert sorted(place.value for place in places.values()) == [0, 1, 1]
    assert [length(browser, place.link) for place in places.values()] == [place.value for place in places.values()]
    assert "Without coordinates, only in the table: 1" in page.content.decode()


def test_campaign_shows_its_stage_and_the_days_left(office: Actor) -> None:
    day = today()
    period = Period.objects.create(
        scope_code=COUNTY_CODE,
        kind="campaign",
        name="示例集中排查",
        first_day=day.replace(day=1),
        last_day=day.replace(day=28),
    )
    PeriodStage.objects.create(
        scope_code=COUNTY_CODE, period=period, kind="visit", first_day=day.replace(day=1), last_day=day.replace(day=28)
    )
    browser = client_of(person(Role.VILLAGE_TEAM))

    text = browser.get(HOME).content.decode()

    assert "示例集中排查" in text
    assert "Household visits" in text


def test_page_asks_as_many_queries_for_one_household_as_for_three(office: Actor) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    registered(status="filed")
    browser.get(HOME)
    with CaptureQueriesContext(connection) as one:
        browser.get(HOME)
    registered(status="filed", village_code=FAR_VILLAGE_CODE)
    registered(status="lifted", village_code=FAR_VILLAGE_CODE)
    browser.get(HOME)

    with CaptureQueriesContext(connection) as three:
        browser.get(HOME)

    assert len(one) == len(three)
    assert len(three) <= 75


def test_menu_is_still_a_page(office: Actor) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    assert "groups" not in browser.get(HOME, {"menu": "1"}).context
    assert "?menu=1" in browser.get(HOME).content.decode()


def test_who_has_no_figures_gets_the_menu(office: Actor) -> None:
    answer = client_of(person(Role.SECURITY_ADMINISTRATOR)).get(HOME)

    assert (answer.status_code, "groups" in answer.context) == (200, False)


def test_flow_refuses_what_it_does_not_know(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    right = {"month": "2026-03", "stock": "lifted", "way": "came"}

    answers = [
        browser.get("/admin/dashboard/flow/", right | wrong).status_code
        for wrong in ({}, {"stock": "x"}, {"way": "x"}, {"kind": "x"}, {"month": "x"}, {"division": "x"})
    ]

    assert answers == [200, 404, 404, 404, 422, 422]


def test_move_within_the_county_is_no_flow(homes: Homes) -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))

    rows = browser.get(HOME).context["month"]
    moved = {row["label"]: [cell[0] for cell in row["cells"]] for row in rows}

    assert moved["Not lifted"][1:3] == [0, 0]
    assert parse_qs(urlsplit(rows[0]["cells"][1][1]).query)["way"] == ["came"]


def test_month_shows_what_its_account_said_when_it_was_reported(homes: Homes, office: Actor) -> None:
    month = Month.of(today()).previous
    run = start_run(REPORT_ID, month, actor=office)
    do_jobs(office, "periods.freeze", "reports.run")
    browser = client_of(person(Role.COUNTY_OFFICE))

    shown = browser.get(HOME).context["months"][1]
    below = browser.get(HOME, {"division": FAR_VILLAGE_CODE}).context["months"][1]
    team = client_of(person(Role.VILLAGE_TEAM)).get(HOME).context["months"][1]

    assert shown["account"].endswith(f"/{run.pk}/")
    assert {row["label"]: row["reported"][0] for row in shown["rows"]} == {
        row["label"]: row["cells"][3][0] for row in shown["rows"]
    }
    assert [row["reported"][0] for row in below["rows"]] == [1, 0, 0]
    assert team["account"] == ""
