"""End a household in the register: the part that every closing shares, whatever its reason."""

from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.claims import refresh_claims
from households.domain.locking import lock_household, require_day_after_changes
from households.enums import HouseholdStatus, MonitoringState, TieKind
from households.models import Household, HouseholdSpell, HouseholdTie
from households.queries.history import Standing, current_monitoring, current_spell, present_members, standing_on
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor

# A code of the list `closing_reason` that no line of the status table has: a household lives on elsewhere.
MERGED: Final = "merged"


def lock_open(household_id: UUID, action: str, *, actor: Actor, on: date, version: int | None) -> Household:
    """Lock a household that is not closed for a change of the whole household on a day.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, action, actor=actor, version=version)
    refuse_closed(household)
    require_day_after_changes(household, on)
    return household


def refuse_closed(household: Household) -> None:
    """Refuse a closed household. Raises: Conflict `household.closed`."""
    if household.status == HouseholdStatus.CLOSED:
        raise Conflict("household.closed", _("The household is closed and cannot be changed any more."))


def standing_with_members(household: Household, on: date) -> Standing:
    """Give where the household stands on the day. Raises: Conflict `household.no_member`."""
    standing = standing_on(household, on)
    if standing is None or not standing.persons:
        raise Conflict("household.no_member", _("The household has no member on that day. Enter its members first."))
    return standing


def write_spell(household: Household, status: str, on: date, *, village_code: str = "", cause_code: str = "") -> None:
    """End the open spell and begin the next one, in the same village where no other is given.

    A household that returned to poverty and moves keeps the cause of its return.
    """
    spell = current_spell(household)
    spell.ends_on = on
    spell.save(update_fields=["ends_on"])
    HouseholdSpell.objects.create(
        scope_code=household.scope_code,
        household=household,
        village_code=village_code or spell.village_code,
        status=status,
        starts_on=on,
        cause_code=cause_code or (spell.cause_code if status == spell.status else ""),
    )


def end_everything(household: Household, end_code: str, on: date, *, actor: Actor) -> None:
    """End memberships and monitoring by a code of the list `closing_reason`, and release the claims of its members.

    The caller saves the household.
    """
    members = list(present_members(household).values_list("person_id", flat=True))
    present_members(household).update(ends_on=on, end_reason_code=end_code)
    refresh_claims(members, actor=actor)
    monitoring = current_monitoring(household)
    if monitoring is not None:
        monitoring.ends_on, monitoring.end_code = on, end_code
        monitoring.save(update_fields=["ends_on", "end_code"])
        household.monitoring_state = MonitoringState.REMOVED


def close(household: Household, end_code: str, on: date, *, actor: Actor) -> None:
    """Write the spell, end everything and close: the caller posts, audits and tells the news."""
    write_spell(household, HouseholdStatus.CLOSED, on)
    end_everything(household, end_code, on, actor=actor)
    household.status = HouseholdStatus.CLOSED
    household.touch().save(update_fields=["status", "monitoring_state", "version", "updated_at"])


def tie(household: Household, kind: TieKind, other_number: str, *, on: date, county_code: str = "") -> HouseholdTie:
    """Note where the household came from or went."""
    return HouseholdTie.objects.create(
        scope_code=household.scope_code,
        household=household,
        kind=kind,
        other_number=other_number,
        other_county_code=county_code,
        effective_on=on,
    )
