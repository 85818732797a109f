"""The tables of the villages."""

from villages.models.task import TeamTask
from villages.models.team import TeamAbsence, TeamBatch, TeamMember, VillageContact, WorkTeam
from villages.models.unit import Unit
from villages.models.village import FACILITIES, Village, VillageYear

__all__ = [
    "FACILITIES",
    "TeamAbsence",
    "TeamBatch",
    "TeamMember",
    "TeamTask",
    "Unit",
    "Village",
    "VillageContact",
    "VillageYear",
    "WorkTeam",
]
