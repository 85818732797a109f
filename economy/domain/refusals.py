"""Turn a refusal of the database into a sentence."""

from collections.abc import Callable, Mapping
from typing import Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from registry.lib.errors import Conflict
from registry.tenancy.scope import savepoint

_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "incomegoal_once_a_year": _("There is a goal from this year on already. Open it and correct it."),
    "ledgerentry_reversed_once": _("This entry was reversed already. Load the page again."),
    "ledgerentry_reversal_mirrors": _("A reversal is not reversed. Book the right entry anew."),
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
