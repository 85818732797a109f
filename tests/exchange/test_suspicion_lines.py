"""What happens to a list from above after it came: lines named by hand, hostile files, and when it is emptied."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.domain.suspicions import bring_list, returned_list
from households.models import Membership
from quality.domain.keeping import KEPT_AFTER_RETURN, KEPT_UNANSWERED, empty_lists
from quality.domain.matching import match_line
from quality.domain.suspicions import answer_line
from quality.enums import FindingState
from quality.models import Finding, SuspicionLine, SuspicionList
from quality.queries.shown import wrong_shown
from quality.queries.suspicions import progress_of
from quality.tasks import run_at_night
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.context import Actor, system_actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.exchange.test_guard import OLE, WORKBOOK, archive, with_sheet
from tests.exchange.test_suspicions import DUE, HEADINGS, brought, cells_of
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, actor_of, county_office
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[Actor]:
    with tenant_scope(county_office()) as actor:
        yield actor


def unmatched(actor: Actor) -> SuspicionLine:
    """Bring a list in of which one line matches nothing, and give that line."""
    brought(actor, "4,54990199999999,示例人,,,收入偏低,,,")
    return SuspicionLine.objects.get(household=None)


def night(actor: Actor) -> Actor:
    return system_actor(actor.tenant_id, actor.tenant_code, (subtree(actor.tenant_code),), origin="test")


def days_back(kept: SuspicionList, **days: int) -> None:
    """Let the list have come long ago."""
    shifted = {name: getattr(kept, name) - timedelta(days=count) for name, count in days.items()}
    SuspicionList.objects.filter(pk=kept.pk).update(**shifted)


def test_line_becomes_a_finding_of_the_village_when_it_is_named_by_hand(office: Actor) -> None:
    line, far = unmatched(office), registered(village_code=FAR_VILLAGE_CODE)
    member = Membership.objects.filter(household=far).latest("id")

    finding = match_line(line.pk, household_id=far.pk, person_id=member.person_id, actor=office, version=1)

    line.refresh_from_db()
    named = (line.household_id, line.person_id, line.scope_code, line.matched_by, line.version)
    assert named == (far.pk, member.person_id, far.scope_code, office.user_id, 2)
    assert (finding.scope_code, finding.subject_id, finding.due_on) == (far.scope_code, member.person_id, DUE)
    assert (wrong_shown(finding), progress_of(office, line.suspicion_list, on=today()).unmatched) == ("收入偏低", 0)


def test_line_named_by_hand_returns_with_its_answer_when_it_was_answered(office: Actor) -> None:
    line, household = unmatched(office), registered()
    finding = match_line(line.pk, household_id=household.pk, actor=office)
    answer_line(finding.pk, answer="as_recorded", note="经查属实", actor=office)

    _name, content = returned_list(line.suspicion_list_id, actor=office)

    assert cells_of(content)[2][7] == "情况属实"


def test_naming_is_audited_when_it_is_done() -> None:
    with tenant_scope(county_office()) as office:
        match_line(unmatched(office).pk, household_id=registered().pk, actor=office)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        assert AuditEvent.objects.filter(verb="quality.match_line").count() == 1


def test_line_is_not_named_when_it_names_somebody_or_was_changed(office: Actor) -> None:
    line, household = unmatched(office), registered()

    with pytest.raises(StaleVersion), savepoint():
        match_line(line.pk, household_id=household.pk, actor=office, version=7)
    match_line(line.pk, household_id=household.pk, actor=office)
    with pytest.raises(Conflict) as twice, savepoint():
        match_line(line.pk, household_id=household.pk, actor=office)

    assert (twice.value.code, Finding.objects.filter(suspicion_list__isnull=False).count()) == ("line.named", 1)


def test_line_is_not_named_when_the_person_belongs_elsewhere(office: Actor) -> None:
    line, household = unmatched(office), registered()
    stranger = Membership.objects.filter(household=registered()).latest("id").person_id

    with pytest.raises(DomainError) as refused, savepoint():
        match_line(line.pk, household_id=household.pk, person_id=stranger, actor=office)
    with pytest.raises(NotFound), savepoint():
        match_line(line.pk, household_id=stranger, actor=office)

    line.refresh_from_db()
    assert (refused.value.code, line.household_id) == ("line.person_elsewhere", None)


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.HELPER])
def test_line_is_not_named_when_the_role_may_not(office: Actor, role: Role) -> None:
    line, household = unmatched(office), registered()

    with pytest.raises(NotAllowed), tenant_scope(actor_of(role, area=TOWNSHIP_CODE)) as other:
        match_line(line.pk, household_id=household.pk, actor=other)

    line.refresh_from_db()
    assert line.household_id is None


def test_office_names_a_line_when_it_uses_the_page() -> None:
    with tenant_scope(county_office()) as office:
        line, household = unmatched(office), registered()
    browser = client_of(person(Role.COUNTY_OFFICE))
    where = reverse("admin:suspicion-line-match", args=[line.pk])
    detail = browser.get(reverse("admin:suspicion-list", args=[line.suspicion_list_id])).content.decode()

    found = browser.post(where, {"wanted": household.number}).content.decode()
    unsure = browser.post(where, {"version": 1, "named": str(household.pk)})
    named = browser.post(where, {"version": 1, "named": str(household.pk), "is_compared": "on"})
    again = browser.post(where, {"version": 1, "named": str(household.pk), "is_compared": "on"})

    assert (where in detail, f'value="{household.pk}"' in found) == (True, True)
    assert (unsure.status_code, named.status_code, again.status_code) == (200, 302, 200)
    with tenant_scope(county_office()):
        assert Finding.objects.get(suspicion_list__isnull=False).household_id == household.pk


def test_program_names_a_line_when_it_uses_rest() -> None:
    with tenant_scope(county_office()) as office:
        line, household = unmatched(office), registered()
    program = Client(headers={"authorization": f"Bearer {token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)}"})
    where = reverse("api:suspicion-line-match", args=[line.pk])

    answer = program.post(
        where,
        json.dumps({"household_id": str(household.pk)}),
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )

    assert (answer.status_code, answer.json()["household_id"], answer["ETag"]) == (200, str(household.pk), '"2"')


def test_list_counts_as_returned_when_it_is_taken_with_every_line_answered(office: Actor) -> None:
    kept = brought(office, f"1,{registered().number},甲,,,有车辆,,,", "2,5499,乙,,,无此户,,,")

    returned_list(kept.pk, actor=office)
    early = SuspicionList.objects.get(pk=kept.pk).returned_on
    answer_line(Finding.objects.get(suspicion_list=kept).pk, answer="fixed", note="已更正", actor=office)
    returned_list(kept.pk, actor=office)
    whole = SuspicionList.objects.get(pk=kept.pk).returned_on
    match_line(SuspicionLine.objects.get(household=None).pk, household_id=registered().pk, actor=office)

    assert (early, whole, SuspicionList.objects.get(pk=kept.pk).returned_on) == (None, today(), None)


@pytest.mark.parametrize(
    ("days", "is_emptied"),
    [
        ({"returned_on": KEPT_AFTER_RETURN.days - 1}, False),
        ({"returned_on": KEPT_AFTER_RETURN.days}, True),
    ],
)
def test_returned_list_is_emptied_when_its_time_is_over(office: Actor, days: dict[str, int], is_emptied: bool) -> None:
    kept = brought(office, "2,5499,乙,,,无此户,,,")
    returned_list(kept.pk, actor=office)
    days_back(SuspicionList.objects.get(pk=kept.pk), **days)

    count = empty_lists(actor=night(office))

    kept.refresh_from_db()
    line = SuspicionLine.objects.get(suspicion_list=kept)
    held = (count, kept.top_sealed is None, kept.emptied_on, line.cells_sealed is None, line.rule_text)
    assert held == (int(is_emptied), is_emptied, today() if is_emptied else None, is_emptied, "无此户")


def test_list_that_was_never_answered_is_emptied_when_a_year_and_a_half_have_passed(office: Actor) -> None:
    kept = brought(office, f"1,{registered().number},甲,,,有车辆,,,")
    most = (KEPT_AFTER_RETURN + KEPT_UNANSWERED).days + (DUE - today()).days
    days_back(kept, due_on=most - 1, received_on=most)
    before = empty_lists(actor=night(office))
    days_back(SuspicionList.objects.get(pk=kept.pk), due_on=1)

    assert (before, empty_lists(actor=night(office)), empty_lists(actor=night(office))) == (0, 1, 0)
    assert Finding.objects.get(suspicion_list=kept).state == FindingState.NEW


def test_emptied_list_is_neither_returned_nor_named_when_asked(office: Actor) -> None:
    line = unmatched(office)
    days_back(line.suspicion_list, due_on=700, received_on=700)
    empty_lists(actor=night(office))

    with pytest.raises(Conflict) as returned, savepoint():
        returned_list(line.suspicion_list_id, actor=office)
    with pytest.raises(Conflict) as named, savepoint():
        match_line(line.pk, household_id=registered().pk, actor=office)

    assert {returned.value.code, named.value.code} == {"list.emptied"}


def test_lists_are_emptied_when_the_night_comes_and_never_by_a_clerk(office: Actor) -> None:
    kept = unmatched(office).suspicion_list
    days_back(kept, due_on=700, received_on=700)

    with pytest.raises(NotAllowed):
        empty_lists(actor=office)
    with tenant_scope(night(office)) as service:
        run_at_night(service, "", timezone.now())

    kept.refresh_from_db()
    assert kept.emptied_on == today()


def test_emptied_list_says_so_when_the_office_looks_at_it() -> None:
    with tenant_scope(county_office()) as office:
        line = unmatched(office)
        days_back(line.suspicion_list, due_on=700, received_on=700)
        empty_lists(actor=night(office))
    browser = client_of(person(Role.COUNTY_OFFICE))

    page = browser.get(reverse("admin:suspicion-list", args=[line.suspicion_list_id])).content.decode()

    answers = reverse("admin:suspicion-list-answers", args=[line.suspicion_list_id])
    match = reverse("admin:suspicion-line-match", args=[line.pk])
    assert (today().isoformat() in page, answers in page, match in page) == (True, False, False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLE + bytes(600), "sheet.old_workbook"),
        (archive(WORKBOOK, flag=1), "sheet.encrypted"),
        (archive(WORKBOOK)[:-30], "sheet.not_a_workbook"),
        (with_sheet(bytes(30 * 1024 * 1024)), "sheet.bomb"),
        (with_sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'), "sheet.too_wide"),
        (with_sheet(b"<row spans='1:1' r='1048576'/>"), "sheet.too_long"),
    ],
)
def test_nothing_is_kept_when_the_workbook_is_hostile(office: Actor, content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        bring_list(
            content, title="疑点", sender="示例州", received_on=today(), due_on=DUE, headings=HEADINGS, actor=office
        )

    assert (refused.value.code, SuspicionList.objects.count()) == (code, 0)


HOSTILE = ("=1+1", "+A1", "-A1", "@SUM(1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://example.invalid")')


def hostile_workbook(number: str) -> bytes:
    """Write a list whose title, headings, sheet name and cells a spreadsheet would run; one cell is a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "=1+1"
    rows = [["=cmd|'/c calc'!A0"], ["户编号", "疑点内容", *HOSTILE], [number, "=有车辆", *HOSTILE]]
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            sheet.cell(row, column, text.replace("\r", "\n")).data_type = "s"
    sheet.cell(3, 3 + len(HOSTILE), "=1+1")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_nothing_is_run_when_a_hostile_list_returns(office: Actor) -> None:
    kept = bring_list(
        hostile_workbook(registered().number),
        title="=疑点",
        sender="示例州",
        received_on=today(),
        due_on=DUE,
        headings={"household_number": "户编号", "rule_text": "疑点内容"},
        actor=office,
    )
    answer_line(Finding.objects.get(suspicion_list=kept).pk, answer="fixed", note="=1+1", actor=office)

    _name, content = returned_list(kept.pk, actor=office)

    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if str(cell.value).strip().startswith(("=", "+", "-", "@"))] == []
    assert cells_of(content)[2][-2] == "'=1+1"
    assert [
        name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "vba" in name or "external" in name
    ] == []
