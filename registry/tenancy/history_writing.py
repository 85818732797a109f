"""Write the functions of history anew at the end of each migrate: they name columns, which may have changed.

The columns are read from the database, so that this is right after a part of the migrations too.
"""

from typing import Any, Final

from django.db import connections

from registry.tenancy.checks import written_operations
from registry.tenancy.history import VersionKeeper
from registry.tenancy.operations import KeepHistory

# The tables with triggers of history: whether those are for each row, the text of their function, and the columns.
_KEPT_SQL: Final = r"""
SELECT c.relname, t.tgtype & 1 = 1, p.prosrc, (
    SELECT array_agg(a.attname::text) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgname = c.relname || '_version_update' AND c.relnamespace = 'public'::regnamespace
"""


def write_history_anew(using: str = "default", **_sent: Any) -> list[str]:
    """Write the functions whose text no longer fits their table, and give the tables."""
    kept = {table: one for table, one in written_operations() if isinstance(one, KeepHistory)}
    written = []
    with connections[using].cursor() as cursor:
        cursor.execute(_KEPT_SQL)
        for table, each_row, text, columns in cursor.fetchall():
            keeper = VersionKeeper.of_table(table, columns, owner=kept[table].of, or_itself=kept[table].or_itself)
            if keeper.bodies()[each_row] != text:
                cursor.execute(keeper.function_statement(each_row=each_row))
                written.append(table)
    return written
