"""Runs of the report: asked for, made, and failed."""

from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.documents import read_document, store_document
from registry.jobs import Progress, enqueue
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.lib.gbcode import subtree
from registry.lib.periods import Month
from registry.models import PublishedFigure
from registry.tenancy.context import Actor
from reports.definitions.account import STOCK_BY_NAME, STOCKS
from reports.definitions.catalogue import REPORTS
from reports.definitions.figures import Count, Figures, checksum, to_json
from reports.definitions.totals import Totals, filed_totals, totals_of
from reports.domain.compiling import compile_figures
from reports.domain.deliveries import fail_recipients, queue_mails
from reports.enums import RunState
from reports.models import ReportRun, ReportSchedule
from reports.queries.runs import RUN_JOB
from reports.renderers.mail import workbook_name
from reports.renderers.workbook import MEDIA_TYPE, render_workbook
from reports.workflow import RUN_STEPS, before

_STEPS: Final = 4
_LOCK_KIND: Final = 0x52657074  # "Rept": names the lock among those of other subjects


def start_run(report_id: str, month: Month, *, actor: Actor, schedule: ReportSchedule | None = None) -> ReportRun:
    """Queue a run of the report for a month of the actor's whole county.

    Raises: NotAllowed without the right or the whole county; DomainError `report.unknown`, `report.month_not_ended`.
    """
    require(actor, "reports.run")
    require_whole_county(actor)
    if report_id not in REPORTS:
        raise DomainError("report.unknown", _("There is no such report. Choose one of the list."), field="report")
    if not month.has_ended():
        raise DomainError(
            "report.month_not_ended",
            _("%(month)s has not ended yet. Choose a month that is over; its last figures come after its last day.")
            % {"month": str(month)},
            field="month",
        )
    same = {"report_id": report_id, "month": month.first_day, "schedule": None, "asked_by_id": actor.user_id}
    waiting = ReportRun.objects.filter(**same, state=RunState.QUEUED).first() if schedule is None else None
    if waiting is not None:
        return waiting
    run = ReportRun(
        report_id=report_id,
        month=month.first_day,
        schedule=schedule,
        asked_by_id=actor.user_id,
        scope_code=actor.tenant_code,
    )
    run.save()
    enqueue(RUN_JOB, key=str(run.pk), arguments={"run_id": str(run.pk)}, actor=actor)
    audit.record("reports.start_run", run, actor=actor, changes={"month": (None, str(month))})
    return run


def require_whole_county(actor: Actor) -> None:
    """Refuse whoever covers a part of the county: a report of a part would be taken for the whole.

    Raises: NotAllowed.
    """
    county = subtree(actor.tenant_code)
    if not any(code_range.includes(county) for code_range in actor.ranges):
        raise NotAllowed(
            "report.not_whole_county",
            _("A report covers the whole county, and your role covers a part of it. Ask the county office."),
        )


def make_run(run_id: UUID, *, actor: Actor, progress: Progress) -> ReportRun:
    """Make a queued run: compile and check the figures, freeze them, write the workbook, publish, queue the mails.

    All in the transaction of the caller. One report of a county is made at a time, so that a later edition never shows
    earlier figures. Locks: the run. Raises: AccountDoesNotClose with the differences.
    """
    _wait_for_turn(actor)
    run = _take(run_id)
    progress.report(1, _STEPS)
    figures = compile_figures(Month.of(run.month), actor=actor)
    progress.report(2, _STEPS)
    _freeze(run, figures, actor=actor)
    progress.report(3, _STEPS)
    _publish(run, figures, actor=actor)
    audit.record("reports.finish_run", run, actor=actor, changes={"state": (RunState.RUNNING, RunState.FINISHED)})
    if run.schedule is not None:
        queue_mails(run, run.schedule, actor=actor)
    progress.report(_STEPS, _STEPS)
    return run


def _wait_for_turn(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_KIND, actor.tenant_id])


def _take(run_id: UUID) -> ReportRun:
    run = ReportRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise NotFound("report.no_such_run", _("There is no such run of a report."))
    if run.state not in before(RUN_STEPS, RunState.RUNNING):
        raise DomainError("report.already_made", _("This run was made before. Start another one."))
    run.state = RunState.RUNNING
    run.started_at = timezone.now()
    run.save(update_fields=["state", "started_at"])
    return run


