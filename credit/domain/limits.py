"""Set the county's limits of micro-credit."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from credit.domain.refusals import written
from credit.models import LoanLimit
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor

_ACTION = "credit.manage_limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDraft:
    """The most that may be lent, and for how long, with the document that says so. Units: yuan, months."""

    most_yuan: Decimal
    most_months: int
    source: str


def set_loan_limit(from_year: int, draft: LimitDraft, *, actor: Actor) -> LoanLimit:
    """Enter the limits of loans granted from a year on.

    Raises: NotAllowed; Conflict for a year that has some; DomainError with the field at fault.
    """
    require(actor, _ACTION)
    if not 2000 <= from_year <= 2100:
        message = _("The year lies between 2000 and 2100. Check the year.")
        raise DomainError("limit.year", message, field="from_year")
    values = {"from_year": from_year, **_checked(draft)}
    row = LoanLimit(scope_code=actor.tenant_code, **values)
    written(row.save)
    record("credit.set_loan_limit", row, actor=actor, changes={name: (None, value) for name, value in values.items()})
    return row


def amend_loan_limit(limit_id: UUID, draft: LimitDraft, *, actor: Actor, version: int) -> LoanLimit:
    """Correct limits; loans on file stay as they are.

    Locks: the limits. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    require(actor, _ACTION)
    row = lock_version(LoanLimit.objects.all(), limit_id, version)
    values = _checked(draft)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    written(row.touch().save)
    record("credit.amend_loan_limit", row, actor=actor, changes=changes)
    return row


def _checked(draft: LimitDraft) -> dict[str, object]:
    if draft.most_yuan <= 0:
        raise DomainError("limit.yuan", _("The limit is an amount above zero. Check it."), field="most_yuan")
    if not 0 < draft.most_months <= 1200:
        raise DomainError(
            "limit.months", _("The limit is a number of months above zero. Check it."), field="most_months"
        )
    source = clean(draft.source)
    if not source:
        message = _("The source is missing. Name the document that sets the limits.")
        raise DomainError("limit.source_missing", message, field="source")
    return {**asdict(draft), "source": source}
