"""The pages of dossiers as a clerk opens them, and REST as a program calls it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.domain.papers import raise_objection
from dossiers.models import CountyProcedure, Dossier, Evidence, ListSession, StepTemplate
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import BEGUN_ON, PDF, advance, begun, next_step, previous_end
from tests.factories.tenants import county_office
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
DAY = BEGUN_ON.isoformat()
COUNTS = {"entitled_count": 30, "present_count": 25, "votes_for": 20, "votes_against": 3}


@pytest.fixture
def office(db: None) -> Client:
    return client_of(person(Role.COUNTY_OFFICE))


@pytest.fixture
def program(db: None) -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def opened(key: str = "exit") -> Dossier:
    with tenant_scope(county_office()):
        return begun(key)


def now(dossier: Dossier) -> Dossier:
    with tenant_scope(county_office()):
        return Dossier.objects.select_related("household").get(pk=dossier.pk)


def paper(name: str = "page.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def do(client: Client, record: Model, verb: str, **values: Any) -> int:
    model = record._meta.model_name
    return client.post(f"/admin/dossiers/{model}/{record.pk}/do/{verb}/", values).status_code


def test_clerk_takes_a_dossier_through_a_step_when_the_pages_are_used(office: Client) -> None:
    dossier = opened()

    filed = do(office, dossier, "evidence", version=1, file=paper(), kind_code="33", on=DAY)
    refused = do(
        office, dossier, "meeting", version=2, position=2, starts_on=DAY, ends_on=DAY, is_passed="on", **COUNTS
    )
    done = do(office, dossier, "meeting", version=2, position=1, starts_on=DAY, ends_on=DAY, is_passed="on", **COUNTS)
    page = office.get(f"/admin/dossiers/dossier/{dossier.pk}/change/")

    assert (filed, refused, done, now(dossier).next_position) == (302, 200, 302, 2)
    assert "预退出标注" in page.content.decode()


def test_dossier_is_begun_by_the_households_number_when_the_form_is_sent(office: Client) -> None:
    former = opened("return-short")
    with tenant_scope(county_office()):
        template, number = StepTemplate.objects.get(key="monitor"), former.household.number
    form = {"household_number": number, "template": template.pk, "category_code": "1", "begun_on": DAY}

    unknown = office.post("/admin/dossiers/dossier/add/", form | {"household_number": "none"}).status_code
    sent = office.post("/admin/dossiers/dossier/add/", form)

    with tenant_scope(county_office()):
        begun_now = Dossier.objects.get(kind="monitor")
    assert (unknown, sent.status_code, begun_now.code) == (200, 302, "1")


def test_file_is_downloaded_and_kept_nowhere_when_its_link_is_opened(office: Client) -> None:
    dossier = opened()
    do(office, dossier, "evidence", version=1, file=paper(), kind_code="33", on=DAY)
    with tenant_scope(county_office()):
        evidence = Evidence.objects.get()

    answer = office.get(f"/admin/dossiers/evidence/{evidence.pk}/")

    assert (answer.content, "no-store" in answer["Cache-Control"], answer["Content-Type"]) == (
        PDF,
        True,
        "application/pdf",
    )


def test_papers_and_ends_go_through_their_pages_when_they_are_sent(office: Client) -> None:
    dossier = opened("identify-short")
    applied = do(office, dossier, "apply", version=1, applied_on=DAY, manner="self", consent_sectors=["01"])
    agreed = do(office, dossier, "consent", version=2, on=DAY, sectors=["01", "02"])
    raised = do(office, dossier, "object", version=3, on=DAY, text="不符")
    answered = do(office, dossier, "answer", version=4, on=DAY, answer="已复核")
    none_left = do(office, dossier, "answer", version=5, on=DAY, answer="已复核")
    early = do(office, dossier, "finish", version=5, reason="公告")
    ended = do(office, dossier, "withdraw", version=5, on=DAY, reason="农户要求")

    assert (applied, agreed, raised, answered, none_left, early, ended) == (302, 302, 302, 302, 200, 200, 302)
    assert (now(dossier).state, now(dossier).consent_sectors) == ("withdrawn", ["01", "02"])


def test_session_is_held_by_the_households_numbers_when_the_pages_are_used(office: Client) -> None:
    first, second = opened(), opened()
    numbers = "\n".join(now(dossier).household.number for dossier in (first, second))
    form = {"kind": "exit", "form": "meeting", "title": "村两委会议", "starts_on": DAY}

    wrong = office.post("/admin/dossiers/listsession/add/", form | {"numbers": "none"}).status_code
    made = office.post("/admin/dossiers/listsession/add/", form | {"numbers": numbers}).status_code
    with tenant_scope(county_office()):
        session = ListSession.objects.get()
    out = do(office, session, "take-out", version=1, dossier_id=str(second.pk), on=DAY, reason="外出")
    closed = do(
        office, session, "close-meeting", version=2, ends_on=DAY, is_passed="on", file=paper(), kind_code="33", **COUNTS
    )

    assert (wrong, made, out, closed) == (200, 302, 302, 302)
    assert (now(first).next_position, now(second).next_position) == (2, 1)


def test_template_is_edited_as_a_new_edition_when_the_pages_are_used(office: Client) -> None:
    opened()
    with tenant_scope(county_office()):
        template = StepTemplate.objects.get(key="exit")
    step = {"version": 1, "position": 5, "name": "村内公示", "form": "notice", "role_codes": ["village_team"]}

    short = do(office, template, "amend-step", **step)
    changed = do(office, template, "amend-step", **step, minimum_days=10)
    gone = do(office, template, "remove-step", version=2, position=9)

    with tenant_scope(county_office()):
        days = StepTemplate.objects.get(key="exit", is_current=True).steps.get(position=5).minimum_days
    assert (short, changed, gone, days) == (200, 302, 200, 10)


def test_rules_of_procedure_are_set_when_the_form_is_sent(office: Client) -> None:
    rules = {"needs_dossier": "on", "lead_days": 20, "measure_months": 1, "removal_months": 6}
    rules["development_months"] = 5

    made = office.post("/admin/dossiers/countyprocedure/add/", rules).status_code

    with tenant_scope(county_office()):
        row = CountyProcedure.objects.get()
    assert (made, row.needs_dossier, row.lead_days, row.development_months) == (302, True, 20, 5)


def test_list_asks_as_many_queries_for_three_dossiers_as_for_one(office: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get("/admin/dossiers/dossier/").status_code == 200
        return len(captured)

    opened()
    cost()
    one = cost()
    opened()
    opened()

    assert cost() == one


def test_program_takes_a_dossier_through_a_step_when_it_has_its_version(program: Client) -> None:
    dossier = opened()
    where = f"/api/v1/dossiers/{dossier.pk}"

    def post(path: str, version: int, body: dict[str, Any]) -> Any:  # noqa: ANN401  (the test client's answer)
        sent = json.dumps(body).encode()
        headers = {"if-match": f'"{version}"'}
        return program.post(f"{where}/{path}/", sent, content_type="application/json", headers=headers)

    content = "JVBERi0xLjQKJSVFT0YK"
    bad = post("evidence", 1, {"name": "a.png", "content": content, "kind_code": "33", "on": DAY})
    filed = post("evidence", 1, {"name": "a.pdf", "content": content, "kind_code": "33", "on": DAY})
    stale = post("steps", 1, {"position": 1, "ends_on": DAY, **COUNTS})
    done = post("steps", 2, {"position": 1, "ends_on": DAY, **COUNTS})

    assert (bad.status_code, bad.json()["code"]) == (422, "file.not_what_it_says")
    assert (filed.status_code, stale.status_code, done.status_code) == (200, 412, 200)
    assert (done.json()["next_step_name"], done["ETag"]) == ("预退出标注", '"3"')
    assert [step["present_count"] for step in done.json()["steps"]] == [25]


def test_lists_are_narrowed_when_a_program_asks(program: Client) -> None:
    dossier = opened()
    with tenant_scope(county_office()) as actor:
        raise_objection(dossier.pk, "不符", on=BEGUN_ON, actor=actor)

    open_ones = program.get("/api/v1/dossiers/", {"state": "open", "kind": "exit"}).json()["results"]
    ended = program.get("/api/v1/dossiers/", {"state": "refused"}).json()["results"]
    templates = program.get("/api/v1/step-templates/").json()["results"]

    assert ([row["id"] for row in open_ones], ended, len(templates)) == ([str(dossier.pk)], [], 6)


def test_dossiers_are_found_by_whose_turn_it_is_and_by_when_when_asked(db: None) -> None:
    account = person(Role.COUNTY_OFFICE)
    office, exit_, monitor = client_of(account), opened(), opened("monitor")
    program = Client(headers={"authorization": f"Bearer {token_of(account, Role.COUNTY_OFFICE)}"})
    with tenant_scope(county_office()):
        advance(exit_, to=3)
        advance(monitor, to=2)
        turn = next_step(exit_).role_codes[0]
        last = previous_end(monitor) + timedelta(days=next_step(monitor).maximum_days or 0)

    def found(**asked: str) -> set[str]:
        return {row["id"] for row in program.get("/api/v1/dossiers/", asked).json()["results"]}

    shown = program.get(f"/api/v1/dossiers/{monitor.pk}/").json()
    late = office.get("/admin/dossiers/dossier/", {"due": "late"}).content.decode()
    marked = office.get("/admin/dossiers/dossier/", {"next_form": "marked"}).content.decode()

    assert str(exit_.pk) in found(waits_for=turn)
    assert found(marked="true") == {str(exit_.pk)}
    assert found(next_form=shown["next_step_form"], kind="monitor") == {str(monitor.pk)}
    assert found(due_by=last.isoformat()) == {str(monitor.pk)}
    assert found(due_by=(last - timedelta(days=1)).isoformat()) == set()
    assert (shown["next_step_due_on"], shown["village_code"]) == (last.isoformat(), monitor.scope_code)
    assert (str(monitor.pk) in late, str(exit_.pk) in late) == (True, False)
    assert (str(exit_.pk) in marked, str(monitor.pk) in marked) == (True, False)
