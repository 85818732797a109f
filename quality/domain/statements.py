# ruff: noqa: S608  (the statements are put together from our own data files and constants alone)
"""The statements of a run over a county and of the check of the households that were saved.

Both read `fact_person`, `fact_household` and `fact_village`: for a county they are temporary tables that one statement
fills, so that all rules see one moment; for a household they are parts of the one statement that asks every rule.
"""

from collections.abc import Iterable
from typing import Final

from quality.definitions import Rule
from quality.definitions.rules import facts
from quality.enums import RuleObject

_FACTS: Final = ("person", "household", "village")
# The households of what was saved: those where its persons live, or lived last, or those that it belongs to.
_OF_PERSONS: Final = """SELECT DISTINCT ON (w.person_id) w.household_id FROM households_membership w
    WHERE w.tenant_id = %(tenant)s AND w.person_id IN ({persons}) ORDER BY w.person_id, w.ends_on DESC NULLS FIRST"""
_WANTED: Final = {
    "households.household": "SELECT unnest(%(objects)s::uuid[])",
    "households.person": _OF_PERSONS.format(persons="SELECT unnest(%(objects)s::uuid[])"),
    "households.workrecord": _OF_PERSONS.format(
        persons="SELECT k.person_id FROM households_workrecord k"
        " WHERE k.tenant_id = %(tenant)s AND k.id = ANY(%(objects)s::uuid[])"
    ),
    "assistance.measure": "SELECT k.household_id FROM assistance_measure k"
    " WHERE k.tenant_id = %(tenant)s AND k.id = ANY(%(objects)s::uuid[])",
    "dossiers.monitoringcase": "SELECT k.household_id FROM dossiers_monitoringcase k"
    " WHERE k.tenant_id = %(tenant)s AND k.id = ANY(%(objects)s::uuid[])",
}
# The types of objects after whose saving a household can be checked.
CHECKED_TYPES: Final = frozenset(_WANTED)
_NARROWED: Final = "/* narrowed */"
_OFFENCE_COLUMNS: Final = "rule_code, household_id, person_id, village_id, scope_code"

# The temporary tables of this transaction, made anew: one for each kind of facts, and one for what the rules find.
MAKE_TABLES: Final = (
    "DROP TABLE IF EXISTS pg_temp.quality_offence, pg_temp.fact_village, pg_temp.fact_household, pg_temp.fact_person",
    *(f"CREATE TEMPORARY TABLE fact_{name} ON COMMIT DROP AS {facts(name)} WITH NO DATA" for name in _FACTS),
    (
        "CREATE TEMPORARY TABLE quality_offence (rule_code text, household_id uuid, person_id uuid, village_id uuid,"
        " scope_code text, subject_id uuid GENERATED ALWAYS AS (coalesce(person_id, household_id, village_id)) STORED)"
        " ON COMMIT DROP"
    ),
)


def _parts(names: Iterable[str], *, wanted: str = "") -> str:
    condition = f"AND h.id = ANY({wanted})" if wanted else ""
    return ", ".join(f"fact_{name} AS MATERIALIZED ({facts(name).replace(_NARROWED, condition)})" for name in names)


# One statement, hence one moment. The common table expressions stand before the tables of the same names.
FILL_FACTS: Final = (
    f"WITH {_parts(_FACTS)},"
    " _person AS (INSERT INTO pg_temp.fact_person SELECT * FROM fact_person),"
    " _household AS (INSERT INTO pg_temp.fact_household SELECT * FROM fact_household)"
    " INSERT INTO pg_temp.fact_village SELECT * FROM fact_village"
)
COUNT_ROWS: Final = ("ANALYZE pg_temp.fact_person", "ANALYZE pg_temp.fact_household", "ANALYZE pg_temp.fact_village")


def find_offences(rule: Rule) -> str:
    """Write the statement that notes what breaks one rule in the whole county."""
    return f"INSERT INTO quality_offence ({_OFFENCE_COLUMNS}) {rule.statement()}"


def check_households(rules: Iterable[Rule], object_type: str) -> str:
    """Write the one statement that gives what the households of what was saved break, beside their open findings.

    `objects` are the ids of objects of that type. A row without a code is a finding on file of which nothing is broken
    any more.
    """
    wanted = f"ARRAY({_WANTED[object_type]})"
    asked = " UNION ALL ".join(rule.statement() for rule in rules if rule.object != RuleObject.VILLAGE)
    return (
        f"WITH {_parts(('person', 'household'), wanted=wanted)}, offence ({_OFFENCE_COLUMNS}) AS ({asked})"
        " SELECT coalesce(o.household_id, f.household_id), o.rule_code, o.person_id, o.scope_code, f.state"
        " FROM offence o FULL JOIN (SELECT household_id, rule_code, subject_id, state FROM quality_finding"
        " WHERE tenant_id = %(tenant)s AND suspicion_list_id IS NULL AND state <> 'fixed'"
        f" AND household_id = ANY({wanted}) AND rule_code = ANY(%(codes)s)) f"
        " ON f.rule_code = o.rule_code AND f.household_id = o.household_id"
        " AND f.subject_id = coalesce(o.person_id, o.household_id)"
    )


