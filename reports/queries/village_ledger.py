# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""What was done in villages in a span of days: activities, teams, sessions for lists, procedures, leads."""

from typing import Final

from reports.queries.register_parts import HEAD, HEAD_TABLES, HOME
from reports.queries.register_rows import Statement

_WITHIN: Final = "BETWEEN %(first)s AND %(last)s"
ACTIVITIES: Final = Statement(
    f"""WITH material AS (
    SELECT m.activity_id, count(*) AS material_count FROM villages_activitymaterial m
    WHERE m.tenant_id = %(tenant)s GROUP BY m.activity_id
)
SELECT a.scope_code AS village_code, a.held_on, a.kind_code, a.subject, a.participant_count,
    coalesce(material.material_count, 0) AS material_count
FROM villages_villageactivity a LEFT JOIN material ON material.activity_id = a.id
WHERE a.tenant_id = %(tenant)s AND a.withdrawn_on IS NULL AND a.held_on {_WITHIN}
  AND a.scope_code >= %(lo)s AND a.scope_code < %(hi)s
ORDER BY a.scope_code, a.held_on, a.id""",
    ("villages_villageactivity", "villages_activitymaterial"),
)
TEAM: Final = Statement(
    """SELECT v.code AS village_code, m.name AS member_name, m.post_codes, coalesce(u.name, '') AS unit_name,
    m.starts_on, m.ends_on
FROM villages_teammember m
JOIN villages_workteam t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
JOIN villages_village v ON v.tenant_id = t.tenant_id AND v.id = t.village_id
LEFT JOIN villages_unit u ON u.tenant_id = m.tenant_id AND u.id = coalesce(m.unit_id, t.unit_id)
WHERE m.tenant_id = %(tenant)s AND v.code >= %(lo)s AND v.code < %(hi)s
  AND m.starts_on <= %(last)s AND (m.ends_on IS NULL OR (m.ends_on > %(first)s AND m.ends_on > m.starts_on))
ORDER BY v.code, m.starts_on, m.name, m.id""",
    ("villages_teammember", "villages_workteam", "villages_village", "villages_unit"),
)
# A session is held for a village, a township or the county; one above the village stands in the ledger of each area
# that holds it, and in that of no single village.
SESSIONS: Final = Statement(
    f"""WITH entries AS (
    SELECT e.session_id, count(*) FILTER (WHERE e.taken_out_on IS NULL OR e.taken_out_on > %(day)s) AS entry_count
    FROM dossiers_sessionentry e WHERE e.tenant_id = %(tenant)s GROUP BY e.session_id
), files AS (
    SELECT f.session_id, count(*) AS file_count FROM dossiers_sessionfile f
    WHERE f.tenant_id = %(tenant)s GROUP BY f.session_id
)
SELECT s.scope_code AS division_code, s.title AS session_title, s.form, s.starts_on, s.ends_on, s.state,
    coalesce(entries.entry_count, 0) AS entry_count, s.entitled_count, s.present_count, s.votes_for, s.votes_against,
    s.minutes_id IS NOT NULL AS has_minutes, coalesce(files.file_count, 0) AS file_count
FROM dossiers_listsession s
LEFT JOIN entries ON entries.session_id = s.id
LEFT JOIN files ON files.session_id = s.id
WHERE s.tenant_id = %(tenant)s AND s.starts_on {_WITHIN} AND s.scope_code >= %(lo)s AND s.scope_code < %(hi)s
ORDER BY s.scope_code, s.starts_on, s.id""",
    ("dossiers_listsession", "dossiers_sessionentry", "dossiers_sessionfile"),
)
SURVEYS: Final = Statement(
    f"""WITH {HOME}, {HEAD}, step AS (
    SELECT s.dossier_id, count(*) AS step_count FROM dossiers_dossierstep s JOIN home USING (household_id)
    WHERE s.tenant_id = %(tenant)s AND s.ends_on <= %(day)s GROUP BY s.dossier_id
), look AS (
    SELECT DISTINCT ON (l.dossier_id) l.dossier_id, l.looked_on, l.score FROM dossiers_look l
    JOIN home USING (household_id)
    WHERE l.tenant_id = %(tenant)s AND l.dossier_id IS NOT NULL AND l.looked_on <= %(day)s
    ORDER BY l.dossier_id, l.looked_on DESC, l.id DESC
), objection AS (
    SELECT o.dossier_id, count(*) AS objection_count FROM dossiers_objection o JOIN home USING (household_id)
    WHERE o.tenant_id = %(tenant)s AND o.raised_on <= %(day)s GROUP BY o.dossier_id
), evidence AS (
    SELECT e.dossier_id, count(*) AS evidence_count FROM dossiers_evidence e JOIN home USING (household_id)
    WHERE e.tenant_id = %(tenant)s GROUP BY e.dossier_id
)
SELECT home.*, head.head_name, d.kind,
    CASE WHEN d.ended_on > %(day)s THEN 'open' ELSE d.state END AS state, d.begun_on,
    coalesce(step.step_count, 0) AS step_count, look.looked_on, look.score,
    coalesce(objection.objection_count, 0) AS objection_count,
    coalesce(evidence.evidence_count, 0) AS evidence_count,
    CASE WHEN d.ended_on <= %(day)s THEN d.ended_on END AS ended_on
FROM dossiers_dossier d
JOIN home USING (household_id)
LEFT JOIN head ON head.household_id = d.household_id
LEFT JOIN step ON step.dossier_id = d.id
LEFT JOIN look ON look.dossier_id = d.id
LEFT JOIN objection ON objection.dossier_id = d.id
LEFT JOIN evidence ON evidence.dossier_id = d.id
WHERE d.tenant_id = %(tenant)s AND d.begun_on <= %(last)s AND (d.ended_on IS NULL OR d.ended_on >= %(first)s)
ORDER BY home.village_code, home.household_number, d.begun_on, d.id""",
    (
        *HEAD_TABLES,
        "dossiers_dossier",
        "dossiers_dossierstep",
        "dossiers_look",
        "dossiers_objection",
        "dossiers_evidence",
    ),
)
CASES: Final = Statement(
    f"""WITH {HOME}, {HEAD}
SELECT home.village_code, home.household_number, home.status, head.head_name, c.lead_on, c.lead_channel_code,
    c.category_code, c.risk_codes,
    CASE WHEN c.ended_on <= %(day)s THEN c.state WHEN c.confirmed_on <= %(day)s THEN 'confirmed' ELSE 'lead' END
        AS state,
    CASE WHEN c.confirmed_on <= %(day)s THEN c.confirmed_on END AS confirmed_on,
    CASE WHEN c.measured_on <= %(day)s THEN c.measured_on END AS measured_on,
    CASE WHEN c.ended_on <= %(day)s THEN c.ended_on END AS ended_on
FROM dossiers_monitoringcase c
JOIN home USING (household_id)
LEFT JOIN head ON head.household_id = c.household_id
WHERE c.tenant_id = %(tenant)s AND c.lead_on <= %(last)s AND (c.ended_on IS NULL OR c.ended_on >= %(first)s)
ORDER BY home.village_code, home.household_number, c.lead_on, c.id""",
    (*HEAD_TABLES, "dossiers_monitoringcase"),
)
