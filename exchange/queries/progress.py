"""How far the check or the application of a roster is."""

from dataclasses import dataclass

from exchange.enums import BatchState
from exchange.models import ImportBatch
from registry.models import Job

_JOBS = {
    BatchState.UPLOADED: "exchange.check_batch",
    BatchState.CHECKING: "exchange.check_batch",
    BatchState.APPLYING: "exchange.apply_batch",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """The rows that were read, and whether a worker is at it."""

    rows: int
    state: str


def progress_of(batch: ImportBatch) -> Progress | None:
    """Give the progress of the roster's present job, or None when nothing runs."""
    kind = _JOBS.get(BatchState(batch.state))
    job = Job.objects.filter(kind=kind, key=str(batch.pk)).first() if kind else None
    return Progress(job.progress_done, job.state) if job else None
