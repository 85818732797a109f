"""Budgets and allocations: what is allocated stays within the budget, and what is bound is not moved back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from funds.domain.budgets import BudgetDraft, amend_budget, move_back, withdraw_budget
from funds.models import Allocation, Budget
from funds.queries.budgets import progress_of
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.funds import DAY, allocation, approved, budget, draft_of, paid, programme
from tests.factories.households import registered
from tests.factories.tenants import TOWNSHIP_CODE, actor_of

ACCOUNT = "6222000012345678"
DRAFT = BudgetDraft(
    year=2021, source_code="1", name="衔接资金", notice_number="示例2021-1", notice_on=DAY, amount_yuan=Decimal(1000)
)


def test_allocations_stay_within_the_budget(office: Actor) -> None:
    money = budget(office, "1000.00")
    allocation(office, money, "600.00")

    with pytest.raises(DomainError) as refused:
        allocation(office, money, "400.01")
    allocation(office, money, "400.00")

    assert (refused.value.code, refused.value.field) == ("allocation.above_budget", "amount_yuan")
    assert str(refused.value).startswith("400.00 yuan of this budget are free, which is 0.01 yuan less.")
    assert Budget.objects.get().allocated_yuan == Decimal("1000.00")


def test_database_refuses_an_allocation_above_the_budget(office: Actor) -> None:
    money = budget(office, "1000.00")
    row = allocation(office, money, "600.00")
    more = {"budget": money, "purpose": "area", "allocated_on": DAY, "paper": "x", "scope_code": row.scope_code}

    with pytest.raises(IntegrityError, match="budget_allocates_its_amount_at_most"), savepoint():
        Allocation.objects.create(**more, amount_yuan=Decimal("400.01"))
    other = {**more, "scope_code": TOWNSHIP_CODE}
    with pytest.raises(IntegrityError, match="moved back is of the allocation"), savepoint():
        Allocation.objects.create(**other, amount_yuan=Decimal(-1), moves_back=row)

    with pytest.raises(IntegrityError, match="written by their triggers alone"), savepoint():
        Budget.objects.update(allocated_yuan=Decimal(0))
    with pytest.raises(IntegrityError, match="written by their triggers alone"), savepoint():
        Allocation.objects.update(bound_yuan=Decimal(600))

    assert Allocation.objects.count() == 1


def test_moving_back_frees_the_budget_up_to_what_lists_have_bound(office: Actor) -> None:
    home, to = registered(account=ACCOUNT), programme(office)
    money = budget(office, "1000.00")
    row = allocation(office, money, "600.00", to=to)
    approved(draft_of(office, to, row, (home.number, "200.00")), office)

    with pytest.raises(DomainError) as bound:
        move_back(row.pk, amount_yuan=Decimal("400.01"), on=DAY, reason="调整", actor=office)
    move_back(row.pk, amount_yuan=Decimal("100.00"), on=DAY, reason="调整", actor=office)
    with pytest.raises(Conflict) as tapped:
        move_back(row.pk, amount_yuan=Decimal("100.00"), on=DAY, reason="调整", actor=office)
    entry = move_back(row.pk, amount_yuan=Decimal("300.00"), on=DAY, reason="调整", actor=office)
    with pytest.raises(Conflict) as again:
        move_back(entry.pk, amount_yuan=Decimal(1), on=DAY, reason="调整", actor=office)

    row.refresh_from_db()
    assert (bound.value.code, again.value.code) == ("allocation.is_bound", "allocation.is_moved_back")
    assert tapped.value.code == "database.allocation_moves_back_once"
    assert (row.bound_yuan, row.moved_back_yuan, row.free_yuan) == (Decimal(200), Decimal(400), Decimal(0))
    assert Budget.objects.get().allocated_yuan == Decimal("200.00")


def test_budget_is_corrected_down_to_what_is_allocated_and_withdrawn_when_free(office: Actor) -> None:
    money = budget(office, "1000.00")
    row = allocation(office, money, "600.00")

    with pytest.raises(DomainError) as below:
        amend_budget(money.pk, replace(DRAFT, amount_yuan=Decimal(599)), actor=office, version=2)
    amend_budget(money.pk, replace(DRAFT, amount_yuan=Decimal(600)), actor=office, version=2)
    with pytest.raises(Conflict) as bound:
        withdraw_budget(money.pk, reason="误录", actor=office, version=3)
    move_back(row.pk, amount_yuan=Decimal(600), on=DAY, reason="调整", actor=office)
    withdraw_budget(money.pk, reason="误录", actor=office, version=3)
    with pytest.raises(Conflict) as closed:
        allocation(office, money, "1.00")

    assert (below.value.code, closed.value.code) == ("budget.below_allocated", "budget.withdrawn")
    assert bound.value.code == "database.budget_withdrawn_is_free_and_has_a_reason"


def test_second_budget_of_a_notice_and_a_division_of_another_county_are_refused(office: Actor) -> None:
    money = budget(office)

    with pytest.raises(Conflict) as twice:
        budget(office)
    with pytest.raises(DomainError) as foreign:
        allocation(office, money, "1.00", area="549902000000")

    assert (twice.value.code, foreign.value.code) == ("database.budget_notice_once", "allocation.division")


def test_township_sees_its_allocation_and_allocates_nothing(office: Actor) -> None:
    money = budget(office)
    allocation(office, money, "600.00")
    own = allocation(office, money, "100.00", area=TOWNSHIP_CODE)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk):
        seen = list(Allocation.objects.all())
        told = progress_of(2021).total
        with pytest.raises(NotAllowed):
            allocation(clerk, money, "1.00", area=TOWNSHIP_CODE)

    assert seen == [own]
    assert (told.allocated_yuan, told.unallocated_yuan) == (Decimal(100), Decimal(300))


def test_progress_adds_up_by_source_and_purpose(office: Actor) -> None:
    homes, to = [registered(account=f"{ACCOUNT}{place}") for place in range(2)], programme(office)
    money = budget(office, "1000.00")
    budget(office, "50.00", source_code="6", notice_number="示例2021-2")
    row = allocation(office, money, "600.00", to=to)
    allocation(office, money, "100.00")
    paid(draft_of(office, to, row, (homes[0].number, "200.00")), office)
    approved(draft_of(office, to, row, (homes[1].number, "30.00")), office)

    found = progress_of(2021)

    sums = [
        (one.source_code, one.budget_yuan, one.allocated_yuan, one.bound_yuan, one.paid_yuan) for one in found.sources
    ]
    assert sums == [
        ("1", Decimal(1000), Decimal(700), Decimal(230), Decimal(200)),
        ("6", Decimal(50), Decimal(0), Decimal(0), Decimal(0)),
    ]
    purposes = {(one.purpose, one.programme_name): (one.free_yuan, one.paid_yuan) for one in found.purposes}
    assert purposes == {
        ("area", ""): (Decimal(100), Decimal(0)),
        ("programme", "示例补助"): (Decimal(370), Decimal(200)),
    }
    assert (found.total.unallocated_yuan, found.total.paid_yuan) == (Decimal(350), Decimal(200))
    assert progress_of(date(2020, 1, 1).year).total.budget_yuan == 0
