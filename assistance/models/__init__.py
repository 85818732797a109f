"""The tables of assistance."""

from assistance.models.helper import Helper
from assistance.models.measure import Measure
from assistance.models.pairing import Pairing
from assistance.models.support import SupportPeriod

__all__ = ["Helper", "Measure", "Pairing", "SupportPeriod"]
