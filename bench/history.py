"""What history costs: the triggers that keep superseded versions switched on against off.

Bulk insert, bulk update and single save are the product's own verbs: a roster registered, a roster that changes
a fact of every household and person on file, and an amendment with its lock, its audit event and its commit. The
bare statement is measured too, without a goal: it says what a version costs where nothing else is done. Off means
that the owner role disables the triggers of history and no others.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Final

import psycopg
from django.db import connection
from psycopg import sql

from bench.ground import DATA_DATE, HOUSEHOLDS, TENANT_ID, bench_actor, drafts
from bench.measure import Goal, Result, Variant, compare
from config import env
from households.domain.amend import amend_household
from households.domain.drafts import HouseholdDraft, copy_drafts
from households.domain.register import match_drafts, register_households
from households.domain.update import update_contacts_and_years
from households.enums import PostingKind
from households.models import Household
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

KEEPERS: Final = r"""
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE tgname LIKE '%\_version\_update' OR tgname LIKE '%\_version\_delete' ORDER BY 1, 2
"""
UPDATES: Final = (
    "UPDATE households_household SET group_name = group_name || '一' WHERE tenant_id = %s",
    "UPDATE households_person SET name = name || '一' WHERE tenant_id = %s",
    "UPDATE households_householdyear SET net_per_head_yuan = net_per_head_yuan + 1 WHERE tenant_id = %s",
    "UPDATE households_personyear SET work_months = coalesce(work_months, 0) + 1 WHERE tenant_id = %s",
)
TABLES: Final = (
    "households_household",
    "households_person",
    "households_householdyear",
    "households_personyear",
    "registry_rowversion",
)
INSERTED: Final = min(HOUSEHOLDS, 2000)
UPDATED: Final = min(HOUSEHOLDS, 2000)
SAVES: Final = 200
OF_INSERT: Final = Goal("at most 10 % on a bulk insert", of_limit=1.1)
OF_UPDATE: Final = Goal("at most 1.6 times a bulk update", of_limit=1.6)
OF_BARE: Final = Goal("none asked: what a version costs by itself")
OF_SAVE: Final = Goal("at most 1.4 times a single save", of_limit=1.4)
_marks = count()


class _Undo(Exception):
    """Leave the scope and take everything back."""


def run() -> list[Result]:
    """Measure the three with the triggers on and off, in turn."""
    keepers = triggers()
    try:
        return [
            _measured("history, bulk insert", bulk_insert, OF_INSERT, keepers, f"{INSERTED} households registered"),
            _measured("history, bulk update", bulk_update, OF_UPDATE, keepers, f"{UPDATED} households, their persons"),
            _measured("history, bare update", bare_update, OF_BARE, keepers, f"four tables of {HOUSEHOLDS} households"),
            _measured("history, single save", single_save, OF_SAVE, keepers, f"{SAVES} amendments, each committed"),
        ]
    finally:
        switch("ENABLE", keepers)


def _measured(name: str, work: Variant, goal: Goal, keepers: list[tuple[str, str]], note: str) -> Result:
    def when(state: str) -> float:
        switch(state, keepers)
        return work()

    variants: dict[str, Callable[[], float]] = {"ours": partial(when, "ENABLE"), "limit": partial(when, "DISABLE")}
    return compare(name, variants, goal=goal, unit="s", rounds=7, note=note)


def bulk_insert() -> float:
    """Register households, and take them back."""
    new = list(drafts(range(HOUSEHOLDS, HOUSEHOLDS + INSERTED)))
    with undone() as actor:
        began = time.perf_counter()
        register_households(new, actor=actor, on=DATA_DATE, kind=PostingKind.TAKEOVER, reason="bench")
        seconds = time.perf_counter() - began
    return round(seconds, 6)


def bulk_update() -> float:
    """Bring a roster with other telephones, incomes and schooling over the households on file, and take it back."""
    changed = [_changed(draft) for draft in drafts(range(UPDATED))]
    with undone() as actor:
        began = time.perf_counter()
        copy_drafts(changed, tenant_id=actor.tenant_id)
        match_drafts(actor=actor)
        updated = update_contacts_and_years(actor=actor, reason="bench")
        seconds = time.perf_counter() - began
    if len(updated) != UPDATED:
        raise RuntimeError(f"{len(updated)} households were updated instead of {UPDATED}")
    return seconds


def _changed(draft: HouseholdDraft) -> HouseholdDraft:
    facts = replace(draft.facts, net_per_head_yuan=Decimal(9999)) if draft.facts else None
    members = tuple(replace(one, skill_code="2") for one in draft.members)
    return replace(draft, phone=f"178{draft.number[6:]}", facts=facts, members=members)


def bare_update() -> float:
    """Change every row of four tables, and take it back."""
    with undone(), connection.cursor() as cursor:
        began = time.perf_counter()
        for statement in UPDATES:
            cursor.execute(statement, [TENANT_ID])
        seconds = time.perf_counter() - began
    return round(seconds, 6)


def single_save() -> float:
    """Amend households one by one."""
    with tenant_scope(bench_actor()):
        chosen = list(Household.objects.order_by("id").values_list("id", "version")[:SAVES])
    mark = f"组{next(_marks)}"
    began = time.perf_counter()
    for household_id, version in chosen:
        with tenant_scope(bench_actor()) as actor:
            amend_household(household_id, {"group_name": mark}, actor=actor, version=version)
    return time.perf_counter() - began


@contextmanager
def undone() -> Iterator[Actor]:
    """Open the scope of the county, take back what was written, and sweep the tables."""
    with suppress(_Undo), tenant_scope(bench_actor()) as actor:
        yield actor
        raise _Undo
    with _owner() as plain:
        plain.execute(f"VACUUM {', '.join(TABLES)}")


def triggers() -> list[tuple[str, str]]:
    """Name the triggers of history with their tables. Raises: RuntimeError when there are none to measure."""
    with _owner() as plain:
        found = [(table, name) for table, name in plain.execute(KEEPERS)]
    if not found:
        raise RuntimeError("no table keeps its history")
    return found


def switch(state: str, keepers: list[tuple[str, str]]) -> None:
    """Turn the triggers on (`ENABLE`) or off (`DISABLE`)."""
    word = {"ENABLE": sql.SQL("ENABLE"), "DISABLE": sql.SQL("DISABLE")}[state]
    with _owner() as plain, plain.transaction():
        for table, name in keepers:
            statement = sql.SQL("ALTER TABLE {} {} TRIGGER {}")
            plain.execute(statement.format(sql.Identifier(table), word, sql.Identifier(name)))


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    with psycopg.connect(
        env.OWNER_DATABASE_URL.read(), dbname=str(connection.settings_dict["NAME"]), autocommit=True
    ) as plain:
        yield plain
