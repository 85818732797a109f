"""By when something in a monitoring case is due: the county's rules, counted in days, working days or months."""

from datetime import date, timedelta

from dossiers.enums import DueBasis
from dossiers.models import CountyProcedure
from registry.lib import workdays


def decision_due(lead_on: date, rules: CountyProcedure) -> tuple[date, DueBasis]:
    """Give the last day for the decision on a lead, and how it was counted; the day of the lead counts as none.

    Source: 15 days (Gansu) or 20 working days (Hainan); the county sets which.
    """
    if not rules.counts_working_days:
        return lead_on + timedelta(days=rules.lead_days), DueBasis.CALENDAR_DAYS
    return working_days_after(lead_on, rules.lead_days)


def working_days_after(day: date, count: int) -> tuple[date, DueBasis]:
    """Give the last of so many working days after a day.

    Where the days run into a year whose holidays are not published, the basis says so (`registry.lib.workdays`).
    """
    found = workdays.working_day_after(day, count)
    return found.on, DueBasis.WORKING_DAYS if found.is_sure else DueBasis.WEEKDAYS
