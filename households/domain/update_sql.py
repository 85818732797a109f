# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""The statements that bring contacts and yearly facts of households on file up to date from the draft tables.

What the draft does not know stays. Each gives the ids of the households whose rows it changed.
"""

from typing import Final

from households.domain.person_facts import FACT_COLUMNS
from households.domain.register_sql import DRAFT_FACTS, FACTS, PERSON_FACTS_KNOWN, YEAR_IS_OPEN
from households.enums import NOT_AT_SCHOOL
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
_NOT_AT_SCHOOL: Final = ", ".join(f"'{code}'" for code in NOT_AT_SCHOOL)


def _kept_unless(known: str, table: str, columns: tuple[str, ...]) -> dict[str, str]:
    return {name: f"CASE WHEN {known} THEN EXCLUDED.{name} ELSE {table}.{name} END" for name in columns}


def _assignments(expressions: dict[str, str]) -> str:
    return ",\n    ".join(f"{name} = {expression}" for name, expression in expressions.items())


def _differs(table: str, expressions: dict[str, str]) -> str:
    old = ", ".join(f"{table}.{name}" for name in expressions)
    new = ", ".join(expressions.values())
    return f"({old}) IS DISTINCT FROM ({new})"


# Classes that an office entered are better than a declared figure, which therefore never replaces them.
_BETTER_INCOME: Final = """EXCLUDED.net_per_head_yuan IS NOT NULL
    AND (NOT EXCLUDED.is_declared OR hy.is_declared OR hy.net_per_head_yuan IS NULL)"""
_HOUSEHOLD_YEAR: Final = _kept_unless(_BETTER_INCOME, "hy", _INCOME) | {
    name: f"coalesce(EXCLUDED.{name}, hy.{name})" for name in _LIVING
}


def _kept_if_unknown(name: str, kind: str) -> str:
    if kind.startswith("text["):
        return f"CASE WHEN cardinality(EXCLUDED.{name}) > 0 THEN EXCLUDED.{name} ELSE py.{name} END"
    stated = f"nullif(EXCLUDED.{name}, '')" if kind.startswith("text") else f"EXCLUDED.{name}"
    return f"coalesce({stated}, py.{name})"


_PERSON_YEAR: Final = {name: _kept_if_unknown(name, kind) for name, kind in FACT_COLUMNS.items()}
# What the draft states ends what was on file and cannot be true beside it.
_PERSON_YEAR["education_code"] = (
    f"CASE WHEN EXCLUDED.school_code NOT IN ({_NOT_AT_SCHOOL}) THEN '' ELSE {_PERSON_YEAR['education_code']} END"
)
_PERSON_YEAR["school_code"] = f"""CASE WHEN EXCLUDED.education_code <> '' AND EXCLUDED.school_code = ''
    AND py.school_code NOT IN ({_NOT_AT_SCHOOL}) THEN '' ELSE {_PERSON_YEAR["school_code"]} END"""
_PERSON_YEAR["work_division_code"] = (
    f"CASE WHEN EXCLUDED.works_abroad THEN '' ELSE {_PERSON_YEAR['work_division_code']} END"
)
_PERSON_YEAR["works_abroad"] = f"""CASE WHEN EXCLUDED.work_division_code <> '' THEN EXCLUDED.works_abroad
    ELSE {_PERSON_YEAR["works_abroad"]} END"""
_CONTACT: Final = """CASE WHEN {draft}.{name}_index IS NULL THEN {row}.{name}_{part} ELSE {draft}.{name}_{part} END"""


def _contacts(row: str, draft: str, *names: str) -> str:
    return _assignments(
        {
            f"{name}_{part}": _CONTACT.format(draft=draft, row=row, name=name, part=part)
            for name in names
            for part in ("sealed", "index")
        }
    )


_HOUSEHOLD: Final = {
    "address": "coalesce(nullif(d.address, ''), h.address)",
    "is_servicemans_family": "coalesce(d.is_servicemans_family, h.is_servicemans_family)",
    # The bank on file is that of the account on file.
    "bank_name": """CASE WHEN d.bank_name <> '' OR d.account_index <> coalesce(h.account_index, '')
        THEN d.bank_name ELSE h.bank_name END""",
}

HOUSEHOLD_CONTACTS: Final = f"""
UPDATE households_household h SET {_contacts("h", "d", "phone", "account")},
    {_assignments(_HOUSEHOLD)}
FROM draft_household d
WHERE h.tenant_id = %(tenant)s AND h.id = d.on_file_id
    AND (d.phone_index <> coalesce(h.phone_index, '') OR d.account_index <> coalesce(h.account_index, '')
        OR {_differs("h", _HOUSEHOLD)})
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
ON CONFLICT (tenant_id, household_id, year) DO UPDATE SET {_assignments(_HOUSEHOLD_YEAR)}
WHERE {_differs("hy", _HOUSEHOLD_YEAR)}
RETURNING household_id"""

# Only of persons who are members of that very household now.
_MEMBERS: Final = """draft_person p
JOIN draft_household d ON d.id = p.household_id
JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.person_id = p.on_file_id
    AND m.household_id = d.on_file_id AND m.ends_on IS NULL"""

PERSON_CONTACTS: Final = f"""
UPDATE households_person f SET version = f.version + 1, updated_at = now(), {_contacts("f", "p", "phone")}
FROM {_MEMBERS}
WHERE f.tenant_id = %(tenant)s AND f.id = p.on_file_id AND p.phone_index <> coalesce(f.phone_index, '')
RETURNING m.household_id"""

PERSON_YEARS: Final = f"""
WITH written AS (
    INSERT INTO households_personyear AS py (id, tenant_id, scope_code, person_id, year, {FACTS})
    SELECT p.id, %(tenant)s, m.scope_code, p.on_file_id, d.year, {DRAFT_FACTS}
    FROM {_MEMBERS}
    WHERE d.year IS NOT NULL AND {YEAR_IS_OPEN} AND {PERSON_FACTS_KNOWN}
    ON CONFLICT (tenant_id, person_id, year) DO UPDATE SET {_assignments(_PERSON_YEAR)}, visit_id = NULL
    WHERE {_differs("py", _PERSON_YEAR)}
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
WHERE hy.id IS NULL OR {_differs("hy", _HOUSEHOLD_YEAR).replace("EXCLUDED.", "told.")}
UNION
SELECT told.draft_id FROM ({_PERSONS_TOLD}) told
LEFT JOIN households_personyear py ON py.tenant_id = %(tenant)s AND py.person_id = told.person_id
    AND py.year = told.year
WHERE py.id IS NULL OR {_differs("py", _PERSON_YEAR).replace("EXCLUDED.", "told.")}"""

# Before anything of them is written, as a single change does, so that none of two writers waits for the other.
LOCK_HOUSEHOLDS: Final = """
SELECT h.id FROM households_household AS h JOIN draft_household AS d ON d.on_file_id = h.id
WHERE h.tenant_id = %(tenant)s ORDER BY h.id FOR UPDATE OF h"""
COUNT_VERSIONS_UP: Final = """
UPDATE households_household SET version = version + 1, updated_at = now()
WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s)"""
