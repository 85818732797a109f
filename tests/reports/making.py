"""Accounts of months as tests make them."""

from periods.domain.freezes import month_to_freeze
from periods.domain.periods import month_of
from periods.models import Period
from periods.queries.periods import find_period
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.definitions.account import REPORT_ID
from reports.definitions.figures import Figures
from reports.domain.runs import start_run
from reports.models import ReportRun
from reports.queries.compiling import compile_figures
from tests.periods.making import freeze
from tests.support.workers import do_jobs


def frozen_up_to(month: Month, *, actor: Actor) -> Period:
    """Freeze a month, and before it the months that are missing since the last frozen one."""
    while (missing := month_to_freeze(month)) is not None:
        picture = freeze(month_of(missing, actor=actor), actor=actor)
        assert not picture.error, str(picture.error)
    return find_period(month_of(month, actor=actor).pk)


def compiled(month: Month, *, actor: Actor) -> Figures:
    """Give the figures of a month, which is frozen for them."""
    return compile_figures(frozen_up_to(month, actor=actor), actor=actor)


def made(actor: Actor, month: Month) -> ReportRun:
    """Ask for the account of a month, let workers do it, and give the run as it is then."""
    run = start_run(REPORT_ID, month, actor=actor)
    do_jobs(actor, "periods.freeze", "reports.run")
    run.refresh_from_db()
    return run
