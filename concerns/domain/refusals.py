"""Turn a refusal of the database into a sentence."""

from collections.abc import Callable, Mapping
from typing import Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from registry.lib.errors import Conflict
from registry.tenancy.scope import savepoint

ONCE_A_DAY: Final = _(
    "A request of this kind that was told on that day is on file already. Open it, and add what is missing there."
)
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "concernperiod_once_a_code": _("The county has its own period for this already. Open it and correct it."),
    "helprequest_once_a_day": ONCE_A_DAY,
    "helprequest_key_once": _("A line with this key was sent before. Load the list again."),
    "grievance_once_a_day": _("You filed the same for this household on that day already. It is being dealt with."),
    "grievanceanswer_once_a_level": _("This level has answered already. Load the page again."),
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
