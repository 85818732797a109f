"""The tables of the reports."""

from reports.models.delivery import Delivery
from reports.models.own import OwnReport
from reports.models.run import ReportRun
from reports.models.run_file import RunFile
from reports.models.schedule import ReportSchedule, ScheduleRecipient

__all__ = ["Delivery", "OwnReport", "ReportRun", "ReportSchedule", "RunFile", "ScheduleRecipient"]
