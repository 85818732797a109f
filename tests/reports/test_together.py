"""Runs of one month at the same time, and two who send one run: they wait for each other."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Event
from uuid import UUID

from django.db import connection
from django.utils import timezone
from typing_extensions import override

from registry.jobs import Progress
from registry.lib.periods import Month
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.deliveries import send_run
from reports.domain.runs import make_run, start_run
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.models import ReportRun
from reports.queries.runs import figures_of
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.reports.people import reader
from tests.support.database import Database
from tests.support.workers import do_jobs

PATIENCE_SECONDS = 60


class Pause(Progress):
    """Halts a run when its figures are compiled, until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.compiled, self.go_on = Event(), Event()

    @override
    def report(self, done: int, total: int) -> None:
        super().report(done, total)
        if done == 2:
            self.compiled.set()
            assert self.go_on.wait(PATIENCE_SECONDS)


def make(run_id: UUID, progress: Progress) -> int:
    """Make a run in a thread and a connection of its own; give the households that it counts as lifted."""
    try:
        with tenant_scope(county_office()) as office:
            run = make_run(run_id, actor=office, progress=progress)
            return figures_of(run).county_line("lifted").closing.households
    finally:
        connection.close()


def test_both_runs_finish_when_each_has_begun_before_the_other_ends(committed_database: Database) -> None:
    first_pause, second_pause = Pause(), Pause()
    with tenant_scope(county_office()) as office:
        registered(status="lifted")
        first, again = (start_run(REPORT_ID, Month(2020, 12), actor=office) for _ in range(2))
        second = start_run(REPORT_ID, Month(2020, 12), actor=replace(office, user_id=None))
        do_jobs(office, "periods.freeze")
    assert (again, second.pk == first.pk) == (first, False)

    with ThreadPoolExecutor(2) as threads:
        made = [threads.submit(make, first.pk, first_pause), threads.submit(make, second.pk, second_pause)]
        first_pause.compiled.wait(3)
        second_pause.compiled.wait(3)  # in vain: it waits for its turn
        first_pause.go_on.set()
        second_pause.go_on.set()
        counted = [one.result(PATIENCE_SECONDS) for one in made]

    with tenant_scope(county_office()):
        editions = ReportRun.objects.order_by("edition").values_list("edition", flat=True)
        assert (counted, list(editions)) == ([1, 1], [1, 1])


def send(run_id: UUID, schedule_id: UUID) -> int:
    """Send a run in a thread and a connection of its own; give the number of mails that were added."""
    try:
        with tenant_scope(county_office()) as office:
            return len(send_run(run_id, schedule_id, actor=office))
    finally:
        connection.close()


def test_nobody_is_added_twice_when_two_send_a_run_at_once(committed_database: Database) -> None:
    draft = ScheduleDraft(REPORT_ID, 5, 8, is_active=True, recipient_ids=frozenset({reader("leader").pk}))
    with tenant_scope(county_office()) as office:
        run = start_run(REPORT_ID, Month(2020, 12), actor=office)
        do_jobs(office, "periods.freeze")
        make_run(run.pk, actor=office, progress=Progress())
        schedule = set_schedule(draft, actor=office, now=timezone.now())

    with ThreadPoolExecutor(1) as threads:
        with tenant_scope(county_office()) as office:
            first = len(send_run(run.pk, schedule.pk, actor=office))
            second = threads.submit(send, run.pk, schedule.pk)
            wait([second], timeout=3)
        added = (first, second.result(PATIENCE_SECONDS))

    assert added == (1, 0)
