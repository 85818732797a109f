# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Parts of statements over the register as its facts stood on a day (`%(day)s`), in an area or of one household.

Each table is named as it is in the database and once or more by that name, so that a CTE of that name can stand in
for it with what was known at a moment. The area is that of the day: a household counts where it lived then. Row-level
security cuts what the reader may not see today.
"""

from typing import Final


def covers(alias: str) -> str:
    """Write that the half-open period of a row covers the day; no start means always."""
    starts, ends = f"{alias}.starts_on", f"{alias}.ends_on"
    return f"({starts} IS NULL OR {starts} <= %(day)s) AND ({ends} IS NULL OR {ends} > %(day)s)"


# The households of the picture on the day, with village, status and monitoring of that day. `household` names one,
# which may be closed; `visible` lists those of a reader who sees no village whole.
HOME: Final = f"""home AS MATERIALIZED (
    SELECT spell.household_id, spell.village_code, spell.status, h.number AS household_number, h.group_name,
           coalesce(mon.category_code, '') AS category_code
    FROM households_householdspell spell
    JOIN households_household h ON h.tenant_id = spell.tenant_id AND h.id = spell.household_id
    LEFT JOIN households_monitoringspell mon
        ON mon.tenant_id = spell.tenant_id AND mon.household_id = spell.household_id AND {covers("mon")}
    WHERE spell.tenant_id = %(tenant)s AND {covers("spell")}
      AND spell.village_code >= %(lo)s AND spell.village_code < %(hi)s
      AND (%(household)s::uuid IS NULL OR spell.household_id = %(household)s::uuid)
      AND (%(visible)s::uuid[] IS NULL OR spell.household_id = ANY(%(visible)s::uuid[]))
      AND (%(household)s::uuid IS NOT NULL OR spell.status <> 'closed')
)"""
HOME_TABLES: Final = ("households_householdspell", "households_household", "households_monitoringspell")

# Who belonged to them on the day.
MEMBER: Final = f"""member AS MATERIALIZED (
    SELECT home.*, m.person_id, m.relation_code
    FROM home JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = home.household_id
    WHERE {covers("m")}
)"""
MEMBER_TABLES: Final = (*HOME_TABLES, "households_membership")

# Their heads on the day.
HEAD: Final = f"""head AS MATERIALIZED (
    SELECT home.household_id, p.id AS head_id, p.name AS head_name
    FROM home
    JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = home.household_id
        AND m.relation_code = '01' AND {covers("m")}
    JOIN households_person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id
)"""
HEAD_TABLES: Final = (*MEMBER_TABLES, "households_person")

# The latest yearly facts of each member up to the year of the day.
FACTS: Final = """facts AS MATERIALIZED (
    SELECT DISTINCT ON (y.person_id) y.*
    FROM households_personyear y
    WHERE y.tenant_id = %(tenant)s AND y.year <= %(year)s AND y.person_id IN (SELECT person_id FROM member)
    ORDER BY y.person_id, y.year DESC
)"""
FACTS_TABLES: Final = (*MEMBER_TABLES, "households_personyear")
# The latest ability to work that is stated, which may be of an earlier year than the latest facts.
SKILL: Final = """skill AS MATERIALIZED (
    SELECT DISTINCT ON (y.person_id) y.person_id, y.skill_code
    FROM households_personyear y
    WHERE y.tenant_id = %(tenant)s AND y.year <= %(year)s AND y.skill_code <> ''
      AND y.person_id IN (SELECT person_id FROM member)
    ORDER BY y.person_id, y.year DESC
)"""


def able(person: str, skill: str) -> str:
    """Write that a person is able to work: 16 years old on the day, and said to be able.

    Source: `households.queries.labour`, which asks the same of today.
    """
    grown = f"({person}.birth_on IS NULL OR {person}.birth_on <= %(day)s::date - interval '16 years')"
    return f"({grown} AND {skill}.skill_code IS NOT NULL AND {skill}.skill_code NOT IN ('3', '4'))"
