"""Budgets, allocations and payment lists."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from django.utils import timezone

from funds.domain.budgets import AllocationDraft, BudgetDraft, add_budget, allocate
from funds.domain.corrections import correct_return
from funds.domain.lines import LineDraft, add_lines
from funds.domain.lists import make_list, submit_list
from funds.domain.payments import note_paid, note_returned
from funds.domain.programmes import ProgrammeDraft, add_programme
from funds.models import Allocation, BankFile, Budget, PaymentLine, PaymentList, PaymentProgramme
from households.models import Household
from registry.crypto import Purpose, seal
from registry.domain.documents import store_document
from tests.factories.dossiers import PDF
from tests.factories.households import FIRST_DAY, PersonDraftFactory, document_number, registered
from tests.tenancy.app_lists import AppLists, Ground, Written

ACCOUNT = "622299990000111"


def write(ground: Ground) -> Written:
    """Enter a budget and a programme, and in each village an allocation and the draft of a list with its file."""
    mark, actor = ground.mark, ground.actor
    draft = BudgetDraft(
        year=2021,
        source_code="1",
        name=f"{mark}资金",
        notice_number=mark,
        notice_on=FIRST_DAY,
        amount_yuan=Decimal(10000),
    )
    budget = add_budget(draft, actor=actor)
    rule = ProgrammeDraft(name=f"{mark}补助", kind_code="2", rule_text=mark, source=mark, starts_on=FIRST_DAY)
    programme = add_programme(rule, payee="household", cycle="year", actor=actor)
    found: dict[str, UUID] = {}
    for home, number in ((ground.far, "54990189500001"), (ground.household, "54990189500002")):
        found = _list(ground, budget, programme, home, number)
    ids = {
        "budget_id": budget.pk,
        "programme_id": programme.pk,
        "allocation_id": found["funds_allocation"],
        "payment_list_id": found["funds_paymentlist"],
        "payment_line_id": found["funds_paymentline"],
        "payee_number": ground.household.number,
    }
    return Written(ids, {"funds_budget": budget.pk, "funds_paymentprogramme": programme.pk, **found})


def _list(ground: Ground, budget: Budget, programme: PaymentProgramme, home: Household, number: str) -> dict[str, UUID]:
    """Allocate to the household's village, and draft a list for a neighbour of it, who has an account."""
    mark, actor = ground.mark, ground.actor
    head = PersonDraftFactory.build(
        name=f"{mark}收款人",
        relation_code="01",
        number=f"{number}01",
        document_number=document_number(int(number[-1]) * 2 + 1, birth="19760203"),
    )
    payee = registered(village_code=home.scope_code, number=number, account=f"{ACCOUNT}{number[-1]}", members=(head,))
    where = AllocationDraft(
        purpose="area",
        division_code=home.scope_code,
        amount_yuan=Decimal(1000),
        allocated_on=FIRST_DAY,
        paper=mark,
    )
    allocation = allocate(budget.pk, where, actor=actor)
    row = make_list(programme.pk, allocation.pk, period="2020", stated_yuan=Decimal(10), stated_count=1, actor=actor)
    (line,) = add_lines(row.pk, [LineDraft(household_number=payee.number, amount_yuan=Decimal(10))], actor=actor)
    account = seal(ACCOUNT, Purpose.ACCOUNT, tenant_id=actor.tenant_id)
    PaymentLine.objects.filter(pk=line.pk).update(account_sealed=account, bank_name=mark)
    _corrected(ground, programme, allocation, payee)
    document = store_document(
        PDF,
        name=f"{mark}.xlsx",
        media_type="application/pdf",
        kind="funds.bank_file",
        actor=actor,
        scope_code=home.scope_code,
        expires_on=date(2099, 1, 1),
    )
    file = BankFile(
        payment_list=row, scope_code=row.scope_code, document=document, line_count=1, total_yuan=Decimal(10)
    )
    file.save()
    return {
        "funds_allocation": allocation.pk,
        "funds_paymentlist": row.pk,
        "funds_paymentline": line.pk,
    }


