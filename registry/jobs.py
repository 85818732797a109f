"""Background jobs and due work.

A job is a row: its effects and the mark "done" are committed together, so that a job delivered twice works once. The
broker only wakes a worker; `DueWork` remembers what must happen even when the broker or a worker is lost. Arguments and
results hold ids and counts, never a person's data.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError as BrokerError

from registry.enums import JobState
from registry.lib.errors import DomainError, NotAllowed
from registry.models import DueWork, Job, Tenant
from registry.queries.people import posts_of
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope

log = structlog.get_logger(__name__)

MOST_ATTEMPTS: Final = 5
CLAIM_AT_ONCE: Final = 200
LEASE: Final = timedelta(minutes=5)
JOB_KIND: Final = "registry.job"
_BROKE_OFF: Final = _("The work broke off; nothing of it was kept. The operator finds the cause in the log.")
_LOST: Final = _("The work was interrupted again and again and is not tried any more. Tell the operator.")


class Progress:
    """What a running job tells of itself; written by its heartbeat, so that the job's own transaction stays one."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0

    def report(self, done: int, total: int) -> None:
        """Say how far the job is, in units of its own (rows, households, mails)."""
        self.done, self.total = done, total


class JobFunction(Protocol):
    """The work of one kind of job, run inside the scope of the person who asked for it."""

    def __call__(self, progress: Progress, **arguments: str) -> dict[str, Any] | None:
        """Do the work; the result holds ids and counts."""


class FirstFunction(Protocol):
    """What a kind of job does before its own transaction, in scopes that it opens itself."""

    def __call__(self, actor: Actor, progress: Progress, **arguments: str) -> None:
        """Do the first part; done twice it has the effects of once."""


FailureFunction = Callable[[dict[str, str], str, object], None]
DueFunction = Callable[[Actor, str, datetime], datetime | None]


@dataclass(frozen=True, slots=True)
class _Kind:
    function: JobFunction
    on_failure: FailureFunction | None
    before: FirstFunction | None


_kinds: dict[str, _Kind] = {}
_due_kinds: dict[str, DueFunction] = {}


def job(
    kind: str, *, on_failure: FailureFunction | None = None, before: FirstFunction | None = None
) -> Callable[[JobFunction], JobFunction]:
    """Register the function of a kind of job.

    `on_failure(arguments, code, message)` runs in a scope of automatic work after the job's own transaction was undone,
    and is committed together with the failure. `before(actor, progress, **arguments)` is the first part of a job whose
    work asks for a transaction of another kind; a worker lost after it is followed by one that calls it again.
    """

    def register(function: JobFunction) -> JobFunction:
        _kinds[kind] = _Kind(function, on_failure, before)
        return function

    return register


def due(kind: str) -> Callable[[DueFunction], DueFunction]:
    """Register what is done with due work of a kind: `handler(actor, key, due_at)` in the scope of the county.

    It gives the next moment that it wants to be called for this key, or None when it is finished.
    """

    def register(function: DueFunction) -> DueFunction:
        _due_kinds[kind] = function
        return function

    return register


def job_kinds() -> list[str]:
    """Name every kind of job, for the documentation's test."""
    return sorted(_kinds)


def due_kinds() -> list[str]:
    """Name every kind of due work, for the documentation's test."""
    return sorted(_due_kinds)


def enqueue(kind: str, *, key: str, arguments: dict[str, str], actor: Actor) -> Job:
    """Queue a job in the actor's tenant and name; the same kind and key give the same job again.

    Raises: KeyError for an unknown kind (a programming error).
    """
    if kind not in _kinds:
        raise KeyError(kind)
    draft = Job(kind=kind, key=key, arguments=arguments, actor=actor.to_json(), scope_code=actor.tenant_code)
    Job.objects.bulk_create([draft], ignore_conflicts=True)
    row = Job.objects.get(kind=kind, key=key)
    if row.id == draft.id:
        schedule_due(actor.tenant_id, JOB_KIND, str(row.id), timezone.now() + _lost_after())
        _wake_after_commit(actor.tenant_id, row.id)
    return row


def schedule_due(tenant_id: int, kind: str, key: str, due_at: datetime) -> None:
    """Note that work is due at a moment; the same tenant, kind and key move to the new moment."""
    DueWork.objects.bulk_create(
        [DueWork(tenant_id=tenant_id, kind=kind, key=key, due_at=due_at)],
        update_conflicts=True,
        unique_fields=["tenant", "kind", "key"],
        update_fields=["due_at"],
    )


