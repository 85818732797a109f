"""Mark demonstration households by their economic result, and withdraw the mark with a reason."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.domain.news import household_closed
from households.enums import HouseholdStatus
from households.models import Household, HouseholdYear
from partners.domain.refusals import written
from partners.domain.words import without_numbers
from partners.models import DemonstrationMark
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor

_ACTION: Final = "partners.mark_demonstration"


def mark_demonstration(
    household_id: UUID, *, year: int, result: str, on: date, actor: Actor, version: int | None = None
) -> DemonstrationMark:
    """Mark a household from a day on, by the net income of a year on file and what it achieved.

    Nothing follows from the mark: no aid, no order, no rule. Locks: the household row.
    Raises: NotFound, NotAllowed, StaleVersion; Conflict for a household that has the mark or is closed; DomainError.
    """
    household = lock_household(household_id, _ACTION, actor=actor, version=version)
    if household.status == HouseholdStatus.CLOSED:
        raise Conflict("household.closed", _("The household is closed and cannot be changed any more."))
    require_past(on)
    if year > on.year:
        message = _("The mark rests on a year that has begun. Enter the year of the mark or an earlier one.")
        raise DomainError("demonstration.year", message, field="year")
    given = without_numbers(result, field="result")[:200]
    if not given:
        message = _("The economic result is missing. Say in a sentence what the household achieved.")
        raise DomainError("demonstration.result_missing", message, field="result")
    net = HouseholdYear.objects.filter(household=household, year=year).values_list("net_per_head_yuan", flat=True)
    figure = net.first()
    if figure is None:
        message = _("No net income per person is on file for that year. Record the income first, or name another year.")
        raise DomainError("demonstration.no_income", message, field="year")
    row = DemonstrationMark(
        household=household,
        scope_code=household.scope_code,
        marked_on=on,
        year=year,
        net_per_head_yuan=figure,
        result=given,
        marked_by=actor.user_id,
    )
    written(row.save)
    names = ("marked_on", "year", "net_per_head_yuan", "result")
    record(_ACTION, row, actor=actor, changes={name: (None, getattr(row, name)) for name in names})
    return row


def withdraw_demonstration(
    mark_id: UUID, *, reason: str, actor: Actor, version: int | None = None
) -> DemonstrationMark:
    """Withdraw a mark; it stays on file with the reason.

    Locks: the mark. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a withdrawn one, DomainError.
    """
    row = lock_version(DemonstrationMark.objects.all(), mark_id, version)
    require(actor, _ACTION, row)
    reason = require_reason(reason)[:200]
    if row.withdrawn_on is not None:
        raise Conflict("demonstration.withdrawn", _("This mark was withdrawn already. Load the page again."))
    _withdraw(row, today(), reason, actor)
    return row


def withdraw_mark_of_closed(*, household: Household, on: date, actor: Actor, reason: str, **_signal: Any) -> None:
    """Withdraw the mark of a household that was closed, so that no list counts it; connected to `household_closed`."""
    rows = DemonstrationMark.objects.filter(household=household, withdrawn_on__isnull=True)
    for row in rows.select_for_update(of=("self",)):
        _withdraw(row, max(on, row.marked_on), str(reason)[:200] or "–", actor)


def _withdraw(row: DemonstrationMark, on: date, reason: str, actor: Actor) -> None:
    row.withdrawn_on, row.withdrawal_reason = on, reason
    names = ["withdrawn_on", "withdrawal_reason", "version", "updated_at"]
    written(lambda: row.touch().save(update_fields=names))
    record("partners.withdraw_demonstration", row, actor=actor, changes={"withdrawn_on": (None, on)}, reason=reason)


household_closed.connect(withdraw_mark_of_closed, dispatch_uid="partners.withdraw_mark_of_closed")
