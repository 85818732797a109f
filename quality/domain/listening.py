"""Listen for households that were saved, and for rosters that were applied."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from quality.domain.nightly import run_soon
from quality.domain.running import check_households
from quality.domain.statements import CHECKED_TYPES
from registry.audit import on_event
from registry.models import AuditEvent

_BULK: Final = frozenset({"exchange.apply_roster", "households.register", "households.update_contacts_and_years"})
_READS: Final = frozenset({"households.reveal"})
# As many as one request registers; more are looked at by the run that follows a roster.
_MOST_AT_ONCE: Final = 500


@on_event
def look_at_what_was_saved(event: AuditEvent, object_ids: Sequence[UUID]) -> None:
    """Check the households of what a verb touched; after a verb on a roster, run the rules soon.

    Raises: RuleBroken, which undoes the verb.
    """
    if event.verb in _BULK:
        run_soon(event)
    if event.object_type not in CHECKED_TYPES or event.verb in _READS:
        return
    if 0 < len(object_ids) <= _MOST_AT_ONCE:
        check_households(event.object_type, object_ids)
