"""Several who write the same row at once: every version is kept, in the order in which the row changed."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection

from households.models import Household
from registry.models import RowVersion
from registry.queries.versions import row_as_stood
from registry.tenancy.context import Actor
from registry.tenancy.operations import KeepHistory
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.households.meanwhile import Meanwhile
from tests.support.database import Database, owner_connection

WRITES = 20
WRITERS = "ab"


@pytest.fixture(params=[False, True], ids=["once a statement", "for each row"])
def clerk(request: pytest.FixtureRequest, committed_database: Database) -> Iterator[Actor]:
    """Give a clerk of a county whose rows are committed, with triggers of one kind."""
    with owner_connection(committed_database.name) as owner:
        for statement in KeepHistory("household").keeper(Household).statements(each_row=request.param):
            owner.execute(statement)
    yield county_office()
    connection.close()


def group(household: Household, name: str) -> None:
    Household.objects.filter(pk=household.pk).update(group_name=name)


def groups_before() -> list[str]:
    return [(version.content or {})["group_name"] for version in RowVersion.objects.order_by("id")]


def test_versions_follow_the_row_when_the_second_writer_waited_for_the_first(clerk: Actor) -> None:
    with tenant_scope(clerk):
        household = registered(group_name="0")
    second = Meanwhile(lambda: group(household, "second"), clerk)

    with tenant_scope(clerk):
        group(household, "first")
        second.start_and_wait_for_the_lock()

    assert second.outcome() == ""
    with tenant_scope(clerk):
        assert groups_before() == ["0", "first"]
        assert Household.objects.get().group_name == "second"


def test_row_is_given_as_it_stood_when_who_began_first_wrote_last(clerk: Actor) -> None:
    with tenant_scope(clerk):
        household = registered(group_name="0")
    quick = Thread(target=_in_scope, args=(clerk, household, "quick"))

    with tenant_scope(clerk):
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            (began,) = cursor.fetchone()
        quick.start()
        quick.join()
        group(household, "slow")

    with tenant_scope(clerk):
        first, last = RowVersion.objects.order_by("id")
        assert groups_before() == ["0", "quick"]
        assert last.at == began < first.at
        assert (row_as_stood(household, began) or {})["group_name"] == "0"
        assert (row_as_stood(household, first.at) or {})["group_name"] == "slow"


def test_no_version_is_lost_and_each_keeps_its_place_when_two_write_at_once(clerk: Actor) -> None:
    with tenant_scope(clerk):
        household = registered(group_name="0")
    together = Barrier(len(WRITERS))
    writers = [Thread(target=_often, args=(clerk, household, name, together)) for name in WRITERS]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with tenant_scope(clerk):
        stood = [*groups_before(), Household.objects.get().group_name]
    assert stood[0] == "0"
    assert sorted(stood[1:]) == sorted(f"{name}{number:02}" for name in WRITERS for number in range(WRITES))
    assert [[one for one in stood if one[0] == name] for name in WRITERS] == [
        [f"{name}{number:02}" for number in range(WRITES)] for name in WRITERS
    ]


def _in_scope(actor: Actor, household: Household, name: str) -> None:
    try:
        with tenant_scope(actor):
            group(household, name)
    finally:
        connection.close()


def _often(actor: Actor, household: Household, name: str, together: Barrier) -> None:
    together.wait()
    for number in range(WRITES):
        _in_scope(actor, household, f"{name}{number:02}")
