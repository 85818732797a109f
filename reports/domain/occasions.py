"""The times of a schedule: done by the tick or by hand, none twice and none left out."""

from datetime import datetime, time
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import day_of, next_at
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from reports.definitions.calendar import Span, span_before
from reports.domain.deliveries import is_of, queue_mails
from reports.domain.runs import require_whole_county
from reports.domain.schedules import next_due
from reports.domain.stages import due_stages, next_reminder
from reports.domain.starting import start_for
from reports.enums import About, OccasionState, Rhythm, RunState
from reports.models import ReportRun, ReportSchedule, ScheduleOccasion

# When schedules that wait for stages look for campaigns, each day.
LOOK_AT: Final = time(5)


def run_schedule(schedule_id: UUID, *, actor: Actor, now: datetime | None = None) -> datetime | None:
    """Start the run that a schedule is due for; give the moment at which to look again.

    A schedule that was not looked after for long (the servers were off) makes up for its times one by one, so that no
    span is left out. What has its run gets no second one. One that was set anew while the tick had it is not due yet:
    its time to come would be taken too early, and the span refused because it has not ended. Locks: the schedule.
    """
    now = now or timezone.now()
    row = ReportSchedule.objects.select_for_update(of=("self",)).filter(pk=schedule_id, is_active=True).first()
    if row is None:
        return None
    if row.rhythm == Rhythm.STAGE:
        return _remind(row, actor=actor, now=now)
    if row.next_due_at is None or row.next_due_at > now:
        return row.next_due_at
    span = span_before(About(row.about), day_of(row.next_due_at))
    _take_place(row, span, span.key, row.next_due_at, actor=actor)
    row.next_due_at = next_due(row.rule, after=row.next_due_at)
    row.save(update_fields=["next_due_at"])
    return row.next_due_at


def _remind(row: ReportSchedule, *, actor: Actor, now: datetime) -> datetime:
    for stage, at in due_stages(row, now=now):
        _take_place(row, span_before(About.DAY, day_of(at)), stage.key, at, actor=actor)
    row.next_due_at = next_reminder(row, now=now)
    row.save(update_fields=["next_due_at"])
    look = next_at(now, LOOK_AT)
    return look if row.next_due_at is None else min(look, row.next_due_at)


def _take_place(row: ReportSchedule, span: Span, key: str, due_at: datetime, *, actor: Actor) -> None:
    """Start the run of one time, or list why there is none; nothing for a time that took place."""
    former = ScheduleOccasion.objects.filter(schedule=row, key=key).select_related("run").first()
    # A time that was about another report or division was not about what the schedule names now.
    if _was_made(row, span) or (former is not None and (former.run is None or is_of(former.run, row, actor=actor))):
        return
    occasion = former or _drafted(row, span, key, due_at)
    try:
        with savepoint():
            occasion.run = start_for(row, span, actor=actor)
            occasion.state = OccasionState.STARTED
    except DomainError as error:
        occasion.run, occasion.state = None, OccasionState.REFUSED
        occasion.error_code, occasion.error = error.code[:100], error.message
    occasion.save()
    if occasion.run is None:
        changes = {"error_code": ("", occasion.error_code)}
        audit.record("reports.refuse_occasion", occasion, actor=actor, changes=changes)


def _drafted(row: ReportSchedule, span: Span, key: str, due_at: datetime) -> ScheduleOccasion:
    return ScheduleOccasion(
        schedule=row,
        scope_code=row.scope_code,
        key=key,
        first_day=span.first_day,
        last_day=span.last_day,
        due_at=due_at,
    )


def _was_made(row: ReportSchedule, span: Span) -> bool:
    """Tell whether a month was made before times were kept."""
    same = ReportRun.objects.filter(schedule=row, report_id=row.report_id, month=span.first_day)
    return span.kind == About.MONTH and same.exists()


def send_now(schedule_id: UUID, *, actor: Actor, now: datetime) -> ReportRun:
    """Make what a schedule is about today and send it, without waiting for its day: asked for by a person.

    What has its finished run is sent to those who have not got it; a run that failed or was refused is made again.
    Pressed twice it does nothing more. Locks: the schedule, then its run.
    Raises: NotAllowed; NotFound; DomainError `schedule.no_recipient`, or why there can be no report (nothing is kept).
    """
    require(actor, "reports.send")
    require_whole_county(actor)
    row = ReportSchedule.objects.select_for_update(of=("self",)).filter(pk=schedule_id).first()
    if row is None:
        raise NotFound("report.no_such_schedule", _("There is no such schedule."))
    if not row.recipients.exists():
        raise DomainError("schedule.no_recipient", _("Choose at least one recipient."), field="recipients")
    span = span_before(About(row.about), day_of(now))
    occasion = ScheduleOccasion.objects.filter(schedule=row, key=span.key).first()
    run = _locked(occasion)
    if run is None or run.state == RunState.FAILED or not is_of(run, row, actor=actor):
        run = _started_by_hand(row, span, actor=actor)
        _keep(occasion, row, span, run, now=now)
    elif run.state == RunState.FINISHED:
        queue_mails(run, row, actor=actor)
    audit.record("reports.send_now", row, actor=actor, changes={"about": (None, span.key)})
    return run


# Nobody agrees for others to come: the months are frozen where the account is asked for, and then sent from here.
_AGREE: Final = _(
    "You agree on the page of accounts, where the account of this period is asked for; then send it here."
)


def _started_by_hand(row: ReportSchedule, span: Span, *, actor: Actor) -> ReportRun:
    """Start the run; one that fails at once is refused instead: whoever pressed is there to read why.

    Kept, it would be one more failed run with its recipients for each time that somebody presses.
    """
    with savepoint():
        run = start_for(row, span, actor=actor)
        run.refresh_from_db()
        if run.state == RunState.FAILED:
            raise Conflict(
                run.error_code, f"{run.error} {_AGREE}" if run.error_code == "period.long_gap" else run.error
            )
    return run


def _locked(occasion: ScheduleOccasion | None) -> ReportRun | None:
    """Give the run of a time, locked: its end and a person who sends it by hand would else add the same mail twice."""
    run_id = None if occasion is None else occasion.run_id
    return None if run_id is None else ReportRun.objects.select_for_update(of=("self",)).get(pk=run_id)


def _keep(occasion: ScheduleOccasion | None, row: ReportSchedule, span: Span, run: ReportRun, *, now: datetime) -> None:
    """Note the run of a time that takes place by hand; its day finds it done."""
    kept = occasion or _drafted(row, span, span.key, now)
    kept.run, kept.state, kept.error_code, kept.error = run, OccasionState.STARTED, "", ""
    kept.save()
