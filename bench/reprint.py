"""A report printed again from the picture of a month: with that picture alone on file, and among those of 120 months.

The roster of persons of one village is laid out and written as a workbook. The other pictures are copies of the first:
what they say makes no difference, how many rows lie beside those that are read does.
"""

import time
from typing import Final

from django.db import connection

from bench.freeze import DAY
from bench.ground import PLACES, TENANT_ID, bench_actor, gather_statistics
from bench.measure import LEAST_ROUNDS, Goal, Result, judge
from periods.domain.fill_sql import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, VILLAGE_COLUMNS
from periods.domain.freezing import fill_snapshot, mark_made
from periods.enums import SnapshotPurpose
from periods.models import Snapshot
from registry.tenancy.scope import tenant_scope
from reports.catalogue.base import Picture, reports
from reports.renderers.formats import render

MONTHS: Final = 120
ROUNDS: Final = LEAST_ROUNDS + 2
GOAL: Final = Goal("at most 1.5 times the time with one picture on file", of_limit=1.5)
_TABLES: Final = {
    "periods_frozenhousehold": HOUSEHOLD_COLUMNS,
    "periods_frozenperson": PERSON_COLUMNS,
    "periods_frozenvillage": VILLAGE_COLUMNS,
}
_OWN: Final = {"id": "gen_random_uuid()", "snapshot_id": "%(copy)s"}


def run() -> list[Result]:
    """Print with one picture, add the others, and print again."""
    with tenant_scope(bench_actor()) as actor:
        first = Snapshot.objects.create(purpose=SnapshotPurpose.QUESTION, as_of=DAY, scope_code=PLACES[0])
        fill_snapshot(first, actor=actor)
        mark_made(first)
    gather_statistics()
    alone = [_printed(first) for _round in range(ROUNDS)][1:]
    for _month in range(MONTHS - 1):
        _copy(first)
    gather_statistics()
    among = [_printed(first) for _round in range(ROUNDS)][1:]
    note = f"{first.persons} persons of a village; {MONTHS} pictures of it hold {MONTHS * first.persons} rows"
    return [judge("reprint among 120 months", {"ours": among, "limit": alone}, goal=GOAL, unit="s", note=note)]


def _printed(snapshot: Snapshot) -> float:
    with tenant_scope(bench_actor()) as actor:
        began = time.perf_counter()
        picture = Picture(as_of=DAY, area_code=snapshot.scope_code, snapshot_id=snapshot.pk)
        layout = reports()["person-roster"].layout(picture, actor=actor, language="zh")
        size = len(render(layout, "xlsx").content)
        seconds = time.perf_counter() - began
    print(f"  reprint: {seconds:.3f} s, {size} bytes", flush=True)
    return seconds


def _copy(first: Snapshot) -> None:
    """Make another picture with the same rows."""
    with tenant_scope(bench_actor()):
        copy = Snapshot.objects.create(purpose=SnapshotPurpose.QUESTION, as_of=DAY, scope_code=first.scope_code)
        with connection.cursor() as cursor:
            for table, columns in _TABLES.items():
                taken = ", ".join(_OWN.get(name, name) for name in columns)
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken} FROM {table}"
                    " WHERE tenant_id = %(tenant)s AND snapshot_id = %(first)s",
                    {"copy": copy.pk, "first": first.pk, "tenant": TENANT_ID},
                )
        copy.checksum = first.checksum
        mark_made(copy)
