"""The tables of the villages."""

from villages.models.activity import ActivityMaterial, VillageActivity
from villages.models.basics import CommitteeMember, PriorityCategory, SettlementPoint, VillageFacility
from villages.models.infrastructure import (
    InfrastructureProject,
    ProjectMoney,
    ProjectReach,
    ProjectUpkeep,
    StageEntry,
)
from villages.models.plan import PlanEdition, PlanProgress, PlanProject, VillagePlan
from villages.models.task import TeamTask
from villages.models.team import TeamAbsence, TeamBatch, TeamMember, VillageContact, WorkTeam
from villages.models.unit import Unit
from villages.models.village import Village
from villages.models.year import FACILITIES, PARTS, SECTIONS, YEAR_FACTS, VillageYear

__all__ = [
    "FACILITIES",
    "PARTS",
    "SECTIONS",
    "YEAR_FACTS",
    "ActivityMaterial",
    "CommitteeMember",
    "InfrastructureProject",
    "PlanEdition",
    "PlanProgress",
    "PlanProject",
    "PriorityCategory",
    "ProjectMoney",
    "ProjectReach",
    "ProjectUpkeep",
    "SettlementPoint",
    "StageEntry",
    "TeamAbsence",
    "TeamBatch",
    "TeamMember",
    "TeamTask",
    "Unit",
    "Village",
    "VillageActivity",
    "VillageContact",
    "VillageFacility",
    "VillagePlan",
    "VillageYear",
    "WorkTeam",
]
