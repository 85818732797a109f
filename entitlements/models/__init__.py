"""Tables of what is due and received."""

from entitlements.models.figure import PolicyFigure
from entitlements.models.finding import EntitlementFinding
from entitlements.models.policy import CountyPolicy

__all__ = ["CountyPolicy", "EntitlementFinding", "PolicyFigure"]
