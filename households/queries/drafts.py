# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""What is wrong with drafts, and how those on file differ from the register."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from households.enums import (
    AT_RISK,
    DEATH_REASON,
    HEAD_RELATION,
    TRANSFERRED,
    HouseholdStatus,
    MonitoringState,
    TransferDirection,
    TransferState,
    TransferSubject,
)


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One finding about a draft household, or one of its draft persons, by a stable code."""

    code: str
    household_id: UUID
    person_id: UUID | None


# The net income per person of a draft, in yuan a year.
NET_PER_HEAD: Final = """CASE WHEN d.is_declared THEN d.net_per_head_yuan ELSE round(
    (d.wage_income_yuan + d.business_income_yuan + d.property_income_yuan + d.transfer_income_yuan
     - d.business_cost_yuan) / nullif(d.person_count, 0), 2) END"""
_NEW: Final = "d.on_file_id IS NULL"
_PERSONS: Final = "FROM draft_person p JOIN draft_household d ON d.id = p.household_id"
_AT_RISK: Final = ", ".join(f"'{state}'" for state in sorted(AT_RISK))

# What only the other county's letter puts right.
SENT_AWAY: Final = "person_sent_away"
# code -> SELECT of (draft household, draft person or NULL); parameters tenant and on.
PROBLEMS: Final = {
    "village_unknown": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW} AND NOT EXISTS (
            SELECT FROM villages_village v WHERE v.tenant_id = %(tenant)s AND v.code = d.village_code)""",
    "number_twice": """
        SELECT d.id, NULL::uuid FROM draft_household d WHERE d.number IN (
            SELECT number FROM draft_household GROUP BY number HAVING count(*) > 1)""",
    "no_member": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW} AND NOT EXISTS (
            SELECT FROM draft_person p WHERE p.household_id = d.id)""",
    "no_head": f"""
        SELECT d.id, NULL::uuid {_PERSONS} WHERE {_NEW}
        GROUP BY d.id HAVING count(*) FILTER (WHERE p.relation_code = '{HEAD_RELATION}') = 0""",
    "two_heads": f"""
        SELECT d.id, NULL::uuid {_PERSONS} WHERE {_NEW}
        GROUP BY d.id HAVING count(*) FILTER (WHERE p.relation_code = '{HEAD_RELATION}') > 1""",
    "person_twice": f"""
        SELECT d.id, p.id {_PERSONS} WHERE {_NEW} AND p.document_index IN (
            SELECT document_index FROM draft_person WHERE document_index IS NOT NULL
            GROUP BY document_index HAVING count(*) > 1)""",
    "person_number_twice": f"""
        SELECT d.id, p.id {_PERSONS} WHERE {_NEW} AND p.number IN (
            SELECT number FROM draft_person WHERE number <> '' GROUP BY number HAVING count(*) > 1)""",
    "person_number_of_another": f"""
        SELECT d.id, p.id {_PERSONS} JOIN households_person f ON f.tenant_id = %(tenant)s AND f.number = p.number
        WHERE {_NEW} AND f.number <> '' AND f.id IS DISTINCT FROM p.on_file_id""",
    "person_in_another_household": f"""
        SELECT d.id, p.id {_PERSONS}
        JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.person_id = p.on_file_id
        WHERE {_NEW} AND daterange(m.starts_on, m.ends_on) && daterange(p.starts_on, NULL)
        AND NOT (p.starts_on IS NULL AND m.ends_on IS NOT NULL)""",
    "start_unknown": f"""
        SELECT DISTINCT d.id, p.id {_PERSONS}
        JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.person_id = p.on_file_id
        WHERE {_NEW} AND p.starts_on IS NULL AND m.ends_on IS NOT NULL""",
    "person_of_another_name": f"""
        SELECT d.id, p.id {_PERSONS} JOIN households_person f ON f.tenant_id = %(tenant)s AND f.id = p.on_file_id
        WHERE {_NEW} AND f.name <> p.name""",
    "person_dead": f"""
        SELECT DISTINCT d.id, p.id {_PERSONS}
        JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.person_id = p.on_file_id
        WHERE {_NEW} AND m.end_reason_code = '{DEATH_REASON}'""",
    # Of somebody without a document nothing but that transfer tells that both counties count the person.
    SENT_AWAY: f"""
        SELECT d.id, p.id {_PERSONS}
        JOIN households_person f ON f.tenant_id = %(tenant)s AND f.id = p.on_file_id AND f.is_placeholder
        CROSS JOIN LATERAL (
            SELECT m.household_id, m.ends_on, m.end_reason_code FROM households_membership m
            WHERE m.tenant_id = %(tenant)s AND m.person_id = f.id
            ORDER BY m.ends_on DESC NULLS FIRST, m.starts_on DESC NULLS LAST, m.id DESC LIMIT 1) AS last
        WHERE {_NEW} AND EXISTS (SELECT FROM households_transfer t
            WHERE t.tenant_id = %(tenant)s AND t.direction = '{TransferDirection.OUTGOING}'
            AND t.state = '{TransferState.DONE}' AND t.effective_on = last.ends_on
            AND ((t.subject = '{TransferSubject.PERSON}' AND t.person_id = f.id
                    AND t.leaving_code = last.end_reason_code)
                OR (t.subject = '{TransferSubject.HOUSEHOLD}' AND t.household_id = last.household_id
                    AND last.end_reason_code = '{TRANSFERRED}')))""",
    "starts_before_birth": f"""
        SELECT d.id, p.id {_PERSONS} WHERE {_NEW} AND p.starts_on < p.birth_on
        AND NOT (p.starts_precision = 'month' AND date_trunc('month', p.birth_on) = p.starts_on)""",
    "starts_after_the_day": f"SELECT d.id, p.id {_PERSONS} WHERE {_NEW} AND p.starts_on > %(on)s",
    "born_after_the_day": f"SELECT d.id, p.id {_PERSONS} WHERE {_NEW} AND p.birth_on > %(on)s",
    "identified_after_the_day": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW} AND d.identified_on > %(on)s""",
    "monitored_after_the_day": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW}
        AND (d.monitored_on > %(on)s OR d.risk_removed_on > %(on)s)""",
    "risk_removed_before_monitored": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW} AND d.monitoring_state = '{MonitoringState.REMOVED}'
        AND d.risk_removed_on < d.monitored_on""",
    "monitored_without_category": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW}
        AND (d.monitoring_state = '{MonitoringState.NONE}') <> (d.monitoring_code = '')""",
    "monitored_candidate": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW}
        AND d.status = '{HouseholdStatus.CANDIDATE}' AND d.monitoring_state <> '{MonitoringState.NONE}'""",
    "closed_from_the_start": f"""
        SELECT d.id, NULL::uuid FROM draft_household d WHERE {_NEW} AND d.status = '{HouseholdStatus.CLOSED}'""",
}

