"""A county claims 250,000 identities at once, while its neighbour claims as many and one in a hundred is the same.

Ours is the product's function: it counts, enters, waits for others row by row, and looks up who else claims the same.
The limit enters the same rows in a table of the same shape, by COPY to a temporary table and INSERT … SELECT, and asks
nothing. Each run is undone, and the tables are vacuumed as the owner role, so that every run meets the same claims.

The goal is half of the limit: each index is looked for twice, once to enter it and once for the answer, where the limit
only enters it.
"""

import hashlib
import time
from contextlib import suppress
from functools import cache
from typing import Final

import psycopg
from django.db import connection

from bench.ground import HOUSEHOLDS, TENANT_ID, bench_actor
from bench.measure import Goal, Result, compare
from config import env
from registry.domain.claims import claim_identities
from registry.tenancy.scope import tenant_scope

IDENTITIES: Final = HOUSEHOLDS * 25 // 6
SHARED_OF: Final = 100
NEIGHBOUR: Final = 902
GOAL: Final = Goal("at least half of the limit: each is looked for twice", of_limit=0.5)
TABLES: Final = ("registry_identityclaim", "bench_claim")
FILL: Final = "INSERT INTO {} (index, tenants) SELECT index, ARRAY[%s::integer] FROM unnest(%s::bytea[]) AS one (index)"


class _Undo(Exception):
    """Leave the scope and take everything back."""


def run() -> list[Result]:
    """Measure ours and the limit in turn."""
    with owner() as plain:
        plain.execute("CREATE TABLE bench_claim (index bytea PRIMARY KEY, tenants integer[] NOT NULL)")
        for table in TABLES:
            plain.execute(f"DELETE FROM {table}")
            plain.execute(FILL.format(table), [NEIGHBOUR, neighbours()])
            plain.execute(f"ANALYZE {table}")
    try:
        note = f"{IDENTITIES} identities, {IDENTITIES // SHARED_OF} of them claimed by the neighbour too"
        return [compare("claims of identities", {"ours": ours, "limit": limit}, goal=GOAL, unit="/s", note=note)]
    finally:
        with owner() as plain:
            plain.execute("DROP TABLE bench_claim")
            plain.execute("TRUNCATE registry_identityclaim")


def ours() -> float:
    """Claim all by the product's function."""
    claimed = wanted()
    with suppress(_Undo), tenant_scope(bench_actor()):
        began = time.perf_counter()
        shared = claim_identities(claimed)
        seconds = time.perf_counter() - began
        if len(shared) != IDENTITIES // SHARED_OF:
            raise RuntimeError(f"{len(shared)} were found in both counties")
        raise _Undo
    sweep()
    return IDENTITIES / seconds


def limit() -> float:
    """Enter the rows by hand; those of both counties get the second county as well."""
    with owner() as plain, suppress(_Undo), plain.transaction():
        began = time.perf_counter()
        plain.execute("CREATE TEMPORARY TABLE ready (index bytea) ON COMMIT DROP")
        with plain.cursor() as cursor, cursor.copy("COPY ready FROM STDIN") as copy:
            for index in wanted():
                copy.write_row([index])
        plain.execute(
            "INSERT INTO bench_claim AS c (index, tenants) SELECT index, ARRAY[%s::integer] FROM ready"
            " ON CONFLICT (index) DO UPDATE SET tenants = c.tenants || excluded.tenants",
            [TENANT_ID],
        )
        seconds = time.perf_counter() - began
        raise _Undo
    sweep()
    return IDENTITIES / seconds


def sweep() -> None:
    """Vacuum, and begin a new day for what was asked, which no rollback takes back."""
    with owner() as plain:
        plain.execute(f"VACUUM {', '.join(TABLES)}")
        plain.execute("SELECT setval('registry_identityasked', 1)")


def owner() -> "psycopg.Connection[tuple[object, ...]]":
    """Connect as the owner role."""
    name = str(connection.settings_dict["NAME"])
    return psycopg.connect(env.OWNER_DATABASE_URL.read(), dbname=name, autocommit=True)


@cache
def wanted() -> list[bytes]:
    """Invent what the county claims."""
    return [_index(number) for number in range(IDENTITIES)]


@cache
def neighbours() -> list[bytes]:
    """Invent what the neighbour claims: one in a hundred is the county's too."""
    return [_index(number if number % SHARED_OF == 0 else -number) for number in range(IDENTITIES)]


def _index(number: int) -> bytes:
    """Give an index as keyed hashes are: a byte of its version, and 32 that nothing foretells."""
    return b"\x01" + hashlib.sha256(str(number).encode()).digest()
