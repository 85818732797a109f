"""The tables of the households."""

from households.models.changes import HouseholdTie, ObjectionPeriod, Transfer
from households.models.closed import ClosedYear
from households.models.duplicate import DuplicateNotice
from households.models.household import Household
from households.models.income import CostCoefficient, IncomeLine, IncomeRule, YearLine
from households.models.near import NearDuplicate
from households.models.person import Membership, Person
from households.models.posting import Posting
from households.models.relocation import Relocation
from households.models.request import ChangeRequest, ChangeRule
from households.models.spells import HouseholdSpell, MonitoringSpell
from households.models.visit import Visit
from households.models.work import WorkRecord
from households.models.years import HouseholdYear, PersonYear

__all__ = [
    "ChangeRequest",
    "ChangeRule",
    "ClosedYear",
    "CostCoefficient",
    "DuplicateNotice",
    "Household",
    "HouseholdSpell",
    "HouseholdTie",
    "HouseholdYear",
    "IncomeLine",
    "IncomeRule",
    "Membership",
    "MonitoringSpell",
    "NearDuplicate",
    "ObjectionPeriod",
    "Person",
    "PersonYear",
    "Posting",
    "Relocation",
    "Transfer",
    "Visit",
    "WorkRecord",
    "YearLine",
]
