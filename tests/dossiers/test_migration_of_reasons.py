"""The English sentence of the trigger becomes its code in every county, and what people wrote stays."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.database import Database, clone, drop, run_manage

pytestmark = pytest.mark.slow
OWNER = {"REGISTRY_DATABASE_ROLE": "owner"}
SENTENCE = "The household moved out of the area of the session."
REASONS = (SENTENCE, "另行评议")


@pytest.fixture
def former(django_test_environment: None) -> Iterator[Database]:
    """Give a database as it was before the code."""
    database = clone("former_reasons")
    run_manage("migrate", "-v0", "dossiers", "0008_arm_cancelled_sessions", database=database, environment=OWNER)
    yield database
    drop(database)


def write_entries(connection: psycopg.Connection, tenant: int, code: str) -> None:
    """Write lines that were taken out, without what they belong to: only the owner may, for a moment."""
    connection.execute(
        """INSERT INTO registry_tenant (id, code, name, is_active, index_version, version, office_contact)
        VALUES (%s, %s, '示例', true, 1, 1, '')""",
        [tenant, code],
    )
    for reason in REASONS:
        connection.execute(
            """INSERT INTO dossiers_sessionentry (id, tenant_id, scope_code, session_id, dossier_id, household_id,
                position, taken_out_on, reason)
            VALUES (gen_random_uuid(), %s, %s, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1,
                '2021-03-01', %s)""",
            [tenant, code, reason],
        )


def test_sentence_becomes_a_code_and_what_people_wrote_stays(former: Database) -> None:
    with psycopg.connect(former.owner_url, autocommit=True) as connection:
        constraints = connection.execute(
            """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = 'dossiers_sessionentry'::regclass AND contype = 'f'"""
        ).fetchall()
        connection.execute("ALTER TABLE dossiers_sessionentry NO FORCE ROW LEVEL SECURITY")
        for name, _definition in constraints:
            connection.execute(f'ALTER TABLE dossiers_sessionentry DROP CONSTRAINT "{name}"')
        for tenant, code in ((901, "549901000000"), (902, "549902000000")):
            write_entries(connection, tenant, code)
        connection.execute("ALTER TABLE dossiers_sessionentry FORCE ROW LEVEL SECURITY")

    run_manage("migrate", "-v0", "dossiers", database=former, environment=OWNER)

    with psycopg.connect(former.backup_url) as connection:
        found = connection.execute("SELECT tenant_id, reason, reason_code FROM dossiers_sessionentry").fetchall()
    expected = [(tenant, *line) for tenant in (901, 902) for line in (("", "moved"), ("另行评议", ""))]
    assert sorted(found) == sorted(expected)
