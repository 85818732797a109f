"""The text of the triggers that hold a column of states to its table of allowed changes."""

from collections.abc import Iterable


def guard_sql(table: str, column: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Write the trigger that refuses every change of `column` which is not one of `pairs`."""
    values = ", ".join(f"('{source}', '{target}')" for source, target in pairs)
    return f"""
CREATE OR REPLACE FUNCTION {table}_{column}_workflow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.{column}, NEW.{column}) NOT IN ({values}) THEN
        RAISE EXCEPTION '{column} of {table} may not change from % to %', OLD.{column}, NEW.{column}
            USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_{column}_workflow';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {table}_{column}_workflow BEFORE UPDATE OF {column} ON {table}
    FOR EACH ROW WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION {table}_{column}_workflow();
"""


def unguard_sql(table: str, column: str) -> str:
    """Write what takes the trigger away again."""
    return f"""
DROP TRIGGER {table}_{column}_workflow ON {table};
DROP FUNCTION {table}_{column}_workflow();
"""
