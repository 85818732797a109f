"""Listen for households that were saved, and for rosters that were applied."""

from typing import Final

from households.models import Household, Person
from quality.domain.nightly import run_soon
from quality.domain.running import check_household
from registry.audit import on_event
from registry.models import AuditEvent
from registry.tenancy.models import TenantModel

_BULK: Final = frozenset({"exchange.apply_roster", "households.register", "households.update_contacts_and_years"})
_READS: Final = frozenset({"households.reveal"})


@on_event
def look_at_what_was_saved(event: AuditEvent, subject: TenantModel | None) -> None:
    """Check the household of a verb on one household or person; after a verb on many, run the rules soon.

    Raises: RuleBroken, which undoes the verb.
    """
    if event.verb in _BULK:
        run_soon(event)
    elif event.verb.startswith("households.") and event.verb not in _READS:
        if isinstance(subject, Household):
            check_household(subject.pk)
        elif isinstance(subject, Person):
            check_household(None, person_id=subject.pk)
