"""Record the visits of helpers (帮扶走访): when, where, what was found, and how the household confirmed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.models import Helper, HelpVisit, Pairing
from assistance.queries.help_visits import help_visits_visible_to
from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.domain.refusals import constraint_name
from households.queries.history import covering
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.lib.text import clean_prose
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code

_ACTION: Final = "assistance.record_help_visit"
_CODES: Final = {"place_code": "visit_place", "confirmation_code": "visit_confirmation"}
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "helpvisit_once_a_day": _(
        "This helper's visit of that day is on file already. Open it and correct it there, or check the day."
    ),
    "helpvisit_is_not_in_the_future": _("The day lies in the future. Enter today or an earlier day."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpVisitDraft:
    """A visit as it is told."""

    visited_on: date
    place_code: str
    confirmation_code: str
    found: str = ""


def record_help_visit(
    household_id: UUID, draft: HelpVisitDraft, *, actor: Actor, helper_id: UUID | None = None
) -> HelpVisit:
    """Enter a visit of a helper who was paired with the household on that day.

    A helper at work enters only what is their own, and needs not be named; everybody else names the helper.
    Locks: the household row. Raises: NotFound, NotAllowed, Conflict when it is on file, DomainError with the field.
    """
    household = lock_household(household_id, _ACTION, actor=actor, version=None)
    helper = _helper(helper_id, actor)
    values = _values(draft)
    _require_paired(household.pk, helper, draft.visited_on)
    row = HelpVisit(household=household, helper=helper, scope_code=household.scope_code, **values)
    _save(row)
    changes = {name: (None, value) for name, value in values.items()} | {"helper": (None, helper.pk)}
    record(_ACTION, row, actor=actor, changes=changes)
    return row


def amend_help_visit(visit_id: UUID, draft: HelpVisitDraft, *, actor: Actor, version: int | None = None) -> HelpVisit:
    """Correct a visit that was not withdrawn; a helper corrects only their own.

    Locks: the visit. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field at fault.
    """
    row = _lock(visit_id, actor, version)
    values = _values(draft)
    _require_paired(row.household_id, row.helper, draft.visited_on)
    _change("assistance.amend_help_visit", row, values, actor=actor)
    return row


def withdraw_help_visit(visit_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> HelpVisit:
    """Take back a visit that was entered in error: it stays on file and counts nowhere.

    Locks: the visit. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _lock(visit_id, actor, version)
    reason = require_reason(reason)
    _change("assistance.withdraw_help_visit", row, {"withdrawn_on": today()}, actor=actor, reason=reason)
    return row


def _helper(helper_id: UUID | None, actor: Actor) -> Helper:
    """Give the helper who visited: the one who is named; a helper at work knows of nobody else."""
    rows = Helper.objects.all()
    if actor.role == Role.HELPER:
        rows = rows.filter(user_id=actor.user_id) if actor.user_id else rows.none()
    elif helper_id is None:
        raise DomainError("help_visit.helper_missing", _("Say which helper visited. Choose one."), field="helper_id")
    named = rows.filter(pk=helper_id).first() if helper_id else rows.first()
    if named is None:
        message = _("There is no such helper. Choose one from the list, or enter the helper first.")
        raise NotFound("helper.not_found", message, field="helper_id")
    return named


def _lock(visit_id: UUID, actor: Actor, version: int | None) -> HelpVisit:
    row = lock_version(help_visits_visible_to(actor), visit_id, version)
    require(actor, _ACTION, row)
    if actor.role == Role.HELPER and row.helper.user_id != actor.user_id:
        raise NotAllowed("help_visit.not_own", _("A helper enters and corrects only their own visits."))
    if row.withdrawn_on is not None:
        raise Conflict("help_visit.withdrawn", _("The visit was withdrawn. Enter it anew where it did take place."))
    return row


def _values(draft: HelpVisitDraft) -> dict[str, Any]:
    """Give the columns of a draft that passed every check."""
    require_past(draft.visited_on, field="visited_on")
    for field, scheme in _CODES.items():
        require_code(scheme, getattr(draft, field), on=draft.visited_on, field=field)
    found = clean_prose(draft.found)
    return {name: getattr(draft, name) for name in ("visited_on", *_CODES)} | {"found": found}


def _require_paired(household_id: UUID, helper: Helper, day: date) -> None:
    if not Pairing.objects.filter(covering(day), household=household_id, helper=helper).exists():
        message = _("On that day this helper did not stand by the household. Check the day, or pair them first.")
        raise DomainError("help_visit.not_paired", message, field="visited_on")


def _change(verb: str, row: HelpVisit, values: dict[str, Any], *, actor: Actor, reason: str = "") -> None:
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.touch()
    _save(row, update_fields=[*changes, "version", "updated_at"])
    record(verb, row, actor=actor, changes=changes, reason=reason)


def _save(row: HelpVisit, *, update_fields: list[str] | None = None) -> None:
    try:
        with savepoint():
            row.save(update_fields=update_fields)
    except IntegrityError as error:
        name = constraint_name(error)
        refused = _("The register refuses this change: it contradicts another entry.")
        raise Conflict(f"database.{name or 'refused'}", _MESSAGES.get(name, refused), field="visited_on") from error
