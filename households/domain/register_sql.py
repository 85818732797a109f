# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""The statements that write new households from the draft tables, in their order.

Parameters: tenant, on (the day from which the register counts them), reason, and the kinds of posting. Each statement
names the tenant as a constant; row-level security holds the village codes to the actor's ranges.
"""

from typing import Final

from households.domain.derived_ids import sibling_id_sql
from households.domain.known_sql import PERSON_YEAR, assignments, contacts, differs
from households.domain.person_facts import FACT_COLUMNS
from households.enums import AT_RISK, STOCK_OF_STATUS, MonitoringState
from households.queries.drafts import NET_PER_HEAD

_NEW: Final = "d.on_file_id IS NULL"
_AT_RISK: Final = ", ".join(f"'{state}'" for state in sorted(AT_RISK))
_STOCK: Final = " ".join(f"WHEN '{status}' THEN '{stock}'" for status, stock in STOCK_OF_STATUS.items())
_WITH_STOCK: Final = ", ".join(f"'{status}'" for status in STOCK_OF_STATUS)

# No one is a member before being born: within the month of birth the day of birth is the start.
_BORN_THAT_MONTH: Final = "(p.starts_on < p.birth_on AND date_trunc('month', p.birth_on) = p.starts_on)"
_STARTS_ON: Final = f"CASE WHEN {_BORN_THAT_MONTH} THEN p.birth_on ELSE p.starts_on END"
_STARTS_PRECISION: Final = f"CASE WHEN {_BORN_THAT_MONTH} THEN 'day' ELSE p.starts_precision END"

FACTS: Final = ", ".join(FACT_COLUMNS)
DRAFT_FACTS: Final = ", ".join(f"p.{name}" for name in FACT_COLUMNS)


def _is_known(name: str, kind: str) -> str:
    if kind.startswith("text["):
        return f"cardinality(p.{name}) > 0"
    return f"p.{name} <> ''" if kind.startswith("text") else f"p.{name} IS NOT NULL"


PERSON_FACTS_KNOWN: Final = f"({' OR '.join(_is_known(name, kind) for name, kind in FACT_COLUMNS.items())})"

MATCH_HOUSEHOLDS: Final = """
UPDATE draft_household d SET on_file_id = h.id
FROM households_household h
WHERE h.tenant_id = %(tenant)s AND h.number = d.number AND d.on_file_id IS NULL"""

MATCH_PERSONS_BY_DOCUMENT: Final = """
UPDATE draft_person p SET on_file_id = f.id
FROM households_person f
WHERE f.tenant_id = %(tenant)s AND f.document_index = p.document_index AND p.on_file_id IS NULL"""

# The index is of numbers that are not empty, and answers only when the statement says so of the indexed column.
MATCH_PERSONS_BY_NUMBER: Final = """
UPDATE draft_person p SET on_file_id = f.id
FROM households_person f
WHERE f.tenant_id = %(tenant)s AND f.number = p.number AND f.number <> '' AND p.document_index IS NULL
    AND p.on_file_id IS NULL"""

# Nothing but name and sex tells a person without document and number apart, and that only inside one household, where
# exactly one draft and one present member fit.
MATCH_MEMBERS_BY_NAME: Final = """
WITH fitting AS (
    SELECT p.id, f.id AS person_id, count(*) OVER (PARTITION BY p.id) AS members,
        count(*) OVER (PARTITION BY f.id) AS drafts
    FROM draft_person p
    JOIN draft_household d ON d.id = p.household_id
    JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = d.on_file_id AND m.ends_on IS NULL
    JOIN households_person f ON f.tenant_id = %(tenant)s AND f.id = m.person_id AND f.document_index IS NULL
        AND f.name = p.name AND f.sex_code = p.sex_code AND coalesce(f.birth_on = p.birth_on, true)
    WHERE p.document_index IS NULL AND p.number = '' AND p.on_file_id IS NULL
)
UPDATE draft_person p SET on_file_id = fitting.person_id
FROM fitting
WHERE fitting.id = p.id AND fitting.members = 1 AND fitting.drafts = 1"""

INSERT_HOUSEHOLDS: Final = f"""
INSERT INTO households_household (id, tenant_id, scope_code, version, created_at, updated_at, village_id, number,
    group_name, status, standard_code, attribute_code, main_cause_code, other_cause_codes, identified_on,
    identified_precision, monitoring_state, monitoring_code, phone_sealed, phone_index, account_sealed, account_index,
    address, bank_name, is_servicemans_family, planned_lifting_year)
