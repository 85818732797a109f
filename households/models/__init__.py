"""The tables of the households."""

from households.models.household import Household
from households.models.person import Membership, Person
from households.models.posting import Posting
from households.models.spells import HouseholdSpell, MonitoringSpell
from households.models.work import WorkRecord
from households.models.years import HouseholdYear, PersonYear

__all__ = [
    "Household",
    "HouseholdSpell",
    "HouseholdYear",
    "Membership",
    "MonitoringSpell",
    "Person",
    "PersonYear",
    "Posting",
    "WorkRecord",
]
