"""Pages of the villages on the admin site."""

from villages.admin.activities import ActivityAdmin
from villages.admin.basics import FacilityAdmin, MemberAdmin, PointAdmin, PriorityAdmin
from villages.admin.infrastructure import InfrastructureAdmin, UpkeepAdmin
from villages.admin.plans import PlanAdmin, PlanProjectAdmin
from villages.admin.units import TeamAdmin, UnitAdmin
from villages.admin.villages import VillageAdmin

__all__ = [
    "ActivityAdmin",
    "FacilityAdmin",
    "InfrastructureAdmin",
    "MemberAdmin",
    "PlanAdmin",
    "PlanProjectAdmin",
    "PointAdmin",
    "PriorityAdmin",
    "TeamAdmin",
    "UnitAdmin",
    "UpkeepAdmin",
    "VillageAdmin",
]
