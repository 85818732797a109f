"""The month's clear account with its proof: ours from the ledger to checked figures, and one statement by hand.

Both give opening, flows by kind, the independent count of the rows, causes and coverage, for county, townships and
villages. Ours nets moves besides, names the divisions, assembles the lines, compares every closing figure with the
count, and looks at the report of the month before.
"""

import time
from typing import Final

from django.db import connection

from bench.ground import TENANT_ID, bench_actor
from bench.measure import Goal, Result, compare
from registry.lib.periods import Month
from registry.tenancy.scope import tenant_scope
from reports.domain.compiling import compile_figures

MONTH: Final = Month(2020, 12)
GOAL: Final = Goal("at most 1.5 times the hand-written statement", of_limit=1.5)
BY_HAND: Final = """
WITH flow AS (
    SELECT stock, CASE WHEN effective_on < '2020-12-01' THEN 'opening' ELSE kind END AS item,
           left(village_code, 9) AS township, village_code,
           sum(greatest(households_delta, 0)) AS h_in, sum(greatest(-households_delta, 0)) AS h_out,
           sum(greatest(persons_delta, 0)) AS p_in, sum(greatest(-persons_delta, 0)) AS p_out
    FROM households_posting WHERE tenant_id = %(tenant)s AND effective_on <= '2020-12-31' GROUP BY 1, 2, 3, 4
), seen AS (
    SELECT household_id, village_code, status, 0 AS person, false AS monitored,
           NULL AS cause, NULL::text[] AS others, NULL AS lead FROM households_householdspell
    WHERE tenant_id = %(tenant)s AND starts_on <= '2020-12-31' AND (ends_on IS NULL OR ends_on > '2020-12-31')
    UNION ALL
    SELECT household_id, NULL, NULL, 1, false, NULL, NULL, NULL FROM households_membership
    WHERE tenant_id = %(tenant)s AND (starts_on IS NULL OR starts_on <= '2020-12-31')
      AND (ends_on IS NULL OR ends_on > '2020-12-31')
    UNION ALL
    SELECT household_id, NULL, NULL, 0, true, NULL, NULL, NULL FROM households_monitoringspell
    WHERE tenant_id = %(tenant)s AND (starts_on IS NULL OR starts_on <= '2020-12-31')
      AND (ends_on IS NULL OR ends_on > '2020-12-31')
    UNION ALL
    SELECT id, NULL, NULL, 0, false, main_cause_code, other_cause_codes, NULL FROM households_household
    WHERE tenant_id = %(tenant)s
    UNION ALL
    SELECT household_id, NULL, NULL, 0, false, NULL, NULL, CASE WHEN helper_id IS NULL THEN 'stand_in' ELSE 'helper' END
    FROM assistance_pairing WHERE tenant_id = %(tenant)s AND is_lead
      AND (starts_on IS NULL OR starts_on <= '2020-12-31') AND (ends_on IS NULL OR ends_on > '2020-12-31')
), standing AS (
    SELECT max(status) AS status, max(village_code) AS village_code, left(max(village_code), 9) AS township,
           sum(person) AS persons, bool_or(monitored) AS monitored, max(cause) AS cause, max(others) AS others,
           min(lead) AS lead
    FROM seen GROUP BY household_id
), counted AS (
    SELECT CASE WHEN status = 'lifted' THEN 'lifted' ELSE 'not_lifted' END AS stock, township, village_code, persons
    FROM standing WHERE status IN ('filed', 'returned', 'lifted')
    UNION ALL
    SELECT 'monitored', township, village_code, persons FROM standing WHERE monitored AND status IS NOT NULL
)
SELECT stock, item, township, village_code, sum(h_in), sum(h_out), sum(p_in), sum(p_out) FROM flow
GROUP BY stock, item, GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT stock, 'counted', township, village_code, count(*), 0, sum(persons), 0 FROM counted
GROUP BY stock, GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'cause', cause, township, village_code, count(*), count(*) FILTER (WHERE status <> 'lifted'), 0, 0 FROM standing
WHERE status IN ('filed', 'returned', 'lifted') GROUP BY cause, GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'other', other, township, village_code, count(*), 0, 0, 0
FROM standing CROSS JOIN LATERAL unnest(others) AS other
WHERE status IN ('filed', 'returned', 'lifted') GROUP BY other, GROUPING SETS ((), (township), (township, village_code))
UNION ALL
SELECT 'coverage', coalesce(lead, 'none'), township, village_code, count(*), 0, 0, 0 FROM standing
WHERE status IS NOT NULL AND monitored OR status IN ('filed', 'returned') OR status = 'lifted' AND EXISTS (
    SELECT FROM assistance_supportperiod
    WHERE tenant_id = %(tenant)s AND starts_on <= '2020-12-31' AND ends_on > '2020-12-31')
GROUP BY coalesce(lead, 'none'), GROUPING SETS ((), (township), (township, village_code))
"""


def run() -> list[Result]:
    """Measure both in turn, in the scope of the county's office as the plain role."""
    variants = {"ours": ours, "limit": by_hand}
    note = "both with the independent count, causes and coverage; ours names divisions, assembles and compares"
    return [compare("clear account of a month", variants, goal=GOAL, unit="s", rounds=7, note=note)]


def ours() -> float:
    """Compile the month: draw up the account, prove it, count causes and coverage."""
    with tenant_scope(bench_actor()) as actor:
        began = time.perf_counter()
        compile_figures(MONTH, actor=actor)
        return time.perf_counter() - began


def by_hand() -> float:
    """Run one statement and fetch its rows."""
    with tenant_scope(bench_actor()), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(BY_HAND, {"tenant": TENANT_ID})
        cursor.fetchall()
        return time.perf_counter() - began
