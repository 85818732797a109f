"""Former versions of rows: what the triggers store and what not, once a statement and for each row alike."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from households.domain.amend import amend_household
from households.models import Household, Membership, Person
from registry.crypto import Purpose, unseal
from registry.domain.retention import empty_versions
from registry.models import RowVersion
from registry.queries.versions import row_as_stood
from registry.tenancy.context import Actor
from registry.tenancy.database import renewal
from registry.tenancy.operations import KeepHistory
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)
from tests.support.database import Database, owner_connection

PHONE = "17900000741"
MODELS = (Household, Person, Membership)


@pytest.fixture(params=[False, True], ids=["once a statement", "for each row"])
def office(request: pytest.FixtureRequest, committed_database: Database) -> Iterator[Actor]:
    """Open the first county's scope on a database whose triggers are of one kind."""
    owners = {Household: "", Person: "", Membership: "household"}
    with owner_connection(committed_database.name) as owner:
        for model, of in owners.items():
            for statement in KeepHistory(model.__name__, of=of).keeper(model).statements(each_row=request.param):
                owner.execute(statement)
        owner.execute("GRANT DELETE ON households_membership TO registry_app")
    with tenant_scope(county_office()) as actor:
        yield actor


def versions() -> list[tuple[str, UUID, UUID]]:
    """Give table, row and owner of each version."""
    return list(RowVersion.objects.values_list("table_name", "row_id", "owner_id"))


