"""The tables of data quality."""

from quality.models.finding import Exemption, Finding
from quality.models.parameter import RuleParameter
from quality.models.suspicion import SuspicionLayout, SuspicionLine, SuspicionList

__all__ = ["Exemption", "Finding", "RuleParameter", "SuspicionLayout", "SuspicionLine", "SuspicionList"]
