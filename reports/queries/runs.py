"""Runs and their mails, for pages, the API and the next report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.enums import JobState
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import Month
from registry.models import Job
from reports.definitions.catalogue import REPORTS
from reports.definitions.figures import Figures, checksum, from_json
from reports.enums import DeliveryState, RunState
from reports.models import Delivery, ReportRun

RUN_JOB = "reports.run"
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is, by its job."""

    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How many of a run's recipients stand where; once nothing is open, sent + unclear + failed are all of them."""

    recipients: int
    open: int
    sent: int
    unclear: int
    failed: int


def runs() -> "QuerySet[ReportRun]":
    """Give the runs of the county's clear account without their figures, the newest first."""
    rows = ReportRun.objects.filter(report_id__in=list(REPORTS)).select_related("asked_by", "workbook")
    return rows.defer("figures").order_by("-created_at", "-id")


def latest_runs() -> "QuerySet[ReportRun]":
    """Give the latest runs for the page."""
    return runs()[:MOST_SHOWN]


def last_finished_figures(report_id: str, month: Month) -> Mapping[str, Any] | None:
    """Give the figures that were last reported for a month."""
    rows = ReportRun.objects.filter(report_id=report_id, month=month.first_day, state=RunState.FINISHED)
    return rows.order_by("-edition").values_list("figures", flat=True).first()


def figures_of(run: ReportRun) -> Figures:
    """Give the frozen figures of a finished run, checked against their digest.

    Raises: NotFound for a run without figures; DomainError `report.figures_damaged`.
    """
    if run.figures is None:
        raise NotFound("report.no_figures", _("This run has no figures. Start another one."))
    if checksum(run.figures) != run.digest:
        raise DomainError("report.figures_damaged", _("The kept figures were changed. Tell the system administrator."))
    return from_json(run.figures)


def progress_of(run: ReportRun) -> RunProgress:
    """Say how far a run is. While its job works, the run's own row still says "waiting": both end together."""
    return progress_of_all([run])[0]


def progress_of_all(shown: Sequence[ReportRun]) -> list[RunProgress]:
    """Say how far runs are, by one query; only those that wait have a job to ask for."""
    keys = [str(run.pk) for run in shown if run.state == RunState.QUEUED]
    jobs = {job.key: job for job in Job.objects.filter(kind=RUN_JOB, key__in=keys, state=JobState.RUNNING)}
    return [_progress(run, jobs.get(str(run.pk))) for run in shown]


def _progress(run: ReportRun, job: Job | None) -> RunProgress:
    if job is None:
        return RunProgress(run.state, 0, 0)
    return RunProgress(RunState.RUNNING, job.progress_done, job.progress_total)


def deliveries_of(run_id: UUID) -> "QuerySet[Delivery]":
    """Give the mails of a run with their recipients, by name."""
    return Delivery.objects.filter(run_id=run_id).select_related("recipient").order_by("recipient__username")


def mail_counts(run_id: UUID) -> MailCounts:
    """Count the mails of a run by where they stand."""
    rows = Delivery.objects.filter(run_id=run_id).order_by().values_list("state").annotate(number=Count("id"))
    return counts_of(dict(rows))


def counts_of(by_state: Mapping[str, int]) -> MailCounts:
    """Sum up mails by state."""
    return MailCounts(
        recipients=sum(by_state.values()),
        open=by_state.get(DeliveryState.PENDING, 0) + by_state.get(DeliveryState.SENDING, 0),
        sent=by_state.get(DeliveryState.SENT, 0),
        unclear=by_state.get(DeliveryState.UNCLEAR, 0),
        failed=by_state.get(DeliveryState.FAILED, 0),
    )
