"""By when something in a monitoring case is due: the county's rules, counted in days, working days or months."""

from datetime import date, timedelta
from typing import Final

import chinese_calendar

from dossiers.enums import DueBasis
from dossiers.models import CountyProcedure

_SATURDAY: Final = 5


def decision_due(lead_on: date, rules: CountyProcedure) -> tuple[date, DueBasis]:
    """Give the last day for the decision on a lead, and how it was counted; the day of the lead counts as none.

    Source: 15 days (Gansu) or 20 working days (Hainan); the county sets which.
    """
    if not rules.counts_working_days:
        return lead_on + timedelta(days=rules.lead_days), DueBasis.CALENDAR_DAYS
    return working_days_after(lead_on, rules.lead_days)


def working_days_after(day: date, count: int) -> tuple[date, DueBasis]:
    """Give the last of so many working days after a day.

    The public calendar of a year is published in the autumn before it. Where the days run into a year that it does not
    know, they are counted from Monday to Friday, and the basis says so.
    """
    basis = DueBasis.WORKING_DAYS
    while count:
        day += timedelta(days=1)
        try:
            works = chinese_calendar.is_workday(day)
        except NotImplementedError:
            works, basis = day.weekday() < _SATURDAY, DueBasis.WEEKDAYS
        count -= works
    return day, basis
