"""PostgreSQL and the broker of one run of tests."""

import fcntl
import os
import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

from registry.embedded import roles
from registry.embedded.errors import EmbeddedError
from registry.embedded.postgres import SUPERUSER, PostgresServer
from registry.embedded.siteenv import site_secrets
from registry.embedded.valkey import ValkeyServer

# The address of a superuser on a PostgreSQL 15 or newer that may be used for tests; without it a server is started.
EXTERNAL_VARIABLE = "REGISTRY_TEST_DATABASE_URL"
MARK = "made by the test suite of the registry"
PREFIX = "registry-test-"
# So long a folder is left alone: its run may be about to lock it, or its servers about to end.
YOUNG_SECONDS = 600


class RunServers:
    """The servers of one run; nothing of them is left after `stop`."""

    def __init__(self) -> None:
        """Prepare a folder; nothing is started yet."""
        remove_leftovers(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = (self.folder / "lock").open("w")  # free again as soon as this process ends, however it ends
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.folder.chmod(0o711)  # a confined server passes through, nobody lists it
        self.run = secrets.token_hex(4)
        self.description = ""
        self._postgres: PostgresServer | None = None
        self._broker = ValkeyServer(self.folder / "broker", throwaway=True)
        self._external = os.environ.get(EXTERNAL_VARIABLE, "")
        self._passwords = {role: secrets.token_urlsafe(16) for role in roles.ATTRIBUTES}

    def start(self) -> dict[str, str]:
        """Start what is needed and return the environment of the tests."""
        addresses = self._external_addresses() if self._external else self._own_addresses()
        self._broker.start()
        (self.folder / "site").mkdir(mode=0o700)
        return {
            "REGISTRY_TEST_RUN": self.run,
            "REGISTRY_TEST_FOLDER": str(self.folder),
            "REGISTRY_DATABASE_URL": addresses[roles.APP],
            "REGISTRY_OWNER_DATABASE_URL": addresses[roles.OWNER],
            "REGISTRY_BACKUP_DATABASE_URL": addresses[roles.BACKUP],
            "REGISTRY_BROKER_URL": self._broker.url,
            "REGISTRY_DATA_DIR": str(self.folder / "site"),
            **site_secrets(self.folder / "site.json"),
            "REGISTRY_MAIL_FROM": "registry@example.invalid",
        }

    def stop(self) -> None:
        """Stop the servers and remove the folder, or the run's databases on an external server."""
        try:
            if self._external:
                self._drop_databases()
        finally:
            self._broker.stop()
            if self._postgres is not None:
                self._postgres.stop()
            shutil.rmtree(self.folder, ignore_errors=True)
            self._lock.close()

    def _own_addresses(self) -> dict[str, str]:
        """Start a server of our own."""
        self._postgres = PostgresServer(self.folder / "postgres", throwaway=True)
        self._postgres.start()
        self._passwords = self._postgres.secrets
        with psycopg.connect(self._postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            roles.provide_roles(connection, self._passwords)
            self._describe(connection)
        return {role: self._postgres.url(role, self._unmade) for role in roles.ATTRIBUTES}

    def _external_addresses(self) -> dict[str, str]:
        """Use the server of the environment, unless its roles are somebody's who is not a test."""
        parts = urlsplit(self._external)
        with psycopg.connect(self._external, autocommit=True) as connection:
            require_test_server(connection)
            roles.provide_roles(connection, self._passwords)
            for role in roles.ATTRIBUTES:
                connection.execute(f"COMMENT ON ROLE {role} IS '{MARK}'")
            self._describe(connection)
        host = f"{parts.hostname}:{parts.port or 5432}"
        return {
            role: f"postgresql://{role}:{quote(password, safe='')}@{host}/{self._unmade}"
            for role, password in self._passwords.items()
        }

    @property
    def _unmade(self) -> str:
        """The name of a database that is never made: who connects without the fixtures must not reach the template."""
        return f"registry_test_{self.run}_unmade"

    def _describe(self, connection: psycopg.Connection) -> None:
        """Note what the header of the run shows."""
        version = connection.info.parameter_status("server_version")
        self.description = f"PostgreSQL {version} ({'external' if self._external else 'own'}), Valkey, in {self.folder}"

    def _drop_databases(self) -> None:
        """Drop the databases of this run."""
        with psycopg.connect(self._external, autocommit=True) as connection:
            names = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"registry\\_test\\_{self.run}\\_%"]
            ).fetchall()
            for (name,) in names:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def remove_leftovers(folder: Path) -> None:
    """Remove the folders of runs that were killed; their servers have ended by themselves."""
    for lock in folder.glob(f"{PREFIX}*/lock"):
        with suppress(OSError), lock.open() as held:  # of another user, gone meanwhile, or in use
            if lock.stat().st_mtime > time.time() - YOUNG_SECONDS:
                continue
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)


def require_test_server(connection: psycopg.Connection) -> None:
    """Refuse a server whose registry roles were not made by tests, since their passwords are going to change.

    Raises: EmbeddedError when a registry is installed there.
    """
    found = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) "
        "AND shobj_description(oid, 'pg_authid') IS DISTINCT FROM %s",
        [list(roles.ATTRIBUTES), MARK],
    ).fetchone()
    if found:
        raise EmbeddedError(
            f"{EXTERNAL_VARIABLE} names a server that already has a role {found[0]} which no test made: it may serve a "
            "registry. Name a server for tests only."
        )
