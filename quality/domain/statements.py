# ruff: noqa: S608  (the statements are put together from our own data files and constants alone)
"""The statements of a run over a county and of the check of one household.

Both read `fact_person`, `fact_household` and `fact_village`: for a county they are temporary tables that one statement
fills, so that all rules see one moment; for a household they are parts of the one statement that asks every rule.
"""

from collections.abc import Iterable
from typing import Final

from quality.definitions import Rule
from quality.definitions.rules import facts
from quality.enums import RuleObject

_FACTS: Final = ("person", "household", "village")
# The household that was saved, or that of the person who was.
_WANTED: Final = """coalesce(%(household)s::uuid, (SELECT w.household_id FROM households_membership w
    WHERE w.tenant_id = %(tenant)s AND w.person_id = %(person)s::uuid AND w.ends_on IS NULL))"""
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


def _parts(names: Iterable[str], *, narrowed: bool) -> str:
    condition = f"AND h.id = {_WANTED}" if narrowed else ""
    return ", ".join(f"fact_{name} AS MATERIALIZED ({facts(name).replace(_NARROWED, condition)})" for name in names)


# One statement, hence one moment. The common table expressions stand before the tables of the same names.
FILL_FACTS: Final = (
    f"WITH {_parts(_FACTS, narrowed=False)},"
    " _person AS (INSERT INTO pg_temp.fact_person SELECT * FROM fact_person),"
    " _household AS (INSERT INTO pg_temp.fact_household SELECT * FROM fact_household)"
    " INSERT INTO pg_temp.fact_village SELECT * FROM fact_village"
)
COUNT_ROWS: Final = ("ANALYZE pg_temp.fact_person", "ANALYZE pg_temp.fact_household", "ANALYZE pg_temp.fact_village")


def find_offences(rule: Rule) -> str:
    """Write the statement that notes what breaks one rule in the whole county."""
    return f"INSERT INTO quality_offence ({_OFFENCE_COLUMNS}) {rule.statement()}"


def check_household(rules: Iterable[Rule]) -> str:
    """Write the one statement that gives what a household breaks beside its findings that are not closed.

    A row without a code is a finding on file of which nothing is broken any more.
    """
    asked = " UNION ALL ".join(rule.statement() for rule in rules if rule.object != RuleObject.VILLAGE)
    return (
        f"WITH {_parts(('person', 'household'), narrowed=True)}, offence ({_OFFENCE_COLUMNS}) AS ({asked})"
        f" SELECT {_WANTED}, o.rule_code, o.person_id, o.scope_code, f.state FROM offence o"
        " FULL JOIN (SELECT rule_code, subject_id, state FROM quality_finding WHERE tenant_id = %(tenant)s"
        f" AND suspicion_list_id IS NULL AND household_id = {_WANTED} AND state <> 'fixed'"
        " AND rule_code = ANY(%(codes)s)) f"
        " ON f.rule_code = o.rule_code AND f.subject_id = coalesce(o.person_id, o.household_id)"
    )


# What breaks which rule, with what is said of the rule: the parameters are lists of equal length.
_RULES: Final = (
    "rule_facts (rule_code, rule_version, severity, sector) AS"
    " (SELECT * FROM unnest(%(codes)s::text[], %(versions)s::int[], %(severities)s::text[], %(sectors)s::text[]))"
)
_OFFENCES_OF_HOUSEHOLD: Final = (
    "quality_offence AS (SELECT o.rule_code, o.person_id, coalesce(o.person_id, %(household)s::uuid) AS subject_id,"
    " NULL::uuid AS village_id, %(household)s::uuid AS household_id, %(scope_code)s::text AS scope_code"
    " FROM unnest(%(broken)s::text[], %(persons)s::uuid[]) AS o (rule_code, person_id))"
)
_UNTRUE: Final = """f.tenant_id = %(tenant)s AND f.suspicion_list_id IS NULL AND f.state <> 'fixed'
    AND NOT EXISTS (SELECT 1 FROM quality_offence o WHERE o.rule_code = f.rule_code AND o.subject_id = f.subject_id
        AND o.household_id IS NOT DISTINCT FROM f.household_id)"""
_CLOSE: Final = f"""closed AS (
    UPDATE quality_finding f SET state = 'fixed', closed_on = %(on)s, version = f.version + 1, updated_at = now()
    WHERE {_UNTRUE} {{narrowed}} RETURNING 1)"""
# An exemption counts until its day; a finding that came back, or whose exemption ended, is new again.
_RETURNS: Final = """(f.state = 'fixed' OR (f.state = 'exempted' AND NOT EXISTS (
    SELECT 1 FROM quality_exemption e WHERE e.tenant_id = %(tenant)s AND e.finding_id = f.id AND e.state = 'approved'
        AND e.expires_on > %(on)s)))"""
_WRITE: Final = f"""written AS (
    INSERT INTO quality_finding AS f (id, tenant_id, scope_code, version, created_at, updated_at, rule_code,
        rule_version, severity, sector, subject_id, household_id, person_id, village_id, first_seen_on, last_seen_on,
        state, reopened_count, assignee_role, note)
    SELECT gen_random_uuid(), %(tenant)s, o.scope_code, 1, now(), now(), o.rule_code,
        r.rule_version, r.severity, r.sector, o.subject_id, o.household_id, o.person_id, o.village_id, %(on)s, %(on)s,
        'new', 0, '', ''
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
_OF_HOUSEHOLD: Final = "AND f.household_id = %(household)s AND f.rule_code = ANY(%(codes)s)"
SETTLE_HOUSEHOLD: Final = (
    f"WITH {_RULES}, {_OFFENCES_OF_HOUSEHOLD}, {_CLOSE.format(narrowed=_OF_HOUSEHOLD)}, {_WRITE} {_COUNT}"
)
