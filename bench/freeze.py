"""The freeze of a county: ours with checksum, and one statement by hand that copies the same facts into the same rows.

Both write a picture in a transaction that sees one moment, and are rolled back, so that every round finds the same
tables. The memory of the server's process for ours is noted.
"""

import time
from pathlib import Path
from typing import Final

from django.db import connection

from bench.ground import COUNTY_CODE, TENANT_ID, bench_actor
from bench.measure import Goal, Result, compare
from periods.domain.fill_sql import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, VILLAGE_COLUMNS
from periods.domain.freezing import fill_snapshot
from periods.enums import SnapshotPurpose
from periods.models import Snapshot
from registry.lib.periods import Month
from registry.tenancy.scope import snapshot_scope

DAY: Final = Month(2020, 12).last_day
GOAL: Final = Goal("at most 3 times one hand-written statement that copies the same facts", of_limit=3.0)
_ON: Final = "(starts_on IS NULL OR starts_on <= '2020-12-31') AND (ends_on IS NULL OR ends_on > '2020-12-31')"
_OWN: Final = {
    "id": "gen_random_uuid()",
    "tenant_id": "%(tenant)s",
    "scope_code": "s.village_code",
    "snapshot_id": "%(snapshot)s",
}
_HOUSEHOLD: Final = _OWN | {
    "household_id": "h.id",
    "village_code": "s.village_code",
    "status": "s.status",
    "stock": "CASE WHEN s.status = 'lifted' THEN 'lifted' WHEN s.status IN ('filed', 'returned') "
    "THEN 'not_lifted' ELSE '' END",
    "is_monitored": "o.id IS NOT NULL",
    "monitoring_state": "h.monitoring_state",
    "monitored_on": "o.starts_on",
    "monitored_precision": "coalesce(o.starts_precision, '')",
    "risk_removed_on": "NULL::date",
    "removal_code": "''",
    "head_person_id": "m.head",
    "person_count": "coalesce(m.persons, 0)",
    "labour_count": "coalesce(m.able, 0)",
    "worker_count": "coalesce(m.working, 0)",
    "post_count": "coalesce(m.posts, 0)",
    "cover": "CASE WHEN d.helper_id IS NOT NULL THEN 'helper' WHEN d.id IS NOT NULL THEN 'stand_in' ELSE 'none' END",
    "has_helper": "d.helper_id IS NOT NULL",
    "measure_count": "coalesce(a.n, 0)",
    "development_measure_count": "coalesce(a.developing, 0)",
    "partner_count": "coalesce((SELECT count(*) FROM partners_partnerlink l WHERE l.tenant_id = %(tenant)s "
    "AND l.household_id = h.id), 0)",
    "share_count": "coalesce((SELECT sum(share_count) FROM economy_shareholding l WHERE l.tenant_id = %(tenant)s "
    "AND l.household_id = h.id), 0)",
    "income_year": "i.year",
    "income_from": "i.period_start",
    "income_until": "i.period_end",
    "income_person_count": "i.person_count",
    "facts_year": "y.year",
    "monitoring_code": "coalesce(o.category_code, '')",
}
_OF_INCOME: Final = (
    "wage_income_yuan",
    "business_income_yuan",
    "property_income_yuan",
    "transfer_income_yuan",
    "business_cost_yuan",
    "net_per_head_yuan",
    "is_declared",
)
_OF_HOUSEHOLD: Final = (
    "number",
    "group_name",
    "standard_code",
    "attribute_code",
    "main_cause_code",
    "other_cause_codes",
    "identified_on",
    "identified_precision",
    "is_servicemans_family",
    "planned_lifting_year",
)
_OF_PERSON: Final = (
    "number",
    "sex_code",
    "birth_on",
    "birth_precision",
    "document_code",
    "is_placeholder",
    "disability_category_code",
    "disability_grade_code",
)
_OF_MEMBER: Final = ("person_id", "household_id", "relation_code", "starts_on", "starts_precision")
_OF_VILLAGE: Final = (
    "name",
    "priority_codes",
    "natural_village_count",
    "attribute_code",
    "direction_code",
    "terrain_code",
    "longitude",
    "latitude",
)


