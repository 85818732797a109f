"""Loans: who borrows, within which limits; what is owed is the sum of entries; due and overdue."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError
from pytest_django import DjangoAssertNumQueries

from assistance.domain.helper import link_login
from credit.domain.limits import LimitDraft, amend_loan_limit, set_loan_limit
from credit.domain.loans import (
    LoanDraft,
    LoanTerms,
    amend_loan,
    enter_payment,
    extend_loan,
    record_loan,
    reverse_payment,
    withdraw_loan,
)
from credit.models import Loan, LoanEntry, LoanExtension
from credit.queries.limits import last_day_of
from credit.queries.loans import due_page, figures_by_village, find_loan, loans_due
from households.domain.anonymise import EMPTIED
from households.domain.merge import merge_households
from households.domain.move import move_household
from households.domain.split import NewHousehold, split_household
from households.models import Household
from households.queries.history import present_members
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import NEXT_VILLAGE_CODE
from tests.factories.villages import VillageFactory
from tests.registry.people import at_work, person

DAY = date(2021, 3, 5)
LOAN = LoanDraft(
    lender="示例农商行", purpose_code="2", rate_percent=Decimal("4.35"), rating="A", is_subsidised=True,
    amount_yuan=Decimal(30000), granted_on=DAY, due_on=date(2023, 3, 5),
)  # fmt: skip


def granted(actor: Actor, draft: LoanDraft = LOAN, *, home: Household | None = None) -> Loan:
    household = home or registered()
    return record_loan(household.pk, present_members(household)[0].person_id, draft, actor=actor)


def drawn(actor: Actor, draft: LoanDraft = LOAN, *, home: Household | None = None) -> Loan:
    loan = granted(actor, draft, home=home)
    enter_payment(loan.pk, "draw", on=draft.granted_on, amount_yuan=draft.amount_yuan, actor=actor)
    loan.refresh_from_db()
    return loan


def test_what_is_owed_is_what_was_paid_out_less_what_was_paid_back(office: Actor) -> None:
    loan = drawn(office)

    enter_payment(loan.pk, "principal", on=date(2022, 3, 5), amount_yuan=Decimal("10000.50"), actor=office)
    enter_payment(loan.pk, "interest", on=date(2022, 3, 5), amount_yuan=Decimal(1305), actor=office)
    enter_payment(loan.pk, "subsidy", on=date(2022, 3, 5), amount_yuan=Decimal(1305), actor=office)
    enter_payment(loan.pk, "write_off", on=date(2022, 3, 6), amount_yuan=Decimal("0.50"), actor=office)

    shown: Any = find_loan(loan.pk, actor=office)
    assert (shown.drawn_yuan, shown.outstanding_yuan) == (Decimal(30000), Decimal(19999))
    assert (shown.interest_yuan, shown.subsidy_yuan) == (Decimal(1305), Decimal(1305))


@pytest.mark.parametrize(
    ("kind", "amount", "code"),
    [
        ("draw", "0.01", "database.loan_drawn_within_its_amount"),
        ("principal", "30000.01", "database.loan_owed_not_below_zero"),
        ("write_off", "30000.01", "database.loan_owed_not_below_zero"),
        ("gift", "1", "code.unknown"),
        ("principal", "0", "loan.amount"),
    ],
)
def test_payment_is_refused_when_it_does_not_add_up(office: Actor, kind: str, amount: str, code: str) -> None:
    loan = drawn(office)

    with pytest.raises(DomainError) as refused:
        enter_payment(loan.pk, kind, on=date(2022, 1, 1), amount_yuan=Decimal(amount), actor=office)

    assert refused.value.code == code
    assert (LoanEntry.objects.count(), find_loan(loan.pk, actor=office).outstanding_yuan) == (1, Decimal(30000))


def test_wrong_payment_is_reversed_once_by_its_mirror(office: Actor) -> None:
    loan = drawn(office)
    row = enter_payment(loan.pk, "principal", on=date(2022, 1, 1), amount_yuan=Decimal(500), actor=office)

    mirror = reverse_payment(row.pk, reason="重复录入", actor=office)

    assert (mirror.amount_yuan, mirror.occurred_on) == (Decimal(-500), row.occurred_on)
    assert find_loan(loan.pk, actor=office).outstanding_yuan == Decimal(30000)
    with pytest.raises(Conflict) as twice:
        reverse_payment(row.pk, reason="重复录入", actor=office)
    with pytest.raises(Conflict) as back:
        reverse_payment(mirror.pk, reason="重复录入", actor=office)
    assert (twice.value.code, back.value.code) == ("database.loanentry_reversed_once", "payment.is_a_reversal")


def test_paying_out_is_not_reversed_while_more_was_paid_back(office: Actor) -> None:
    loan = drawn(office)
    draw = LoanEntry.objects.get()
    enter_payment(loan.pk, "principal", on=date(2022, 1, 1), amount_yuan=Decimal(1), actor=office)

    with pytest.raises(Conflict) as refused:
        reverse_payment(draw.pk, reason="未放款", actor=office)

    assert refused.value.code == "database.loan_owed_not_below_zero"


@pytest.mark.parametrize("changes", [{"amount_yuan": Decimal(1)}, {"occurred_on": DAY}])
def test_database_keeps_an_entry_as_it_was_written(office: Actor, changes: dict[str, Any]) -> None:
    drawn(office)

    with pytest.raises(DatabaseError), savepoint():
        LoanEntry.objects.update(**changes)


def test_balance_is_not_forged(office: Actor) -> None:
    loan = drawn(office)

    Loan.objects.update(outstanding_yuan=0, drawn_yuan=5)

    loan.refresh_from_db()
    assert (loan.drawn_yuan, loan.outstanding_yuan) == (Decimal(30000), Decimal(30000))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"amount_yuan": Decimal("50000.01")}, "loan.above_limit", "amount_yuan"),
        ({"due_on": date(2024, 3, 6)}, "loan.too_long", "due_on"),
        ({"due_on": DAY}, "loan.due_before_grant", "due_on"),
        ({"granted_on": date(2099, 1, 1)}, "date.in_future", "granted_on"),
        ({"purpose_code": "8"}, "code.unknown", "purpose_code"),
        ({"rate_percent": Decimal(101)}, "loan.rate", "rate_percent"),
        ({"lender": " "}, "loan.lender_missing", "lender"),
    ],
)
def test_loan_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    home = registered()

    with pytest.raises(DomainError) as refused:
        granted(office, replace(LOAN, **changes), home=home)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Loan.objects.exists()


def test_limits_of_the_county_hold_from_their_year_on(office: Actor) -> None:
    row = set_loan_limit(2021, LimitDraft(most_yuan=Decimal(60000), most_months=48, source="示例文件"), actor=office)
    high = replace(LOAN, amount_yuan=Decimal(60000), due_on=date(2025, 3, 5))
    loan = granted(office, high)

    amend_loan_limit(
        row.pk, LimitDraft(most_yuan=Decimal(20000), most_months=12, source="新文件"), actor=office, version=1
    )

    with pytest.raises(DomainError, match="新文件"):
        granted(office)
    assert (loan.amount_yuan, last_day_of(date(2020, 2, 29), 12)) == (Decimal(60000), date(2021, 2, 28))


def test_borrower_is_a_grown_up_member(office: Actor) -> None:
    home, other = registered(), registered()
    member = present_members(home)[1].person
    stranger = present_members(other)[0].person_id
    type(member).objects.filter(pk=member.pk).update(birth_on=date(2003, 3, 6))

    with pytest.raises(DomainError) as young:
        record_loan(home.pk, member.pk, LOAN, actor=office)
    with pytest.raises(NotFound) as foreign:
        record_loan(home.pk, stranger, LOAN, actor=office)
    row = Loan(
        household=home, person_id=stranger, scope_code=home.scope_code, lender="x", purpose_code="1",
        amount_yuan=1, granted_on=DAY, due_on=today(), rate_percent=1, is_subsidised=False, is_guaranteed=False,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="loan_is_a_members"), savepoint():
        row.save()
    row.person_id = member.pk
    with pytest.raises(IntegrityError, match="is of age on that day"), savepoint():
        row.save()

    assert (young.value.code, foreign.value.code) == ("loan.not_of_age", "loan.no_member")


def test_same_loan_is_on_file_once_until_it_is_withdrawn(office: Actor) -> None:
    home = registered()
    loan = granted(office, home=home)

    with pytest.raises(Conflict) as twice:
        granted(office, home=home)
    withdraw_loan(loan.pk, reason="未发放", actor=office)
    again = granted(office, home=home)
    enter_payment(again.pk, "interest", on=DAY, amount_yuan=Decimal(1), actor=office)

    with pytest.raises(Conflict) as with_money:
        withdraw_loan(again.pk, reason="未发放", actor=office)
    with pytest.raises(Conflict) as over:
        enter_payment(loan.pk, "draw", on=DAY, amount_yuan=Decimal(1), actor=office)
    assert [one.value.code for one in (twice, with_money, over)] == [
        "database.loan_on_file_once", "database.loan_withdrawn_is_empty", "loan.withdrawn",
    ]  # fmt: skip


def test_extension_puts_the_due_day_off_and_terms_are_corrected(office: Actor) -> None:
    loan = drawn(office)

    row = extend_loan(loan.pk, on=date(2023, 3, 1), due_on=date(2024, 3, 5), reason="受灾", actor=office)
    terms = LoanTerms(lender="示例银行", purpose_code="1", rate_percent=Decimal(4))
    amend_loan(loan.pk, terms, actor=office)

    loan.refresh_from_db()
    assert (row.number, row.former_due_on, loan.due_on, loan.lender) == (
        1, date(2023, 3, 5), date(2024, 3, 5), "示例银行",
    )  # fmt: skip
    with pytest.raises(DomainError) as refused:
        extend_loan(loan.pk, on=date(2023, 3, 1), due_on=date(2024, 3, 5), reason="受灾", actor=office)
    assert refused.value.code == "loan.not_later"


def test_overdue_and_soon_due_loans_are_listed_and_added_up(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = date(2023, 3, 6)
    late = drawn(office)
    soon = drawn(office, replace(LOAN, due_on=day + timedelta(days=60)))
    drawn(office, replace(LOAN, due_on=day + timedelta(days=61)))
    paid = drawn(office)
    enter_payment(paid.pk, "principal", on=day, amount_yuan=Decimal(30000), actor=office)

    with django_assert_num_queries(2):
        page, (figures,) = due_page(day, actor=office, village_code="", page=1), figures_by_village(day, actor=office)

    assert [loan.pk for loan in page] == [late.pk, soon.pk]
    assert (figures.households, figures.loans, figures.outstanding_yuan) == (3, 3, Decimal(90000))
    assert (figures.overdue_households, figures.overdue_yuan, figures.soon_count) == (1, Decimal(30000), 1)


def test_loan_moves_with_its_household_and_keeps_its_balance(office: Actor) -> None:
    home = registered()
    loan = drawn(office, home=home)
    VillageFactory.create(code=NEXT_VILLAGE_CODE)

    move_household(home.pk, NEXT_VILLAGE_CODE, on=today(), reason="搬家", actor=office)

    loan.refresh_from_db()
    assert (loan.scope_code, loan.outstanding_yuan) == (NEXT_VILLAGE_CODE, Decimal(30000))
    assert LoanEntry.objects.get().scope_code == NEXT_VILLAGE_CODE


def test_open_loan_goes_with_its_borrower_into_the_household_split_off(office: Actor) -> None:
    home = registered()
    stays, goes = (member.person_id for member in present_members(home).order_by("relation_code"))
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    of_head, open_, paid = (
        record_loan(home.pk, person_id, replace(LOAN, lender=lender), actor=office)
        for person_id, lender in ((stays, "甲"), (goes, "乙"), (goes, "丙"))
    )
    enter_payment(open_.pk, "draw", on=DAY, amount_yuan=Decimal(500), actor=office)
    extend_loan(open_.pk, on=DAY, due_on=date(2024, 3, 5), reason="受灾", actor=office)
    enter_payment(paid.pk, "draw", on=DAY, amount_yuan=Decimal(7), actor=office)
    enter_payment(paid.pk, "principal", on=DAY, amount_yuan=Decimal(7), actor=office)

    new = NewHousehold(number="S1", relations={goes: "01"}, village_code=NEXT_VILLAGE_CODE)
    founded = split_household(home.pk, new, actor=office, on=date(2021, 4, 1), reason="分户申请")

    kept = set(Loan.objects.filter(household=home).values_list("pk", flat=True))
    went: list[Any] = [model.objects.get(household=founded) for model in (Loan, LoanEntry, LoanExtension)]
    assert (kept, went[0].pk, went[0].outstanding_yuan) == ({of_head.pk, paid.pk}, open_.pk, Decimal(500))
    assert {row.scope_code for row in went} == {NEXT_VILLAGE_CODE}
    assert LoanEntry.objects.filter(household=home).count() == 2
    with pytest.raises(IntegrityError, match="loan_is_a_members"), savepoint():
        Loan.objects.filter(pk=open_.pk).update(household=home)
    with pytest.raises(DatabaseError, match="kept as they were written"), savepoint():
        LoanEntry.objects.filter(loan=open_).update(household=home)


def test_open_loan_goes_into_the_household_that_stays_when_two_are_merged(office: Actor) -> None:
    merged, into = registered(), registered()
    loan = drawn(office, home=merged)
    relations = {member.person_id: "99" for member in present_members(merged)}

    merge_households(merged.pk, into.pk, relations, actor=office, on=date(2021, 4, 1), reason="并户申请")

    loan.refresh_from_db()
    assert (loan.household_id, LoanEntry.objects.get().household_id) == (into.pk, into.pk)


def test_forgotten_lenders_do_not_make_two_loans_one(office: Actor) -> None:
    home = registered()
    granted(office, home=home)
    granted(office, replace(LOAN, lender="示例银行"), home=home)

    assert Loan.objects.update(lender=EMPTIED) == 2


def test_helper_sees_loans_of_paired_households_alone_and_enters_none(office: Actor) -> None:
    mine, other = registered(), registered()
    helper, account = HelperFactory.create(), person(Role.HELPER)
    link_login(helper.pk, account.username, actor=office)
    paired(mine, helper=helper, on=FIRST_DAY)
    own, strange = drawn(office, home=mine), drawn(office, home=other)

    with tenant_scope(at_work(account)) as actor:
        assert list(loans_due(date(2023, 3, 6), actor=actor)) == [own]
        with pytest.raises(NotFound):
            find_loan(strange.pk, actor=actor)
        with pytest.raises(NotAllowed):
            enter_payment(own.pk, "principal", on=DAY, amount_yuan=Decimal(1), actor=actor)
