"""Industry projects: from the library to acceptance, and money that adds up."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError

from economy.domain.project_money import note_project_money
from economy.domain.projects import Report, add_project, advance_project, amend_project
from economy.enums import ProjectState
from economy.models import IndustryMoney, IndustryProject, IndustryReach, IndustryStep
from economy.queries.projects import find_project, money_by_source, stopped_with_money
from economy.workflow import PROJECT_CHANGES
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.economy.projects import DAY, TO_APPROVED, TO_UNDER_WAY, brought, draft, funded, money, project, second_person
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
)
from villages.workflow import allowed_pairs


def refusal(call: Callable[..., object], *args: Any, **kwargs: Any) -> tuple[str, str | None]:
    """Give code and field of what refuses a call."""
    with pytest.raises(DomainError) as refused, savepoint():
        call(*args, **kwargs)
    return refused.value.code, refused.value.field


def test_project_goes_from_the_library_to_acceptance_with_a_day_for_each_state(office: Actor) -> None:
    row = brought(project(office), *TO_UNDER_WAY, "complete", "send-back", "complete", "accept", actor=office)

    states = list(IndustryStep.objects.filter(project=row).order_by("id").values_list("state", flat=True))
    assert (row.state, row.state_on, row.result, row.approved_by) == (
        "accepted",
        DAY,
        "建成圈舍",
        second_person().user_id,
    )
    assert states == ["proposed", "approved", "under_way", "completed", "under_way", "completed", "accepted"]


@pytest.mark.parametrize(
    ("codes", "scope"),
    [
        ((VILLAGE_CODE,), VILLAGE_CODE),
        ((VILLAGE_CODE, NEXT_VILLAGE_CODE), TOWNSHIP_CODE),
        ((VILLAGE_CODE, FAR_VILLAGE_CODE), COUNTY_CODE),
    ],
)
def test_project_lies_in_the_smallest_division_that_holds_its_villages(
    office: Actor, codes: tuple[str, ...], scope: str
) -> None:
    row = add_project(draft(*codes), actor=office)

    assert (row.scope_code, IndustryReach.objects.filter(project=row).count()) == (scope, len(codes))


def test_amended_villages_take_planned_money_with_them(office: Actor) -> None:
    row = project(office)

    amend_project(row.pk, draft(VILLAGE_CODE, FAR_VILLAGE_CODE, name="牦牛扩繁"), actor=office, version=2)

    row.refresh_from_db()
    assert (row.name, row.scope_code, row.version) == ("牦牛扩繁", COUNTY_CODE, 3)
    assert IndustryMoney.objects.get(project=row).scope_code == COUNTY_CODE


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": " "}, "project.name_missing", "name"),
        ({"kind_code": "99"}, "code.unknown", "kind_code"),
        ({"action_code": "99"}, "code.unknown", "action_code"),
        ({"library_year": 1999}, "project.year", "library_year"),
        ({"village_ids": ()}, "project.no_village", "villages"),
        ({"planned_from": DAY, "planned_until": date(2021, 1, 1)}, "date.ends_before_start", "planned_until"),
    ],
)
def test_project_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    assert refusal(add_project, draft(**changes), actor=office) == (code, field)
    assert not IndustryProject.objects.exists()


def test_project_of_two_townships_is_entered_by_the_county_alone(office: Actor) -> None:
    near, wide = draft(VILLAGE_CODE), draft(VILLAGE_CODE, NEXT_VILLAGE_CODE)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team):
        hidden = refusal(add_project, wide, actor=team)
        own = add_project(near, actor=team)

    assert (hidden, own.scope_code) == (("project.village_not_found", "villages"), VILLAGE_CODE)


@pytest.mark.parametrize(
    ("before", "name", "named", "code"),
    [
        ((), "approve", {}, "workflow.not_from_here"),
        ((), "propose", {"on": date(2100, 1, 1)}, "date.in_future"),
        (("propose",), "approve", {}, "project.own_proposal"),
        (TO_APPROVED, "begin", {"on": date(2021, 2, 1)}, "project.early"),
        (("propose",), "return", {"note": " "}, "project.note_missing"),
        (TO_UNDER_WAY, "complete", {"report": Report()}, "project.result_missing"),
        ((*TO_UNDER_WAY, "complete"), "accept", {}, "project.own_report"),
        ((*TO_UNDER_WAY, "complete", "accept"), "stop", {}, "workflow.not_from_here"),
    ],
)
def test_state_is_refused_when_it_cannot_be(
    office: Actor, before: tuple[str, ...], name: str, named: dict[str, Any], code: str
) -> None:
    row = brought(project(office), *before, actor=office)
    given = {"on": DAY, "note": "情况", "report": Report(result="建成"), **named}

    assert refusal(advance_project, row.pk, name, actor=office, **given)[0] == code


def test_project_without_planned_money_is_not_proposed(office: Actor) -> None:
    row = add_project(draft(), actor=office)

    assert refusal(advance_project, row.pk, "propose", on=DAY, actor=office)[0] == "project.no_money_planned"


@pytest.mark.parametrize("steps", [("propose",), TO_APPROVED])
def test_project_keeps_what_was_proposed(office: Actor, steps: tuple[str, ...]) -> None:
    row = brought(project(office), *steps, actor=office)

    assert refusal(amend_project, row.pk, draft(), actor=office)[0] == "project.proposed"
    assert refusal(note_project_money, row.pk, money(planned_yuan="5"), actor=office) == ("money.state", "planned_yuan")
    with pytest.raises(IntegrityError, match="belongs to its state"), savepoint():
        IndustryMoney.objects.create(
            project=row, scope_code=row.scope_code, source_code="1", noted_on=DAY, planned_yuan=5
        )


def test_money_is_noted_once_by_whoever_saw_the_project_and_unseen_by_nobody_who_decides(office: Actor) -> None:
    row = project(office)
    note_project_money(row.pk, money(planned_yuan="5"), actor=office, version=2)

    with pytest.raises(StaleVersion):
        note_project_money(row.pk, money(planned_yuan="5"), actor=office, version=2)
    with pytest.raises(StaleVersion):
        advance_project(row.pk, "propose", on=DAY, actor=office, version=2)


def test_project_is_not_complete_while_money_is_unaccounted(office: Actor) -> None:
    row, report = funded(office), Report(result="建成圈舍")

    with pytest.raises(DomainError, match=r"400\.00 yuan") as refused:
        advance_project(row.pk, "complete", on=DAY, report=report, actor=office)
    note_project_money(row.pk, money(returned_yuan="400.00"), actor=office)
    done = advance_project(row.pk, "complete", on=DAY, report=report, actor=office)

    assert (refused.value.code, done.state) == ("project.money_unaccounted", "completed")


@pytest.mark.parametrize(
    ("amounts", "code", "field"),
    [
        ({}, "money.nothing", "planned_yuan"),
        ({"spent_yuan": "400.01"}, "money.more_than_arrived", "spent_yuan"),
        ({"arrived_yuan": "-400.01"}, "money.more_than_arrived", "arrived_yuan"),
        ({"spent_yuan": "-600.01"}, "money.below_zero", "spent_yuan"),
        ({"arrived_yuan": "0.001"}, "money.amount", "arrived_yuan"),
        ({"source": "2", "spent_yuan": "1"}, "money.more_than_arrived", "spent_yuan"),
        ({"source": "77", "arrived_yuan": "1"}, "code.unknown", "source_code"),
    ],
)
def test_money_is_refused_with_its_field_when_it_does_not_add_up(
    office: Actor, amounts: dict[str, str], code: str, field: str
) -> None:
    row = funded(office)

    assert refusal(note_project_money, row.pk, money(**amounts), actor=office) == (code, field)


def test_money_is_pooled_by_source(office: Actor) -> None:
    row = funded(office)
    note_project_money(row.pk, money("5", arrived_yuan="50.50"), actor=office)

    rows = list(money_by_source(row.pk))

    assert [(one["source_code"], one["planned"], one["arrived"], one["rest"]) for one in rows] == [
        ("1", Decimal("1000.00"), Decimal("1000.00"), Decimal("400.00")),
        ("5", Decimal(0), Decimal("50.50"), Decimal("50.50")),
    ]
    assert find_project(row.pk).arrived_yuan == Decimal("1050.50")  # type: ignore[attr-defined]  # an annotation


def test_database_and_python_know_the_same_states(office: Actor) -> None:
    row = project(office)
    pairs = import_module("economy.migrations.0004_guard_industry_projects").PROJECT_PAIRS

    assert pairs == allowed_pairs(PROJECT_CHANGES)
    with pytest.raises(IntegrityError, match="state_workflow"), savepoint():
        IndustryProject.objects.filter(pk=row.pk).update(state=ProjectState.ACCEPTED)


def test_database_refuses_what_the_verbs_refuse(office: Actor) -> None:
    row = funded(office)
    entry = {"project": row, "scope_code": row.scope_code, "source_code": "1", "noted_on": DAY}
    IndustryProject.objects.filter(pk=row.pk).update(result="建成")

    with pytest.raises(IntegrityError, match="than arrived"), savepoint():
        IndustryMoney.objects.create(**entry, spent_yuan=500)
    with pytest.raises(IntegrityError, match="accounted"), savepoint():
        IndustryProject.objects.filter(pk=row.pk).update(state=ProjectState.COMPLETED)
    with pytest.raises(IntegrityError, match="approved_by_another"), savepoint():
        IndustryProject.objects.filter(pk=row.pk).update(approved_by=row.proposed_by)
    with pytest.raises(DatabaseError), savepoint():
        IndustryMoney.objects.filter(project=row).update(arrived_yuan=1)


def test_project_is_not_there_for_another_area_and_not_decided_by_a_team(office: Actor) -> None:
    far, near = project(office, FAR_VILLAGE_CODE), brought(project(office), "propose", actor=office)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team):
        with pytest.raises(NotFound):
            note_project_money(far.pk, money(planned_yuan="1"), actor=team)
        with pytest.raises(NotAllowed):
            advance_project(near.pk, "approve", on=DAY, actor=team)
        with pytest.raises(StaleVersion):
            amend_project(near.pk, draft(), actor=team, version=1)


def test_same_name_is_entered_once_a_year(office: Actor) -> None:
    add_project(draft(), actor=office)

    with pytest.raises(Conflict, match="already"):
        add_project(draft(), actor=office)


def test_stopped_project_is_listed_until_its_money_is_accounted_for(office: Actor) -> None:
    row = brought(funded(office, arrived="1000.00", spent="600.00"), "stop", actor=office)
    funded(office, NEXT_VILLAGE_CODE)

    left = list(stopped_with_money(IndustryProject.objects.all()))
    note_project_money(row.pk, money(returned_yuan="400.00"), actor=office)

    assert (left, list(stopped_with_money(IndustryProject.objects.all()))) == ([row], [])
