"""The two tasks that Celery knows: run a job, and look for due work; and the kernel's own due work."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from registry import jobs
from registry.domain.tallies import NIGHT_DUE, count_all, next_night
from registry.tenancy.context import Actor


@shared_task(name="registry.run_job")
def run_job(tenant_id: int, job_id: str) -> None:
    """Run one job; its row says what came of it."""
    jobs.run(tenant_id, UUID(job_id))


@shared_task(name="registry.tick")
def tick() -> None:
    """Do what is due, for every tenant, each in its own scope."""
    jobs.tick()


@jobs.due(NIGHT_DUE)
def count_at_night(actor: Actor, key: str, due_at: datetime) -> datetime:
    """Count what the boards show for the day that has begun, and come back the next night."""
    count_all()
    return next_night(timezone.now())
