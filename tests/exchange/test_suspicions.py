"""Lists of doubted data: they come in a sender's layout, go to the villages, and return as they came."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exchange.domain.suspicions import bring_list, returned_list
from households.models import Household, Membership
from quality.domain.running import run_rules
from quality.domain.suspicions import answer_line
from quality.enums import FindingState
from quality.models import Finding, SuspicionLayout, SuspicionLine, SuspicionList
from quality.queries.findings import worklist
from quality.queries.shown import wrong_shown
from quality.queries.suspicions import progress_of
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import PDF
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, actor_of, county_office
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db

DUE = today() + timedelta(days=15)
HEADINGS = {
    "household_number": "户编号",
    "document_number": "证件号码",
    "rule_text": "疑点内容",
    "number": "序号",
    "due_on_heading": "整改期限",
    "answer": "核实结果",
}
HEAD = "序号,户编号,姓名,民族,证件号码,疑点内容,整改期限,核实结果,备注"


@pytest.fixture
def office() -> Iterator[Actor]:
    with tenant_scope(county_office()) as actor:
        yield actor


def sheet(*lines: str) -> bytes:
    return "\r\n".join(["全州疑点数据清单,,,,,,,,", HEAD, *lines]).encode("gb18030")


def brought(actor: Actor, *lines: str, **more: Any) -> SuspicionList:
    stated: dict[str, Any] = {
        "title": "三季度疑点",
        "sender": "示例州",
        "received_on": today(),
        "due_on": DUE,
        "headings": HEADINGS,
    }
    return bring_list(sheet(*lines), actor=actor, **(stated | more))


def cells_of(content: bytes) -> list[list[Any]]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [[cell or "" for cell in row] for row in rows]


def test_lines_become_findings_with_number_and_deadline_when_they_name_someone_on_file(office: Actor) -> None:
    head = PersonDraftFactory.build(relation_code="01", document_number=document_number(11))
    household = registered(members=(head,))
    other = registered()

    kept = brought(
        office,
        f"7,,示例人,示例族,{document_number(11)},有车辆,2099-01-02,,",
        f"8,{other.number},,,,收入偏低,,,",
        "9,54990199999999,,,,无此户,,,",
    )

    found = list(Finding.objects.filter(suspicion_list=kept).order_by("line_number"))
    assert [(row.line_number, row.household_id, row.due_on, row.state) for row in found] == [
        (3, household.pk, date(2099, 1, 2), FindingState.NEW),
        (4, other.pk, DUE, FindingState.NEW),
    ]
    assert found[0].person_id == Membership.objects.get(household=household).person_id
    assert [wrong_shown(row) for row in found] == ["有车辆", "收入偏低"]
    lines = SuspicionLine.objects.order_by("line_number").values_list("number", "scope_code")
    assert list(lines) == [
        ("7", household.scope_code),
        ("8", other.scope_code),
        ("9", office.tenant_code),
    ]
    assert progress_of(office, kept, on=today()).unmatched == 1


def test_list_returns_in_its_layout_with_the_answers_when_lines_were_settled(office: Actor) -> None:
    first, second, third = (registered() for _ in range(3))
    kept = brought(
        office,
        f"1,{first.number},甲,示例族,,有车辆,,,=1+1",
        f"2,{second.number},乙,,,有房产,,,",
        f"3,{third.number},丙,,,收入偏低,,,",
        "4,54990199999999,丁,,,无此户,,,",
    )
    found = {row.line_number: row for row in Finding.objects.filter(suspicion_list=kept)}
    answer_line(found[3].pk, answer="fixed", note="已更正", actor=office)
    answer_line(found[4].pk, answer="as_recorded", note="经查属实", actor=office, evidence=("证明.pdf", PDF))

    name, content = returned_list(kept.pk, actor=office)

    rows = cells_of(content)
    proof = Finding.objects.get(pk=found[4].pk).evidence
    day = today().isoformat()
    head = [*HEAD.split(","), "核实说明", "核实日期"]
    assert rows[0][0] == "全州疑点数据清单"
    assert rows[1] == head
    assert rows[2] == ["1", first.number, "甲", "", "", "有车辆", "", "已整改", "'=1+1", "已更正", day]
    assert proof is not None
    assert rows[3][7:] == ["情况属实", "", f"经查属实；佐证材料SHA-256：{proof.sha256}", day]
    assert [row[7] for row in rows[4:]] == ["", "本县未找到该户（人）"]
    assert (name.endswith(".xlsx"), len(rows)) == (True, 6)


def test_column_that_the_registry_refuses_is_not_kept_when_the_list_has_it(office: Actor) -> None:
    household = registered()
    kept = brought(office, f"1,{household.number},甲,示例族,,有车辆,,,")

    _name, content = returned_list(kept.pk, actor=office)

    assert "示例族" not in str(cells_of(content))


def test_each_step_is_audited_when_a_list_comes_and_goes() -> None:
    with tenant_scope(county_office()) as office:
        household = registered()
        kept = brought(office, f"1,{household.number},甲,,,有车辆,,,", layout_name="示例州格式")
        answer_line(Finding.objects.get(suspicion_list=kept).pk, answer="fixed", note="已更正", actor=office)
        returned_list(kept.pk, actor=office)

    with tenant_scope(replace(county_office(), role=Role.AUDIT_ADMINISTRATOR)):
        verbs = list(
            AuditEvent.objects.filter(verb__startswith="quality.").order_by("seq").values_list("verb", flat=True)
        )
    assert verbs == ["quality.keep_layout", "quality.bring_list", "quality.answer_line", "quality.return_list"]


def test_layout_is_offered_again_when_it_was_kept_under_a_name(office: Actor) -> None:
    household = registered()

    brought(office, f"1,{household.number},甲,,,有车辆,,,", layout_name="示例州格式")

    assert SuspicionLayout.objects.get(name="示例州格式").headings == HEADINGS


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"headings": {"rule_text": "疑点内容"}}, "list.nobody_named"),
        ({"headings": HEADINGS | {"rule_text": "没有此列"}}, "list.no_headings"),
        ({"due_on": today() - timedelta(days=1)}, "list.due_early"),
        ({"title": " "}, "list.no_title"),
    ],
)
def test_nothing_is_kept_when_the_list_cannot_be_read(office: Actor, more: dict[str, Any], code: str) -> None:
    household = registered()

    with pytest.raises(DomainError) as refused:
        brought(office, f"1,{household.number},甲,,,有车辆,,,", **more)

    assert (refused.value.code, SuspicionList.objects.count(), Finding.objects.exclude(rule_code__gt="").count()) == (
        code,
        0,
        0,
    )


def test_nothing_is_kept_when_a_deadline_is_no_date(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        brought(office, "1,5499,甲,,,有车辆,尽快,,")

    assert (refused.value.code, SuspicionList.objects.count()) == ("list.due_unreadable", 0)


def test_list_is_refused_when_the_file_came_before(office: Actor) -> None:
    line = f"1,{registered().number},甲,,,有车辆,,,"
    brought(office, line)

    with pytest.raises(Conflict) as refused:
        brought(office, line)

    assert refused.value.code == "list.known"


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.HELPER])
def test_list_is_neither_brought_nor_returned_when_the_role_may_not(office: Actor, role: Role) -> None:
    kept = brought(office, f"1,{registered().number},甲,,,有车辆,,,")

    with pytest.raises(NotAllowed):
        brought(actor_of(role), "2,5499,乙,,,有车辆,,,")
    with pytest.raises(NotAllowed):
        returned_list(kept.pk, actor=actor_of(role))


def test_line_of_another_township_is_not_seen_when_a_clerk_works_on_the_list(office: Actor) -> None:
    near, far = registered(), registered(village_code=FAR_VILLAGE_CODE)
    kept = brought(office, f"1,{near.number},,,,有车辆,,,", f"2,{far.number},,,,有车辆,,,", "3,5499,,,,无此户,,,")

    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        seen = list(worklist(clerk, list_id=kept.pk).values_list("household_id", flat=True))
        progress = progress_of(clerk, kept, on=today())

    assert (seen, progress.open, progress.unmatched) == ([near.pk], 1, 0)


def test_line_stays_open_when_the_rules_are_run(office: Actor) -> None:
    kept = brought(office, f"1,{registered().number},甲,,,有车辆,,,")

    run_rules(actor=office)

    assert Finding.objects.get(suspicion_list=kept).state == FindingState.NEW


def test_line_is_not_answered_when_words_or_file_are_wrong(office: Actor) -> None:
    kept = brought(office, f"1,{registered().number},甲,,,有车辆,,,")
    finding = Finding.objects.get(suspicion_list=kept)

    with pytest.raises(DomainError) as wordless:
        answer_line(finding.pk, answer="fixed", note=" ", actor=office)
    with pytest.raises(DomainError) as false_file:
        answer_line(finding.pk, answer="fixed", note="已更正", actor=office, evidence=("a.pdf", b"MZ"))

    codes = (wordless.value.code, false_file.value.code, Finding.objects.get(pk=finding.pk).state)
    assert codes == ("finding.no_reason", "file.not_what_it_says", FindingState.NEW)


def test_finding_of_a_rule_is_not_answered_as_a_line_when_asked(office: Actor) -> None:
    registered(phone="")
    finding = Finding.objects.get(rule_code="R16-01")

    with pytest.raises(Conflict) as refused:
        answer_line(finding.pk, answer="fixed", note="已更正", actor=office)

    assert refused.value.code == "finding.not_of_a_list"


def test_office_brings_answers_and_downloads_when_it_uses_the_pages() -> None:
    with tenant_scope(county_office()):
        number = registered().number
    browser = client_of(person(Role.COUNTY_OFFICE))
    form = {
        **HEADINGS,
        "file": SimpleUploadedFile("疑点.csv", sheet(f"1,{number},甲,,,有车辆,,,")),
        "title": "三季度疑点",
        "sender": "示例州",
        "received_on": today().isoformat(),
        "due_on": DUE.isoformat(),
    }

    page = browser.post(reverse("admin:suspicion-lists"), form, follow=True)
    with tenant_scope(county_office()):
        finding = Finding.objects.get(suspicion_list__isnull=False)
    listed = browser.get(reverse("admin:findings"), {"list": str(finding.suspicion_list_id)}).content.decode()
    decide = reverse("admin:finding-decide", args=[finding.pk, "line"])
    answer = {"version": finding.version, "answer": "fixed", "note": "已更正", "file": SimpleUploadedFile("a.pdf", PDF)}
    answered = browser.post(decide, answer)
    workbook = browser.get(reverse("admin:suspicion-list-answers", args=[finding.suspicion_list_id]))

    assert ("三季度疑点" in page.content.decode(), "有车辆" in listed, answered.status_code) == (True, True, 302)
    assert cells_of(workbook.content)[2][7] == "已整改"


def test_program_brings_answers_and_downloads_when_it_uses_rest() -> None:
    with tenant_scope(county_office()):
        household: Household = registered()
    program = Client(headers={"authorization": f"Bearer {token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)}"})
    form = {
        **HEADINGS,
        "file": SimpleUploadedFile("list.csv", sheet(f"1,{household.number},甲,,,有车辆,,,")),
        "title": "三季度疑点",
        "sender": "示例州",
        "received_on": today().isoformat(),
        "due_on": DUE.isoformat(),
    }

    made = program.post(reverse("api:suspicion-lists"), form).json()
    lines = program.get(reverse("api:suspicion-list-lines", args=[made["id"]])).json()["results"]
    (row,) = program.get(reverse("api:findings"), {"suspicion_list": made["id"]}).json()["results"]
    where = reverse("api:finding-answer-line", args=[row["id"]])
    answered = program.post(
        where,
        {"answer": "fixed", "note": "已更正"},
        content_type="application/json",
        headers={"If-Match": f'"{row["version"]}"'},
    )
    workbook = program.get(reverse("api:suspicion-list-answers", args=[made["id"]]))

    assert ([line["rule_text"] for line in lines], answered.json()["state"]) == (["有车辆"], "fixed")
    assert cells_of(workbook.content)[2][7] == "已整改"


@pytest.mark.parametrize("role", [Role.HELPER, Role.SECTOR_CLERK])
def test_lines_of_others_are_hidden_when_somebody_who_sees_part_of_the_households_reads_the_list(
    office: Actor, role: Role
) -> None:
    kept = brought(office, f"1,{registered().number},,,,有车辆,,,", "2,54990199999999,,,,无此户,,,")
    program = Client(headers={"authorization": f"Bearer {token_of(person(role), role)}"})

    answer = program.get(f"/api/v1/suspicion-lists/{kept.pk}/lines/")

    assert (answer.status_code, answer.json()["results"]) == (200, [])
