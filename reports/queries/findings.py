# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Findings of the rules on a day: counted by rule, and line by line. A sector clerk has those of the sector alone."""

from typing import Final

from reports.queries.register_rows import Statement

# Open on the day: seen by then, and closed later or never. One that was opened again has no day of its first closing.
_OPEN: Final = "f.first_seen_on <= %(day)s AND (f.closed_on IS NULL OR f.closed_on > %(day)s)"
_SETTLED: Final = "f.closed_on BETWEEN make_date(%(year)s, 1, 1) AND %(day)s"
_SEEN: Final = """f.tenant_id = %(tenant)s AND f.scope_code >= %(lo)s AND f.scope_code < %(hi)s
  AND (%(sector)s::text IS NULL OR f.sector = %(sector)s::text)"""
COUNTS: Final = Statement(
    f"""SELECT f.rule_code, f.severity,
    count(*) FILTER (WHERE {_OPEN}) AS open_count,
    count(DISTINCT f.household_id) FILTER (WHERE {_OPEN}) AS household_count,
    count(DISTINCT f.person_id) FILTER (WHERE {_OPEN}) AS person_count,
    count(DISTINCT f.scope_code) FILTER (WHERE {_OPEN}) AS village_count,
    count(*) FILTER (WHERE {_OPEN} AND f.due_on < %(day)s) AS late_count,
    count(*) FILTER (WHERE {_SETTLED}) AS settled_count,
    count(*) FILTER (WHERE {_SETTLED} AND f.state IN ('exempted', 'as_recorded')) AS exempted_count
FROM quality_finding f
WHERE {_SEEN}
GROUP BY f.rule_code, f.severity
HAVING count(*) FILTER (WHERE {_OPEN}) > 0 OR count(*) FILTER (WHERE {_SETTLED}) > 0
ORDER BY f.rule_code = '', f.rule_code, f.severity""",
    ("quality_finding",),
)
LINES: Final = Statement(
    f"""SELECT f.rule_code, f.severity, f.scope_code AS village_code, coalesce(h.number, '') AS household_number,
    coalesce(p.number, '') AS person_number, coalesce(p.name, '') AS person_name, f.first_seen_on, f.due_on
FROM quality_finding f
LEFT JOIN households_household h ON h.tenant_id = f.tenant_id AND h.id = f.household_id
LEFT JOIN households_person p ON p.tenant_id = f.tenant_id AND p.id = f.person_id
WHERE {_SEEN} AND {_OPEN}
ORDER BY f.rule_code = '', f.rule_code, f.scope_code, h.number, p.number, f.id""",
    ("quality_finding", "households_household", "households_person"),
)
