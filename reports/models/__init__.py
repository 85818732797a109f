"""The tables of the reports."""

from reports.models.address import OutsideAddress
from reports.models.bounce import Bounce
from reports.models.delivery import Delivery
from reports.models.own import OwnReport
from reports.models.run import ReportRun
from reports.models.run_file import RunFile
from reports.models.schedule import ReportSchedule, ScheduleOccasion, ScheduleRecipient

__all__ = [
    "Bounce",
    "Delivery",
    "OutsideAddress",
    "OwnReport",
    "ReportRun",
    "ReportSchedule",
    "RunFile",
    "ScheduleOccasion",
    "ScheduleRecipient",
]
