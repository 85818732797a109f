"""Start the run of a schedule."""

from typing import Final

from periods.enums import PeriodKind, PeriodState
from periods.models import Period
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.catalogue.base import reports
from reports.definitions.calendar import Span
from reports.definitions.catalogue import DYNAMIC_MANAGEMENT
from reports.domain.asking import start_report
from reports.domain.pictures import ReportDraft
from reports.domain.runs import start_run
from reports.enums import About, Format
from reports.models import ReportRun, ReportSchedule

_KINDS: Final = {
    About.MONTH: PeriodKind.MONTH,
    About.QUARTER: PeriodKind.QUARTER,
    About.HALF_YEAR: PeriodKind.HALF_YEAR,
    About.YEAR: PeriodKind.YEAR,
}
# The file that is attached, and the one whose lines stand in the mail.
_FORMATS: Final = (Format.XLSX, Format.CSV)


def start_for(schedule: ReportSchedule, span: Span, *, actor: Actor) -> ReportRun:
    """Start the run of a schedule for what it is about.

    The account of a month is asked for as such. Another report is made of the period when that is frozen, else as the
    facts stood on the last day. Raises: DomainError when that cannot be reported.
    """
    if schedule.report_id == DYNAMIC_MANAGEMENT.id:
        return start_run(schedule.report_id, Month.of(span.first_day), actor=actor, schedule=schedule)
    period = _frozen_period(span)
    offered = reports()[schedule.report_id].formats
    draft = ReportDraft(
        report_id=schedule.report_id,
        area_code=schedule.area_code or actor.tenant_code,
        formats=tuple(one for one in _FORMATS if one in offered) or offered[:1],
        period_id=None if period is None else period.pk,
        as_of=span.last_day if period is None else None,
        language="zh-hans",
    )
    return start_report(draft, actor=actor, schedule=schedule)


def _frozen_period(span: Span) -> Period | None:
    if span.kind == About.DAY:
        return None
    states = [PeriodState.FROZEN, PeriodState.PUBLISHED]
    rows = Period.objects.filter(kind=_KINDS[span.kind], first_day=span.first_day, last_day=span.last_day)
    return rows.filter(state__in=states).first()
