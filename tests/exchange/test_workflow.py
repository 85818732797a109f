"""The life of a roster: one table for Python and the database."""

import importlib

import pytest
from django.db import IntegrityError, connection

from exchange.enums import BatchState
from exchange.models import ImportBatch
from exchange.workflow import TRANSITIONS, choices_from, transition
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.exchange.rosters import checked, csv_of, head, spouse


def test_migration_holds_the_same_changes_as_the_table() -> None:
    armed = importlib.import_module("exchange.migrations.0002_arm_workflow").STATE_PAIRS

    assert set(armed) == {(str(source), str(line.target)) for line in TRANSITIONS for source in line.sources}


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (BatchState.UPLOADED, ["reject"]),
        (BatchState.CHECKED, ["apply", "reject"]),
        (BatchState.APPLYING, []),
        (BatchState.APPLIED, []),
    ],
)
def test_buttons_are_those_that_the_state_allows(state: BatchState, names: list[str]) -> None:
    assert [line.name for line in choices_from(state)] == names


def test_change_is_refused_when_the_table_does_not_have_it() -> None:
    with pytest.raises(Conflict):
        transition("apply", present=BatchState.APPLIED)


def test_database_refuses_when_a_step_is_left_out(office: Actor) -> None:
    batch = checked(csv_of(head(), spouse()), office)
    statement = "UPDATE exchange_importbatch SET state = 'applied', document_id = NULL WHERE id = %s"

    with pytest.raises(IntegrityError), savepoint(), connection.cursor() as cursor:
        cursor.execute(statement, [batch.pk])

    assert ImportBatch.objects.get(pk=batch.pk).state == BatchState.CHECKED
