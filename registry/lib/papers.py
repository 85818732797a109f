"""SQL by which a file goes along when the row that holds it moves to another division.

Whoever sees the row must see its file, and nobody else.
"""


def follow_sql(table: str, column: str) -> str:
    """Give the trigger of a table whose column names a document."""
    return f"""
CREATE FUNCTION {table}_file_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry_document SET scope_code = NEW.scope_code WHERE tenant_id = NEW.tenant_id AND id = NEW.{column};
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_file_moves AFTER UPDATE OF scope_code ON {table}
    FOR EACH ROW WHEN (OLD.scope_code IS DISTINCT FROM NEW.scope_code AND NEW.{column} IS NOT NULL)
    EXECUTE FUNCTION {table}_file_moves();
"""  # noqa: S608  (names of the code's own tables)


def unfollow_sql(table: str) -> str:
    """Give what takes the trigger away."""
    return f"DROP TRIGGER {table}_file_moves ON {table};\nDROP FUNCTION {table}_file_moves();\n"
