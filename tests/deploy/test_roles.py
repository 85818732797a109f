"""deploy/roles.sql makes on a server of one's own what the embedded one has."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from registry.embedded.binaries import postgres_folder
from registry.embedded.postgres import SUPERUSER, PostgresServer
from registry.embedded.roles import APP, ATTRIBUTES, BACKUP, OWNER
from registry.embedded.servers import DATABASE, running_servers

pytestmark = pytest.mark.slow
DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
ROLES = (
    "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolinherit, rolreplication, rolconfig "
    "FROM pg_roles WHERE rolname = ANY(%s) ORDER BY rolname"
)
ACCESS = (
    "SELECT pg_get_userbyid(datdba)::text, encoding, "
    "ARRAY(SELECT entry::text FROM unnest(datacl) AS entry ORDER BY 1) FROM pg_database WHERE datname = %s"
)


def psql_environment(server: PostgresServer) -> dict[str, str]:
    password = {"PGPASSWORD": server.secrets[SUPERUSER], "PGUSER": SUPERUSER}
    passwords = {f"{name.removeprefix('registry_').upper()}_PASSWORD": server.secrets[name] for name in ATTRIBUTES}
    path = {"PATH": f"{postgres_folder()}:{os.environ['PATH']}"}
    return {**os.environ, **path, **password, **passwords, "PGHOST": "127.0.0.1", "PGPORT": str(server.port)}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    server = PostgresServer(tmp_path_factory.mktemp("own") / "postgres", throwaway=True)
    server.start()
    command = ["sh", str(DEPLOY / "roles-once.sh"), str(DEPLOY / "roles.sql")]
    subprocess.run(command, check=True, env=psql_environment(server), capture_output=True)
    yield server
    server.stop()


def test_roles_are_those_of_the_embedded_server_when_made_by_hand(server: PostgresServer, tmp_path: Path) -> None:
    with (
        running_servers(tmp_path, throwaway=True) as embedded,
        psycopg.connect(embedded.postgres.url(SUPERUSER, "postgres")) as theirs,
        psycopg.connect(server.url(SUPERUSER, "postgres")) as ours,
    ):
        wanted = [theirs.execute(ROLES, [list(ATTRIBUTES)]).fetchall(), theirs.execute(ACCESS, [DATABASE]).fetchall()]

        made = [ours.execute(ROLES, [list(ATTRIBUTES)]).fetchall(), ours.execute(ACCESS, [DATABASE]).fetchall()]

    assert made == wanted


@pytest.mark.parametrize("role", [OWNER, APP, BACKUP])
def test_role_logs_in_when_its_password_was_given(server: PostgresServer, role: str) -> None:
    with psycopg.connect(server.url(role)) as connection:
        assert connection.execute("SELECT current_user::text").fetchone() == (role,)


def test_owner_may_not_create_databases_when_in_service(server: PostgresServer) -> None:
    with (
        psycopg.connect(server.url(OWNER), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE DATABASE another")


def run_again(server: PostgresServer, **passwords: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(DEPLOY / "roles-once.sh"), str(DEPLOY / "roles.sql")]
    environment = psql_environment(server) | passwords
    return subprocess.run(command, check=False, env=environment, capture_output=True, text=True)


def test_second_run_changes_nothing_when_all_is_there(server: PostgresServer) -> None:
    done = run_again(server, APP_PASSWORD="another")

    said = "The roles are there already and stay as they are.\nThe database is there already and stays as it is.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    psycopg.connect(server.url(APP)).close()


def test_second_run_makes_an_empty_database_when_the_former_was_moved_away(server: PostgresServer) -> None:
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        before = connection.execute(ACCESS, [DATABASE]).fetchall()
        connection.execute(f"ALTER DATABASE {DATABASE} RENAME TO registry_before")

        done = run_again(server)

        made = connection.execute(ACCESS, [DATABASE]).fetchall()
    assert (done.returncode, done.stdout) == (0, "The roles are there already and stay as they are.\n")
    assert made == before


def test_run_says_which_password_is_missing_when_one_is_not_given(server: PostgresServer) -> None:
    done = run_again(server, BACKUP_PASSWORD="")

    assert done.returncode != 0
    assert "BACKUP_PASSWORD: Set a password for the role that backs up." in done.stderr
