"""The tables of the oversight."""

from oversight.models.finding_count import FindingCount
from oversight.models.look import LookGrant

__all__ = ["FindingCount", "LookGrant"]
