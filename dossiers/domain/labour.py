"""Let open cases follow what is on file of the ability to work, whichever verb changed it.

Who is able, is gone, came, or grew to the working age is told by the register; nothing is typed into a case for it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from households.queries.labour import WITHOUT_LABOUR, WORKING_AGE
from registry.audit import on_event
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.context import current_tenant_id

# The verbs that change who lives in a household, how old they are, or what they are able to do.
_VERBS: Final = frozenset(
    {
        "households.add_person",
        "households.amend_person",
        "households.approve_change",
        "households.end_membership",
        "households.merge",
        "households.record_person_year",
        "households.record_visit",
        "households.reinstate_member",
        "households.split",
        "households.take_back",
    }
)
_HOUSEHOLDS_OF: Final = {
    "households.household": "SELECT unnest(%(objects)s::uuid[])",
    "households.person": "SELECT m.household_id FROM households_membership m"
    " WHERE m.tenant_id = %(tenant)s AND m.person_id = ANY(%(objects)s) AND m.ends_on IS NULL",
}
# The same question as `households.queries.labour.has_labour`, of all open cases at once: able where one is, unknown
# where one of the others is not known, else without. An unknown ability leaves what the lead stated.
_REFRESH: Final = """
WITH member AS (
    SELECT c.id AS case_id, CASE WHEN p.birth_on > (%(on)s::date - make_interval(years => %(age)s)) THEN false
        WHEN y.skill_code IS NULL THEN NULL ELSE y.skill_code <> ALL(%(without)s) END AS is_able
    FROM dossiers_monitoringcase c
    JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = c.household_id AND m.ends_on IS NULL
    JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = m.person_id
    LEFT JOIN LATERAL (
        SELECT f.skill_code FROM households_personyear f
        WHERE f.tenant_id = %(tenant)s AND f.person_id = p.id AND f.skill_code > '' ORDER BY f.year DESC LIMIT 1
    ) y ON true
    WHERE c.tenant_id = %(tenant)s AND c.state IN ('lead', 'confirmed') {narrowed}
), known AS (
    SELECT case_id, coalesce(bool_or(is_able), false) AS has_labour, bool_or(is_able IS NULL) AS is_unknown
    FROM member GROUP BY case_id
)
UPDATE dossiers_monitoringcase k SET is_without_labour = NOT known.has_labour, version = k.version + 1,
    updated_at = now()
FROM known WHERE k.tenant_id = %(tenant)s AND k.id = known.case_id AND (known.has_labour OR NOT known.is_unknown)
    AND k.is_without_labour = known.has_labour"""


def refresh_labour(*, on: date | None = None) -> int:
    """Read anew for every open case in scope whether somebody is able to work, and give how many changed.

    After a roster, and each night: somebody grows to the working age without any verb.
    """
    return _refresh("", {}, on)


def refresh_labour_of(object_type: str, object_ids: Sequence[UUID], *, on: date | None = None) -> int:
    """Read it anew for the open cases of households, or of those where persons live now; one query for all."""
    narrowed = f"AND c.household_id IN ({_HOUSEHOLDS_OF[object_type]})"
    return _refresh(narrowed, {"objects": list(object_ids)}, on)


def _refresh(narrowed: str, values: dict[str, Any], on: date | None) -> int:
    asked = {
        "tenant": current_tenant_id(),
        "on": on or today(),
        "age": WORKING_AGE,
        "without": sorted(WITHOUT_LABOUR),
        **values,
    }
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH.format(narrowed=narrowed), asked)
        count: int = cursor.rowcount
    return count


@on_event
def follow_ability(event: AuditEvent, object_ids: Sequence[UUID]) -> None:
    """Let the open cases follow what a verb changed; the verb audits it."""
    if event.verb in _VERBS and event.object_type in _HOUSEHOLDS_OF and object_ids:
        refresh_labour_of(event.object_type, object_ids)
