"""The worklist, the page of a finding and the REST list: what they show, and what they cost."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quality.domain.nightly import NIGHT_DUE, RUN_JOB
from quality.domain.running import run_rules
from quality.enums import ExemptionState, FindingState
from quality.models import Exemption, Finding
from quality.queries.findings import requests_waiting
from registry.enums import Role
from registry.lib.periods import today
from registry.models import DueWork, Job
from registry.tenancy.scope import tenant_scope
from tests.factories.households import document_number
from tests.factories.tenants import VILLAGE_CODE, county_office
from tests.quality.cases import ON, written
from tests.registry.people import client_of, person, token_of
from villages.models import Village

pytestmark = pytest.mark.django_db
LATER = (today() + timedelta(days=30)).isoformat()


@pytest.fixture
def finding() -> Finding:
    """Write a household with too much land, and give what the rules find."""
    with tenant_scope(county_office()) as actor:
        written({"household_year": {"cropland_mu": 300, "woodland_mu": 900, "safe_water": False}})
        run_rules(actor=actor, on=ON)
        return Finding.objects.get(rule_code="R58-01")


def state_of(finding: Finding) -> str:
    with tenant_scope(county_office()):
        return Finding.objects.get(pk=finding.pk).state


def test_worklist_says_what_is_wrong_when_the_clerk_opens_it(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))

    page = browser.get(reverse("admin:findings")).content.decode()

    assert "The cropland is larger than 100 mu." in page
    assert reverse("admin:finding", args=[finding.pk]) in page


def test_finding_is_assigned_when_the_clerk_sends_the_form(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))
    where = reverse("admin:finding-decide", args=[finding.pk, "assign"])

    answer = browser.post(where, {"version": finding.version, "role": "village_team", "due_on": LATER})

    assert (answer.status_code, state_of(finding)) == (302, FindingState.ASSIGNED)


def test_finding_is_not_assigned_when_the_role_may_not(finding: Finding) -> None:
    browser = client_of(person(Role.VILLAGE_TEAM))
    where = reverse("admin:finding-decide", args=[finding.pk, "assign"])

    answer = browser.post(where, {"version": finding.version, "role": "village_team", "due_on": LATER})

    assert (answer.status_code, state_of(finding)) == (403, FindingState.NEW)


def test_household_shows_its_findings_when_its_page_is_opened(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))

    page = browser.get(reverse("admin:households_household_change", args=[finding.household_id])).content.decode()

    assert "The woodland is larger than 200 mu." in page


def test_exemption_takes_two_programs_when_asked_by_rest(finding: Finding) -> None:
    programs = [
        Client(headers={"authorization": f"Bearer {token_of(person(role), role)}"})
        for role in (Role.TOWNSHIP_CLERK, Role.COUNTY_OFFICE)
    ]
    ask = reverse("api:finding-exemption", args=[finding.pk])
    decide = reverse("api:finding-exemption-decide", args=[finding.pk])
    etag, kind = {"If-Match": f'"{finding.version}"'}, "application/json"

    asked = programs[0].post(ask, {"reason": "牧区", "expires_on": LATER}, content_type=kind, headers=etag)
    decision = json.dumps({"approves": True, "reason": "同意"})
    answers = [program.post(decide, decision, content_type=kind, headers=etag).status_code for program in programs]

    assert (asked.status_code, answers, state_of(finding)) == (201, [403, 200], FindingState.EXEMPTED)


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICE, Role.SECTOR_CLERK])
def test_list_is_narrowed_to_the_sector_when_a_sector_clerk_asks(finding: Finding, role: Role) -> None:
    program = Client(headers={"authorization": f"Bearer {token_of(person(role), role)}"})

    rows = program.get(reverse("api:findings")).json()["results"]

    expected = {"R44-02", "R58-01", "R58-02", "R59-14"} if role is Role.COUNTY_OFFICE else set()
    assert {row["rule_code"] for row in rows} == expected


def test_worklist_costs_the_same_when_there_is_more_to_show(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))
    where = reverse("admin:findings")
    browser.get(where)

    with CaptureQueriesContext(connection) as all_of_them:
        browser.get(where)
    with CaptureQueriesContext(connection) as one:
        browser.get(where, {"rule": "R58-01"})

    assert len(all_of_them) == len(one)
    assert finding.state == FindingState.NEW


def test_request_waits_when_a_village_team_asks(finding: Finding) -> None:
    browser = client_of(person(Role.VILLAGE_TEAM))
    where = reverse("admin:finding-decide", args=[finding.pk, "ask"])

    answer = browser.post(where, {"version": finding.version, "reason": "牧区", "expires_on": LATER})

    with tenant_scope(county_office()):
        assert (answer.status_code, Exemption.objects.get().state) == (302, ExemptionState.REQUESTED)


def test_clerk_reads_what_a_save_broke_when_the_household_is_registered(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))
    with tenant_scope(county_office()):
        village = Village.objects.get().pk
    form = {
        "number": "54990100000009",
        "village": village,
        "status": "candidate",
        "head_name": "示例人",
        "head_document": document_number(21),
        "on": today().isoformat(),
    }

    page = browser.post(reverse("admin:households_household_add"), form, follow=True).content.decode()

    assert "The telephone number is missing. Enter a number of the head or of a relative." in page


def test_program_reads_what_a_save_broke_when_it_registers_a_household(finding: Finding) -> None:
    program = Client(headers={"authorization": f"Bearer {token_of(person(Role.TOWNSHIP_CLERK), Role.TOWNSHIP_CLERK)}"})
    head = {"name": "示例人", "relation_code": "01", "document_number": document_number(22)}
    household = {"number": "54990100000008", "village_code": VILLAGE_CODE, "members": [head]}
    body = {"on": today().isoformat(), "households": [household]}

    answer = program.post(reverse("api:households"), body, content_type="application/json").json()

    assert {"quality.R16-01"} <= {warning["code"] for warning in answer["warnings"]}
    assert "没有联系电话。" in str(answer["warnings"])


def test_registration_is_refused_with_the_sentence_when_it_breaks_a_hard_rule(finding: Finding) -> None:
    program = Client(headers={"authorization": f"Bearer {token_of(person(Role.TOWNSHIP_CLERK), Role.TOWNSHIP_CLERK)}"})
    head = {"name": "示例人", "relation_code": "01", "document_number": document_number(22)}
    mother = {"name": "示例人", "relation_code": "12", "document_number": document_number(25)}
    household = {"number": "54990100000008", "village_code": VILLAGE_CODE, "members": [head, mother]}
    body = {"on": today().isoformat(), "households": [household]}

    answer = program.post(reverse("api:households"), body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "quality.R07-01")


def test_worklist_keeps_its_narrowing_when_paged(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))
    with tenant_scope(county_office()):
        rows = [
            Finding(
                scope_code=finding.scope_code,
                rule_code=f"X{number:03}",
                severity="warn",
                subject_id=finding.subject_id,
                household_id=finding.household_id,
                first_seen_on=ON,
                last_seen_on=ON,
            )
            for number in range(60)
        ]
        Finding.objects.bulk_create(rows)

    page = browser.get(reverse("admin:findings"), {"village": finding.scope_code}).content.decode()

    assert f'href="?village={finding.scope_code}&amp;page=2"' in page
    assert "R58-01 The cropland is larger than 100 mu." in page


def test_findings_are_assigned_together_when_the_clerk_ticks_them(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))
    with tenant_scope(county_office()):
        chosen = [f"{row.pk}:{row.version}" for row in Finding.objects.filter(rule_code__startswith="R58")]
    form = {"chosen": chosen, "role": "village_team", "due_on": LATER, "kept": "rule=R58-01&next=https://example.org"}

    answer = browser.post(reverse("admin:findings-assign"), form)

    with tenant_scope(county_office()):
        states = set(Finding.objects.filter(rule_code__startswith="R58").values_list("state", "assignee_role"))
    assert (answer.headers["Location"], states) == (
        f"{reverse('admin:findings')}?rule=R58-01",
        {(FindingState.ASSIGNED, Role.VILLAGE_TEAM)},
    )


def test_program_assigns_all_or_none_when_one_was_changed_meanwhile(finding: Finding) -> None:
    program = Client(headers={"authorization": f"Bearer {token_of(person(Role.TOWNSHIP_CLERK), Role.TOWNSHIP_CLERK)}"})
    with tenant_scope(county_office()):
        chosen = [{"id": str(pk), "version": 1} for pk in Finding.objects.values_list("pk", flat=True)]
    stale = [{**row, "version": 9} if row["id"] == str(finding.pk) else row for row in chosen]
    body = {"role": "village_team", "due_on": LATER}

    answers = [
        program.post(reverse("api:findings-assign"), {**body, "findings": rows}, content_type="application/json")
        for rows in (stale, chosen)
    ]

    assert [answer.status_code for answer in answers] == [412, 200]
    assert answers[1].json() == {"count": len(chosen)}


def test_household_costs_the_same_when_it_has_more_findings(finding: Finding) -> None:
    browser = client_of(person(Role.TOWNSHIP_CLERK))
    where = reverse("admin:households_household_change", args=[finding.household_id])
    browser.get(where)

    with CaptureQueriesContext(connection) as three:
        browser.get(where)
    with tenant_scope(county_office()):
        Finding.objects.exclude(pk=finding.pk).update(state="fixed", closed_on=ON)
    with CaptureQueriesContext(connection) as one:
        browser.get(where)

    assert len(three) == len(one)


def test_run_is_queued_once_when_the_office_asks_on_the_site_and_by_rest(finding: Finding) -> None:
    office = person(Role.COUNTY_OFFICE)
    program = Client(headers={"authorization": f"Bearer {token_of(office, Role.COUNTY_OFFICE)}"})

    page = client_of(office).post(reverse("admin:findings-run"))
    answer = program.post(reverse("api:quality-runs"))

    with tenant_scope(county_office()):
        job = Job.objects.get(kind=RUN_JOB)
    assert (page.status_code, answer.status_code, answer.json()) == (302, 200, {"job_id": str(job.pk)})
    assert DueWork.objects.filter(kind=NIGHT_DUE).count() == 1


def test_exemptions_that_wait_are_found_when_a_second_person_looks(finding: Finding) -> None:
    clerk, other = person(Role.TOWNSHIP_CLERK), person(Role.COUNTY_OFFICE)
    program = Client(headers={"authorization": f"Bearer {token_of(other, Role.COUNTY_OFFICE)}"})
    where = reverse("admin:finding-decide", args=[finding.pk, "ask"])
    client_of(clerk).post(where, {"version": finding.version, "reason": "pasture", "expires_on": LATER})

    page = client_of(other).get(reverse("admin:findings"), {"asked": "1"}).content.decode()
    waiting = program.get(reverse("api:exemptions"), {"state": "requested"}).json()["results"]
    refused = program.get(reverse("api:exemptions"), {"state": "refused"}).json()["results"]
    with tenant_scope(county_office()) as actor:
        Finding.objects.update(state=FindingState.FIXED, closed_on=today())
        left = requests_waiting(actor).count()

    assert page.count(reverse("admin:finding", args=[finding.pk])) == 1
    assert [(row["finding_id"], row["rule_code"], row["expires_on"]) for row in waiting] == [
        (str(finding.pk), "R58-01", LATER)
    ]
    assert (refused, left) == ([], 0)
