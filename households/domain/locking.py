"""Find and lock the household that a verb is about."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.days import require_not_before, require_past
from households.models import Household
from households.queries.history import last_change_on
from households.queries.visibility import households_visible_to
from registry.access import require
from registry.domain.versions import lock_version, stale_version
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor
from villages.domain.days import require_reason

__all__ = [
    "count_versions_up",
    "lock_household",
    "lock_households",
    "require_day_after_changes",
    "require_reason",
]


def lock_household(household_id: UUID, action: str, *, actor: Actor, version: int | None) -> Household:
    """Lock the household for an action that the actor may do.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion.
    """
    household = lock_version(households_visible_to(actor), household_id, version)
    require(actor, action, household)
    return household


def lock_households(versions: Mapping[UUID, int | None], action: str, *, actor: Actor) -> dict[UUID, Household]:
    """Lock several households for an action that the actor may do, each still at its version where one is given.

    Locks: the household rows, in the order of their ids. Raises: NotFound, NotAllowed, StaleVersion.
    """
    rows = households_visible_to(actor).filter(id__in=list(versions)).select_for_update(of=("self",)).order_by("id")
    found = {household.id: household for household in rows}
    if found.keys() != versions.keys():
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    for household_id, household in found.items():
        require(actor, action, household)
        version = versions[household_id]
        if version is not None and household.version != version:
            raise stale_version()
    return found


def count_versions_up(household_ids: Iterable[UUID]) -> None:
    """Count the versions of locked households up, by one statement."""
    rows = Household.objects.filter(id__in=list(household_ids))
    rows.update(version=F("version") + 1, updated_at=timezone.now())


def require_day_after_changes(household: Household, on: date) -> None:
    """Refuse a day in the future, or before the household's latest change, for a change of the whole household.

    Raises: DomainError.
    """
    require_past(on)
    require_not_before(on, last_change_on(household))