def _freeze(run: ReportRun, figures: Figures, *, actor: Actor) -> None:
    """Keep figures, digest, workbook and edition; from now on the run says the same for ever."""
    plain = to_json(figures)
    run.workbook = store_document(
        render_workbook(figures),
        name=workbook_name(figures, "zh-hans"),
        media_type=MEDIA_TYPE,
        kind="report",
        actor=actor,
        scope_code=actor.tenant_code,
    )
    run.figures, run.digest = plain, checksum(plain)
    run.edition = _next_edition(run)
    run.state, run.finished_at = RunState.FINISHED, timezone.now()
    run.save(update_fields=["workbook", "figures", "digest", "edition", "state", "finished_at"])


def _next_edition(run: ReportRun) -> int:
    """Count the finished runs of the month."""
    same = ReportRun.objects.filter(report_id=run.report_id, month=run.month)
    return int(same.aggregate(last=Max("edition"))["last"] or 0) + 1


def _publish(run: ReportRun, figures: Figures, *, actor: Actor) -> None:
    """Give those above the county its totals, and nothing else."""
    totals_only = published_totals(figures)
    PublishedFigure.objects.bulk_create(
        [
            PublishedFigure(
                tenant_id=actor.tenant_id,
                report=run.report_id,
                month=run.month,
                edition=run.edition or 1,
                figures=totals_only,
                digest=checksum(totals_only),
            )
        ]
    )


def published_totals(figures: Figures) -> dict[str, Any]:
    """Give the county's own lines: opening, in and out by kind, closing; for filed households as a whole too."""
    return {
        "format": 1,
        "as_of": figures.as_of.isoformat(),
        "filed": _totals(filed_totals(figures, figures.county.code)),
        "stocks": {definition.stock: _stock_totals(figures, definition.stock) for definition in STOCKS},
    }


def _stock_totals(figures: Figures, stock: str) -> dict[str, Any]:
    definition, line = STOCK_BY_NAME[stock], figures.county_line(stock)
    flows = zip(definition.columns, line.flows, strict=True)
    kinds = {f"{column.kind}_{column.direction}": _plain(flow) for column, flow in flows if flow != Count()}
    return {**_totals(totals_of(definition, line)), "flows": kinds}


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "opening": _plain(totals.opening),
        "in": _plain(totals.came),
        "out": _plain(totals.went),
        "closing": _plain(totals.closing),
    }


def _plain(count: Count) -> dict[str, int]:
    return {"households": count.households, "persons": count.persons}


def fail_run(run_id: UUID, code: str, message: object, *, actor: Actor) -> None:
    """Note why a run could not be made; its recipients are listed as not sent, so that nobody waits in silence."""
    run = ReportRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None or run.state not in before(RUN_STEPS, RunState.FAILED):
        return
    run.state, run.error_code, run.error = RunState.FAILED, code, message
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "error_code", "error", "finished_at"])
    audit.record("reports.fail_run", run, actor=actor, changes={"error_code": ("", code)})
    if run.schedule is not None:
        fail_recipients(run, run.schedule, actor=actor)


def find_run(run_id: UUID, *, actor: Actor) -> ReportRun:
    """Give a run of the actor's county. Raises: NotAllowed; NotFound, whether it is unknown or out of reach."""
    require(actor, "reports.view")
    rows = ReportRun.objects.select_related("workbook", "asked_by", "schedule")
    run = rows.filter(pk=run_id, report_id__in=list(REPORTS)).first()
    if run is None:
        raise NotFound("report.no_such_run", _("There is no such run of a report."))
    return run


def workbook_of(run: ReportRun, *, actor: Actor) -> tuple[str, bytes]:
    """Give name and content of a finished run's workbook; the download is audited.

    Raises: NotAllowed; NotFound for a run without one.
    """
    require(actor, "reports.view")
    if run.workbook is None:
        raise NotFound("report.no_workbook", _("This run has no workbook. Start another one."))
    content = read_document(run.workbook, actor=actor)
    audit.record("reports.download_workbook", run, actor=actor)
    return run.workbook.name, content
