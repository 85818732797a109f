"""Pages of the villages on the admin site."""

from villages.admin.basics import FacilityAdmin, MemberAdmin, PointAdmin, PriorityAdmin
from villages.admin.units import TeamAdmin, UnitAdmin
from villages.admin.villages import VillageAdmin

__all__ = ["FacilityAdmin", "MemberAdmin", "PointAdmin", "PriorityAdmin", "TeamAdmin", "UnitAdmin", "VillageAdmin"]
