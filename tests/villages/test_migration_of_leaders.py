"""The leaders of teams on file become members, and none is lost."""

import importlib
from typing import Any

from django.db import connection

from registry.tenancy.context import Actor
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, VILLAGE_CODE
from tests.factories.villages import UnitFactory, VillageFactory

FILL = importlib.import_module("villages.migrations.0012_fill_members").FILL
STAYS = (
    (VILLAGE_CODE, "次仁", "2020-01-01", None),
    (NEXT_VILLAGE_CODE, "次仁", "2020-06-01", None),
    (FAR_VILLAGE_CODE, "次仁", "2018-01-01", "2019-01-01"),
    (FAR_VILLAGE_CODE, "卓玛", "2020-01-01", "2021-01-01"),
)


def test_leaders_become_members_and_doubled_names_are_numbered_when_filled(office: Actor) -> None:
    """The statement runs on a table as it was: one of the same name before that of the schema."""
    unit = UnitFactory.create()
    stays: list[tuple[Any, ...]] = [
        (VillageFactory.create(code=code).pk, code, name, starts, ends) for code, name, starts, ends in STAYS
    ]
    with connection.cursor() as cursor:
        for village_id, code, _name, starts, ends in stays:
            cursor.execute(
                "INSERT INTO villages_workteam (id, tenant_id, scope_code, version, created_at, updated_at, village_id,"
                " unit_id, starts_on, ends_on)"
                " VALUES (gen_random_uuid(), %s, %s, 1, now(), now(), %s, %s, %s, %s)",
                [office.tenant_id, code, village_id, unit.pk, starts, ends],
            )
        cursor.execute("CREATE TEMPORARY TABLE named (code text, starts_on date, leader_name text) ON COMMIT DROP")
        cursor.executemany(
            "INSERT INTO named VALUES (%s, %s, %s)", [(code, starts, name) for code, name, starts, _ends in STAYS]
        )
        cursor.execute(
            "CREATE TEMPORARY TABLE team_as_it_was ON COMMIT DROP AS SELECT t.*, n.leader_name"
            " FROM villages_workteam t JOIN named n ON n.code = t.scope_code AND n.starts_on = t.starts_on"
        )
        statement = FILL.replace("villages_workteam", "pg_temp.team_as_it_was")
        cursor.execute(statement, [office.tenant_id])
        cursor.execute(statement, [office.tenant_id])
        cursor.execute(
            "SELECT scope_code, name, starts_on::text, ends_on::text, post_codes FROM villages_teammember"
            " ORDER BY starts_on, scope_code"
        )
        filled = cursor.fetchall()

    assert filled == [
        (FAR_VILLAGE_CODE, "次仁", "2018-01-01", "2019-01-01", ["2"]),
        (VILLAGE_CODE, "次仁", "2020-01-01", None, ["2"]),
        (FAR_VILLAGE_CODE, "卓玛", "2020-01-01", "2021-01-01", ["2"]),
        (NEXT_VILLAGE_CODE, "次仁(3)", "2020-06-01", None, ["2"]),
    ]
