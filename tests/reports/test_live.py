"""Reports by real processes: beat finds the schedule, a worker makes the run and sends; a killed one is found."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.plugin import DjangoDbBlocker

from registry.jobs import Progress
from registry.lib.periods import Month, start_of, today
from registry.models import User
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain import deliveries
from reports.domain.runs import make_run, start_run
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.enums import DeliveryReason, DeliveryState
from reports.models import Delivery, ReportRun
from reports.queries.runs import MailCounts, mail_counts
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.reports.mailserver import Behaviour, MailServer
from tests.reports.people import reader
from tests.support.database import ROOT, Database, django_connected_to
from tests.support.live import LiveSite
from tests.support.workers import do_jobs

PATIENCE_SECONDS = 150
CLAIM_AND_POST = """
import sys, uuid, django
django.setup()
from registry.tenancy.scope import tenant_scope
from reports.domain import deliveries
from tests.factories.tenants import county_office
office = county_office()
with tenant_scope(office):
    parcel = deliveries.claim(uuid.UUID(sys.argv[1]), actor=office)
deliveries.post(parcel, actor=office)
"""


@pytest.fixture
def site(live_site: LiveSite, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveSite]:
    """Look into the database of the running site."""
    with django_db_blocker.unblock(), django_connected_to(live_site.database):
        yield live_site


def people() -> list[User]:
    """Make recipients whose mails are taken, refused for good, refused for now, and not sent at all."""
    fates = [reader("gets"), reader("refused"), reader("busy"), reader("unverified", verified=False)]
    User.objects.filter(username="refused").update(email="somebody@refused.invalid")
    User.objects.filter(username="busy").update(email="somebody@busy.invalid")
    return fates


def clerk() -> None:
    """Put the clerk who acts in the tests on file."""
    county_office()


def schedule_due_now() -> None:
    """Set a schedule that came due with this month, for everybody."""
    last_month = Month.of(today()).previous
    ids = frozenset(user.pk for user in people())
    draft = ScheduleDraft(REPORT_ID, 1, 0, is_active=True, recipient_ids=ids)
    with tenant_scope(county_office()) as office:
        registered(status="lifted")
        set_schedule(draft, actor=office, now=start_of(last_month.last_day))


def counts_when(settled: int) -> MailCounts:
    """Wait until so many mails of the only run are settled, and count."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        with tenant_scope(county_office()):
            run = ReportRun.objects.first()
            counts = mail_counts(run.pk) if run else MailCounts(0, 0, 0, 0, 0)
        done = counts.sent + counts.unclear + counts.failed >= settled
        if done or time.monotonic() > until:
            return counts
        time.sleep(0.2)


@pytest.mark.flow
def test_mail_reaches_the_catcher_when_beat_finds_the_schedule_due(site: LiveSite) -> None:
    clerk()
    schedule_due_now()

    counts = counts_when(settled=3)

    (caught,) = site.mails()
    assert counts == MailCounts(recipients=4, open=1, sent=1, unclear=0, failed=2)
    assert caught.recipients == ("gets@example.invalid",)
    assert [part.get_content_type() for part in caught.message.walk()].count("image/png") == 2


def test_mail_is_unclear_and_never_sent_twice_when_its_process_is_killed(
    committed_database: Database, mail_server: MailServer
) -> None:
    mail_server.behaviour = Behaviour(fall_silent=True)
    clerk()
    mail = committed_mail()

    kill_while_sending(mail, mail_server, committed_database)

    with tenant_scope(county_office()) as office:
        left = Delivery.objects.get(pk=mail.pk).state
        Delivery.objects.filter(pk=mail.pk).update(sending_at=mail.created_at - timedelta(days=1))
        deliveries.look_after(mail.pk, actor=office)
        mail.refresh_from_db()
        claimed = deliveries.claim(mail.pk, actor=office)
    assert (left, mail.state, mail.reason) == (
        DeliveryState.SENDING,
        DeliveryState.UNCLEAR,
        DeliveryReason.WORKER_LOST,
    )
    assert (claimed, len(mail_server.read)) == (None, 1)


def committed_mail() -> Delivery:
    """Make a run with one queued mail, all committed."""
    ids = frozenset({reader("leader").pk})
    draft = ScheduleDraft(REPORT_ID, 5, 8, is_active=True, recipient_ids=ids)
    with tenant_scope(county_office()) as office:
        registered(status="lifted")
        schedule = set_schedule(draft, actor=office, now=start_of(today()))
        run = start_run(REPORT_ID, Month(2020, 12), actor=office, schedule=schedule)
        do_jobs(office, "periods.freeze")
        make_run(run.pk, actor=office, progress=Progress())
        return Delivery.objects.get(run=run)


def kill_while_sending(mail: Delivery, server: MailServer, database: Database) -> None:
    """Let a process of its own send the mail, and kill it once the server has read the content and said nothing yet."""
    environment = os.environ | database.environment | {"REGISTRY_EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    process = subprocess.Popen([sys.executable, "-c", CLAIM_AND_POST, str(mail.pk)], cwd=ROOT, env=environment)
    until = time.monotonic() + PATIENCE_SECONDS
    while not server.read and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
