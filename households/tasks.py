"""Work of the households that comes by itself: the letters of transfers, anonymising, and who looks alike."""

from datetime import datetime
from typing import Any

from households.domain.anonymise import anonymise_each_day
from households.domain.near import NEAR_DUE, NEAR_JOB, note_near_at_night, note_near_county
from households.domain.transfer import receive_acceptance, receive_answer, receive_offer
from registry.jobs import Progress, due, job
from registry.tenancy.context import Actor, current_actor

# A worker knows letters and due work by importing where they are registered.
__all__ = ["anonymise_each_day", "receive_acceptance", "receive_answer", "receive_offer"]


@job(NEAR_JOB)
def note_near_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Look at the whole county for who looks alike."""
    return {"noted": note_near_county(actor=current_actor())}


@due(NEAR_DUE)
def look_at_night(actor: Actor, key: str, due_at: datetime) -> datetime:
    """Queue the night's look, and come back the next night."""
    return note_near_at_night(actor=actor, due_at=due_at)
