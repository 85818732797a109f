"""The pages of monitoring cases and of what is due, and REST as a program calls it."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assistance.domain.measures import MeasureDraft, record_measure
from dossiers.domain.cases import drop_lead
from dossiers.domain.procedure import set_procedure
from dossiers.enums import CaseState
from dossiers.models import MonitoringCase
from households.models import Household
from registry.enums import Role
from registry.lib.periods import today
from registry.tenancy.scope import tenant_scope
from tests.factories.cases import CONFIRMED_ON, LEAD_ON, confirmed, monitoring_line, raised
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
WORKLIST = "/admin/dossiers/deadlines/"
LEAD = {"lead_on": LEAD_ON.isoformat(), "lead_channel_code": "2", "category_code": "1", "risk_codes": ["01"]}
CHECK = {
    "checked_on": "2021-07-05",
    "checked_year": 2021,
    "net_per_head_yuan": "9000",
    "has_schooling": "on",
    "has_medical_care": "on",
    "has_safe_housing": "on",
    "has_safe_water": "on",
}


@pytest.fixture
def office(db: None) -> Client:
    return client_of(person(Role.COUNTY_OFFICE))


@pytest.fixture
def program(db: None) -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def made(make: Callable[..., MonitoringCase], **values: Any) -> MonitoringCase:
    with tenant_scope(county_office()):
        return make(**values)


def in_village(code: str, number: str = "") -> Household:
    values: dict[str, Any] = {"number": number} if number else {}
    return registered(status="lifted", village_code=code, **values)


def now(case: MonitoringCase) -> MonitoringCase:
    with tenant_scope(county_office()):
        return MonitoringCase.objects.select_related("household").get(pk=case.pk)


def do(client: Client, case: MonitoringCase, verb: str, **values: Any) -> int:
    where = f"/admin/dossiers/monitoringcase/{case.pk}/do/{verb}/"
    return client.post(where, {"version": now(case).version, **values}).status_code


def send(client: Client, method: str, where: str, body: dict[str, Any], version: int = 1) -> Any:  # noqa: ANN401  (the test client's answer)
    headers = {"if-match": f'"{version}"'}
    return client.generic(method, f"/api/v1/{where}", json.dumps(body), "application/json", headers=headers)


def test_clerk_takes_a_lead_to_its_end_when_the_pages_are_used(office: Client) -> None:
    with tenant_scope(county_office()):
        monitoring_line()
        number = registered(status="lifted").number
    form = LEAD | {"household_number": number}

    unknown = office.post("/admin/dossiers/monitoringcase/add/", form | {"household_number": "none"}).status_code
    wrong = office.post("/admin/dossiers/monitoringcase/add/", form | {"risk_codes": ["04"]}).status_code
    sent = office.post("/admin/dossiers/monitoringcase/add/", form).status_code
    with tenant_scope(county_office()):
        case = MonitoringCase.objects.get()
    amended = do(office, case, "amend-lead", **LEAD | {"risk_codes": ["01", "03"]})
    decided = do(office, case, "confirm", on=CONFIRMED_ON.isoformat(), reason="县公告")
    early = do(office, case, "remove", manner_code="1", on="2021-07-12", reason="县公告")
    checked = do(office, case, "check", **CHECK)
    ended = do(office, case, "remove", manner_code="1", on="2021-07-12", reason="县公告")

    assert (unknown, wrong, sent, amended, decided, early, checked, ended) == (200, 200, 302, 302, 302, 200, 302, 302)
    assert (now(case).state, now(case).risk_codes) == (CaseState.REMOVED, ["01", "03"])


def test_case_of_a_monitored_household_is_entered_by_the_same_form(office: Client) -> None:
    with tenant_scope(county_office()):
        household = registered(
            status="lifted", monitoring_state="identified", monitoring_code="1", monitored_on=date(2020, 6, 1)
        )
    form = LEAD | {"household_number": household.number, "lead_on": "2020-05-20"}

    plain = office.post("/admin/dossiers/monitoringcase/add/", form).status_code
    sent = office.post("/admin/dossiers/monitoringcase/add/", form | {"is_monitored": "on"}).status_code

    with tenant_scope(county_office()):
        case = MonitoringCase.objects.get()
    assert (plain, sent, case.state, case.confirmed_on) == (200, 302, CaseState.CONFIRMED, date(2020, 6, 1))


def test_amending_a_lead_shows_what_is_on_file(office: Client) -> None:
    case = made(raised, risk_codes=("04",), disaster_code="0203")

    page = office.get(f"/admin/dossiers/monitoringcase/{case.pk}/do/amend-lead/").content.decode()

    ticked = [box for box in re.findall(r"<input[^>]+name=\"risk_codes\"[^>]*>", page) if "checked" in box]
    assert ('value="0203" selected' in page, len(ticked), 'value="04"' in ticked[0]) == (True, 1, True)


def test_page_of_a_case_and_of_its_household_say_what_is_due(office: Client) -> None:
    case = made(confirmed)

    own = office.get(f"/admin/dossiers/monitoringcase/{case.pk}/change/").content.decode()
    household = office.get(f"/admin/households/household/{case.household_id}/change/").content.decode()

    assert ("First measure" in own, "Illness" in own) == (True, True)
    assert ("First measure" in household, "2021-02-12" in household or "Feb. 12, 2021" in household) == (True, True)


# --- the worklist -----------------------------------------------------------------------------------------------------
def test_worklist_shows_the_nearest_day_first_with_days_left(office: Client) -> None:
    day = today()
    with tenant_scope(county_office()):
        late = raised(in_village(VILLAGE_CODE, "B-late"), lead_on=day - timedelta(days=18))
        due_now = raised(in_village(VILLAGE_CODE, "B-now"), lead_on=day - timedelta(days=15))
        left = raised(in_village(VILLAGE_CODE, "B-left"), lead_on=day - timedelta(days=5))
        gone = raised(in_village(VILLAGE_CODE, "B-gone"), lead_on=day - timedelta(days=9))
        drop_lead(gone.pk, on=day, reason="不属实", actor=county_office())
        numbers = [case.household.number for case in (late, due_now, left)]

    page = office.get(WORKLIST).content.decode()

    assert [page.index(number) for number in numbers] == sorted(page.index(number) for number in numbers)
    assert ["3 days overdue" in page, "due today" in page, "10 days left" in page, "B-gone" in page] == [
        True,
        True,
        True,
        False,
    ]


def test_worklist_keeps_its_filters_when_it_is_paged(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossiers.admin.deadlines._ROWS", 1)
    with tenant_scope(county_office()) as actor:
        for code in (VILLAGE_CODE, VILLAGE_CODE, FAR_VILLAGE_CODE):
            raised(in_village(code))
        case = confirmed(in_village(VILLAGE_CODE, "B-measure"))
        health = MeasureDraft(category_code="45", state_code="1", starts_on=CONFIRMED_ON)
        record_measure(case.household_id, health, actor=actor)

    where = f"{WORKLIST}?due=decision&division={VILLAGE_CODE}&overdue=on"
    first = office.get(where).content.decode()
    following = f"?due=decision&amp;division={VILLAGE_CODE}&amp;overdue=on&amp;page=2"
    second = office.get(f"{where}&page=2").content.decode()

    assert (following in first, "Further" in second, "B-measure" in first + second) == (True, False, False)


def test_worklist_says_which_days_were_counted(office: Client) -> None:
    with tenant_scope(county_office()) as actor:
        set_procedure({"lead_days": 20, "counts_working_days": True}, actor=actor)
        known = raised(lead_on=date(2021, 1, 4))
        unknown = raised(registered(status="lifted"))
        MonitoringCase.objects.filter(pk=unknown.pk).update(due_basis="weekdays")

    page = office.get(WORKLIST).content.decode()

    assert (known.due_basis, now(known).due_on) == ("working_days", date(2021, 2, 1))
    assert ("Working days by the public calendar." in page, "Counted from Monday to Friday" in page) == (True, True)


@pytest.mark.parametrize("where", [WORKLIST, "/admin/dossiers/monitoringcase/"])
def test_lists_ask_as_many_queries_for_three_cases_as_for_one(office: Client, where: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(where).status_code == 200
        return len(captured)

    made(raised)
    cost()
    one = cost()
    made(raised)
    made(raised)

    assert cost() == one


def test_team_sees_the_deadlines_of_its_own_village_alone() -> None:
    with tenant_scope(county_office()):
        raised(in_village(VILLAGE_CODE, "B-own"))
        raised(in_village(FAR_VILLAGE_CODE, "B-far"))
    team = client_of(person(Role.VILLAGE_TEAM))

    page = team.get(WORKLIST).content.decode()

    assert ("B-own" in page, "B-far" in page) == (True, False)


# --- REST -------------------------------------------------------------------------------------------------------------
def test_program_takes_a_lead_to_its_end(program: Client) -> None:
    with tenant_scope(county_office()):
        monitoring_line()
        household = registered(status="lifted")
    found = CHECK | dict.fromkeys(("has_schooling", "has_medical_care", "has_safe_housing", "has_safe_water"), True)

    opened = send(program, "POST", "monitoring-cases/", LEAD | {"household_id": str(household.pk)})
    where = f"monitoring-cases/{opened.json()['id']}/"
    stale = send(program, "PUT", where, LEAD, version=9)
    amended = send(program, "PUT", where, LEAD | {"risk_codes": ["02"]})
    decided = send(program, "POST", f"{where}confirm/", {"on": "2021-01-12", "reason": "县公告"}, version=2)
    checked = send(program, "PUT", f"{where}check/", found, version=3)
    early = send(
        program, "POST", f"{where}remove/", {"manner_code": "1", "on": "2021-07-11", "reason": "县公告"}, version=4
    )
    ended = send(
        program, "POST", f"{where}remove/", {"manner_code": "1", "on": "2021-07-12", "reason": "县公告"}, version=4
    )

    answers = (opened, stale, amended, decided, checked, early, ended)
    assert [answer.status_code for answer in answers] == [201, 412, 200, 200, 200, 409, 200]
    assert (decided.json()["state"], decided.json()["next_due"], ended.json()["removal_code"]) == (
        "confirmed",
        "first_measure",
        "1",
    )
    assert early.json()["code"] == "removal.too_early"


def test_deadlines_go_out_by_day_and_by_page(program: Client) -> None:
    with tenant_scope(county_office()):
        cases = [raised(in_village(VILLAGE_CODE), lead_on=LEAD_ON + timedelta(days=days)) for days in (3, 1, 1, 2)]
        confirmed(in_village(FAR_VILLAGE_CODE))
    order = [cases[1], cases[2], cases[3], cases[0]]

    found: list[dict[str, Any]] = []
    where: str | None = f"/api/v1/monitoring-deadlines/?limit=1&division={VILLAGE_CODE}&due=decision"
    for _page in order:
        answer = program.get(str(where)).json()
        found += answer["results"]
        where = answer["next"]

    assert [row["id"] for row in found] == [str(case.pk) for case in order]
    assert where is None
    assert (found[0]["next_due_on"], found[0]["is_overdue"]) == ("2021-01-20", True)
    assert found[0]["days_left"] == (date(2021, 1, 20) - today()).days


@pytest.mark.parametrize("cursor", ["x", "20210120", "20210120x", "99999999AAAAAAAAAAAAAAAAAAAAAA"])
def test_cursor_that_is_none_is_refused(program: Client, cursor: str) -> None:
    answer = program.get("/api/v1/monitoring-deadlines/", {"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (422, "api.bad_cursor")


def test_only_overdue_ones_are_given_when_a_program_asks(program: Client) -> None:
    made(raised)
    with tenant_scope(county_office()):
        fresh = raised(registered(status="lifted"), lead_on=today())

    overdue = program.get("/api/v1/monitoring-deadlines/", {"overdue": "true"}).json()["results"]
    every = program.get("/api/v1/monitoring-deadlines/").json()["results"]

    assert (len(overdue), len(every), str(fresh.pk) in {row["id"] for row in overdue}) == (1, 2, False)


def test_program_asks_as_many_queries_for_three_deadlines_as_for_one(program: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert program.get("/api/v1/monitoring-deadlines/").status_code == 200
        return len(captured)

    made(raised)
    cost()
    one = cost()
    made(raised)
    made(raised)

    assert cost() == one


def test_cases_are_narrowed_when_a_program_asks(program: Client) -> None:
    lead, case = made(raised), made(confirmed)

    leads = program.get("/api/v1/monitoring-cases/", {"state": "lead"}).json()["results"]
    own = program.get("/api/v1/monitoring-cases/", {"household": str(case.household_id)}).json()["results"]

    assert ([row["id"] for row in leads], [row["id"] for row in own]) == ([str(lead.pk)], [str(case.pk)])


def test_worklist_reads_its_index_when_many_cases_have_ended() -> None:
    with tenant_scope(county_office()), connection.cursor() as cursor:
        raised()
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = MonitoringCase.objects.filter(next_due_on__isnull=False).order_by("next_due_on", "id")[:50]
        plan = rows.explain()

    assert "monitoringcase_next_due" in plan
