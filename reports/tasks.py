"""The work of reports that runs by itself: jobs and due work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from registry.jobs import Progress, due, job
from registry.tenancy.context import Actor, current_actor
from reports.domain import deliveries, making, runs, schedules, waiting
from reports.queries.catalogue_runs import REPORT_JOB
from reports.queries.runs import RUN_JOB


def _run_failed(arguments: dict[str, str], code: str, message: object) -> None:
    waiting.fail_run(UUID(arguments["run_id"]), code, message, actor=current_actor())


@job(RUN_JOB, on_failure=_run_failed)
def run_report(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Make a queued run."""
    run = runs.make_run(UUID(arguments["run_id"]), actor=current_actor(), progress=progress)
    return {"edition": run.edition}


@job(REPORT_JOB, on_failure=_run_failed)
def make_report(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Make the files of a report that somebody asked for."""
    run = making.make_report(UUID(arguments["run_id"]), actor=current_actor(), progress=progress)
    return {"files": len(run.formats)}


def _mail_failed(arguments: dict[str, str], code: str, message: object) -> None:
    deliveries.give_up(UUID(arguments["delivery_id"]), actor=current_actor())


@job(deliveries.DELIVERY_JOB, on_failure=_mail_failed)
def deliver(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Claim one mail; it is sent when the claim is committed."""
    actor = current_actor()
    parcel = deliveries.claim(UUID(arguments["delivery_id"]), actor=actor)
    if parcel is None:
        return {"claimed": False}

    def send() -> None:  # no partial: what logs a failure asks for its name
        deliveries.post(parcel, actor=actor)

    transaction.on_commit(send, robust=True)
    return {"claimed": True}


@due(deliveries.DELIVERY_DUE)
def look_after_delivery(actor: Actor, key: str, due_at: datetime) -> datetime | None:
    """Try a mail again whose time has come, or call a lost one unclear."""
    wait = deliveries.look_after(UUID(key), actor=actor)
    return None if wait is None else timezone.now() + wait


@due(schedules.SCHEDULE_DUE)
def run_due_schedule(actor: Actor, key: str, due_at: datetime) -> datetime | None:
    """Start the run of a schedule."""
    return schedules.run_schedule(UUID(key), actor=actor)
