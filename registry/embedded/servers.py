"""PostgreSQL and the broker together, and the environment that lets the product use them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from registry.embedded import roles
from registry.embedded.postgres import SUPERUSER, PostgresServer
from registry.embedded.processes import Child
from registry.embedded.siteenv import site_secrets
from registry.embedded.valkey import ValkeyServer

DATABASE = "registry"


class Servers:
    """Both servers with their data in `folder`, and a database `registry` with its three roles."""

    def __init__(self, folder: Path, *, throwaway: bool = False, postgres_port: int = 0, broker_port: int = 0) -> None:
        """Describe the servers; nothing is made or started before `start`."""
        self.folder = folder
        self.postgres = PostgresServer(folder / "postgres", port=postgres_port, throwaway=throwaway)
        self.broker = ValkeyServer(folder / "broker", port=broker_port, throwaway=throwaway)
        self.children: list[Child] = []
        self.is_new = True

    def start(self) -> None:
        """Start both, and make the roles and the database where they are missing.

        Raises: EmbeddedError when one does not start.
        """
        # Passed through, not listed, by the ordinary user that PostgreSQL may have to run as.
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        self.children.append(self.postgres.start())
        self.children.append(self.broker.start())
        with psycopg.connect(self.postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            roles.provide_roles(connection, self.postgres.secrets)
            self.is_new = roles.provide_database(connection, DATABASE)

    def stop(self) -> None:
        """Stop both, the broker first."""
        self.broker.stop()
        self.postgres.stop()

    def environment(self) -> dict[str, str]:
        """Return the variables of the product: addresses, secrets kept in the folder, and where files go."""
        files = self.folder / "files"
        files.mkdir(mode=0o700, exist_ok=True)
        return {
            "REGISTRY_DATABASE_URL": self.postgres.url(roles.APP, DATABASE),
            "REGISTRY_OWNER_DATABASE_URL": self.postgres.url(roles.OWNER, DATABASE),
            "REGISTRY_BACKUP_DATABASE_URL": self.postgres.url(roles.BACKUP, DATABASE),
            "REGISTRY_BROKER_URL": self.broker.url,
            "REGISTRY_DATA_DIR": str(files.resolve()),
            **site_secrets(self.folder / "site.json"),
        }


@contextmanager
def running_servers(folder: Path, *, throwaway: bool) -> Iterator[Servers]:
    """Start both servers and stop them again."""
    servers = Servers(folder, throwaway=throwaway)
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()
