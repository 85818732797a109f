"""The books of the periods: which postings a picture counts, and whether they close at what stands in it.

Source: docs/ledger.md for the postings, docs/periods.md for what is booked where.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from households.enums import Stock
from periods.enums import PeriodKind, PeriodState
from periods.models import Period, Snapshot
from registry.tenancy.context import current_tenant_id

# A row for each household and stock that it stands in.
COUNTED: Final = f"""
SELECT village_code, stock, 1 AS h, person_count AS p FROM periods_frozenhousehold
WHERE tenant_id = %(tenant)s AND snapshot_id = {{snapshot}} AND stock <> ''
UNION ALL
SELECT village_code, '{Stock.MONITORED}', 1, person_count FROM periods_frozenhousehold
WHERE tenant_id = %(tenant)s AND snapshot_id = {{snapshot}} AND is_monitored
"""  # noqa: S608  (made of constants of ours only; values go as parameters)

_BOOKED_BEFORE: Final = f"""
SELECT FROM periods_booking AS earlier JOIN periods_period AS month
    ON month.tenant_id = earlier.tenant_id AND month.snapshot_id = earlier.snapshot_id
WHERE earlier.tenant_id = posting.tenant_id AND earlier.posting_id = posting.id
  AND month.kind = '{PeriodKind.MONTH}' AND month.state IN ('{PeriodState.FROZEN}', '{PeriodState.PUBLISHED}')
"""

# A booking's id begins with the moment of its posting, so that ids lie in that order; the rest follows from posting and
# picture, so that a posting that is booked in two editions has two.
_BOOK: Final = """
INSERT INTO periods_booking (id, tenant_id, scope_code, snapshot_id, posting_id, is_late)
SELECT (left(encode(uuid_send(posting.id), 'hex'), 12)
        || left(encode(sha256(uuid_send(posting.id) || uuid_send(%(snapshot)s)), 'hex'), 20))::uuid,
       posting.tenant_id, posting.village_code, %(snapshot)s, posting.id,
       {late}
FROM households_posting AS posting
WHERE posting.tenant_id = %(tenant)s AND posting.effective_on <= %(last)s AND {which}
"""

_DIFFERENCES: Final = f"""
WITH posted AS (
    SELECT village_code, stock, sum(h)::bigint AS h, sum(p)::bigint AS p FROM ({{posted}}) AS line GROUP BY 1, 2
), counted AS (
    SELECT village_code, stock, sum(h)::bigint AS h, sum(p)::bigint AS p
    FROM ({COUNTED.format(snapshot="%(snapshot)s")}) AS line GROUP BY 1, 2
)
SELECT village_code, stock, coalesce(posted.h, 0), coalesce(posted.p, 0), coalesce(counted.h, 0), coalesce(counted.p, 0)
FROM posted FULL JOIN counted USING (village_code, stock)
WHERE (coalesce(posted.h, 0), coalesce(posted.p, 0)) <> (coalesce(counted.h, 0), coalesce(counted.p, 0))
ORDER BY village_code, stock
"""  # noqa: S608

_POSTED_IN_BOOKS: Final = f"""
SELECT posting.village_code, posting.stock, posting.households_delta AS h, posting.persons_delta AS p
FROM periods_booking AS booking JOIN households_posting AS posting
    ON posting.tenant_id = booking.tenant_id AND posting.id = booking.posting_id
WHERE booking.tenant_id = %(tenant)s AND booking.snapshot_id = %(snapshot)s
UNION ALL
{COUNTED.format(snapshot="%(former)s")}
"""  # noqa: S608

_POSTED_BY_DAY: Final = """
SELECT village_code, stock, households_delta AS h, persons_delta AS p
FROM households_posting WHERE tenant_id = %(tenant)s AND effective_on <= %(last)s
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A village and stock where the books close at other figures than the picture shows."""

    village_code: str
    stock: str
    posted_households: int
    posted_persons: int
    counted_households: int
    counted_persons: int


def book_postings(snapshot: Snapshot, period: Period) -> int:
    """Book into a picture what its period counts, and give the number of bookings; called by its freeze alone.

    A month counts every posting up to its last day that no earlier month counts; what took effect before its first day
    is late, but in the first month of the county, where it is the opening. A campaign counts what took effect in it.
    """
    month = period.kind == PeriodKind.MONTH
    late = "posting.effective_on < %(first)s AND %(former)s::uuid IS NOT NULL" if month else "false"
    which = f"NOT EXISTS ({_BOOKED_BEFORE})" if month else "posting.effective_on >= %(first)s"
    with connection.cursor() as cursor:
        cursor.execute(_BOOK.format(late=late, which=which), _places(snapshot, period))
        return int(cursor.rowcount)


def differences(snapshot: Snapshot, period: Period) -> list[Difference]:
    """Compare the closing figures by the books with the households that stand in the picture, village by village."""
    posted = _POSTED_IN_BOOKS if period.kind == PeriodKind.MONTH else _POSTED_BY_DAY
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES.format(posted=posted), _places(snapshot, period))
        return [Difference(*row) for row in cursor.fetchall()]


def _places(snapshot: Snapshot, period: Period) -> dict[str, int | UUID | date | None]:
    return {
        "tenant": current_tenant_id(),
        "snapshot": snapshot.pk,
        "former": snapshot.former_id,
        "first": period.first_day,
        "last": period.last_day,
    }
