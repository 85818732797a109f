"""Enter budgets, allocate their money, and move back what is free."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from funds.domain.writing import change, enter, require_amount, require_words
from funds.enums import PROJECT_SCHEME, SOURCE_SCHEME, Purpose
from funds.models import Allocation, Budget
from funds.queries.budgets import find_programme
from households.domain.days import require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.gbcode import check_code, subtree
from registry.lib.periods import today
from registry.queries.divisions import division
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

_BUDGETS: Final = "funds.manage_budgets"
_ALLOCATE: Final = "funds.allocate"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDraft:
    """A budget as its notice states it. Units: yuan."""

    year: int
    source_code: str
    name: str
    notice_number: str
    notice_on: date
    amount_yuan: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationDraft:
    """Money for a purpose in a division: a programme, projects of a kind, or the division as a whole. Units: yuan."""

    purpose: str
    division_code: str
    amount_yuan: Decimal
    allocated_on: date
    paper: str
    programme_id: UUID | None = None
    project_kind_code: str = ""


def add_budget(draft: BudgetDraft, *, actor: Actor) -> Budget:
    """Enter a budget. Raises: NotAllowed; Conflict for a notice that is on file; DomainError."""
    require(actor, _BUDGETS)
    values = _values(draft)
    row = Budget(scope_code=actor.tenant_code, **values)
    enter(row, "funds.add_budget", values, actor=actor)
    return row


def amend_budget(budget_id: UUID, draft: BudgetDraft, *, actor: Actor, version: int) -> Budget:
    """Correct a budget after its notice; the amount is never below what is allocated.

    Locks: the budget. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(budget_id, _BUDGETS, actor, version)
    values = _values(draft)
    if values["amount_yuan"] < row.allocated_yuan:
        message = _("%(yuan)s yuan of this budget are allocated. Move back what is too much first.")
        raise DomainError("budget.below_allocated", message % {"yuan": row.allocated_yuan}, field="amount_yuan")
    change(row, "funds.amend_budget", values, actor=actor)
    return row


def withdraw_budget(budget_id: UUID, *, reason: str, actor: Actor, version: int) -> Budget:
    """Withdraw a budget that was entered in error, while nothing of it is allocated.

    Locks: the budget. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(budget_id, _BUDGETS, actor, version)
    given = require_reason(reason)[:200]
    values = {"withdrawn_on": today(), "withdrawal_reason": given}
    change(row, "funds.withdraw_budget", values, actor=actor, reason=given)
    return row


def allocate(budget_id: UUID, draft: AllocationDraft, *, actor: Actor, version: int | None = None) -> Allocation:
    """Allocate money of a budget, never more than is free of it.

    Locks: the budget. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(budget_id, _ALLOCATE, actor, version)
    values = _allocation_values(draft, actor)
    if draft.amount_yuan > row.free_yuan:
        message = _("%(free)s yuan of this budget are free, which is %(missing)s yuan less. Check the amount.")
        shown = {"free": row.free_yuan, "missing": draft.amount_yuan - row.free_yuan}
        raise DomainError("allocation.above_budget", message % shown, field="amount_yuan")
    # What is sent twice is refused the second time.
    row.touch().save(update_fields=["version", "updated_at"])
    allocation = Allocation(budget=row, recorded_by=actor.user_id, **values)
    enter(allocation, "funds.allocate", {"budget": row.pk, **values}, actor=actor)
    return allocation


