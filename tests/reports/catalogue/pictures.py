"""Frozen periods of an invented county, and reports made of them by a worker."""

from collections.abc import Callable

from django.utils import timezone

from periods.domain.freezing import fill_snapshot, mark_made
from periods.enums import PeriodKind, PeriodState, SnapshotPurpose
from periods.models import Period, Snapshot
from registry import jobs
from registry.lib.periods import Month
from registry.models import Job
from registry.tenancy.context import Actor
from reports.domain.asking import ReportDraft, start_report
from reports.models import ReportRun

DECEMBER = Month(2020, 12)
AS_OF = DECEMBER.last_day


def frozen_period(
    actor: Actor,
    *,
    month: Month = DECEMBER,
    state: PeriodState = PeriodState.FROZEN,
    touched: Callable[[Snapshot], object] = lambda _picture: None,
) -> Period:
    """Give a month whose picture holds what stands on the register; `touched` may write facts into it first."""
    period = Period.objects.create(
        kind=PeriodKind.MONTH,
        name=str(month),
        first_day=month.first_day,
        last_day=month.last_day,
        state=PeriodState.OPEN if state == PeriodState.OPEN else PeriodState.CLOSING,
        scope_code=actor.tenant_code,
    )
    if state == PeriodState.OPEN:
        return period
    picture = Snapshot.objects.create(
        purpose=SnapshotPurpose.PERIOD, period=period, as_of=month.last_day, scope_code=actor.tenant_code
    )
    fill_snapshot(picture, actor=actor)
    touched(picture)
    mark_made(picture)
    period.snapshot, period.state, period.frozen_at = picture, state, timezone.now()
    period.save()
    return period


def made(draft: ReportDraft, *, actor: Actor) -> ReportRun:
    """Ask for a report, let a worker make it, and give the run as it is then."""
    run = start_report(draft, actor=actor)
    job = Job.objects.get(key=str(run.pk))
    jobs.run(actor.tenant_id, job.pk)
    return ReportRun.objects.get(pk=run.pk)
