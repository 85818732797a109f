"""Make the dump of a version: its schema, code lists, the example divisions, and a few invented households.

    python -m registry.embedded run -- python -m tests.upgrade.make_dump v0.1.0

It is made once, when a version is released, and kept: `test_upgrade.py` brings it to the present schema.
"""

import os
import subprocess
import sys
from pathlib import Path

import django

FOLDER = Path(__file__).parent
OWNER = {"REGISTRY_DATABASE_ROLE": "owner"}


def main(version: str) -> None:
    """Fill the empty database and dump it."""
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
    from registry.embedded.binaries import postgres_folder  # noqa: PLC0415  (after django.setup)

    program = str(postgres_folder() / "pg_dump")
    address = os.environ["REGISTRY_BACKUP_DATABASE_URL"]
    subprocess.run(
        [program, "--format=custom", "--compress=9", "--no-owner", f"--file={path}", f"--dbname={address}"], check=True
    )


if __name__ == "__main__":
    main(sys.argv[1])
