"""Start the run of a schedule."""

from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.definitions.calendar import Span
from reports.domain.runs import start_run
from reports.models import ReportRun, ReportSchedule


def start_for(schedule: ReportSchedule, span: Span, *, actor: Actor) -> ReportRun:
    """Start the run of a schedule for what it is about. Raises: DomainError when that cannot be reported."""
    return start_run(schedule.report_id, Month.of(span.first_day), actor=actor, schedule=schedule)
