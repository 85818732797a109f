"""The tables of assistance."""

from assistance.models.exit import ExitStandard, VillageExit
from assistance.models.help_visit import HelpVisit
from assistance.models.helper import Helper
from assistance.models.load import HelperLoad
from assistance.models.measure import Measure
from assistance.models.pairing import Pairing
from assistance.models.plan import HouseholdPlan, HouseholdPlanEdition, PlannedMeasure
from assistance.models.support import SupportPeriod
from assistance.models.visit_plan import VisitPlan

__all__ = [
    "ExitStandard",
    "HelpVisit",
    "Helper",
    "HelperLoad",
    "HouseholdPlan",
    "HouseholdPlanEdition",
    "Measure",
    "Pairing",
    "PlannedMeasure",
    "SupportPeriod",
    "VillageExit",
    "VisitPlan",
]
