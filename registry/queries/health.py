"""What a process needs in order to serve: the database with its schema, and the broker."""

from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from kombu.connection import Connection

# Whoever asks waits for the answer: a broker that takes connections and never speaks must not hold the question.
BROKER_SECONDS: Final = 2


def missing_parts() -> list[str]:
    """Name what is not in order: `database` (not reached), `migrations` (some have to run) and `broker`."""
    return [*_missing_of_database(), *([] if _broker() else ["broker"])]


def _missing_of_database() -> list[str]:
    """Reach the database and find every migration applied."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return [] if _schema.is_current() else ["migrations"]
    except Error:
        return ["database"]


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
    waits = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with Connection(  # type: ignore[no-untyped-call]  # kombu
            settings.CELERY_BROKER_URL, connect_timeout=BROKER_SECONDS, transport_options=waits
        ) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=2 * BROKER_SECONDS)
    except Exception:  # noqa: BLE001  (each broker's client has errors of its own, and all mean "not there")
        return False
    return True
