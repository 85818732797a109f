"""The text of history follows the columns of its table, whichever migration changed them; whole versions are read."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from households.models import Household
from registry.models import RowVersion
from registry.queries.audit import FieldChange
from registry.queries.versions import changes_below, row_as_stood
from registry.tenancy.history_writing import write_history_anew
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.support.database import Database, owner_connection

TABLE = "households_household"


def written_anew(owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Do what the end of migrate does, as the owner."""
    monkeypatch.setattr("registry.tenancy.history_writing.connections", {"default": owner})
    return write_history_anew()


def test_new_column_is_kept_when_a_migration_added_it(
    committed_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owner_connection(committed_database.name) as owner:
        owner.execute(f"ALTER TABLE {TABLE} ADD COLUMN nickname text")
        written = written_anew(owner, monkeypatch)
        again = written_anew(owner, monkeypatch)
    with tenant_scope(county_office()):
        registered()
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET nickname = 'a'")
            cursor.execute(f"UPDATE {TABLE} SET nickname = 'b'")
        stored = list(RowVersion.objects.order_by("id").values_list("content", flat=True))

    assert (written, again) == ([TABLE], [])
    assert stored == [{"nickname": None}, {"nickname": "a"}]


def test_writing_goes_on_when_a_migration_dropped_a_column(
    committed_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owner_connection(committed_database.name) as owner:
        owner.execute(f"ALTER TABLE {TABLE} ADD COLUMN nickname text")
        written_anew(owner, monkeypatch)
        owner.execute(f"ALTER TABLE {TABLE} DROP COLUMN nickname")
        written = written_anew(owner, monkeypatch)
    with tenant_scope(county_office()):
        registered(group_name="1")
        Household.objects.update(group_name="2")
        stored = RowVersion.objects.get().content

    assert (written, stored) == ([TABLE], {"group_name": "1"})


def test_whole_versions_are_read_like_those_of_what_changed_when_both_are_there(committed_database: Database) -> None:
    with tenant_scope(county_office()):
        household = registered(group_name="1")
    with tenant_scope(county_office()):
        whole = row_as_stood(household, timezone.now()) or {}
        Household.objects.update(group_name="2")
    with owner_connection(committed_database.name) as owner:
        owner.execute("ALTER TABLE registry_rowversion DISABLE TRIGGER USER")
        owner.execute("ALTER TABLE registry_rowversion NO FORCE ROW LEVEL SECURITY")
        owner.execute("UPDATE registry_rowversion SET content = %s", [Jsonb(whole)])
        owner.execute("ALTER TABLE registry_rowversion FORCE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE registry_rowversion ENABLE TRIGGER USER")
    with tenant_scope(county_office()):
        Household.objects.update(group_name="3")
        changes = changes_below([household.id])
        first, second = (change.version.at for change in changes)
        moments = (first - timedelta(microseconds=1), first, second)
        stood = [(row_as_stood(household, at) or {})["group_name"] for at in moments]

    assert [change.fields for change in changes] == [
        (FieldChange("group_name", "1", "2"),),
        (FieldChange("group_name", "2", "3"),),
    ]
    assert stood == ["1", "2", "3"]
