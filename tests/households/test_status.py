"""Changes of status: what they write, and what they refuse."""

from datetime import date, timedelta
from importlib import import_module
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, connection

from households.domain.ending import MERGED
from households.domain.status import change_status
from households.enums import TRANSFERRED, HouseholdStatus, MonitoringState
from households.models import Household, HouseholdSpell, Membership, MonitoringSpell, Posting
from households.workflow import (
    MONITORING_TRANSITIONS,
    STATUS_TRANSITIONS,
    Transition,
    allowed_pairs,
    transitions_from,
    transitions_of,
)
from registry.domain.codes import code_list
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, actor_of, county_office

LATER = FIRST_DAY + timedelta(days=20)


def test_lifting_moves_the_household_between_stocks_when_it_was_filed(office: Actor) -> None:
    household = registered(status="filed")

    lifted = change_status(household.id, "lift", actor=office, on=LATER, reason="公告2021-1", version=household.version)

    flows = Posting.objects.filter(kind="lifted").values_list("stock", "households_delta", "persons_delta", "reason")
    spells = HouseholdSpell.objects.filter(household=household).values_list("status", "starts_on", "ends_on")
    assert (lifted.status, lifted.version) == (HouseholdStatus.LIFTED, household.version + 1)
    assert set(flows) == {("not_lifted", -1, -2, "公告2021-1"), ("lifted", 1, 2, "公告2021-1")}
    assert list(spells) == [("filed", FIRST_DAY, LATER), ("lifted", LATER, None)]


def test_change_of_status_leaves_one_event_when_the_scope_closes(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        household = registered(status="filed")
    with tenant_scope(actor):
        change_status(household.id, "lift", actor=actor, on=LATER, reason="公告2021-1")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = list(
            AuditEvent.objects.filter(object_id=household.id).values_list("verb", "field_names", "reason", "seq")
        )

    assert events == [("households.lift", ["effective_on", "status"], "公告2021-1", 2)]


def test_closing_is_audited_with_the_monitoring_that_it_ends(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")
        change_status(household.id, "close_gone", actor=actor, on=LATER, reason="全户死亡")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        event = AuditEvent.objects.get(verb="households.close_gone")
    assert event.field_names == ["effective_on", "monitoring_state", "status"]


def test_closing_leaves_every_stock_when_the_household_was_monitored(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")

    closed = change_status(household.id, "close_gone", actor=office, on=LATER, reason="全户死亡")

    flows = Posting.objects.filter(kind="natural_out").values_list("stock", "households_delta", "persons_delta")
    assert set(flows) == {("lifted", -1, -2), ("monitored", -1, -2)}
    assert (closed.status, closed.monitoring_state) == ("closed", "removed")
    assert set(Membership.objects.values_list("ends_on", "end_reason_code")) == {(LATER, "household_gone")}
    assert MonitoringSpell.objects.get().ends_on == LATER


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "return"}, "workflow.not_from_here"),
        ({"reason": "  "}, "reason.missing"),
        ({"on": today() + timedelta(days=1)}, "date.in_future"),
        ({"on": FIRST_DAY - timedelta(days=1)}, "date.before_last_change"),
    ],
)
def test_change_of_status_is_refused_when_it_is_impossible(office: Actor, change: dict[str, Any], code: str) -> None:
    household = registered(status="filed")
    good: dict[str, Any] = {"name": "lift", "on": LATER, "reason": "公告"}

    with pytest.raises(DomainError) as refused:
        change_status(household.id, actor=office, **{**good, **change})
    lifted = change_status(household.id, actor=office, **good)

    assert (refused.value.code, lifted.status) == (code, "lifted")


def test_change_of_status_is_refused_when_somebody_else_changed_the_row(office: Actor) -> None:
    household = registered(status="filed")
    change_status(household.id, "lift", actor=office, on=LATER, reason="公告", version=1)

    with pytest.raises(StaleVersion):
        change_status(household.id, "return", actor=office, on=LATER, reason="返贫", version=1)

    assert Household.objects.get().status == "lifted"


@pytest.mark.parametrize("role", [Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.MACHINE_CLIENT])
def test_change_of_status_is_refused_when_the_role_may_not(office: Actor, role: Role) -> None:
    household = registered(status="filed")

    with tenant_scope(actor_of(role)) as actor, pytest.raises(NotAllowed):
        change_status(household.id, "lift", actor=actor, on=LATER, reason="公告")

    assert Household.objects.get().status == "filed"


