"""Bring households on file up to date from drafts: contacts and yearly facts, and nothing else."""

from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection

from households.domain import update_sql
from households.domain.refusals import constraint_refused
from registry.audit import record
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

_STATEMENTS: Final = (
    update_sql.HOUSEHOLD_CONTACTS,
    update_sql.HOUSEHOLD_YEARS,
    update_sql.PERSON_CONTACTS,
    update_sql.PERSON_YEARS,
)


class _OnlyLooking(Exception):
    """Leaves the savepoint of a preview."""


def update_contacts_and_years(*, actor: Actor, reason: str) -> frozenset[UUID]:
    """Write telephone, bank account and yearly facts of the draft tables to the households on file that differ.

    Status, monitoring, village and members stay as they are. Gives the ids of the changed households; each counts its
    version up once. `match_drafts` has run before. Locks: the households on file.
    """
    changed = _write(actor)
    if changed:
        record(
            "households.update_contacts_and_years",
            actor=actor,
            reason=reason,
            count=len(changed),
            object_type="households.household",
        )
    return changed


def households_that_would_change(*, actor: Actor) -> frozenset[UUID]:
    """Give the ids of the households that `update_contacts_and_years` would change, and leave everything as it is.

    It is done and undone, so that a preview and its application cannot disagree.
    """
    changed: frozenset[UUID] = frozenset()
    try:
        with savepoint():
            changed = _write(actor)
            raise _OnlyLooking
    except _OnlyLooking:
        return changed


def drafts_of_closed_years(*, actor: Actor) -> list[UUID]:
    """Give the drafts that tell something else of a year which the county has closed: it is not written.

    A closed year is corrected by a change request. `match_drafts` has run before.
    """
    with connection.cursor() as cursor:
        cursor.execute(update_sql.CLOSED_YEARS, {"tenant": actor.tenant_id})
        return [row[0] for row in cursor.fetchall()]


def _write(actor: Actor) -> frozenset[UUID]:
    changed: set[UUID] = set()
    try:
        with savepoint(), connection.cursor() as cursor:
            cursor.execute(update_sql.LOCK_HOUSEHOLDS, {"tenant": actor.tenant_id})
            for statement in _STATEMENTS:
                cursor.execute(statement, {"tenant": actor.tenant_id})
                changed.update(row[0] for row in cursor.fetchall())
            cursor.execute(update_sql.COUNT_VERSIONS_UP, {"tenant": actor.tenant_id, "ids": list(changed)})
    except IntegrityError as error:
        raise constraint_refused(error) from error
    return frozenset(changed)
