"""Let a loan go with its borrower: who joins another household of the county still owes it there."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from credit.domain.refusals import written
from credit.models import Loan, LoanEntry, LoanExtension
from credit.queries.loans import STANDING
from households.domain.news import members_came
from households.models import Household
from registry.audit import record
from registry.models import AuditDetail
from registry.tenancy.context import current_actor


def follow_borrowers(*, household: Household, persons: Sequence[UUID], on: date, **_signal: Any) -> None:
    """Give the loans of those who came to their household, entries and extensions too; connected to `members_came`.

    What was paid back or withdrawn stays with the household of that time.
    Locks: the loans, in the order of their ids. Raises: Conflict for one that is on file there as well.
    """
    rows = Loan.objects.filter(STANDING, person__in=persons).exclude(household_id=household.pk)
    for loan in rows.select_for_update(of=("self",)).order_by("id"):
        _carry(loan, household, on)


def _carry(loan: Loan, household: Household, on: date) -> None:
    former = loan.household_id
    loan.household, loan.scope_code = household, household.scope_code
    loan.touch()
    written(lambda: loan.save(update_fields=["household", "scope_code", "version", "updated_at"]))
    below: list[UUID] = [loan.pk]
    for model in (LoanEntry, LoanExtension):
        rows = model.objects.filter(loan=loan)
        below.extend(rows.values_list("id", flat=True))
        rows.update(household=household, scope_code=household.scope_code)
    AuditDetail.objects.filter(object_id__in=below).update(scope_code=household.scope_code)
    changes = {"household": (former, household.pk), "effective_on": (None, on)}
    record("credit.carry_loan", loan, actor=current_actor(), changes=changes)


members_came.connect(follow_borrowers, dispatch_uid="credit.follow_borrowers")
