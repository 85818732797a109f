"""Frozen periods of an invented county, and reports made of them by a worker."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from periods.domain.freezing import fill_snapshot, mark_made
from periods.enums import PeriodKind, PeriodState, SnapshotPurpose
from periods.models import Period, Snapshot
from registry import jobs
from registry.models import Job
from registry.tenancy.context import Actor
from reports.domain.asking import ReportDraft, start_report
from reports.models import ReportRun

AS_OF = date(2020, 12, 31)


def frozen_period(
    actor: Actor,
    *,
    state: PeriodState = PeriodState.FROZEN,
    touched: Callable[[Snapshot], object] = lambda _picture: None,
) -> Period:
    """Give a December whose picture holds what stands on the register; `touched` may write facts into it first."""
    period = Period.objects.create(
        kind=PeriodKind.MONTH, name="2020-12", first_day=date(2020, 12, 1), last_day=AS_OF, scope_code=actor.tenant_code
    )
    picture = Snapshot.objects.create(
        purpose=SnapshotPurpose.PERIOD, period=period, as_of=AS_OF, scope_code=actor.tenant_code
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
