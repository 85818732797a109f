"""The tables of the households."""

from households.models.changes import HouseholdTie, ObjectionPeriod, Transfer
from households.models.household import Household
from households.models.person import Membership, Person
from households.models.posting import Posting
from households.models.spells import HouseholdSpell, MonitoringSpell
from households.models.years import HouseholdYear, PersonYear

__all__ = [
    "Household",
    "HouseholdSpell",
    "HouseholdTie",
    "HouseholdYear",
    "Membership",
    "MonitoringSpell",
    "ObjectionPeriod",
    "Person",
    "PersonYear",
    "Posting",
    "Transfer",
]
