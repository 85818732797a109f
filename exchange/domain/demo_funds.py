"""What the demonstration shows of assistance funds: budgets, programmes, and payment lists in each state."""

from datetime import date
from decimal import Decimal
from typing import Final

from exchange.domain.demo_staff import Staff, ago
from exchange.queries.demo import Home
from funds.domain.budgets import AllocationDraft, BudgetDraft, add_budget, allocate
from funds.domain.corrections import correct_payment, correct_return
from funds.domain.lines import LineDraft, add_lines
from funds.domain.lists import approve_list, make_list, submit_list
from funds.domain.payments import note_paid, note_returned
from funds.domain.programmes import ProgrammeDraft, add_programme
from funds.models import Allocation, PaymentLine, PaymentList, PaymentProgramme
from households.domain.change_requests import AccountChanges, approve_change, propose_account
from households.models import Household
from registry.tenancy.context import Actor

_PAID: Final = 8
_PROGRAMMES: Final = (
    ("产业到户补助", "2", "once", "养殖户每户一次，按验收头数发放", Decimal(600000)),
    ("边境补助", "1", "quarter", "常住户每户每季度", Decimal(300000)),
)
_NOTICES: Final = (
    ("1", "中央衔接推进补助资金", "示例财农〔01〕号", Decimal(1200000)),
    ("5", "对口支援产业资金", "示例援藏〔02〕号", Decimal(500000)),
)


def show_funds(staff: Staff, county_code: str, homes: list[Home]) -> None:
    """Show two budgets, and lists of payments: paid with one line returned, waiting for a second person, draft."""
    chosen = homes[:_PAID]
    _give_accounts(staff, county_code, chosen)
    with staff.at_work("office") as actor:
        allocations = _allocated(actor, county_code)
        paid = _listed(actor, allocations[0], "once", chosen, 3000)
        waiting = _listed(actor, allocations[1], _quarter(ago(95)), chosen[:5], 450)
        _listed(actor, allocations[1], _quarter(ago(0)), chosen[5:], 450)
        submit_list(paid.pk, actor=actor)
        submit_list(waiting.pk, actor=actor)
    with staff.at_work("second") as actor:
        approve_list(paid.pk, actor=actor)
    _show_payment(staff, paid)


def _show_payment(staff: Staff, paid: PaymentList) -> None:
    """Note the payment, first on a wrong day, and a return, first of the wrong line; both are taken back."""
    with staff.at_work("office") as actor:
        note_paid(paid.pk, on=ago(13), paper="示例银行回单", actor=actor)
    with staff.at_work("second") as actor:
        correct_payment(paid.pk, reason="回单日期登记有误", actor=actor)
    with staff.at_work("office") as actor:
        note_paid(paid.pk, on=ago(12), paper="示例银行回单", actor=actor)
        returned, other = PaymentLine.objects.filter(payment_list=paid).order_by("number")[:2]
        note_returned(other.pk, on=ago(8), return_code="1", actor=actor)
        correct_return(other.pk, reason="退回的是另一户", actor=actor)
        note_returned(returned.pk, on=ago(8), return_code="1", actor=actor)


def _give_accounts(staff: Staff, county_code: str, homes: list[Home]) -> None:
    """Seal an invented account of each household that is paid: the team proposes it, the township decides."""
    with staff.at_work("village") as actor:
        proposed = []
        for number, home in enumerate(homes, start=1):
            version = Household.objects.values_list("version", flat=True).get(pk=home.id)
            changes = AccountChanges(account=f"622{county_code[:6]}{number:010}", bank_name="示例农商行")
            request = propose_account(home.id, changes, actor=actor, version=version, reason="存折复印件")
            proposed.append(request.pk)
    with staff.at_work("township") as actor:
        for request_id in proposed:
            approve_change(request_id, actor=actor, version=1)


def _allocated(actor: Actor, county_code: str) -> list[tuple[PaymentProgramme, Allocation]]:
    """Enter two notices, and give a part of each to a programme; the rest stays free."""
    made = []
    for (source, name, number, amount), (title, kind, cycle, rule, part) in zip(_NOTICES, _PROGRAMMES, strict=True):
        notice = BudgetDraft(
            year=ago(60).year,
            source_code=source,
            name=name,
            notice_number=number,
            notice_on=ago(60),
            amount_yuan=amount,
        )
        budget = add_budget(notice, actor=actor)
        text = ProgrammeDraft(
            name=title,
            kind_code=kind,
            rule_text=rule,
            source="示例县实施方案（虚构）",
            starts_on=date(ago(60).year - 1, 1, 1),
        )
        programme = add_programme(text, payee="household", cycle=cycle, actor=actor)
        draft = AllocationDraft(
            purpose="programme", programme_id=programme.pk, division_code=county_code, amount_yuan=part,
            allocated_on=ago(50), paper="示例分配方案",
        )  # fmt: skip
        made.append((programme, allocate(budget.pk, draft, actor=actor)))
    return made


def _listed(
    actor: Actor, money: tuple[PaymentProgramme, Allocation], period: str, homes: list[Home], yuan: int
) -> PaymentList:
    (programme, allocation), amount = money, Decimal(yuan)
    total = amount * len(homes)
    row = make_list(programme.pk, allocation.pk, period=period, stated_yuan=total, stated_count=len(homes), actor=actor)
    drafts = [LineDraft(household_number=home.number, amount_yuan=amount) for home in homes]
    add_lines(row.pk, drafts, actor=actor)
    return row


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
