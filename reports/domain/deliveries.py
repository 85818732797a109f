"""The mails of a run: queued, claimed, sent at most once, settled, and sent again by a person.

An attempt has three steps, each in a transaction of its own: the mail is written and its row set to `sending`; after
that is committed the mail server is spoken to; then the outcome is noted. A process lost in between leaves `sending`
behind, which the tick turns into `unclear`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.people import address_mark
from registry.jobs import cancel_due, enqueue, schedule_due, start_due
from registry.lib.errors import Conflict, NotFound
from registry.models import PLATFORM_TENANT_ID, User
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import tenant_scope
from reports.catalogue.lists import PictureGone
from reports.definitions.account import REPORT_ID
from reports.definitions.text import language_of
from reports.domain.mails import page_of, write_mail
from reports.domain.return_path import return_path
from reports.domain.schedulable import find_schedulable
from reports.domain.transmission import Outcome, Verdict, sender_address, transmit
from reports.enums import DeliveryReason, DeliveryState, MailForm, OccasionState, RunState
from reports.models import Delivery, OutsideAddress, ReportRun, ReportSchedule, ScheduleOccasion
from reports.queries.recipients import readers_among, recipients_of, why_not
from reports.renderers.mail import Envelope
from reports.workflow import SENT_AGAIN_BY_HAND

DELIVERY_JOB: Final = "reports.deliver"
DELIVERY_DUE: Final = "reports.delivery"
# Reads the folder of mails that came back, for all counties at once.
FOLDER_DUE: Final = "reports.bounces"
# A mail server that says "not now" is asked again after these; then the mail has failed, and a person decides.
BACK_OFF: Final = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
# The steps of one attempt that may each wait for the mail server's timeout, with some to spare.
_WAITS: Final = 12

Recipient = User | OutsideAddress


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed mail, ready to be sent: this attempt and no other. Logs that print it show no address."""

    delivery_id: UUID
    attempt: int
    recipient: str = field(repr=False)
    content: bytes = field(repr=False)
    # The sender on the envelope, where the server's later messages go.
    return_path: str = field(default="", repr=False)


def lost_after() -> timedelta:
    """Give the time after which a mail that is still being sent has lost its process."""
    return timedelta(seconds=settings.EMAIL_TIMEOUT * _WAITS + 30)


def queue_mails(run: ReportRun, schedule: ReportSchedule, *, actor: Actor) -> list[Delivery]:
    """Queue the mail of a finished run to each recipient of a schedule; who may not get it is listed with the reason.

    Roles are resolved at this moment. Called again, it adds nothing for those who have a row. A schedule that was
    changed to another report or division since names recipients of that: none of them gets this one.
    """
    found = recipients_of(schedule, actor=actor)
    if not is_of(run, schedule, actor=actor):
        return _create(run, schedule, dict.fromkeys(found, DeliveryReason.SCHEDULE_CHANGED), actor=actor)
    readers = _readers(found, run, actor=actor)
    return _create(run, schedule, {one: _why_not(one, readers, run) for one in found}, actor=actor)


def is_of(run: ReportRun, schedule: ReportSchedule, *, actor: Actor) -> bool:
    """Tell whether a run is about the report and the division that a schedule names now."""
    is_account = schedule.report_id == REPORT_ID
    wanted = actor.tenant_code if is_account or not schedule.area_code else schedule.area_code
    return run.report_id == schedule.report_id and (run.area_code or actor.tenant_code) == wanted


def fail_recipients(run: ReportRun, schedule: ReportSchedule, *, actor: Actor) -> None:
    """List every recipient of a run that could not be made as not sent."""
    reasons = dict.fromkeys(recipients_of(schedule, actor=actor), DeliveryReason.RUN_FAILED)
    _create(run, schedule, reasons, actor=actor)


def _readers(found: Iterable[Recipient], run: ReportRun, *, actor: Actor) -> set[UUID]:
    users = [one.pk for one in found if isinstance(one, User)]
    return readers_among(users, actor=actor, readership=find_schedulable(run.report_id).readership(run.area_code))


def _why_not(one: Recipient, readers: set[UUID], run: ReportRun) -> DeliveryReason:
    """Say why a mail may not go out; a report with persons goes to no address outside, whatever a schedule says."""
    if isinstance(one, OutsideAddress) and find_schedulable(run.report_id).holds_persons:
        return DeliveryReason.ADDRESS_NOT_ALLOWED
    return why_not(one, readers)


