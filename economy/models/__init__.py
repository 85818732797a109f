"""The tables of the collective economy."""

from economy.models.assets import AssetUpkeep, ProjectAsset
from economy.models.goal import IncomeGoal
from economy.models.ledger import LedgerEntry
from economy.models.projects import IndustryMoney, IndustryProject, IndustryReach, IndustryStep
from economy.models.shares import Dividend, DividendLine, ShareFund, Shareholding
from economy.models.work import ProjectWork

__all__ = [
    "AssetUpkeep",
    "Dividend",
    "DividendLine",
    "IncomeGoal",
    "IndustryMoney",
    "IndustryProject",
    "IndustryReach",
    "IndustryStep",
    "LedgerEntry",
    "ProjectAsset",
    "ProjectWork",
    "ShareFund",
    "Shareholding",
]
