"""Runs and their mails, for pages, the API and the next report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from periods.models import Period
from registry.enums import JobState
from registry.lib.errors import DomainError, NotFound
from registry.models import Job
from reports.definitions.account import REPORT_ID
from reports.definitions.figures import Figures, checksum, from_json
from reports.enums import DeliveryState, RunState
from reports.models import Delivery, ReportRun

RUN_JOB = "reports.run"
MOST_SHOWN = 60
# The months of a trend, with its last one.
MONTHS_OF_TREND = 12


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is, by its job."""

    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How many of a run's recipients stand where.

    Once nothing is open, sent + unclear + failed are all of them, but for those that came back after they were sent.
    """

    recipients: int
    open: int
    sent: int
    unclear: int
    failed: int
    bounced: int = 0


def accounts() -> "QuerySet[ReportRun]":
    """Give the runs that keep the figures of a period: those of the clear account, but for its accounts of a day."""
    return ReportRun.objects.filter(report_id=REPORT_ID, formats=[])


def runs() -> "QuerySet[ReportRun]":
    """Give the runs of the county's clear account without their figures, the newest first."""
    rows = accounts().select_related("asked_by", "workbook", "period")
    return rows.defer("figures").order_by("-created_at", "-id")


def latest_runs() -> "QuerySet[ReportRun]":
    """Give the latest runs for the page."""
    return runs()[:MOST_SHOWN]


def run_of_picture(report_id: str, period: Period) -> ReportRun | None:
    """Give the first finished run of a period's account in its present edition; None while the period is open."""
    if period.snapshot_id is None:
        return None
    rows = ReportRun.objects.filter(report_id=report_id, period=period, snapshot_id=period.snapshot_id)
    return rows.filter(state=RunState.FINISHED).select_related("workbook").order_by("created_at", "id").first()


def account_of_picture(report_id: str, period_id: UUID, snapshot_id: UUID | None) -> ReportRun | None:
    """Give the first finished run that keeps the figures of a period in the edition of a picture."""
    rows = accounts().filter(report_id=report_id, period_id=period_id, snapshot_id=snapshot_id)
    return rows.filter(state=RunState.FINISHED).order_by("created_at", "id").first()


def waiting_run(report_id: str, period: Period, *, asked_by: UUID | None) -> ReportRun | None:
    """Give the run that somebody asked for by hand and that still waits."""
    rows = ReportRun.objects.filter(report_id=report_id, period=period, schedule=None, asked_by_id=asked_by)
    return rows.filter(state=RunState.QUEUED).first()


def waiting_runs() -> list[ReportRun]:
    """Give the runs of the account that wait, by the last day of their period: the order in which they are made."""
    rows = accounts().filter(state=RunState.QUEUED, period__isnull=False)
    return list(rows.select_related("period", "schedule").order_by("period__last_day", "created_at", "id"))


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


def former_accounts(run: ReportRun) -> list[Figures]:
    """Give the accounts of the months before that of a run, a year with it at most, the earliest first.

    Of each month the latest edition counts. The account of another kind of period has none.
    """
    if run.month is None:
        return []
    rows = ReportRun.objects.filter(report_id=run.report_id, state=RunState.FINISHED, month__lt=run.month)
    latest = rows.order_by("-month", "-edition", "-created_at", "-id").distinct("month")[: MONTHS_OF_TREND - 1]
    return [figures_of(former) for former in reversed(list(latest)) if former.figures is not None]


def deliveries_of(run_id: UUID) -> "QuerySet[Delivery]":
    """Give the mails of a run with their recipients, by name."""
    return (
        Delivery.objects.filter(run_id=run_id)
        .select_related("recipient", "outside")
        .order_by("recipient__username", "outside__name")
    )


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
        bounced=by_state.get(DeliveryState.BOUNCED, 0),
    )
