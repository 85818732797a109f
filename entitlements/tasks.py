"""The work on what is due and received that runs by itself: a job and due work."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from entitlements.domain.nightly import NIGHT_DUE, RUN_JOB, ask_for_run, next_night
from entitlements.domain.running import run_policies
from registry.jobs import Progress, due, job
from registry.tenancy.context import Actor, current_actor


@job(RUN_JOB)
def run_policies_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Ask every policy, and settle the findings; the result holds counts."""
    return asdict(run_policies(actor=current_actor(), progress=progress))


@due(NIGHT_DUE)
def run_at_night(actor: Actor, key: str, due_at: datetime) -> datetime:
    """Queue the night's run, and come back the next night."""
    ask_for_run(f"night:{due_at.isoformat()}", actor=actor)
    return next_night(timezone.now())
