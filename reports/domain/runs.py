"""Runs of the report: asked for, made, and failed."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from periods.definitions.calendar import UNIONS
from periods.domain.freezes import month_to_freeze
from periods.domain.periods import month_of
from periods.enums import PeriodKind
from periods.models import Period
from periods.queries.gaps import require_short_gap
from periods.queries.periods import find_period, month_period
from periods.workflow import FIXED
from registry import audit
from registry.access import require
from registry.domain.documents import read_document, store_document
from registry.jobs import Progress
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import Month, today
from registry.models import PublishedFigure
from registry.tenancy.context import Actor
from reports.definitions.account import REPORT_ID, STOCK_BY_NAME, STOCKS, StockDefinition
from reports.definitions.figures import Count, Figures, checksum, to_json
from reports.definitions.totals import Totals, filed_totals, totals_of
from reports.domain.deliveries import queue_mails
from reports.domain.waiting import carry_on, fail_run
from reports.enums import RunState
from reports.models import ReportRun, ReportSchedule
from reports.queries.compiling import compile_figures
from reports.queries.runs import accounts, run_of_picture, waiting_run, waiting_runs
from reports.renderers.mail import workbook_name
from reports.renderers.workbook import MEDIA_TYPE, render_workbook
from reports.workflow import RUN_STEPS, before

_STEPS: Final = 4
_LOCK_KIND: Final = 0x52657074  # "Rept": names the lock among those of other subjects


def start_run(
    report_id: str, month: Month, *, actor: Actor, schedule: ReportSchedule | None = None, catch_up: bool = False
) -> ReportRun:
    """Ask for the account of a month of the actor's whole county: `start_period_run` of the period of that month.

    Raises: NotAllowed without the right or the whole county; DomainError `report.unknown`, `report.month_not_ended`;
    Conflict for a month before the first account of the county, and for one that takes the freeze of many months, to
    which nobody agreed (`catch_up`). A schedule's run fails for that reason instead, so that its recipients are listed
    and the schedule goes on.
    """
    _require_asker(report_id, actor)
    if not month.has_ended():
        raise DomainError(
            "report.month_not_ended",
            _("%(month)s has not ended yet. Choose a month that is over; its last figures come after its last day.")
            % {"month": str(month)},
            field="month",
        )
    if schedule is None:
        month_to_freeze(month)
    return _asked(report_id, month_of(month, actor=actor), actor=actor, schedule=schedule, catch_up=catch_up)


def start_period_run(
    report_id: str, period_id: UUID, *, actor: Actor, schedule: ReportSchedule | None = None, catch_up: bool = False
) -> ReportRun:
    """Ask for the account of a period of the actor's whole county; one that is open is frozen first.

    The account of a frozen period is made once: asking again gives the run that has it; a schedule has a run of its
    own, which says the same.
    Raises: NotAllowed; NotFound; DomainError `report.unknown`, `report.month_not_ended`; Conflict.
    """
    _require_asker(report_id, actor)
    period = find_period(period_id)
    if period.kind == PeriodKind.MONTH:
        return start_run(report_id, Month.of(period.first_day), actor=actor, schedule=schedule, catch_up=catch_up)
    if period.last_day >= today():
        message = _("%(month)s has not ended yet. Choose a period that is over.") % {"month": period.name}
        raise DomainError("report.month_not_ended", message, field="period")
    if period.kind in UNIONS:
        month_to_freeze(Month.of(period.first_day), asked=period.name)
    return _asked(report_id, period, actor=actor, schedule=schedule, catch_up=catch_up)


def _require_asker(report_id: str, actor: Actor) -> None:
    require(actor, "reports.run")
    require_whole_county(actor)
    if report_id != REPORT_ID:
        raise DomainError("report.unknown", _("There is no such report. Choose one of the list."), field="report")


def _asked(
    report_id: str, period: Period, *, actor: Actor, schedule: ReportSchedule | None, catch_up: bool
) -> ReportRun:
    made = run_of_picture(report_id, period)
    if made is not None and schedule is None:
        return made
    waiting = waiting_run(report_id, period, asked_by=actor.user_id) if schedule is None else None
    if waiting is not None:
        return waiting
    gap = None if catch_up else _long_gap(period)
    if gap is not None and schedule is None:
        raise gap
    run = ReportRun(
        report_id=report_id,
        month=period.first_day if period.kind == PeriodKind.MONTH else None,
        period=period,
        as_of=period.last_day,
        area_code=actor.tenant_code,
        schedule=schedule,
        asked_by_id=actor.user_id,
        scope_code=actor.tenant_code,
    )
    run.save()
    audit.record("reports.start_run", run, actor=actor, changes={"month": (None, period.name)})
    if gap is None:
        carry_on(actor)
    else:
        fail_run(run.pk, gap.code, gap.message, actor=actor)
    return run


def _long_gap(period: Period) -> Conflict | None:
    """Give why the months before a period are not frozen unasked; those that a waiting run needs were agreed to."""
    wanted = [run.period.last_day for run in waiting_runs() if run.period and run.period.kind != PeriodKind.CAMPAIGN]
    try:
        require_short_gap(period, agreed=Month.of(max(wanted)) if wanted else None)
    except Conflict as gap:
        return gap
    return None


def require_whole_county(actor: Actor) -> None:
    """Refuse whoever covers a part of the county: a report of a part would be taken for the whole.

    Raises: NotAllowed.
    """
    if not actor.covers_county:
        raise NotAllowed(
            "report.not_whole_county",
            _("A report covers the whole county, and your role covers a part of it. Ask the county office."),
        )


def make_run(run_id: UUID, *, actor: Actor, progress: Progress) -> ReportRun:
    """Make a queued run of a frozen period: compile and check the figures, keep them, publish, queue the mails.

    Where the period has its account already, the run says the same: same figures, same file, same edition, and nothing
    is published again. All in the transaction of the caller; one report of a county is made at a time. Locks: the run.
    Raises: AccountDoesNotClose; Conflict when the period was opened again meanwhile.
    """
    _wait_for_turn(actor)
    run = _take(run_id)
    period = _period_of(run)
    progress.report(1, _STEPS)
    made = run_of_picture(run.report_id, period)
    if made is None:
        figures = compile_figures(period, actor=actor)
        progress.report(2, _STEPS)
        _keep(run, period, figures, actor=actor)
        progress.report(3, _STEPS)
        _publish(run, figures, actor=actor)
    else:
        _repeat(run, period, made)
    audit.record("reports.finish_run", run, actor=actor, changes={"state": (RunState.RUNNING, RunState.FINISHED)})
    if run.schedule is not None:
        queue_mails(run, run.schedule, actor=actor)
    progress.report(_STEPS, _STEPS)
    return run


def _period_of(run: ReportRun) -> Period:
    """Give the frozen period of a run; one that was queued before there were periods has that of its month.

    Raises: Conflict while it is open.
    """
    period = run.period or (month_period(Month.of(run.month)) if run.month else None)
    if period is None or period.state not in FIXED:
        message = _("The period was opened again before its report was made. Ask for the report once more.")
        raise Conflict("report.period_open", message)
    return period


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


_KEPT: Final = (
    "period", "snapshot_id", "as_of", "area_code", "workbook", "figures", "digest", "edition", "state", "finished_at",
)  # fmt: skip


def _keep(run: ReportRun, period: Period, figures: Figures, *, actor: Actor) -> None:
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
    run.edition = _next_edition(run, period)
    _finish(run, period)


def _repeat(run: ReportRun, period: Period, made: ReportRun) -> None:
    """Say what the run said that was made of the same picture."""
    run.workbook, run.figures, run.digest, run.edition = made.workbook, made.figures, made.digest, made.edition
    _finish(run, period)


def _finish(run: ReportRun, period: Period) -> None:
    run.period, run.snapshot_id, run.as_of, run.area_code = period, period.snapshot_id, period.last_day, run.scope_code
    run.state, run.finished_at = RunState.FINISHED, timezone.now()
    run.save(update_fields=_KEPT)


def _next_edition(run: ReportRun, period: Period) -> int:
    """Count on from the last edition of the month or period; runs from before there were periods count too."""
    same = Q(period=period) if run.month is None else Q(month=run.month)
    rows = ReportRun.objects.filter(same, report_id=run.report_id)
    return int(rows.aggregate(last=Max("edition"))["last"] or 0) + 1


def _publish(run: ReportRun, figures: Figures, *, actor: Actor) -> None:
    """Give those above the county its totals of a month, and nothing else."""
    if run.month is None:
        return
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
    return {
        **_totals(totals_of(definition, line)),
        "flows": _kinds(definition, line.flows),
        "late": _kinds(definition, line.late),
    }


def _kinds(definition: StockDefinition, flows: Sequence[Count]) -> dict[str, Any]:
    pairs = zip(definition.columns, flows, strict=True) if flows else ()
    return {f"{column.kind}_{column.direction}": _plain(flow) for column, flow in pairs if flow != Count()}


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "opening": _plain(totals.opening),
        "in": _plain(totals.came),
        "out": _plain(totals.went),
        "late_in": _plain(totals.late_came),
        "late_out": _plain(totals.late_went),
        "closing": _plain(totals.closing),
    }


def _plain(count: Count) -> dict[str, int]:
    return {"households": count.households, "persons": count.persons}


def find_run(run_id: UUID, *, actor: Actor) -> ReportRun:
    """Give a run of the actor's county. Raises: NotAllowed; NotFound, whether it is unknown or out of reach."""
    require(actor, "reports.view")
    run = accounts().select_related("workbook", "asked_by", "schedule", "period").filter(pk=run_id).first()
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