# The drafts on file that say something else than the register in what only a verb may change.
DIFFERENCES: Final = {
    "status_differs": """
        SELECT d.id, NULL::uuid FROM draft_household d
        JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = d.on_file_id WHERE h.status <> d.status""",
    "monitoring_differs": """
        SELECT d.id, NULL::uuid FROM draft_household d
        JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = d.on_file_id
        WHERE h.monitoring_code <> d.monitoring_code
        OR (h.monitoring_state IN ({at_risk})) <> (d.monitoring_state IN ({at_risk}))""",
    "village_differs": """
        SELECT d.id, NULL::uuid FROM draft_household d
        JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = d.on_file_id
        WHERE h.scope_code <> d.village_code""",
    "member_added": """
        SELECT d.id, p.id FROM draft_household d JOIN draft_person p ON p.household_id = d.id
        WHERE d.on_file_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM households_membership m WHERE m.tenant_id = %(tenant)s AND m.household_id = d.on_file_id
            AND m.person_id = p.on_file_id AND m.ends_on IS NULL)""",
    "relation_differs": """
        SELECT d.id, p.id FROM draft_household d JOIN draft_person p ON p.household_id = d.id
        JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = d.on_file_id
            AND m.person_id = p.on_file_id AND m.ends_on IS NULL
        WHERE m.relation_code <> p.relation_code""",
    "income_has_lines": f"""
        SELECT d.id, NULL::uuid FROM draft_household d
        JOIN households_householdyear y ON y.tenant_id = %(tenant)s AND y.household_id = d.on_file_id
            AND y.year = d.year
        WHERE {NET_PER_HEAD} <> y.net_per_head_yuan AND EXISTS (SELECT FROM households_incomeline l
            WHERE l.tenant_id = %(tenant)s AND l.household_id = d.on_file_id AND l.year = d.year)""",
    "income_counted_elsewhere": f"""
        SELECT d.id, NULL::uuid FROM draft_household d
        WHERE {NET_PER_HEAD} IS NOT NULL AND EXISTS (SELECT FROM households_householdyear o
            WHERE o.tenant_id = %(tenant)s AND o.household_id = d.on_file_id AND o.year <> d.year
            AND o.period_start < d.period_end AND d.period_start < o.period_end)""",
    "name_differs": """
        SELECT d.id, p.id FROM draft_household d JOIN draft_person p ON p.household_id = d.id
        JOIN households_person f ON f.tenant_id = %(tenant)s AND f.id = p.on_file_id
        WHERE d.on_file_id IS NOT NULL AND f.name <> p.name""",
}

_ABSENT: Final = """
SELECT d.id, m.person_id FROM draft_household d
JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = d.on_file_id AND m.ends_on IS NULL
WHERE NOT EXISTS (SELECT FROM draft_person p WHERE p.household_id = d.id AND p.on_file_id = m.person_id)
ORDER BY 1, 2"""


def draft_problems(*, tenant_id: int, on: date, by_letter: bool = False) -> list[DraftFinding]:
    """List what makes drafts of new households impossible; `match_drafts` has run before.

    Whom another county sends `by_letter` it may have got from here before.
    """
    asked = {code: statement for code, statement in PROBLEMS.items() if not (by_letter and code == SENT_AWAY)}
    return _findings(asked, {"tenant": tenant_id, "on": on})


def draft_differences(*, tenant_id: int) -> list[DraftFinding]:
    """List where drafts of households on file differ in status, monitoring, village or members: never applied."""
    return _findings(DIFFERENCES, {"tenant": tenant_id})


def absent_members(*, tenant_id: int) -> list[DraftFinding]:
    """List present members of households on file whom their drafts leave out; `person_id` is the register's."""
    with connection.cursor() as cursor:
        cursor.execute(_ABSENT, {"tenant": tenant_id})
        return [DraftFinding("member_absent", household, person) for household, person in cursor.fetchall()]


def _findings(statements: dict[str, str], values: dict[str, int | date]) -> list[DraftFinding]:
    """Run all statements as one, so that it is one round trip."""
    union = " UNION ALL ".join(
        f"SELECT '{code}', * FROM ({statement.format(at_risk=_AT_RISK)}) AS found (household_id, person_id)"
        for code, statement in statements.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY 2, 3, 1", values)
        return [DraftFinding(*row) for row in cursor.fetchall()]
