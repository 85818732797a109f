"""The tables of the villages."""

from villages.models.basics import CommitteeMember, PriorityCategory, SettlementPoint, VillageFacility
from villages.models.team import WorkTeam
from villages.models.unit import Unit
from villages.models.village import Village
from villages.models.year import FACILITIES, PARTS, SECTIONS, YEAR_FACTS, VillageYear

__all__ = [
    "FACILITIES",
    "PARTS",
    "SECTIONS",
    "YEAR_FACTS",
    "CommitteeMember",
    "PriorityCategory",
    "SettlementPoint",
    "Unit",
    "Village",
    "VillageFacility",
    "VillageYear",
    "WorkTeam",
]
