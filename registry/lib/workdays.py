"""Working days by the public calendar, and by a rule beyond the years that it knows.

The State Council publishes the holidays of a year, and the weekends worked for them, in the autumn before it; the
package `chinesecalendar` carries them. For a year that it does not know, a day from Monday to Friday is a working day
unless it is a festival whose day in the calendar is fixed. What moves with the moon (Spring Festival, Dragon Boat,
Mid-Autumn) and the bridges between are not known then, and every answer says on request whether it was sure.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import chinese_calendar
from chinese_calendar.constants import holidays, workdays

from registry.lib.periods import Month

_SATURDAY: Final = 5
# Month and day. Source: 全国年节及纪念日放假办法, State Council order 795 of 2024, article 2: New Year's Day, Labour
# Day and the day after, National Day and the two days after.
FIXED_FESTIVALS: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
FIRST_KNOWN_YEAR: Final[int] = min(day.year for day in {**holidays, **workdays})
# The package knows the holidays of this year and of none after it.
LAST_KNOWN_YEAR: Final[int] = max(day.year for day in {**holidays, **workdays})


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day that was found by counting working days; `is_sure` when the calendar of all its years was known."""

    on: date
    is_sure: bool = True


def is_known(day: date) -> bool:
    """Tell whether the public calendar of the day's year is known."""
    return FIRST_KNOWN_YEAR <= day.year <= LAST_KNOWN_YEAR


def is_working_day(day: date) -> bool:
    """Tell whether offices work on the day: by the public calendar, else by weekday and fixed festivals.

    Source: chinesecalendar for the years it knows; house rule beyond, docs/decisions/0250.
    """
    if is_known(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < _SATURDAY and not is_fixed_festival(day)


def is_fixed_festival(day: date) -> bool:
    """Tell whether the day is a festival that needs no notice to be known: of the sun's calendar, or Qingming.

    Source: 全国年节及纪念日放假办法, article 2; Qingming is a solar term and falls on 4 to 6 April.
    """
    if (day.month, day.day) in FIXED_FESTIVALS:
        return True
    return day.month == 4 and "清明" in _terms_of(day)


def _terms_of(day: date) -> list[str]:
    """Name the solar term that begins on a day; none beyond the tables of the package."""
    try:
        return [term for _on, term in chinese_calendar.get_solar_terms(day, day)]
    except NotImplementedError:
        return []


def working_day_after(day: date, count: int) -> CountedDay:
    """Give the last of so many working days after a day; the day itself counts as none."""
    return _counted(day, count, step=1)


def working_day_before(day: date, count: int) -> CountedDay:
    """Give the day that lies so many working days before a day; the day itself counts as none."""
    return _counted(day, count, step=-1)


def _counted(day: date, count: int, *, step: int) -> CountedDay:
    is_sure = True
    while count:
        day += timedelta(days=step)
        is_sure = is_sure and is_known(day)
        count -= is_working_day(day)
    return CountedDay(day, is_sure)


def moved(day: date, *, step: int) -> CountedDay:
    """Give the day itself when offices work on it, else the next working day (`step` 1) or the one before (-1)."""
    is_sure = is_known(day)
    while not is_working_day(day):
        day += timedelta(days=step)
        is_sure = is_sure and is_known(day)
    return CountedDay(day, is_sure)


def working_day_of(month: Month, number: int) -> CountedDay:
    """Give the n-th working day of a month; its last one where it has fewer."""
    last = last_working_day(month)
    found = working_day_after(month.first_day - timedelta(days=1), number)
    return min(found, last, key=lambda counted: counted.on)


def last_working_day(month: Month) -> CountedDay:
    """Give the last working day of a month."""
    return moved(month.last_day, step=-1)
