"""When the rules are run: each night, soon after a roster, and when the county office wants it."""

from datetime import datetime, time
from typing import Final

from django.utils import timezone

from registry.access import require
from registry.enums import JobState
from registry.jobs import enqueue, start_due
from registry.lib.gbcode import subtree
from registry.lib.periods import next_at
from registry.models import AuditEvent, Job
from registry.tenancy.context import Actor, current_actor, system_actor
from registry.tenancy.models import new_id

RUN_JOB: Final = "quality.run_rules"
NIGHT_DUE: Final = "quality.night"
# A house rule: after midnight and before the first clerk.
NIGHT: Final = time(2, 30)


def next_night(now: datetime) -> datetime:
    """Give the next moment at which the rules are run by themselves."""
    return next_at(now, NIGHT)


def run_soon(event: AuditEvent) -> None:
    """Run the rules over the county once this transaction is on record, and each night.

    Over the whole county also after a township's roster: rules that compare households would else close what they
    found beyond the township.
    """
    actor = current_actor()
    start_due(actor.tenant_id, NIGHT_DUE, "", next_night(timezone.now()))
    if event.verb == "exchange.apply_roster":
        whole = system_actor(actor.tenant_id, actor.tenant_code, (subtree(actor.tenant_code),), origin=actor.origin)
        ask_for_run(f"event:{event.id}", actor=whole)


def ask_for_run(key: str, *, actor: Actor) -> Job:
    """Queue a run of all rules; the same key gives the same run."""
    return enqueue(RUN_JOB, key=key, arguments={}, actor=actor)


def ask_run_by_hand(*, actor: Actor) -> Job:
    """Queue a run because somebody wants it now; one that waits or is under way is given instead of another.

    Raises: NotAllowed.
    """
    require(actor, "quality.run")
    start_due(actor.tenant_id, NIGHT_DUE, "", next_night(timezone.now()))
    waiting = Job.objects.filter(kind=RUN_JOB, state__in=[JobState.QUEUED, JobState.RUNNING]).first()
    return waiting or ask_for_run(f"hand:{new_id()}", actor=actor)