def move_back(allocation_id: UUID, *, amount_yuan: Decimal, on: date, reason: str, actor: Actor) -> Allocation:
    """Move money of an allocation back to its budget, never more than no payment list has bound.

    Locks: the budget, then the allocation. Raises: NotFound, NotAllowed, Conflict for what was moved back itself;
    DomainError.
    """
    known = Allocation.objects.filter(pk=allocation_id).first()
    if known is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    _locked(known.budget_id, _ALLOCATE, actor, None)
    row = Allocation.objects.select_for_update(of=("self",)).get(pk=allocation_id)
    if row.moves_back_id is not None:
        raise Conflict("allocation.is_moved_back", _("What was moved back is not moved back again. Allocate it anew."))
    require_amount(amount_yuan, field="amount_yuan")
    require_past(on)
    given = require_reason(reason)[:200]
    if amount_yuan > row.free_yuan:
        message = _("%(free)s yuan of this allocation are free: payment lists have bound the rest. Check the amount.")
        raise DomainError("allocation.is_bound", message % {"free": row.free_yuan}, field="amount_yuan")
    values = {
        "moves_back_id": row.pk,
        "amount_yuan": -amount_yuan,
        "allocated_on": on,
        "paper": given,
    }
    entry = Allocation(
        budget_id=row.budget_id,
        scope_code=row.scope_code,
        purpose=row.purpose,
        programme_id=row.programme_id,
        project_kind_code=row.project_kind_code,
        recorded_by=actor.user_id,
        **values,
    )
    enter(entry, "funds.move_back", values, actor=actor, reason=given)
    return entry


def _locked(budget_id: UUID, action: str, actor: Actor, version: int | None) -> Budget:
    row = lock_version(Budget.objects.all(), budget_id, version)
    require(actor, action, row)
    if row.withdrawn_on is not None:
        raise Conflict("budget.withdrawn", _("This budget was withdrawn, and stays as it is."))
    return row


def _values(draft: BudgetDraft) -> dict[str, Any]:
    if not 2000 <= draft.year <= 2100:
        message = _("The year lies between 2000 and 2100. Check the year.")
        raise DomainError("budget.year", message, field="year")
    require_code(SOURCE_SCHEME, draft.source_code, on=today(), field="source_code")
    require_amount(draft.amount_yuan, field="amount_yuan")
    require_past(draft.notice_on, field="notice_on")
    named = {
        "name": require_words(draft.name, _("The name is missing. Name what the money is for."), field="name"),
        "notice_number": require_words(
            draft.notice_number, _("The number of the notice is missing. Enter it."), field="notice_number"
        ),
    }
    return asdict(draft) | named


def _allocation_values(draft: AllocationDraft, actor: Actor) -> dict[str, Any]:
    require_amount(draft.amount_yuan, field="amount_yuan")
    require_past(draft.allocated_on, field="allocated_on")
    code = check_code(draft.division_code, field="division_code")
    if not subtree(actor.tenant_code).contains(code):
        message = _("The division lies outside the county. Choose the county, a township or a village of it.")
        raise DomainError("allocation.division", message, field="division_code")
    division(code)
    _check_purpose(draft)
    paper = require_words(draft.paper, _("Name the paper by which the money is allocated."), field="paper")
    return {
        "scope_code": code,
        "purpose": draft.purpose,
        "programme_id": draft.programme_id,
        "project_kind_code": draft.project_kind_code,
        "amount_yuan": draft.amount_yuan,
        "allocated_on": draft.allocated_on,
        "paper": paper,
    }


def _check_purpose(draft: AllocationDraft) -> None:
    if draft.purpose not in Purpose.values:
        raise DomainError("allocation.purpose", _("Choose what the money is for."), field="purpose")
    if draft.purpose == Purpose.PROGRAMME and draft.programme_id is not None:
        find_programme(draft.programme_id)
    elif draft.purpose == Purpose.PROGRAMME or draft.programme_id is not None:
        message = _("Name the programme where the money is for one, and there alone.")
        raise DomainError("allocation.programme", message, field="programme_id")
    if draft.purpose == Purpose.PROJECT:
        require_code(PROJECT_SCHEME, draft.project_kind_code, on=today(), field="project_kind_code")
    elif draft.project_kind_code:
        message = _("Name the kind of project where the money is for projects, and there alone.")
        raise DomainError("allocation.project_kind", message, field="project_kind_code")
