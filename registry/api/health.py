"""Is the process alive, and can it serve? Neither tells anything of the data."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from kombu.connection import Connection


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer while the process lives."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, schema and broker are there, 503 with what is missing otherwise."""
    missing = [name for name, there in (("database", _database()), ("broker", _broker())) if not there]
    return JsonResponse({"status": "missing" if missing else "ok", "missing": missing}, status=503 if missing else 200)


def _database() -> bool:
    """Reach the database and find every migration applied."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False


def _broker() -> bool:
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:  # type: ignore[no-untyped-call]  # kombu
            broker.ensure_connection(max_retries=1, timeout=3)
    except Exception:  # noqa: BLE001  (each broker's client has errors of its own, and all mean "not there")
        return False
    return True
