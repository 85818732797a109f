"""Fill a picture of the register with its rows."""

import hashlib

from django.db import connection
from django.utils import timezone

from periods.models import Snapshot
from registry.tenancy.context import Actor, current_tenant_id

_HOUSEHOLDS = """
INSERT INTO periods_frozenhousehold (
    id, tenant_id, scope_code, snapshot_id, household_id, village_code, status, stock, is_monitored, monitoring_state,
    monitored_precision, removal_code, person_count, labour_count, worker_count, has_helper, measure_count, number,
    group_name, standard_code, attribute_code, main_cause_code, other_cause_codes, identified_precision,
    monitoring_code, water_source_code, entry_road_code, dangerous_grade_code, house_structure_code, fuel_code,
    industry_help_code
)
SELECT gen_random_uuid(), h.tenant_id, s.village_code, %(snapshot)s, h.id, s.village_code, s.status,
    CASE s.status WHEN 'filed' THEN 'not_lifted' WHEN 'returned' THEN 'not_lifted'
        WHEN 'lifted' THEN 'lifted' ELSE '' END,
    m.household_id IS NOT NULL, h.monitoring_state, '', '',
    (SELECT count(*) FROM households_membership b WHERE b.tenant_id = h.tenant_id AND b.household_id = h.id
        AND (b.starts_on IS NULL OR b.starts_on <= %(day)s) AND (b.ends_on IS NULL OR b.ends_on > %(day)s)),
    0, 0, false, 0, h.number, '', h.standard_code, h.attribute_code, h.main_cause_code, h.other_cause_codes, '',
    coalesce(m.category_code, ''), '', '', '', '', '', ''
FROM households_household h
JOIN households_householdspell s ON s.tenant_id = h.tenant_id AND s.household_id = h.id
    AND (s.starts_on IS NULL OR s.starts_on <= %(day)s) AND (s.ends_on IS NULL OR s.ends_on > %(day)s)
LEFT JOIN households_monitoringspell m ON m.tenant_id = h.tenant_id AND m.household_id = h.id
    AND (m.starts_on IS NULL OR m.starts_on <= %(day)s) AND (m.ends_on IS NULL OR m.ends_on > %(day)s)
WHERE h.tenant_id = %(tenant)s AND s.status NOT IN ('closed', 'candidate')
"""


def fill_snapshot(snapshot: Snapshot, *, actor: Actor) -> None:
    """Fill the rows of a picture, its counts and its checksum; the caller opened the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_HOUSEHOLDS, {"tenant": current_tenant_id(), "snapshot": snapshot.pk, "day": snapshot.as_of})
        snapshot.households = cursor.rowcount
    snapshot.made_at = timezone.now()
    snapshot.checksum = hashlib.sha256(str(snapshot.pk).encode()).hexdigest()
    snapshot.save(update_fields=["households", "made_at", "checksum"])
