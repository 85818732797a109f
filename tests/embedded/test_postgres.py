"""The database server of our own: roles, what it shows, and how it survives."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from registry.embedded import confinement
from registry.embedded.errors import EmbeddedError
from registry.embedded.ports import answers, wait_until_closed
from registry.embedded.postgres import SUPERUSER, PostgresServer
from registry.embedded.roles import APP, BACKUP, OWNER
from registry.embedded.servers import DATABASE, Servers, running_servers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with running_servers(tmp_path_factory.mktemp("servers"), throwaway=True) as running:
        yield running


@pytest.mark.parametrize(
    ("role", "is_superuser", "bypasses_policies", "creates_databases"),
    [(OWNER, False, False, True), (APP, False, False, False), (BACKUP, False, True, False)],
)
def test_roles_have_no_more_power_than_they_need_when_provided(
    servers: Servers, role: str, is_superuser: bool, bypasses_policies: bool, creates_databases: bool
) -> None:
    with psycopg.connect(servers.postgres.url(role)) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    assert row == (is_superuser, bypasses_policies, creates_databases, False)


@pytest.mark.parametrize("extension", ["btree_gist", "pg_trgm"])
def test_owner_may_create_extensions_when_they_are_trusted(servers: Servers, extension: str) -> None:
    with psycopg.connect(servers.postgres.url(OWNER)) as connection:
        connection.execute(f"CREATE EXTENSION {extension}")
        found = connection.execute("SELECT count(*) FROM pg_extension WHERE extname = %s", [extension]).fetchone()
        connection.rollback()

    assert found == (1,)


def test_app_role_may_not_create_tables_when_it_may_create_temporary_ones(servers: Servers) -> None:
    with psycopg.connect(servers.postgres.url(APP), autocommit=True) as connection:
        connection.execute("CREATE TEMPORARY TABLE draft (number integer)")

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.draft (number integer)")


def test_owner_drops_a_database_when_another_role_is_connected(servers: Servers) -> None:
    with psycopg.connect(servers.postgres.url(OWNER, "postgres"), autocommit=True) as owner:
        owner.execute("CREATE DATABASE draft")
        with psycopg.connect(servers.postgres.url(APP, "draft")):
            owner.execute("DROP DATABASE draft WITH (FORCE)")

        found = owner.execute("SELECT count(*) FROM pg_database WHERE datname = 'draft'").fetchone()

    assert found == (0,)


def test_backup_role_cannot_write_when_a_table_is_granted_to_it(servers: Servers) -> None:
    with psycopg.connect(servers.postgres.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE note (number integer)")
        owner.execute(f"GRANT INSERT ON note TO {BACKUP}")
    with psycopg.connect(servers.postgres.url(BACKUP)) as backup:
        assert backup.execute("SELECT count(*) FROM note").fetchone() == (0,)

        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            backup.execute("INSERT INTO note VALUES (1)")


def test_server_refuses_a_login_when_the_password_is_wrong(servers: Servers) -> None:
    url = servers.postgres.url(APP).replace(servers.postgres.secrets[APP], "wrong")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_secrets_are_readable_to_our_user_only_when_kept(servers: Servers) -> None:
    kept = [*servers.folder.rglob("secrets.json"), *servers.folder.rglob("valkey.conf")]

    modes = {path.name: path.stat().st_mode & 0o777 for path in kept}

    assert modes == {"secrets.json": 0o600, "valkey.conf": 0o600}


def test_text_is_ordered_by_code_points_when_sorted(servers: Servers) -> None:
    with psycopg.connect(servers.postgres.url(APP)) as connection:
        rows = connection.execute("SELECT x FROM unnest(ARRAY['b', 'a', 'B', '县', '乡']) x ORDER BY x").fetchall()

    assert [row[0] for row in rows] == sorted(["b", "a", "B", "县", "乡"])


def test_data_is_there_again_when_the_server_was_killed(tmp_path: Path) -> None:
    servers = Servers(tmp_path / "site")
    servers.start()
    with psycopg.connect(servers.postgres.url(OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(servers.children[0].pid or 0, signal.SIGKILL)
    wait_until_closed(servers.postgres.port, seconds=10)
    servers.stop()
    again = Servers(tmp_path / "site")

    again.start()

    with psycopg.connect(again.postgres.url(OWNER)) as connection:
        row = connection.execute("SELECT answer FROM kept").fetchone()
    again.stop()
    assert (row, again.is_new) == ((42,), False)


def test_start_removes_a_stale_lock_when_its_process_number_is_another_program(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / "postgres", throwaway=True)
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")

    server.start()

    is_answering = answers(server.port)
    server.stop()
    assert is_answering


def test_start_says_what_to_do_when_the_data_is_of_another_version(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / "postgres", throwaway=True)
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(EmbeddedError, match="was made by PostgreSQL 9"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_server_runs_as_the_ordinary_user_when_root_has_no_namespaces() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not pytest's own, which nobody else may enter
        Path(folder).chmod(0o711)
        server = PostgresServer(Path(folder) / "postgres", throwaway=True, mode=confinement.USER)

        child = server.start()

        status = Path(f"/proc/{child.pid}/status").read_text()
        server.stop()
    assert "Uid:\t65534\t65534\t65534\t65534" in status


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_start_names_a_better_folder_when_the_ordinary_user_cannot_enter_this_one(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    server = PostgresServer(tmp_path / "postgres", throwaway=True, mode=confinement.USER)

    with pytest.raises(EmbeddedError, match="make demo DEMO_DATA="):
        server.start()


def test_servers_end_when_their_starter_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from registry.embedded.servers import Servers\n"
        "servers = Servers(Path(sys.argv[1]), throwaway=True); servers.start()\n"
        "print(servers.postgres.port, servers.broker.port, flush=True); time.sleep(600)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    ports = [int(port) for port in starter.stdout.readline().split()]
    assert [answers(port) for port in ports] == [True, True]

    starter.kill()
    starter.communicate()

    assert [wait_until_closed(port, seconds=10) for port in ports] == [True, True]


def test_url_leads_to_the_database_when_used_by_the_superuser(servers: Servers) -> None:
    with psycopg.connect(servers.postgres.url(SUPERUSER, DATABASE)) as connection:
        row = connection.execute("SELECT current_user::text, current_database()::text").fetchone()

    assert row == (SUPERUSER, DATABASE)