def run(statement: str, *values: str | UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_old_row_is_stored_with_who_and_when_when_it_is_amended(office: Actor) -> None:
    household = registered(group_name="一组", phone=PHONE)
    run("SELECT now()")

    amend_household(household.id, {"group_name": "二组"}, actor=office, version=1)

    version = RowVersion.objects.get()
    assert (version.table_name, version.row_id, version.owner_id) == (
        "households_household",
        household.id,
        household.id,
    )
    assert ((version.content or {})["group_name"], (version.content or {})["version"]) == ("一组", 1)
    assert (version.scope_code, version.user_id, version.is_deleted) == (VILLAGE_CODE, office.user_id, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert cursor.fetchone() == (version.at,)


def test_sealed_value_stays_sealed_and_its_index_is_left_out_when_a_version_is_stored(office: Actor) -> None:
    household = registered(phone=PHONE)

    amend_household(household.id, {"phone": "17900000742"}, actor=office, version=1)

    content = RowVersion.objects.get().content or {}
    sealed = bytes.fromhex(content["phone_sealed"].removeprefix("\\x"))
    assert PHONE not in str(content)
    assert unseal(sealed, Purpose.PHONE, tenant_id=office.tenant_id) == PHONE
    assert "phone_index" not in content


def test_every_row_has_its_version_when_a_statement_changes_many(office: Actor) -> None:
    for _number in range(3):
        registered()

    Person.objects.update(name="示例")

    rows = set(Person.objects.values_list("id", flat=True))
    assert {row for _table, row, _owner in versions()} == rows
    assert len(versions()) == len(rows) == 6


@pytest.mark.parametrize(
    "assignment",
    ["name = name", "version = version + 1, updated_at = now()", f"scope_code = '{FAR_VILLAGE_CODE}'"],
)
def test_nothing_is_stored_when_nothing_is_said_of_the_row(office: Actor, assignment: str) -> None:
    registered()
    run(f"UPDATE households_person SET {assignment}")
    quiet = versions()

    run(f"UPDATE households_person SET {assignment}, sex_code = '9' WHERE sex_code <> '9'")

    assert (quiet, len(versions())) == ([], 2)


def test_nothing_is_stored_when_keys_are_renewed(office: Actor) -> None:
    registered(phone=PHONE)
    with renewal():
        run("UPDATE households_household SET phone_sealed = phone_sealed || '\\x00'")
    quiet = versions()

    run("UPDATE households_household SET phone_sealed = phone_sealed || '\\x00'")

    assert (quiet, len(versions())) == ([], 1)


def test_deleted_row_is_stored_with_its_household_when_it_goes(office: Actor) -> None:
    household = registered()
    membership = Membership.objects.get(relation_code="02")

    run("DELETE FROM households_membership WHERE id = %s", membership.id)

    version = RowVersion.objects.get()
    assert (version.row_id, version.owner_id, version.is_deleted) == (membership.id, household.id, True)
    assert (version.content or {})["person_id"] == str(membership.person_id)


def test_version_holds_what_changed_and_nothing_else_when_it_is_stored(office: Actor) -> None:
    household = registered(group_name="一组", phone=PHONE)

    amend_household(household.id, {"group_name": "二组", "main_cause_code": "02"}, actor=office, version=1)

    version = RowVersion.objects.get()
    content = version.content or {}
    assert {name: value for name, value in content.items() if name != "updated_at"} == {
        "group_name": "一组",
        "main_cause_code": household.main_cause_code,
        "version": 1,
    }
    assert row_as_stood(household, version.at - timedelta(microseconds=1)) == current(household) | content


def test_unknown_value_is_held_as_null_when_it_became_known(office: Actor) -> None:
    registered(identified_on=None, identified_precision="")

    Household.objects.update(identified_on="2020-01-02", identified_precision="day")

    assert RowVersion.objects.get().content == {"identified_on": None, "identified_precision": ""}


def test_whole_row_is_stored_as_gone_when_its_key_is_changed(office: Actor) -> None:
    registered()
    membership = Membership.objects.get(relation_code="02")

    run("UPDATE households_membership SET id = gen_random_uuid() WHERE id = %s", membership.id)

    version = RowVersion.objects.get()
    assert (version.row_id, version.is_deleted, version.scope_code) == (membership.id, True, VILLAGE_CODE)
    assert (version.content or {})["relation_code"] == "02"


def test_version_is_stored_when_raw_sql_or_an_upsert_changes_a_row(office: Actor) -> None:
    household = registered(group_name="0")
    columns = ", ".join(str(field.column) for field in Household._meta.local_fields)

    run("UPDATE households_household SET group_name = '1'")
    Household.objects.filter(pk=household.id).update(group_name="2")
    household.refresh_from_db()
    household.group_name = "3"
    Household.objects.bulk_update([household], ["group_name"])
    run(
        f"INSERT INTO households_household ({columns}) SELECT {columns} FROM households_household"
        " ON CONFLICT (tenant_id, id) DO UPDATE SET group_name = '4'"
    )

    stored = RowVersion.objects.order_by("id").values_list("content__group_name", flat=True)
    assert list(stored) == ["0", "1", "2", "3"]


def current(household: Household) -> dict[str, object]:
    """Give the live row as a trigger would write it."""
    return row_as_stood(household, timezone.now() + timedelta(days=1)) or {}


def test_versions_have_the_order_of_their_ids_when_one_transaction_writes_several(office: Actor) -> None:
    household = registered(group_name="0")
    for number in range(1, 30):
        Household.objects.filter(pk=household.id).update(group_name=str(number))

    found = [(version.content or {})["group_name"] for version in RowVersion.objects.order_by("id")]

    assert found == [str(number) for number in range(29)]


def test_version_goes_to_the_new_village_when_the_update_moves_the_row(office: Actor) -> None:
    registered()

    run("UPDATE households_person SET name = '示例', scope_code = %s", FAR_VILLAGE_CODE)

    assert set(RowVersion.objects.values_list("scope_code", flat=True)) == {FAR_VILLAGE_CODE}


def test_other_county_sees_no_version_when_rows_changed(office: Actor) -> None:
    registered()
    Person.objects.update(name="示例")
    other = county_office(county(OTHER_COUNTY_CODE))

    with tenant_scope(other):
        registered(village_code=OTHER_VILLAGE_CODE)
        Household.objects.update(group_name="示例")
        seen = set(RowVersion.objects.values_list("tenant_id", "table_name"))

    assert seen == {(county(OTHER_COUNTY_CODE).pk, "households_household")}
    assert {table for table, _row, _owner in versions()} == {"households_person"}


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE registry_rowversion SET content = content || \'{"name": "x"}\'',
        "UPDATE registry_rowversion SET content = NULL",
        "UPDATE registry_rowversion SET at = now()",
        "DELETE FROM registry_rowversion",
    ],
)
def test_version_stays_as_it_was_written_when_somebody_would_change_it(office: Actor, statement: str) -> None:
    registered()
    Person.objects.update(name="示例")

    with pytest.raises(DatabaseError), savepoint():
        run(statement)


def test_key_renewal_changes_no_more_than_sealed_values_when_it_writes_versions(office: Actor) -> None:
    household = registered(phone=PHONE, group_name="一组")
    amend_household(household.id, {"group_name": "二组"}, actor=office, version=1)
    version = RowVersion.objects.get()

    with renewal():
        RowVersion.objects.update(content=(version.content or {}) | {"phone_sealed": "\\x00"})
        with pytest.raises(DatabaseError), savepoint():
            RowVersion.objects.update(content=(version.content or {}) | {"group_name": "三组"})

    assert RowVersion.objects.get().content == (version.content or {}) | {"phone_sealed": "\\x00"}


def test_versions_of_a_person_are_emptied_when_the_person_is_forgotten(office: Actor) -> None:
    registered()
    Person.objects.update(name="示例")
    forgotten, kept = Person.objects.values_list("id", flat=True)

    emptied = empty_versions([forgotten])

    assert emptied == 1
    assert RowVersion.objects.get(content__isnull=True).row_id == forgotten
    assert RowVersion.objects.get(content__isnull=False).row_id == kept
