"""The tables of the villages."""

from villages.models.team import WorkTeam
from villages.models.unit import Unit
from villages.models.village import FACILITIES, Village, VillageYear

__all__ = ["FACILITIES", "Unit", "Village", "VillageYear", "WorkTeam"]
