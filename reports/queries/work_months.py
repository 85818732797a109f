# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Who works elsewhere in a month, and who plans to: of the members of the households of the day."""

from typing import Final

from reports.queries.register_parts import HOME, MEMBER, MEMBER_TABLES, SKILL, able
from reports.queries.register_rows import Statement

_TABLES: Final = (*MEMBER_TABLES, "households_person", "households_workrecord", "households_personyear")
_WHO: Final = """
    member.village_code, member.household_number, member.status, member.category_code,
    p.id AS person_id, p.scope_code AS person_scope, p.name AS person_name, p.document_sealed"""
_END: Final = "coalesce(w.ends_on, make_date(w.year + 1, 1, 1))"
# One that was withdrawn ends on the day it starts.
_STANDS: Final = "w.ends_on IS DISTINCT FROM w.starts_on"

# A record lasts to the end of its year where it names none.
GONE_OUT: Final = Statement(
    f"""WITH {HOME}, {MEMBER}, {SKILL}
SELECT {_WHO}, w.id IS NOT NULL AS works, w.starts_on AS first_month, w.ends_on - 1 AS last_month,
    coalesce(w.division_code, '') AS division_code, coalesce(w.employer, '') AS employer,
    coalesce(w.industry_code, '') AS industry_code, w.monthly_income_yuan,
    coalesce(w.channel_code, '') AS channel_code, w.is_point_to_point, w.transport_subsidy_yuan
FROM member
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = member.person_id
LEFT JOIN skill ON skill.person_id = member.person_id
LEFT JOIN households_workrecord w ON w.tenant_id = p.tenant_id AND w.person_id = p.id AND NOT w.is_planned
    AND w.starts_on <= %(last)s AND {_END} > %(first)s AND {_STANDS}
WHERE w.id IS NOT NULL OR (%(without_work)s AND {able("p", "skill")})
ORDER BY member.village_code, member.household_number, member.relation_code, p.name, p.id, w.starts_on""",
    _TABLES,
)
# Plans of the month's year that are not over before it.
PLANNED: Final = Statement(
    f"""WITH {HOME}, {MEMBER}
SELECT {_WHO}, w.is_planned, w.starts_on AS first_month, w.division_code, w.service_codes
FROM member
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = member.person_id
JOIN households_workrecord w ON w.tenant_id = p.tenant_id AND w.person_id = p.id AND w.is_planned
WHERE w.year = extract(year FROM %(first)s::date) AND {_END} > %(first)s AND {_STANDS}
ORDER BY member.village_code, member.household_number, member.relation_code, p.name, p.id, w.starts_on""",
    _TABLES,
)
