"""How long a request or a step of a grievance may take: the county's own period, else the one of the product."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from concerns.enums import ACKNOWLEDGE, ANSWER
from concerns.models import ConcernPeriod
from dossiers.domain.due import working_days_after

_OTHER = "9"


@dataclass(frozen=True, slots=True)
class Period:
    """A number of days; the day itself counts as none. `is_own` when the county set it."""

    code: str
    days: int
    counts_working_days: bool
    source: str
    is_own: bool = False

    def after(self, day: date) -> date:
        """Give the last day of the period."""
        if self.counts_working_days:
            return working_days_after(day, self.days)[0]
        return day + timedelta(days=self.days)


@cache
def shipped_periods() -> dict[str, Period]:
    """Give the periods that come with the product, by the kind of request or the step of a grievance."""
    text = files("concerns").joinpath("data/periods.toml").read_text(encoding="utf-8")
    given: dict[str, Any] = tomllib.loads(text)
    requests = {code: Period(code, days, True, given["source"]) for code, days in given["requests"].items()}
    steps = {code: Period(code, days, False, given["source"]) for code, days in given["grievances"].items()}
    return requests | steps


def periods() -> dict[str, Period]:
    """Give the periods that hold in the county, by one query."""
    rows = ConcernPeriod.objects.values_list("code", "days", "counts_working_days", "source")
    return shipped_periods() | {row[0]: Period(*row, is_own=True) for row in rows}


def due_by_kind(known: dict[str, Period], kind_code: str, day: date) -> date:
    """Give the day by which a request of the kind is due; a kind that nobody named a period for is as any other."""
    return (known.get(kind_code) or known[_OTHER]).after(day)


def due_of_grievance(known: dict[str, Period], day: date) -> tuple[date, date]:
    """Give by when a grievance of the day is acknowledged and answered; never the answer first."""
    acknowledge_by = known[ACKNOWLEDGE].after(day)
    return acknowledge_by, max(known[ANSWER].after(day), acknowledge_by)
