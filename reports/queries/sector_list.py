# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""The facts of a sector, of persons or of households, of the latest year up to the day's."""

from typing import Final

from reports.queries.register_parts import FACTS, FACTS_TABLES, HOME, HOME_TABLES, MEMBER
from reports.queries.register_rows import Statement

OF_PERSONS: Final = Statement(
    f"""WITH {HOME}, {MEMBER}, {FACTS}
SELECT member.village_code, member.household_number, h.attribute_code, p.number AS person_number,
    p.name AS person_name, p.disability_category_code, p.disability_grade_code, facts.year::text AS of_year,
    facts.education_code, facts.school_code, facts.dropout_reason_code, facts.has_basic_medical,
    facts.has_employee_medical, facts.has_serious_illness_cover, facts.has_commercial_medical,
    facts.receives_medical_assistance, facts.receives_other_health_support, facts.health_codes,
    facts.disability_card_year::text AS disability_card_year, facts.minimum_living_allowance_code,
    facts.special_support_code, facts.is_unsupported_child
FROM member
JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = member.household_id
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = member.person_id
LEFT JOIN facts ON facts.person_id = member.person_id
ORDER BY member.village_code, member.household_number, member.relation_code, p.name, p.id""",
    (*FACTS_TABLES, "households_person"),
)
OF_HOUSEHOLDS: Final = Statement(
    f"""WITH {HOME}, latest AS MATERIALIZED (
    SELECT DISTINCT ON (y.household_id) y.household_id, y.year::text AS of_year, y.dangerous_housing, y.safe_water
    FROM households_householdyear y JOIN home USING (household_id)
    WHERE y.tenant_id = %(tenant)s AND y.year <= %(year)s
    ORDER BY y.household_id, y.year DESC
)
SELECT home.village_code, home.household_number, latest.of_year, latest.dangerous_housing, latest.safe_water
FROM home LEFT JOIN latest USING (household_id)
ORDER BY home.village_code, home.household_number""",
    (*HOME_TABLES, "households_householdyear"),
)
