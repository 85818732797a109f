"""What the database has read: the number of rows, whatever way it chose."""

from collections.abc import Callable, Iterable

from django.db import connection

READ = "SELECT relname, seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)"


def rows_read(tables: Iterable[str], act: Callable[[], object]) -> dict[str, int]:
    """Give the number of rows that were read from each of the tables while somebody acts in this transaction."""
    names = list(tables)
    with connection.cursor() as cursor:
        cursor.execute(READ, [names])
        before = dict(cursor.fetchall())
        act()
        cursor.execute(READ, [names])
        after = dict(cursor.fetchall())
    return {name: count - before.get(name, 0) for name, count in after.items()}
