"""What leaves a session and a dossier on paper or as a file, through pages and REST."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.domain.checks import StepFacts
from dossiers.domain.files import media_type_of
from dossiers.domain.papers import add_evidence
from dossiers.domain.printouts import print_list
from dossiers.domain.sessions import Minutes, close_session, open_session, take_out
from dossiers.models import Dossier, Evidence, ListSession
from dossiers.renderers.document import document_file
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import BEGUN_ON, MEETING, PDF, advance, begun, facts_of
from tests.factories.tenants import FAR_VILLAGE_CODE, actor_of, county_office
from tests.registry.people import client_of, person, token_of

DAY = BEGUN_ON.isoformat()
NAMED = "扎西家的材料.pdf"


@pytest.fixture
def clerk(db: None) -> Client:
    return client_of(person(Role.COUNTY_OFFICE))


@pytest.fixture
def program(db: None) -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def met(actor: Actor, *dossiers: Dossier) -> ListSession:
    session = open_session("meeting", "村两委会议", [row.id for row in dossiers], starts_on=BEGUN_ON, actor=actor)
    if len(dossiers) > 1:
        take_out(session.id, dossiers[-1].id, on=BEGUN_ON, reason="户主住院", actor=actor)
    facts = StepFacts(ends_on=BEGUN_ON, remark="同意", **MEETING)
    return close_session(session.id, facts, Minutes(PDF, NAMED, "33"), actor=actor)


def posted(actor: Actor, *dossiers: Dossier) -> ListSession:
    for dossier in dossiers:
        advance(dossier, to=5, actor=actor)
    starts_on = facts_of(dossiers[0]).starts_on
    assert starts_on is not None
    ids = [dossier.id for dossier in dossiers]
    return open_session("notice", "拟退出户公示", ids, starts_on=starts_on, actor=actor)


def test_minutes_name_each_household_with_its_result_and_no_number_when_printed(office: Actor) -> None:
    first, second = begun("exit"), begun("exit")
    session = met(office, first, second)

    printed = print_list(session.id, "minutes", actor=office)

    text = json.dumps([printed.above, printed.rows, printed.below], ensure_ascii=False)
    assert [(row[0], row[3], row[5]) for row in printed.rows] == [("1", "2", "Passed"), ("2", "2", "Taken out")]
    assert all(row[1] for row in printed.rows)
    assert ("Entitled 30, present 25; votes for 20, against 3." in printed.above, "Result: 同意" in printed.above) == (
        True,
        True,
    )
    assert [part in text for part in (first.household.number, "5499", "1790", "住院")] == [False] * 4


def test_minutes_of_an_open_meeting_leave_room_for_what_is_written_by_hand(office: Actor) -> None:
    dossier = begun("exit")
    session = open_session("meeting", "会议", [dossier.id], starts_on=BEGUN_ON, actor=office)

    printed = print_list(session.id, "minutes", actor=office)

    assert any("present ______" in line for line in printed.above)
    assert [row[5] for row in printed.rows] == [""]


def test_notice_names_only_who_stands_on_it_and_the_day_of_its_takedown_when_printed(office: Actor) -> None:
    first, second = begun("exit"), begun("exit")
    session = posted(office, first, second)
    take_out(session.id, first.id, on=session.starts_on, reason="户主住院", actor=office)

    printed = print_list(session.id, "notice", actor=office)

    assert "to be taken down on 2021-01-11" in printed.above[1]
    assert ("for 7 days" in printed.above[1], len(printed.columns)) == (True, 5)
    assert [(row[0], row[2], row[4]) for row in printed.rows] == [("1", "", "Exit from poverty")]
    assert "住院" not in str(printed)


def test_notice_is_refused_when_the_session_is_not_posted_or_the_kind_unknown(office: Actor) -> None:
    session = met(office, begun("exit"))

    with pytest.raises(DomainError) as meeting, savepoint():
        print_list(session.id, "notice", actor=office)
    with pytest.raises(DomainError) as unknown, savepoint():
        print_list(session.id, "list", actor=office)
    with pytest.raises(NotAllowed):
        print_list(session.id, "minutes", actor=actor_of(Role.HELPER))
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area="549901200000")) as far, pytest.raises(NotFound):
        print_list(session.id, "minutes", actor=far)

    assert (meeting.value.code, unknown.value.code) == ("printout.not_posted", "printout.kind")
    assert print_list(session.id, "minutes", actor=office).rows


def test_list_is_printed_by_as_many_queries_for_three_as_for_one(office: Actor) -> None:
    def cost(count: int) -> int:
        session = met(office, *(begun("exit") for _ in range(count)))
        with CaptureQueriesContext(connection) as captured:
            print_list(session.id, "minutes", actor=office)
        return len(captured)

    cost(1)

    assert cost(3) == cost(1)


def test_document_holds_what_it_is_given_when_it_is_written() -> None:
    content = document_file("标题 <&>", ["上"], ["名"], [["a\x00b"]], ["下"])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert media_type_of(content, "a.docx").endswith("wordprocessingml.document")
    assert ("标题 &lt;&amp;&gt;" in text, "ab" in text, content == document_file(
        "标题 <&>", ["上"], ["名"], [["a\x00b"]], ["下"]
    )) == (True, True, True)  # fmt: skip


def test_papers_are_printed_and_downloaded_without_names_when_the_pages_are_used(clerk: Client) -> None:
    with tenant_scope(county_office()) as actor:
        minutes = met(actor, begun("exit"))
        notice = posted(actor, begun("exit"))
    where = "/admin/dossiers/session"

    shown = clerk.get(f"{where}/{notice.pk}/print/notice/")
    word = clerk.get(f"{where}/{notice.pk}/print/notice/file/")
    kept = clerk.get(f"{where}/{minutes.pk}/minutes-file/")
    none = clerk.get(f"{where}/{notice.pk}/minutes-file/")
    page = clerk.get(f"/admin/dossiers/listsession/{notice.pk}/change/").content.decode()

    assert ("拟退出户公示" in shown.content.decode(), "no-store" in shown["Cache-Control"]) == (True, True)
    assert word["Content-Disposition"].startswith('attachment; filename="notice-20210104-')
    assert (kept.content, kept["Content-Disposition"][:25]) == (PDF, 'attachment; filename="33-')
    assert (none.status_code, f"{where}/{notice.pk}/print/notice/" in page) == (409, True)


def test_evidence_goes_out_under_its_kind_and_hash_when_downloaded(program: Client) -> None:
    clerk = client_of(person(Role.TOWNSHIP_CLERK))
    with tenant_scope(county_office()) as actor:
        dossier = begun("exit")
        evidence = add_evidence(dossier.id, PDF, name=NAMED, kind_code="33", on=BEGUN_ON, actor=actor)
    name = f'attachment; filename="33-{evidence.document.sha256[:8]}.pdf"'

    page = clerk.get(f"/admin/dossiers/evidence/{evidence.pk}/")
    api = program.get(f"/api/v1/dossier-evidence/{evidence.pk}/file/")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        reads = AuditEvent.objects.filter(verb="dossiers.read_evidence").count()
    assert (page["Content-Disposition"], api["Content-Disposition"]) == (name, name)
    assert (api.content, "no-store" in api["Cache-Control"], api["Content-Type"]) == (PDF, True, "application/pdf")
    assert reads == 2


def send(program: Client, where: str, version: int, **fields: Any) -> Any:  # noqa: ANN401  (the test client's answer)
    return program.post(where, fields, headers={"if-match": f'"{version}"'})


def test_program_sends_a_file_as_a_form_when_it_has_one(program: Client) -> None:
    with tenant_scope(county_office()):
        dossier = begun("exit")
    where = f"/api/v1/dossiers/{dossier.pk}/evidence/"

    none = send(program, where, 1, kind_code="33", on=DAY)
    wrong = send(program, where, 1, kind_code="33", on=DAY, file=SimpleUploadedFile("a.png", PDF))
    sent = send(program, where, 1, kind_code="33", on=DAY, file=SimpleUploadedFile("a.pdf", PDF))

    with tenant_scope(county_office()):
        count = Evidence.objects.count()
    assert (none.status_code, wrong.status_code, wrong.json()["code"]) == (400, 422, "file.not_what_it_says")
    assert (sent.status_code, count) == (200, 1)


def test_program_closes_cancels_prints_and_reads_a_session_when_it_calls(program: Client) -> None:
    with tenant_scope(county_office()) as actor:
        first, second = begun("exit"), begun("exit")
        session = open_session("meeting", "会议", [first.id], starts_on=BEGUN_ON, actor=actor)
        other = open_session("meeting", "误建", [second.id], starts_on=BEGUN_ON, actor=actor)
    where = f"/api/v1/dossier-sessions/{session.pk}"
    reason = json.dumps({"on": DAY, "reason": "误建"})

    closed = send(
        program, f"{where}/close/", 1, ends_on=DAY, kind_code="33", file=SimpleUploadedFile(NAMED, PDF), **MEETING
    )
    cancelled = program.post(
        f"/api/v1/dossier-sessions/{other.pk}/cancel/", reason, content_type="application/json",
        headers={"if-match": '"1"'},
    )  # fmt: skip
    printed = program.get(f"{where}/printout/").json()
    notice = program.get(f"{where}/printout/", {"kind": "notice"})
    word = program.get(f"{where}/printout/file/", {"kind": "minutes"})
    minutes = program.get(f"{where}/minutes/")

    assert (closed.status_code, closed.json()["state"]) == (200, "closed")
    assert (cancelled.json()["state"], cancelled.json()["end_reason"]) == ("cancelled", "误建")
    assert ([row[5] for row in printed["rows"]], notice.status_code) == (["Passed"], 422)
    assert word["Content-Disposition"].startswith('attachment; filename="minutes-20210104-')
    assert (minutes.content, "扎西" in minutes["Content-Disposition"]) == (PDF, False)


def test_list_takes_all_who_wait_for_the_step_when_no_number_is_given(clerk: Client) -> None:
    with tenant_scope(county_office()) as actor:
        here, far, later = begun("exit"), begun("exit", village_code=FAR_VILLAGE_CODE), begun("exit")
        advance(later, to=2, actor=actor)
        begun("remove-risk")
        here.household.refresh_from_db()
    form = {"kind": "exit", "form": "meeting", "title": "会议", "starts_on": DAY}

    nobody = clerk.post("/admin/dossiers/listsession/add/", form | {"form": "notice"}).status_code
    village = clerk.post("/admin/dossiers/listsession/add/", form | {"village_code": here.scope_code}).status_code
    rest = clerk.post("/admin/dossiers/listsession/add/", form).status_code

    with tenant_scope(county_office()):
        lists = [
            [entry.dossier_id for entry in session.entries.all()]
            for session in ListSession.objects.order_by("created_at")
        ]
    assert (nobody, village, rest) == (200, 302, 302)
    assert lists == [[here.pk], [far.pk]]


def test_program_reads_and_sets_the_rules_of_procedure_when_it_calls(program: Client) -> None:
    where, rules = "/api/v1/county-procedure/", {"needs_dossier": True, "lead_days": 20}

    def put(version: int, body: dict[str, Any]) -> Any:  # noqa: ANN401  (the test client's answer)
        headers = {"if-match": f'"{version}"'}
        return program.put(where, json.dumps(body), content_type="application/json", headers=headers)

    before = program.get(where)
    ahead = put(3, rules)
    made = put(0, rules)
    stale = put(0, rules)
    wrong = put(1, {"lead_days": 0})
    changed = put(1, {"removal_months": 9})

    assert (before.json()["lead_days"], before["ETag"], ahead.status_code) == (15, '"0"', 412)
    assert (made.status_code, made["ETag"], stale.status_code, wrong.status_code) == (200, '"1"', 412, 400)
    assert changed.json() == {
        "needs_dossier": True, "lead_days": 20, "counts_working_days": False, "measure_months": 1, "removal_months": 9,
        "development_months": 6,
    }  # fmt: skip
