"""A freeze while others work: it sees one moment, hinders nobody, and is hindered by nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from uuid import UUID

from django.db import connection
from django.db.utils import OperationalError
from typing_extensions import override

from households.models import Household, Posting
from periods.domain.freezes import finish_freeze, start_freeze, take_picture
from periods.domain.periods import month_of
from periods.models import Booking, FrozenHousehold
from periods.queries.periods import find_period
from registry.jobs import Progress
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from registry.tenancy.scope import snapshot_scope, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.periods.making import freeze
from tests.support.database import Database

PATIENCE_SECONDS = 60
DECEMBER = Month(2020, 12)


class Pause(Progress):
    """Halts a freeze once its moment has come, before anything is read, until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = Event(), Event()

    @override
    def report(self, done: int, total: int) -> None:
        super().report(done, total)
        if done == 1:
            self.begun.set()
            assert self.go_on.wait(PATIENCE_SECONDS)


def take(snapshot_id: UUID, actor: Actor, progress: Progress) -> None:
    """Take the picture in a thread and a connection of its own."""
    try:
        with snapshot_scope(actor):
            take_picture(snapshot_id, actor=actor, progress=progress)
    finally:
        connection.close()


def asked(actor: Actor) -> UUID:
    """Register a household and ask for the freeze of December."""
    with tenant_scope(actor):
        registered(status="filed", number="549901X1")
        return start_freeze(month_of(DECEMBER, actor=actor).pk, actor=actor).pk


def test_what_is_recorded_while_a_month_is_frozen_counts_late_in_the_next(committed_database: Database) -> None:
    actor, pause = county_office(), Pause()
    snapshot_id = asked(actor)

    with ThreadPoolExecutor(1) as threads:
        taking = threads.submit(take, snapshot_id, actor, pause)
        assert pause.begun.wait(PATIENCE_SECONDS)
        with tenant_scope(actor):
            registered(status="lifted", number="549901X2", on=date(2020, 12, 20))
        pause.go_on.set()
        taking.result(PATIENCE_SECONDS)
    with tenant_scope(actor):
        december = finish_freeze(snapshot_id, actor=actor, progress=Progress())
        january = month_of(DECEMBER.next, actor=actor)
    freeze(january, actor=actor)

    with tenant_scope(actor):
        pictured = FrozenHousehold.objects.filter(snapshot=december).values_list("number", flat=True)
        late = Booking.objects.filter(snapshot=january.snapshot, is_late=True).values_list("posting_id", flat=True)
        late_one = Posting.objects.get(pk__in=late).household
        assert (list(pictured), late_one.number) == (["549901X1"], "549901X2")
        assert (find_period(january.pk).state, Household.objects.count()) == ("frozen", 2)


def test_second_worker_gives_way_when_the_first_is_at_the_picture(committed_database: Database) -> None:
    actor, pause = county_office(), Pause()
    snapshot_id = asked(actor)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(take, snapshot_id, actor, pause)
        assert pause.begun.wait(PATIENCE_SECONDS)
        second = threads.submit(take, snapshot_id, actor, Progress())
        refused = second.exception(PATIENCE_SECONDS)
        pause.go_on.set()
        first.result(PATIENCE_SECONDS)

    assert isinstance(refused, OperationalError)
    with tenant_scope(actor):
        assert (Booking.objects.count(), FrozenHousehold.objects.count()) == (1, 1)
