"""Budgets, programmes, allocations and payment lists, as the county's office enters them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from funds.domain.budgets import AllocationDraft, BudgetDraft, add_budget, allocate
from funds.domain.lines import LineDraft, add_lines
from funds.domain.lists import approve_list, make_list, submit_list
from funds.domain.payments import note_paid
from funds.domain.programmes import ProgrammeDraft, add_programme
from funds.models import Allocation, Budget, PaymentList, PaymentProgramme
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, actor_of, employed

DAY = date(2021, 3, 1)
OTHER_USER = UUID("5499015d-0000-4000-8000-000000000002")


def colleague() -> Actor:
    """Give a second clerk of the county's office."""
    return employed(replace(actor_of(Role.COUNTY_OFFICE, user_id=OTHER_USER), username="test-second"))


def budget(actor: Actor, amount: str = "1000.00", **more: Any) -> Budget:
    """Enter a budget of 2021."""
    values: dict[str, Any] = {
        "year": 2021,
        "source_code": "1",
        "name": "衔接资金",
        "notice_number": "示例2021-1",
        "notice_on": DAY,
    }
    return add_budget(BudgetDraft(**(values | more), amount_yuan=Decimal(amount)), actor=actor)


def programme(
    actor: Actor, *, payee: str = "household", cycle: str = "year", name: str = "示例补助"
) -> PaymentProgramme:
    """Enter a programme."""
    draft = ProgrammeDraft(name=name, kind_code="2", rule_text="每户每年", source="示例文件", starts_on=DAY)
    return add_programme(draft, payee=payee, cycle=cycle, actor=actor)


def allocation(
    actor: Actor, of: Budget, amount: str, *, to: PaymentProgramme | None = None, area: str = COUNTY_CODE
) -> Allocation:
    """Allocate money to a programme, or to an area."""
    draft = AllocationDraft(
        purpose="programme" if to else "area",
        programme_id=to.pk if to else None,
        division_code=area,
        amount_yuan=Decimal(amount),
        allocated_on=DAY,
        paper="分配方案",
    )
    return allocate(of.pk, draft, actor=actor)


def draft_of(
    actor: Actor, to: PaymentProgramme, out_of: Allocation, *lines: tuple[str, str], period: str = "2021"
) -> PaymentList:
    """Make a list whose paper gives what its lines (household number, amount) give."""
    total = sum((Decimal(amount) for _number, amount in lines), Decimal(0))
    row = make_list(to.pk, out_of.pk, period=period, stated_yuan=total, stated_count=len(lines), actor=actor)
    add_lines(row.pk, [line(number, amount) for number, amount in lines], actor=actor)
    return PaymentList.objects.get(pk=row.pk)


def line(number: str, amount: str = "100.00", **more: Any) -> LineDraft:
    """Give the draft of a line."""
    return LineDraft(household_number=number, amount_yuan=Decimal(amount), **more)


def approved(row: PaymentList, actor: Actor) -> PaymentList:
    """Submit a list, and let a colleague approve it."""
    submit_list(row.pk, actor=actor)
    second = colleague()
    with tenant_scope(second):
        return approve_list(row.pk, actor=second)


def paid(row: PaymentList, actor: Actor) -> PaymentList:
    """Submit, approve and pay a list."""
    approved(row, actor)
    return note_paid(row.pk, on=date(2021, 12, 1), paper="回单1", actor=actor)
