"""The settings of a transaction that the policies of the database read. No other module may contain their names."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection
from psycopg import sql

from registry.tenancy.context import MOST_RANGES, Actor

TENANT: Final = "app.tenant"
ACTOR: Final = "app.actor"
AUDIT: Final = "app.audit"
RETENTION: Final = "app.retention"
RENEWAL: Final = "app.renewal"
CORRECTION: Final = "app.correction"
RANGES: Final = tuple((f"app.lo{number}", f"app.hi{number}") for number in range(1, MOST_RANGES + 1))


def scope_values(actor: Actor | None) -> dict[str, str]:
    """Give every setting with its value; an empty text means "nothing", as the policies read it."""
    plain = (TENANT, ACTOR, AUDIT, RETENTION, RENEWAL, CORRECTION, *(name for pair in RANGES for name in pair))
    values = dict.fromkeys(plain, "")
    if actor is not None:
        values[TENANT] = str(actor.tenant_id)
        values[ACTOR] = str(actor.user_id or "")
        values[AUDIT] = "on" if actor.reads_audit else ""
        for (lo_name, hi_name), code_range in zip(RANGES, actor.ranges, strict=False):
            values[lo_name], values[hi_name] = code_range.lo, code_range.hi
    return values


def _set_local(values: dict[str, str]) -> str:
    """Write the statements. SET LOCAL with a literal, since set_config() does not reach the shards of Citus."""
    return "; ".join(f"SET LOCAL {name} = {sql.quote(value)}" for name, value in values.items())


def apply_scope(actor: Actor | None) -> None:
    """Set the scope of the running transaction in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(_set_local(scope_values(actor)))


def wait_for_locks_at_most(milliseconds: int) -> None:
    """Give up in this transaction rather than wait longer for a lock.

    Below the second after which the database looks for deadlocks, whoever calls this is the one that gives up.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {int(milliseconds)}")


def see_one_picture() -> None:
    """Let all statements of this transaction, whose first one this is, see the database as it stood at one moment.

    What the transaction then changes of a row that somebody else changed meanwhile is refused by the database.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def joined_in_memory() -> Iterator[None]:
    """Let statements on a whole county be planned with joins in memory, whatever statistics the database has yet.

    Right after a first roster the planner takes each side of a join for a handful of rows, and would compare each
    household with each.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'")
        yield
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT; SET LOCAL work_mem = DEFAULT")


@contextmanager
def retention() -> Iterator[None]:
    """Let the retention verbs, and nothing else, empty audit details and former versions inside the block."""
    with connection.cursor() as cursor:
        cursor.execute(_set_local({RETENTION: "on"}))
        yield
        cursor.execute(_set_local({RETENTION: ""}))


@contextmanager
def renewal() -> Iterator[None]:
    """Let what is written inside the block, the same values under another key, be no new version of a row."""
    with connection.cursor() as cursor:
        cursor.execute(_set_local({RENEWAL: "on"}))
        yield
        cursor.execute(_set_local({RENEWAL: ""}))


@contextmanager
def correction() -> Iterator[None]:
    """Let what is written inside the block, as a second person decided, change figures of a year that is closed."""
    with connection.cursor() as cursor:
        cursor.execute(_set_local({CORRECTION: "on"}))
        yield
        cursor.execute(_set_local({CORRECTION: ""}))


def _setting(name: str) -> str:
    """Read a setting; it is '' and not NULL on a connection where it was set before."""
    return f"nullif(current_setting('{name}', true), '')"


def _in_ranges() -> str:
    """Compare under "C", as the columns are: under another collation no index on a code could be used."""
    code = 'code COLLATE "C"'
    return " OR ".join(f"({code} >= {_setting(lo)} AND {code} < {_setting(hi)})" for lo, hi in RANGES)


# Plain SQL functions are inlined into the policies, so that the planner sees index conditions in them.
FUNCTIONS: Final = f"""
CREATE FUNCTION app_tenant() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
    RETURN {_setting(TENANT)}::integer;
CREATE FUNCTION app_in_scope(code text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN {_in_ranges()};
CREATE FUNCTION app_reads_audit() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN {_setting(AUDIT)} = 'on';
CREATE FUNCTION app_empties_details() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN {_setting(RETENTION)} = 'on';
CREATE FUNCTION app_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'scope_code' = to_jsonb(NEW) - 'scope_code' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are kept as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION app_refuse_detail_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'scope_code' = to_jsonb(NEW) - 'scope_code' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND app_empties_details() AND NEW.before IS NULL AND NEW.after IS NULL
        AND to_jsonb(OLD) - 'before' - 'after' = to_jsonb(NEW) - 'before' - 'after' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'details of audit events are kept until the retention verb empties them'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION app_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last_seq > OLD.last_seq AND to_jsonb(OLD) - 'last_seq' = to_jsonb(NEW) - 'last_seq' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the number of audit events only rises' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION app_is_ours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) ->> TG_ARGV[0] = app_tenant()::text THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are written in the scope of their own tenant', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
DROP_FUNCTIONS: Final = """
DROP FUNCTION app_is_ours(); DROP FUNCTION app_counts_up(); DROP FUNCTION app_refuse_detail_change();
DROP FUNCTION app_refuse_change(); DROP FUNCTION app_empties_details();
DROP FUNCTION app_reads_audit(); DROP FUNCTION app_in_scope(text); DROP FUNCTION app_tenant();
"""

# Of the versions of rows (registry/tenancy/history.py). The stamp begins an id of UUID version 7 (RFC 9562, method 3
# of 6.2) with the microsecond of the clock: versions of a row have the order of their ids, also in one transaction.
HISTORY_FUNCTIONS: Final = f"""
CREATE FUNCTION app_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN {_setting(ACTOR)}::uuid;
CREATE FUNCTION app_renews_keys() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce({_setting(RENEWAL)} = 'on', false);
CREATE FUNCTION app_version_stamp() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    micros CONSTANT bigint := extract(epoch FROM clock_timestamp()) * 1000000;
BEGIN
    RETURN lpad(to_hex(micros / 1000), 12, '0') || '7' || lpad(to_hex(micros % 1000 * 4096 / 1000), 3, '0');
END $$;
CREATE FUNCTION app_unsealed_part(content jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(content) WHERE right(key, 7) <> '_sealed'
$$;
CREATE FUNCTION app_refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'scope_code' - 'content' = to_jsonb(NEW) - 'scope_code' - 'content' AND (
        OLD.content IS NOT DISTINCT FROM NEW.content
        OR (app_empties_details() AND NEW.content IS NULL)
        OR (app_renews_keys() AND app_unsealed_part(OLD.content) IS NOT DISTINCT FROM app_unsealed_part(NEW.content))
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'versions of rows are kept as they were written' USING ERRCODE = 'restrict_violation';
END $$;
"""  # noqa: S608  (names of our own settings)
DROP_HISTORY_FUNCTIONS: Final = """
DROP FUNCTION app_refuse_version_change(); DROP FUNCTION app_unsealed_part(jsonb); DROP FUNCTION app_version_stamp();
DROP FUNCTION app_renews_keys(); DROP FUNCTION app_actor();
"""

# Asked by the triggers that keep the figures of a closed year (households).
CORRECTION_FUNCTION: Final = f"""
CREATE FUNCTION app_corrects_closed_years() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce({_setting(CORRECTION)} = 'on', false);
"""
DROP_CORRECTION_FUNCTION: Final = "DROP FUNCTION app_corrects_closed_years();"
