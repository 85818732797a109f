"""The tables of the households."""

from households.models.duplicate import DuplicateNotice
from households.models.household import Household
from households.models.person import Membership, Person
from households.models.posting import Posting
from households.models.spells import HouseholdSpell, MonitoringSpell
from households.models.years import HouseholdYear, PersonYear

__all__ = [
    "DuplicateNotice",
    "Household",
    "HouseholdSpell",
    "HouseholdYear",
    "Membership",
    "MonitoringSpell",
    "Person",
    "PersonYear",
    "Posting",
]
