"""The files of catalogue runs, and how far runs are."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from registry.enums import JobState
from registry.models import Job
from reports.enums import RunState
from reports.models import ReportRun, RunFile
from reports.queries.runs import RUN_JOB, RunProgress

REPORT_JOB = "reports.report"
MOST_SHOWN = 60


def files_of(runs: Sequence[ReportRun]) -> dict[UUID, list[RunFile]]:
    """Give the files of runs with their documents, by one query."""
    found: dict[UUID, list[RunFile]] = {run.pk: [] for run in runs}
    for file in RunFile.objects.filter(run__in=[run.pk for run in runs]).select_related("document").order_by("format"):
        found[file.run_id].append(file)
    return found


def same_waiting_run(run: ReportRun) -> ReportRun | None:
    """Give the run that the same person asked for in the same words by hand, and that nobody has begun to make yet."""
    if run.schedule is not None:
        return None
    asked = {name: getattr(run, name) for name in _ASKED}
    rows = ReportRun.objects.filter(schedule=None, state=RunState.QUEUED, **asked).order_by("created_at")
    waiting = list(rows)
    found = zip(waiting, report_progress(waiting), strict=True)
    return next((one for one, progress in found if progress.state == RunState.QUEUED), None)


_ASKED: Final = (
    "report_id", "asked_by_id", "role", "period_id", "snapshot_id", "as_of", "known_at", "area_code", "household_id",
    "options", "formats", "language",
)  # fmt: skip


def report_progress(runs: Sequence[ReportRun]) -> list[RunProgress]:
    """Say how far runs are, by one query; only those that wait have a job to ask for."""
    keys = [str(run.pk) for run in runs if run.state == RunState.QUEUED]
    kinds = [REPORT_JOB, RUN_JOB]
    jobs = {job.key: job for job in Job.objects.filter(kind__in=kinds, key__in=keys, state=JobState.RUNNING)}
    return [_progress(run, jobs.get(str(run.pk))) for run in runs]


def _progress(run: ReportRun, job: Job | None) -> RunProgress:
    if job is None:
        return RunProgress(run.state, 0, 0)
    return RunProgress(RunState.RUNNING, job.progress_done, job.progress_total)
