"""Write a row of this app: one event a verb, and a sentence for what the database refuses."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from registry.audit import Changes, record
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.money import LARGEST
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel, VersionedModel
from registry.tenancy.scope import savepoint

TWICE: Final = _(
    "Somebody on the list is on another list of this programme and period already. Nobody is paid twice: take the line "
    "out, or name the returned line that it pays again."
)
ABOVE_ALLOCATION: Final = _("The list is above what is free of its allocation. Take another one, or a smaller list.")
BOUND: Final = "allocation_is_bound_by_its_amount_at_most"
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "budget_notice_once": _("There is a budget of this source and notice in the year already. Open it and correct it."),
    "budget_allocates_its_amount_at_most": _("More would be allocated than the budget has. Check the amount."),
    "budget_withdrawn_is_free_and_has_a_reason": _("Money of this budget is allocated. Move it back first."),
    "allocation_of_a_budget_that_stands": _("This budget was withdrawn. Choose another one."),
    BOUND: ABOVE_ALLOCATION,
    "allocation_moves_back_once": _(
        "The same amount was moved back on that day for that reason already. Where it is another one, say so in the "
        "reason."
    ),
    "paymentlist_lines_have_accounts": _(
        "A household of the list has no bank account any more. Look at its lines again."
    ),
    "paymentcorrection_is_not_paid_again": _(
        "This return is paid again already. Strike that line or withdraw its list first; where it is paid, note its "
        "return."
    ),
    "paymentcorrection_nothing_was_returned": _(
        "The bank returned a line of this list, so that it was paid. Correct the return first."
    ),
    "paymentprogramme_name_once": _("There is a programme of this name already. Open it."),
    "paymentlist_fits_its_allocation": _(
        "The allocation is not for this programme, or the period is not one of its cycle. Choose again."
    ),
    "paymentlist_adds_up": _("The lines do not give the total and the number on paper. Compare them."),
    "paymentline_household_once_a_period": TWICE,
    "paymentline_person_once_a_period": TWICE,
    "paymentline_repaid_once": _("This returned line is paid again already. Take the line out."),
    "paymentline_repays_what_was_returned": _(
        "The line that is paid again was not returned, or is of another payee, programme or amount. Check it."
    ),
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


def enter(row: TenantModel, verb: str, values: Mapping[str, Any], *, actor: Actor, reason: str = "") -> None:
    """Save a new row that holds `values`, which the event names. Raises: Conflict."""
    written(row.save)
    record(verb, row, actor=actor, changes={name: (None, value) for name, value in values.items()}, reason=reason)


def change(row: VersionedModel, verb: str, values: Mapping[str, Any], *, actor: Actor, reason: str = "") -> bool:
    """Write the values that differ into a locked row, and tell whether there were any. Raises: Conflict."""
    changes = put(row, values)
    if changes:
        record(verb, row, actor=actor, changes=changes, reason=reason)
    return bool(changes)


def put(row: VersionedModel, values: Mapping[str, Any]) -> Changes:
    """Write the values that differ into a locked row, and give them for the event that the verb notes.

    The event is noted outside of a scope that is lent for the whole county, which keeps none. Raises: Conflict.
    """
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if changes:
        for name, (_before, value) in changes.items():
            setattr(row, name, value)
        written(lambda: row.touch().save(update_fields=[*changes, "version", "updated_at"]))
    return changes


def require_amount(amount: Any, *, field: str) -> None:  # noqa: ANN401  (a Decimal, whose methods are asked)
    """Refuse what is no amount above zero. Raises: DomainError."""
    if not amount.is_finite() or not 0 < amount <= LARGEST or amount != round(amount, 2):
        message = _("The amount is above zero, in yuan with two decimals at most. Check it.")
        raise DomainError("funds.amount", message, field=field)


def require_words(text: str, message: str | Promise, *, field: str) -> str:
    """Give a text in its normal form, or refuse an empty one. Raises: DomainError."""
    given = clean(text)
    if not given:
        raise DomainError(f"funds.{field}_missing", message, field=field)
    return given


def somebody(actor: Actor) -> UUID:
    """Give the account of who acts. Raises: NotAllowed for automatic work."""
    if actor.user_id is None:
        raise NotAllowed("funds.nobody", _("Payment lists are made and decided by persons with an account."))
    return actor.user_id