# What breaks which rule, with what is said of the rule: the parameters are lists of equal length.
_RULES: Final = (
    "rule_facts (rule_code, rule_version, severity, sector) AS"
    " (SELECT * FROM unnest(%(codes)s::text[], %(versions)s::int[], %(severities)s::text[], %(sectors)s::text[]))"
)
_OFFENCES_OF_HOUSEHOLDS: Final = (
    "quality_offence AS (SELECT o.rule_code, o.person_id, coalesce(o.person_id, o.household_id) AS subject_id,"
    " NULL::uuid AS village_id, o.household_id, o.scope_code"
    " FROM unnest(%(broken)s::text[], %(persons)s::uuid[], %(of_households)s::uuid[], %(scope_codes)s::text[])"
    " AS o (rule_code, person_id, household_id, scope_code))"
)
_UNTRUE: Final = """f.tenant_id = %(tenant)s AND f.suspicion_list_id IS NULL AND f.state <> 'fixed'
    AND NOT EXISTS (SELECT 1 FROM quality_offence o WHERE o.rule_code = f.rule_code AND o.subject_id = f.subject_id
        AND o.household_id IS NOT DISTINCT FROM f.household_id)"""
_CLOSE: Final = f"""closed AS (
    UPDATE quality_finding f SET state = 'fixed', closed_on = %(on)s, version = f.version + 1, updated_at = now()
    WHERE {_UNTRUE} {{narrowed}} RETURNING 1)"""
# The ids of what is new stand in the order of writing (RFC 9562, 5.7: the first 24 digits come from `new_id`): random
# ones touched every page of an index, a quarter of the time that a first run took to write.
# An exemption counts until its day; a finding that came back, or whose exemption ended, is new again.
_RETURNS: Final = """(f.state = 'fixed' OR (f.state = 'exempted' AND NOT EXISTS (
    SELECT 1 FROM quality_exemption e WHERE e.tenant_id = %(tenant)s AND e.finding_id = f.id AND e.state = 'approved'
        AND e.expires_on > %(on)s)))"""
_WRITE: Final = f"""written AS (
    INSERT INTO quality_finding AS f (id, tenant_id, scope_code, version, created_at, updated_at, rule_code,
        rule_version, severity, sector, subject_id, household_id, person_id, village_id, first_seen_on, last_seen_on,
        state, reopened_count, assignee_role, note)
    SELECT (%(ids)s || lpad(to_hex(row_number() OVER ()), 8, '0'))::uuid, %(tenant)s, o.scope_code, 1, now(), now(),
        o.rule_code, r.rule_version, r.severity, r.sector, o.subject_id, o.household_id, o.person_id, o.village_id,
        %(on)s, %(on)s, 'new', 0, '', ''
    FROM quality_offence o JOIN rule_facts r ON r.rule_code = o.rule_code
    ON CONFLICT (tenant_id, rule_code, household_id, subject_id) WHERE suspicion_list_id IS NULL
    DO UPDATE SET last_seen_on = greatest(f.last_seen_on, excluded.last_seen_on), updated_at = now(),
        rule_version = excluded.rule_version, severity = excluded.severity, sector = excluded.sector,
        version = f.version + {_RETURNS}::int, reopened_count = f.reopened_count + {_RETURNS}::int,
        closed_on = CASE WHEN {_RETURNS} THEN NULL ELSE f.closed_on END,
        assignee_role = CASE WHEN {_RETURNS} THEN '' ELSE f.assignee_role END,
        assignee_id = CASE WHEN {_RETURNS} THEN NULL ELSE f.assignee_id END,
        due_on = CASE WHEN {_RETURNS} THEN NULL ELSE f.due_on END,
        state = CASE WHEN {_RETURNS} THEN 'new' ELSE f.state END
    WHERE f.last_seen_on < excluded.last_seen_on OR f.rule_version <> excluded.rule_version OR {_RETURNS}
    RETURNING f.xmax = 0 AS is_new)"""
_COUNT: Final = (
    "SELECT (SELECT count(*) FROM written WHERE is_new), (SELECT count(*) FROM closed),"
    " (SELECT count(*) FROM quality_offence)"
)
SETTLE_COUNTY: Final = f"WITH {_RULES}, {_CLOSE.format(narrowed='')}, {_WRITE} {_COUNT}"
_OF_HOUSEHOLDS: Final = "AND f.household_id = ANY(%(households)s::uuid[]) AND f.rule_code = ANY(%(codes)s)"
SETTLE_HOUSEHOLDS: Final = (
    f"WITH {_RULES}, {_OFFENCES_OF_HOUSEHOLDS}, {_CLOSE.format(narrowed=_OF_HOUSEHOLDS)}, {_WRITE} {_COUNT}"
)
