"""Write a period: locked, by its table of states, with a sentence for what the database refuses."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from periods.enums import PeriodState
from periods.models import Period
from registry import audit
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

_MESSAGES: Final = {
    "period_one_of_a_kind_a_day": _("A period of this kind shares days with this one. Load the page again."),
    "snapshot_one_freeze_at_a_time": _("Another period is being frozen. Wait until it is done, then start again."),
    "reopening_one_open_a_period": _("This period is to be opened again already; a second person decides on it."),
    "reopening_is_decided_once": _("This was decided already. Load the page again."),
    "reopening_decided_by_another": _("Another person decides than the one who asked."),
}


def written(write: Callable[[], object]) -> None:
    """Write, and explain what the database refuses by the name of the constraint. Raises: Conflict."""
    try:
        with savepoint():
            write()
    except IntegrityError as error:
        name = constraint_name(error)
        refused = _("The register refuses this change: it contradicts another entry.")
        raise Conflict(f"database.{name or 'refused'}", _MESSAGES.get(name, refused)) from error


def locked_period(period_id: UUID, version: int | None = None) -> Period:
    """Lock a period. Raises: NotFound, StaleVersion."""
    return lock_version(Period.objects.all(), period_id, version)


def step(
    row: Period, state: PeriodState, verb: str, *, actor: Actor, fields: tuple[str, ...] = (), reason: str = ""
) -> Period:
    """Bring a locked period to a state, with other fields that were set, as one event."""
    before, row.state = row.state, state
    row.touch().save(update_fields=["state", *fields, "version", "updated_at"])
    audit.record(verb, row, actor=actor, changes={"state": (before, state)}, reason=reason)
    return row
