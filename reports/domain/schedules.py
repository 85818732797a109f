"""Schedules: set by an office, done by the tick."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.versions import lock_version
from registry.jobs import cancel_due, schedule_due
from registry.lib.errors import DomainError
from registry.lib.periods import TIME_ZONE, Month, day_of
from registry.tenancy.context import Actor
from reports.definitions.catalogue import REPORTS
from reports.domain.runs import require_whole_county, start_run
from reports.models import ReportRun, ReportSchedule, ScheduleRecipient
from reports.queries.recipients import readers_among

SCHEDULE_DUE: Final = "reports.schedule"
_FIELDS: Final = ("report_id", "day_of_month", "hour", "is_active")


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """What an office sets: report, day (1 to 28) and hour (0 to 23) in Asia/Shanghai, recipients, active or not."""

    report_id: str
    day_of_month: int
    hour: int
    is_active: bool
    recipient_ids: frozenset[UUID]


def set_schedule(
    draft: ScheduleDraft, *, actor: Actor, now: datetime, schedule_id: UUID | None = None, version: int | None = None
) -> ReportSchedule:
    """Make a schedule, or change the one of that id at that version.

    Locks: the schedule. Raises: NotAllowed; DomainError for a wrong day, hour, report or recipient; StaleVersion.
    """
    require(actor, "reports.schedule")
    require_whole_county(actor)
    row = (
        lock_version(ReportSchedule.objects.all(), schedule_id, version).touch()
        if schedule_id is not None
        else ReportSchedule(scope_code=actor.tenant_code)
    )
    former = frozenset(row.recipients.values_list("user_id", flat=True)) if schedule_id is not None else frozenset()
    _check(draft, former, actor=actor)
    before = {name: getattr(row, name) for name in _FIELDS} if schedule_id is not None else dict.fromkeys(_FIELDS)
    for name in _FIELDS:
        setattr(row, name, getattr(draft, name))
    row.next_due_at = _next_of(draft, former_due_at=row.next_due_at, now=now) if draft.is_active else None
    row.save()
    _set_recipients(row, former, draft.recipient_ids)
    _set_due(row)
    changes = {name: (before[name], getattr(row, name)) for name in _FIELDS if before[name] != getattr(row, name)}
    if former != draft.recipient_ids:
        changes["recipients"] = (sorted(map(str, former)), sorted(map(str, draft.recipient_ids)))
    audit.record("reports.set_schedule", row, actor=actor, changes=changes)
    return row


def _check(draft: ScheduleDraft, former: Collection[UUID], *, actor: Actor) -> None:
    if draft.report_id not in REPORTS:
        raise DomainError("report.unknown", _("There is no such report. Choose one of the list."), field="report_id")
    if not 1 <= draft.day_of_month <= 28:
        raise DomainError(
            "schedule.day", _("Choose a day from 1 to 28, so that every month has it."), field="day_of_month"
        )
    if not 0 <= draft.hour <= 23:
        raise DomainError("schedule.hour", _("Choose an hour from 0 to 23."), field="hour")
    added = draft.recipient_ids - frozenset(former)
    if added - readers_among(added, actor=actor):
        raise DomainError(
            "schedule.recipient",
            _("Every recipient must be a user of this county who may read its reports. Choose from the list."),
            field="recipients",
        )
    if draft.is_active and not draft.recipient_ids:
        raise DomainError("schedule.no_recipient", _("Choose at least one recipient."), field="recipients")


def _set_recipients(row: ReportSchedule, former: Collection[UUID], wanted: Collection[UUID]) -> None:
    ScheduleRecipient.objects.filter(schedule=row, user_id__in=set(former) - set(wanted)).delete()
    ScheduleRecipient.objects.bulk_create(
        [
            ScheduleRecipient(schedule=row, user_id=user_id, scope_code=row.scope_code)
            for user_id in sorted(set(wanted) - set(former))
        ]
    )


def _set_due(row: ReportSchedule) -> None:
    if row.next_due_at is None:
        cancel_due(row.tenant_id, SCHEDULE_DUE, str(row.pk))
    else:
        schedule_due(row.tenant_id, SCHEDULE_DUE, str(row.pk), row.next_due_at)


def _next_of(draft: ScheduleDraft, *, former_due_at: datetime | None, now: datetime) -> datetime:
    """Give the next moment of a changed schedule: at once where the change would leave the month out that was due."""
    due_at = next_due(draft.day_of_month, draft.hour, after=now)
    if former_due_at is not None and Month.of(day_of(former_due_at)) < Month.of(day_of(due_at)):
        return min(former_due_at, now)
    return due_at


def next_due(day_of_month: int, hour: int, *, after: datetime) -> datetime:
    """Give the first moment after `after` that is that day and hour in Asia/Shanghai."""
    month = Month.of(day_of(after))
    due_at = _moment(month, day_of_month, hour)
    return due_at if due_at > after else _moment(month.next, day_of_month, hour)


def _moment(month: Month, day_of_month: int, hour: int) -> datetime:
    return datetime.combine(date(month.year, month.month, day_of_month), time(hour), tzinfo=TIME_ZONE)


def run_schedule(schedule_id: UUID, *, actor: Actor) -> datetime | None:
    """Start the run that a schedule is due for, of the month before the due day; give its next moment.

    A schedule that was not looked after for months (the servers were off) makes up for them one by one, so that no
    month is left out. A month that has its run gets no second one. Locks: the schedule.
    """
    row = ReportSchedule.objects.select_for_update(of=("self",)).filter(pk=schedule_id, is_active=True).first()
    if row is None or row.next_due_at is None:
        return None
    month = Month.of(day_of(row.next_due_at)).previous
    if not ReportRun.objects.filter(schedule=row, month=month.first_day).exists():
        start_run(row.report_id, month, actor=actor, schedule=row)
    row.next_due_at = next_due(row.day_of_month, row.hour, after=row.next_due_at)
    row.save(update_fields=["next_due_at"])
    return row.next_due_at
