"""The goal of the collective income in a year."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from economy.definitions.goals import SHIPPED_GOAL_YUAN
from economy.models import IncomeGoal


@dataclass(frozen=True, slots=True)
class Goal:
    """What each village's collective is to earn in the year, and who says so. Units: yuan a year."""

    goal_yuan: Decimal
    source: str


def goal_of(year: int) -> Goal:
    """Give the county's goal that holds in the year, else the one that comes with the product."""
    row = IncomeGoal.objects.filter(from_year__lte=year).order_by("-from_year").first()
    if row is None:
        return Goal(SHIPPED_GOAL_YUAN, gettext("comes with the product: the commentary of 2019 on work teams"))
    return Goal(row.goal_yuan, row.source)
