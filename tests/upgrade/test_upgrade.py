"""A database of each released version comes to the present schema with its rows whole."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from registry.embedded.binaries import postgres_folder
from tests.support.database import Database, drop, empty, run_manage

pytestmark = pytest.mark.slow
DUMPS = sorted(Path(__file__).parent.glob("*.dump"))
COUNTS = """
SELECT (SELECT count(*) FROM households_household), (SELECT count(*) FROM households_person),
       (SELECT count(*) FROM households_membership), (SELECT count(*) FROM assistance_pairing),
       (SELECT sum(households_delta) FROM households_posting WHERE stock = 'lifted')
"""


@pytest.fixture(params=DUMPS, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, django_test_environment: None) -> Iterator[Database]:
    """Give a database as that version left it."""
    run = os.environ["REGISTRY_TEST_RUN"]
    database = empty(f"registry_test_{run}_upgrade_{request.param.stem.replace('.', '_')}")
    program = str(postgres_folder() / "pg_restore")
    subprocess.run(
        [program, "--exit-on-error", "--no-owner", f"--dbname={database.owner_url}", str(request.param)], check=True
    )
    yield database
    drop(database)


def test_released_database_comes_to_the_present_schema_when_migrated(released: Database) -> None:
    run_manage("migrate", "--verbosity=0", database=released, environment={"REGISTRY_DATABASE_ROLE": "owner"})

    checked = run_manage("check", "--database", "default", database=released)
    with psycopg.connect(released.backup_url) as connection:
        counts = connection.execute(COUNTS).fetchone()

    assert "no issues" in checked
    assert counts == (3, 6, 6, 1, 2)