def _year(name: str) -> str:
    if name == "health_codes":
        return "coalesce(y.health_codes, '{}')"
    return f"coalesce(y.{name}, '')" if name.endswith("_code") else f"y.{name}"


def _household(name: str) -> str:
    if name in _HOUSEHOLD:
        return _HOUSEHOLD[name]
    if name in _OF_INCOME:
        return f"i.{name}"
    return f"h.{name}" if name in _OF_HOUSEHOLD else _year(name)


def _person(name: str) -> str:
    own = _OWN | {
        "village_code": "s.village_code",
        "facts_year": "y.year",
        "is_able_to_work": "y.skill_code NOT IN ('3', '4') AND (p.birth_on IS NULL OR p.birth_on <= '2004-12-31')",
        "works_now": "w.person_id IS NOT NULL",
        "has_post": "false",
    }
    if name in own:
        return own[name]
    if name in _OF_MEMBER:
        return f"m.{name}"
    return f"p.{name}" if name in _OF_PERSON else _year(name)


def _village(name: str) -> str:
    own = _OWN | {
        "scope_code": "v.code",
        "village_id": "v.id",
        "village_code": "v.code",
        "has_team": "EXISTS (SELECT FROM villages_workteam t WHERE t.tenant_id = %(tenant)s AND t.village_id = v.id)",
        "team_member_count": "0",
        "ledger_income_yuan": "e.taken",
        "ledger_aid_yuan": "NULL::numeric",
        "income_goal_yuan": "50000",
        "facts_year": "y.year",
    }
    if name in own:
        return own[name]
    return f"v.{name}" if name in _OF_VILLAGE else f"y.{name}"


