"""Row-level security on against off: the household list, the roster import and the month's account.

Off means that the owner role disables the policies of every table of a county; the same code then runs as the same
role. The manager's condition on the tenant stays, so that both variants give the same rows.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

import psycopg
from django.db import connection
from psycopg import sql

from bench import clear_account, household_list, roster_import
from bench.ground import HOUSEHOLDS, TOKEN, page_addresses
from bench.measure import Goal, Result, Variant, compare
from config import env

# The ratio does not hang on the size of the roster; the whole one is measured in roster_import.
IMPORTED: Final = min(HOUSEHOLDS, int(os.environ.get("BENCH_IMPORTED", "10000")))
PROTECTED: Final = "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind IN ('r', 'p') ORDER BY relname"
OF_LIST: Final = Goal("at most 1.15 times the cost without row-level security", of_limit=1 / 1.15)
OF_IMPORT: Final = OF_LIST
OF_REPORT: Final = Goal("at most 1.3 times the time without row-level security", of_limit=1.3)


def run() -> list[Result]:
    """Measure the three with the policies on and off, in turn."""
    tables = protected_tables()
    try:
        return [_list(tables), _import(tables), _report(tables)]
    finally:
        switch("ENABLE", tables)


def _list(tables: list[str]) -> Result:
    ours, *_ = page_addresses(1)
    with household_list.server() as port:
        ask = household_list.rate(port, ours, {"Authorization": f"Bearer {TOKEN}"})
        return compare("row-level security, list", on_and_off(ask, tables), goal=OF_LIST, unit="requests/s")


def _import(tables: list[str]) -> Result:
    roster_import.prepare()

    note = f"{IMPORTED} households"
    variants = on_and_off(partial(roster_import.bring_in, IMPORTED), tables)
    return compare("row-level security, import", variants, goal=OF_IMPORT, unit="households/s", note=note)


def _report(tables: list[str]) -> Result:
    variants = on_and_off(partial(clear_account.ours, clear_account.frozen_period()), tables)
    return compare("row-level security, report", variants, goal=OF_REPORT, unit="s", rounds=7)


def on_and_off(work: Variant, tables: list[str]) -> dict[str, Variant]:
    """Give the work with the policies on (`ours`) and off (`limit`)."""

    def when(state: str) -> Callable[[], float]:
        def variant() -> float:
            switch(state, tables)
            return work()

        return variant

    return {"ours": when("ENABLE"), "limit": when("DISABLE")}


def protected_tables() -> list[str]:
    """Name the tables that row-level security guards, as the database says.

    Raises: RuntimeError when there are none, since then nothing would be measured.
    """
    with _owner() as plain:
        tables = [name for (name,) in plain.execute(PROTECTED)]
    if not tables:
        raise RuntimeError("no table has row-level security")
    return tables


def switch(state: str, tables: list[str]) -> None:
    """Turn the policies of the tables on (`ENABLE`) or off (`DISABLE`), in one transaction."""
    # A list of fixed words, so that nothing but these two reaches the statement.
    word = {"ENABLE": sql.SQL("ENABLE"), "DISABLE": sql.SQL("DISABLE")}[state]
    with _owner() as plain, plain.transaction():
        for table in tables:
            plain.execute(sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(sql.Identifier(table), word))


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:

    with psycopg.connect(
        env.OWNER_DATABASE_URL.read(), dbname=str(connection.settings_dict["NAME"]), autocommit=True
    ) as plain:
        yield plain