SELECT d.id, %(tenant)s, d.village_code, 1, now(), now(), v.id, d.number,
    d.group_name, d.status, d.standard_code, d.attribute_code, d.main_cause_code, d.other_cause_codes, d.identified_on,
    d.identified_precision, d.monitoring_state, d.monitoring_code, d.phone_sealed, d.phone_index, d.account_sealed,
    d.account_index, d.address, d.bank_name, d.is_servicemans_family, d.planned_lifting_year
FROM draft_household d
JOIN villages_village v ON v.tenant_id = %(tenant)s AND v.code = d.village_code
WHERE {_NEW}"""

INSERT_PERSONS: Final = f"""
INSERT INTO households_person (id, tenant_id, scope_code, version, created_at, updated_at, number, name,
    sound_key, sound_start, sex_code, birth_on, birth_precision, document_code, document_sealed, document_index,
    claim_index, disability_category_code, disability_grade_code, is_placeholder, phone_sealed, phone_index)
SELECT p.id, %(tenant)s, d.village_code, 1, now(), now(), p.number, p.name,
    p.sound_key, p.sound_start, p.sex_code, p.birth_on, p.birth_precision, p.document_code, p.document_sealed,
    p.document_index, p.claim_index, p.disability_category_code, p.disability_grade_code, p.is_placeholder,
    p.phone_sealed, p.phone_index
FROM draft_person p
JOIN draft_household d ON d.id = p.household_id
WHERE {_NEW} AND p.on_file_id IS NULL"""

# Who comes back to the register in another village than before, by the village of now.
RETURNED: Final = f"""
SELECT d.village_code, array_agg(f.id)
FROM draft_person p
JOIN draft_household d ON d.id = p.household_id
JOIN households_person f ON f.tenant_id = %(tenant)s AND f.id = p.on_file_id
WHERE {_NEW} AND f.scope_code <> d.village_code
GROUP BY d.village_code"""

# Who comes back was released when leaving, and is claimed again; a telephone that the draft knows is newer.
_NEW_PHONE: Final = "p.phone_index <> coalesce(f.phone_index, '')"
CLAIM_RETURNED: Final = f"""
UPDATE households_person f SET claim_index = coalesce(p.claim_index, f.claim_index), {contacts("f", "p", "phone")},
    version = f.version + CASE WHEN {_NEW_PHONE} THEN 1 ELSE 0 END,
    updated_at = CASE WHEN {_NEW_PHONE} THEN now() ELSE f.updated_at END
FROM draft_person p
JOIN draft_household d ON d.id = p.household_id
WHERE {_NEW} AND f.tenant_id = %(tenant)s AND f.id = p.on_file_id
    AND (p.claim_index <> coalesce(f.claim_index, '') OR {_NEW_PHONE})"""
# Not of those on file: their households are as they were.
CLAIMED: Final = f"""(SELECT coalesce(array_agg(p.claim_index), '{{}}')
    FROM draft_person p JOIN draft_household d ON d.id = p.household_id
    WHERE {_NEW} AND p.claim_index IS NOT NULL)"""

INSERT_MEMBERSHIPS: Final = f"""
INSERT INTO households_membership (id, tenant_id, scope_code, household_id, person_id, relation_code, starts_on,
    starts_precision, start_reason_code, end_reason_code)
SELECT p.id, %(tenant)s, d.village_code, d.id, coalesce(p.on_file_id, p.id), p.relation_code, {_STARTS_ON},
    {_STARTS_PRECISION}, '', ''
FROM draft_person p
JOIN draft_household d ON d.id = p.household_id
WHERE {_NEW}"""

INSERT_SPELLS: Final = f"""
INSERT INTO households_householdspell (id, tenant_id, scope_code, household_id, village_code, status, starts_on)
SELECT d.id, %(tenant)s, d.village_code, d.id, d.village_code, d.status, %(on)s
FROM draft_household d
WHERE {_NEW}"""

INSERT_MONITORING_SPELLS: Final = f"""
INSERT INTO households_monitoringspell (id, tenant_id, scope_code, household_id, category_code, starts_on,
    starts_precision, ends_on, end_code)
