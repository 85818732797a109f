"""A database of the released version comes to the present schema with its rows whole, as do rows of shapes in between.

One migration for all of it: each further one from an empty database costs as much as hundreds of other tests.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from registry.embedded.binaries import postgres_folder
from tests.support.database import Database, drop, empty, run_manage
from tests.upgrade.former_rows import COUNTIES, FACTS, LINES, write_entries, write_facts, write_lines

pytestmark = pytest.mark.slow
RELEASED = Path(__file__).parent / "v0.1.0.dump"
OWNER = {"REGISTRY_DATABASE_ROLE": "owner"}
COUNTS = """
SELECT (SELECT count(*) FROM households_household), (SELECT count(*) FROM households_person),
       (SELECT count(*) FROM households_membership), (SELECT count(*) FROM assistance_pairing),
       (SELECT sum(households_delta) FROM households_posting WHERE stock = 'lifted')
"""


@pytest.fixture(scope="module")
def upgraded(django_test_environment: None) -> Iterator[Database]:
    """Give a database of the version at the present schema, into which rows were written on its way."""
    database = empty(f"registry_test_{os.environ['REGISTRY_TEST_RUN']}_upgrade")
    program = str(postgres_folder() / "pg_restore")
    subprocess.run(
        [program, "--exit-on-error", "--no-owner", f"--dbname={database.owner_url}", str(RELEASED)], check=True
    )
    write_facts(database)
    for app, migration in (("households", "0019_fill_sounds_of_names"), ("dossiers", "0008_arm_cancelled_sessions")):
        run_manage("migrate", "-v0", app, migration, database=database, environment=OWNER)
    write_lines(database)
    write_entries(database)
    run_manage("migrate", "-v0", database=database, environment=OWNER)
    yield database
    drop(database)


def test_released_database_is_whole_when_migrated(upgraded: Database) -> None:
    checked = run_manage("check", "--database", "default", database=upgraded)
    with psycopg.connect(upgraded.backup_url) as connection:
        counts = connection.execute(COUNTS).fetchone()

    added = len(COUNTIES) * len(FACTS)
    assert "no issues" in checked
    assert counts == (3 + 1, 6 + added, 6, 1, 2)


def test_school_and_illness_stay_when_a_year_stated_both(upgraded: Database) -> None:
    with psycopg.connect(upgraded.backup_url) as connection:
        found = connection.execute(
            """SELECT tenant_id, education_code, school_code, health_codes FROM households_personyear
            WHERE tenant_id = ANY(%s)""",
            [[tenant for tenant, _code in COUNTIES]],
        ).fetchall()

    assert sorted(found) == sorted((tenant, *after) for tenant, _code in COUNTIES for _before, after in FACTS)


def test_lines_are_marked_when_they_counted_otherwise_than_the_rule(upgraded: Database) -> None:
    with psycopg.connect(upgraded.backup_url) as connection:
        found = connection.execute(
            """SELECT item_code, year, counts_toward_net, counts_by_exception FROM households_incomeline
            WHERE tenant_id = %s""",
            [COUNTIES[0][0]],
        ).fetchall()

    assert sorted(found) == sorted(LINES)


def test_sentence_becomes_a_code_and_what_people_wrote_stays(upgraded: Database) -> None:
    with psycopg.connect(upgraded.backup_url) as connection:
        found = connection.execute("SELECT tenant_id, reason, reason_code FROM dossiers_sessionentry").fetchall()

    expected = [(tenant, *line) for tenant, _code in COUNTIES for line in (("", "moved"), ("另行评议", ""))]
    assert sorted(found) == sorted(expected)
