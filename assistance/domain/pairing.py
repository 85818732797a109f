"""Pair households with helpers, and never leave one alone that must have a helper (贫困群众不脱贫，结对帮扶不脱钩)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.models import Helper, Pairing
from assistance.models.pairing import STAND_IN_DAYS
from assistance.queries.keeping import must_keep_helper_since
from assistance.queries.pairings import lead_on, pairings_visible_to
from households.domain.days import require_past
from households.domain.locking import require_reason
from households.domain.refusals import constraint_name
from households.enums import HouseholdStatus
from households.models import Household
from households.queries.visibility import households_visible_to
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version, stale_version
from registry.lib.errors import Conflict, DomainError, NotFound, StaleVersion
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

_LEAD_OVERLAP: Final = "pairing_one_lead_a_day"
_OVERLAPS: Final = {
    _LEAD_OVERLAP: _("Another helper leads the household from a later day. Enter that day or a later one."),
    "pairing_helper_once_a_day": _(
        "This helper is paired with the household already on that day or a later one. End that pairing first."
    ),
}


@dataclass(frozen=True, slots=True)
class SeenLead:
    """The leading pairing that somebody saw who hands it over, and its version then."""

    pairing_id: UUID
    version: int | None


def pair(household_id: UUID, helper_id: UUID, *, actor: Actor, on: date, is_lead: bool = True) -> Pairing:
    """Pair a household that has no lead with its lead helper, or any household with a further helper.

    Locks: the household row. Raises: NotFound, NotAllowed, Conflict when another leads that day, DomainError.
    """
    household = _lock(household_id, actor)
    require_past(on)
    helper = _helper(helper_id)
    if is_lead and lead_on(household.id, on) is not None:
        message = _("The household has a lead helper on that day. Hand it over instead.")
        raise Conflict("pairing.has_lead", message, field="on")
    pairing = _begin(household, on=on, helper=helper, is_lead=is_lead)
    changes = {"helper": (None, helper.id), "is_lead": (None, is_lead), "starts_on": (None, on)}
    record("assistance.pair", pairing, actor=actor, changes=changes)
    return pairing


def hand_over(
    household_id: UUID, helper_id: UUID, *, actor: Actor, on: date, reason: str, seen: SeenLead | None = None
) -> Pairing:
    """Let another helper lead from the day `on`: the present lead, or the unit standing in, ends that day.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion when another than the seen one leads, Conflict,
    DomainError.
    """
    household = _lock(household_id, actor)
    require_past(on)
    reason = require_reason(reason)
    helper = _helper(helper_id)
    lead = _lead(household, on, seen)
    if lead.helper_id == helper.id:
        message = _("This helper leads already. Choose another one.")
        raise Conflict("pairing.same_helper", message, field="helper_id")
    _end(lead, on, reason)
    pairing = _begin(household, on=on, helper=helper, is_lead=True)
    changes = {"helper": (lead.helper_id, helper.id), "starts_on": (None, on)}
    record("assistance.hand_over", pairing, actor=actor, changes=changes, reason=reason)
    return pairing


def let_unit_stand_in(
    household_id: UUID, *, actor: Actor, on: date, reason: str, seen: SeenLead | None = None
) -> Pairing:
    """Let the lead helper's unit stand in from the day `on`, for 30 days at most; it is shown as open.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion when another than the seen one leads, Conflict
    when a unit stands in already, DomainError.
    """
    household = _lock(household_id, actor)
    require_past(on)
    reason = require_reason(reason)
    lead = _lead(household, on, seen)
    if lead.helper is None:
        message = _("The unit stands in already. Hand the household over to a helper.")
        raise Conflict("pairing.stands_in", message, field="on")
    if lead.helper.unit_id is None:
        message = _("This helper is a private person without a unit that could stand in. Hand the household over.")
        raise Conflict("pairing.no_unit", message, field="on")
    _end(lead, on, reason)
    pairing = _begin(household, on=on, unit_id=lead.helper.unit_id, is_lead=True)
    changes = {"helper": (lead.helper_id, None), "unit": (None, pairing.unit_id), "starts_on": (None, on)}
    record("assistance.let_unit_stand_in", pairing, actor=actor, changes=changes, reason=reason)
    return pairing


def end_pairing(pairing_id: UUID, *, actor: Actor, on: date, reason: str, version: int | None = None) -> Pairing:
    """End a pairing without a successor: `on` is the first day without it.

    A lead is kept when the household had to have a helper on that day or on any day since; a further helper may always
    go. Locks: the household row, so that its status stays, and the pairing row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household_id = pairings_visible_to(actor).filter(pk=pairing_id).values_list("household_id", flat=True).first()
    if household_id is not None:
        lock_version(households_visible_to(actor), household_id, None)
    pairing = lock_version(pairings_visible_to(actor), pairing_id, version)
    require(actor, "assistance.pair", pairing)
    require_past(on)
    reason = require_reason(reason)
    if pairing.ends_on is not None and pairing.ends_on <= on:
        message = _("The pairing has ended already, on %(day)s. Enter an earlier day.")
        raise Conflict("pairing.ended", message % {"day": pairing.ends_on.isoformat()}, field="on")
    if pairing.is_lead and must_keep_helper_since(pairing.household, on):
        message = _(
            "The household is not lifted, its risk is not removed, or support still lasts: it must have a helper. "
            "Hand it over to another helper, or let the unit stand in for 30 days."
        )
        raise Conflict("pairing.must_be_kept", message)
    before = pairing.ends_on
    _end(pairing, on, reason)
    record("assistance.end_pairing", pairing, actor=actor, changes={"ends_on": (before, on)}, reason=reason)
    return pairing


