"""Tables of what is due and received."""

from entitlements.models.figure import PolicyFigure
from entitlements.models.finding import EntitlementFinding

__all__ = ["EntitlementFinding", "PolicyFigure"]
