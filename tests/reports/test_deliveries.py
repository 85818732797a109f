"""Mails of a run: at most once, nobody left out, each outcome told as it was."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from registry import jobs
from registry.enums import Role
from registry.lib.errors import Conflict, NotAllowed
from registry.lib.periods import Month
from registry.models import DueWork, Job, Membership
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain import deliveries
from reports.domain.runs import start_run
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.domain.transmission import transmit
from reports.enums import DeliveryReason, DeliveryState, RunState
from reports.models import Delivery, ReportRun, ReportSchedule
from reports.queries.runs import MailCounts, mail_counts
from tests.factories.households import registered
from tests.factories.tenants import TOWNSHIP_CODE, actor_of
from tests.reports.mailserver import Behaviour, MailServer
from tests.reports.people import reader
from tests.reports.test_account import post
from tests.support.workers import do_jobs

DECEMBER = Month(2020, 12)
Committing = Callable[..., object]


def schedule_for(actor: Actor, *users: object) -> ReportSchedule:
    """Set a schedule with these recipients."""
    ids = frozenset(user.pk for user in users)  # type: ignore[attr-defined]  # any model row
    draft = ScheduleDraft(REPORT_ID, 5, 8, is_active=True, recipient_ids=ids)
    return set_schedule(draft, actor=actor, now=timezone.now())


def scheduled_run(actor: Actor, schedule: ReportSchedule) -> ReportRun:
    """Make the December run of a schedule; its mails are queued and not sent yet."""
    run = start_run(REPORT_ID, DECEMBER, actor=actor, schedule=schedule)
    do_jobs(actor, "periods.freeze", "reports.run")
    run.refresh_from_db()
    return run


def attempt(delivery_id: UUID, actor: Actor) -> Delivery:
    """Do what the job does: claim, and send once that is committed."""
    parcel = deliveries.claim(delivery_id, actor=actor)
    assert parcel is not None
    deliveries.post(parcel, actor=actor)
    return Delivery.objects.get(pk=delivery_id)


def queued_mail(actor: Actor) -> Delivery:
    """Queue one mail to one recipient who may have it."""
    registered(status="lifted")
    run = scheduled_run(actor, schedule_for(actor, reader("leader")))
    return Delivery.objects.get(run=run)


def test_mail_is_sent_by_the_job_when_its_claim_is_committed(
    office: Actor, mail_server: MailServer, django_capture_on_commit_callbacks: Committing
) -> None:
    mail = queued_mail(office)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        jobs.run(office.tenant_id, Job.objects.get(kind=deliveries.DELIVERY_JOB).pk)
        during = Delivery.objects.get(pk=mail.pk).state
        taken_before_commit = len(mail_server.taken)

    mail.refresh_from_db()
    assert (during, taken_before_commit) == (DeliveryState.SENDING, 0)
    assert (mail.state, mail.attempts, len(mail_server.taken)) == (DeliveryState.SENT, 1, 1)


def test_mail_waits_for_the_tick_when_sending_breaks_off_by_a_fault_of_ours(
    office: Actor,
    settings: Settings,
    django_capture_on_commit_callbacks: Committing,
    caplog: pytest.LogCaptureFixture,
) -> None:
    mail = queued_mail(office)
    settings.EMAIL_HOST, settings.EMAIL_PORT = 5, 25  # a number is no host: no network refuses it, but Python itself

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        jobs.run(office.tenant_id, Job.objects.get(kind=deliveries.DELIVERY_JOB).pk)

    mail.refresh_from_db()
    assert mail.state == DeliveryState.SENDING
    assert DueWork.objects.filter(kind=deliveries.DELIVERY_DUE, key=str(mail.pk)).exists()
    assert "leader@" not in caplog.text


def test_mail_holds_both_parts_chart_and_workbook_and_no_person_when_taken(
    office: Actor, mail_server: MailServer
) -> None:
    mail = queued_mail(office)

    attempt(mail.pk, office)

    message = message_from_bytes(mail_server.taken[0], policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert (message["Message-ID"], message["To"]) == (mail.message_id, "leader@example.invalid")
    assert kinds[:3] == ["text/plain", "text/html", "image/png"]
    assert "示例人" not in mail_server.taken[0].decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("behaviour", "state", "reason"),
    [
        (Behaviour(recipient="550 unknown"), DeliveryState.FAILED, DeliveryReason.REFUSED),
        (Behaviour(recipient="450 later"), DeliveryState.PENDING, DeliveryReason.REFUSED_FOR_NOW),
        (Behaviour(hang_up=True), DeliveryState.UNCLEAR, DeliveryReason.CONNECTION_LOST),
    ],
)
def test_state_tells_what_the_server_did_when_an_attempt_ends(
    office: Actor, mail_server: MailServer, behaviour: Behaviour, state: str, reason: str
) -> None:
    mail_server.behaviour = behaviour
    mail = queued_mail(office)

    mail = attempt(mail.pk, office)

    assert (mail.state, mail.reason, mail_server.taken) == (state, reason, [])


def test_nothing_goes_out_when_somebody_changed_the_kept_figures(office: Actor, mail_server: MailServer) -> None:
    mail = queued_mail(office)
    ReportRun.objects.filter(pk=mail.run_id).update(figures={**(mail.run.figures or {}), "month": "2020-11"})

    jobs.run(office.tenant_id, Job.objects.get(kind=deliveries.DELIVERY_JOB).pk)

    mail.refresh_from_db()
    assert (mail.state, mail.reason, mail_server.read) == (DeliveryState.FAILED, DeliveryReason.NOT_WRITTEN, [])


def test_refused_mail_is_tried_again_later_and_gets_through_when_the_server_relents(
    office: Actor, mail_server: MailServer
) -> None:
    mail_server.behaviour = Behaviour(recipient="450 later")
    mail = attempt(queued_mail(office).pk, office)
    due_at = DueWork.objects.get(kind=deliveries.DELIVERY_DUE, key=str(mail.pk)).due_at
    mail_server.behaviour = Behaviour()

    again = attempt(mail.pk, office)

    assert timedelta(minutes=4) < due_at - timezone.now() <= timedelta(minutes=5)
    assert (again.state, again.attempts, len(mail_server.taken)) == (DeliveryState.SENT, 2, 1)
    assert not DueWork.objects.filter(kind=deliveries.DELIVERY_DUE).exists()


def test_mail_has_failed_when_the_server_refuses_it_for_now_to_the_end(office: Actor, mail_server: MailServer) -> None:
    mail_server.behaviour = Behaviour(recipient="450 later")
    mail = queued_mail(office)

    states = [attempt(mail.pk, office).state for _ in range(len(deliveries.BACK_OFF) + 1)]

    assert states == [*[DeliveryState.PENDING] * len(deliveries.BACK_OFF), DeliveryState.FAILED]


def test_second_worker_gets_nothing_when_a_mail_is_being_sent(office: Actor) -> None:
    mail = queued_mail(office)

    claims = [deliveries.claim(mail.pk, actor=office) for _ in range(2)]

    assert [claim is not None for claim in claims] == [True, False]


def test_mail_is_unclear_and_not_sent_again_when_its_process_was_lost(office: Actor, mail_server: MailServer) -> None:
    mail = queued_mail(office)
    deliveries.claim(mail.pk, actor=office)
    Delivery.objects.filter(pk=mail.pk).update(sending_at=timezone.now() - deliveries.lost_after())

    after = deliveries.look_after(mail.pk, actor=office)

    mail.refresh_from_db()
    assert (after, mail.state, mail.reason) == (None, DeliveryState.UNCLEAR, DeliveryReason.WORKER_LOST)
    assert (deliveries.claim(mail.pk, actor=office), mail_server.read) == (None, [])


def test_mail_is_unclear_though_it_was_taken_when_its_process_was_lost_before_it_could_say_so(
    office: Actor, mail_server: MailServer
) -> None:
    mail = queued_mail(office)
    parcel = deliveries.claim(mail.pk, actor=office)
    assert parcel is not None
    transmit(parcel.content, recipient=parcel.recipient)
    Delivery.objects.filter(pk=mail.pk).update(sending_at=timezone.now() - deliveries.lost_after())

    deliveries.look_after(mail.pk, actor=office)

    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (DeliveryState.UNCLEAR, DeliveryReason.WORKER_LOST)
    assert (deliveries.claim(mail.pk, actor=office), len(mail_server.taken)) == (None, 1)


def test_mail_being_sent_is_left_alone_when_it_is_not_lost_yet(office: Actor) -> None:
    mail = queued_mail(office)
    deliveries.claim(mail.pk, actor=office)

    after = deliveries.look_after(mail.pk, actor=office)

    mail.refresh_from_db()
    assert after is not None
    assert (after > timedelta(), mail.state) == (True, DeliveryState.SENDING)


def test_late_success_is_believed_when_the_mail_was_given_up_meanwhile(office: Actor, mail_server: MailServer) -> None:
    mail = queued_mail(office)
    parcel = deliveries.claim(mail.pk, actor=office)
    assert parcel is not None
    Delivery.objects.filter(pk=mail.pk).update(sending_at=timezone.now() - deliveries.lost_after())
    deliveries.look_after(mail.pk, actor=office)

    deliveries.post(parcel, actor=office)

    assert Delivery.objects.get(pk=mail.pk).state == DeliveryState.SENT


def test_unclear_mail_goes_out_under_the_same_message_id_when_a_person_presses_the_button(
    office: Actor, mail_server: MailServer
) -> None:
    mail_server.behaviour = Behaviour(hang_up=True)
    mail = attempt(queued_mail(office).pk, office)
    mail_server.behaviour = Behaviour()

    deliveries.send_again(mail.pk, actor=office)
    again = attempt(mail.pk, office)

    ids = {message_from_bytes(content)["Message-ID"] for content in mail_server.read}
    assert (again.state, again.attempts, ids) == (DeliveryState.SENT, 2, {mail.message_id})


def test_sending_again_is_refused_when_the_mail_was_sent(office: Actor, mail_server: MailServer) -> None:
    mail = attempt(queued_mail(office).pk, office)

    with pytest.raises(Conflict):
        deliveries.send_again(mail.pk, actor=office)

    assert len(mail_server.taken) == 1


def test_sending_again_is_refused_when_the_role_may_not(office: Actor, mail_server: MailServer) -> None:
    mail_server.behaviour = Behaviour(hang_up=True)
    mail = attempt(queued_mail(office).pk, office)

    with pytest.raises(NotAllowed):
        deliveries.send_again(mail.pk, actor=actor_of(Role.MACHINE_CLIENT))

    assert Delivery.objects.get(pk=mail.pk).state == DeliveryState.UNCLEAR


def test_everybody_is_accounted_for_when_the_work_is_over(office: Actor, mail_server: MailServer) -> None:
    gets, unverified, lost_right = reader("gets"), reader("unverified", verified=False), reader("lost_right")
    schedule = schedule_for(office, gets, unverified, lost_right)
    Membership.objects.filter(user=lost_right).update(ends_on="2020-12-31")
    run = scheduled_run(office, schedule)

    attempt(Delivery.objects.get(run=run, recipient=gets).pk, office)

    told = dict(Delivery.objects.filter(run=run).values_list("recipient__username", "reason"))
    assert mail_counts(run.pk) == MailCounts(recipients=3, open=0, sent=1, unclear=0, failed=2)
    assert told == {"gets": "", "unverified": "address_not_verified", "lost_right": "right_lost"}


def test_mail_is_not_sent_when_the_right_is_lost_after_it_was_queued(office: Actor, mail_server: MailServer) -> None:
    mail = queued_mail(office)
    Membership.objects.filter(user_id=mail.recipient_id).update(ends_on="2020-12-31")

    claimed = deliveries.claim(mail.pk, actor=office)

    mail.refresh_from_db()
    assert (claimed, mail.state, mail.reason) == (None, DeliveryState.FAILED, DeliveryReason.RIGHT_LOST)
    assert mail_server.read == []


def test_recipients_are_listed_as_not_sent_when_the_run_fails(office: Actor) -> None:
    post(registered(status="filed"), kind="natural_in", stock="not_lifted")  # type: ignore[arg-type]  # their values

    run = scheduled_run(office, schedule_for(office, reader("leader")))

    mail = Delivery.objects.get(run=run)
    assert (run.state, mail.state, mail.reason) == (RunState.FAILED, DeliveryState.FAILED, DeliveryReason.RUN_FAILED)


def test_nothing_is_queued_twice_when_a_person_sends_a_run_to_its_schedule_again(office: Actor) -> None:
    mail = queued_mail(office)
    assert mail.run.schedule_id is not None

    added = deliveries.send_run(mail.run_id, mail.run.schedule_id, actor=office)

    assert (added, Delivery.objects.count()) == ([], 1)


def test_mail_is_in_english_when_its_recipient_reads_english(office: Actor, mail_server: MailServer) -> None:
    run = scheduled_run(office, schedule_for(office, reader("guest", language="en")))

    attempt(Delivery.objects.get(run=run).pk, office)

    subject = message_from_bytes(mail_server.taken[0], policy=policy.default)["Subject"]
    assert subject == "示例县1: clear account of dynamic management, 2020-12"


def test_mail_is_seen_in_its_county_only_when_asked_for(office: Actor) -> None:
    mail = queued_mail(office)

    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)):
        seen = Delivery.objects.filter(pk=mail.pk).exists()

    assert (seen, Delivery.objects.filter(pk=mail.pk).exists()) == (False, True)
