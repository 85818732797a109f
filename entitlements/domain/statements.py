# ruff: noqa: S608  (the statements are put together from our own data files and constants alone)
"""The statements of a run over a county: facts of one moment, what does not agree by each policy, and its settling."""

from typing import Final

from entitlements.definitions import Policy
from entitlements.definitions.policies import KIND, facts

_FACTS: Final = ("person", "household")

# The temporary tables of this transaction, made anew: two of facts, and one of what does not agree.
MAKE_TABLES: Final = (
    "DROP TABLE IF EXISTS pg_temp.due_case, pg_temp.due_household, pg_temp.due_person",
    *(f"CREATE TEMPORARY TABLE due_{name} ON COMMIT DROP AS {facts(name)} WITH NO DATA" for name in _FACTS),
    (
        "CREATE TEMPORARY TABLE due_case (policy_code text, kind text, household_id uuid, person_id uuid,"
        " subject_id uuid GENERATED ALWAYS AS (coalesce(person_id, household_id)) STORED)"
        " ON COMMIT DROP"
    ),
)
# One statement, hence one moment. The common table expressions stand before the tables of the same names.
FILL_FACTS: Final = (
    f"WITH {', '.join(f'due_{name} AS MATERIALIZED ({facts(name)})' for name in _FACTS)},"
    " _person AS (INSERT INTO pg_temp.due_person SELECT * FROM due_person)"
    " INSERT INTO pg_temp.due_household SELECT * FROM due_household"
)
COUNT_ROWS: Final = ("ANALYZE pg_temp.due_person", "ANALYZE pg_temp.due_household")


def find_cases(policy: Policy) -> str:
    """Write the statement that notes of whom eligibility and receipt do not agree, and counts who is due and receives.

    It gives one row: how many are due, and how many receive.
    """
    return (
        f"WITH a AS MATERIALIZED ({policy.statement()}),"
        " noted AS (INSERT INTO pg_temp.due_case (policy_code, kind, household_id, person_id)"
        f" SELECT a.policy_code, {KIND}, a.household_id, a.person_id FROM a"
        f" WHERE ({KIND}) IS NOT NULL)"
        " SELECT count(*) FILTER (WHERE a.is_due), count(*) FILTER (WHERE a.is_received) FROM a"
    )


# Open findings are locked as `answer_findings` locks them, so that neither waits for the other for ever.
LOCK_OPEN: Final = (
    "SELECT count(*) FROM (SELECT 1 FROM entitlements_entitlementfinding f"
    " WHERE f.tenant_id = %(tenant)s AND f.state <> 'closed' ORDER BY f.id FOR UPDATE) locked"
)
# What a run says of each policy beside what it finds: the parameters are lists of equal length.
_POLICIES: Final = (
    "policy_facts (policy_code, policy_version, sector) AS"
    " (SELECT * FROM unnest(%(codes)s::text[], %(versions)s::int[], %(sectors)s::text[]))"
)
# Closed is what is no longer found, also where a policy is not asked any more.
_CLOSE: Final = """closed AS (
    UPDATE entitlements_entitlementfinding f
    SET state = 'closed', closed_on = %(on)s, version = f.version + 1, updated_at = now()
    WHERE f.tenant_id = %(tenant)s AND f.state <> 'closed' AND NOT EXISTS (
        SELECT 1 FROM due_case c WHERE c.policy_code = f.policy_code AND c.kind = f.kind
            AND c.subject_id = f.subject_id AND c.household_id = f.household_id)
    RETURNING 1)"""
# New again is what came back, and what was answered as long ago as the answer holds.
_RETURNS: Final = "(f.state = 'closed' OR (f.state = 'decided' AND f.ask_again_on <= %(on)s))"
# The village is that of the household now, also where it moved since the facts were read.
_WRITE: Final = f"""written AS (
    INSERT INTO entitlements_entitlementfinding AS f (id, tenant_id, scope_code, version, created_at, updated_at,
        policy_code, policy_version, year, kind, sector, subject_id, household_id, person_id, first_seen_on,
        last_seen_on, state, reopened_count, answer, note)
    SELECT (%(ids)s || lpad(to_hex(row_number() OVER ()), 8, '0'))::uuid, %(tenant)s, h.scope_code, 1, now(), now(),
        c.policy_code, r.policy_version, %(year)s, c.kind, r.sector, c.subject_id, c.household_id, c.person_id,
        %(on)s, %(on)s, 'new', 0, '', ''
    FROM due_case c JOIN policy_facts r ON r.policy_code = c.policy_code
    JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = c.household_id
    ON CONFLICT (tenant_id, policy_code, kind, household_id, subject_id)
    DO UPDATE SET last_seen_on = greatest(f.last_seen_on, excluded.last_seen_on), updated_at = now(),
        policy_version = excluded.policy_version, year = excluded.year, sector = excluded.sector,
        scope_code = excluded.scope_code, version = f.version + {_RETURNS}::int,
        reopened_count = f.reopened_count + {_RETURNS}::int,
        closed_on = CASE WHEN {_RETURNS} THEN NULL ELSE f.closed_on END,
        state = CASE WHEN {_RETURNS} THEN 'new' ELSE f.state END
    WHERE f.last_seen_on < excluded.last_seen_on OR f.policy_version <> excluded.policy_version
        OR f.sector <> excluded.sector OR f.scope_code <> excluded.scope_code OR {_RETURNS}
    RETURNING f.xmax = 0 AS is_new)"""
SETTLE: Final = (
    f"WITH {_POLICIES}, {_CLOSE}, {_WRITE}"
    " SELECT (SELECT count(*) FROM written WHERE is_new), (SELECT count(*) FROM closed),"
    " (SELECT count(*) FROM due_case)"
)
