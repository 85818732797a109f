"""By when a lead must be decided: calendar days, working days, and years whose holidays are not known."""

from datetime import date

import pytest

from dossiers.domain.due import decision_due, working_days_after
from dossiers.enums import DueBasis
from dossiers.models import CountyProcedure


def test_fifteen_days_are_counted_from_the_day_after_the_lead() -> None:
    assert decision_due(date(2024, 1, 20), CountyProcedure()) == (date(2024, 2, 4), DueBasis.CALENDAR_DAYS)


@pytest.mark.parametrize(
    ("lead_on", "days", "due_on", "basis"),
    [
        # The spring holidays of 2024 are from 10 to 17 February; the Sundays 4 and 18 are worked.
        (date(2024, 2, 1), 5, date(2024, 2, 7), DueBasis.WORKING_DAYS),
        (date(2024, 2, 8), 2, date(2024, 2, 18), DueBasis.WORKING_DAYS),
        # No calendar of that year is published: weekdays count, and the basis says so.
        (date(2095, 6, 3), 5, date(2095, 6, 10), DueBasis.WEEKDAYS),
        (date(2095, 6, 4), 1, date(2095, 6, 6), DueBasis.WEEKDAYS),
    ],
)
def test_working_days_follow_the_public_calendar_where_it_is_known(
    lead_on: date, days: int, due_on: date, basis: DueBasis
) -> None:
    assert working_days_after(lead_on, days) == (due_on, basis)


def test_county_that_counts_working_days_has_them_counted() -> None:
    rules = CountyProcedure(lead_days=20, counts_working_days=True)

    assert decision_due(date(2024, 4, 22), rules) == (date(2024, 5, 21), DueBasis.WORKING_DAYS)
