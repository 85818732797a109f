"""The tables of the reports."""

from reports.models.address import OutsideAddress
from reports.models.bounce import Bounce
from reports.models.delivery import Delivery
from reports.models.run import ReportRun
from reports.models.schedule import ReportSchedule, ScheduleOccasion, ScheduleRecipient

__all__ = [
    "Bounce",
    "Delivery",
    "OutsideAddress",
    "ReportRun",
    "ReportSchedule",
    "ScheduleOccasion",
    "ScheduleRecipient",
]
