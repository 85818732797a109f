"""Working days: by the public calendar where it is known, by weekdays and fixed festivals beyond."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.lib.periods import Month
from registry.lib.workdays import (
    LAST_KNOWN_YEAR,
    CountedDay,
    is_working_day,
    last_working_day,
    moved,
    working_day_after,
    working_day_before,
    working_day_of,
)

UNKNOWN = 2095
DAYS = st.dates(date(2004, 1, 31), date(2099, 11, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 12), False),  # the spring holidays
        (date(2024, 2, 18), True),  # a Sunday worked for them
        (date(2024, 2, 19), True),
        (date(2024, 2, 24), False),
        (date(UNKNOWN, 1, 3), True),  # a Monday
        (date(UNKNOWN, 1, 1), False),
        (date(UNKNOWN, 4, 4), False),  # Qingming, a Monday
        (date(UNKNOWN, 4, 5), True),
        (date(UNKNOWN, 5, 2), False),
        (date(UNKNOWN, 10, 3), False),
        (date(UNKNOWN, 10, 4), True),
        (date(UNKNOWN, 6, 4), False),  # a Saturday
    ],
)
def test_day_is_worked_by_the_public_calendar_or_by_the_rule_when_asked_for(day: date, works: bool) -> None:
    assert is_working_day(day) == works


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (working_day_after(date(2024, 2, 8), 2), CountedDay(date(2024, 2, 18))),
        (working_day_before(date(2020, 12, 31), 3), CountedDay(date(2020, 12, 28))),
        (working_day_before(date(2024, 2, 18), 2), CountedDay(date(2024, 2, 8))),
        (working_day_of(Month(2024, 10), 1), CountedDay(date(2024, 10, 8))),
        (working_day_of(Month(2024, 2), 31), CountedDay(date(2024, 2, 29))),
        (last_working_day(Month(2024, 3)), CountedDay(date(2024, 3, 29))),
        (moved(date(2024, 10, 5), step=1), CountedDay(date(2024, 10, 8))),
        (moved(date(2024, 10, 5), step=-1), CountedDay(date(2024, 9, 30))),
        (moved(date(UNKNOWN, 10, 1), step=1), CountedDay(date(UNKNOWN, 10, 4), is_sure=False)),
        (working_day_after(date(UNKNOWN, 6, 3), 5), CountedDay(date(UNKNOWN, 6, 10), is_sure=False)),
    ],
)
def test_day_is_found_by_counting_working_days_when_asked_for(found: CountedDay, expected: CountedDay) -> None:
    assert found == expected


def test_answer_is_not_sure_when_only_its_first_year_is_known() -> None:
    found = working_day_after(date(LAST_KNOWN_YEAR, 12, 30), 9)

    assert (found.on.year, found.is_sure) == (LAST_KNOWN_YEAR + 1, False)


@given(DAYS, st.integers(1, 40))
def test_day_after_is_worked_and_so_many_lie_between_when_counted_back(day: date, count: int) -> None:
    found = working_day_after(day, count).on

    between = sum(is_working_day(date.fromordinal(number)) for number in range(day.toordinal() + 1, found.toordinal()))
    assert (is_working_day(found), between) == (True, count - 1)


@given(DAYS)
def test_moved_day_is_the_nearest_worked_one_when_the_day_is_free(day: date) -> None:
    later, earlier = moved(day, step=1).on, moved(day, step=-1).on

    free = [date.fromordinal(number) for number in range(earlier.toordinal() + 1, later.toordinal())]
    assert (is_working_day(earlier), is_working_day(later)) == (True, True)
    assert (earlier == day == later) or not any(map(is_working_day, free))
