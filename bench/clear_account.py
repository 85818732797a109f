"""The clear account of a frozen month: ours from its books to checked figures, and one statement by hand.

Both give flows by kind, what was recorded late, closing, categories, causes and coverage, for county, townships and
villages, from the same frozen picture and books. Ours nets moves besides, names the divisions, assembles the lines, and
sees that each adds up and that no posting is left without a column.
"""

import time
from functools import cache
from typing import Final
from uuid import UUID

from django.db import connection

from bench.ground import TENANT_ID, bench_actor
from bench.measure import Goal, Result, compare
from periods.domain.freezes import finish_freeze, start_freeze, take_picture
from periods.domain.periods import month_of
from periods.models import Period
from periods.queries.periods import find_period
from periods.workflow import FIXED
from registry.jobs import Progress
from registry.lib.periods import Month
from registry.tenancy.scope import snapshot_scope, tenant_scope
from reports.queries.compiling import compile_figures

MONTH: Final = Month(2020, 12)
GOAL: Final = Goal("at most 1.5 times the hand-written statement", of_limit=1.5)
BY_HAND: Final = """
WITH flow AS (
    SELECT p.stock, p.kind, b.is_late, left(p.village_code, 9) AS township, p.village_code,
           sum(greatest(p.households_delta, 0)) AS h_in, sum(greatest(-p.households_delta, 0)) AS h_out,
           sum(greatest(p.persons_delta, 0)) AS p_in, sum(greatest(-p.persons_delta, 0)) AS p_out
    FROM periods_booking b JOIN households_posting p ON p.tenant_id = b.tenant_id AND p.id = b.posting_id
    WHERE b.tenant_id = %(tenant)s AND b.snapshot_id = %(snapshot)s AND (b.is_late OR p.effective_on >= %(first)s)
    GROUP BY 1, 2, 3, 4, 5
), standing AS MATERIALIZED (
    SELECT left(village_code, 9) AS township, village_code, stock, is_monitored, monitoring_code, main_cause_code,
           other_cause_codes, cover, person_count
    FROM periods_frozenhousehold WHERE tenant_id = %(tenant)s AND snapshot_id = %(snapshot)s
)
SELECT stock, kind, is_late, township, village_code, sum(h_in), sum(h_out), sum(p_in), sum(p_out) FROM flow
GROUP BY stock, kind, is_late, GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT stock, 'closing', false, township, village_code, count(*), 0, sum(person_count), 0 FROM standing
WHERE stock <> '' GROUP BY stock, GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'monitored', 'closing', false, township, village_code, count(*), 0, sum(person_count), 0 FROM standing
WHERE is_monitored GROUP BY GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'category', monitoring_code, stock <> '', township, village_code, count(*), 0, sum(person_count), 0 FROM standing
WHERE is_monitored GROUP BY monitoring_code, stock <> '', GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'cause', main_cause_code, stock = 'lifted', township, village_code, count(*), 0, sum(person_count), 0
FROM standing WHERE stock <> ''
GROUP BY main_cause_code, stock = 'lifted', GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'other', other, false, township, village_code, count(*), 0, sum(person_count), 0
FROM standing CROSS JOIN LATERAL unnest(other_cause_codes) AS other WHERE stock <> ''
GROUP BY other, GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'coverage', cover, false, township, village_code, count(*), 0, 0, 0 FROM standing
WHERE cover <> '' GROUP BY cover, GROUPING SETS ((), (township), (township, village_code))
"""


def run() -> list[Result]:
    """Measure both in turn, in the scope of the county's office as the plain role."""
    period_id = frozen_period()
    variants = {"ours": lambda: ours(period_id), "limit": lambda: by_hand(period_id)}
    note = "both from the frozen picture and its books; ours names divisions, assembles and checks the lines"
    return [compare("clear account of a month", variants, goal=GOAL, unit="s", rounds=7, note=note)]


@cache
def frozen_period() -> UUID:
    """Freeze the month as its job does, and give its period."""
    actor = bench_actor()
    with tenant_scope(actor):
        period = month_of(MONTH, actor=actor)
        if period.state in FIXED:
            return period.pk
        snapshot = start_freeze(period.pk, actor=actor)
    with snapshot_scope(actor):
        take_picture(snapshot.pk, actor=actor, progress=Progress())
    with tenant_scope(actor):
        finish_freeze(snapshot.pk, actor=actor, progress=Progress())
    return period.pk


def ours(period_id: UUID) -> float:
    """Draw up the account of the month, checked, with categories, causes and coverage."""
    with tenant_scope(bench_actor()) as actor:
        period = find_period(period_id)
        began = time.perf_counter()
        compile_figures(period, actor=actor)
        return time.perf_counter() - began


def by_hand(period_id: UUID) -> float:
    """Run one statement and fetch its rows."""
    with tenant_scope(bench_actor()), connection.cursor() as cursor:
        places = {
            "tenant": TENANT_ID,
            "snapshot": Period.objects.get(pk=period_id).snapshot_id,
            "first": MONTH.first_day,
        }
        began = time.perf_counter()
        cursor.execute(BY_HAND, places)
        cursor.fetchall()
        return time.perf_counter() - began
