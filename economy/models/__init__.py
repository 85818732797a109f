"""The tables of the collective economy."""

from economy.models.goal import IncomeGoal
from economy.models.ledger import LedgerEntry
from economy.models.shares import Dividend, DividendLine, ShareFund, Shareholding

__all__ = ["Dividend", "DividendLine", "IncomeGoal", "LedgerEntry", "ShareFund", "Shareholding"]
