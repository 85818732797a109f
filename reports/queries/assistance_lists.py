# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Measures, pairings, helpers and loans of the households of a day."""

from typing import Final

from reports.queries.register_parts import HEAD, HEAD_TABLES, HOME, HOME_TABLES, covers
from reports.queries.register_rows import Statement

# What began by the day; one that was entered in error ends on the day it starts.
_STANDS: Final = """(m.starts_on IS NULL OR m.starts_on <= %(day)s) AND m.ends_on IS DISTINCT FROM m.starts_on"""
MEASURES: Final = Statement(
    f"""WITH {HOME}, {HEAD}
SELECT home.*, head.head_name, m.category_code AS measure_category_code, m.item_code, m.is_development,
    m.state_code, m.starts_on, m.ends_on, m.money_yuan
FROM home
LEFT JOIN head USING (household_id)
JOIN assistance_measure m ON m.tenant_id = %(tenant)s AND m.household_id = home.household_id
WHERE ({_STANDS} OR (m.starts_on IS NULL AND m.ends_on IS NULL))
  AND (m.ends_on IS NULL OR m.ends_on > %(since)s)
ORDER BY home.village_code, home.household_number, m.starts_on NULLS LAST, m.category_code, m.item_code, m.id""",
    (*HEAD_TABLES, "assistance_measure"),
)
_HELPER: Final = """p.helper_id, coalesce(helper.name, '') AS helper_name,
    coalesce(helper.kind_code, '') AS helper_kind_code, coalesce(unit.name, '') AS unit_name,
    coalesce(unit.level_code, '') AS level_code, helper.phone_sealed AS helper_phone_sealed,
    helper.scope_code AS helper_scope"""
_HELPER_JOIN: Final = """
LEFT JOIN assistance_helper helper ON helper.tenant_id = %(tenant)s AND helper.id = p.helper_id
LEFT JOIN villages_unit unit ON unit.tenant_id = %(tenant)s AND unit.id = coalesce(helper.unit_id, p.unit_id)"""
PAIRINGS: Final = Statement(
    f"""WITH {HOME}, {HEAD}
SELECT home.*, head.head_name, {_HELPER}, p.is_lead, p.starts_on, p.ends_on
FROM home
LEFT JOIN head USING (household_id)
JOIN assistance_pairing p ON p.tenant_id = %(tenant)s AND p.household_id = home.household_id AND {covers("p")}
{_HELPER_JOIN}
ORDER BY home.village_code, home.household_number, p.is_lead DESC, p.starts_on NULLS FIRST, p.id""",
    (*HEAD_TABLES, "assistance_pairing", "assistance_helper", "villages_unit"),
)
HELPERS: Final = Statement(
    f"""WITH {HOME}, paired AS (
    SELECT p.helper_id, count(*) AS household_count, count(*) FILTER (WHERE p.is_lead) AS lead_count
    FROM assistance_pairing p JOIN home USING (household_id)
    WHERE p.tenant_id = %(tenant)s AND p.helper_id IS NOT NULL AND {covers("p")}
    GROUP BY p.helper_id
), visited AS (
    SELECT v.helper_id, count(*) AS visit_count
    FROM assistance_helpvisit v JOIN home USING (household_id)
    WHERE v.tenant_id = %(tenant)s AND v.withdrawn_on IS NULL
      AND v.visited_on BETWEEN make_date(%(year)s, 1, 1) AND %(day)s
    GROUP BY v.helper_id
), p AS (
    SELECT coalesce(paired.helper_id, visited.helper_id) AS helper_id, NULL::uuid AS unit_id,
        coalesce(household_count, 0) AS household_count, coalesce(lead_count, 0) AS lead_count,
        coalesce(visit_count, 0) AS visit_count
    FROM paired FULL JOIN visited ON visited.helper_id = paired.helper_id
)
SELECT {_HELPER}, helper.rank_code, p.household_count, p.lead_count, p.visit_count
FROM p {_HELPER_JOIN}
ORDER BY unit.name NULLS LAST, helper.name, helper.id""",
    (*HOME_TABLES, "assistance_pairing", "assistance_helpvisit", "assistance_helper", "villages_unit"),
)
# What was owed on the day: paid out, less principal repaid and written off; a reversal stands below zero.
LOANS: Final = Statement(
    f"""WITH {HOME}, moved AS (
    SELECT e.loan_id,
        coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'draw'), 0) AS drawn_yuan,
        coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'principal'), 0) AS repaid_yuan,
        coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'write_off'), 0) AS written_off_yuan
    FROM credit_loanentry e JOIN home USING (household_id)
    WHERE e.tenant_id = %(tenant)s AND e.occurred_on <= %(day)s
    GROUP BY e.loan_id
), extended AS (
    SELECT x.loan_id,
        (array_agg(x.due_on ORDER BY x.number DESC) FILTER (WHERE x.agreed_on <= %(day)s))[1] AS due_on,
        (array_agg(x.former_due_on ORDER BY x.number))[1] AS first_due_on
    FROM credit_loanextension x JOIN home USING (household_id)
    WHERE x.tenant_id = %(tenant)s
    GROUP BY x.loan_id
), owed AS (
    SELECT l.*, home.village_code, home.household_number, home.status, home.category_code,
        coalesce(extended.due_on, extended.first_due_on, l.due_on) AS due_day,
        coalesce(moved.drawn_yuan, 0) AS out_yuan, coalesce(moved.repaid_yuan, 0) AS repaid_yuan,
        coalesce(moved.drawn_yuan - moved.repaid_yuan - moved.written_off_yuan, 0) AS owed_yuan
    FROM credit_loan l
    JOIN home USING (household_id)
    LEFT JOIN moved ON moved.loan_id = l.id
    LEFT JOIN extended ON extended.loan_id = l.id
    WHERE l.tenant_id = %(tenant)s AND l.withdrawn_on IS NULL AND l.granted_on <= %(day)s
)
SELECT owed.village_code, owed.household_number, owed.status, owed.category_code,
    p.id AS person_id, p.scope_code AS person_scope, p.name AS person_name, p.document_sealed,
    owed.lender, owed.purpose_code, owed.rating, owed.amount_yuan, owed.granted_on, owed.due_day AS due_on,
    owed.rate_percent, owed.is_subsidised, owed.is_guaranteed, owed.out_yuan AS drawn_yuan, owed.repaid_yuan,
    owed.owed_yuan AS outstanding_yuan,
    CASE WHEN owed.due_day < %(day)s THEN owed.owed_yuan ELSE 0 END AS overdue_yuan,
    CASE WHEN owed.due_day < %(day)s AND owed.owed_yuan > 0 THEN %(day)s::date - owed.due_day ELSE 0 END
        AS overdue_days
FROM owed
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = owed.person_id
ORDER BY owed.village_code, owed.household_number, owed.granted_on, owed.id""",
    (*HOME_TABLES, "credit_loan", "credit_loanentry", "credit_loanextension", "households_person"),
)
