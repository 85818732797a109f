"""Make the dump of a version: its schema, code lists, the example divisions, and a few invented households.

    export REGISTRY_POSTGRES_BIN=/usr/lib/postgresql/15/bin
    python -m registry.embedded run -- python -m tests.upgrade.make_dump v0.1.0

It is made once, when a version is released, and kept: `test_upgrade.py` brings it to the present schema. It is made
with the oldest PostgreSQL that we serve on, since an older one does not read the dump of a newer one.
"""

import os
import subprocess
import sys
from pathlib import Path

import django

from registry.embedded.binaries import OLDEST_MAJOR, POSTGRES_VARIABLE, postgres_folder
from registry.embedded.postgres import major_version

FOLDER = Path(__file__).parent
OWNER = {"REGISTRY_DATABASE_ROLE": "owner"}


def main(version: str) -> None:
    """Fill the empty database and dump it."""
    if major_version(postgres_folder()) != OLDEST_MAJOR:
        sys.exit(f"Make the dump with PostgreSQL {OLDEST_MAJOR}, and name its folder with {POSTGRES_VARIABLE}.")
    for command in (["migrate", "-v0"], ["load_code_lists"], ["load_divisions", "registry/data/divisions/example.csv",
                    "--edition", "2023", "--apply"]):  # fmt: skip
        subprocess.run([sys.executable, "manage.py", *command], check=True, env=os.environ | OWNER)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    fill()
    dump(FOLDER / f"{version}.dump")


def fill() -> None:
    """Register three households of one county and pair one of them."""
    from registry.tenancy.scope import tenant_scope  # noqa: PLC0415  (after django.setup)
    from tests.factories.assistance import paired  # noqa: PLC0415
    from tests.factories.households import registered  # noqa: PLC0415
    from tests.factories.tenants import county_office  # noqa: PLC0415

    with tenant_scope(county_office()):
        paired(registered(status="filed"))
        registered(status="lifted")
        registered(status="lifted", monitoring_state="identified", monitoring_code="1")


def dump(path: Path) -> None:
    """Dump the database as the backup role."""
    program = str(postgres_folder() / "pg_dump")
    address = os.environ["REGISTRY_BACKUP_DATABASE_URL"]
    subprocess.run(
        [program, "--format=custom", "--compress=9", "--no-owner", f"--file={path}", f"--dbname={address}"], check=True
    )


if __name__ == "__main__":
    main(sys.argv[1])
