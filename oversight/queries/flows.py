"""What came into the stocks and went out of them in a period, by division, from the books of its months."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from households.enums import PostingKind
from oversight.definitions.figures import Numbers
from registry.tenancy.context import current_tenant_id

_MOVES: Final = f"('{PostingKind.MOVED_IN}', '{PostingKind.MOVED_OUT}')"
_CODE: Final = "coalesce(village_code, township || '000', %(county)s)"
_LEVELS: Final = "((), (township), (township, village_code))"
_PARTS: Final = ("households_in", "persons_in", "households_out", "persons_out")

# Of the first month of a county, what took effect before it is the opening and no flow: it is booked, and not late. A
# move within a division cancels there: in and out of one household on one day are netted before they are summed.
_STATEMENT: Final = f"""
WITH booked AS MATERIALIZED (
    SELECT posting.stock, posting.kind, posting.household_id, posting.effective_on, posting.village_code,
           left(posting.village_code, 9) AS township, posting.households_delta AS h, posting.persons_delta AS p,
           booking.is_late
    FROM periods_period AS month
    JOIN periods_booking AS booking ON booking.tenant_id = month.tenant_id AND booking.snapshot_id = month.snapshot_id
    JOIN households_posting AS posting ON posting.tenant_id = booking.tenant_id AND posting.id = booking.posting_id
    WHERE month.tenant_id = %(tenant)s AND month.id = ANY(%(periods)s)
      AND (posting.effective_on >= month.first_day OR booking.is_late)
), moves AS (
    SELECT stock, is_late, {_CODE} AS code, sum(h) AS h, sum(p) AS p FROM booked WHERE kind IN {_MOVES}
    GROUP BY stock, is_late, household_id, effective_on, GROUPING SETS {_LEVELS}
)
SELECT stock, kind, is_late, {_CODE}, coalesce(sum(h) FILTER (WHERE h > 0), 0)::bigint,
       coalesce(sum(p) FILTER (WHERE p > 0), 0)::bigint, coalesce(-sum(h) FILTER (WHERE h < 0), 0)::bigint,
       coalesce(-sum(p) FILTER (WHERE p < 0), 0)::bigint
FROM booked WHERE kind NOT IN {_MOVES} GROUP BY stock, kind, is_late, GROUPING SETS {_LEVELS}
UNION ALL
SELECT stock, 'moved', is_late, code, coalesce(sum(h) FILTER (WHERE h > 0), 0)::bigint,
       coalesce(sum(p) FILTER (WHERE p > 0), 0)::bigint, coalesce(-sum(h) FILTER (WHERE h < 0), 0)::bigint,
       coalesce(-sum(p) FILTER (WHERE p < 0), 0)::bigint
FROM moves GROUP BY stock, is_late, code
UNION ALL
SELECT '', 'booked', false, {_CODE}, count(*), count(*) FILTER (WHERE is_late), 0, 0
FROM booked GROUP BY GROUPING SETS {_LEVELS}
"""  # noqa: S608  (made of constants of ours only; values go as parameters)


def flows_of(periods: Sequence[UUID], *, county_code: str) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """Give the flows, and how many postings were booked and how many of them late, by division at all three levels.

    `periods` are the months of a period, or the campaign itself. Names: `<stock>_<kind>_<households|persons>_<in|out>`,
    without the kind the sum of all kinds, and with `late` for the kind those recorded late. Source: docs/ledger.md for
    the postings.
    """
    places: dict[str, Any] = {"tenant": current_tenant_id(), "periods": list(periods), "county": county_code}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, places)
        rows = cursor.fetchall()
    flows: dict[str, Numbers] = {}
    postings: dict[str, Numbers] = {}
    for stock, kind, is_late, code, *figures in rows:
        if not stock:
            postings[code] = {"booked": figures[0], "late": figures[1]}
            continue
        numbers = flows.setdefault(code, {})
        for part, value in zip(_PARTS, figures, strict=True):
            if value:
                sums = (f"{stock}_{kind}_{part}", f"{stock}_{part}", *([f"{stock}_late_{part}"] if is_late else []))
                for name in sums:
                    numbers[name] = numbers.get(name, 0) + value
    return flows, postings
