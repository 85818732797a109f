"""The work of data quality that runs by itself: a job and due work."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from dossiers.domain.labour import refresh_labour
from entitlements.domain.nightly import begin_nights as begin_nights_of_policies
from quality.domain.keeping import empty_lists
from quality.domain.nightly import NIGHT_DUE, RUN_JOB, ask_for_run, next_night
from quality.domain.running import run_rules
from registry.domain import tallies
from registry.jobs import Progress, due, job
from registry.tenancy.context import Actor, current_actor


@job(RUN_JOB)
def run_rules_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Let monitoring cases follow what a roster told of abilities, ask every rule, and settle the findings."""
    refresh_labour()
    return asdict(run_rules(actor=current_actor(), progress=progress))


@due(NIGHT_DUE)
def run_at_night(actor: Actor, key: str, due_at: datetime) -> datetime:
    """Empty the lists from above whose time is over, queue the night's run, and come back the next night.

    The policies are asked, and the boards count, in nights of their own, which begin here.
    """
    empty_lists(actor=actor)
    begin_nights_of_policies()
    tallies.begin_nights()
    ask_for_run(f"night:{due_at.isoformat()}", actor=actor)
    return next_night(timezone.now())
