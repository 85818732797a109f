"""Record what is done for a household: measures with their period, state and money (帮扶措施)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.models import Measure
from assistance.models.measure import NOT_YET
from assistance.queries.measures import measures_visible_to
from dossiers.domain.measures import note_measures
from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.domain.refusals import constraint_name
from registry.access import require
from registry.audit import record
from registry.domain.codes import code_list
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code

_ACTION: Final = "assistance.record_measure"
# The two entries that stand above the categories. Source: list `measure`, monitoring form since 2021.
_DEVELOPMENT: Final = "1"
_ABOVE_CATEGORIES: Final = frozenset({_DEVELOPMENT, "2"})
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "measure_ends_not_before_start": _("The measure ends before it began. Check both days."),
    "measure_state_fits_its_period": _(
        "A measure under way has its first day, and one that has not begun has no end. Check state and days."
    ),
    "measure_money_is_not_negative": _("The money is not negative. Check the amount."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDraft:
    """A measure as it is stated; `ends_on` is the first day without it, and empty means unknown or lasting."""

    category_code: str
    state_code: str
    item_code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    money_yuan: Decimal | None = None
    note: str = ""


def record_measure(household_id: UUID, draft: MeasureDraft, *, actor: Actor, version: int | None = None) -> Measure:
    """Enter a measure for a household; `version` is that of the household, where somebody read it.

    The same one again is a form sent twice. Locks: the household row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field at fault.
    """
    household = lock_household(household_id, _ACTION, actor=actor, version=version)
    values = _values(draft)
    if Measure.objects.filter(household=household, **values).exists():
        message = _("The same measure is on file for this household. Where there are two, tell them apart in the note.")
        raise Conflict("measure.on_file", message)
    row = Measure(household=household, scope_code=household.scope_code, **values)
    _save(row)
    note_measures(household.pk)
    record(_ACTION, row, actor=actor, changes={name: (None, value) for name, value in values.items()})
    return row


def amend_measure(measure_id: UUID, draft: MeasureDraft, *, actor: Actor, version: int | None = None) -> Measure:
    """Correct a measure, say that it is under way now, or end it.

    Locks: the measure. Raises: NotFound, NotAllowed, StaleVersion, DomainError with the field at fault.
    """
    row = lock_version(measures_visible_to(actor), measure_id, version)
    require(actor, _ACTION, row)
    if row.starts_on is not None and row.starts_on == row.ends_on:
        message = _("This measure was withdrawn as an error and stays so. Record the measure anew.")
        raise Conflict("measure.withdrawn", message)
    _change("assistance.amend_measure", row, _values(draft), actor=actor)
    return row


def withdraw_measure(measure_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> Measure:
    """Take back a measure that was entered in error: it stays on file, ends on the day it starts, and counts no day.

    Locks: the measure. Raises: NotFound, NotAllowed, StaleVersion, DomainError without a reason.
    """
    row = lock_version(measures_visible_to(actor), measure_id, version)
    require(actor, _ACTION, row)
    starts_on = row.starts_on or today()
    values = {"starts_on": starts_on, "ends_on": starts_on}
    _change("assistance.withdraw_measure", row, values, actor=actor, reason=require_reason(reason))
    return row


def _values(draft: MeasureDraft) -> dict[str, Any]:
    """Give the columns of a draft that passed every check; whether it is for development follows from its category."""
    on = today()
    is_development = develops(draft.category_code)
    if draft.item_code:
        require_code("measure", draft.item_code, on=on, field="item_code", parent=draft.category_code)
    require_code("measure_state", draft.state_code, on=on, field="state_code")
    _check_period(draft)
    note = clean(draft.note)
    return asdict(replace(draft, note=note)) | {"is_development": is_development}


def develops(category_code: str) -> bool:
    """Tell whether a kind of measure is for development. Raises: DomainError for what is no kind of measure."""
    category = require_code("measure", category_code, on=today(), field="category_code")
    if category.parent_code not in _ABOVE_CATEGORIES:
        message = _("This is no kind of measure. Choose one from the list.")
        raise DomainError("measure.category", message, field="category_code")
    return category.parent_code == _DEVELOPMENT


def _check_period(draft: MeasureDraft) -> None:
    if draft.state_code != NOT_YET:
        if draft.starts_on is None:
            raise DomainError(
                "measure.start_missing", _("A measure under way has its first day. Enter it."), field="starts_on"
            )
        require_past(draft.starts_on, field="starts_on")
    elif draft.ends_on is not None:
        message = _("A measure that has not begun has no end. Clear the end, or choose another state.")
        raise DomainError("measure.ends_unbegun", message, field="ends_on")
    if draft.starts_on is not None and draft.ends_on is not None and draft.ends_on <= draft.starts_on:
        raise DomainError("measure.ends_before_start", _MESSAGES["measure_ends_not_before_start"], field="ends_on")


def _change(verb: str, row: Measure, values: dict[str, Any], *, actor: Actor, reason: str = "") -> None:
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.touch()
    _save(row, update_fields=[*changes, "version", "updated_at"])
    note_measures(row.household_id)
    record(verb, row, actor=actor, changes=changes, reason=reason)


def _save(row: Measure, *, update_fields: list[str] | None = None) -> None:
    try:
        with savepoint():
            row.save(update_fields=update_fields)
    except IntegrityError as error:
        name = constraint_name(error)
        refused = _("The register refuses this change: it contradicts another entry.")
        raise Conflict(f"database.{name or 'refused'}", _MESSAGES.get(name, refused)) from error


def item_choices() -> list[tuple[str, str]]:
    """Give the items below the categories, each with its category before it, for forms."""
    listed = code_list("measure")
    return [
        (item, f"{listed.label_of(category)} – {listed.label_of(item)}")
        for above in sorted(_ABOVE_CATEGORIES)
        for category in listed.children_of(above)
        for item in listed.children_of(category)
    ]


def category_choices() -> list[tuple[str, str]]:
    """Give the kinds of measures, those for development first, for forms."""
    listed = code_list("measure")
    return [
        (category, listed.label_of(category))
        for above in sorted(_ABOVE_CATEGORIES)
        for category in listed.children_of(above)
    ]
