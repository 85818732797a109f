# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""How the drafts of a roster stand to the register, beyond what `households.queries.drafts` tells."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from households.enums import PostingKind

_ON_FILE: Final = "SELECT id, on_file_id FROM draft_household WHERE on_file_id IS NOT NULL"

# Every change of a household or of a person counts a version up.
_VERSIONS: Final = """
SELECT d.id, format('%%s/%%s/%%s', h.version, count(f.id), sum(f.version))
FROM draft_household d
JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = d.on_file_id
LEFT JOIN draft_person p ON p.household_id = d.id
LEFT JOIN households_person f ON f.tenant_id = %(tenant)s AND f.id = p.on_file_id
GROUP BY d.id, h.version"""

# Asked in the scope of the whole county, for an actor who sees a part of it.
_HOUSEHOLDS_ELSEWHERE: Final = """
SELECT d.id FROM draft_household d
JOIN households_household h ON h.tenant_id = %(tenant)s AND h.number = d.number
WHERE d.on_file_id IS NULL"""
_PERSONS_ELSEWHERE: Final = """
SELECT p.household_id, p.id FROM draft_person p
JOIN draft_household d ON d.id = p.household_id AND d.on_file_id IS NULL
JOIN households_person f ON f.tenant_id = %(tenant)s AND f.document_index = p.document_index
WHERE p.on_file_id IS NULL
UNION
SELECT p.household_id, p.id FROM draft_person p
JOIN draft_household d ON d.id = p.household_id AND d.on_file_id IS NULL
JOIN households_person f ON f.tenant_id = %(tenant)s AND f.number = p.number
WHERE p.on_file_id IS NULL AND p.number <> ''"""

_LEADS: Final = """
SELECT d.id, l.id IS NULL, f.name = d.helper_name AND u.name = d.helper_unit_name
    AND coalesce(f.phone_index, '') = coalesce(d.helper_phone_index, '')
FROM draft_household d
JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = d.on_file_id AND h.status <> 'closed'
LEFT JOIN assistance_pairing l ON l.tenant_id = %(tenant)s AND l.household_id = h.id AND l.is_lead
    AND (l.ends_on IS NULL OR l.ends_on > %(on)s)
LEFT JOIN assistance_helper f ON f.tenant_id = %(tenant)s AND f.id = l.helper_id
LEFT JOIN villages_unit u ON u.tenant_id = %(tenant)s AND u.id = f.unit_id
WHERE d.helper_name <> '' AND d.helper_unit_name <> ''"""

# A roster is a takeover where the villages have no household yet, or took theirs over on that very day.
_IS_TAKEOVER: Final = f"""
SELECT NOT EXISTS (SELECT FROM households_household h WHERE h.tenant_id = %(tenant)s
        AND h.scope_code IN (SELECT village_code FROM draft_household))
    OR EXISTS (SELECT FROM households_posting p WHERE p.tenant_id = %(tenant)s
        AND p.scope_code IN (SELECT village_code FROM draft_household)
        AND p.kind = '{PostingKind.TAKEOVER}' AND p.effective_on = %(on)s)"""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Draft households and persons whose numbers are on file where the actor does not see them."""

    households: list[UUID]
    persons: list[tuple[UUID, UUID]]


@dataclass(frozen=True, slots=True)
class Leads:
    """Draft households on file that have no lead helper, and those whom another helper leads."""

    unpaired: frozenset[UUID]
    differing: frozenset[UUID]


def households_on_file() -> dict[UUID, UUID]:
    """Give the draft households that are on file, with the ids of the register; `match_drafts` has run before."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_FILE)
        return dict(cursor.fetchall())


def versions_on_file(*, tenant_id: int) -> dict[UUID, str]:
    """Give for each draft household on file what changes whenever it, or one of the persons named, is changed."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, {"tenant": tenant_id})
        return dict(cursor.fetchall())


def numbers_elsewhere(*, tenant_id: int) -> Elsewhere:
    """Find drafts that `match_drafts` did not find in its scope, but which are on file in this one."""
    with connection.cursor() as cursor:
        cursor.execute(_HOUSEHOLDS_ELSEWHERE, {"tenant": tenant_id})
        households = [row[0] for row in cursor.fetchall()]
        cursor.execute(_PERSONS_ELSEWHERE, {"tenant": tenant_id})
        return Elsewhere(households, cursor.fetchall())


def lead_helpers(*, tenant_id: int, on: date) -> Leads:
    """Compare the helpers of the draft households on file with those who lead them on the day."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADS, {"tenant": tenant_id, "on": on})
        rows = cursor.fetchall()
    unpaired = frozenset(household for household, is_unpaired, _is_same in rows if is_unpaired)
    same = frozenset(household for household, _is_unpaired, is_same in rows if is_same)
    return Leads(unpaired, frozenset(row[0] for row in rows) - unpaired - same)


def posting_kind(*, tenant_id: int, on: date) -> PostingKind:
    """Say how the new households of the drafts are posted: a first roster is a takeover, a later one files."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_TAKEOVER, {"tenant": tenant_id, "on": on})
        return PostingKind.TAKEOVER if cursor.fetchone()[0] else PostingKind.FILED
