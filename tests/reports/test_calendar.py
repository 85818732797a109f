"""Rules of the calendar: when a schedule is due and what its report is about."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.lib.periods import Month, day_of
from registry.lib.workdays import is_working_day
from reports.definitions.calendar import (
    MONTHS,
    Rule,
    Span,
    moment_on,
    next_moment,
    next_moments,
    span_before,
    stage_moment,
)
from reports.enums import About, DayRule, Rhythm, Shift

WORKING = DayRule.WORKING_DAY
LAST = DayRule.LAST_WORKING_DAY
FIRST, LAST_ONE = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2005, 2094))
MOMENTS = st.datetimes(FIRST, LAST_ONE, timezones=st.just(UTC))
RULES = st.builds(
    Rule,
    rhythm=st.sampled_from(list(MONTHS)),
    hour=st.integers(0, 23),
    day_rule=st.sampled_from(DayRule),
    number=st.integers(1, 31),
    shift=st.sampled_from(Shift),
)


def days(rule: Rule, after: date, count: int = 3) -> list[str]:
    """Give the next days of a rule as text."""
    found = next_moments(rule, after=moment_on(after, 0), count=count)
    return [day_of(moment.at).isoformat() for moment in found]


@pytest.mark.parametrize(
    ("rule", "after", "expected"),
    [
        (Rule(Rhythm.WEEKLY, 8, weekday=5), date(2024, 2, 9), ["2024-02-09", "2024-02-16", "2024-02-23"]),
        # The Fridays 9 February (worked) and 16 February (spring holidays) of 2024.
        (
            Rule(Rhythm.WEEKLY, 8, weekday=5, shift=Shift.NEXT),
            date(2024, 2, 9),
            ["2024-02-09", "2024-02-18", "2024-02-23"],
        ),
        # Both Tuesdays, 1 October (holiday) and 8 October, are one moment.
        (
            Rule(Rhythm.WEEKLY, 8, weekday=2, shift=Shift.NEXT),
            date(2024, 9, 25),
            ["2024-10-08", "2024-10-15", "2024-10-22"],
        ),
        (Rule(Rhythm.MONTHLY, 8, number=31), date(2024, 1, 30), ["2024-01-31", "2024-02-29", "2024-03-31"]),
        (
            Rule(Rhythm.MONTHLY, 8, number=1, shift=Shift.PREVIOUS),
            date(2024, 9, 29),
            ["2024-10-08", "2024-11-01", "2024-12-02"],
        ),
        # 31 August 2024 is a Saturday; a day never leaves its month.
        (
            Rule(Rhythm.MONTHLY, 8, number=31, shift=Shift.NEXT),
            date(2024, 7, 1),
            ["2024-07-31", "2024-08-30", "2024-09-30"],
        ),
        (
            Rule(Rhythm.MONTHLY, 8, day_rule=WORKING, number=3),
            date(2024, 10, 1),
            ["2024-10-10", "2024-11-05", "2024-12-04"],
        ),
        (Rule(Rhythm.MONTHLY, 8, day_rule=LAST), date(2024, 3, 1), ["2024-03-29", "2024-04-30", "2024-05-31"]),
        (Rule(Rhythm.QUARTERLY, 8, month=1, number=10), date(2024, 1, 11), ["2024-04-10", "2024-07-10", "2024-10-10"]),
        (Rule(Rhythm.HALF_YEARLY, 8, month=2, number=1), date(2024, 2, 2), ["2024-08-01", "2025-02-01", "2025-08-01"]),
        (Rule(Rhythm.YEARLY, 8, month=12, number=31), date(2024, 1, 1), ["2024-12-31", "2025-12-31", "2026-12-31"]),
    ],
)
def test_days_follow_the_rule_when_the_next_are_asked_for(rule: Rule, after: date, expected: list[str]) -> None:
    assert days(rule, after) == expected


@pytest.mark.parametrize(
    ("after", "moment"),
    [
        (datetime(2021, 1, 4, 0, tzinfo=UTC), datetime(2021, 1, 5, 0, tzinfo=UTC)),
        (datetime(2021, 1, 5, 0, tzinfo=UTC), datetime(2021, 2, 5, 0, tzinfo=UTC)),
        (datetime(2020, 12, 31, 17, tzinfo=UTC), datetime(2021, 1, 5, 0, tzinfo=UTC)),
        (datetime(2020, 12, 31, 15, tzinfo=UTC), datetime(2021, 1, 5, 0, tzinfo=UTC)),
    ],
)
def test_next_moment_is_that_day_and_hour_in_shanghai_when_asked_for(after: datetime, moment: datetime) -> None:
    found = next_moment(Rule(Rhythm.MONTHLY, 8, number=5), after=after)

    assert found is not None
    assert (found.at, found.is_sure) == (moment, True)


@given(RULES, MOMENTS)
def test_each_span_has_one_day_and_none_is_left_out_when_moments_follow_each_other(rule: Rule, after: datetime) -> None:
    found = next_moments(rule, after=after, count=6)

    months = [Month.of(day_of(moment.at)) for moment in found]
    numbers = [(month.year * 12 + month.month - 1) for month in months]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    assert [moment.at for moment in found] == sorted({moment.at for moment in found})
    assert found[0].at > after
    assert steps == {MONTHS[rule.rhythm]}


@given(RULES, MOMENTS)
def test_day_is_a_working_day_when_the_rule_says_so(rule: Rule, after: datetime) -> None:
    found = next_moment(rule, after=after)

    assert found is not None
    free = rule.day_rule == DayRule.DAY and rule.shift == Shift.NONE
    assert free or is_working_day(day_of(found.at))


def test_moment_is_not_sure_when_the_calendar_of_its_year_is_unknown() -> None:
    found = next_moments(Rule(Rhythm.YEARLY, 8, number=1, shift=Shift.NEXT), after=datetime(2090, 1, 1, tzinfo=UTC))

    assert {moment.is_sure for moment in found} == {False}


@pytest.mark.parametrize(
    ("working_days", "day"), [(0, date(2020, 11, 20)), (3, date(2020, 11, 17)), (5, date(2020, 11, 13))]
)
def test_reminder_lies_so_many_working_days_before_the_stage_ends_when_counted(working_days: int, day: date) -> None:
    rule = Rule(Rhythm.STAGE, 9, working_days=working_days)

    assert stage_moment(rule, date(2020, 11, 20)).at == moment_on(day, 9)


@pytest.mark.parametrize(
    ("about", "day", "span"),
    [
        (About.MONTH, date(2021, 1, 5), Span(About.MONTH, date(2020, 12, 1), date(2020, 12, 31))),
        (About.QUARTER, date(2021, 2, 5), Span(About.QUARTER, date(2020, 10, 1), date(2020, 12, 31))),
        (About.QUARTER, date(2021, 12, 31), Span(About.QUARTER, date(2021, 7, 1), date(2021, 9, 30))),
        (About.HALF_YEAR, date(2021, 7, 1), Span(About.HALF_YEAR, date(2021, 1, 1), date(2021, 6, 30))),
        (About.YEAR, date(2021, 12, 31), Span(About.YEAR, date(2020, 1, 1), date(2020, 12, 31))),
        (About.DAY, date(2021, 3, 1), Span(About.DAY, date(2021, 2, 28), date(2021, 2, 28))),
    ],
)
def test_report_is_about_the_last_span_that_ended_when_it_is_due(about: About, day: date, span: Span) -> None:
    assert span_before(about, day) == span