_WORKING: Final = """(
    SELECT person_id FROM households_workrecord WHERE tenant_id = %(tenant)s AND NOT is_planned
        AND starts_on <= '2020-12-31' AND coalesce(ends_on, make_date(year + 1, 1, 1)) > '2020-12-31'
    UNION
    SELECT person_id FROM livelihoods_postholding WHERE tenant_id = %(tenant)s
        AND starts_on <= '2020-12-31' AND ends_on > '2020-12-31'
)"""
BY_HAND: Final = f"""
WITH spell AS MATERIALIZED (
    SELECT household_id, village_code, status FROM households_householdspell
    WHERE tenant_id = %(tenant)s AND status IN ('filed', 'returned', 'lifted', 'ordinary') AND {_ON}
), working AS MATERIALIZED {_WORKING},
facts AS MATERIALIZED (
    SELECT DISTINCT ON (person_id) * FROM households_personyear
    WHERE tenant_id = %(tenant)s AND year <= 2020 ORDER BY person_id, year DESC
), households AS (
    INSERT INTO periods_frozenhousehold ({", ".join(HOUSEHOLD_COLUMNS)})
    SELECT {", ".join(_household(name) for name in HOUSEHOLD_COLUMNS)}
    FROM spell s
    JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = s.household_id
    LEFT JOIN (
        SELECT b.household_id, count(*) AS persons, count(w.person_id) AS working, 0 AS posts,
            count(*) FILTER (WHERE f.skill_code NOT IN ('3', '4')
                AND (q.birth_on IS NULL OR q.birth_on <= '2004-12-31')) AS able,
            (array_agg(b.person_id) FILTER (WHERE b.relation_code = '01'))[1] AS head
        FROM households_membership b
        JOIN households_person q ON q.tenant_id = %(tenant)s AND q.id = b.person_id
        LEFT JOIN facts f ON f.person_id = b.person_id
        LEFT JOIN working w ON w.person_id = b.person_id
        WHERE b.tenant_id = %(tenant)s AND {_ON} GROUP BY b.household_id
    ) m ON m.household_id = h.id
    LEFT JOIN (
        SELECT DISTINCT ON (household_id) * FROM households_householdyear
        WHERE tenant_id = %(tenant)s AND year <= 2020 ORDER BY household_id, year DESC
    ) y ON y.household_id = h.id
    LEFT JOIN (
        SELECT DISTINCT ON (household_id) * FROM households_householdyear
        WHERE tenant_id = %(tenant)s AND year <= 2020 AND net_per_head_yuan IS NOT NULL
        ORDER BY household_id, year DESC
    ) i ON i.household_id = h.id
    LEFT JOIN (SELECT * FROM households_monitoringspell WHERE tenant_id = %(tenant)s AND {_ON}) o
        ON o.household_id = h.id
    LEFT JOIN (SELECT * FROM assistance_pairing WHERE tenant_id = %(tenant)s AND is_lead AND {_ON}) d
        ON d.household_id = h.id
    LEFT JOIN (
        SELECT household_id, count(*) AS n, count(*) FILTER (WHERE is_development) AS developing
        FROM assistance_measure WHERE tenant_id = %(tenant)s AND state_code <> '0' AND {_ON} GROUP BY household_id
    ) a ON a.household_id = h.id
    RETURNING 1
), persons AS (
    INSERT INTO periods_frozenperson ({", ".join(PERSON_COLUMNS)})
    SELECT {", ".join(_person(name) for name in PERSON_COLUMNS)}
    FROM spell s
    JOIN (SELECT * FROM households_membership WHERE tenant_id = %(tenant)s AND {_ON}) m
        ON m.household_id = s.household_id
    JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = m.person_id
    LEFT JOIN facts y ON y.person_id = m.person_id
    LEFT JOIN working w ON w.person_id = m.person_id
    RETURNING 1
), villages AS (
    INSERT INTO periods_frozenvillage ({", ".join(VILLAGE_COLUMNS)})
    SELECT {", ".join(_village(name) for name in VILLAGE_COLUMNS)}
    FROM villages_village v
    LEFT JOIN (
        SELECT DISTINCT ON (village_id) * FROM villages_villageyear
        WHERE tenant_id = %(tenant)s AND year <= 2020 ORDER BY village_id, year DESC
    ) y ON y.village_id = v.id
    LEFT JOIN (
        SELECT village_id, sum(amount_yuan) AS taken FROM economy_ledgerentry
        WHERE tenant_id = %(tenant)s AND kind = 'income' AND occurred_on BETWEEN '2020-01-01' AND '2020-12-31'
        GROUP BY village_id
    ) e ON e.village_id = v.id
    WHERE v.tenant_id = %(tenant)s RETURNING 1
)
SELECT (SELECT count(*) FROM households), (SELECT count(*) FROM persons), (SELECT count(*) FROM villages)
"""


class Undone(Exception):
    """Ends a round without keeping its rows."""


def run() -> list[Result]:
    """Measure both in turn, in the scope of the county's office as the plain role."""
    peak: list[int] = []
    variants = {"ours": lambda: _timed(_ours, peak), "limit": lambda: _timed(_by_hand, [])}
    result = compare("freeze of a county", variants, goal=GOAL, unit="s", rounds=5)
    note = f"ours with checksum; the server's process took {max(peak, default=0) // 1024} MB at the most"
    return [Result(**{**{name: getattr(result, name) for name in result.__slots__}, "note": note})]


def _timed(work: object, peak: list[int]) -> float:
    seconds = 0.0
    try:
        with snapshot_scope(bench_actor()):
            snapshot = Snapshot.objects.create(purpose=SnapshotPurpose.QUESTION, as_of=DAY, scope_code=COUNTY_CODE)
            began = time.perf_counter()
            work(snapshot)  # type: ignore[operator]  (one of the two functions below)
            seconds = time.perf_counter() - began
            peak.append(_server_memory())
            raise Undone
    except Undone:
        return seconds


def _ours(snapshot: Snapshot) -> None:
    fill_snapshot(snapshot, actor=bench_actor())
    print(f"  {snapshot.households} households, {snapshot.persons} persons, {snapshot.villages} villages", flush=True)


def _by_hand(snapshot: Snapshot) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"tenant": TENANT_ID, "snapshot": snapshot.pk})
        print(f"  by hand {cursor.fetchone()}", flush=True)


def _server_memory() -> int:
    """Read the most memory that the server's process had, in kB; 0 where it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
