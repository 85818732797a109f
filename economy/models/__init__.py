"""The tables of the collective economy."""

from economy.models.goal import IncomeGoal
from economy.models.ledger import LedgerEntry

__all__ = ["IncomeGoal", "LedgerEntry"]
