"""The reports that there are."""

from dataclasses import dataclass
from typing import Final

from reports.definitions import account
from reports.definitions.text import Text


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its id, as it stands in schedules and addresses, and its title."""

    id: str
    title: Text


DYNAMIC_MANAGEMENT: Final = Report(account.REPORT_ID, account.TITLE)
REPORTS: Final = {report.id: report for report in (DYNAMIC_MANAGEMENT,)}
