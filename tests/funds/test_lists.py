"""Payment lists: what balances, who approves, who is paid once, what comes back, and what the bank gets."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError
from django.db.models import Sum
from openpyxl import load_workbook

from assistance.domain.measures import MeasureDraft, record_measure
from funds.domain.bank_files import make_bank_file, read_bank_file
from funds.domain.budgets import move_back
from funds.domain.lines import add_lines, add_payees, strike_line
from funds.domain.lists import (
    approve_list,
    make_list,
    problems_shown,
    send_back_list,
    state_totals,
    submit_list,
    withdraw_list,
)
from funds.domain.payments import note_paid, note_returned, reveal_account, sums_by_village_shown
from funds.models import Allocation, BankFile, PaymentLine, PaymentList, PaymentProgramme
from funds.queries.lists import problems_of
from funds.queries.payments import payments_of, sums_of_village
from households.domain.amend import amend_household
from households.models import Household, Membership
from households.queries.timeline import timeline
from households.queries.timeline_lines import Topic
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import AuditDetail, AuditEvent, Job
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.funds import (
    DAY,
    OTHER_USER,
    allocation,
    approved,
    budget,
    colleague,
    draft_of,
    line,
    paid,
    programme,
)
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of, employed

ACCOUNT = "62220000123456"


def ground(actor: Actor, *, payee: str = "household", cycle: str = "year") -> tuple[PaymentProgramme, Allocation]:
    to = programme(actor, payee=payee, cycle=cycle)
    return to, allocation(actor, budget(actor), "1000.00", to=to)


def homes(count: int) -> list[Household]:
    return [registered(account=f"{ACCOUNT}{place:02}") for place in range(count)]


def state_of(row: PaymentList) -> str:
    return PaymentList.objects.get(pk=row.pk).state


def test_list_that_does_not_give_its_paper_is_not_submitted(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    row = draft_of(office, to, money, (home.number, "100.00"))
    state_totals(row.pk, stated_yuan=Decimal("120.50"), stated_count=2, actor=office)

    with pytest.raises(DomainError) as refused:
        submit_list(row.pk, actor=office)

    assert (refused.value.code, state_of(row)) == ("list.does_not_add_up", "draft")
    assert "1 lines give 100.00 yuan" in str(refused.value)
    assert "The difference is -20.50 yuan" in str(refused.value)


def test_list_above_its_allocation_is_not_submitted(office: Actor) -> None:
    to, money = ground(office)
    first, second = homes(2)
    approved(draft_of(office, to, money, (first.number, "900.00")), office)
    row = draft_of(office, to, money, (second.number, "100.01"))

    with pytest.raises(DomainError) as refused:
        submit_list(row.pk, actor=office)
    withdraw_list(PaymentList.objects.get(stated_yuan=900).pk, reason="误录", actor=colleague())
    submit_list(row.pk, actor=office)

    money.refresh_from_db()
    assert (refused.value.code, money.bound_yuan) == ("list.above_allocation", Decimal("100.01"))
    assert str(refused.value).startswith("100.00 yuan of the allocation are free, which is 0.01 yuan less")


def test_database_holds_sums_accounts_and_the_second_person(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    row = make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(100), stated_count=1, actor=office)
    second = colleague()
    with tenant_scope(second):
        add_lines(row.pk, [line(home.number)], actor=second)
    rows = PaymentList.objects.filter(pk=row.pk)
    submitted = {"state": "submitted", "submitted_by": office.user_id, "submitted_at": "2021-03-01T00:00Z"}

    with pytest.raises(IntegrityError, match="each line has an account"), savepoint():
        rows.update(**submitted)
    state_totals(row.pk, stated_yuan=Decimal(99), stated_count=1, actor=office)
    with pytest.raises(IntegrityError, match="lines of a list give its total"), savepoint():
        rows.update(**submitted)
    state_totals(row.pk, stated_yuan=Decimal(100), stated_count=1, actor=office)
    submit_list(row.pk, actor=office)
    with pytest.raises(IntegrityError, match="paymentlist_is_approved_by_another"), savepoint():
        rows.update(state="approved", decided_by=office.user_id, decided_at="2021-03-01T00:00Z")
    with pytest.raises(IntegrityError, match="struck from a draft"), savepoint():
        PaymentLine.objects.update(is_live=False, strike_reason="x")
    with pytest.raises(IntegrityError, match="account of a line is that of"), savepoint():
        PaymentLine.objects.update(account_sealed=b"other")

    assert state_of(row) == "submitted"


def test_who_made_or_submitted_a_list_does_not_approve_it(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    row = draft_of(office, to, money, (home.number, "100.00"))
    second = colleague()
    with tenant_scope(second):
        submit_list(row.pk, actor=second)
        with pytest.raises(NotAllowed) as submitter:
            approve_list(row.pk, actor=second)

    with pytest.raises(NotAllowed) as maker:
        approve_list(row.pk, actor=office)

    assert (maker.value.code, submitter.value.code, state_of(row)) == ("list.own", "list.own", "submitted")


def test_who_entered_a_line_of_anothers_list_does_not_approve_it(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    row = make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(100), stated_count=1, actor=office)
    second = colleague()
    with tenant_scope(second):
        add_lines(row.pk, [line(home.number)], actor=second)
    submit_list(row.pk, actor=office)

    with tenant_scope(second), pytest.raises(NotAllowed) as refused:
        approve_list(row.pk, actor=second)
    decided = {"state": "approved", "decided_by": second.user_id, "decided_at": "2021-03-01T00:00Z"}
    with pytest.raises(IntegrityError, match="who entered a line does not approve it"), savepoint():
        PaymentList.objects.filter(pk=row.pk).update(**decided)

    assert (refused.value.code, state_of(row)) == ("list.own", "submitted")


def test_township_is_told_of_an_account_that_another_township_has(office: Actor) -> None:
    to = programme(office)
    money = allocation(office, budget(office), "1000.00", to=to, area=TOWNSHIP_CODE)
    (home,) = homes(1)
    registered(village_code=FAR_VILLAGE_CODE, account=f"{ACCOUNT}00")
    row = draft_of(office, to, money, (home.number, "100.00"))
    clerk = employed(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE))

    with tenant_scope(clerk):
        found = [(one.number, one.problem.value) for one in problems_shown(row.pk, actor=clerk)]

    assert found == [(1, "shared_account")]


def test_list_sent_back_is_put_right_and_submitted_again(office: Actor) -> None:
    to, money = ground(office)
    first, second = homes(2)
    row = draft_of(office, to, money, (first.number, "100.00"), (second.number, "50.00"))
    submit_list(row.pk, actor=office)
    with pytest.raises(Conflict):
        add_lines(row.pk, [line(second.number)], actor=office)

    send_back_list(row.pk, reason="金额有误", actor=office)
    strike_line(PaymentLine.objects.get(number=2).pk, reason="金额有误", actor=office)
    add_lines(row.pk, [line(second.number, "60.00")], actor=office)
    state_totals(row.pk, stated_yuan=Decimal(160), stated_count=2, actor=office)
    submit_list(row.pk, actor=office)

    money.refresh_from_db()
    assert (state_of(row), money.bound_yuan) == ("submitted", Decimal(160))
    assert [one.number for one in PaymentLine.objects.filter(is_live=True).order_by("number")] == [1, 3]


def test_nobody_is_entered_twice_in_a_programme_and_period(office: Actor) -> None:
    to, money = ground(office)
    first, second = homes(2)
    draft_of(office, to, money, (first.number, "100.00"))
    row = make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(1), stated_count=1, actor=office)
    next_year = make_list(to.pk, money.pk, period="2022", stated_yuan=Decimal(1), stated_count=1, actor=office)

    with pytest.raises(DomainError) as refused:
        add_lines(row.pk, [line(second.number), line(first.number), line(second.number, "5")], actor=office)
    add_lines(next_year.pk, [line(first.number)], actor=office)
    with pytest.raises(IntegrityError, match="paymentline_household_once_a_period"), savepoint():
        PaymentLine.objects.create(
            payment_list=row, programme=to, period="2021", number=1, household=first,
            entered_by=OTHER_USER, scope_code=first.scope_code, amount_yuan=1, reason_code="1",
        )  # fmt: skip

    assert refused.value.code == "lines.refused"
    assert "line 1: the same payee stands on this list twice; line 2: the payee is on a list" in str(refused.value)
    assert PaymentLine.objects.filter(payment_list=row).count() == 0


def test_each_wrong_line_is_named_and_none_is_written(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    row = make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(1), stated_count=1, actor=office)
    wrong = [
        line("0"),
        line(home.number, "0"),
        line(home.number, person_number="1"),
        line(home.number, reason_code="x"),
    ]

    with pytest.raises(DomainError) as refused:
        add_lines(row.pk, wrong, actor=office)

    text = str(refused.value)
    assert [part.split(": ", 1)[1] for part in text.split("Correct these lines: ")[1].rstrip(".").split("; ")] == [
        "there is no such household in the list's area",
        "the amount is above zero, in yuan with two decimals at most",
        "the programme pays households: leave the person out",
        "the reason is not in its list",
    ]
    assert PaymentLine.objects.count() == 0


def test_lines_without_an_account_of_their_own_are_named_before_submission(office: Actor) -> None:
    to, money = ground(office)
    good, twin = homes(2)
    amend_household(twin.pk, {"account": f"{ACCOUNT}00"}, actor=office, version=1)
    bare = registered()
    row = draft_of(office, to, money, (bare.number, "1.00"), (good.number, "1.00"), (twin.number, "1.00"))

    with pytest.raises(DomainError) as refused:
        submit_list(row.pk, actor=office)

    assert [(one.number, one.problem.value) for one in problems_of(row.pk)] == [
        (1, "no_account"),
        (2, "shared_account"),
        (3, "shared_account"),
    ]
    assert "line 1: the household has no bank account on file; line 2: another household has" in str(refused.value)
    assert (state_of(row), PaymentLine.objects.filter(account_sealed__isnull=False).count()) == ("draft", 0)


def test_returned_payment_is_paid_again_once_by_a_later_list(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    paid(draft_of(office, to, money, (home.number, "100.00")), office)
    (first,) = PaymentLine.objects.all()
    again = line(home.number, reason_code="4")
    later = make_list(to.pk, money.pk, period="2022", stated_yuan=Decimal(100), stated_count=1, actor=office)

    with pytest.raises(DomainError) as early:
        add_lines(later.pk, [again], actor=office)
    note_returned(first.pk, on=date(2021, 12, 3), return_code="1", actor=office)
    free = Allocation.objects.get().free_yuan
    add_lines(later.pk, [again], actor=office)
    with pytest.raises(DomainError) as twice:
        add_lines(later.pk, [again], actor=office)
    paid(later, office)

    assert ("still to be paid again" in str(early.value), "still to be paid again" in str(twice.value)) == (True, True)
    assert (free, Allocation.objects.get().free_yuan) == (Decimal(1000), Decimal(900))
    assert [(one.period, one.repays_id, one.returned_on) for one in payments_of(home).order_by("period")] == [
        ("2021", None, date(2021, 12, 3)),
        ("2022", first.pk, None),
    ]


def test_persons_are_paid_each_month_where_the_programme_pays_persons(office: Actor) -> None:
    to, money = ground(office, payee="person", cycle="month")
    (home,) = homes(1)
    numbers = list(Membership.objects.filter(household=home).values_list("person__number", flat=True))
    row = make_list(to.pk, money.pk, period="2021-03", stated_yuan=Decimal(200), stated_count=2, actor=office)

    with pytest.raises(DomainError) as nobody:
        add_lines(row.pk, [line(home.number), line(home.number, person_number="x")], actor=office)
    add_lines(row.pk, [line(home.number, person_number=number) for number in numbers], actor=office)
    submit_list(row.pk, actor=office)
    with pytest.raises(DomainError) as period:
        make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(1), stated_count=1, actor=office)
    with pytest.raises(DomainError) as early:
        make_list(to.pk, money.pk, period="2021-02", stated_yuan=Decimal(1), stated_count=1, actor=office)

    assert "the programme did not run in it" in str(early.value)
    assert "line 1: the programme pays persons" in str(nobody.value)
    assert "line 2: the person is no present member" in str(nobody.value)
    assert (state_of(row), period.value.code) == ("submitted", "list.period")


def test_payees_come_from_the_measures_on_file_without_those_who_are_listed(office: Actor) -> None:
    to, money = ground(office)
    first, second, _other = homes(3)
    draft = MeasureDraft(category_code="40", state_code="1", starts_on=DAY)
    record_measure(first.pk, draft, actor=office)
    record_measure(second.pk, draft, actor=office)
    draft_of(office, to, money, (first.number, "100.00"))
    row = make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(30), stated_count=1, actor=office)

    count = add_payees(row.pk, "measure", code="40", amount_yuan=Decimal(30), actor=office, version=1)
    with pytest.raises(StaleVersion):
        add_payees(row.pk, "measure", code="40", amount_yuan=Decimal(30), actor=office, version=1)
    with pytest.raises(DomainError) as persons:
        add_payees(row.pk, "disability", amount_yuan=Decimal(30), actor=office)

    assert (count, persons.value.code) == (1, "payees.source")
    assert PaymentLine.objects.get(payment_list=row).household_id == second.pk


def test_bank_file_is_made_once_with_text_cells_and_each_download_is_audited(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    row = approved(draft_of(office, to, money, (home.number, "100.00")), office)
    jobs = list(Job.objects.filter(kind="funds.make_bank_file").values_list("key", flat=True))

    first = make_bank_file(row.pk, actor=office)
    again = make_bank_file(row.pk, actor=office)
    _name, content = read_bank_file(row.pk, actor=office)

    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
    name = Membership.objects.get(household=home, relation_code="01").person.name
    assert (jobs, first.pk, str(row.pk)[-8:] in str(sheet["A1"].value)) == ([str(row.pk)], again.pk, True)
    assert cells[0] == ["1", home.number, name, "", f"{ACCOUNT}00", "100.00"]
    assert [cell.data_type for cell in sheet[3] if cell.value] == ["s"] * 5


def test_list_whose_file_was_taken_is_withdrawn_with_the_banks_word_alone(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    row = approved(draft_of(office, to, money, (home.number, "100.00")), office)
    make_bank_file(row.pk, actor=office)
    read_bank_file(row.pk, actor=office)

    with pytest.raises(DomainError) as refused:
        withdraw_list(row.pk, reason="误录", actor=colleague())
    with pytest.raises(IntegrityError, match="withdrawn_was_not_paid_by_the_bank"), savepoint():
        PaymentList.objects.update(state="withdrawn")
    with pytest.raises(IntegrityError, match="first taken stays"), savepoint():
        PaymentList.objects.update(file_taken_at=None)
    withdraw_list(row.pk, reason="误录", bank_word="银行说明1号", actor=colleague())
    with pytest.raises(NotFound):
        read_bank_file(row.pk, actor=office)

    assert (refused.value.code, refused.value.field) == ("funds.bank_word_missing", "bank_word")
    assert (state_of(row), BankFile.objects.get().document.removed_at is None) == ("withdrawn", False)
    assert Allocation.objects.get().bound_yuan == 0


def test_no_account_stands_in_the_audit_trail(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    paid(draft_of(office, to, money, (home.number, "100.00")), office)
    (one,) = PaymentLine.objects.all()

    shown = reveal_account(one.pk, reason="银行核对", actor=office)
    with pytest.raises(DomainError):
        reveal_account(one.pk, reason=" ", actor=office)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        told = [
            *AuditEvent.objects.values_list("reason", flat=True),
            *map(str, AuditDetail.objects.values_list("after")),
        ]
    assert (shown, any(ACCOUNT in text for text in told)) == (f"{ACCOUNT}00", False)


def test_township_keeps_its_own_lists_though_a_household_moved_away(office: Actor) -> None:
    to = programme(office)
    money = allocation(office, budget(office), "1000.00", to=to, area=TOWNSHIP_CODE)
    (home,) = homes(1)
    far = registered(village_code=FAR_VILLAGE_CODE, account=f"{ACCOUNT}77")
    clerk = employed(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE))

    with tenant_scope(clerk):
        row = make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(100), stated_count=1, actor=clerk)
        with pytest.raises(DomainError) as outside:
            add_lines(row.pk, [line(far.number)], actor=clerk)
        add_lines(row.pk, [line(home.number)], actor=clerk)
    PaymentLine.objects.update(scope_code=FAR_VILLAGE_CODE)
    with tenant_scope(clerk):
        submit_list(row.pk, actor=clerk)
    approve_list(row.pk, actor=office)
    with tenant_scope(clerk):
        note_paid(row.pk, on=date(2021, 12, 1), paper="回单", actor=clerk)
    # It moves back: what was published of the village where it was paid stays.
    PaymentLine.objects.update(scope_code=VILLAGE_CODE)
    far_clerk = actor_of(Role.TOWNSHIP_CLERK, area=f"{FAR_VILLAGE_CODE[:9]}000")
    with tenant_scope(far_clerk):
        published = [one.paid_yuan for one in sums_by_village_shown(2021, actor=far_clerk)]
    with tenant_scope(clerk):
        assert sums_by_village_shown(2021, actor=clerk) == []

    assert ("no such household" in str(outside.value), state_of(row)) == (True, "paid")
    assert [one.paid_yuan for one in sums_of_village(FAR_VILLAGE_CODE, 2021)] == published == [Decimal(100)]
    assert sums_of_village(VILLAGE_CODE, 2021) == []
    with pytest.raises(DomainError):
        move_back(money.pk, amount_yuan=Decimal("900.01"), on=DAY, reason="调整", actor=office)


def test_columns_of_sums_are_what_the_rows_give_after_each_way_a_list_goes(office: Actor) -> None:
    to, money = ground(office)
    first, second, third = homes(3)
    paid(draft_of(office, to, money, (first.number, "100.00"), (second.number, "30.00")), office)
    note_returned(PaymentLine.objects.get(amount_yuan=30).pk, on=date(2021, 12, 2), return_code="2", actor=office)
    dropped = approved(draft_of(office, to, money, (third.number, "7.00")), office)
    withdraw_list(dropped.pk, reason="误录", actor=colleague())
    draft_of(office, to, money, (third.number, "9.00"))
    move_back(money.pk, amount_yuan=Decimal(50), on=DAY, reason="调整", actor=office)

    bound = PaymentLine.objects.filter(
        payment_list__state__in=["submitted", "approved", "paid"], is_live=True, returned_on__isnull=True
    )
    row = Allocation.objects.get(pk=money.pk)
    assert row.bound_yuan == bound.aggregate(total=Sum("amount_yuan"))["total"] == Decimal(100)
    assert (row.moved_back_yuan, row.budget.allocated_yuan) == (Decimal(50), Decimal(950))


def test_timeline_tells_payments_to_who_may_see_them(office: Actor) -> None:
    to, money = ground(office)
    (home,) = homes(1)
    paid(draft_of(office, to, money, (home.number, "100.00")), office)
    (one,) = PaymentLine.objects.all()
    note_returned(one.pk, on=date(2021, 12, 2), return_code="2", actor=office)

    told = [(entry.kind, entry.on) for entry in timeline(home, actor=office) if entry.topic == Topic.ASSISTANCE]
    helper = [entry.kind for entry in timeline(home, actor=actor_of(Role.HELPER)) if entry.kind == "paid"]

    assert (told, helper) == ([("payment_returned", date(2021, 12, 2)), ("paid", date(2021, 12, 1))], [])


def test_period_of_what_is_paid_once_is_read_in_words() -> None:
    rows = PaymentList(period="once"), PaymentList(period="2021-Q1")

    assert [str(row) for row in rows] == ["Once", "2021-Q1"]
