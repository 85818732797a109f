"""Set the county's own periods."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from concerns.domain.refusals import written
from concerns.enums import ACKNOWLEDGE, ANSWER, KIND_SCHEME
from concerns.models import ConcernPeriod
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

_ACTION = "concerns.manage_periods"


def set_period(code: str, *, days: int, counts_working_days: bool, source: str, actor: Actor) -> ConcernPeriod:
    """Enter the county's own period for a kind of request or a step of a grievance, for what is entered from now on.

    Raises: NotAllowed; Conflict where there is one; DomainError.
    """
    require(actor, _ACTION)
    if code not in {ACKNOWLEDGE, ANSWER}:
        require_code(KIND_SCHEME, code, on=today(), field="code")
    values = _checked(days, source)
    row = ConcernPeriod(
        scope_code=actor.tenant_code, code=code, days=days, counts_working_days=counts_working_days, source=values
    )
    written(row.save)
    changes = {name: (None, getattr(row, name)) for name in ("code", "days", "counts_working_days", "source")}
    record("concerns.set_period", row, actor=actor, changes=changes)
    return row


def amend_period(
    period_id: UUID, *, days: int, counts_working_days: bool, source: str, actor: Actor, version: int
) -> ConcernPeriod:
    """Correct a period; what is on file keeps its day.

    Locks: the period. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    require(actor, _ACTION)
    row = lock_version(ConcernPeriod.objects.all(), period_id, version)
    values = {"days": days, "counts_working_days": counts_working_days, "source": _checked(days, source)}
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    written(row.touch().save)
    record("concerns.amend_period", row, actor=actor, changes=changes)
    return row


def _checked(days: int, source: str) -> str:
    if not 1 <= days <= 366:
        raise DomainError("period.days", _("The period has 1 to 366 days. Check the number."), field="days")
    given = clean(source)
    if not given:
        message = _("The source is missing. Name the document that sets the period.")
        raise DomainError("period.source_missing", message, field="source")
    return given