SELECT d.id, %(tenant)s, d.village_code, d.id, d.monitoring_code, d.monitored_on, d.monitored_precision,
    CASE WHEN d.monitoring_state = '{MonitoringState.REMOVED}' THEN coalesce(d.risk_removed_on, %(on)s) END, ''
FROM draft_household d
WHERE {_NEW} AND d.monitoring_state <> '{MonitoringState.NONE}'"""

# The figures of a year that the county has closed stand: what a roster tells of it is listed and not written.
YEAR_IS_OPEN: Final = """NOT EXISTS (
    SELECT FROM households_closedyear c WHERE c.tenant_id = %(tenant)s AND c.year = d.year AND c.reopened_on IS NULL)"""

INSERT_HOUSEHOLD_YEARS: Final = f"""
INSERT INTO households_householdyear (id, tenant_id, scope_code, household_id, year, period_start, period_end,
    person_count, wage_income_yuan, business_income_yuan, property_income_yuan, transfer_income_yuan,
    business_cost_yuan, net_per_head_yuan, is_declared, source, dangerous_housing, safe_water)
SELECT d.id, %(tenant)s, d.village_code, d.id, d.year, d.period_start, d.period_end,
    d.person_count, d.wage_income_yuan, d.business_income_yuan, d.property_income_yuan, d.transfer_income_yuan,
    d.business_cost_yuan, {NET_PER_HEAD}, d.is_declared, d.source, d.dangerous_housing, d.safe_water
FROM draft_household d
WHERE {_NEW} AND d.year IS NOT NULL AND {YEAR_IS_OPEN}"""

# Of who comes back the year may be on file: what the draft knows of it is newer.
INSERT_PERSON_YEARS: Final = f"""
WITH written AS (
    INSERT INTO households_personyear AS py (id, tenant_id, scope_code, person_id, year, {FACTS})
    SELECT p.id, %(tenant)s, d.village_code, coalesce(p.on_file_id, p.id), d.year, {DRAFT_FACTS}
    FROM draft_person p
    JOIN draft_household d ON d.id = p.household_id
    WHERE {_NEW} AND d.year IS NOT NULL AND {YEAR_IS_OPEN} AND {PERSON_FACTS_KNOWN}
    ON CONFLICT (tenant_id, person_id, year) DO UPDATE SET {assignments(PERSON_YEAR)}, visit_id = NULL
    WHERE {differs("py", PERSON_YEAR)}
    RETURNING person_id
)
UPDATE households_person f SET version = f.version + 1, updated_at = now()
FROM written JOIN draft_person p ON p.on_file_id = written.person_id
WHERE f.tenant_id = %(tenant)s AND f.id = written.person_id"""

_POSTING_COLUMNS: Final = """id, tenant_id, scope_code, household_id, kind, stock, effective_on, recorded_at,
    households_delta, persons_delta, village_code, reason"""
_MEMBERS: Final = "JOIN (SELECT household_id, count(*) AS n FROM draft_person GROUP BY 1) m ON m.household_id = d.id"

INSERT_POSTINGS: Final = f"""
INSERT INTO households_posting ({_POSTING_COLUMNS})
SELECT d.id, %(tenant)s, d.village_code, d.id,
    CASE d.status WHEN 'lifted' THEN %(lifted_kind)s ELSE %(not_lifted_kind)s END,
    CASE d.status {_STOCK} END, %(on)s, now(), 1, m.n, d.village_code, %(reason)s
FROM draft_household d {_MEMBERS}
WHERE {_NEW} AND d.status IN ({_WITH_STOCK})"""

INSERT_MONITORED_POSTINGS: Final = f"""
INSERT INTO households_posting ({_POSTING_COLUMNS})
SELECT {sibling_id_sql("d.id")}, %(tenant)s, d.village_code, d.id, %(monitored_kind)s, 'monitored', %(on)s, now(), 1,
    m.n, d.village_code, %(reason)s
FROM draft_household d {_MEMBERS}
WHERE {_NEW} AND d.monitoring_state IN ({_AT_RISK})"""
