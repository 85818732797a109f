"""What a process needs in order to serve: the database with its schema, and the broker."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from kombu.connection import Connection


def missing_parts() -> list[str]:
    """Name what is not there: `database` (not reached, or migrations to run) and `broker`."""
    return [name for name, there in (("database", _database()), ("broker", _broker())) if not there]


def _database() -> bool:
    """Reach the database and find every migration applied."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _schema.is_current()
    except Error:
        return False


class _Schema:
    """Remembers that all migrations of this version have run: a process need not read them at each question."""

    def __init__(self) -> None:
        self._current = False

    def is_current(self) -> bool:
        if not self._current:
            executor = MigrationExecutor(connection)
            self._current = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self._current


_schema = _Schema()


def _broker() -> bool:
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:  # type: ignore[no-untyped-call]  # kombu
            broker.ensure_connection(max_retries=1, timeout=3)
    except Exception:  # noqa: BLE001  (each broker's client has errors of its own, and all mean "not there")
        return False
    return True
