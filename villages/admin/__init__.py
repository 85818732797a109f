"""Pages of the villages on the admin site."""

from villages.admin.units import TeamAdmin, UnitAdmin
from villages.admin.villages import VillageAdmin

__all__ = ["TeamAdmin", "UnitAdmin", "VillageAdmin"]
