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


@pytest.fixture
def before_exceptions(django_test_environment: None) -> Iterator[Database]:
    """Give a database as it was before lines said that they count otherwise than the rule."""
    database = clone("former_lines")
    run_manage("migrate", "-v0", "households", "0019_fill_sounds_of_names", database=database, environment=OWNER)
    yield database
    drop(database)


LINES_BEFORE = [
    # Item, year, counts; and whether that is otherwise than the rule of the county (101 from 2021) or the default.
    ("101", 2020, True, False),
    ("101", 2020, False, True),
    ("101", 2021, False, False),
    ("101", 2022, True, True),
    ("4192", 2021, False, False),
    ("4192", 2021, True, True),
]


def test_lines_are_marked_when_they_counted_otherwise_than_the_rule(before_exceptions: Database) -> None:
    tables = ("villages_village", "households_household", "households_incomeline", "households_incomerule")
    with psycopg.connect(before_exceptions.owner_url, autocommit=True) as connection:
        for table in tables:
            connection.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        connection.execute(
            """INSERT INTO registry_tenant (id, code, name, is_active, index_version, version, office_contact)
            VALUES (901, '549901000000', '示例', true, 1, 1, '')"""
        )
        connection.execute(
            """WITH village AS (INSERT INTO villages_village (id, tenant_id, scope_code, version, created_at,
                updated_at, code, name, priority_codes, attribute_code, direction_code, terrain_code)
                VALUES (gen_random_uuid(), 901, '549901100200', 1, now(), now(), '549901100200', '示例村', '{}', '', '',
                    '')
                RETURNING id)
            INSERT INTO households_household (id, tenant_id, scope_code, version, created_at, updated_at, village_id,
                number, group_name, status, standard_code, attribute_code, main_cause_code, other_cause_codes,
                identified_precision, monitoring_state, monitoring_code)
            SELECT gen_random_uuid(), 901, '549901100200', 1, now(), now(), id, '1', '', 'candidate', '', '', '', '{}',
                '', 'none', '' FROM village"""
        )
        connection.execute(
            """INSERT INTO households_incomerule (id, tenant_id, scope_code, version, created_at, updated_at, item_code,
                from_year, counts_toward_net) VALUES (gen_random_uuid(), 901, '549901000000', 1, now(), now(), '101',
                2021, false)"""
        )
        for item_code, year, counts, _after in LINES_BEFORE:
            connection.execute(
                """INSERT INTO households_incomeline (id, tenant_id, scope_code, household_id, year, item_code, product,
                    unit, amount_yuan, own_consumed_yuan, counts_toward_net, source)
                SELECT gen_random_uuid(), 901, '549901100200', id, %s, %s, '', '', 1, 0, %s, ''
                FROM households_household""",
                [year, item_code, counts],
            )
        for table in tables:
            connection.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")

    run_manage("migrate", "-v0", database=before_exceptions, environment=OWNER)

    with psycopg.connect(before_exceptions.backup_url) as connection:
        found = connection.execute(
            "SELECT item_code, year, counts_toward_net, counts_by_exception FROM households_incomeline"
        ).fetchall()
    assert sorted(found) == sorted(LINES_BEFORE)
    assert "no issues" in run_manage("check", "--database", "default", database=before_exceptions)
