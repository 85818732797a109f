"""Turn a refusal of the database into a sentence."""

from collections.abc import Callable, Mapping
from typing import Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from registry.lib.errors import Conflict
from registry.tenancy.scope import savepoint

ADDS_UP: Final = _(
    "The parts do not add up to the amount: the part that the village keeps and the parts of all holders are together "
    "the amount, to the cent. Check the amounts."
)
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "incomegoal_once_a_year": _("There is a goal from this year on already. Open it and correct it."),
    "ledgerentry_reversed_once": _("This entry was reversed already. Load the page again."),
    "ledgerentry_reversal_mirrors": _("A reversal is not reversed. Book the right entry anew."),
    "sharefund_name_once_a_village": _("The village has a fund of this name already. Open it."),
    "shareholding_one_a_household_a_day": _("The household holds shares of this fund already. End those first."),
    "shareholding_one_of_the_village_a_day": _("The village holds shares of this fund already. End those first."),
    "dividend_once_a_day": _("This fund has a dividend of that day already. Withdraw it, or choose another day."),
    "dividend_adds_up": ADDS_UP,
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
