"""Turn a refusal of the database into a sentence."""

from collections.abc import Callable, Mapping
from typing import Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from registry.lib.errors import Conflict
from registry.tenancy.scope import savepoint

NOT_OF_AGE: Final = _("The borrower is of age (18) on the day of the loan. Check the person and the day of birth.")
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "loanlimit_once_a_year": _("There are limits from this year on already. Open them and correct them."),
    "loan_on_file_once": _("The same loan of this person is on file already. Open it."),
    "loan_is_a_members": _("The borrower is no member of the household on that day. Check the person and the day."),
    "loan_is_of_age": NOT_OF_AGE,
    "loan_drawn_within_its_amount": _("More would be paid out than was granted. Check the amount."),
    "loan_owed_not_below_zero": _(
        "More would be paid back or written off than is owed. Check the amount; where a payment was entered twice, "
        "reverse it first."
    ),
    "loan_withdrawn_is_empty": _("Money of this loan is on file. Reverse its entries first."),
    "loanentry_of_a_granted_loan": _("The loan was withdrawn, or granted after that day. Check the day."),
    "loanentry_reversed_once": _("This entry was reversed already. Load the page again."),
    "loanentry_reversal_mirrors": _("A reversal is not reversed. Enter the right amount anew."),
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
