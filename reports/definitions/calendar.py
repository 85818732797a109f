"""When a schedule is due and what its report is about: rules of the calendar, without a database.

Days and hours are those of Asia/Shanghai. A rule places one day in each week, month, quarter, half-year or year; the
stages of a campaign are rows, so that their days come from `reports.queries.campaigns`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from registry.lib.periods import TIME_ZONE, Month, day_of
from registry.lib.workdays import CountedDay, last_working_day, moved, working_day_before, working_day_of
from reports.enums import About, DayRule, Rhythm, Shift

# How many months the span of a rhythm has.
MONTHS: Final = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}
# What a report of a rhythm may be about: the span that ended before, or the day before. A report of a longer span would
# say the same again, one of a shorter would leave some out.
ABOUT_OF: Final = {
    Rhythm.WEEKLY: (About.DAY,),
    Rhythm.MONTHLY: (About.MONTH, About.DAY),
    Rhythm.QUARTERLY: (About.QUARTER, About.DAY),
    Rhythm.HALF_YEARLY: (About.HALF_YEAR, About.DAY),
    Rhythm.YEARLY: (About.YEAR, About.DAY),
    Rhythm.STAGE: (About.DAY,),
}
_SPANS: Final = {About.MONTH: 1, About.QUARTER: 3, About.HALF_YEAR: 6, About.YEAR: 12}
_STEP: Final = {Shift.NEXT: 1, Shift.PREVIOUS: -1}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the calendar.

    Units: `weekday` 1 (Monday) to 7; `month` 1 to the months of the span; `number` is the day of the month (1 to 31,
    the last one of shorter months) or the n-th working day (1 to 23); `working_days` before the last day of a stage;
    `hour` 0 to 23.
    """

    rhythm: Rhythm
    hour: int
    weekday: int = 1
    month: int = 1
    day_rule: DayRule = DayRule.DAY
    number: int = 1
    shift: Shift = Shift.NONE
    working_days: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at which a schedule is due; `is_sure` when the public calendar of its year is known, or not asked."""

    at: datetime
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """What one making of a report is about, both days included; of `DAY` both are the same day."""

    kind: About
    first_day: date
    last_day: date

    @property
    def key(self) -> str:
        """Give the text under which a schedule remembers that it was made."""
        return f"{self.kind}:{self.last_day.isoformat()}"


def moments(rule: Rule, *, after: datetime) -> Iterator[Moment]:
    """Give the moments after `after` in their order, without end; none for a rule of stages.

    Two weeks of a long holiday move to the same working day: that is one moment.
    """
    if rule.rhythm == Rhythm.STAGE:
        return
    days = _weekly(rule, day_of(after)) if rule.rhythm == Rhythm.WEEKLY else _in_spans(rule, Month.of(day_of(after)))
    last = after
    for found in days:
        moment = moment_on(found.on, rule.hour)
        if moment > last:
            yield Moment(moment, found.is_sure)
            last = moment


def next_moment(rule: Rule, *, after: datetime) -> Moment | None:
    """Give the first moment after `after`; None for a rule of stages."""
    return next(moments(rule, after=after), None)


def next_moments(rule: Rule, *, after: datetime, count: int = 5) -> list[Moment]:
    """Give the next moments, for whoever sets the rule to look at."""
    return list(islice(moments(rule, after=after), count))


def moment_on(day: date, hour: int) -> datetime:
    """Give the hour of a day in Asia/Shanghai."""
    return datetime.combine(day, time(hour), tzinfo=TIME_ZONE)


def _weekly(rule: Rule, day: date) -> Iterator[CountedDay]:
    """Give the weekday of each week, beginning a week before the day: a shift may lead into it."""
    day += timedelta(days=rule.weekday - day.isoweekday() - 7)
    while True:
        yield _shifted(day, rule.shift)
        day += timedelta(days=7)


def _in_spans(rule: Rule, month: Month) -> Iterator[CountedDay]:
    """Give the day of each span, beginning with the span before that of the month."""
    span = MONTHS[rule.rhythm]
    index = month.year * 12 + (month.month - 1) // span * span - span + rule.month - 1
    while True:
        yield _day_in(rule, Month(index // 12, index % 12 + 1))
        index += span


def _day_in(rule: Rule, month: Month) -> CountedDay:
    match rule.day_rule:
        case DayRule.WORKING_DAY:
            return working_day_of(month, rule.number)
        case DayRule.LAST_WORKING_DAY:
            return last_working_day(month)
        case _:
            return _within(month, month.first_day.replace(day=min(rule.number, month.last_day.day)), rule.shift)


def _within(month: Month, day: date, shift: Shift) -> CountedDay:
    """Move a day within its month: a report of what ended before would else leave a month out and say another twice."""
    found = _shifted(day, shift)
    if month.contains(found.on):
        return found
    return moved(day, step=-_STEP[shift])


def _shifted(day: date, shift: Shift) -> CountedDay:
    """Move a day that is not worked; without a shift the calendar is not asked."""
    return CountedDay(day) if shift == Shift.NONE else moved(day, step=_STEP[shift])


def stage_moment(rule: Rule, last_day: date) -> Moment:
    """Give the moment so many working days before the last day of a stage; 0 is that day itself."""
    found = working_day_before(last_day, rule.working_days)
    return Moment(moment_on(found.on, rule.hour), found.is_sure)


def span_before(about: About, day: date) -> Span:
    """Give what a report that is due on a day is about: the last span that ended before it, or the day before."""
    if about == About.DAY:
        before = day - timedelta(days=1)
        return Span(about, before, before)
    months = _SPANS[about]
    index = day.year * 12 + (day.month - 1) // months * months
    first, last = (Month(at // 12, at % 12 + 1) for at in (index - months, index - 1))
    return Span(about, first.first_day, last.last_day)
