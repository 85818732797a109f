"""Years that stated both of two facts that exclude each other come to the present schema, in every county."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.database import Database, clone, drop, run_manage

pytestmark = pytest.mark.slow
OWNER = {"REGISTRY_DATABASE_ROLE": "owner"}
TABLES = ("households_person", "households_personyear")
# Each line: education, school, health before; and after.
LINES = [
    (("3", "21", "{1}"), ("", "21", ["1"])),
    (("3", "00", "{1}"), ("3", "00", ["1"])),
    (("3", "", "{1,2,4}"), ("3", "", ["2", "4"])),
    (("", "", "{1,1}"), ("", "", ["1"])),
    (("", "31", "{}"), ("", "31", [])),
]


@pytest.fixture
def former(django_test_environment: None) -> Iterator[Database]:
    """Give a database as it was before the columns of the member form."""
    database = clone("former_facts")
    run_manage("migrate", "-v0", "households", "0002_arm_workflow", database=database, environment=OWNER)
    yield database
    drop(database)


def write_years(connection: psycopg.Connection, tenant: int, code: str) -> None:
    connection.execute(
        """INSERT INTO registry_tenant (id, code, name, is_active, index_version, version, office_contact)
        VALUES (%s, %s, '示例', true, 1, 1, '')""",
        [tenant, code],
    )
    for (education, school, health), _after in LINES:
        connection.execute(
            """WITH person AS (INSERT INTO households_person (id, tenant_id, scope_code, version, created_at,
                updated_at, number, name, sex_code, birth_precision, document_code, is_placeholder)
                VALUES (gen_random_uuid(), %(tenant)s, %(code)s, 1, now(), now(), '', '示例人', '1', '', '9', true)
                RETURNING id)
            INSERT INTO households_personyear (id, tenant_id, scope_code, person_id, year, education_code, school_code,
                health_codes, skill_code, work_place)
            SELECT gen_random_uuid(), %(tenant)s, %(code)s, id, 2020, %(education)s, %(school)s, %(health)s, '', ''
            FROM person""",
            {"tenant": tenant, "code": code, "education": education, "school": school, "health": health},
        )


def force(connection: psycopg.Connection, word: str) -> None:
    for table in TABLES:
        connection.execute(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY")


def test_school_and_illness_stay_when_a_year_stated_both(former: Database) -> None:
    counties = [(901, "549901000000"), (902, "549902000000")]
    with psycopg.connect(former.owner_url, autocommit=True) as connection:
        force(connection, "NO FORCE")
        for tenant, code in counties:
            write_years(connection, tenant, code)
        force(connection, "FORCE")

    run_manage("migrate", "-v0", database=former, environment=OWNER)

    with psycopg.connect(former.backup_url) as connection:
        found = connection.execute(
            "SELECT tenant_id, education_code, school_code, health_codes FROM households_personyear"
        ).fetchall()
    expected = [(tenant, *after) for tenant, _code in counties for _before, after in LINES]
    assert sorted(found) == sorted(expected)
    assert "no issues" in run_manage("check", "--database", "default", database=former)
