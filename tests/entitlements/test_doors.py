"""What is due and received on the site and by REST, as the village's team, sector clerk and county's office use it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from entitlements.domain.nightly import NIGHT_DUE, RUN_JOB
from entitlements.domain.running import run_policies
from entitlements.enums import EntitlementAnswer, EntitlementState
from entitlements.models import EntitlementFinding, PolicyFigure
from entitlements.tasks import run_at_night, run_policies_job
from quality.tasks import run_at_night as run_rules_at_night
from registry.enums import Role
from registry.models import DueWork, Job
from registry.tenancy.scope import tenant_scope
from tests.entitlements.test_policies import EXAMPLES
from tests.factories.tenants import county_office, service
from tests.households.test_api import client, post
from tests.quality.cases import ON, written
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
URL = "/api/v1/entitlements/"
SITE = "/admin/entitlements/"


def one(*, name: str = "due", serial: int = 0) -> EntitlementFinding:
    """Write a household of an example of the low-income allowance, and give what is found of it."""
    with tenant_scope(county_office()) as actor:
        case = written(EXAMPLES["low_allowance"][name], serial=serial)
        run_policies(actor=actor, on=ON)
        return EntitlementFinding.objects.select_related("household").get(household=case.household)


def now(finding: EntitlementFinding) -> tuple[str, str, str]:
    with tenant_scope(county_office()):
        row = EntitlementFinding.objects.get(pk=finding.pk)
        return row.state, row.answer, row.note


def browser(role: Role = Role.COUNTY_OFFICE) -> Client:
    return client_of(person(role))


def test_finding_is_listed_shown_answered_and_taken_back_by_rest() -> None:
    finding, caller = one(), client()
    body = {"answer": "declined", "on": "2024-06-02", "note": "户主表示不申请"}

    listed = caller.get(f"{URL}?kind=due_not_received&policy_code=low_allowance&state=new").json()["results"]
    shown = caller.get(f"{URL}{finding.pk}/").json()
    said = post(caller, f"entitlements/{finding.pk}/answer/", body, version=1)
    back = post(caller, f"entitlements/{finding.pk}/withdrawal/", {"reason": "写错"}, version=2)

    assert ([row["id"] for row in listed], shown["policy"]) == ([str(finding.pk)], "Minimum living allowance")
    assert (said.status_code, said.json()["answer"], said.json()["answered_on"]) == (200, "declined", "2024-06-02")
    assert (back.status_code, back.json()["state"], back.json()["version"]) == (200, "new", 3)


def test_refusal_names_the_field_when_a_reason_is_missing_by_rest() -> None:
    finding = one()

    answer = post(client(), f"entitlements/{finding.pk}/answer/", {"answer": "not_due"}, version=1)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "note")
    assert now(finding) == (EntitlementState.NEW, "", "")


def test_many_are_answered_and_counted_by_rest() -> None:
    findings = [one(serial=serial) for serial in range(2)]
    caller = client()
    chosen = [{"entitlement_id": str(finding.pk), "version": 1} for finding in findings]

    said = post(caller, "entitlements/answer/", {"answer": "applied", "entitlements": chosen})

    figures = caller.get("/api/v1/entitlement-figures/").json()
    assert (said.status_code, said.json(), figures["villages"]) == (200, {"count": 2}, [])
    assert [(row["answer"], row["count"]) for row in figures["answers"]] == [("applied", 2)]


def test_figure_is_set_by_the_county_alone_by_rest() -> None:
    body = {"name": "line_yuan", "from_year": 2024, "value": "4800", "source": "县民政局文件"}
    address, headers = "/api/v1/entitlement-policies/low_allowance/", {"if-match": '"0"'}
    mine, theirs = client(), client(Role.TOWNSHIP_CLERK)

    refused = theirs.put(address, body, content_type="application/json", headers=headers)
    changed = mine.put(address, body, content_type="application/json", headers=headers)

    figures = {row["name"]: (row["value"], row["is_own"]) for row in changed.json()["figures"]}
    assert (refused.status_code, changed.status_code, figures["line_yuan"]) == (403, 200, ("4800.00", True))
    assert len(mine.get("/api/v1/entitlement-policies/").json()["results"]) == len(EXAMPLES)


def test_run_is_asked_for_once_while_it_waits_and_nights_begin_by_rest() -> None:
    caller = client()

    first, second = (post(caller, "entitlement-runs/", {}) for _ in range(2))

    with tenant_scope(county_office()):
        assert Job.objects.filter(kind=RUN_JOB).count() == 1
    assert (first.status_code, first.json()) == (200, second.json())
    assert DueWork.objects.filter(kind=NIGHT_DUE).count() == 1


def test_nights_begin_with_the_first_night_of_the_rules_and_queue_a_run_each() -> None:
    night = datetime(2024, 6, 1, tzinfo=UTC)
    with tenant_scope(service()) as actor:
        run_rules_at_night(actor, "", night)
    began = DueWork.objects.filter(kind=NIGHT_DUE).count()

    with tenant_scope(service()) as actor:
        after = run_at_night(actor, "", night)
        queued = Job.objects.filter(kind=RUN_JOB).count()

    assert (began, queued, after is not None) == (1, 1, True)


def test_job_gives_counts_and_names_nobody() -> None:
    with tenant_scope(county_office()):
        written(EXAMPLES["low_allowance"]["due"])

    class Quiet:
        def report(self, done: int, total: int) -> None:
            """Say nothing."""

    with tenant_scope(service()):
        result = run_policies_job(Quiet()) or {}  # type: ignore[arg-type]  # all that the run asks of it

    assert (result["policies"], len(result["counts"]), set(result["counts"][0])) == (
        len(EXAMPLES),
        len(EXAMPLES),
        {"policy_code", "due", "received"},
    )


def test_worklist_leads_to_a_finding_that_is_answered_on_the_site() -> None:
    finding = one()
    office = browser()

    listed = office.get(f"{SITE}?kind=due_not_received").content.decode()
    shown = office.get(f"{SITE}{finding.pk}/").content.decode()
    values = {"version": 1, "answer": "granted", "on": "2024-06-02", "note": ""}
    done = office.post(f"{SITE}{finding.pk}/answer/", values)
    closed = office.get(f"{SITE}{finding.pk}/").content.decode()

    assert [f"{finding.household.number} · 示例人1" in page for page in (listed, shown.replace("</a>", ""))] == [
        True
    ] * 2
    assert (str(finding.pk) in listed, "Income below the county" in shown) == (True, True)
    assert (done.status_code, f"{finding.pk}/withdraw/" in closed) == (302, True)
    assert now(finding) == (EntitlementState.DECIDED, EntitlementAnswer.GRANTED, "")


def test_refused_answer_stands_at_its_field_on_the_site() -> None:
    finding = one()

    shown = browser().post(
        f"{SITE}{finding.pk}/answer/", {"version": 1, "answer": "not_due", "on": "2024-06-02", "note": ""}
    )

    assert (shown.status_code, "Say why, in a sentence." in shown.content.decode()) == (200, True)
    assert now(finding) == (EntitlementState.NEW, "", "")


def test_ticked_lines_are_answered_together_on_the_site() -> None:
    findings = [one(serial=serial) for serial in range(2)]
    chosen = [f"{finding.pk}:1" for finding in findings]
    values = {"kept": "kind=due_not_received", "chosen": chosen, "answer": "applied", "on": "2024-06-02", "note": ""}

    office = browser()
    unsaid = office.post(f"{SITE}answer/", values | {"on": ""}, follow=True).content.decode()
    done = office.post(f"{SITE}answer/", values)

    assert "Decided or said on: This field is required." in unsaid
    assert (done.status_code, done.headers["location"]) == (302, f"{SITE}?kind=due_not_received")
    assert {now(finding)[1] for finding in findings} == {EntitlementAnswer.APPLIED}


def test_team_is_not_offered_to_propose_an_end_on_the_site() -> None:
    finding = one(name="received")

    team = browser(Role.VILLAGE_TEAM).get(f"{SITE}{finding.pk}/answer/").content.decode()
    township = browser(Role.TOWNSHIP_CLERK).get(f"{SITE}{finding.pk}/answer/").content.decode()

    assert [("stop_proposed" in page, "as_recorded" in page) for page in (team, township)] == [
        (False, True),
        (True, True),
    ]


def test_household_page_and_timeline_show_what_is_open_on_the_site() -> None:
    finding = one()
    office = browser()

    page = office.get(f"/admin/households/household/{finding.household_id}/change/").content.decode()
    timeline = office.get(f"/admin/households/{finding.household_id}/timeline/").content.decode()

    assert (f"{SITE}{finding.pk}/" in page, "Due and not received: Minimum living allowance" in timeline) == (
        True,
        True,
    )


def test_sector_clerk_sees_what_is_due_and_no_way_into_the_household_on_the_site() -> None:
    with tenant_scope(county_office()) as actor:
        written(EXAMPLES["yulu"]["due"])
        run_policies(actor=actor, on=ON)
        finding = EntitlementFinding.objects.select_related("household").get(policy_code="yulu")

    page = browser(Role.SECTOR_CLERK).get(f"{SITE}{finding.pk}/").content.decode()

    assert [text in page for text in (finding.household.number, "示例人1", "/admin/households/household/")] == [
        True,
        False,
        False,
    ]


def test_figure_of_a_policy_is_set_on_the_site() -> None:
    values = {"version": 0, "name": "enabled", "from_year": 2024, "value": "0", "source": "县里另行规定"}
    office = browser()

    refused = browser(Role.TOWNSHIP_CLERK).post(f"{SITE}policies/yulu/", values)
    done = office.post(f"{SITE}policies/yulu/", values)

    with tenant_scope(county_office()):
        assert PolicyFigure.objects.get().source == "县里另行规定"
    pages = [office.get(f"{SITE}{page}").status_code for page in ("policies/", "policies/yulu/", "figures/")]
    assert (refused.status_code, done.status_code, pages) == (403, 302, [200, 200, 200])
