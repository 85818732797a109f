"""Make a payment list, and bring it from draft to approval by a second person, balanced to the cent."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from funds.domain.writing import change, enter, put, require_amount, require_words, somebody, written
from funds.enums import PERIODS, Cycle, ListState, Purpose
from funds.models import Allocation, BankFile, PaymentList, PaymentProgramme
from funds.queries.budgets import find_allocation, find_programme
from funds.queries.lists import Balance, Problem, balance_of, live_lines, problems_of
from funds.queries.wording import listed
from funds.workflow import LIST_STEPS
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from households.models import Household
from registry.access import require
from registry.audit import record
from registry.domain.documents import remove_document
from registry.domain.versions import lock_version
from registry.jobs import enqueue
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import today
from registry.tenancy.context import Actor

MAKE: Final = "funds.make_list"
DECIDE: Final = "funds.decide_list"
BANK_FILE_JOB: Final = "funds.make_bank_file"
MOST_STATED: Final = 1_000_000


def make_list(
    programme_id: UUID,
    allocation_id: UUID,
    *,
    period: str,
    stated_yuan: Decimal,
    stated_count: int,
    actor: Actor,
) -> PaymentList:
    """Make the draft of a list for a period of a programme, out of an allocation for it or for its area.

    Raises: NotFound, NotAllowed, DomainError.
    """
    programme, allocation = find_programme(programme_id), find_allocation(allocation_id)
    require(actor, MAKE, allocation)
    _check_allocation(programme, allocation)
    values = {
        "programme_id": programme.pk,
        "allocation_id": allocation.pk,
        "period": _period(programme, period),
        **_stated(stated_yuan, stated_count),
    }
    row = PaymentList(scope_code=allocation.scope_code, made_by=somebody(actor), **values)
    enter(row, "funds.make_list", values, actor=actor)
    return row


def state_totals(
    list_id: UUID, *, stated_yuan: Decimal, stated_count: int, actor: Actor, version: int | None = None
) -> PaymentList:
    """Correct the total and the number of lines that a draft's paper says.

    Locks: the list. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_draft(list_id, actor=actor, version=version)
    change(row, "funds.state_totals", _stated(stated_yuan, stated_count), actor=actor)
    return row


def submit_list(list_id: UUID, *, actor: Actor, version: int | None = None) -> PaymentList:
    """Submit a draft that adds up to its paper, is within its allocation, and whose lines can all be paid.

    Each line takes the account of its household as it is now. Locks: the list, then the allocation. Raises: NotFound,
    NotAllowed, StaleVersion, Conflict; DomainError with each line at fault, or with the difference.
    """
    row = lock_draft(list_id, actor=actor, version=version)
    with in_whole_county(actor):
        require_balance(row)
        require_no_problems(row)
        free = Allocation.objects.select_for_update(of=("self",)).get(pk=row.allocation_id).free_yuan
        if row.stated_yuan > free:
            message = _("%(free)s yuan of the allocation are free, which is %(missing)s yuan less than the list.")
            shown = {"free": free, "missing": row.stated_yuan - free}
            raise DomainError("list.above_allocation", message % shown, field="stated_yuan")
        _take_accounts(row)
    values = {"state": ListState.SUBMITTED, "submitted_by": somebody(actor), "submitted_at": timezone.now()}
    _moved(row, "funds.submit_list", values, actor=actor)
    return row


