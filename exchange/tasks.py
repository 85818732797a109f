"""The work of the exchange that runs by itself: jobs and due work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from exchange.domain.applying import apply_batch
from exchange.domain.checking import check_batch
from exchange.domain.decisions import APPLY_JOB, CHECK_JOB, LAPSE_DUE, fail_batch, let_roster_lapse
from registry.jobs import Progress, due, job
from registry.tenancy.context import Actor, current_actor


def _failed(arguments: dict[str, str], code: str, message: object) -> None:
    fail_batch(UUID(arguments["batch_id"]), code, message, actor=current_actor())


@job(CHECK_JOB, on_failure=_failed)
def check_batch_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Check an uploaded roster."""
    batch = check_batch(UUID(arguments["batch_id"]), actor=current_actor(), progress=progress)
    return dict(batch.counts)


@job(APPLY_JOB, on_failure=_failed)
def apply_batch_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Apply an approved roster."""
    batch = apply_batch(UUID(arguments["batch_id"]), actor=current_actor(), progress=progress)
    return dict(batch.result)


@due(LAPSE_DUE)
def lapse_rows(actor: Actor, key: str, due_at: datetime) -> None:
    """Delete refused rows whose 30 days are over, and close a roster that nobody decided on."""
    let_roster_lapse(UUID(key), actor=actor)
