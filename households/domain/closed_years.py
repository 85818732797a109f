"""Close a year of the county, so that its facts and income stand, and open it again."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.days import require_past
from households.domain.locking import require_reason
from households.domain.messages import YEAR_IS_CLOSED
from households.domain.refusals import constraint_refused
from households.models import ClosedYear
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint


def close_year(year: int, *, on: date, actor: Actor) -> ClosedYear:
    """Close a year: from now on its facts and income change only as a second person decides.

    Raises: NotAllowed; Conflict when it is closed already; DomainError for a year or a day that lies ahead.
    """
    require(actor, "households.close_year")
    closed_by = _require_somebody(actor)
    if year > today().year:
        message = _("The year has not begun yet. Enter this year or an earlier one.")
        raise DomainError("year.in_future", message, field="year")
    require_past(on, field="closed_on")
    row = ClosedYear(scope_code=actor.tenant_code, year=year, closed_on=on, closed_by=closed_by)
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        raise constraint_refused(error) from error
    record("households.close_year", row, actor=actor, changes={"year": (None, year), "closed_on": (None, on)})
    return row


def reopen_year(closed_year_id: UUID, *, reason: str, actor: Actor, version: int | None) -> ClosedYear:
    """Open a closed year again: its facts and income are recorded directly as before.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion; Conflict when it is open; DomainError without a reason.
    """
    row = lock_version(ClosedYear.objects.all(), closed_year_id, version)
    require(actor, "households.close_year", row)
    _require_somebody(actor)
    row.reason = require_reason(reason)[:200]
    if row.reopened_on is not None:
        raise Conflict("year.open_again", _("This year was opened again already."))
    row.reopened_on, row.reopened_by = today(), actor.user_id
    row.touch().save()
    record(
        "households.reopen_year", row, actor=actor, changes={"reopened_on": (None, row.reopened_on)}, reason=row.reason
    )
    return row


def _require_somebody(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise NotAllowed("year.nobody", _("A year is closed by a person with an account."))
    return actor.user_id


def is_closed(year: int) -> bool:
    """Tell whether the county has closed the year."""
    return ClosedYear.objects.filter(year=year, reopened_on__isnull=True).exists()


def require_open_years(years: Iterable[int]) -> None:
    """Go on only where none of the years is closed; the database asks of each row too. Raises: Conflict."""
    wanted = set(years)
    if wanted and ClosedYear.objects.filter(year__in=wanted, reopened_on__isnull=True).exists():
        raise Conflict("year.closed", YEAR_IS_CLOSED, field="year")