def send_back_list(list_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> PaymentList:
    """Send a submitted list back to its draft, to be put right and submitted again.

    Locks: the list. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(list_id, ListState.DRAFT, DECIDE, actor, version)
    given = require_reason(reason)[:200]
    values = {"state": ListState.DRAFT, "decision_reason": given}
    _moved(row, "funds.send_back_list", values, actor=actor, reason=given)
    return row


def approve_list(list_id: UUID, *, actor: Actor, version: int | None = None, reason: str = "") -> PaymentList:
    """Approve a list that others made, filled and submitted and that can all be paid; its file for the bank is begun.

    Locks: the list. Raises: NotFound, NotAllowed for who had a hand in it; StaleVersion, Conflict, DomainError.
    """
    row = _locked(list_id, ListState.APPROVED, DECIDE, actor, version)
    if row.state == ListState.PAID:
        raise Conflict("list.paid", _("This list is paid. A payment noted in error is corrected on its page."))
    with in_whole_county(actor):
        if had_a_hand_in(row, actor):
            message = _("Whoever made or submitted a payment list, or entered a line of it, does not approve it. Ask a "
                        "colleague.")  # fmt: skip
            raise NotAllowed("list.own", message)
        require_balance(row)
        require_no_problems(row)
    given = reason.strip()[:200]
    values = {
        "state": ListState.APPROVED,
        "decided_by": actor.user_id,
        "decided_at": timezone.now(),
        "decision_reason": given,
    }
    _moved(row, "funds.approve_list", values, actor=actor, reason=given)
    enqueue(BANK_FILE_JOB, key=str(row.pk), arguments={"list_id": str(row.pk)}, actor=actor)
    return row


def withdraw_list(
    list_id: UUID, *, reason: str, actor: Actor, version: int | None = None, bank_word: str = ""
) -> PaymentList:
    """Withdraw a list that is not paid: its lines are struck, its allocation is free again, and its file is removed.

    An approved one takes who may decide, and did not make it; once its file was downloaded the bank may have paid, so
    that it takes the paper by which the bank says that it did not. Locks: the list, then its lines. Raises: NotFound,
    NotAllowed, StaleVersion, Conflict, DomainError without a reason or that paper.
    """
    row = _locked(list_id, ListState.WITHDRAWN, MAKE, actor, version)
    if row.state == ListState.APPROVED:
        require(actor, DECIDE, row)
        if somebody(actor) == row.made_by:
            message = _("Whoever made a payment list does not withdraw it once it is approved. Ask a colleague.")
            raise NotAllowed("list.own", message)
    given = require_reason(reason)[:200]
    values = {"state": ListState.WITHDRAWN, "decision_reason": given}
    if row.file_taken_at is not None:
        message = _(
            "The file for the bank was downloaded: the bank may have paid. Name the paper in which the bank says that "
            "it paid nothing of this list, or note the payment."
        )
        values["bank_word"] = require_words(bank_word, message, field="bank_word")[:200]
    with in_whole_county(actor):
        changes = put(row, values)
        struck = {"is_live": False, "strike_reason": given, "version": F("version") + 1, "updated_at": timezone.now()}
        count = live_lines(row.pk).update(**struck)
    for file in BankFile.objects.select_related("document").filter(payment_list=row.pk):
        remove_document(file.document, actor=actor, reason=given)
    record("funds.withdraw_list", row, actor=actor, changes=changes, reason=given, count=count)
    return row


def had_a_hand_in(row: PaymentList, actor: Actor) -> bool:
    """Tell whether somebody made or submitted a list or entered a line of it; asked in the whole county."""
    who = somebody(actor)
    return who in {row.made_by, row.submitted_by} or live_lines(row.pk).filter(entered_by=who).exists()


def balance_shown(row: PaymentList, *, actor: Actor) -> Balance:
    """Give what all lines of a list give, those of households too that moved out of the actor's area since."""
    with in_whole_county(actor):
        return balance_of(row)


def problems_shown(list_id: UUID, *, actor: Actor) -> list[Problem]:
    """Give what stands against the lines of a list; of who shares an account in another township nothing is told."""
    with in_whole_county(actor):
        return problems_of(list_id)


def lock_draft(list_id: UUID, *, actor: Actor, version: int | None) -> PaymentList:
    """Lock a draft for who may make lists. Raises: NotFound, NotAllowed, StaleVersion, Conflict for no draft."""
    row = lock_version(PaymentList.objects.select_related("programme"), list_id, version)
    require(actor, MAKE, row)
    if row.state != ListState.DRAFT:
        raise Conflict("list.no_draft", _("This list was submitted or withdrawn, and stays as it is."))
    return row


def require_balance(row: PaymentList) -> None:
    """Refuse a list whose lines do not give total and number of its paper. Raises: DomainError."""
    found = balance_of(row)
    if found.is_even:
        return
    message = _(
        "The %(count)s lines give %(total)s yuan; the paper says %(stated_count)s lines and %(stated)s yuan. The "
        "difference is %(difference)s yuan. Compare them."
    )
    shown = {
        "count": found.count,
        "total": found.total_yuan,
        "stated_count": found.stated_count,
        "stated": found.stated_yuan,
        "difference": found.difference_yuan,
    }
    raise DomainError("list.does_not_add_up", message % shown, field="stated_yuan")


def require_no_problems(row: PaymentList) -> None:
    """Refuse a list with a line that cannot be paid, naming each line. Raises: DomainError."""
    problems = problems_of(row.pk)
    if problems:
        raise DomainError("list.lines_cannot_be_paid", problem_sentence(problems), field="lines")


def problem_sentence(problems: Sequence[Problem]) -> str:
    """Name each line with what stands against it, the first of them where there are many."""
    named = [
        gettext("line %(number)s: %(problem)s") % {"number": one.number, "problem": one.problem.label}
        for one in problems
    ]
    return gettext("Nothing was changed. These lines cannot be paid: %(lines)s.") % {"lines": listed(named)}


def _locked(list_id: UUID, state: str, action: str, actor: Actor, version: int | None) -> PaymentList:
    row = lock_version(PaymentList.objects.select_related("programme"), list_id, version)
    require(actor, action, row)
    if state not in LIST_STEPS[row.state]:
        raise Conflict(
            "workflow.not_from_here",
            _("Its present state does not allow this. Open it again to see what it allows."),
        )
    return row


def _moved(row: PaymentList, verb: str, values: Mapping[str, object], *, actor: Actor, reason: str = "") -> None:
    """Write the new state, which the database compares with lines that the actor may not see."""
    with in_whole_county(actor):
        changes = put(row, values)
    record(verb, row, actor=actor, changes=changes, reason=reason, count=row.stated_count)


def _take_accounts(row: PaymentList) -> None:
    home = Household.objects.filter(pk=OuterRef("household_id"), tenant_id=OuterRef("tenant_id"))
    written(
        lambda: (
            live_lines(row.pk)
            .order_by()
            .update(
                account_sealed=Subquery(home.values("account_sealed")[:1]),
                bank_name=Coalesce(Subquery(home.values("bank_name")[:1]), Value("")),
                version=F("version") + 1,
                updated_at=timezone.now(),
            )
        )
    )


def _check_allocation(programme: PaymentProgramme, allocation: Allocation) -> None:
    if allocation.moves_back_id is not None:
        message = _("This is money that was moved back. Choose the allocation that the list is paid from.")
        raise DomainError("list.allocation", message, field="allocation_id")
    is_its_own = allocation.purpose == Purpose.PROGRAMME and allocation.programme_id == programme.pk
    if not is_its_own and allocation.purpose != Purpose.AREA:
        message = _("This allocation is for another purpose. Choose one for this programme, or for its area.")
        raise DomainError("list.allocation", message, field="allocation_id")


def _period(programme: PaymentProgramme, period: str) -> str:
    given = "once" if programme.cycle == Cycle.ONCE else period.strip().upper()
    if re.fullmatch(PERIODS[Cycle(programme.cycle)].strip("^$"), given) is None:
        message = _("The period is written 2021 for a year, 2021-03 for a month, 2021-Q1 for a quarter. Check it.")
        raise DomainError("list.period", message, field="period")
    last = today() if programme.ends_on is None else min(today(), programme.ends_on - timedelta(days=1))
    first, latest = (_period_with(day, programme.cycle) for day in (programme.starts_on, last))
    if not first <= given <= latest or programme.starts_on > today():
        message = _("The period has not begun, or the programme did not run in it. Check it.")
        raise DomainError("list.period", message, field="period")
    return given


def _period_with(day: date, cycle: str) -> str:
    """Give the period in which a day lies; periods of a cycle stand in the order of their texts."""
    names = {
        Cycle.YEAR: f"{day.year}",
        Cycle.QUARTER: f"{day.year}-Q{(day.month + 2) // 3}",
        Cycle.MONTH: f"{day:%Y-%m}",
        Cycle.ONCE: "once",
    }
    return names[Cycle(cycle)]


def _stated(stated_yuan: Decimal, stated_count: int) -> dict[str, object]:
    require_amount(stated_yuan, field="stated_yuan")
    if not 1 <= stated_count <= MOST_STATED:
        message = _("A list has between 1 and %(most)s lines. Enter the number of lines on paper.")
        raise DomainError("list.count", message % {"most": MOST_STATED}, field="stated_count")
    return {"stated_yuan": stated_yuan, "stated_count": stated_count}
