"""A backup of two counties, restored into an empty database."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_django import Settings

from registry.domain.documents import store_document
from registry.embedded.binaries import postgres_folder
from registry.embedded.processes import guarded
from registry.models import Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.scope import tenant_scope
from tests.support.database import Database, drop, empty, run_manage

pytestmark = pytest.mark.slow
DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
COUNTIES = {901: "549901000000", 902: "549902000000"}
DOCUMENTS = "SELECT tenant_id, name, sha256 FROM registry_document ORDER BY tenant_id"


@pytest.fixture
def site(committed_database: Database, tmp_path: Path, settings: Settings) -> Path:
    """A folder of files, and in the database two counties that keep one file each."""
    location = str(tmp_path / "site" / "documents")
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": location}}
    settings.STORAGES = settings.STORAGES | {"documents": backend}
    for tenant_id, code in COUNTIES.items():
        tenant = Tenant.objects.create(pk=tenant_id, code=code, name="示例县")
        with tenant_scope(county_actor(tenant, origin="test")) as actor:
            store_document(code.encode(), name=code, media_type="text/plain", kind="test", actor=actor, scope_code=code)
    return tmp_path / "site"


@pytest.fixture
def empty_database(committed_database: Database) -> Iterator[Database]:
    database = empty(f"{committed_database.name}_restored")
    yield database
    drop(database)


def run(script: str, *arguments: Path | str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{postgres_folder()}:{os.environ['PATH']}"} | variables
    command = [DEPLOY / script, *arguments]
    return subprocess.run(command, check=False, env=environment, capture_output=True, text=True)


def back_up(database: Database, site: Path, target: Path, keep: int = 14) -> Path:
    addresses = {"REGISTRY_BACKUP_DATABASE_URL": database.backup_url, "REGISTRY_DATA_DIR": str(site)}
    done = run("backup.sh", target, str(keep), **addresses)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.splitlines()[0].removeprefix("Backed up to "))


def restore(backup: Path, database: Database, site: Path) -> subprocess.CompletedProcess[str]:
    return run("restore.sh", backup, REGISTRY_OWNER_DATABASE_URL=database.owner_url, REGISTRY_DATA_DIR=str(site))


def documents(url: str) -> list[tuple[int, str, str]]:
    with psycopg.connect(url) as connection:
        return connection.execute(DOCUMENTS).fetchall()


def files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_restore_brings_back_rows_and_files_of_all_counties_when_the_database_is_empty(
    committed_database: Database, site: Path, empty_database: Database, tmp_path: Path
) -> None:
    backup = back_up(committed_database, site, tmp_path / "backups")

    done = restore(backup, empty_database, tmp_path / "restored")

    assert done.returncode == 0, done.stderr
    assert [row[0] for row in documents(empty_database.backup_url)] == list(COUNTIES)
    assert documents(empty_database.backup_url) == documents(committed_database.backup_url)
    assert files(tmp_path / "restored") == files(site)
    assert len(files(site)) == 2


def test_backup_is_made_when_a_file_is_being_written_meanwhile(
    committed_database: Database, site: Path, tmp_path: Path
) -> None:
    growing = site / "documents" / "growing"
    growing.write_bytes(bytes(30_000_000))
    writer = subprocess.Popen(guarded(["sh", "-c", 'while :; do printf x >> "$0"; done', str(growing)]))

    backup = back_up(committed_database, site, tmp_path / "backups")

    writer.kill()
    writer.wait()
    assert (backup / "documents.tar").stat().st_size > 30_000_000


def test_restore_says_nothing_but_its_end_when_it_went_well(
    committed_database: Database, site: Path, empty_database: Database, tmp_path: Path
) -> None:
    done = restore(back_up(committed_database, site, tmp_path / "backups"), empty_database, tmp_path / "restored")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Restored ")


def test_policies_are_in_force_when_restored(
    committed_database: Database, site: Path, empty_database: Database, tmp_path: Path
) -> None:
    restore(back_up(committed_database, site, tmp_path / "backups"), empty_database, tmp_path / "restored")

    checked = run_manage("check", "--database", "default", database=empty_database)

    assert "no issues" in checked
    assert documents(empty_database.app_url) == []


def test_restore_changes_nothing_when_the_database_holds_tables(
    committed_database: Database, site: Path, tmp_path: Path
) -> None:
    backup = back_up(committed_database, site, tmp_path / "backups")
    before = documents(committed_database.backup_url)

    done = restore(backup, committed_database, tmp_path / "restored")

    assert done.returncode == 1
    assert "Restore into an empty one; nothing was changed." in done.stderr
    assert documents(committed_database.backup_url) == before


def test_restore_refuses_when_the_backup_was_damaged(
    committed_database: Database, site: Path, empty_database: Database, tmp_path: Path
) -> None:
    backup = back_up(committed_database, site, tmp_path / "backups")
    with (backup / "database.dump").open("r+b") as dump:
        dump.seek(200)
        dump.write(b"damaged")

    done = restore(backup, empty_database, tmp_path / "restored")

    assert done.returncode != 0
    assert "FAILED" in done.stdout + done.stderr
    assert not (tmp_path / "restored").exists()


def test_backup_is_readable_to_its_user_only_and_holds_no_key_when_made(
    committed_database: Database, site: Path, tmp_path: Path
) -> None:
    backup = back_up(committed_database, site, tmp_path / "backups")

    modes = {path.name: path.stat().st_mode & 0o777 for path in backup.iterdir()}

    assert modes == {"database.dump": 0o600, "documents.tar": 0o600, "SHA256SUMS": 0o600}
    assert backup.stat().st_mode & 0o777 == 0o700


def test_backup_removes_the_oldest_when_there_are_more_than_to_keep(
    committed_database: Database, site: Path, tmp_path: Path
) -> None:
    old = [tmp_path / "backups" / name for name in ("20200101T000000Z", "20200102T000000Z", "not a backup")]
    for folder in old:
        folder.mkdir(parents=True)

    newest = back_up(committed_database, site, tmp_path / "backups", keep=2)

    left = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert left == ["20200102T000000Z", newest.name, "not a backup"]
