"""Work of the households beside the pages: letters, anonymising, who looks alike, and incomes computed again."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from households.domain.anonymise import anonymise_each_day
from households.domain.near import NEAR_DUE, NEAR_JOB, note_near_at_night, note_near_county
from households.domain.recompute import RECOMPUTE_JOB, preview_recomputation, recompute_incomes
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


@job(RECOMPUTE_JOB)
def recompute_incomes_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Count what would change of a year's incomes, or change it."""
    year, actor = int(arguments["year"]), current_actor()
    if "apply" not in arguments:
        return asdict(preview_recomputation(year, actor=actor, progress=progress))
    return asdict(recompute_incomes(year, mark=arguments["mark"], actor=actor, progress=progress))
