"""The scope: what it shows, what it restores, and what the database refuses without it."""

import dataclasses
from collections.abc import Callable
from contextvars import copy_context
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from registry import audit
from registry.enums import Role
from registry.lib.gbcode import CodeRange, subtree
from registry.models import AuditDetail, AuditEvent, Document
from registry.tenancy.context import Actor, NoScope, current_actor
from registry.tenancy.database import retention
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint, tenant_scope
from villages.models import Unit

pytestmark = pytest.mark.django_db

VILLAGE = "549901100200"
OTHER_TOWNSHIP_VILLAGE = "549901200200"


def paper(scope_code: str = VILLAGE) -> Document:
    return Document(
        sha256="0" * 64, name="a.txt", media_type="text/plain", kind="test", byte_count=1, scope_code=scope_code
    )


def rows_by_sql() -> int:
    """Count without the manager, so that only the database's policy is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_document")
        return int(cursor.fetchone()[0])


def test_manager_refuses_when_no_scope_is_open() -> None:
    with pytest.raises(NoScope):
        Document.objects.count()


def test_database_shows_nothing_when_no_scope_is_open(county: Actor) -> None:
    with tenant_scope(county):
        paper().save()
        inside = rows_by_sql()

    outside = rows_by_sql()

    assert (inside, outside) == (1, 0)


def test_database_refuses_insert_when_no_scope_is_open(county: Actor) -> None:
    statement = (
        "INSERT INTO registry_document"
        " (id, tenant_id, scope_code, sha256, name, media_type, kind, byte_count, stored_at)"
        " VALUES (%s, %s, %s, '', '', '', '', 1, now())"
    )
    with tenant_scope(county), connection.cursor() as cursor:
        cursor.execute(statement, [new_id(), county.tenant_id, VILLAGE])

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [new_id(), county.tenant_id, VILLAGE])


def test_rows_of_another_tenant_are_hidden_when_scope_is_the_other_county(county: Actor, other_county: Actor) -> None:
    with tenant_scope(county):
        paper().save()

    with tenant_scope(other_county):
        seen = (Document.objects.count(), rows_by_sql())

    assert seen == (0, 0)


def test_row_of_another_tenant_is_refused_when_it_is_saved(county: Actor, other_county: Actor) -> None:
    foreign = paper()
    foreign.tenant_id = other_county.tenant_id

    with tenant_scope(county), pytest.raises(ValueError, match="another"):
        foreign.save()


@pytest.mark.parametrize(
    ("code", "visible"),
    [(VILLAGE, 1), (OTHER_TOWNSHIP_VILLAGE, 0), ("549901000000", 0)],
    ids=["own township", "other township", "county as a whole"],
)
def test_township_sees_its_own_rows_when_the_database_is_asked(county: Actor, code: str, visible: int) -> None:
    with tenant_scope(county):
        paper(code).save()
    township = dataclasses.replace(county, role=Role.TOWNSHIP_CLERK, ranges=(subtree("549901100000"),))

    with tenant_scope(township):
        seen = rows_by_sql()

    assert seen == visible


def test_township_cannot_write_outside_its_range_when_it_inserts(county: Actor) -> None:
    township = dataclasses.replace(county, role=Role.TOWNSHIP_CLERK, ranges=(subtree("549901100000"),))
    with tenant_scope(township):
        paper().save()

    with tenant_scope(township), pytest.raises(ProgrammingError, match="row-level security"), savepoint():
        paper(OTHER_TOWNSHIP_VILLAGE).save()


def test_eight_ranges_all_count_when_a_team_has_eight_villages(county: Actor) -> None:
    codes = [f"5499011002{number:02}" for number in range(8)]
    with tenant_scope(county):
        Document.objects.bulk_create([paper(code) for code in codes])
    team = dataclasses.replace(county, role=Role.VILLAGE_TEAM, ranges=tuple(subtree(code) for code in codes))

    with tenant_scope(team):
        seen = rows_by_sql()

    assert seen == 8


def test_nine_ranges_are_refused_when_an_actor_is_made(county: Actor) -> None:
    with pytest.raises(ValueError, match="at most 8"):
        dataclasses.replace(county, ranges=tuple(subtree(f"5499011002{number:02}") for number in range(9)))


def test_administrator_sees_no_ranged_row_when_without_ranges(county: Actor) -> None:
    with tenant_scope(county):
        paper().save()
    administrator = dataclasses.replace(county, role=Role.SYSTEM_ADMINISTRATOR, ranges=())

    with tenant_scope(administrator):
        seen = rows_by_sql()

    assert seen == 0


def test_outer_scope_is_restored_when_an_inner_one_closes(county: Actor, other_county: Actor) -> None:
    with tenant_scope(county):
        paper().save()
        with tenant_scope(other_county):
            inner = rows_by_sql()

        outer = rows_by_sql()

    assert (inner, outer) == (0, 1)


def test_outer_scope_is_restored_when_an_inner_one_fails(county: Actor, other_county: Actor) -> None:
    with tenant_scope(county):
        paper().save()
        with pytest.raises(RuntimeError), tenant_scope(other_county):
            raise RuntimeError

        outer = rows_by_sql()

    assert outer == 1


def test_tenant_stays_when_a_row_is_updated(county: Actor) -> None:
    with tenant_scope(county):
        unit = Unit(name="a", scope_code=county.tenant_code)
        unit.save()
        unit.name = "b"

        unit.save()

        assert Unit.objects.get().name == "b"


def undo(actor: Actor) -> None:
    audit.record("test.undone", actor=actor)
    raise RuntimeError


def test_scope_stays_in_its_thread_when_another_one_copies_the_context(county: Actor) -> None:
    refused: list[str] = []

    def look() -> None:
        with pytest.raises(NoScope) as error:
            current_actor()
        refused.append(error.typename)

    with tenant_scope(county):
        thread = Thread(target=copy_context().run, args=(look,))
        thread.start()
        thread.join()

        assert (refused, current_actor()) == (["NoScope"], county)


# --- audit ------------------------------------------------------------------------------------------------------------
def test_events_are_numbered_without_gap_when_one_was_undone(county: Actor) -> None:
    with tenant_scope(county):
        audit.record("test.first", actor=county)
        with pytest.raises(RuntimeError), savepoint():
            undo(county)
        audit.record("test.second", actor=county)
    auditor = dataclasses.replace(county, role=Role.AUDIT_ADMINISTRATOR, ranges=())

    with tenant_scope(auditor):
        events = list(AuditEvent.objects.order_by("seq").values_list("seq", "verb"))

    assert events == [(1, "test.first"), (2, "test.second")]


def test_event_is_hidden_when_the_reader_lacks_the_audit_right(county: Actor) -> None:
    with tenant_scope(county):
        audit.record("test.verb", actor=county)

    with tenant_scope(county):
        seen = AuditEvent.objects.count()

    assert seen == 0


@pytest.mark.parametrize("statement", ["UPDATE registry_auditevent SET verb = ''", "DELETE FROM registry_auditevent"])
def test_events_cannot_be_changed_when_the_app_role_tries(county: Actor, statement: str) -> None:
    with tenant_scope(county):
        audit.record("test.verb", actor=county)
    auditor = dataclasses.replace(county, role=Role.AUDIT_ADMINISTRATOR, ranges=())

    with (
        tenant_scope(auditor),
        pytest.raises(ProgrammingError, match="permission denied"),
        savepoint(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_detail_lies_with_the_object_and_not_with_the_auditor_when_recorded(county: Actor) -> None:
    with tenant_scope(county):
        row = paper()
        row.save()
        audit.record("test.verb", row, actor=county, changes={"name": ("a", "b"), "phone_sealed": (None, b"x")})
    auditor = dataclasses.replace(county, role=Role.AUDIT_ADMINISTRATOR, ranges=())

    with tenant_scope(auditor):
        fields, hidden = AuditEvent.objects.get().field_names, AuditDetail.objects.count()
    with tenant_scope(county):
        detail = AuditDetail.objects.get()

    assert (fields, hidden) == (["name", "phone_sealed"], 0)
    assert (detail.before, detail.after) == (
        {"name": "a", "phone_sealed": None},
        {"name": "b", "phone_sealed": audit.MASK},
    )


def test_detail_is_emptied_only_when_the_retention_verb_allows(county: Actor) -> None:
    with tenant_scope(county):
        audit.record("test.verb", actor=county, changes={"name": ("a", "b")})

    with tenant_scope(county):
        with pytest.raises(IntegrityError, match="retention"), savepoint():
            AuditDetail.objects.update(before=None, after=None)
        with retention():
            emptied = AuditDetail.objects.update(before=None, after=None)

    assert emptied == 1


@pytest.mark.parametrize(
    "ask",
    [
        list,
        lambda rows: list(rows.iterator()),
        lambda rows: rows.update(name="b"),
        lambda rows: rows.delete(),
        lambda rows: rows.exists(),
    ],
    ids=["read", "iterate", "update", "delete", "exists"],
)
def test_late_asking_raises_when_the_scope_has_closed(county: Actor, ask: Callable[[Any], object]) -> None:
    with tenant_scope(county):
        paper().save()
        rows = Document.objects.all()

    with pytest.raises(NoScope):
        ask(rows)


@pytest.mark.parametrize(
    ("ranges", "of_county", "of_township", "of_village"),
    [
        ((subtree("549901000000"),), True, True, True),
        ((subtree("549900000000"),), True, True, True),
        ((subtree("549901100000"),), False, True, True),
        ((subtree(VILLAGE),), False, False, True),
        ((subtree("549902000000"),), False, False, False),
        ((), False, False, False),
    ],
)
def test_actor_covers_a_division_only_when_all_of_it_lies_in_one_range(
    county: Actor, ranges: tuple[CodeRange, ...], of_county: bool, of_township: bool, of_village: bool
) -> None:
    actor = dataclasses.replace(county, ranges=ranges)

    covered = (actor.covers_county, actor.covers_whole("549901100000"), actor.covers_whole(VILLAGE))

    assert covered == (of_county, of_township, of_village)