def _create(
    run: ReportRun, schedule: ReportSchedule, reasons: Mapping[Recipient, DeliveryReason], *, actor: Actor
) -> list[Delivery]:
    present = {pk for pair in Delivery.objects.filter(run=run).values_list("recipient_id", "outside_id") for pk in pair}
    rows = [_row(run, schedule, one, reason) for one, reason in reasons.items() if one.pk not in present]
    Delivery.objects.bulk_create(rows)
    _note_nobody(run, is_nobody=not reasons)
    for row in rows:
        if row.state == DeliveryState.PENDING:
            _wake(row, actor=actor)
    return rows


def _note_nobody(run: ReportRun, *, is_nobody: bool) -> None:
    """Say of the time of a schedule whether its rules found anybody."""
    state, former = OccasionState.NOBODY, OccasionState.STARTED
    if not is_nobody:
        state, former = former, state
    ScheduleOccasion.objects.filter(run=run, state=former).update(state=state)


def _row(run: ReportRun, schedule: ReportSchedule, one: Recipient, reason: DeliveryReason) -> Delivery:
    row_id = new_id()
    return Delivery(
        id=row_id,
        scope_code=run.scope_code,
        run=run,
        recipient=one if isinstance(one, User) else None,
        outside=one if isinstance(one, OutsideAddress) else None,
        form=MailForm.LINK if run.holds_persons else schedule.form,
        area_code=run.area_code,
        state=DeliveryState.FAILED if reason else DeliveryState.PENDING,
        reason=reason,
        settled_at=timezone.now() if reason else None,
        message_id=f"<{row_id}@{sender_address().rpartition('@')[2] or 'localhost'}>",
    )


def _wake(row: Delivery, *, actor: Actor) -> None:
    """Queue the next attempt; due work looks after it should the job or its process be lost."""
    arguments = {"delivery_id": str(row.pk)}
    enqueue(DELIVERY_JOB, key=f"{row.pk}:{row.attempts}:{row.requests}", arguments=arguments, actor=actor)
    schedule_due(actor.tenant_id, DELIVERY_DUE, str(row.pk), timezone.now() + lost_after())


def send_run(run_id: UUID, schedule_id: UUID, *, actor: Actor) -> list[Delivery]:
    """Queue the mails of a finished run to the recipients of a schedule, asked for by a person.

    Locks: the run, so that two who ask at once add nobody twice.
    Raises: NotAllowed; NotFound; Conflict for a run without figures.
    """
    require(actor, "reports.send")
    run = ReportRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    schedule = ReportSchedule.objects.filter(pk=schedule_id).first()
    if run is None or schedule is None:
        raise NotFound("report.no_such_run", _("There is no such run of a report, or no such schedule."))
    if run.state != RunState.FINISHED:
        raise Conflict("report.not_finished", _("Only a finished report can be sent. Wait, or start another run."))
    if not is_of(run, schedule, actor=actor):
        raise Conflict(
            "report.of_another_schedule",
            _("This schedule is about another report or division. Choose one of the list."),
        )
    rows = queue_mails(run, schedule, actor=actor)
    audit.record("reports.send_run", run, actor=actor, count=len(rows))
    return rows


def claim(delivery_id: UUID, *, actor: Actor) -> Parcel | None:
    """Write the mail and set its row to `sending`; None when it is not waiting, or may not go out any more.

    The caller commits before it calls `post`. Locks: the mail's row.
    """
    row = _locked(delivery_id)
    if row is None or row.state != DeliveryState.PENDING:
        return None
    one = _recipient(row)
    reason = _why_not(one, _readers([one], row.run, actor=actor), row.run)
    if reason:
        _settle(row, DeliveryState.FAILED, reason, actor=actor)
        return None
    try:
        content = _content(row, one)
    except PictureGone:
        _settle(row, DeliveryState.FAILED, DeliveryReason.PICTURE_GONE, actor=actor)
        return None
    row.state, row.reason, row.smtp_code, row.sending_at = DeliveryState.SENDING, "", None, timezone.now()
    row.attempts += 1
    row.attempts_in_row += 1
    row.address_mark = address_mark(one.email)
    row.save(
        update_fields=["state", "reason", "smtp_code", "sending_at", "attempts", "attempts_in_row", "address_mark"]
    )
    schedule_due(actor.tenant_id, DELIVERY_DUE, str(row.pk), timezone.now() + lost_after())
    if settings.BOUNCE_MAILDIR:
        start_due(PLATFORM_TENANT_ID, FOLDER_DUE, "", timezone.now())
    return Parcel(row.pk, row.attempts, one.email, content, return_path(row))


def _locked(delivery_id: UUID) -> Delivery | None:
    rows = Delivery.objects.select_related("run", "recipient", "outside").select_for_update(of=("self",))
    return rows.filter(pk=delivery_id).first()


def _recipient(row: Delivery) -> Recipient:
    one = row.outside or row.recipient
    if one is None:
        raise ValueError("A mail is for a user or for an office outside.")
    return one


