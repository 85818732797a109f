# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""The stocks on a day, counted twice: from the postings, and independently from spells and memberships."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from households.enums import STOCK_OF_STATUS
from registry.tenancy.context import current_tenant_id


@dataclass(frozen=True, slots=True, order=True)
class StockCount:
    """How many households and persons one stock holds in one village."""

    village_code: str
    stock: str
    households: int
    persons: int


_STOCK: Final = " ".join(f"WHEN '{status}' THEN '{stock}'" for status, stock in STOCK_OF_STATUS.items())
_COUNTED: Final = ", ".join(f"'{status}'" for status in STOCK_OF_STATUS)
_COVERS: Final = "(starts_on IS NULL OR starts_on <= %(day)s) AND (ends_on IS NULL OR ends_on > %(day)s)"

_COUNT: Final = f"""
WITH spell AS (
    SELECT household_id, village_code, status FROM households_householdspell
    WHERE tenant_id = %(tenant)s AND {_COVERS}
), members AS (
    SELECT household_id, count(*) AS persons FROM households_membership
    WHERE tenant_id = %(tenant)s AND {_COVERS} GROUP BY household_id
), counted AS (
    SELECT household_id, village_code, CASE status {_STOCK} END AS stock FROM spell WHERE status IN ({_COUNTED})
    UNION ALL
    SELECT household_id, village_code, 'monitored' FROM spell
    WHERE household_id IN (
        SELECT household_id FROM households_monitoringspell WHERE tenant_id = %(tenant)s AND {_COVERS})
)
SELECT village_code, stock, count(*), coalesce(sum(persons), 0)::bigint
FROM counted LEFT JOIN members USING (household_id)
GROUP BY village_code, stock ORDER BY village_code, stock"""

_POSTED: Final = """
SELECT village_code, stock, sum(households_delta)::bigint, sum(persons_delta)::bigint FROM households_posting
WHERE tenant_id = %(tenant)s AND effective_on <= %(day)s
    AND (%(known_at)s::timestamptz IS NULL OR recorded_at < %(known_at)s::timestamptz)
GROUP BY village_code, stock HAVING sum(households_delta) <> 0 OR sum(persons_delta) <> 0
ORDER BY village_code, stock"""


def stock_on(day: date) -> list[StockCount]:
    """Count the rows themselves: spells of status, spells of monitoring and memberships that cover the day."""
    return _run(_COUNT, day)


def posted_stock_on(day: date, *, known_at: datetime | None = None) -> list[StockCount]:
    """Add up the postings to the end of the day. It must equal `stock_on` on every day.

    With `known_at` only what was recorded before that moment counts: the stock of the day as a clerk saw it then,
    before later births, deaths and corrections were told.
    """
    return _run(_POSTED, day, known_at)


def _run(statement: str, day: date, known_at: datetime | None = None) -> list[StockCount]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": current_tenant_id(), "day": day, "known_at": known_at})
        return [StockCount(*row) for row in cursor.fetchall()]
