"""A province: 74 counties with 250,000 households, each frozen for a month, its clear account made and published.

One county is registered by the product's verb; the others are copies of its rows under other codes, since what is
measured is not the registering. The jobs are done one after the other, as one worker process does them.
`BENCH_COUNTIES` sets their number, `BENCH_PROVINCE_HOUSEHOLDS` that of the households.
"""

import os
import time
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import connection

from bench.ground import DATA_DATE, drafts, gather_statistics
from bench.measure import Goal, Result, judge
from households.domain.register import register_households
from households.enums import PostingKind
from periods.domain.periods import publish_period
from registry import jobs
from registry.enums import JobState, Role
from registry.lib.periods import Month
from registry.models import Job, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.runs import start_run
from reports.models import ReportRun
from villages.models import Village

COUNTIES: Final = int(os.environ.get("BENCH_COUNTIES", "74"))
HOUSEHOLDS: Final = int(os.environ.get("BENCH_PROVINCE_HOUSEHOLDS", "250000"))
MONTH: Final = Month(2020, 12)
MOST_MINUTES: Final = 60.0
GOAL: Final = Goal("in minutes, by one worker: within an hour", of_limit=1.0)
FIRST: Final = 1000
# The rows of a county that a freeze and an account read; the tables in the order of their links.
TABLES: Final = (
    "villages_village",
    "households_household",
    "households_person",
    "households_membership",
    "households_householdspell",
    "households_monitoringspell",
    "households_householdyear",
    "households_personyear",
    "households_posting",
)
# Columns that hold a code of the county, and those that are keyed by the county's own secrets or claimed among all.
CODES: Final = frozenset({"scope_code", "village_code", "code"})
LEFT_OUT: Final = frozenset({"claim_index"})


def run() -> list[Result]:
    """Fill the province, then freeze and report county by county."""
    counties = [_county(number) for number in range(COUNTIES)]
    _fill(counties[0])
    for county in counties[1:]:
        _copy(counties[0], county)
    gather_statistics()
    began = time.perf_counter()
    for number, county in enumerate(counties, start=1):
        _report(county)
        print(f"  {number} of {COUNTIES} counties after {time.perf_counter() - began:.0f} s", flush=True)
    minutes = (time.perf_counter() - began) / 60
    households = _households_of(counties)
    note = f"{COUNTIES} counties with {households} households, account made and published, one worker, one round"
    figures = {"ours": [minutes], "limit": [MOST_MINUTES]}
    return [judge("a province frozen and reported", figures, goal=GOAL, unit="min", note=note)]


def _county(number: int) -> Actor:
    code = f"63{number // 99 + 1:02}{number % 99 + 1:02}000000"
    tenant = Tenant.objects.create(pk=FIRST + number, code=code, name=f"示例县{number}")
    return county_actor(tenant, origin="bench")


def _clerk(county: Actor) -> Actor:
    return Actor(None, "bench", Role.COUNTY_OFFICE, county.tenant_id, county.tenant_code, county.ranges, "bench")


def _fill(county: Actor) -> None:
    """Register the first county by the product's verb, in villages of its own."""
    chosen = HOUSEHOLDS // COUNTIES
    with tenant_scope(_clerk(county)) as actor:
        rows = [
            replace(draft, village_code=f"{actor.tenant_code[:6]}{draft.village_code[6:]}")
            for draft in drafts(range(chosen))
        ]
        codes = sorted({draft.village_code for draft in rows})
        Village.objects.bulk_create([Village(code=code, scope_code=code, name=f"示例村{code[7:]}") for code in codes])
        register_households(rows, actor=actor, on=DATA_DATE, kind=PostingKind.TAKEOVER, reason="bench")
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS first_{table} AS SELECT * FROM {table}")


def _copy(first: Actor, county: Actor) -> None:
    """Write the rows of the first county under the codes of another one; ids are keys within a county alone."""
    before, after = first.tenant_code[:6], county.tenant_code[:6]
    with tenant_scope(county), connection.cursor() as cursor:
        for table in TABLES:
            names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            taken = [_value(name, before, after) for name in names if name not in LEFT_OUT]
            kept = [name for name in names if name not in LEFT_OUT]
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(kept)}) SELECT {', '.join(taken)} FROM first_{table}",
                {"tenant": county.tenant_id},
            )


def _value(name: str, before: str, after: str) -> str:
    if name == "tenant_id":
        return "%(tenant)s"
    if name in CODES:
        return f"'{after}' || substr({name}, {len(before) + 1})"
    return name


def _report(county: Actor) -> None:
    """Ask for the account of the month, do the jobs that it takes, and publish the month to those above."""
    with tenant_scope(county) as actor:
        asked = start_run(REPORT_ID, MONTH, actor=actor)
    _work(county)
    with tenant_scope(_clerk(county)) as actor:
        run = ReportRun.objects.get(pk=asked.pk)
        if run.period_id is None or not run.is_finished:
            raise RuntimeError(f"The account of {county.tenant_code} was not made.")
        publish_period(run.period_id, actor=actor)
    _work(county)


def _work(county: Actor) -> None:
    while (job_id := _waiting(county)) is not None:
        jobs.run(county.tenant_id, job_id)


def _waiting(county: Actor) -> UUID | None:
    with tenant_scope(county):
        return Job.objects.filter(state=JobState.QUEUED).order_by("id").values_list("id", flat=True).first()


def _households_of(counties: list[Actor]) -> int:
    total = 0
    for county in counties:
        with tenant_scope(county), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM households_household WHERE tenant_id = %s", [county.tenant_id])
            total += cursor.fetchone()[0]
    return total