def _corrected(ground: Ground, programme: PaymentProgramme, money: Allocation, payee: Household) -> None:
    """Pay a list of another year, note a return in error, and take it back."""
    mark, actor = ground.mark, ground.actor
    row = make_list(programme.pk, money.pk, period="2021", stated_yuan=Decimal(10), stated_count=1, actor=actor)
    (line,) = add_lines(row.pk, [LineDraft(household_number=payee.number, amount_yuan=Decimal(10))], actor=actor)
    submit_list(row.pk, actor=actor)
    decided = {"state": "approved", "decided_by": uuid4(), "decided_at": timezone.now()}
    PaymentList.objects.filter(pk=row.pk).update(**decided)
    note_paid(row.pk, on=date(2021, 12, 1), paper=mark, actor=actor)
    note_returned(line.pk, on=date(2021, 12, 2), return_code="1", actor=actor)
    correct_return(line.pk, reason=mark, actor=actor)


LISTS: Final = AppLists(
    pages={
        "admin:funds-progress": "funds.view",
        "admin:household-payments": "funds.view_payments",
        "admin:village-payments": "funds.view",
        "admin:payment-bank-file": "funds.take_bank_file",
    },
    with_history={"funds_budget", "funds_paymentprogramme"},
    models={
        "funds_budget": (
            "funds.view",
            "funds.manage_budgets",
            {"allocate": "funds.allocate", "withdraw": "funds.manage_budgets"},
        ),
        "funds_allocation": ("funds.view", "", {"move-back": "funds.allocate"}),
        "funds_paymentprogramme": ("funds.view", "funds.manage_programmes", {}),
        "funds_paymentlist": (
            "funds.view_lists",
            "funds.make_list",
            {
                "paste": "funds.make_list",
                "upload": "funds.make_list",
                "correct": "funds.decide_list",
                "payees": "funds.make_list",
                "totals": "funds.make_list",
                "submit": "funds.make_list",
                "send-back": "funds.decide_list",
                "approve": "funds.decide_list",
                "paid": "funds.note_payment",
                "withdraw": "funds.make_list",
            },
        ),
        "funds_paymentline": (
            "funds.view_lists",
            "",
            {
                "strike": "funds.make_list",
                "return": "funds.note_payment",
                "correct": "funds.note_payment",
                "account": "funds.reveal_account",
            },
        ),
    },
    api={
        "api:budgets": {"GET": "funds.view", "POST": "funds.manage_budgets"},
        "api:budget": {"GET": "funds.view", "PUT": "funds.manage_budgets"},
        "api:budget-withdraw": {"POST": "funds.manage_budgets"},
        "api:budget-allocations": {"POST": "funds.allocate"},
        "api:allocations": {"GET": "funds.view"},
        "api:allocation-move-back": {"POST": "funds.allocate"},
        "api:payment-programmes": {"GET": "funds.view", "POST": "funds.manage_programmes"},
        "api:payment-programme": {"PUT": "funds.manage_programmes"},
        "api:funds-progress": {"GET": "funds.view"},
        "api:village-payments": {"GET": "funds.view"},
        "api:payment-lists": {"GET": "funds.view_lists", "POST": "funds.make_list"},
        "api:payment-list": {"GET": "funds.view_lists", "PUT": "funds.make_list"},
        "api:payment-list-lines": {"GET": "funds.view_lists", "POST": "funds.make_list"},
        "api:payment-list-payees": {"POST": "funds.make_list"},
        "api:payment-list-problems": {"GET": "funds.view_lists"},
        "api:payment-list-submit": {"POST": "funds.make_list"},
        "api:payment-list-send-back": {"POST": "funds.decide_list"},
        "api:payment-list-approve": {"POST": "funds.decide_list"},
        "api:payment-list-withdraw": {"POST": "funds.make_list"},
        "api:payment-list-paid": {"POST": "funds.note_payment"},
        "api:payment-list-bank-file": {"GET": "funds.take_bank_file"},
        "api:payment-list-corrections": {"GET": "funds.view_lists", "POST": "funds.decide_list"},
        "api:payment-line-correct": {"POST": "funds.note_payment"},
        "api:payment-line-strike": {"POST": "funds.make_list"},
        "api:payment-line-return": {"POST": "funds.note_payment"},
        "api:payment-line-reveal": {"POST": "funds.reveal_account"},
        "api:household-payments": {"GET": "funds.view_payments"},
    },
    write=write,
    bodies={
        ("api:budget", "PUT"): {
            "year": 2021,
            "source_code": "2",
            "name": "trial",
            "notice_number": "trial",
            "notice_on": "2021-03-01",
            "amount_yuan": "10000",
        },
        ("api:budget-withdraw", "POST"): {"reason": "trial"},
        ("api:budget-allocations", "POST"): {
            "purpose": "programme",
            "programme_id": "{programme_id}",
            "division_code": "549901100000",
            "amount_yuan": "5",
            "allocated_on": "2021-03-01",
            "paper": "trial",
        },
        ("api:allocation-move-back", "POST"): {"amount_yuan": "5", "on": "2021-03-01", "reason": "trial"},
        ("api:payment-programme", "PUT"): {
            "name": "trial",
            "kind_code": "1",
            "rule_text": "trial",
            "source": "trial",
            "starts_on": "2021-01-01",
        },
        ("api:payment-lists", "POST"): {
            "programme_id": "{programme_id}",
            "allocation_id": "{allocation_id}",
            "period": "2021",
            "stated_yuan": "5",
            "stated_count": 1,
        },
        ("api:payment-list", "PUT"): {"stated_yuan": "20", "stated_count": 2},
        ("api:payment-list-lines", "POST"): {
            "lines": [{"household_number": "{payee_number}", "amount_yuan": "10"}],
        },
        ("api:payment-list-payees", "POST"): {"source": "measure", "amount_yuan": "10"},
        ("api:payment-list-submit", "POST"): {},
        ("api:payment-list-send-back", "POST"): {"reason": "trial"},
        ("api:payment-list-approve", "POST"): {},
        ("api:payment-list-withdraw", "POST"): {"reason": "trial"},
        ("api:payment-list-paid", "POST"): {"on": "2021-03-01", "paper": "trial"},
        ("api:payment-list-corrections", "POST"): {"reason": "trial"},
        ("api:payment-line-correct", "POST"): {"reason": "trial"},
        ("api:payment-line-strike", "POST"): {"reason": "trial"},
        ("api:payment-line-return", "POST"): {"on": "2021-03-01", "return_code": "1"},
        ("api:payment-line-reveal", "POST"): {"reason": "trial"},
    },
    versioned={
        "budget_id": Budget,
        "programme_id": PaymentProgramme,
        "payment_list_id": PaymentList,
        "payment_line_id": PaymentLine,
    },
    figures={"api:funds-progress"},
    more={
        ("api:budgets", "POST"): {
            "year": 2022,
            "source_code": "1",
            "name": "trial",
            "notice_number": "trial",
            "notice_on": "2021-03-01",
            "amount_yuan": "10",
        },
        ("api:payment-programmes", "POST"): {
            "name": "trial",
            "kind_code": "1",
            "payee": "household",
            "cycle": "year",
            "rule_text": "trial",
            "source": "trial",
            "starts_on": "2021-01-01",
        },
    },
    named={"programme_id": "funds_paymentprogramme", "allocation_id": "funds_allocation"},
    without_version={"api:payment-line-reveal"},
    again={"api:payment-line-reveal"},
    one_more={"api:payment-lists"},
    shared={"funds_budget", "funds_paymentprogramme"},
    stays={"funds_paymentline.period"},
    of_households={"payment_line_id"},
)
