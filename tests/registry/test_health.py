"""What `/readyz` and the system administrator's page find missing, asked of a process of its own."""

import socket
from collections.abc import Iterator
from time import monotonic

import pytest

from tests.support.database import Database, owner_connection, run_python

pytestmark = pytest.mark.slow
ASK = "import django; django.setup(); from registry.queries.health import missing_parts; print(*missing_parts())"
SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
# A process needs its time to start, on a busy machine too; what is tested is that the question ends.
SECONDS = 40


@pytest.fixture
def mute_port() -> Iterator[int]:
    """A port where something takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def missing(database: Database, **variables: str) -> str:
    return run_python("-c", ASK, database=database, environment=SETTINGS | variables).strip()


def test_nothing_is_missing_when_database_and_broker_are_there(committed_database: Database) -> None:
    assert missing(committed_database) == ""


def test_migrations_are_missing_when_one_has_to_run(committed_database: Database) -> None:
    with owner_connection(committed_database.name) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'reports'")

    assert missing(committed_database) == "migrations"


def test_database_is_missing_when_it_takes_connections_and_says_nothing(
    committed_database: Database, mute_port: int
) -> None:
    address = f"postgresql://nobody@127.0.0.1:{mute_port}/registry?connect_timeout=2"

    assert missing(committed_database, REGISTRY_DATABASE_URL=address) == "database"


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_broker_is_missing_when_it_takes_connections_and_says_nothing(
    committed_database: Database, mute_port: int, scheme: str
) -> None:
    began = monotonic()

    found = missing(committed_database, REGISTRY_BROKER_URL=f"{scheme}://127.0.0.1:{mute_port}")

    assert found == "broker"
    assert monotonic() - began < SECONDS
