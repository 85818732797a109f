"""The work of dispatch plans that runs by itself."""

from typing import Any
from uuid import UUID

from planning.domain.proposals import PROPOSE_JOB, make_proposal
from registry.jobs import Progress, job
from registry.tenancy.context import current_actor


@job(PROPOSE_JOB)
def propose(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Reckon a proposal that was asked for."""
    after = UUID(arguments["after"]) if arguments["after"] else None
    proposal = make_proposal(UUID(arguments["plan_id"]), int(arguments["number"]), actor=current_actor(), after=after)
    return {"proposal_id": str(proposal.pk), "covered": proposal.covered_count}
