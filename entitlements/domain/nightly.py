"""When the policies are asked: each night after the rules, and when the office wants it."""

from datetime import datetime, time
from typing import Final

from django.utils import timezone

from registry.access import require
from registry.enums import JobState
from registry.jobs import enqueue, start_due
from registry.lib.periods import next_at
from registry.models import Job
from registry.tenancy.context import Actor, current_actor
from registry.tenancy.models import new_id

RUN_JOB: Final = "entitlements.run"
NIGHT_DUE: Final = "entitlements.night"
# A house rule: after the rules of data quality, before the first clerk.
NIGHT: Final = time(4, 15)


def next_night(now: datetime) -> datetime:
    """Give the next moment at which the policies are asked by themselves."""
    return next_at(now, NIGHT)


def ask_for_run(key: str, *, actor: Actor) -> Job:
    """Queue a run over the county; the same key gives the same run."""
    return enqueue(RUN_JOB, key=key, arguments={}, actor=actor)


def ask_run_by_hand(*, actor: Actor) -> Job:
    """Queue a run because somebody wants it now; one that waits or is under way is given instead of another.

    Raises: NotAllowed.
    """
    require(actor, "entitlements.ask_run")
    begin_nights()
    waiting = Job.objects.filter(kind=RUN_JOB, state__in=[JobState.QUEUED, JobState.RUNNING]).first()
    return waiting or ask_for_run(f"hand:{new_id()}", actor=actor)


def begin_nights() -> None:
    """Let the nights of the county in scope begin; where they have begun they stay.

    Called by the night of the rules of data quality, which each county has that has households.
    """
    start_due(current_actor().tenant_id, NIGHT_DUE, "", next_night(timezone.now()))
