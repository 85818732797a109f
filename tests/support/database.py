"""Databases for tests: one migrated template for a run, and cheap clones of it.

The template is made by the owner role the first time that a test needs a database, under a lock, so that the workers of
one run make it once. All tests connect as the plain app role.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from registry.embedded.binaries import postgres_folder
from registry.embedded.postgres import major_version
from tests.support.waiting import wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
# The folder in which a developer keeps the filled database between runs; the build server names none.
CACHE_VARIABLE = "REGISTRY_TEST_CACHE"
INGREDIENTS = (
    "*/migrations/*.py",
    "*/workflow.py",
    "registry/tenancy/*.py",
    "registry/data/**/*",
    "registry/management/commands/load_*.py",
    "tests/support/prepare.py",
)


@dataclass(frozen=True)
class Database:
    """A database of this run, by the addresses of its three roles."""

    name: str

    @property
    def app_url(self) -> str:
        """The address for the role that serves."""
        return self._address("REGISTRY_DATABASE_URL")

    @property
    def owner_url(self) -> str:
        """The address for the role that migrates."""
        return self._address("REGISTRY_OWNER_DATABASE_URL")

    @property
    def backup_url(self) -> str:
        """The address for the role that dumps and sees all tenants."""
        return self._address("REGISTRY_BACKUP_DATABASE_URL")

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to work on this database."""
        return {
            "REGISTRY_DATABASE_URL": self.app_url,
            "REGISTRY_OWNER_DATABASE_URL": self.owner_url,
            "REGISTRY_BACKUP_DATABASE_URL": self.backup_url,
        }

    def _address(self, variable: str) -> str:
        return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{self.name}"))


def run_manage(*arguments: str, database: Database, environment: dict[str, str] | None = None) -> str:
    """Run manage.py on the database and return its output.

    Raises: RuntimeError with the output when it failed.
    """
    return run_python("manage.py", *arguments, database=database, environment=environment)


def run_python(*arguments: str, database: Database, environment: dict[str, str] | None = None) -> str:
    """Run Python on the database and return its output.

    Raises: RuntimeError with the output when it failed.
    """
    done = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        cwd=ROOT,
        env=os.environ | database.environment | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout[-6000:]}")
    return done.stdout


def template() -> Database:
    """Return the migrated database with code lists and the example divisions, made at the first call of a run."""
    database = Database(f"registry_test_{os.environ['REGISTRY_TEST_RUN']}_template")
    with made_once(Path(os.environ["REGISTRY_TEST_FOLDER"]) / "template.ready") as is_made:
        if not is_made:
            drop(database)
            empty(database.name)
            fill(database)
    return database


@contextmanager
def made_once(ready: Path) -> Iterator[bool]:
    """Say whether something that the workers of a run share is made; if not, it is when the block has ended well."""
    with ready.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield ready.exists()
        ready.touch()


def fill(database: Database) -> None:
    """Bring the empty database into the state that tests start from, from the cache where there is one.

    With REGISTRY_TEST_CACHE, a folder, the filled database is kept there as a dump and restored by later runs, which
    takes a fraction of the time, until something it is made of changes. Where only something was added, such as a
    migration, that is done to the database that was kept before.
    """
    folder = os.environ.get(CACHE_VARIABLE)
    if not folder:
        run_python("-m", "tests.support.prepare", database=database)
        return
    made_of = _ingredients()
    kept = Path(folder) / f"template-{_digest(made_of)}.dump"
    if kept.exists():
        _restore(kept, database)
        return
    former = _former(Path(folder), made_of)
    if former is not None:
        _restore(former, database)
    run_python("-m", "tests.support.prepare", database=database)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.with_suffix(".json").write_text(json.dumps(made_of))
    unfinished = kept.with_suffix(f".{os.getpid()}")
    _run_program(
        "pg_dump", "--format=custom", "--compress=1", f"--file={unfinished}", f"--dbname={database.backup_url}"
    )
    unfinished.rename(kept)


def _restore(kept: Path, database: Database) -> None:
    _run_program("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={database.owner_url}", str(kept))


def _ingredients() -> dict[str, str]:
    """Give what the filled database is made of with a digest of each: server, migrations, their helpers, and data."""
    made_of = {"server": str(major_version(postgres_folder()))}
    for pattern in INGREDIENTS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                made_of[str(path.relative_to(ROOT))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return made_of


def _digest(made_of: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:32]


def _former(folder: Path, made_of: Mapping[str, str]) -> Path | None:
    """Give the kept database that is made of most of the same, and of nothing else: what came since is added to it."""
    fitting: list[tuple[int, Path]] = []
    for note in folder.glob("template-*.json"):
        former = json.loads(note.read_text())
        if former.items() <= made_of.items() and note.with_suffix(".dump").exists():
            fitting.append((len(former), note.with_suffix(".dump")))
    return max(fitting)[1] if fitting else None


def _run_program(name: str, *arguments: str) -> None:
    subprocess.run([str(postgres_folder() / name), *arguments], check=True, stdout=subprocess.DEVNULL)


def empty(name: str) -> Database:
    """Create a database without a schema."""
    with owner_connection() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return Database(name)


def clone(name: str, *, source: Database | None = None) -> Database:
    """Create a copy of a database in which nobody is at work; of the template where none is named."""
    database = Database(f"registry_test_{os.environ['REGISTRY_TEST_RUN']}_{name}")
    former = source or template()
    drop(database)
    wait_for(lambda: _copied(former, database), what="a copy of a database")
    return database


def _copied(source: Database, target: Database) -> bool:
    """Copy a database, and tell whether that went: it does not while a process, such as autovacuum, is in it."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with owner_connection() as connection, suppress(psycopg.errors.ObjectInUse):
        connection.execute(statement.format(sql.Identifier(target.name), sql.Identifier(source.name)))
        return True
    return False


def drop(database: Database) -> None:
    """Drop a database, ending what is connected to it."""
    with owner_connection() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database.name)))


@contextmanager
def owner_connection(name: str = "postgres") -> Iterator[psycopg.Connection]:
    """Open a connection as the owner role, in autocommit mode."""
    with psycopg.connect(Database(name).owner_url, autocommit=True) as connection:
        yield connection


@contextmanager
def django_connected_to(database: Database) -> Iterator[None]:
    """Let Django's connections of this process, in all its threads, lead to the database, and back again after."""
    from django.db import connections  # noqa: PLC0415 settings are ready only inside a test run

    aliases = list(connections)
    before = {alias: connections.databases[alias]["NAME"] for alias in aliases}
    _point(dict.fromkeys(aliases, database.name))
    try:
        yield
    finally:
        _point(before)


def _point(names: dict[str, str]) -> None:
    """Set the database names of Django's connections, closing what is open to the former ones."""
    from django.db import connections  # noqa: PLC0415 settings are ready only inside a test run

    for alias, name in names.items():
        connections[alias].close()
        connections.databases[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name
