# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""The statements that bring contacts and yearly facts of households on file up to date from the draft tables.

What the draft does not know stays. Each gives the ids of the households whose rows it changed.
"""

from typing import Final

from households.domain.known_sql import PERSON_YEAR, assignments, contacts, differs
from households.domain.register_sql import DRAFT_FACTS, FACTS, PERSON_FACTS_KNOWN, YEAR_IS_OPEN
from households.queries.drafts import NET_PER_HEAD

_INCOME: Final = (
    "period_start",
    "period_end",
    "person_count",
    "wage_income_yuan",
    "business_income_yuan",
    "property_income_yuan",
    "transfer_income_yuan",
    "business_cost_yuan",
    "net_per_head_yuan",
    "is_declared",
    "source",
)
_LIVING: Final = ("dangerous_housing", "safe_water")


def _kept_unless(known: str, table: str, columns: tuple[str, ...]) -> dict[str, str]:
    return {name: f"CASE WHEN {known} THEN EXCLUDED.{name} ELSE {table}.{name} END" for name in columns}


# Classes that an office entered are better than a declared figure, which therefore never replaces them.
_BETTER_INCOME: Final = """EXCLUDED.net_per_head_yuan IS NOT NULL
    AND (NOT EXCLUDED.is_declared OR hy.is_declared OR hy.net_per_head_yuan IS NULL)"""
_HOUSEHOLD_YEAR: Final = _kept_unless(_BETTER_INCOME, "hy", _INCOME) | {
    name: f"coalesce(EXCLUDED.{name}, hy.{name})" for name in _LIVING
}
_HOUSEHOLD: Final = {
    "address": "coalesce(nullif(d.address, ''), h.address)",
    "is_servicemans_family": "coalesce(d.is_servicemans_family, h.is_servicemans_family)",
    "planned_lifting_year": "coalesce(d.planned_lifting_year, h.planned_lifting_year)",
    # The bank on file is that of the account on file.
    "bank_name": """CASE WHEN d.bank_name <> '' OR d.account_index <> coalesce(h.account_index, '')
        THEN d.bank_name ELSE h.bank_name END""",
}

HOUSEHOLD_CONTACTS: Final = f"""
UPDATE households_household h SET {contacts("h", "d", "phone", "account")},
    {assignments(_HOUSEHOLD)}
FROM draft_household d
WHERE h.tenant_id = %(tenant)s AND h.id = d.on_file_id
    AND (d.phone_index <> coalesce(h.phone_index, '') OR d.account_index <> coalesce(h.account_index, '')
        OR {differs("h", _HOUSEHOLD)})
RETURNING h.id"""

# The income of drafts whose period is not counted in another year of the household yet, and whose year has no lines:
# those say more than a roster's classes.
_OWN_INCOME: Final = f"""
    SELECT d.id, d.period_start, d.period_end, d.person_count, d.wage_income_yuan, d.business_income_yuan,
        d.property_income_yuan, d.transfer_income_yuan, d.business_cost_yuan, {NET_PER_HEAD} AS net_per_head_yuan,
        d.is_declared, d.source
    FROM draft_household d
    WHERE NOT EXISTS (SELECT FROM households_householdyear o
        WHERE o.tenant_id = %(tenant)s AND o.household_id = d.on_file_id AND o.year <> d.year
        AND o.period_start < d.period_end AND d.period_start < o.period_end)
    AND NOT EXISTS (SELECT FROM households_incomeline l
        WHERE l.tenant_id = %(tenant)s AND l.household_id = d.on_file_id AND l.year = d.year)"""

_YEARS_TOLD: Final = f"""
SELECT d.id, %(tenant)s AS tenant_id, h.scope_code, h.id AS household_id, d.year, i.period_start, i.period_end,
    i.person_count, i.wage_income_yuan, i.business_income_yuan, i.property_income_yuan, i.transfer_income_yuan,
    i.business_cost_yuan, i.net_per_head_yuan, coalesce(i.is_declared, false) AS is_declared,
    coalesce(i.source, '') AS source, d.dangerous_housing, d.safe_water
