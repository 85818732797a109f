# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Pair many households at once from the helper columns of the draft tables, by a few statements."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

_GIVEN: Final = "d.helper_name <> '' AND d.helper_unit_name <> ''"

_UNITS: Final = f"""
INSERT INTO villages_unit (id, tenant_id, scope_code, version, created_at, updated_at, name, level_code, uscc)
SELECT DISTINCT ON (d.helper_unit_name) d.id, %(tenant)s, %(county)s, 1, now(), now(), d.helper_unit_name, '', ''
FROM draft_household d WHERE {_GIVEN}
ORDER BY d.helper_unit_name, d.id
ON CONFLICT (tenant_id, name) DO NOTHING"""

_HELPERS: Final = f"""
INSERT INTO assistance_helper (id, tenant_id, scope_code, version, created_at, updated_at, name, unit_id,
    phone_sealed, phone_index)
SELECT DISTINCT ON (d.helper_name, u.id, d.helper_phone_index) d.id, %(tenant)s, %(county)s, 1, now(), now(),
    d.helper_name, u.id, d.helper_phone_sealed, d.helper_phone_index
FROM draft_household d
JOIN villages_unit u ON u.tenant_id = %(tenant)s AND u.name = d.helper_unit_name
WHERE {_GIVEN}
ORDER BY d.helper_name, u.id, d.helper_phone_index, d.id
ON CONFLICT (tenant_id, name, unit_id, phone_index) DO NOTHING"""

# A household that ever had a lead begins the next one on the day of the import: the time before is told already. The
# leads are read once before the first row is written: a scan for each household would pass over all rows just written.
# The households are named before they are looked up: the database holds that `coalesce` may leak, and beside the policy
# no index would answer it.
_PAIRINGS: Final = f"""
WITH leads AS MATERIALIZED (
    SELECT household_id, bool_or(ends_on IS NULL OR ends_on > %(on)s) AS lasts FROM assistance_pairing
    WHERE tenant_id = %(tenant)s AND is_lead GROUP BY household_id
), given AS MATERIALIZED (
    SELECT d.id, coalesce(d.on_file_id, d.id) AS household_id, d.helper_starts_on, d.helper_starts_precision,
        f.id AS helper_id
    FROM draft_household d
    JOIN villages_unit u ON u.tenant_id = %(tenant)s AND u.name = d.helper_unit_name
    JOIN assistance_helper f ON f.tenant_id = %(tenant)s AND f.unit_id = u.id AND f.name = d.helper_name
        AND coalesce(f.phone_index, '') = coalesce(d.helper_phone_index, '')
    WHERE {_GIVEN}
)
INSERT INTO assistance_pairing (id, tenant_id, scope_code, version, created_at, updated_at, household_id, helper_id,
    is_lead, starts_on, starts_precision, end_reason)
SELECT given.id, %(tenant)s, h.scope_code, 1, now(), now(), h.id, given.helper_id, true,
    CASE WHEN leads.household_id IS NOT NULL THEN %(on)s::date ELSE given.helper_starts_on END,
    CASE WHEN leads.household_id IS NOT NULL THEN 'day' ELSE given.helper_starts_precision END, ''
FROM given
JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = given.household_id
LEFT JOIN leads ON leads.household_id = given.household_id
WHERE h.status <> 'closed' AND leads.lasts IS NOT TRUE"""


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many rows a bulk assignment wrote."""

    units: int
    helpers: int
    pairings: int


def assign_helpers(*, actor: Actor, on: date, reason: str) -> Assigned:
    """Pair the households of the draft tables that have no lead with the helpers named there; the others stay.

    `apply_drafts` has run before. Units and helpers that are not on file are entered, known by name, and by name, unit
    and phone. Who leads already is changed by `hand_over` alone. Raises: NotAllowed, Conflict.
    """
    require(actor, "assistance.pair")
    values: dict[str, int | str | date] = {"tenant": actor.tenant_id, "county": actor.tenant_code, "on": on}
    try:
        with savepoint(), connection.cursor() as cursor:
            counts = []
            for statement in (_UNITS, _HELPERS, _PAIRINGS):
                cursor.execute(statement, values)
                counts.append(cursor.rowcount)
    except IntegrityError as error:
        message = _("A household has a lead helper from a later day. Choose a later day for the import.")
        raise Conflict("pairing.overlap", message) from error
    assigned = Assigned(*counts)
    if assigned.pairings:
        record(
            "assistance.assign_helpers",
            actor=actor,
            reason=reason,
            count=assigned.pairings,
            object_type="assistance.pairing",
        )
    return assigned
