"""Schedules for their page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from reports.enums import RunState
from reports.models import Delivery, ReportRun, ReportSchedule, ScheduleOccasion
from reports.queries.runs import MailCounts, counts_of

MOST_OCCASIONS = 20


@dataclass(frozen=True, slots=True)
class ScheduleWithMails:
    """A schedule with its report's title, its number of recipients, its last run, and the mails of that run."""

    schedule: ReportSchedule
    title: str
    recipient_count: int
    last_run: ReportRun | None
    mails: MailCounts


def schedules_of(report_id: str) -> "QuerySet[ReportSchedule]":
    """Give the county's schedules of a report."""
    return ReportSchedule.objects.filter(report_id=report_id).order_by("day_of_month", "hour", "id")


def schedules() -> "QuerySet[ReportSchedule]":
    """Give the county's schedules."""
    return ReportSchedule.objects.all()


def find_schedule(schedule_id: UUID) -> ReportSchedule | None:
    """Give a schedule of the county, or None."""
    return ReportSchedule.objects.filter(pk=schedule_id).first()


def run_to_preview(schedule: ReportSchedule, *, area_code: str) -> ReportRun | None:
    """Give the run whose mail shows best what a schedule sends: its last one, else the last of its report and area.

    A run with persons is for who asked for it alone, but for one that announces.
    """
    rows = ReportRun.objects.filter(report_id=schedule.report_id, state=RunState.FINISHED, area_code=area_code)
    shown = rows.filter(Q(holds_persons=False) | Q(schedule=schedule, asked_by=None)).select_related("period")
    own = shown.filter(schedule=schedule)
    return own.order_by("-finished_at", "-id").first() or shown.order_by("-finished_at", "-id").first()


def occasions_of(schedule: ReportSchedule) -> "QuerySet[ScheduleOccasion]":
    """Give the last times of a schedule with their runs, the newest first."""
    rows = ScheduleOccasion.objects.filter(schedule=schedule).select_related("run").defer("run__figures")
    return rows.order_by("-created_at", "-id")[:MOST_OCCASIONS]


def schedules_with_mails(titles: Mapping[str, str]) -> list[ScheduleWithMails]:
    """Give the county's schedules, each with its title and where the mails of its last run stand."""
    rows = list(ReportSchedule.objects.annotate(recipient_count=Count("recipients")).order_by("day_of_month", "id"))
    last = {run.schedule_id: run for run in _last_runs([row.pk for row in rows])}
    mails = _states([run.pk for run in last.values()])
    return [
        ScheduleWithMails(
            row,
            titles.get(row.report_id, row.report_id),
            row.recipient_count,
            last.get(row.pk),
            counts_of(mails.get(last[row.pk].pk, {}) if row.pk in last else {}),
        )
        for row in rows
    ]


def _last_runs(schedule_ids: Sequence[UUID]) -> "QuerySet[ReportRun]":
    runs = ReportRun.objects.filter(schedule_id__in=schedule_ids).defer("figures")
    return runs.order_by("schedule_id", "-created_at").distinct("schedule_id")


def _states(run_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    rows = Delivery.objects.filter(run_id__in=run_ids).order_by().values_list("run_id", "state")
    states: dict[UUID, dict[str, int]] = {}
    for run_id, state, number in rows.annotate(number=Count("id")):
        states.setdefault(run_id, {})[state] = number
    return states
