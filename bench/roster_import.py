"""The roster of a county into an empty register: ours from the workbook to the last row, with every check.

The peer is django-import-export on a sample of the same rows. The limit writes the very rows that ours wrote, sealed
values ready made, by COPY to temporary tables and INSERT … SELECT as the role that serves, and checks nothing. Each run
is undone, and the tables are vacuumed as the owner role, so that every run meets the same register.
"""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Final

import psycopg
import xlsxwriter
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.ground import DATA_DATE, HOUSEHOLDS
from bench.measure import Goal, Result, compare
from bench.peers.sheets import import_sample
from config import env
from exchange.domain.applying import apply_batch
from exchange.domain.checking import check_batch
from exchange.domain.decisions import approve_roster, upload_roster
from exchange.sheets.invented import Village, invented_rows
from registry.enums import Role
from registry.jobs import Progress
from registry.lib.gbcode import subtree
from registry.models import Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from villages.models import Village as VillageRow

TENANT_ID: Final = 902
COUNTY_CODE: Final = "549902000000"
PLACES: Final = [f"5499021{township:02}2{village:02}" for township in range(6) for village in range(12)]
SAMPLE: Final = 150
GOAL: Final = Goal("at least 20 times the peer and 30 % of the limit", of_peer=20.0, of_limit=0.3)
# In the order of their links.
TABLES: Final = (
    "villages_unit",
    "assistance_helper",
    "households_household",
    "households_person",
    "households_membership",
    "households_householdspell",
    "households_monitoringspell",
    "households_householdyear",
    "households_personyear",
    "households_posting",
    "assistance_pairing",
)


class _Undo(Exception):
    """Leave the scope and take everything back."""


def run() -> list[Result]:
    """Measure ours, the peer and the limit in turn."""
    prepare()
    variants = {"ours": ours, "peer": peer, "limit": limit}
    header, *rows = roster_rows(HOUSEHOLDS)
    note = f"{len(rows)} persons with {len(header)} columns in a workbook (.xlsx)"
    return [compare("roster import", variants, goal=GOAL, unit="households/s", note=note)]


def prepare() -> None:
    """Open the empty county, and let the upload be as large as the roster."""
    settings.UPLOAD_LIMIT_BYTES = 1024**3
    _open_county()


def ours() -> float:
    """Bring in the whole roster."""
    return bring_in(HOUSEHOLDS)


def bring_in(households: int) -> float:
    """Upload, check and apply the workbook of so many households."""
    content = workbook(households)
    with undone() as actor:
        began = time.perf_counter()
        _import(content, actor, households)
        seconds = time.perf_counter() - began
    return households / seconds


def peer() -> float:
    """Import a sample of the same rows, preview included, and scale it."""
    with undone():
        began = time.perf_counter()
        import_sample(sample())
        seconds = time.perf_counter() - began
    return min(SAMPLE, HOUSEHOLDS) / seconds


def limit() -> float:
    """Write the final rows by hand."""
    rows = final_rows()
    with undone(), connection.cursor() as cursor:
        began = time.perf_counter()
        for table in TABLES:
            cursor.execute(f"CREATE TEMPORARY TABLE ready (LIKE {table}) ON COMMIT DROP")
            with cursor.copy("COPY ready FROM STDIN") as copy:
                copy.write(rows[table])
            cursor.execute(f"INSERT INTO {table} SELECT * FROM ready")
            cursor.execute("DROP TABLE ready")
        seconds = time.perf_counter() - began
    return HOUSEHOLDS / seconds


@contextmanager
def undone() -> Iterator[Actor]:
    """Open the scope of the empty county, take back what was written, and sweep."""
    with suppress(_Undo), tenant_scope(bench_actor()) as actor:
        yield actor
        raise _Undo
    _sweep()


def _sweep() -> None:
    """Vacuum, and begin a new day for the identities asked about among counties, which no rollback takes back."""
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(env.OWNER_DATABASE_URL.read(), dbname=name, autocommit=True) as plain:
        plain.execute(f"VACUUM {', '.join(TABLES)}")
        plain.execute("SELECT setval('registry_identityasked', 1)")


def _import(content: bytes, actor: Actor, households: int) -> None:
    batch = upload_roster(content, name="roster.xlsx", actor=actor)
    batch = check_batch(batch.pk, actor=actor, progress=Progress())
    approve_roster(batch.pk, actor=actor, version=batch.version)
    batch = apply_batch(batch.pk, actor=actor, progress=Progress())
    if batch.result["households"] != households:
        raise RuntimeError(f"{batch.result['households']} households were written instead of {households}")


@cache
def bench_actor() -> Actor:
    """Give a clerk of the empty county's office."""
    return Actor(None, "bench", Role.COUNTY_OFFICE, TENANT_ID, COUNTY_CODE, (subtree(COUNTY_CODE),), "bench")


def _open_county() -> None:
    if Tenant.objects.filter(pk=TENANT_ID).exists():
        return
    Tenant.objects.create(pk=TENANT_ID, code=COUNTY_CODE, name="第二示例县", opened_on=timezone.localdate())
    with tenant_scope(bench_actor()):
        VillageRow.objects.bulk_create(
            [VillageRow(code=code, scope_code=code, name=f"示例村{code}") for code in PLACES]
        )


@cache
def roster_rows(households: int) -> list[list[str]]:
    """Invent the roster: header and rows."""
    villages = [Village(code, f"示例村{code}", "") for code in PLACES]
    return list(invented_rows(COUNTY_CODE, villages, households=households, data_date=DATA_DATE))


@cache
def workbook(households: int) -> bytes:
    """Write the roster as offices do."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(roster_rows(households)):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell)
    return stream.getvalue()


@cache
def sample() -> list[list[str]]:
    """Take the rows of the first households, with the header."""
    header, *rows = roster_rows(HOUSEHOLDS)
    place = header.index("户编号")
    return [header, *(row for row in rows if int(row[place][6:]) <= SAMPLE)]


@cache
def final_rows() -> dict[str, bytes]:
    """Import once and keep the rows that came of it, as COPY writes them."""
    with undone() as actor, connection.cursor() as cursor:
        _import(workbook(HOUSEHOLDS), actor, HOUSEHOLDS)
        rows = {}
        for table in TABLES:
            query = f"SELECT * FROM {table} WHERE tenant_id = {TENANT_ID}"
            with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
                rows[table] = b"".join(copy)
    return rows
