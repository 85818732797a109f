"""The tables of assistance."""

from assistance.models.helper import Helper
from assistance.models.pairing import Pairing
from assistance.models.support import SupportPeriod

__all__ = ["Helper", "Pairing", "SupportPeriod"]
