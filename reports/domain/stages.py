"""Reminders before a stage of a campaign ends: which are due, and when the next one is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from registry.lib.periods import day_of
from reports.definitions.calendar import Moment, next_moments, stage_moment
from reports.enums import Rhythm
from reports.models import ReportSchedule, ScheduleOccasion
from reports.queries.campaigns import StageEnd, stage_ends


def due_stages(schedule: ReportSchedule, *, now: datetime) -> list[tuple[StageEnd, datetime]]:
    """Give the stages whose reminder is due and not done, with the moment at which it was.

    A stage that is over is reminded of only when its moment had been set: the servers were off then.
    """
    since = day_of(min(now, schedule.next_due_at or now))
    return [(stage, at) for stage, at in _open(schedule, stage_ends(schedule.stage, since=since)) if at <= now]


def next_reminder(schedule: ReportSchedule, *, now: datetime) -> datetime | None:
    """Give the moment of the next reminder, at once for a stage that ends sooner; None while no campaign is dated."""
    found = [at for _stage, at in _open(schedule, stage_ends(schedule.stage, since=day_of(now)))]
    return min(found, default=None)


def coming_times(schedule: ReportSchedule, *, now: datetime, count: int = 5) -> list[Moment]:
    """Give the next times of a schedule, for whoever sets it; those of stages as far as campaigns are dated.

    A stage that was reminded of has none any more, and one whose day is over while it lasts is reminded of at once.
    """
    if schedule.rhythm != Rhythm.STAGE:
        return next_moments(schedule.rule, after=now, count=count)
    ends = _not_done(schedule, stage_ends(schedule.stage, since=day_of(now)))
    found = [stage_moment(schedule.rule, stage.last_day) for stage in ends]
    return sorted((replace(one, at=max(one.at, now)) for one in found), key=lambda one: one.at)[:count]


def _open(schedule: ReportSchedule, stages: Sequence[StageEnd]) -> list[tuple[StageEnd, datetime]]:
    ends = _not_done(schedule, stages)
    return [(stage, stage_moment(schedule.rule, stage.last_day).at) for stage in ends]


def _not_done(schedule: ReportSchedule, stages: Sequence[StageEnd]) -> list[StageEnd]:
    keys = [stage.key for stage in stages]
    done = set(ScheduleOccasion.objects.filter(schedule_id=schedule.pk, key__in=keys).values_list("key", flat=True))
    return [stage for stage in stages if stage.key not in done]
