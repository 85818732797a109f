# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""What is on file of each household of a village, or of one, on a day: a statement for each part of its cards."""

from collections import defaultdict
from typing import Any, Final

from reports.queries.register_parts import (
    FACTS,
    HEAD,
    HEAD_TABLES,
    HOME,
    HOME_TABLES,
    MEMBER,
    MEMBER_TABLES,
    SKILL,
    able,
    covers,
)
from reports.queries.register_rows import Asked, Statement, rows_of

Lines = dict[Any, list[dict[str, Any]]]

# The latest year of living conditions up to that of the day.
_LIVING: Final = """living AS MATERIALIZED (
    SELECT DISTINCT ON (y.household_id) y.*
    FROM households_householdyear y JOIN home USING (household_id)
    WHERE y.tenant_id = %(tenant)s AND y.year <= %(year)s
    ORDER BY y.household_id, y.year DESC
)"""
FAMILIES: Final = Statement(
    f"""WITH {HOME}, {HEAD}, {MEMBER}, {SKILL}, {_LIVING}, counted AS (
    SELECT member.household_id, count(*) AS member_count, count(*) FILTER (WHERE {able("p", "skill")}) AS labour_count
    FROM member
    JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = member.person_id
    LEFT JOIN skill ON skill.person_id = member.person_id
    GROUP BY member.household_id
)
SELECT home.*, h.scope_code, h.address, h.phone_sealed, h.attribute_code, h.standard_code, h.main_cause_code,
    h.other_cause_codes, h.identified_on, h.identified_precision, head.head_name,
    (SELECT mon.starts_on FROM households_monitoringspell mon WHERE mon.tenant_id = %(tenant)s
        AND mon.household_id = home.household_id AND {covers("mon")}) AS monitored_on,
    (SELECT mon.starts_precision FROM households_monitoringspell mon WHERE mon.tenant_id = %(tenant)s
        AND mon.household_id = home.household_id AND {covers("mon")}) AS monitored_precision,
    coalesce(counted.member_count, 0) AS member_count, coalesce(counted.labour_count, 0) AS labour_count,
    living.year::text AS living_year, living.cropland_mu, living.orchard_mu, living.woodland_mu, living.pasture_mu,
    living.housing_area_m2, living.dangerous_housing, living.safe_water, living.entry_road_code,
    living.has_household_power, living.has_sanitary_toilet, living.fuel_code, living.industry_help_code,
    living.irrigated_mu
FROM home
JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = home.household_id
LEFT JOIN head ON head.household_id = home.household_id
LEFT JOIN counted ON counted.household_id = home.household_id
LEFT JOIN living ON living.household_id = home.household_id
ORDER BY home.village_code, home.household_number""",
    (*HEAD_TABLES, "households_personyear", "households_householdyear"),
)
MEMBERS: Final = Statement(
    f"""WITH {HOME}, {MEMBER}, {FACTS}
SELECT member.household_id, member.relation_code, p.id AS person_id, p.scope_code AS person_scope,
    p.name AS person_name, p.number AS person_number, p.sex_code, p.birth_on, p.birth_precision, p.document_sealed,
    facts.education_code, facts.school_code, facts.health_codes, facts.skill_code, facts.employer,
    facts.has_basic_medical, facts.has_serious_illness_cover, facts.has_resident_pension
FROM member
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = member.person_id
LEFT JOIN facts ON facts.person_id = member.person_id
ORDER BY member.household_id, member.relation_code, p.birth_on, p.name, p.id""",
    (*MEMBER_TABLES, "households_person", "households_personyear"),
)
_STOOD_BY: Final = "(p.starts_on IS NULL OR p.starts_on <= %(day)s) AND p.ends_on IS DISTINCT FROM p.starts_on"
# All who ever stood by the household up to the day: a change of helper is a line more.
HELPERS: Final = Statement(
    f"""WITH {HOME}
SELECT p.household_id, p.helper_id, coalesce(helper.name, '') AS helper_name,
    coalesce(helper.kind_code, '') AS helper_kind_code, coalesce(unit.name, '') AS unit_name,
    coalesce(unit.level_code, '') AS level_code, helper.phone_sealed AS helper_phone_sealed,
    helper.scope_code AS helper_scope, p.is_lead, p.starts_on, p.starts_precision,
    p.ends_on
FROM assistance_pairing p
JOIN home USING (household_id)
LEFT JOIN assistance_helper helper ON helper.tenant_id = %(tenant)s AND helper.id = p.helper_id
LEFT JOIN villages_unit unit ON unit.tenant_id = %(tenant)s AND unit.id = coalesce(helper.unit_id, p.unit_id)
WHERE p.tenant_id = %(tenant)s AND ({_STOOD_BY} OR p.starts_on IS NULL)
ORDER BY p.household_id, p.starts_on NULLS FIRST, p.is_lead DESC, p.id""",
    (*HOME_TABLES, "assistance_pairing", "assistance_helper", "villages_unit"),
)
PLANS: Final = Statement(
    f"""WITH {HOME}
SELECT q.household_id, q.year::text AS year, q.goals, q.target_yuan, q.state, q.adopted_on, q.agreement_code, q.result
FROM assistance_householdplan q JOIN home USING (household_id)
WHERE q.tenant_id = %(tenant)s AND q.withdrawn_on IS NULL AND q.year <= %(year)s + 1
ORDER BY q.household_id, q.year""",
    (*HOME_TABLES, "assistance_householdplan"),
)
PLANNED: Final = Statement(
    f"""WITH {HOME}
SELECT q.household_id, q.year::text AS year, m.category_code AS measure_category_code, m.what, m.planned_yuan,
    m.source_code, m.starts_on, m.due_on, coalesce(helper.name, '') AS helper_name
FROM assistance_plannedmeasure m
JOIN home USING (household_id)
JOIN assistance_householdplan q ON q.tenant_id = m.tenant_id AND q.id = m.plan_id
LEFT JOIN assistance_helper helper ON helper.tenant_id = m.tenant_id AND helper.id = m.helper_id
WHERE m.tenant_id = %(tenant)s AND q.withdrawn_on IS NULL AND q.year <= %(year)s + 1
  AND (m.dropped_on IS NULL OR m.dropped_on > %(day)s)
ORDER BY q.household_id, q.year, m.category_code, m.id""",
    (*HOME_TABLES, "assistance_householdplan", "assistance_plannedmeasure", "assistance_helper"),
)
MEASURES: Final = Statement(
    f"""WITH {HOME}
SELECT m.household_id, m.category_code AS measure_category_code, m.item_code, m.state_code, m.starts_on, m.ends_on,
    m.money_yuan, m.note
FROM assistance_measure m JOIN home USING (household_id)
WHERE m.tenant_id = %(tenant)s AND (m.starts_on IS NULL OR m.starts_on <= %(day)s)
  AND (m.starts_on IS NULL OR m.ends_on IS DISTINCT FROM m.starts_on)
ORDER BY m.household_id, m.starts_on NULLS LAST, m.category_code, m.item_code, m.id""",
    (*HOME_TABLES, "assistance_measure"),
)
# The net income is what the register computed; where a class is not known it is declared, and the classes are empty.
INCOMES: Final = Statement(
    f"""WITH {HOME}
SELECT y.household_id, y.year, y.person_count, y.wage_income_yuan, y.business_income_yuan, y.property_income_yuan,
    y.transfer_income_yuan, y.business_cost_yuan,
    y.wage_income_yuan + y.business_income_yuan + y.property_income_yuan + y.transfer_income_yuan AS gross_yuan,
    y.wage_income_yuan + y.business_income_yuan + y.property_income_yuan + y.transfer_income_yuan
        - y.business_cost_yuan AS net_yuan,
    y.net_per_head_yuan, y.is_declared, y.period_start, y.period_end, y.source
FROM households_householdyear y JOIN home USING (household_id)
WHERE y.tenant_id = %(tenant)s AND y.year <= %(year)s
  AND num_nonnulls(y.net_per_head_yuan, y.wage_income_yuan, y.business_income_yuan, y.property_income_yuan,
                   y.transfer_income_yuan) > 0
ORDER BY y.household_id, y.year""",
    (*HOME_TABLES, "households_householdyear"),
)
INCOME_LINES: Final = Statement(
    f"""WITH {HOME}
SELECT i.household_id, i.year, i.item_code, i.product, i.quantity, i.unit, i.amount_yuan, i.own_consumed_yuan,
    i.counts_toward_net, i.month, i.source
FROM households_incomeline i JOIN home USING (household_id)
WHERE i.tenant_id = %(tenant)s AND i.year <= %(year)s
ORDER BY i.household_id, i.year, i.item_code, i.product, i.month NULLS FIRST, i.id""",
    (*HOME_TABLES, "households_incomeline"),
)
VISITS: Final = Statement(
    f"""WITH {HOME}
SELECT v.household_id, v.visited_on, helper.name AS helper_name, v.place_code, v.found, v.confirmation_code
FROM assistance_helpvisit v
JOIN home USING (household_id)
JOIN assistance_helper helper ON helper.tenant_id = v.tenant_id AND helper.id = v.helper_id
WHERE v.tenant_id = %(tenant)s AND v.withdrawn_on IS NULL AND v.visited_on <= %(day)s
ORDER BY v.household_id, v.visited_on, v.id""",
    (*HOME_TABLES, "assistance_helpvisit", "assistance_helper"),
)


def by_household(statement: Statement, asked: Asked) -> Lines:
    """Read the rows of a statement, those of each household together."""
    lines: Lines = defaultdict(list)
    for row in rows_of(statement, asked):
        lines[row["household_id"]].append(row)
    return lines
