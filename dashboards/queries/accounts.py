"""What the clear accounts of past months said when they were reported, beside what is known of these months today."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from households.enums import Stock
from registry.lib.periods import Month
from registry.tenancy.context import current_tenant_id
from reports.definitions.account import REPORT_ID
from reports.enums import RunState
from reports.models import ReportRun

# Only the closing figures of one division are taken out of the figures of each account.
_CLOSINGS: Final = """
SELECT run.id, stock.key,
       (line.value -> 'closing' ->> 'households')::int, (line.value -> 'closing' ->> 'persons')::int
FROM reports_reportrun AS run
CROSS JOIN LATERAL jsonb_each(run.figures -> 'accounts') AS stock
CROSS JOIN LATERAL jsonb_array_elements(stock.value) AS line
WHERE run.tenant_id = %(tenant)s AND run.id = ANY(%(runs)s) AND line.value -> 'division' ->> 'code' = %(code)s
"""


@dataclass(frozen=True, slots=True)
class Reported:
    """The latest account of a month: its run, edition, and what each stock closed at, in households and persons."""

    run_id: UUID
    edition: int
    closings: Mapping[Stock, tuple[int, int]]


def accounts_of(months: Collection[Month], code: str) -> dict[Month, Reported]:
    """Give the latest finished account of each month with the figures of a division, by two queries.

    Only who sees the whole county sees any.
    """
    days = [month.first_day for month in months]
    rows = ReportRun.objects.filter(report_id=REPORT_ID, month__in=days, state=RunState.FINISHED)
    by_edition = rows.order_by("edition").values_list("month", "id", "edition")
    editions = {Month.of(day): (run_id, edition) for day, run_id, edition in by_edition if edition is not None}
    latest = {run_id: (month, edition) for month, (run_id, edition) in editions.items()}
    closings: dict[UUID, dict[Stock, tuple[int, int]]] = {run_id: {} for run_id in latest}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSINGS, {"tenant": current_tenant_id(), "runs": list(latest), "code": code})
        for run_id, stock, households, persons in cursor.fetchall():
            closings[run_id][Stock(stock)] = (households, persons)
    return {month: Reported(run_id, edition, closings[run_id]) for run_id, (month, edition) in latest.items()}
