"""Keep the loans of households: granted, paid out and back, extended, withdrawn; a wrong entry is reversed."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from credit.definitions.limits import OF_AGE
from credit.domain.refusals import NOT_OF_AGE, written
from credit.enums import PURPOSE_SCHEME, LoanEntryKind
from credit.models import Loan, LoanEntry, LoanExtension
from credit.queries.limits import last_day_of, limit_of
from credit.queries.loans import entries_visible_to, loans_visible_to
from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.models import Household, Membership
from households.queries.history import covering
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import age_on, today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.domain.writing import require_text

_ACTION: Final = "credit.record"
_MOST_YUAN: Final = Decimal("999999999999.99")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """What the contract says beside the money. Units: `rate_percent` a year."""

    lender: str
    purpose_code: str
    rate_percent: Decimal
    rating: str = ""
    is_subsidised: bool = False
    is_guaranteed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanDraft(LoanTerms):
    """A loan as it was granted. Units: yuan."""

    amount_yuan: Decimal
    granted_on: date
    due_on: date


def record_loan(
    household_id: UUID, person_id: UUID, draft: LoanDraft, *, actor: Actor, version: int | None = None
) -> Loan:
    """Enter a loan to a grown-up member of the household, within the county's limits of its year.

    Locks: the household. Raises: NotFound, NotAllowed, StaleVersion, Conflict where it is on file; DomainError.
    """
    household = lock_household(household_id, _ACTION, actor=actor, version=version)
    values = asdict(draft) | _terms(draft, on=draft.granted_on)
    _check_money(draft)
    _require_borrower(household, person_id, draft.granted_on)
    row = Loan(household=household, person_id=person_id, scope_code=household.scope_code, **values)
    written(row.save)
    changes = {name: (None, value) for name, value in values.items()} | {"person": (None, person_id)}
    record("credit.record_loan", row, actor=actor, changes=changes)
    return row


def amend_loan(loan_id: UUID, terms: LoanTerms, *, actor: Actor, version: int | None = None) -> Loan:
    """Correct what the contract says beside the money.

    Locks: the loan. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a withdrawn one, DomainError.
    """
    row = _locked(loan_id, actor, version)
    _change("credit.amend_loan", row, _terms(terms, on=row.granted_on), actor=actor)
    return row


def enter_payment(
    loan_id: UUID, kind: str, *, on: date, amount_yuan: Decimal, actor: Actor, version: int | None = None
) -> LoanEntry:
    """Enter what was paid out, paid back, subsidised or written off on a day.

    Locks: the loan. Raises: NotFound, NotAllowed, StaleVersion; Conflict when more would be paid out than granted or
    back than owed; DomainError with the field at fault.
    """
    loan = _locked(loan_id, actor, version)
    if kind not in LoanEntryKind.values:
        message = _("The value is not in its list. Choose one from the list.")
        raise DomainError("code.unknown", message, field="kind")
    require_past(on)
    if on < loan.granted_on:
        message = _("The loan was granted on %(day)s. Enter that day or a later one.")
        raise DomainError("loan.before_grant", message % {"day": loan.granted_on.isoformat()}, field="on")
    _check_yuan(amount_yuan, "amount_yuan")
    row = _entry(loan, kind, on, amount_yuan, actor)
    changes = {"kind": (None, kind), "occurred_on": (None, on), "amount_yuan": (None, amount_yuan)}
    record("credit.enter_payment", row, actor=actor, changes=changes)
    return row


def reverse_payment(entry_id: UUID, *, reason: str, actor: Actor) -> LoanEntry:
    """Take an entry back by its mirror, on its own day; both stay.

    Locks: the loan. Raises: NotFound, NotAllowed, DomainError without a reason; Conflict for one that was reversed, is
    a reversal itself, or without which more was paid back than out.
    """
    entry = entries_visible_to(actor).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    loan = _locked(entry.loan_id, actor, None)
    if entry.reverses_id is not None:
        raise Conflict("payment.is_a_reversal", _("A reversal is not reversed. Enter the right amount anew."))
    reason = require_reason(reason)
    row = _entry(loan, entry.kind, entry.occurred_on, -entry.amount_yuan, actor, reverses=entry)
    changes = {"reverses": (None, entry.pk), "amount_yuan": (entry.amount_yuan, row.amount_yuan)}
    record("credit.reverse_payment", row, actor=actor, changes=changes, reason=reason)
    return row


def extend_loan(
    loan_id: UUID, *, on: date, due_on: date, reason: str, actor: Actor, version: int | None = None
) -> LoanExtension:
    """Put the due day of a loan off (展期); the county's limit of months is that of the grant, not of extensions.

    Locks: the loan. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a withdrawn one, DomainError.
    """
    loan = _locked(loan_id, actor, version)
    require_past(on)
    reason = require_reason(reason)
    if due_on <= loan.due_on:
        message = _("The loan is due on %(day)s. Enter a later day.")
        raise DomainError("loan.not_later", message % {"day": loan.due_on.isoformat()}, field="due_on")
    if on < loan.granted_on:
        message = _("The loan was granted on %(day)s. Enter that day or a later one.")
        raise DomainError("loan.before_grant", message % {"day": loan.granted_on.isoformat()}, field="on")
    row = LoanExtension(
        loan=loan,
        household_id=loan.household_id,
        scope_code=loan.scope_code,
        number=LoanExtension.objects.filter(loan=loan).count() + 1,
        agreed_on=on,
        former_due_on=loan.due_on,
        due_on=due_on,
    )
    written(row.save)
    _change("credit.extend_loan", loan, {"due_on": due_on}, actor=actor, reason=reason)
    return row


def withdraw_loan(loan_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> Loan:
    """Take back a loan that was entered in error: it stays on file and counts nowhere.

    Locks: the loan. Raises: NotFound, NotAllowed, StaleVersion; Conflict where money is on file, or it was withdrawn.
    """
    row = _locked(loan_id, actor, version)
    _change("credit.withdraw_loan", row, {"withdrawn_on": today()}, actor=actor, reason=require_reason(reason))
    return row


def _locked(loan_id: UUID, actor: Actor, version: int | None) -> Loan:
    row = lock_version(loans_visible_to(actor), loan_id, version)
    require(actor, _ACTION, row)
    if row.withdrawn_on is not None:
        raise Conflict("loan.withdrawn", _("This loan was withdrawn. Enter it anew where it was granted after all."))
    return row


def _entry(
    loan: Loan, kind: str, on: date, amount_yuan: Decimal, actor: Actor, *, reverses: LoanEntry | None = None
) -> LoanEntry:
    row = LoanEntry(
        loan=loan,
        household_id=loan.household_id,
        scope_code=loan.scope_code,
        kind=kind,
        occurred_on=on,
        amount_yuan=amount_yuan,
        reverses=reverses,
        recorded_by=actor.user_id,
    )
    written(row.save)
    loan.touch().save(update_fields=["version", "updated_at"])
    loan.refresh_from_db(fields=["drawn_yuan", "outstanding_yuan"])
    return row


def _change(verb: str, row: Loan, values: dict[str, Any], *, actor: Actor, reason: str = "") -> None:
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.touch()
    written(lambda: row.save(update_fields=[*changes, "version", "updated_at"]))
    record(verb, row, actor=actor, changes=changes, reason=reason)


def _terms(terms: LoanTerms, *, on: date) -> dict[str, Any]:
    """Give the columns of the contract that passed every check."""
    lender = require_text(terms.lender, _("Name the lender."), code="loan.lender_missing", field="lender")
    require_code(PURPOSE_SCHEME, terms.purpose_code, on=on, field="purpose_code")
    rate = terms.rate_percent
    if not rate.is_finite() or not 0 <= rate <= 100 or rate != round(rate, 3):
        message = _("The rate is per cent a year, from 0 to 100 with three decimals at most. Check it.")
        raise DomainError("loan.rate", message, field="rate_percent")
    names = LoanTerms.__dataclass_fields__
    checked = replace(terms, lender=lender, rating=clean(terms.rating))
    return {name: getattr(checked, name) for name in names}


def _check_yuan(value: Decimal, field: str) -> None:
    if not value.is_finite() or not 0 < value <= _MOST_YUAN or value != round(value, 2):
        message = _("The amount is above zero, in yuan with two decimals at most. Check it.")
        raise DomainError("loan.amount", message, field=field)


def _check_money(draft: LoanDraft) -> None:
    require_past(draft.granted_on, field="granted_on")
    _check_yuan(draft.amount_yuan, "amount_yuan")
    if draft.due_on <= draft.granted_on:
        message = _("The loan is due after the day it was granted. Check both days.")
        raise DomainError("loan.due_before_grant", message, field="due_on")
    limit = limit_of(draft.granted_on.year)
    if draft.amount_yuan > limit.most_yuan:
        message = _("A loan of that year is of %(most)s yuan at most (%(source)s). Check the amount.")
        told = message % {"most": limit.most_yuan, "source": limit.source}
        raise DomainError("loan.above_limit", told, field="amount_yuan")
    if draft.due_on > last_day_of(draft.granted_on, limit.most_months):
        message = _("A loan of that year is for %(months)s months at most (%(source)s). Check both days.")
        told = message % {"months": limit.most_months, "source": limit.source}
        raise DomainError("loan.too_long", told, field="due_on")


def _require_borrower(household: Household, person_id: UUID, on: date) -> None:
    rows = Membership.objects.filter(covering(on), household=household, person=person_id).select_related("person")
    member = rows.first()
    if member is None:
        message = _("The borrower is no member of the household on that day. Check the person and the day.")
        raise NotFound("loan.no_member", message, field="person_id")
    born = member.person.birth_on
    if born is None or age_on(born, on) < OF_AGE:
        raise DomainError("loan.not_of_age", NOT_OF_AGE, field="person_id")
