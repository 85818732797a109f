# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""What is in the file of each household on a day, and what decides which papers it needs."""

from typing import Final

from reports.queries.register_parts import FACTS, HEAD, HEAD_TABLES, HOME, MEMBER, covers
from reports.queries.register_rows import Statement


def _households(name: str, query: str) -> str:
    """Write a set of households that a query gives."""
    return f"{name} AS MATERIALIZED (SELECT DISTINCT household_id FROM ({query}) AS found)"


_SETS: Final = {
    "was_visited": """SELECT household_id FROM households_visit v
        WHERE v.tenant_id = %(tenant)s AND v.visited_on <= %(day)s""",
    "applied": """SELECT household_id FROM dossiers_application a
        WHERE a.tenant_id = %(tenant)s AND a.applied_on <= %(day)s""",
    "consented": """SELECT household_id FROM dossiers_dossier d
        WHERE d.tenant_id = %(tenant)s AND d.consent_on <= %(day)s
        AND (d.consent_withdrawn_on IS NULL OR d.consent_withdrawn_on > %(day)s)""",
    "was_voted_on": """SELECT s.household_id FROM dossiers_dossierstep s
        JOIN dossiers_templatestep t ON t.tenant_id = s.tenant_id AND t.id = s.step_id
        WHERE s.tenant_id = %(tenant)s AND t.form = 'meeting' AND s.ends_on <= %(day)s""",
    "was_noticed": """SELECT s.household_id FROM dossiers_dossierstep s
        JOIN dossiers_templatestep t ON t.tenant_id = s.tenant_id AND t.id = s.step_id
        WHERE s.tenant_id = %(tenant)s AND t.form IN ('notice', 'announcement') AND s.ends_on <= %(day)s""",
    "has_plan": """SELECT household_id FROM assistance_householdplan q WHERE q.tenant_id = %(tenant)s
        AND q.withdrawn_on IS NULL AND q.adopted_on <= %(day)s AND q.year IN (%(year)s, %(year)s - 1)""",
    "has_visits": """SELECT household_id FROM assistance_helpvisit v WHERE v.tenant_id = %(tenant)s
        AND v.withdrawn_on IS NULL AND v.visited_on <= %(day)s AND v.visited_on >= make_date(%(year)s - 1, 1, 1)""",
    "checked_for_exit": """SELECT household_id FROM dossiers_exitcheck c
        WHERE c.tenant_id = %(tenant)s AND c.checked_on <= %(day)s""",
    "has_disabled": "SELECT household_id FROM member JOIN facts USING (person_id) WHERE '4' = ANY(facts.health_codes)",
    "has_allowance": """SELECT household_id FROM member JOIN facts USING (person_id)
        WHERE facts.minimum_living_allowance_code IN ('1', '2')""",
    "has_special": """SELECT household_id FROM member JOIN facts USING (person_id)
        WHERE facts.special_support_code IN ('1', '2')""",
    "was_trained": """SELECT member.household_id FROM member
        JOIN livelihoods_enrolment e ON e.tenant_id = %(tenant)s AND e.person_id = member.person_id
        WHERE e.withdrawn_on IS NULL AND e.attended_days > 0 AND e.starts_on <= %(day)s""",
    "has_certificate": """SELECT member.household_id FROM member
        JOIN livelihoods_enrolment e ON e.tenant_id = %(tenant)s AND e.person_id = member.person_id
        WHERE e.withdrawn_on IS NULL AND e.certified_on <= %(day)s""",
    "has_post": f"""SELECT member.household_id FROM member
        JOIN livelihoods_postholding t ON t.tenant_id = %(tenant)s AND t.person_id = member.person_id
        WHERE {covers("t")}""",
    "has_loan": """SELECT household_id FROM credit_loan l
        WHERE l.tenant_id = %(tenant)s AND l.withdrawn_on IS NULL AND l.granted_on <= %(day)s""",
    "was_relocated": """SELECT household_id FROM households_relocation r
        WHERE r.tenant_id = %(tenant)s AND (r.moved_in_on IS NULL OR r.moved_in_on <= %(day)s)""",
}
_YEARS: Final = """years AS MATERIALIZED (
    SELECT y.household_id, array_agg(y.year) AS fact_years,
        coalesce(array_agg(y.year) FILTER (WHERE y.net_per_head_yuan IS NOT NULL), '{}') AS income_years
    FROM households_householdyear y JOIN home USING (household_id)
    WHERE y.tenant_id = %(tenant)s AND y.year <= %(year)s
    GROUP BY y.household_id
)"""
# A file counts from the day on which it was stored.
_EVIDENCE: Final = """evidence AS MATERIALIZED (
    SELECT e.household_id, array_agg(DISTINCT e.kind_code) AS kinds
    FROM dossiers_evidence e
    JOIN home USING (household_id)
    JOIN registry_document d ON d.tenant_id = e.tenant_id AND d.id = e.document_id
    WHERE e.tenant_id = %(tenant)s AND (d.stored_at AT TIME ZONE 'Asia/Shanghai')::date <= %(day)s
      AND (d.removed_at IS NULL OR (d.removed_at AT TIME ZONE 'Asia/Shanghai')::date > %(day)s)
    GROUP BY e.household_id
)"""
FILES: Final = Statement(
    f"""WITH {HOME}, {HEAD}, {MEMBER}, {FACTS}, {_YEARS}, {_EVIDENCE},
{", ".join(_households(name, query) for name, query in _SETS.items())}
SELECT home.*, head.head_name, %(year)s::int AS of_year, coalesce(years.fact_years, '{{}}') AS fact_years,
    coalesce(years.income_years, '{{}}') AS income_years, coalesce(evidence.kinds, '{{}}') AS kinds,
    {", ".join(f"{name}.household_id IS NOT NULL AS {name}" for name in _SETS)}
FROM home
LEFT JOIN head ON head.household_id = home.household_id
LEFT JOIN years ON years.household_id = home.household_id
LEFT JOIN evidence ON evidence.household_id = home.household_id
{" ".join(f"LEFT JOIN {name} ON {name}.household_id = home.household_id" for name in _SETS)}
ORDER BY home.village_code, home.household_number""",
    (
        *HEAD_TABLES,
        "households_personyear",
        "households_householdyear",
        "households_visit",
        "households_relocation",
        "dossiers_application",
        "dossiers_dossier",
        "dossiers_dossierstep",
        "dossiers_templatestep",
        "dossiers_exitcheck",
        "dossiers_evidence",
        "registry_document",
        "assistance_householdplan",
        "assistance_helpvisit",
        "livelihoods_enrolment",
        "livelihoods_postholding",
        "credit_loan",
    ),
)