def start_due(tenant_id: int, kind: str, key: str, due_at: datetime) -> None:
    """Note work that comes back by itself; where it is noted already, it stays as it is."""
    DueWork.objects.bulk_create(
        [DueWork(tenant_id=tenant_id, kind=kind, key=key, due_at=due_at)], ignore_conflicts=True
    )


def cancel_due(tenant_id: int, kind: str, key: str) -> None:
    """Forget due work."""
    DueWork.objects.filter(tenant_id=tenant_id, kind=kind, key=key).delete()


def _lost_after() -> timedelta:
    return timedelta(seconds=settings.JOB_LOST_SECONDS)


def _wake_after_commit(tenant_id: int, job_id: UUID) -> None:
    """Wake a worker once the job is on record; robust, since the work is on record whatever becomes of the message."""
    transaction.on_commit(lambda: _wake(tenant_id, job_id), robust=True)


def _wake(tenant_id: int, job_id: UUID) -> None:
    """Send the job to a worker; without a broker the tick finds it when it is due."""
    try:
        current_app.tasks["registry.run_job"].delay(tenant_id, str(job_id))
    except (BrokerError, OSError) as error:
        log.warning("job_not_sent", tenant=tenant_id, job=str(job_id), kind=type(error).__name__)


# --- running ----------------------------------------------------------------------------------------------------------
def run(tenant_id: int, job_id: UUID) -> JobState | None:
    """Run one job to its end; give its state, or None when another worker has it or had it."""
    service = county_actor(Tenant.objects.get(pk=tenant_id), origin=JOB_KIND)
    row = _claim(service, job_id)
    if row is None:
        return None
    try:
        with _heartbeat(service, row) as progress:
            _work(row, progress)
    except DomainError as error:
        _fail(service, row, error.code, error.message)
        return JobState.FAILED
    except (OperationalError, InterfaceError):
        _put_back(service, row)
        raise
    except Exception:
        _fail(service, row, "job.internal", _BROKE_OFF)
        raise
    return JobState.DONE


def _work(row: Job, progress: Progress) -> None:
    """Do the first part of a job, where its kind has one, and then the job with its mark "done" in one transaction."""
    actor, kind = _actor_of(row), _kinds[row.kind]
    if kind.before is not None:
        kind.before(actor, progress, **row.arguments)
    with tenant_scope(actor):
        result = kind.function(progress, **row.arguments) or {}
        _finish(row, result=result, progress=progress)


def _actor_of(row: Job) -> Actor:
    """Give the actor in whose name the job runs, with the rights of today and not of the day it was queued.

    Raises: NotAllowed when the person no longer works there.
    """
    asked = Actor.from_json(row.actor, origin=f"job:{row.kind}")
    if asked.user_id is None:
        return asked
    for post in posts_of(asked.user_id):
        if (post.tenant_id, post.role, post.sector) == (asked.tenant_id, asked.role, asked.sector):
            return post.actor(user_id=asked.user_id, username=asked.username, origin=asked.origin)
    raise NotAllowed("job.no_membership", _("Who asked for this no longer has that role here, so it was not done."))


def _claim(service: Actor, job_id: UUID) -> Job | None:
    """Take the job unless somebody alive has it; a job lost too often fails.

    A kind that this worker does not know is left to a newer one.
    """
    now = timezone.now()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=now - _lost_after())
    with tenant_scope(service):
        taken = Job.objects.filter(free, pk=job_id, kind__in=list(_kinds)).update(
            state=JobState.RUNNING, attempts=F("attempts") + 1, started_at=now, heartbeat_at=now
        )
        if not taken:
            return None
        schedule_due(service.tenant_id, JOB_KIND, str(job_id), now + _lost_after())
        row = Job.objects.get(pk=job_id)
    if row.attempts > MOST_ATTEMPTS:
        _fail(service, row, "job.lost", _LOST)
        return None
    return row


@contextmanager
def _heartbeat(actor: Actor, row: Job) -> Iterator[Progress]:
    """Show from a thread and a connection of its own that the job lives, and how far it is."""
    progress, ended = Progress(), threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(settings.JOB_LOST_SECONDS / 10):
                _show_life(actor, row, progress)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{row.pk}", daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        ended.set()
        thread.join()


def _show_life(actor: Actor, row: Job, progress: Progress) -> None:
    now = timezone.now()
    try:
        with tenant_scope(actor):
            mine = Job.objects.filter(pk=row.pk, state=JobState.RUNNING, attempts=row.attempts)
            if mine.update(heartbeat_at=now, progress_done=progress.done, progress_total=progress.total):
                schedule_due(actor.tenant_id, JOB_KIND, str(row.pk), now + _lost_after())
    except (OperationalError, InterfaceError):
        log.warning("heartbeat_missed", job=str(row.pk))
        connection.close()


