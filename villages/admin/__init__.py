"""Pages of the villages on the admin site."""

from villages.admin.members import AbsenceAdmin, MemberAdmin
from villages.admin.teams import BatchAdmin, ContactAdmin, TaskAdmin, TeamAdmin
from villages.admin.units import UnitAdmin
from villages.admin.villages import VillageAdmin

__all__ = [
    "AbsenceAdmin",
    "BatchAdmin",
    "ContactAdmin",
    "MemberAdmin",
    "TaskAdmin",
    "TeamAdmin",
    "UnitAdmin",
    "VillageAdmin",
]
