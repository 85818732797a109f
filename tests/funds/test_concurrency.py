"""Two clerks at the same moment: one allocates or pays, the other reads why not."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum

from funds.domain.budgets import move_back
from funds.domain.corrections import correct_return
from funds.domain.lines import add_lines, strike_line
from funds.domain.lists import make_list
from funds.domain.payments import note_returned
from funds.models import Allocation, Budget, PaymentLine
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.funds import DAY, allocation, budget, draft_of, line, paid, programme
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.households.meanwhile import Meanwhile
from tests.support.database import Database


@pytest.fixture
def clerk(committed_database: Database) -> Iterator[Actor]:
    """Give a clerk of a county whose rows are committed."""
    yield county_office()
    connection.close()


def test_one_of_two_allocations_is_refused_when_the_budget_holds_one(clerk: Actor) -> None:
    with tenant_scope(clerk):
        money = budget(clerk, "1000.00")
        move_back(allocation(clerk, money, "5.00").pk, amount_yuan=Decimal(5), on=DAY, reason="调整", actor=clerk)
    other = Meanwhile(lambda: allocation(clerk, money, "600.00"), clerk)

    with tenant_scope(clerk):
        allocation(clerk, money, "600.00")
        other.start_and_wait_for_the_lock()

    assert other.outcome() == "allocation.above_budget"
    with tenant_scope(clerk):
        added = Allocation.objects.aggregate(total=Sum("amount_yuan"))["total"]
        assert Budget.objects.get().allocated_yuan == added == Decimal("600.00")


def test_nobody_is_entered_twice_when_two_lists_name_them_at_the_same_moment(clerk: Actor) -> None:
    with tenant_scope(clerk):
        home, to = registered(), programme(clerk)
        money = allocation(clerk, budget(clerk), "1000.00", to=to)
        first, second = (
            make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(100), stated_count=1, actor=clerk).pk
            for _ in range(2)
        )
    other = Meanwhile(lambda: add_lines(second, [line(home.number)], actor=clerk), clerk)

    with tenant_scope(clerk):
        add_lines(first, [line(home.number)], actor=clerk)
        other.start_and_wait_for_the_lock()

    assert other.outcome() == "lines.refused"
    with tenant_scope(clerk):
        assert PaymentLine.objects.get().payment_list_id == first


def test_return_is_not_paid_again_while_it_is_taken_back(clerk: Actor) -> None:
    with tenant_scope(clerk):
        home, to = registered(account="6222000012345678"), programme(clerk)
        money = allocation(clerk, budget(clerk), "1000.00", to=to)
        paid(draft_of(clerk, to, money, (home.number, "100.00")), clerk)
        one = PaymentLine.objects.get()
        note_returned(one.pk, on=date(2021, 12, 3), return_code="1", actor=clerk)
        later = make_list(to.pk, money.pk, period="2022", stated_yuan=Decimal(100), stated_count=1, actor=clerk).pk
    again = [line(home.number, reason_code="4")]
    taking = Meanwhile(lambda: correct_return(one.pk, reason="误录", actor=clerk), clerk)
    entering = Meanwhile(lambda: add_lines(later, again, actor=clerk), clerk)

    with tenant_scope(clerk):
        (entered,) = add_lines(later, again, actor=clerk)
        taking.start_and_wait_for_the_lock()
    first = taking.outcome()
    with tenant_scope(clerk):
        strike_line(entered.pk, reason="误录", actor=clerk)
    with tenant_scope(clerk):
        correct_return(one.pk, reason="误录", actor=clerk)
        entering.start_and_wait_for_the_lock()

    assert first == "database.paymentcorrection_is_not_paid_again"
    assert entering.outcome() == "database.paymentline_repays_what_was_returned"
