"""Work of the households beside the pages: letters of transfers, anonymising, and incomes computed again."""

from dataclasses import asdict
from typing import Any

from households.domain.anonymise import anonymise_each_day
from households.domain.recompute import RECOMPUTE_JOB, preview_recomputation, recompute_incomes
from households.domain.transfer import receive_acceptance, receive_answer, receive_offer
from registry.jobs import Progress, job
from registry.tenancy.context import current_actor

# A worker knows letters and due work by importing where they are registered.
__all__ = ["anonymise_each_day", "receive_acceptance", "receive_answer", "receive_offer", "recompute_incomes_job"]


@job(RECOMPUTE_JOB)
def recompute_incomes_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Count what would change of a year's incomes, or change it."""
    year, actor = int(arguments["year"]), current_actor()
    if "apply" not in arguments:
        return asdict(preview_recomputation(year, actor=actor, progress=progress))
    return asdict(recompute_incomes(year, mark=arguments["mark"], actor=actor, progress=progress))
