"""Which months have a clear account."""

from collections.abc import Collection
from uuid import UUID

from registry.lib.periods import Month
from reports.definitions.account import REPORT_ID
from reports.enums import RunState
from reports.models import ReportRun


def accounts_of(months: Collection[Month]) -> dict[Month, UUID]:
    """Give the latest finished account of each month, by one query; only who sees the whole county sees any."""
    days = [month.first_day for month in months]
    rows = ReportRun.objects.filter(report_id=REPORT_ID, month__in=days, state=RunState.FINISHED)
    return {Month.of(day): run_id for day, run_id in rows.order_by("edition").values_list("month", "id")}
