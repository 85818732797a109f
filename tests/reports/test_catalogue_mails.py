"""Schedules of reports of the catalogue: which may be mailed, to whom, and what the mail says."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from openpyxl import load_workbook

from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.catalogue.base import reports
from reports.definitions.account import REPORT_ID
from reports.definitions.calendar import moment_on
from reports.domain.mails import write_mail
from reports.domain.occasions import run_schedule, send_now
from reports.domain.runs import start_run
from reports.domain.schedulable import schedulable
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.enums import About, DeliveryState, MailForm, OccasionState, Rhythm
from reports.models import Delivery, ReportRun, ReportSchedule, ScheduleOccasion
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, TOWNSHIP_CODE, service
from tests.reports.mailserver import MailServer
from tests.reports.people import reader
from tests.reports.test_deliveries import attempt
from tests.support.workers import do_jobs

NOW = datetime(2021, 1, 6, tzinfo=UTC)


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


def test_reports_with_persons_cannot_be_scheduled_when_the_catalogue_is_read() -> None:
    offered = schedulable()

    with_persons = {report.id for report in reports().values() if report.holds_persons}
    assert with_persons
    assert not with_persons & set(offered)
    assert {REPORT_ID, causes_id()} <= set(offered)
    assert all(not row.holds_persons for row in offered.values())


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


def test_no_mail_is_written_when_a_run_holds_persons(office: Actor) -> None:
    december_frozen(office)
    run = ReportRun.objects.get(report_id=REPORT_ID)
    run.holds_persons = True
    envelope = object()

    with pytest.raises(NotAllowed):
        write_mail(run, form=MailForm.ATTACHMENT, language="zh-hans", link="", envelope=envelope)  # type: ignore[arg-type]  # not looked at
