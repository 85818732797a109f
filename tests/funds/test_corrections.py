"""What was noted in error is taken back by a posting: the payment of a list by another, a return by its amount."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Sum

from funds.domain.budgets import move_back
from funds.domain.corrections import correct_payment, correct_return
from funds.domain.lines import add_lines
from funds.domain.lists import approve_list, make_list, withdraw_list
from funds.domain.payments import note_paid, note_returned
from funds.models import Allocation, PaymentCorrection, PaymentLine, PaymentList
from funds.queries.payments import sums_of_village
from funds.workflow import LIST_STEPS
from households.domain.merge import merge_households
from households.models import Household, Membership
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.funds import DAY, allocation, budget, colleague, draft_of, line, paid, programme
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import VILLAGE_CODE

ACCOUNT = "62220000123456"
RETURNED: dict[str, Any] = {"on": date(2021, 12, 3), "return_code": "1"}


def paid_list(office: Actor, *amounts: str) -> PaymentList:
    """Pay a list out of an allocation of 1,000 yuan."""
    to = programme(office)
    money = allocation(office, budget(office), "1000.00", to=to)
    homes = [registered(account=f"{ACCOUNT}{place:02}") for place in range(len(amounts))]
    lines = [(home.number, amount) for home, amount in zip(homes, amounts, strict=True)]
    return paid(draft_of(office, to, money, *lines), office)


def test_payment_in_error_is_taken_back_by_another_and_noted_anew(office: Actor) -> None:
    row = paid_list(office, "100.00")
    second = colleague()

    with pytest.raises(NotAllowed) as own:
        correct_payment(row.pk, reason="误录", actor=office)
    with tenant_scope(second):
        correct_payment(row.pk, reason="误录", actor=second)
        with pytest.raises(Conflict):
            correct_payment(row.pk, reason="误录", actor=second)
    row.refresh_from_db()
    (one,) = PaymentLine.objects.all()
    before = (row.state, row.paid_on, one.paid_on, one.village_code, Allocation.objects.get().bound_yuan)
    published = sums_of_village(VILLAGE_CODE, 2021)
    note_paid(row.pk, on=date(2021, 12, 9), paper="回单2", actor=office)

    assert own.value.code == "list.own"
    assert (before, published) == (("approved", None, None, "", Decimal(100)), [])
    assert [(kept.kind, kept.was_on, kept.was_paper) for kept in PaymentCorrection.objects.all()] == [
        ("payment", date(2021, 12, 1), "回单1")
    ]
    assert PaymentLine.objects.get().paid_on == date(2021, 12, 9)


def test_payment_taken_back_may_be_withdrawn_and_frees_its_allocation(office: Actor) -> None:
    row = paid_list(office, "100.00")
    second = colleague()

    with pytest.raises(Conflict):
        approve_list(row.pk, actor=office)
    with tenant_scope(second):
        correct_payment(row.pk, reason="误录", actor=second)
        withdraw_list(row.pk, reason="误录", actor=second)

    assert Allocation.objects.get().bound_yuan == 0


def test_list_with_a_return_keeps_its_payment(office: Actor) -> None:
    row = paid_list(office, "100.00", "30.00")
    note_returned(PaymentLine.objects.get(amount_yuan=30).pk, **RETURNED, actor=office)
    second = colleague()

    with tenant_scope(second), pytest.raises(Conflict) as refused:
        correct_payment(row.pk, reason="误录", actor=second)

    assert refused.value.code == "database.paymentcorrection_nothing_was_returned"
    assert PaymentList.objects.get().returned_yuan == Decimal(30)


def test_return_in_error_is_taken_back_with_its_sums(office: Actor) -> None:
    row = paid_list(office, "100.00", "30.00")
    (one,) = PaymentLine.objects.filter(amount_yuan=30)
    note_returned(one.pk, **RETURNED, actor=office)

    correct_return(one.pk, reason="误录", actor=office)
    with pytest.raises(Conflict):
        correct_return(one.pk, reason="误录", actor=office)
    note_returned(one.pk, **RETURNED, actor=office)
    correct_return(one.pk, reason="误录", actor=office)

    row.refresh_from_db()
    standing = PaymentLine.objects.filter(returned_on__isnull=True).aggregate(total=Sum("amount_yuan"))["total"]
    assert (row.returned_yuan, Allocation.objects.get().bound_yuan, standing) == (
        Decimal(0),
        Decimal(130),
        Decimal(130),
    )


def test_return_is_not_taken_back_once_its_money_went_elsewhere(office: Actor) -> None:
    row = paid_list(office, "100.00")
    (one,) = PaymentLine.objects.all()
    note_returned(one.pk, **RETURNED, actor=office)
    move_back(row.allocation_id, amount_yuan=Decimal("900.01"), on=DAY, reason="调整", actor=office)

    with pytest.raises(Conflict) as above:
        correct_return(one.pk, reason="误录", actor=office)

    assert above.value.code == "correction.money_is_used"
    assert (PaymentList.objects.get().returned_yuan, PaymentCorrection.objects.count()) == (Decimal(100), 0)


def test_return_that_is_paid_again_is_not_taken_back(office: Actor) -> None:
    row = paid_list(office, "100.00")
    (one,) = PaymentLine.objects.select_related("household")
    note_returned(one.pk, **RETURNED, actor=office)
    later = make_list(
        row.programme_id, row.allocation_id, period="2022", stated_yuan=Decimal(100), stated_count=1, actor=office
    )
    add_lines(later.pk, [line(one.household.number, reason_code="4")], actor=office)

    with pytest.raises(Conflict) as again:
        correct_return(one.pk, reason="误录", actor=office)

    assert again.value.code == "database.paymentcorrection_is_not_paid_again"


def test_database_takes_back_by_a_correction_alone(office: Actor) -> None:
    paid_list(office, "100.00")
    (one,) = PaymentLine.objects.all()
    pairs = import_module("funds.migrations.0004_arm_corrections").LIST_PAIRS

    with pytest.raises(IntegrityError, match="taken back by its correction"), savepoint():
        PaymentList.objects.update(state="approved", paid_on=None, paid_paper="")
    with pytest.raises(IntegrityError, match="paid with its list"), savepoint():
        PaymentLine.objects.update(paid_on=None, village_code="")
    note_returned(one.pk, **RETURNED, actor=office)
    with pytest.raises(IntegrityError, match="returned once"), savepoint():
        PaymentLine.objects.update(returned_on=None, return_code="")

    assert set(pairs) == {(source, target) for source, targets in LIST_STEPS.items() for target in targets}


def test_household_that_goes_on_is_paid_what_came_back_of_the_merged_one(office: Actor) -> None:
    row = paid_list(office, "100.00")
    (one,) = PaymentLine.objects.select_related("household")
    note_returned(one.pk, **RETURNED, actor=office)
    into = neighbour()
    other = registered(account=f"{ACCOUNT}88")
    relations = dict.fromkeys(
        Membership.objects.filter(household=one.household).values_list("person_id", flat=True), "99"
    )
    merge_households(one.household_id, into.pk, relations, actor=office, on=date(2022, 1, 5), reason="并户申请")
    later = make_list(
        row.programme_id, row.allocation_id, period="2022", stated_yuan=Decimal(100), stated_count=1, actor=office
    )

    with pytest.raises(DomainError) as stranger:
        add_lines(later.pk, [line(other.number, reason_code="4")], actor=office)
    with pytest.raises(IntegrityError, match="was returned, and is the same"), savepoint():
        PaymentLine.objects.create(
            payment_list=later, programme_id=row.programme_id, period="2022", number=9, household=other,
            entered_by=later.made_by, scope_code=other.scope_code, amount_yuan=100, reason_code="4", repays=one,
        )  # fmt: skip
    (again,) = add_lines(later.pk, [line(into.number, reason_code="4")], actor=office)

    assert "still to be paid again" in str(stranger.value)
    assert (again.household_id, again.repays_id) == (into.pk, one.pk)


def neighbour() -> Household:
    """Register a household of one member."""
    head = PersonDraftFactory.build(relation_code="01", document_number=document_number(77, birth="19760203"))
    return registered(account=f"{ACCOUNT}99", members=(head,))
