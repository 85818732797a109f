"""Rows of requests and grievances."""

from concerns.models.grievance import Grievance, GrievanceAnswer
from concerns.models.period import ConcernPeriod
from concerns.models.request import HelpRequest

__all__ = ["ConcernPeriod", "Grievance", "GrievanceAnswer", "HelpRequest"]
