"""Move a household to another village of the county."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.ending import refuse_closed, write_spell
from households.domain.ledger import enter, leave, post
from households.domain.locking import lock_household, require_day_after_changes, require_reason
from households.domain.scope import rewrite_household_scope
from households.enums import PostingKind
from households.models import Household
from households.queries.history import standing_on
from registry.audit import record
from registry.lib.errors import DomainError, NotFound
from registry.tenancy.context import Actor
from villages.models import Village


def move_household(
    household_id: UUID, village_code: str, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Household:
    """Count the household in another village from the day `on`, and let that village's people see it.

    Every row below the household gets the new `scope_code`; what was posted in the former village stays posted there.
    Locks: the household row. Raises: NotFound when either village lies outside the actor's area; NotAllowed,
    StaleVersion, Conflict for a closed household, DomainError.
    """
    household = lock_household(household_id, "households.move", actor=actor, version=version)
    refuse_closed(household)
    reason = require_reason(reason)
    require_day_after_changes(household, on)
    village = _other_village(village_code, household)
    before = household.scope_code
    _post(household, village, on, reason)
    write_spell(household, household.status, on, village_code=village.code)
    rewrite_household_scope(household, village.code)
    household.village, household.scope_code = village, village.code
    household.touch().save(update_fields=["village", "scope_code", "version", "updated_at"])
    record(
        "households.move",
        household,
        actor=actor,
        changes={"village_code": (before, village.code), "effective_on": (None, on)},
        reason=reason,
    )
    return household


def village_in_area(code: str) -> Village:
    """Give a village of the actor's area by its code. Raises: NotFound `village.not_found`."""
    village = Village.objects.filter(code=code).first()
    if village is None:
        message = _("There is no such village in your area. Choose one from the list.")
        raise NotFound("village.not_found", message, field="village_code")
    return village


def _other_village(code: str, household: Household) -> Village:
    village = village_in_area(code)
    if village.id == household.village_id:
        message = _("The household belongs to this village already. Choose another one.")
        raise DomainError("move.same_village", message, field="village_code")
    return village


def _post(household: Household, village: Village, on: date, reason: str) -> None:
    standing = standing_on(household, on)
    if standing is None:
        return
    flows = leave(standing, PostingKind.MOVED_OUT, standing.stocks)
    flows += [
        enter(stock, PostingKind.MOVED_IN, persons=standing.persons, village_code=village.code)
        for stock in standing.stocks
    ]
    post(household, flows, on=on, reason=reason)
