"""Schedules of reports of the catalogue: which may be mailed, to whom, and what the mail says."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook
from pytest_django.fixtures import Settings

from economy.domain.ledger import EntryDraft, book_entry
from periods.domain.questions import remove_old_pictures
from quality.models import Finding
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import Month
from registry.models import Membership
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.catalogue.base import Picture, Subject, reports
from reports.definitions.account import REPORT_ID
from reports.definitions.calendar import moment_on
from reports.definitions.layout import Table
from reports.domain.deliveries import claim, send_run
from reports.domain.mails import write_mail
from reports.domain.occasions import run_schedule, send_now
from reports.domain.reading import catalogue_runs
from reports.domain.runs import start_run
from reports.domain.schedulable import schedulable
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.enums import About, DeliveryReason, DeliveryState, MailForm, OccasionState, Rhythm
from reports.models import Delivery, OutsideAddress, ReportRun, ReportSchedule, RunFile, ScheduleOccasion
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, TOWNSHIP_CODE, VILLAGE_CODE, county, service
from tests.factories.villages import VillageFactory
from tests.reports.mailserver import MailServer
from tests.reports.people import reader
from tests.reports.test_admin import logged_in
from tests.reports.test_deliveries import attempt
from tests.support.workers import do_jobs

NOW = datetime(2021, 1, 6, tzinfo=UTC)
ROSTER = "household-roster"


def drafted(report_id: str, *users: object, **values: object) -> ScheduleDraft:
    """Draft a monthly schedule of a report."""
    ids = frozenset(user.pk for user in users)  # type: ignore[attr-defined]  # any model row
    return ScheduleDraft(report_id, 5, 8, is_active=True, recipient_ids=ids, **values)  # type: ignore[arg-type]  # its fields


def causes_id() -> str:
    """Give the id of the causes table."""
    return next(report_id for report_id in schedulable() if report_id.startswith("causes"))


def december_frozen(office: Actor) -> None:
    """Make the account of December, by which the month is frozen."""
    registered(status="lifted", main_cause_code="01")
    start_run(REPORT_ID, Month(2020, 12), actor=office)
    do_jobs(office, "periods.freeze", "reports.run")


def made(office: Actor, schedule: ReportSchedule) -> ReportRun:
    """Make what a schedule is about."""
    run = send_now(schedule.pk, actor=office, now=NOW)
    do_jobs(office, "reports.report")
    run.refresh_from_db()
    return run


def test_reports_that_need_a_choice_or_a_village_cannot_be_scheduled_when_the_catalogue_is_read() -> None:
    offered = schedulable()

    assert {REPORT_ID, causes_id(), ROSTER} <= set(offered)
    assert not {"own-list", "notice-list", "income-card"} & set(offered)
    assert all(report.subject is Subject.AREA for report in reports().values() if report.id in offered)
    assert {row.id for row in offered.values() if row.holds_persons} <= {
        report.id for report in reports().values() if report.holds_persons
    }


def test_mail_says_in_both_parts_what_the_file_says_when_the_period_is_frozen(
    office: Actor, mail_server: MailServer
) -> None:
    december_frozen(office)
    schedule = set_schedule(drafted(causes_id(), reader("leader")), actor=office, now=NOW)
    run = made(office, schedule)

    mail = attempt(Delivery.objects.get(run=run).pk, office)

    message = message_from_bytes(mail_server.taken[0], policy=policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    (file,) = message.iter_attachments()
    assert mail.state == DeliveryState.SENT
    assert text is not None
    assert html is not None
    assert all("因病" in part.get_content() for part in (text, html))
    assert load_workbook(BytesIO(file.get_content())).sheetnames
    assert str(run.pk) in text.get_content()
    assert "示例人" not in mail_server.taken[0].decode("utf-8", "replace")


def test_schedule_of_a_township_goes_to_its_clerk_when_the_report_may(office: Actor, mail_server: MailServer) -> None:
    december_frozen(office)
    clerk = reader("clerk", role=Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    posts = frozenset({(Role.TOWNSHIP_CLERK.value, TOWNSHIP_CODE)})
    schedule = set_schedule(drafted(causes_id(), area_code=TOWNSHIP_CODE, posts=posts), actor=office, now=NOW)

    run = made(office, schedule)

    assert (run.area_code, Delivery.objects.get(run=run).recipient_id) == (TOWNSHIP_CODE, clerk.pk)


def test_account_is_refused_for_a_township_when_it_is_scheduled(office: Actor) -> None:
    set_schedule(drafted(REPORT_ID, reader("leader"), area_code=COUNTY_CODE), actor=office, now=NOW)

    with pytest.raises(DomainError) as refused:
        set_schedule(drafted(REPORT_ID, reader("other"), area_code=TOWNSHIP_CODE), actor=office, now=NOW)

    assert (refused.value.code, refused.value.field) == ("schedule.area", "area_code")


def test_clerk_of_a_township_is_refused_when_the_report_is_of_the_county(office: Actor) -> None:
    clerk = reader("clerk", role=Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    set_schedule(drafted(causes_id(), clerk, area_code=TOWNSHIP_CODE), actor=office, now=NOW)

    with pytest.raises(DomainError) as refused:
        set_schedule(drafted(causes_id(), clerk), actor=office, now=NOW)

    assert refused.value.code == "schedule.recipient"


def test_report_is_made_by_automatic_work_when_its_day_has_come(office: Actor) -> None:
    december_frozen(office)
    schedule = set_schedule(drafted(causes_id(), reader("leader")), actor=office, now=datetime(2021, 1, 1, tzinfo=UTC))

    with tenant_scope(service()):
        run_schedule(schedule.pk, actor=service())
    do_jobs(office, "reports.report")

    run = ReportRun.objects.get(schedule=schedule)
    assert (run.state, run.area_code, str(run.as_of)) == ("finished", COUNTY_CODE, "2020-12-31")
    assert Delivery.objects.filter(run=run).count() == 1


@pytest.mark.parametrize("report_id", ["causes", REPORT_ID])
def test_report_shows_the_day_before_when_it_goes_out_every_week(
    office: Actor, mail_server: MailServer, report_id: str
) -> None:
    registered(status="lifted", main_cause_code="01")
    draft = drafted(report_id, reader("leader"), rhythm=Rhythm.WEEKLY, weekday=5, about=About.DAY)
    schedule = set_schedule(draft, actor=office, now=datetime(2021, 1, 1, 12, tzinfo=UTC))

    with tenant_scope(service()):
        following = run_schedule(schedule.pk, actor=service())
    do_jobs(office, "reports.report")

    run = ReportRun.objects.get(schedule=schedule)
    mail = attempt(Delivery.objects.get(run=run).pk, office)
    assert (str(run.as_of), run.state, mail.state) == ("2021-01-07", "finished", DeliveryState.SENT)
    assert following == moment_on(date(2021, 1, 15), 8)
    assert "2021" in str(message_from_bytes(mail_server.taken[0], policy=policy.default)["Subject"])


def test_time_says_why_when_its_report_is_gone(office: Actor) -> None:
    schedule = set_schedule(drafted(causes_id(), reader("leader")), actor=office, now=datetime(2021, 1, 1, tzinfo=UTC))
    ReportSchedule.objects.filter(pk=schedule.pk).update(report_id="gone")

    with tenant_scope(service()):
        run_schedule(schedule.pk, actor=service())

    occasion = ScheduleOccasion.objects.get(schedule=schedule)
    assert (occasion.state, occasion.error_code, occasion.run_id) == (OccasionState.REFUSED, "report.unknown", None)


def test_nothing_is_shown_or_sent_when_the_picture_is_no_longer_kept(office: Actor, settings: Settings) -> None:
    registered(status="lifted", main_cause_code="01")
    leader = reader("leader")
    draft = drafted(causes_id(), leader, rhythm=Rhythm.WEEKLY, weekday=5, about=About.DAY)
    run = made(office, set_schedule(draft, actor=office, now=NOW))
    page = f"/admin/reports/catalogue/runs/{run.pk}/"
    before = logged_in(leader).get(page).context
    settings.PICTURE_DAYS = -1
    with tenant_scope(service()) as automatic:
        remove_old_pictures(actor=automatic)

    parcel = claim(Delivery.objects.get(run=run).pk, actor=office)

    after = logged_in(leader).get(page).context
    assert (bool(before["figures"]), bool(after["figures"]), bool(after["trouble"])) == (True, False, True)
    assert (parcel, Delivery.objects.get(run=run).reason) == (None, DeliveryReason.PICTURE_GONE)
    assert [file.format for file in after["files"]] == ["xlsx"]


def found() -> None:
    """Find something wrong with a household."""
    home = registered()
    Finding.objects.create(
        scope_code=home.scope_code, household=home, rule_code="R1-01", severity="warn", subject_id=home.pk,
        first_seen_on=date(2020, 12, 1), last_seen_on=date(2021, 1, 4), due_on=date(2021, 2, 1),
    )  # fmt: skip


def test_findings_are_counted_for_the_schedule_as_the_office_counts_them(office: Actor) -> None:
    picture = Picture(as_of=date(2021, 1, 5), area_code=COUNTY_CODE)
    found()

    counted = []
    for actor in (office, service()):
        with tenant_scope(actor):
            layout = reports()["finding-counts"].layout(picture, actor=actor, language="zh-hans")
            parts = [part for sheet in layout.sheets for part in sheet.parts if isinstance(part, Table)]
            counted.append([list(table.rows) for table in parts])

    assert "finding-counts" in schedulable()
    assert counted[0] == counted[1] != [[]]


def test_mail_says_what_its_file_says_when_more_was_entered_after_it_was_made(
    office: Actor, mail_server: MailServer
) -> None:
    village = VillageFactory.create(code=VILLAGE_CODE)
    rent = EntryDraft(
        kind="income", source_code="11", occurred_on=date(2020, 12, 1), amount_yuan=Decimal(30000), purpose="租金"
    )
    book_entry(village.pk, rent, actor=office)
    run = made(office, set_schedule(drafted("collective-income", reader("leader")), actor=office, now=NOW))
    book_entry(village.pk, replace(rent, amount_yuan=Decimal(700)), actor=office)

    attempt(Delivery.objects.get(run=run).pk, office)

    message = message_from_bytes(mail_server.taken[0], policy=policy.default)
    text = message.get_body(("plain",))
    assert text is not None
    assert ("30,000.00" in text.get_content(), "30,700.00" in text.get_content()) == (True, False)


# --- reports with persons: announced, and made behind the link --------------------------------------------------------
def announced(office: Actor, *users: object, **values: object) -> ReportRun:
    """Announce the roster of the frozen December to recipients."""
    december_frozen(office)
    draft = drafted(ROSTER, *users, form=MailForm.LINK, **values)
    return made(office, set_schedule(draft, actor=office, now=NOW))


def test_mail_leads_to_the_page_that_makes_the_own_part_when_the_report_holds_persons(
    office: Actor, mail_server: MailServer
) -> None:
    clerk, leader = reader("clerk", role=Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE), reader("leader")
    team = frozenset({(Role.VILLAGE_TEAM.value, VILLAGE_CODE)})
    member = reader("member", role=Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    run = announced(office, clerk, leader, posts=team)
    mails = [attempt(pk, office) for pk in Delivery.objects.filter(run=run).values_list("pk", flat=True)]

    assert {mail.recipient_id for mail in mails} == {clerk.pk, leader.pk, member.pk}
    assert {(mail.state, mail.form) for mail in mails} == {(DeliveryState.SENT, MailForm.LINK)}
    message = message_from_bytes(mail_server.taken[0], policy=policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    address = re.search(r"https?://[^/]+(/\S+)", text.get_content())
    assert address is not None
    assert address[1] in html.get_content().replace("&amp;", "&")
    assert (list(message.iter_attachments()), RunFile.objects.filter(run=run).exists()) == ([], False)
    assert all("示例人" not in mail.decode("utf-8", "replace") for mail in mail_server.taken)
    page = logged_in(clerk).get(address[1])
    form = page.context["form"]
    assert (form.initial["report"], form.initial["period_id"]) == (ROSTER, str(run.period_id))
    assert {code for code, _name in form.fields["area"].choices} <= {TOWNSHIP_CODE, VILLAGE_CODE}


def test_nobody_outside_gets_it_and_nothing_is_attached_when_the_report_holds_persons(office: Actor) -> None:
    outside = OutsideAddress.objects.create(
        scope_code=COUNTY_CODE, name="示例局", email="o@example.invalid", purpose="示例", asked_by=reader("asks")
    )
    for values in ({"form": MailForm.ATTACHMENT}, {"form": MailForm.LINK, "address_ids": frozenset({outside.pk})}):
        with pytest.raises(DomainError) as refused:
            set_schedule(drafted(ROSTER, reader(f"r{len(values)}"), **values), actor=office, now=NOW)
        assert refused.value.code in {"schedule.persons_attached", "schedule.outside_without_login"}


def test_recipient_is_listed_and_not_sent_when_moved_to_another_county_before(
    office: Actor, mail_server: MailServer
) -> None:
    leader = reader("leader")
    run = announced(office, leader)
    Membership.objects.filter(user=leader).update(ends_on=date(2020, 12, 31))
    there = {"tenant": county(OTHER_COUNTY_CODE), "division_code": OTHER_COUNTY_CODE, "role": Role.COUNTY_OFFICE}
    Membership.objects.create(user=leader, starts_on=date(2021, 1, 1), **there)

    parcel = claim(Delivery.objects.get(run=run).pk, actor=office)

    mail = Delivery.objects.get(run=run)
    assert parcel is None
    assert (mail.state, mail.reason) == (DeliveryState.FAILED, DeliveryReason.RIGHT_LOST)
    assert not mail_server.taken


def test_announcing_run_is_nobodys_report_when_the_catalogue_is_read(office: Actor) -> None:
    run = announced(office, reader("leader"))

    assert not catalogue_runs(office).filter(pk=run.pk).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.filter(pk=run.pk).update(formats=["xlsx"])


# --- a schedule that was changed meanwhile ----------------------------------------------------------------------------
def test_recipients_of_the_new_division_get_nothing_of_the_former_when_the_schedule_was_changed(office: Actor) -> None:
    december_frozen(office)
    clerk = reader("clerk", role=Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    schedule = set_schedule(drafted(causes_id(), reader("leader")), actor=office, now=NOW)
    run = send_now(schedule.pk, actor=office, now=NOW)
    changed = drafted(causes_id(), clerk, area_code=TOWNSHIP_CODE)
    set_schedule(changed, actor=office, now=NOW, schedule_id=schedule.pk, version=schedule.version)

    do_jobs(office, "reports.report")

    mail = Delivery.objects.get(run=run)
    assert (mail.recipient_id, mail.state, mail.reason) == (clerk.pk, "failed", DeliveryReason.SCHEDULE_CHANGED)
    with pytest.raises(Conflict):
        send_run(run.pk, schedule.pk, actor=office)
    again = made(office, schedule)
    assert (again.area_code, Delivery.objects.get(run=again).state) == (TOWNSHIP_CODE, DeliveryState.PENDING)
    assert ScheduleOccasion.objects.get(schedule=schedule).run_id == again.pk


def test_its_day_makes_the_new_report_when_the_schedule_was_changed_after_it_was_sent_by_hand(office: Actor) -> None:
    december_frozen(office)
    leader, early = reader("leader"), datetime(2021, 1, 2, tzinfo=UTC)
    schedule = set_schedule(drafted(causes_id(), leader), actor=office, now=early)
    send_now(schedule.pk, actor=office, now=early)
    changed = drafted(ROSTER, leader, form=MailForm.LINK)
    set_schedule(changed, actor=office, now=early, schedule_id=schedule.pk, version=schedule.version)

    run_schedule(schedule.pk, actor=office)

    assert set(ReportRun.objects.filter(schedule=schedule).values_list("report_id", flat=True)) == {
        causes_id(),
        ROSTER,
    }
    assert ScheduleOccasion.objects.get(schedule=schedule).run.report_id == ROSTER


def test_account_is_of_the_whole_county_when_a_township_is_named(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        set_schedule(drafted(REPORT_ID, reader("leader"), area_code=TOWNSHIP_CODE), actor=office, now=NOW)

    assert refused.value.code == "schedule.area"


def test_no_mail_is_written_when_a_run_holds_persons(office: Actor) -> None:
    december_frozen(office)
    run = ReportRun.objects.get(report_id=REPORT_ID)
    run.holds_persons = True
    envelope = object()

    with pytest.raises(NotAllowed):
        write_mail(run, form=MailForm.ATTACHMENT, language="zh-hans", link="", envelope=envelope)  # type: ignore[arg-type]  # not looked at
