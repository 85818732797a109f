"""Say that a report with persons is ready to be made: each recipient makes it for the own area, after a login."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.jobs import enqueue
from registry.lib.errors import NotFound
from registry.lib.periods import day_of
from registry.tenancy.context import Actor
from reports.definitions.account import REPORT_ID
from reports.definitions.calendar import span_before
from reports.domain.pictures import ReportDraft, picture_of
from reports.domain.reading import report_known
from reports.domain.schedulable import find_schedulable
from reports.enums import About
from reports.models import ReportRun, ReportSchedule
from reports.queries.catalogue_runs import REPORT_JOB


def announce_report(draft: ReportDraft, schedule: ReportSchedule, *, actor: Actor) -> ReportRun:
    """Queue the announcing run of a schedule: it holds the picture that is asked about, and neither figure nor file.

    Its `scope_code` is the county's own, like that of every mail of a county. Raises: NotAllowed; DomainError for what
    cannot be asked about.
    """
    require(actor, "reports.send")
    report = report_known(draft.report_id)
    picture = picture_of(report, draft, area_code=draft.area_code, options=(), actor=actor)
    run = ReportRun(
        report_id=report.id,
        schedule=schedule,
        period_id=picture.period_id,
        as_of=picture.as_of,
        area_code=picture.area_code,
        holds_persons=True,
        scope_code=actor.tenant_code,
    )
    run.save()
    enqueue(REPORT_JOB, key=str(run.pk), arguments={"run_id": str(run.pk)}, actor=actor)
    audit.record("reports.announce_report", run, actor=actor, changes={"report_id": (None, report.id)})
    return run


def drafted_run(schedule: ReportSchedule, *, actor: Actor, now: datetime) -> ReportRun:
    """Give the run that a schedule would mail a link to today, which is nowhere kept: for the preview of that mail."""
    span = span_before(About(schedule.about), day_of(now))
    return ReportRun(
        report_id=schedule.report_id,
        schedule=schedule,
        month=span.first_day if span.kind == About.MONTH and schedule.report_id == REPORT_ID else None,
        as_of=span.last_day,
        area_code=schedule.area_code or actor.tenant_code,
        holds_persons=find_schedulable(schedule.report_id).holds_persons,
    )


def announcements() -> "QuerySet[ReportRun]":
    """Give the announcing runs of the county."""
    return ReportRun.objects.filter(holds_persons=True, asked_by=None).select_related("period")


def find_announcement(run_id: UUID, *, actor: Actor) -> ReportRun:
    """Give an announcing run, for whoever sets schedules. Raises: NotAllowed; NotFound."""
    require(actor, "reports.schedule")
    run = announcements().filter(pk=run_id).first()
    if run is None:
        raise NotFound("report.no_such_run", _("There is no such run of a report."))
    return run
