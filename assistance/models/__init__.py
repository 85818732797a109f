"""The tables of assistance."""

from assistance.models.help_visit import HelpVisit
from assistance.models.helper import Helper
from assistance.models.measure import Measure
from assistance.models.pairing import Pairing
from assistance.models.support import SupportPeriod
from assistance.models.visit_plan import VisitPlan

__all__ = ["HelpVisit", "Helper", "Measure", "Pairing", "SupportPeriod", "VisitPlan"]
