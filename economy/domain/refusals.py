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
    "shareholding_within_the_total": _("More shares would be held than the fund has. Check the number."),
    "dividend_once_a_day": _("This fund has a dividend of that day already. Withdraw it, or choose another day."),
    "dividend_adds_up": ADDS_UP,
    "industryproject_name_once_a_year": _("The library of this year has a project of this name already. Open it."),
    "industryproject_money_is_accounted": _(
        "Money that arrived is not accounted for. Note what was spent, turned to shares or given back first."
    ),
    "industrymoney_not_below_zero": _("More is taken back than was entered. Check the amount."),
    "industrymoney_goes_as_it_arrived": _("That is more than arrived from this source. Check the amounts."),
    "industrymoney_belongs_to_the_state": _("Such an amount does not belong to the state of the project."),
    "projectasset_is_paid_by_the_project": _(
        "The value of the assets would be above the money that was spent or turned to shares. Check the amounts."
    ),
    "projectwork_is_paid_by_the_project": _(
        "The wages would be above the money that arrived and was neither turned to shares nor given back. Note the "
        "money first, or check the amount."
    ),
    "projectwork_once_a_payday": _("The person has a wage of this project on that day already. Take that back first."),
    "assetupkeep_one_a_day": _("Somebody keeps the asset up on these days already. End that first."),
    "ledgerentry_dividend_once": _("This dividend is booked already. Reverse its entry before it is booked anew."),
    "ledgerentry_project_reaches_the_village": _("No such project reaches this village. Choose one that reaches it."),
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
