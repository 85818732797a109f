"""The work of plans that runs by itself."""

from typing import Any
from uuid import UUID

from planning.domain.helper_parts import CONFIRM_HELPERS_JOB, confirm_part
from planning.domain.helper_proposals import PROPOSE_HELPERS_JOB, make_helper_proposal
from planning.domain.proposals import PROPOSE_JOB, make_proposal
from registry.jobs import Progress, job
from registry.tenancy.context import current_actor


@job(PROPOSE_JOB)
def propose(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Reckon a proposal that was asked for."""
    after = UUID(arguments["after"]) if arguments["after"] else None
    proposal = make_proposal(UUID(arguments["plan_id"]), int(arguments["number"]), actor=current_actor(), after=after)
    return {"proposal_id": str(proposal.pk), "covered": proposal.covered_count}


@job(PROPOSE_HELPERS_JOB)
def propose_helpers(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Reckon a proposal of helpers that was asked for."""
    after = UUID(arguments["after"]) if arguments["after"] else None
    plan_id, number = UUID(arguments["plan_id"]), int(arguments["number"])
    proposal = make_helper_proposal(plan_id, number, actor=current_actor(), after=after, progress=progress)
    return {"proposal_id": str(proposal.pk), "covered": proposal.covered_count}


@job(CONFIRM_HELPERS_JOB)
def confirm_helpers(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Apply a township's part of a plan of helpers that was confirmed."""
    part = confirm_part(UUID(arguments["helper_part_id"]), actor=current_actor(), progress=progress)
    return {"applied": part.applied_count, "left": part.left_count}
