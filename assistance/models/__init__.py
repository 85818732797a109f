"""The tables of assistance."""

from assistance.models.exit import ExitStandard, VillageExit
from assistance.models.helper import Helper
from assistance.models.measure import Measure
from assistance.models.pairing import Pairing
from assistance.models.support import SupportPeriod

__all__ = ["ExitStandard", "Helper", "Measure", "Pairing", "SupportPeriod", "VillageExit"]
