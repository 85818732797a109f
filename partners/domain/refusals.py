"""Turn a refusal of the database into a sentence."""

from collections.abc import Callable, Mapping
from typing import Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from registry.lib.errors import Conflict
from registry.tenancy.scope import savepoint

_LINKED: Final = _("This partner helps there already on that day or a later one. End that link first.")
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "partner_once_by_name_place_and_phone": _(
        "This partner is on file already, with the same name, place and telephone. Use that entry."
    ),
    "partner_uscc_once_a_day": _(
        "Another partner has this unified social credit code. Use that one, or correct the code."
    ),
    "partnerlink_one_a_household_a_day": _LINKED,
    "partnerlink_one_a_village_a_day": _LINKED,
    "benefitlink_once_a_line": _("This line of income names its source already. Open the link and change it."),
    "benefitlink_replaced_once": _("This link was changed already. Load the page again."),
    "demonstration_once_a_household": _("This household has the mark already. Withdraw that one first."),
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
