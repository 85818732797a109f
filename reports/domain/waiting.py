"""Runs of the account that wait for their period: each goes on once its period is frozen, or fails with its freeze.

Whoever asks for the account of an open period has it frozen first, and with it the months before it that are missing,
one after the other.
"""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from periods.definitions.calendar import UNIONS
from periods.domain.freezes import month_to_freeze, start_freeze
from periods.domain.periods import month_of
from periods.enums import PeriodKind
from periods.hooks import on_freeze_failed, on_frozen
from periods.models import Period, Snapshot
from periods.queries.periods import missing_months, running_freeze
from periods.workflow import FIXED
from registry import audit
from registry.jobs import enqueue
from registry.lib.errors import DomainError
from registry.lib.periods import Month
from registry.models import Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from reports.domain.deliveries import fail_recipients
from reports.enums import RunState
from reports.models import ReportRun
from reports.queries.runs import RUN_JOB, waiting_runs
from reports.workflow import RUN_STEPS, before


def carry_on(actor: Actor) -> None:
    """Queue the runs whose period is frozen, and start the freeze that the others wait for; called again, it adds none.

    One period of a county is frozen at a time: its end calls this again.
    """
    waiting = waiting_runs()
    for run in waiting:
        if run.period is not None and run.period.state in FIXED:
            _queue(run, actor)
    if running_freeze() is None:
        _freeze_next([run for run in waiting if run.period is not None and run.period.state not in FIXED], actor)


def _queue(run: ReportRun, actor: Actor) -> None:
    """Queue a run in the name of who asked for it, or as automatic work when somebody else's freeze lets it go on."""
    asked = actor.user_id is not None and actor.user_id == run.asked_by_id
    origin = "job:reports"
    in_name = actor if asked else county_actor(Tenant.objects.get(pk=actor.tenant_id), origin=origin)
    enqueue(RUN_JOB, key=str(run.pk), arguments={"run_id": str(run.pk)}, actor=in_name)


def _freeze_next(waiting: Sequence[ReportRun], actor: Actor) -> None:
    """Start the first freeze that a waiting run needs; a run whose freeze cannot be started fails for that reason."""
    for run in waiting:
        try:
            with savepoint():
                start_freeze(_next_period(run.period, actor).pk, actor=actor)
        except DomainError as error:
            fail_run(run.pk, error.code, error.message, actor=actor)
            continue
        if running_freeze() is not None:
            return


def _next_period(period: Period, actor: Actor) -> Period:
    """Give what is to be frozen next so that a period will be: itself, or a month before it or within it."""
    if period.kind == PeriodKind.MONTH:
        return month_of(month_to_freeze(Month.of(period.first_day)) or Month.of(period.first_day), actor=actor)
    missing = missing_months(period) if period.kind in UNIONS else []
    if missing:
        return month_of(month_to_freeze(missing[0]) or missing[0], actor=actor)
    return period


@on_frozen
def go_on(period: Period, snapshot: Snapshot, actor: Actor) -> None:
    """Go on with what waited for a period."""
    carry_on(actor)


@on_freeze_failed
def give_up(period: Period, snapshot: Snapshot, actor: Actor) -> None:
    """Fail every run that needs a period whose freeze failed, for the same reason; the others go on."""
    for run in waiting_runs():
        if run.period is not None and _needs(run.period, period):
            fail_run(run.pk, snapshot.error_code, snapshot.error, actor=actor)
    carry_on(actor)


def _needs(wanted: Period, period: Period) -> bool:
    """Tell whether a period cannot be frozen without another one: months follow each other without a gap."""
    rests_on_months = wanted.kind != PeriodKind.CAMPAIGN and period.kind == PeriodKind.MONTH
    return wanted.pk == period.pk or (rests_on_months and wanted.last_day >= period.last_day)


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