def _finish(row: Job, *, result: dict[str, Any], progress: Progress) -> None:
    """Mark the job in the transaction of its effects, unless it was taken for lost and given to another worker."""
    done = Job.objects.filter(pk=row.pk, state=JobState.RUNNING, attempts=row.attempts).update(
        state=JobState.DONE,
        result=result,
        finished_at=timezone.now(),
        progress_done=progress.total or progress.done,
        progress_total=progress.total,
    )
    if not done:
        raise DomainError("job.taken_over", _("Another worker took the work over; this run was undone."))
    cancel_due(row.tenant_id, JOB_KIND, str(row.pk))


def _fail(service: Actor, row: Job, code: str, message: object) -> None:
    """Keep the reason, and with it what the kind does about it; the job's own effects are undone already.

    A fault in what the kind does leaves the job failed all the same, and is raised.
    """
    log.warning("job_failed", kind=row.kind, job=str(row.pk), code=code)
    fault: Exception | None = None
    with tenant_scope(service):
        failed = Job.objects.filter(pk=row.pk, state=JobState.RUNNING, attempts=row.attempts).update(
            state=JobState.FAILED, error_code=code[:100], error=message, finished_at=timezone.now()
        )
        if not failed:
            return
        cancel_due(row.tenant_id, JOB_KIND, str(row.pk))
        on_failure = _kinds[row.kind].on_failure
        if on_failure is not None:
            try:
                with savepoint():
                    on_failure(row.arguments, code, message)
            except Exception as error:
                log.exception("job_failure_unanswered", kind=row.kind, job=str(row.pk))
                fault = error
    if fault is not None:
        raise fault


def _put_back(actor: Actor, row: Job) -> None:
    """Queue a job again that a fault of the database interrupted (deadlock, lost connection)."""
    with tenant_scope(actor):
        Job.objects.filter(pk=row.pk, state=JobState.RUNNING, attempts=row.attempts).update(state=JobState.QUEUED)
        schedule_due(actor.tenant_id, JOB_KIND, str(row.pk), timezone.now() + timedelta(seconds=5))


@due(JOB_KIND)
def wake_lost_job(actor: Actor, key: str, due_at: datetime) -> datetime | None:
    """Send a job again that no worker has finished in time; look again after the usual while."""
    row = Job.objects.filter(pk=key).first()
    if row is None or row.state in {JobState.DONE, JobState.FAILED}:
        return None
    _wake_after_commit(actor.tenant_id, row.id)
    return timezone.now() + _lost_after()


# --- due work ---------------------------------------------------------------------------------------------------------
def tick() -> int:
    """Do what is due; give the number of pieces. Many may run at once: each piece is claimed by one of them.

    A handler is short, far shorter than the lease: long work is a job.
    """
    waiting = DueWork.objects.filter(due_at__lte=timezone.now(), tenant__is_active=True, kind__in=list(_due_kinds))
    pieces = waiting.select_related("tenant").order_by("due_at")[:CLAIM_AT_ONCE]
    failures: list[Exception] = []
    done = sum(_do_due(piece, failures) for piece in pieces)
    if failures:
        raise ExceptionGroup("due work failed and waits for its lease", failures)
    return done


def _do_due(piece: DueWork, failures: list[Exception]) -> bool:
    """Claim one piece by moving its moment; do it; forget it or move it on. A fault leaves it for after the lease."""
    lease = timezone.now() + LEASE
    if not _claim_due(piece, lease):
        return False
    try:
        with tenant_scope(county_actor(piece.tenant, origin=f"due:{piece.kind}")) as actor:
            after = _due_kinds[piece.kind](actor, piece.key, piece.due_at)
            mine = DueWork.objects.filter(pk=piece.pk, due_at=lease)
            if after is None:
                mine.delete()
            else:
                mine.update(due_at=after)
    except Exception as error:
        log.exception("due_work_failed", kind=piece.kind, tenant=piece.tenant_id)
        failures.append(error)
    return True


def _claim_due(piece: DueWork, lease: datetime) -> bool:
    """Move the moment of one piece if nobody else did or is doing so; a piece that is locked is somebody else's."""
    table = DueWork._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET due_at = %s WHERE id ='  # noqa: S608  (our own table)
            f' (SELECT id FROM "{table}" WHERE id = %s AND due_at = %s FOR UPDATE SKIP LOCKED)',
            [lease, piece.pk, piece.due_at],
        )
        return bool(cursor.rowcount)