FROM draft_household d
JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = d.on_file_id
LEFT JOIN ({_OWN_INCOME}) i ON i.id = d.id
WHERE d.year IS NOT NULL AND """

HOUSEHOLD_YEARS: Final = f"""
INSERT INTO households_householdyear AS hy (id, tenant_id, scope_code, household_id, year, period_start, period_end,
    person_count, wage_income_yuan, business_income_yuan, property_income_yuan, transfer_income_yuan,
    business_cost_yuan, net_per_head_yuan, is_declared, source, dangerous_housing, safe_water)
{_YEARS_TOLD}{YEAR_IS_OPEN}
ON CONFLICT (tenant_id, household_id, year) DO UPDATE SET {assignments(_HOUSEHOLD_YEAR)}
WHERE {differs("hy", _HOUSEHOLD_YEAR)}
RETURNING household_id"""

# Only of persons who are members of that very household now.
_MEMBERS: Final = """draft_person p
JOIN draft_household d ON d.id = p.household_id
JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.person_id = p.on_file_id
    AND m.household_id = d.on_file_id AND m.ends_on IS NULL"""

PERSON_CONTACTS: Final = f"""
UPDATE households_person f SET version = f.version + 1, updated_at = now(), {contacts("f", "p", "phone")}
FROM {_MEMBERS}
WHERE f.tenant_id = %(tenant)s AND f.id = p.on_file_id AND p.phone_index <> coalesce(f.phone_index, '')
RETURNING m.household_id"""

PERSON_YEARS: Final = f"""
WITH written AS (
    INSERT INTO households_personyear AS py (id, tenant_id, scope_code, person_id, year, {FACTS})
    SELECT p.id, %(tenant)s, m.scope_code, p.on_file_id, d.year, {DRAFT_FACTS}
    FROM {_MEMBERS}
    WHERE d.year IS NOT NULL AND {YEAR_IS_OPEN} AND {PERSON_FACTS_KNOWN}
    ON CONFLICT (tenant_id, person_id, year) DO UPDATE SET {assignments(PERSON_YEAR)}, visit_id = NULL
    WHERE {differs("py", PERSON_YEAR)}
    RETURNING person_id
), counted AS (
    UPDATE households_person f SET version = f.version + 1, updated_at = now()
    FROM written WHERE f.tenant_id = %(tenant)s AND f.id = written.person_id
)
SELECT m.household_id FROM {_MEMBERS} JOIN written ON written.person_id = p.on_file_id"""

# The drafts that tell of a year which the county has closed something else than what is on file, and are new ones.
_PERSONS_TOLD: Final = f"""
SELECT d.id AS draft_id, p.on_file_id AS person_id, d.year, {DRAFT_FACTS}
FROM {_MEMBERS}
WHERE d.year IS NOT NULL AND NOT {YEAR_IS_OPEN} AND {PERSON_FACTS_KNOWN}"""
CLOSED_YEARS: Final = f"""
SELECT d.id FROM draft_household d WHERE d.on_file_id IS NULL AND d.year IS NOT NULL AND NOT {YEAR_IS_OPEN}
UNION
SELECT told.id FROM ({_YEARS_TOLD}NOT {YEAR_IS_OPEN}) told
LEFT JOIN households_householdyear hy ON hy.tenant_id = told.tenant_id AND hy.household_id = told.household_id
    AND hy.year = told.year
WHERE hy.id IS NULL OR {differs("hy", _HOUSEHOLD_YEAR).replace("EXCLUDED.", "told.")}
UNION
SELECT told.draft_id FROM ({_PERSONS_TOLD}) told
LEFT JOIN households_personyear py ON py.tenant_id = %(tenant)s AND py.person_id = told.person_id
    AND py.year = told.year
WHERE py.id IS NULL OR {differs("py", PERSON_YEAR).replace("EXCLUDED.", "told.")}"""

# Before anything of them is written, as a single change does, so that none of two writers waits for the other.
LOCK_HOUSEHOLDS: Final = """
SELECT h.id FROM households_household AS h JOIN draft_household AS d ON d.on_file_id = h.id
WHERE h.tenant_id = %(tenant)s ORDER BY h.id FOR UPDATE OF h"""
COUNT_VERSIONS_UP: Final = """
UPDATE households_household SET version = version + 1, updated_at = now()
WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s)"""
