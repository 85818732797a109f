"""The two tasks that Celery knows: run a job, and look for due work."""

from uuid import UUID

from celery import shared_task

from registry import jobs


@shared_task(name="registry.run_job")
def run_job(tenant_id: int, job_id: str) -> None:
    """Run one job; its row says what came of it."""
    jobs.run(tenant_id, UUID(job_id))


@shared_task(name="registry.tick")
def tick() -> None:
    """Do what is due, for every tenant, each in its own scope."""
    jobs.tick()
