"""Requests for help: entered, taken on, solved, confirmed by the household, and what is refused on the way."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from assistance.models import HouseholdPlan
from concerns.domain.periods import amend_period, set_period
from concerns.domain.requests import RequestDraft, amend_request, enter_request, enter_requests
from concerns.domain.solving import (
    confirm_request,
    refuse_request,
    reopen_request,
    solve_request,
    take_request,
    transfer_request,
    withdraw_request,
)
from concerns.models import HelpRequest
from concerns.queries.requests import board, on_desk, overdue, requests_visible_to, waiting
from concerns.workflow import REQUEST_CHANGES
from dossiers.domain.due import working_days_after
from households.domain.move import move_household
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.assistance.test_help_visits import own_helper
from tests.concerns.refusal import refused
from tests.factories.households import registered
from tests.factories.pictures import png
from tests.factories.tenants import NEXT_VILLAGE_CODE, OTHER_COUNTY_CODE, VILLAGE_CODE, actor_of, county, employed
from tests.factories.villages import VillageFactory
from tests.registry.people import at_work, person
from villages.workflow import allowed_pairs

TOLD = date(2021, 3, 5)


def draft(**changes: Any) -> RequestDraft:
    return replace(RequestDraft(kind_code="5", channel_code="1", told_on=TOLD, text="水管冻裂"), **changes)


def entered(actor: Actor, **changes: Any) -> HelpRequest:
    return enter_request(draft(household_id=registered().pk, **changes), actor=actor)


def solved(actor: Actor) -> HelpRequest:
    row = take_request(entered(actor).pk, actor=actor)
    return solve_request(row.pk, on=today(), solution="换了水管", actor=actor)


def colleague() -> Actor:
    """Give a team of the village, on record."""
    return employed(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE))


def test_request_is_followed_to_the_word_of_the_household(office: Actor) -> None:
    home = registered()
    row = enter_request(draft(household_id=home.pk), actor=office)
    assert (row.state, row.scope_code, row.due_on) == ("open", home.scope_code, working_days_after(TOLD, 10)[0])

    take_request(row.pk, actor=office, version=1)
    solve_request(row.pk, on=date(2021, 3, 20), solution="换了水管", actor=office, version=2)
    reopen_request(row.pk, reason="又漏水", actor=office, version=3)
    solve_request(row.pk, on=date(2021, 4, 2), solution="重装水管", actor=office, version=4)
    confirm_request(row.pk, on=date(2021, 4, 3), confirmation_code="1", actor=office, version=5)

    row.refresh_from_db()
    assert (row.state, row.owner_user_id, row.owner_role) == ("confirmed", office.user_id, "county_office")
    assert (row.solution, row.solved_on, row.confirmed_on, row.reopened_count, row.version) == (
        "重装水管",
        date(2021, 4, 2),
        date(2021, 4, 3),
        1,
        6,
    )


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"told_on": date(2099, 1, 1)}, "date.in_future", "told_on"),
        ({"told_on": date(1999, 1, 1)}, "request.too_early", "told_on"),
        ({"kind_code": "77"}, "code.unknown", "kind_code"),
        ({"channel_code": ""}, "code.unknown", "channel_code"),
        ({"text": "  "}, "request.text_missing", "text"),
        ({"owner_role": "audit_administrator"}, "request.owner_unknown", "owner_role"),
        ({"household_id": None}, "request.of_one", "household_id"),
        ({"village_id": uuid4()}, "request.of_one", "household_id"),
        ({"household_id": None, "village_id": uuid4()}, "village.not_found", "village_id"),
        ({"household_id": uuid4()}, "registry.not_found", "household_id"),
        ({"help_visit_id": uuid4()}, "request.other_visit", "help_visit_id"),
    ],
)
def test_request_is_refused_with_its_field(office: Actor, changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError) as caught:
        enter_request(draft(**{"household_id": registered().pk, **changes}), actor=office)

    assert (caught.value.code, caught.value.field) == (code, field)


def test_many_lines_are_entered_once_when_they_are_sent_again(office: Actor) -> None:
    home, village = registered(), VillageFactory.create(code=NEXT_VILLAGE_CODE)
    lines = [draft(household_id=home.pk, key="a"), draft(village_id=village.pk, kind_code="6", key="b")]

    first = enter_requests(lines, actor=office)
    again = enter_requests([*lines, draft(household_id=home.pk, kind_code="2", key="c")], actor=office)

    assert [row.pk for row in again[:2]] == [row.pk for row in first]
    assert HelpRequest.objects.count() == 3


def test_all_lines_are_refused_when_one_is_wrong(office: Actor) -> None:
    home = registered()
    lines = [draft(household_id=home.pk), draft(household_id=home.pk, kind_code="6"), draft(household_id=home.pk)]

    with pytest.raises(Conflict) as caught:
        enter_requests(lines, actor=office)

    assert (caught.value.field, "3" in str(caught.value.message)) == ("lines.2.kind_code", True)
    assert HelpRequest.objects.count() == 0
    with refused(DomainError, "request.too_many_lines"):
        enter_requests([draft(household_id=home.pk)] * 201, actor=office)


def test_many_lines_cost_no_more_statements_than_one(office: Actor) -> None:
    homes = [registered() for _number in range(3)]
    with CaptureQueriesContext(connection) as one:
        enter_requests([draft(household_id=homes[0].pk, key="x")], actor=office)

    with CaptureQueriesContext(connection) as three:
        enter_requests(
            [draft(household_id=home.pk, kind_code="6", key=f"y{home.pk}"[:64]) for home in homes], actor=office
        )

    assert len(three) <= len(one)


def test_same_request_of_a_day_is_a_double_click(office: Actor) -> None:
    row = entered(office)
    assert row.household_id is not None

    with refused(Conflict, "database.helprequest_once_a_day"):
        enter_request(draft(household_id=row.household_id), actor=office)

    withdraw_request(row.pk, reason="录错了", actor=office)
    assert enter_request(draft(household_id=row.household_id), actor=office).state == "open"


def test_correction_moves_the_deadline_when_the_kind_changes(office: Actor) -> None:
    row = entered(office)

    amend_request(row.pk, kind_code="6", channel_code="2", told_on=TOLD, text="路断了", actor=office, version=1)

    row.refresh_from_db()
    assert (row.kind_code, row.due_on, row.version) == ("6", working_days_after(TOLD, 60)[0], 2)
    refuse_request(row.pk, reason="不在计划内", actor=office)
    with refused(Conflict, "request.not_waiting"):
        amend_request(row.pk, kind_code="6", channel_code="2", told_on=TOLD, text="路", actor=office)


def test_deadline_is_the_countys_own_when_it_set_one(office: Actor) -> None:
    own = set_period("5", days=3, counts_working_days=False, source="示例文件", actor=office)
    amend_period(own.pk, days=4, counts_working_days=False, source="示例文件", actor=office, version=1)

    row = entered(office)

    assert row.due_on == TOLD + timedelta(days=4)
    with refused(DomainError, "period.days"):
        set_period("6", days=0, counts_working_days=True, source="示例文件", actor=office)
    with refused(Conflict, "database.concernperiod_once_a_code"):
        set_period("5", days=9, counts_working_days=True, source="示例文件", actor=office)
    with pytest.raises(NotAllowed):
        set_period("7", days=9, counts_working_days=True, source="x", actor=actor_of(Role.TOWNSHIP_CLERK))


def test_step_is_refused_when_it_cannot_be_taken_from_here(office: Actor) -> None:
    row = entered(office)

    with refused(Conflict, "workflow.not_from_here"):
        solve_request(row.pk, on=today(), solution="x", actor=office)
    take_request(row.pk, actor=office)
    with refused(DomainError, "request.solved_early"):
        solve_request(row.pk, on=date(2021, 3, 4), solution="x", actor=office)
    with refused(DomainError, "request.solution_missing"):
        solve_request(row.pk, on=today(), solution=" ", actor=office)
    with pytest.raises(StaleVersion):
        solve_request(row.pk, on=today(), solution="x", actor=office, version=1)
    with refused(DomainError, "reason.missing"):
        refuse_request(row.pk, reason=" ", actor=office)


def test_no_confirmation_is_no_confirmation(office: Actor) -> None:
    row = solved(office)

    with refused(DomainError, "request.not_confirmed"):
        confirm_request(row.pk, on=today(), confirmation_code="0", actor=office)
    with refused(DomainError, "request.confirmed_early"):
        confirm_request(row.pk, on=today() - timedelta(days=1), confirmation_code="1", actor=office)


def test_request_is_solved_by_its_owner(office: Actor) -> None:
    row = entered(office)
    team = colleague()
    other = employed(replace(team, user_id=UUID("5499015d-0000-4000-8000-000000000002"), username="test-other"))
    with tenant_scope(team):
        take_request(row.pk, actor=team)

    with tenant_scope(other), refused(NotAllowed, "request.not_owner"):
        solve_request(row.pk, on=today(), solution="x", actor=other)

    with tenant_scope(team):
        assert solve_request(row.pk, on=today(), solution="换了水管", actor=team).state == "solved"


def test_request_lies_on_the_desk_of_its_new_owner_when_it_is_transferred(office: Actor) -> None:
    row = take_request(entered(office).pk, actor=office)
    clerk = at_work(person(Role.TOWNSHIP_CLERK))

    transfer_request(row.pk, owner_role="township_clerk", username=clerk.username, reason="乡里办理", actor=office)

    row.refresh_from_db()
    assert (row.state, row.owner_user_id, row.taken_on) == ("open", clerk.user_id, None)
    with tenant_scope(clerk):
        assert [one.pk for one in on_desk(requests_visible_to(clerk), clerk)] == [row.pk]
    assert list(on_desk(requests_visible_to(office), office)) == []
    with refused(NotFound, "account.not_found"):
        transfer_request(row.pk, owner_role="village_team", username=clerk.username, reason="x", actor=office)
    helper = person(Role.HELPER)
    with refused(DomainError, "request.helper_of_another"):
        transfer_request(row.pk, owner_role="helper", username=helper.username, reason="x", actor=office)
    with refused(DomainError, "request.helper_of_village"):
        enter_request(draft(village_id=row.household.village_id, owner_role="helper"), actor=office)


def test_helper_enters_and_takes_what_the_own_households_ask_for(office: Actor) -> None:
    account = person(Role.HELPER)
    home, _helper = own_helper(account, office)
    foreign = entered(office)
    helper = at_work(account)
    with tenant_scope(helper):
        row = enter_request(draft(household_id=home.pk), actor=helper)

        assert take_request(row.pk, actor=helper).owner_role == "helper"
        assert [one.pk for one in requests_visible_to(helper)] == [row.pk]
        with pytest.raises(NotFound):
            take_request(foreign.pk, actor=helper)
        with pytest.raises(NotAllowed):
            refuse_request(row.pk, reason="x", actor=helper)
        with refused(NotAllowed, "request.not_of_a_village"):
            enter_request(draft(village_id=home.village_id), actor=helper)


def test_board_counts_what_waits_and_what_is_late(office: Actor) -> None:
    late, _other = entered(office), entered(office, kind_code="6", told_on=today())
    entered(office)
    solved(office)

    rows = requests_visible_to(office)

    assert [(one["kind_code"], one["waiting"], one["overdue"]) for one in board(rows, today())] == [
        ("5", 2, 2),
        ("6", 1, 0),
    ]
    assert (waiting(rows)[0].pk, overdue(rows, today()).count()) == (late.pk, 2)


def test_request_moves_with_its_household_and_takes_its_paper_along(office: Actor) -> None:
    row = take_request(entered(office).pk, actor=office)
    solve_request(row.pk, on=today(), solution="换了水管", content=png(), name="a.png", actor=office)
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    assert row.household_id is not None

    move_household(row.household_id, NEXT_VILLAGE_CODE, actor=office, on=today(), reason="搬迁")

    moved = HelpRequest.objects.select_related("document").get(pk=row.pk)
    assert moved.document is not None
    assert (moved.scope_code, moved.document.scope_code) == (NEXT_VILLAGE_CODE, NEXT_VILLAGE_CODE)


def test_nothing_is_seen_from_another_county(office: Actor) -> None:
    entered(office)

    with tenant_scope(actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE))) as other:
        assert requests_visible_to(other).count() == 0


def test_database_and_python_know_the_same_states(office: Actor) -> None:
    row = entered(office)
    pairs = import_module("concerns.migrations.0002_arm_states_and_reach").REQUEST_PAIRS

    assert pairs == allowed_pairs(REQUEST_CHANGES)
    with pytest.raises(IntegrityError, match="state_workflow"), savepoint():
        HelpRequest.objects.filter(pk=row.pk).update(state="confirmed")
    with pytest.raises(IntegrityError, match="taken_by_somebody"), savepoint():
        HelpRequest.objects.filter(pk=row.pk).update(state="taken")


@pytest.mark.parametrize(
    ("model", "order", "index"),
    [
        (HelpRequest, ("due_on", "id"), "helprequest_order"),
        (HouseholdPlan, ("-year", "id"), "householdplan_order"),
    ],
)
def test_list_reads_its_index_in_order_when_a_page_is_shown(
    model: type[HelpRequest | HouseholdPlan], order: tuple[str, str], index: str, office: Actor
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = model.objects.order_by(*order)[:50].explain()

    assert index in plan
    assert "Sort" not in plan