def test_household_is_not_found_when_it_lies_in_another_township(office: Actor) -> None:
    near, far = registered(status="filed"), registered(status="filed", village_code=FAR_VILLAGE_CODE)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk):
        change_status(near.id, "lift", actor=clerk, on=LATER, reason="公告")
        with pytest.raises(NotFound):
            change_status(far.id, "lift", actor=clerk, on=LATER, reason="公告")

    assert list(Household.objects.order_by("number").values_list("status", flat=True)) == ["lifted", "filed"]
    assert clerk.ranges == (subtree(TOWNSHIP_CODE),)


@pytest.mark.parametrize(
    ("column", "states", "table"),
    [
        ("status", HouseholdStatus.values, STATUS_TRANSITIONS),
        ("monitoring_state", MonitoringState.values, MONITORING_TRANSITIONS),
    ],
)
def test_database_admits_the_changes_of_the_workflow_alone_when_every_pair_is_tried(
    office: Actor, column: str, states: list[str], table: tuple[Transition, ...]
) -> None:
    household = registered(status="ordinary", monitoring_state="removed", monitoring_code="1")

    admitted = [pair for pair in permutations(states, 2) if admits(household, column, *pair)]

    assert sorted(admitted) == list(allowed_pairs(table))


def admits(household: Household, column: str, before: str, after: str) -> bool:
    """Tell whether the database lets the plain app role change a household from one state to another."""
    change = f"UPDATE households_household SET {column} = %s, monitoring_code = %s WHERE id = %s"
    try:
        with savepoint(), connection.cursor() as cursor:
            twin = replaced(household, **{column: before, "monitoring_code": category(column, before)})
            cursor.execute(change, [after, category(column, after), twin.pk])
            raise _AdmittedError
    except _AdmittedError:
        return True
    except IntegrityError:
        return False


class _AdmittedError(Exception):
    """Undoes a change that was admitted."""


def category(column: str, state: str) -> str:
    return "" if column == "monitoring_state" and state == MonitoringState.NONE else "1"


def replaced(household: Household, **values: str) -> Household:
    """Write a twin of the household that is in another state."""
    twin = Household.objects.get(pk=household.pk)
    twin.pk, twin.number = new_id(), "54990199999999"
    for name, value in values.items():
        setattr(twin, name, value)
    twin.save(force_insert=True)
    return twin


def test_trigger_holds_the_same_changes_when_compared_with_the_workflow() -> None:
    armed = import_module("households.migrations.0002_arm_workflow")

    assert allowed_pairs(STATUS_TRANSITIONS) == armed.STATUS_PAIRS
    assert allowed_pairs(MONITORING_TRANSITIONS) == armed.MONITORING_PAIRS


@pytest.mark.django_db
def test_closing_codes_stand_in_their_list_when_the_workflow_names_them() -> None:
    closing = {line.closing_code for line in STATUS_TRANSITIONS if line.target == HouseholdStatus.CLOSED}

    assert closing | {MERGED, TRANSFERRED} == set(code_list("closing_reason").entries)
    assert {line.closing_code for line in STATUS_TRANSITIONS if line.target != HouseholdStatus.CLOSED} == {""}


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("candidate", ["file", "close_gone", "close_wrong"]),
        ("ordinary", ["close_gone", "close_wrong", "identify"]),
        ("closed", []),
    ],
)
def test_changes_name_the_monitoring_when_the_household_is_on_the_register(status: str, names: list[str]) -> None:
    assert [line.name for line in transitions_of(status=status, monitoring_state="none")] == names


def test_database_refuses_the_risk_when_the_household_is_not_on_the_register(office: Actor) -> None:
    registered(status="candidate")

    with pytest.raises(IntegrityError, match="household_at_risk_is_on_the_register"), savepoint():
        Household.objects.update(monitoring_state="identified", monitoring_code="1")
    Household.objects.update(status="filed")
    Household.objects.update(monitoring_state="identified", monitoring_code="1")

    assert Household.objects.get().monitoring_state == "identified"


def test_buttons_follow_the_workflow_when_a_household_is_lifted() -> None:
    names = [line.name for line in transitions_from(STATUS_TRANSITIONS, HouseholdStatus.LIFTED)]

    assert names == ["return", "close_gone", "close_wrong"]


def test_second_closing_is_refused_when_the_household_is_closed(office: Actor) -> None:
    household = registered(status="candidate")
    change_status(household.id, "close_wrong", actor=office, on=date(2021, 1, 4), reason="错评")

    with pytest.raises(Conflict):
        change_status(household.id, "close_wrong", actor=office, on=date(2021, 1, 4), reason="错评")

    assert Posting.objects.count() == 0