def _content(row: Delivery, one: Recipient) -> bytes:
    """Write the mail in its recipient's language; an office outside has no login to follow a link with."""
    envelope = Envelope(sender_address(), one.email, row.message_id, row.created_at)
    link = "" if row.outside_id is not None else settings.BASE_URL + page_of(row.run)
    return write_mail(row.run, form=row.form, language=language_of(one.language), link=link, envelope=envelope)


def post(parcel: Parcel, *, actor: Actor) -> Outcome:
    """Send a claimed mail and note what came of it; called outside any transaction."""
    outcome = transmit(parcel.content, recipient=parcel.recipient, return_path=parcel.return_path)
    with tenant_scope(actor):
        note_outcome(parcel, outcome, actor=actor)
    return outcome


def note_outcome(parcel: Parcel, outcome: Outcome, *, actor: Actor) -> None:
    """Note the outcome of an attempt, unless the mail was given up as unclear and sent again meanwhile."""
    row = _locked(parcel.delivery_id)
    if row is None or row.attempts != parcel.attempt:
        return
    row.smtp_code = outcome.smtp_code
    if outcome.verdict == Verdict.TAKEN and row.state in {DeliveryState.SENDING, DeliveryState.UNCLEAR}:
        _settle(row, DeliveryState.SENT, DeliveryReason.NONE, actor=actor)
    elif row.state != DeliveryState.SENDING:
        return
    elif outcome.verdict == Verdict.UNCLEAR:
        _settle(row, DeliveryState.UNCLEAR, outcome.reason, actor=actor)
    elif outcome.verdict == Verdict.REFUSED or row.attempts_in_row > len(BACK_OFF):
        _settle(row, DeliveryState.FAILED, outcome.reason, actor=actor)
    else:
        _retry_later(row, outcome, actor=actor)


def _retry_later(row: Delivery, outcome: Outcome, *, actor: Actor) -> None:
    row.state, row.reason = DeliveryState.PENDING, outcome.reason
    row.save(update_fields=["state", "reason", "smtp_code"])
    due_at = timezone.now() + BACK_OFF[row.attempts_in_row - 1]
    schedule_due(actor.tenant_id, DELIVERY_DUE, str(row.pk), due_at)


def _settle(row: Delivery, state: DeliveryState, reason: DeliveryReason, *, actor: Actor) -> None:
    """Note a state after which nothing happens by itself."""
    former, row.state, row.reason, row.settled_at = row.state, state, reason, timezone.now()
    row.save(update_fields=["state", "reason", "smtp_code", "settled_at"])
    cancel_due(actor.tenant_id, DELIVERY_DUE, str(row.pk))
    audit.record("reports.settle_mail", row, actor=actor, changes={"state": (former, state)}, reason=reason)


def look_after(delivery_id: UUID, *, actor: Actor) -> timedelta | None:
    """Look at a mail that is due: try a waiting one, call a lost one unclear; say when to look again."""
    row = _locked(delivery_id)
    if row is None:
        return None
    if row.state == DeliveryState.PENDING:
        _wake(row, actor=actor)
        return lost_after()
    if row.state == DeliveryState.SENDING and row.sending_at is not None:
        left = row.sending_at + lost_after() - timezone.now()
        if left > timedelta():
            return left
        _settle(row, DeliveryState.UNCLEAR, DeliveryReason.WORKER_LOST, actor=actor)
    return None


def give_up(delivery_id: UUID, *, actor: Actor) -> None:
    """List a mail that could not be written as not sent."""
    row = _locked(delivery_id)
    if row is not None and row.state == DeliveryState.PENDING:
        _settle(row, DeliveryState.FAILED, DeliveryReason.NOT_WRITTEN, actor=actor)


def send_again(delivery_id: UUID, *, actor: Actor) -> Delivery:
    """Send an unclear or failed mail again because a person says so: the same mail, under the same Message-ID.

    Raises: NotAllowed; NotFound; Conflict when it is on its way or was sent, or when its run has no figures.
    """
    require(actor, "reports.send")
    row = _locked(delivery_id)
    if row is None:
        raise NotFound("report.no_such_mail", _("There is no such mail."))
    if row.state not in SENT_AGAIN_BY_HAND or row.run.state != RunState.FINISHED:
        raise Conflict(
            "report.not_to_be_sent_again",
            _("This mail is on its way, was sent, or has no report. Load the page again to see where it stands."),
        )
    former = row.state
    row.state, row.reason, row.attempts_in_row = DeliveryState.PENDING, "", 0
    row.requests += 1
    row.save(update_fields=["state", "reason", "attempts_in_row", "requests"])
    _wake(row, actor=actor)
    audit.record("reports.send_again", row, actor=actor, changes={"state": (former, DeliveryState.PENDING)})
    return row