def end_pairings_of_closed(*, household: Household, on: date, actor: Actor, reason: str, **_signal: Any) -> None:
    """End what is open when a household was closed; connected to `household_closed`."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    for pairing in Pairing.objects.filter(lasting, household=household).select_for_update(of=("self",)):
        day = max(on, pairing.starts_on) if pairing.starts_on else on
        before = pairing.ends_on
        _end(pairing, day, reason)
        record("assistance.end_pairing", pairing, actor=actor, changes={"ends_on": (before, day)}, reason=reason)


def _lock(household_id: UUID, actor: Actor) -> Household:
    household = lock_version(households_visible_to(actor), household_id, None)
    require(actor, "assistance.pair", household)
    if household.status == HouseholdStatus.CLOSED:
        raise Conflict("household.closed", _("The household is closed and cannot be changed any more."))
    return household


def _helper(helper_id: UUID) -> Helper:
    helper = Helper.objects.filter(pk=helper_id).first()
    if helper is None:
        message = _("There is no such helper. Choose one from the list, or enter the helper first.")
        raise NotFound("helper.not_found", message, field="helper_id")
    return helper


def _lead(household: Household, on: date, seen: SeenLead | None) -> Pairing:
    lead = lead_on(household.id, on)
    if lead is None:
        message = _("The household has no lead helper on that day. Pair it with one.")
        raise Conflict("pairing.no_lead", message, field="on")
    if seen is not None and seen.pairing_id != lead.id:
        message = _("On that day another pairing leads the household. Open the household again and repeat your change.")
        raise StaleVersion("pairing.another_leads", message)
    if seen is not None and seen.version != lead.version:
        raise stale_version()
    return lead


def _begin(
    household: Household, *, on: date, is_lead: bool, helper: Helper | None = None, unit_id: UUID | None = None
) -> Pairing:
    pairing = Pairing(
        scope_code=household.scope_code,
        household=household,
        helper=helper,
        unit_id=unit_id,
        is_lead=is_lead,
        starts_on=on,
        starts_precision=Precision.DAY,
        ends_on=None if helper else on + timedelta(days=STAND_IN_DAYS),
    )
    try:
        with savepoint():
            pairing.save()
    except IntegrityError as error:
        name = constraint_name(error)
        raise Conflict(f"database.{name}", _OVERLAPS.get(name, _OVERLAPS[_LEAD_OVERLAP]), field="on") from error
    return pairing


def _end(pairing: Pairing, on: date, reason: str) -> None:
    if pairing.starts_on is not None and on < pairing.starts_on:
        message = _("The pairing began only on %(day)s. Enter that day or a later one.")
        raise DomainError("pairing.ends_before_start", message % {"day": pairing.starts_on.isoformat()}, field="on")
    pairing.ends_on, pairing.end_reason = on, reason[:200]
    pairing.touch().save(update_fields=["ends_on", "end_reason", "version", "updated_at"])
