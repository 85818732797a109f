"""Do queued jobs as a worker does: outside the scope of whoever asked, in the test's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from registry import jobs
from registry.enums import JobState
from registry.models import Job
from registry.tenancy.context import Actor, open_scope
from registry.tenancy.database import apply_scope
from registry.tenancy.scope import tenant_scope


@contextmanager
def as_worker() -> Iterator[None]:
    """Stand outside every scope for a moment, as another process does."""
    former = open_scope.state
    open_scope.state = None
    try:
        yield
    finally:
        open_scope.state = former
        if former is not None:
            apply_scope(former.actor)


def do_job(actor: Actor, job_id: UUID) -> JobState | None:
    """Do one job of the actor's county."""
    with as_worker():
        return jobs.run(actor.tenant_id, job_id)


def do_jobs(actor: Actor, *kinds: str) -> int:
    """Do every queued job of the actor's county (of some kinds), and those they queue; give how many were done."""
    done = 0
    while (job_id := _next_job(actor, kinds)) is not None:
        do_job(actor, job_id)
        done += 1
    return done


def _next_job(actor: Actor, kinds: tuple[str, ...]) -> UUID | None:
    with as_worker(), tenant_scope(actor):
        rows = Job.objects.filter(state=JobState.QUEUED)
        return (rows.filter(kind__in=kinds) if kinds else rows).order_by("id").values_list("id", flat=True).first()
