"""Rows as they were written between v0.1.0 and now, in shapes that later migrations changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg

from tests.support.database import Database

COUNTIES: Final = [(971, "549971000000"), (972, "549972000000")]
SENTENCE: Final = "The household moved out of the area of the session."
REASONS: Final = (SENTENCE, "另行评议")
# Education, school, health of a year that stated both; and what stays of it.
FACTS: Final = [
    (("3", "21", "{1}"), ("", "21", ["1"])),
    (("3", "00", "{1}"), ("3", "00", ["1"])),
    (("3", "", "{1,2,4}"), ("3", "", ["2", "4"])),
    (("", "", "{1,1}"), ("", "", ["1"])),
    (("", "31", "{}"), ("", "31", [])),
]
# Item, year, counts; and whether that is otherwise than the rule of the county (101 from 2021) or the default.
LINES: Final = [
    ("101", 2020, True, False),
    ("101", 2020, False, True),
    ("101", 2021, False, False),
    ("101", 2022, True, True),
    ("4192", 2021, False, False),
    ("4192", 2021, True, True),
]


@contextmanager
def open_tables(database: Database, *tables: str) -> Iterator[psycopg.Connection]:
    """Let the owner write into tables of all counties, for a moment."""
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        for table in tables:
            connection.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield connection
        for table in tables:
            connection.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def write_facts(database: Database) -> None:
    """Write two counties with years that state both of two facts that exclude each other."""
    with open_tables(database, "households_person", "households_personyear") as connection:
        for tenant, code in COUNTIES:
            connection.execute(
                """INSERT INTO registry_tenant (id, code, name, is_active, index_version, version)
                VALUES (%s, %s, '示例', true, 1, 1)""",
                [tenant, code],
            )
            for (education, school, health), _after in FACTS:
                connection.execute(
                    """WITH person AS (INSERT INTO households_person (id, tenant_id, scope_code, version, created_at,
                        updated_at, number, name, sex_code, birth_precision, document_code, is_placeholder)
                        VALUES (gen_random_uuid(), %(tenant)s, %(code)s, 1, now(), now(), '', '示例人', '1', '', '9',
                        true) RETURNING id)
                    INSERT INTO households_personyear (id, tenant_id, scope_code, person_id, year, education_code,
                        school_code, health_codes, skill_code, work_place)
                    SELECT gen_random_uuid(), %(tenant)s, %(code)s, id, 2020, %(education)s, %(school)s, %(health)s,
                        '', '' FROM person""",
                    {"tenant": tenant, "code": code, "education": education, "school": school, "health": health},
                )


def write_lines(database: Database) -> None:
    """Write income lines of the first county from before they said that they count otherwise than the rule."""
    tenant, code = COUNTIES[0]
    village = f"{code[:6]}100200"
    tables = ("villages_village", "households_household", "households_incomeline", "households_incomerule")
    with open_tables(database, *tables) as connection:
        connection.execute(
            """WITH village AS (INSERT INTO villages_village (id, tenant_id, scope_code, version, created_at,
                updated_at, code, name, priority_codes)
                VALUES (gen_random_uuid(), %(tenant)s, %(village)s, 1, now(), now(), %(village)s, '示例村', '{}')
                RETURNING id)
            INSERT INTO households_household (id, tenant_id, scope_code, version, created_at, updated_at, village_id,
                number, group_name, status, standard_code, attribute_code, main_cause_code, other_cause_codes,
                identified_precision, monitoring_state, monitoring_code)
            SELECT gen_random_uuid(), %(tenant)s, %(village)s, 1, now(), now(), id, '1', '', 'candidate', '', '', '',
                '{}', '', 'none', '' FROM village""",
            {"tenant": tenant, "village": village},
        )
        connection.execute(
            """INSERT INTO households_incomerule (id, tenant_id, scope_code, version, created_at, updated_at, item_code,
                from_year, counts_toward_net)
            VALUES (gen_random_uuid(), %s, %s, 1, now(), now(), '101', 2021, false)""",
            [tenant, code],
        )
        for item_code, year, counts, _after in LINES:
            connection.execute(
                """INSERT INTO households_incomeline (id, tenant_id, scope_code, household_id, year, item_code, product,
                    unit, amount_yuan, own_consumed_yuan, counts_toward_net, source)
                SELECT gen_random_uuid(), tenant_id, scope_code, id, %s, %s, '', '', 1, 0, %s, ''
                FROM households_household WHERE tenant_id = %s""",
                [year, item_code, counts, tenant],
            )


def write_entries(database: Database) -> None:
    """Write lines that were taken out of a session, without what they belong to."""
    with open_tables(database, "dossiers_sessionentry") as connection:
        constraints = connection.execute(
            """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = 'dossiers_sessionentry'::regclass AND contype = 'f'"""
        ).fetchall()
        for name, _definition in constraints:
            connection.execute(f'ALTER TABLE dossiers_sessionentry DROP CONSTRAINT "{name}"')
        for tenant, code in COUNTIES:
            for reason in REASONS:
                connection.execute(
                    """INSERT INTO dossiers_sessionentry (id, tenant_id, scope_code, session_id, dossier_id,
                        household_id, position, taken_out_on, reason)
                    VALUES (gen_random_uuid(), %s, %s, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1,
                        '2021-03-01', %s)""",
                    [tenant, code, reason],
                )
        for name, definition in constraints:
            connection.execute(f'ALTER TABLE dossiers_sessionentry ADD CONSTRAINT "{name}" {definition} NOT VALID')
