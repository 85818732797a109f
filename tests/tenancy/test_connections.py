"""One connection serves many requests and jobs: none of them finds the scope of the one before."""

import dataclasses
import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection

from registry import jobs
from registry.models import Document, Job
from registry.queries.tenants import county_actor, for_each_tenant
from registry.tenancy.context import Actor, NoScope, current_actor
from registry.tenancy.database import RETENTION, scope_values
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, county
from tests.support.database import Database

pytestmark = pytest.mark.slow


@pytest.fixture
def counties(committed_database: Database) -> tuple[Actor, Actor]:
    first, second = (county_actor(county(code), origin="test") for code in (COUNTY_CODE, OTHER_COUNTY_CODE))
    keep(first, "first")
    keep(second, "second")
    return first, second


def keep(actor: Actor, name: str) -> None:
    with tenant_scope(actor):
        Document(
            sha256="0" * 64, name=name, media_type="", kind="test", byte_count=1, scope_code=actor.tenant_code
        ).save()


def session() -> tuple[int, list[str], list[str]]:
    """Give the session's process, the documents seen without asking the manager, and the settings still there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
        cursor.execute("SELECT name FROM registry_document ORDER BY name")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT s FROM unnest(%s::text[]) s WHERE nullif(current_setting(s, true), '') IS NOT NULL",
            [list(scope_values(None))],
        )
        return process, names, [name for (name,) in cursor.fetchall()]


def committing(actor: Actor) -> None:
    with tenant_scope(actor):
        assert session()[1] != []


def breaking(actor: Actor) -> None:
    with pytest.raises(ZeroDivisionError), tenant_scope(actor):
        raise ZeroDivisionError


def refused_by_the_database(actor: Actor) -> None:
    with pytest.raises(DatabaseError), tenant_scope(actor), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")


def breaking_inside(actor: Actor) -> None:
    with pytest.raises(ZeroDivisionError), tenant_scope(actor), savepoint(), tenant_scope(actor):
        raise ZeroDivisionError


@pytest.mark.parametrize("former", [committing, breaking, refused_by_the_database, breaking_inside])
def test_connection_is_without_scope_when_a_request_has_ended(counties: tuple[Actor, Actor], former: object) -> None:
    first, _second = counties
    before = session()

    former(first)  # type: ignore[operator]  # one of the four above

    assert session() == (before[0], [], [])
    with pytest.raises(NoScope):
        current_actor()


def test_second_county_sees_its_own_rows_when_the_first_was_served_on_the_same_connection(
    counties: tuple[Actor, Actor],
) -> None:
    first, second = counties

    with tenant_scope(first):
        mine = session()
    with tenant_scope(second):
        theirs = session()

    assert (mine[0], mine[1], theirs[1]) == (theirs[0], ["first"], ["second"])


def test_narrow_scope_has_no_range_of_the_wide_one_when_it_follows(counties: tuple[Actor, Actor]) -> None:
    first, _second = counties
    committing(first)

    with tenant_scope(dataclasses.replace(first, ranges=())):
        seen = session()[1]

    assert seen == []


def test_thread_has_no_scope_when_another_one_has(counties: tuple[Actor, Actor]) -> None:
    first, _second = counties
    found: list[object] = []

    def ask() -> None:
        try:
            found.append(session()[1])
            Document.objects.count()
        except NoScope:
            found.append("no scope")
        finally:
            connection.close()

    with tenant_scope(first):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()

    assert found == [[], "no scope"]


def test_stream_gives_no_row_when_it_is_read_after_its_scope(counties: tuple[Actor, Actor]) -> None:
    first, _second = counties

    def stream() -> Iterator[str]:
        yield from Document.objects.values_list("name", flat=True).iterator()

    with tenant_scope(first):
        body = stream()

    with pytest.raises(NoScope):
        list(body)


@jobs.job("test.note_names")
def note_names(progress: jobs.Progress, **arguments: str) -> dict[str, object]:
    """Give the names that a worker sees, asking the database alone."""
    return {"names": session()[1], "tenant": current_actor().tenant_id}


def test_worker_sees_one_county_each_when_it_serves_two_in_turn(counties: tuple[Actor, Actor]) -> None:
    def queue(actor: Actor, key: str) -> Job:
        with tenant_scope(actor):
            return jobs.enqueue("test.note_names", key=key, arguments={}, actor=actor)

    turns = [(actor, queue(actor, str(turn))) for turn in range(2) for actor in counties]

    states = [jobs.run(actor.tenant_id, row.pk) for actor, row in turns]

    def result(actor: Actor, row: Job) -> object:
        with tenant_scope(actor):
            return Job.objects.get(pk=row.pk).result

    own = [{"names": ["first"], "tenant": 901}, {"names": ["second"], "tenant": 902}]
    assert states == ["done"] * 4
    assert [result(actor, row) for actor, row in turns] == own * 2
    assert session()[1:] == ([], [])


def test_loop_over_counties_shows_one_at_a_time_when_it_runs(counties: tuple[Actor, Actor]) -> None:
    seen: list[list[str]] = []

    for_each_tenant(lambda _actor: seen.append(session()[1]), origin="test")

    # The platform has no rows of its own here.
    assert sorted(seen) == [[], ["first"], ["second"]]


def test_settings_of_a_scope_are_all_taken_back_when_it_has_ended() -> None:
    assert RETENTION in scope_values(None)
    assert set(scope_values(None).values()) == {""}
