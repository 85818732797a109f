"""Start the run of a schedule."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from periods.enums import PeriodKind
from periods.models import Period
from periods.workflow import FIXED
from registry.lib.errors import DomainError
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.catalogue.base import reports
from reports.definitions.calendar import Span
from reports.domain.announcing import announce_report
from reports.domain.asking import start_report
from reports.domain.pictures import ReportDraft
from reports.domain.runs import start_period_run, start_run
from reports.domain.schedulable import find_schedulable
from reports.enums import About, Format
from reports.models import ReportRun, ReportSchedule

_KINDS: Final = {
    About.MONTH: PeriodKind.MONTH,
    About.QUARTER: PeriodKind.QUARTER,
    About.HALF_YEAR: PeriodKind.HALF_YEAR,
    About.YEAR: PeriodKind.YEAR,
}


def start_for(schedule: ReportSchedule, span: Span, *, actor: Actor) -> ReportRun:
    """Start the run of a schedule for what it is about.

    The account of a month freezes it; that of a longer period needs the period to be there; that of a day goes up to
    it. Another report is made of the period when that is frozen, else as the facts stood on the last day; one with
    persons is announced alone.
    Raises: DomainError when that cannot be reported.
    """
    report = find_schedulable(schedule.report_id)
    period = _period(span)
    if reports()[schedule.report_id].keeps_figures and span.kind != About.DAY:
        return _start_account(schedule, span, period, actor=actor)
    is_frozen = period is not None and period.state in FIXED
    offered = reports()[schedule.report_id].formats
    draft = ReportDraft(
        report_id=schedule.report_id,
        area_code=schedule.area_code or actor.tenant_code,
        formats=(Format.XLSX,) if Format.XLSX in offered else offered[:1],
        period_id=period.pk if period is not None and is_frozen else None,
        as_of=None if is_frozen else span.last_day,
        language="zh-hans",
    )
    if report.holds_persons:
        return announce_report(draft, schedule, actor=actor)
    return start_report(draft, actor=actor, schedule=schedule)


def _start_account(schedule: ReportSchedule, span: Span, period: Period | None, *, actor: Actor) -> ReportRun:
    if span.kind == About.MONTH:
        return start_run(schedule.report_id, Month.of(span.first_day), actor=actor, schedule=schedule)
    if period is None:
        message = _("There is no such period yet. Make the periods of the year on the page of periods first.")
        raise DomainError("schedule.no_period", message)
    return start_period_run(schedule.report_id, period.pk, actor=actor, schedule=schedule)


def _period(span: Span) -> Period | None:
    if span.kind == About.DAY:
        return None
    return Period.objects.filter(kind=_KINDS[span.kind], first_day=span.first_day, last_day=span.last_day).first()
