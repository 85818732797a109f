"""Listen for runs of the rules, so that the nights of a county begin by themselves."""

from collections.abc import Sequence
from uuid import UUID

from entitlements.domain.nightly import BEGINNING, begin_nights
from registry.audit import on_event
from registry.models import AuditEvent


@on_event
def look_at_what_was_done(event: AuditEvent, object_ids: Sequence[UUID]) -> None:
    """Begin the nights of a county whose rules were run."""
    if event.verb == BEGINNING:
        begin_nights()
