"""A worker that is killed while it applies a roster: nothing is half-written, and the roster is applied once."""

import os
import re
import signal
from collections.abc import Iterator

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests.exchange.rosters import csv_of, head, spouse
from tests.support.county import CountySite, county_on
from tests.support.live import running_site
from tests.support.waiting import wait_for
from tests.support.web import Answer, Reader, Upload

pytestmark = [pytest.mark.flow, pytest.mark.slow]

WAITS = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'households_posting'::regclass"
ON_FILE = (
    "SELECT (SELECT count(*) FROM households_household), "
    "(SELECT coalesce(sum(persons_delta), 0) FROM households_posting)"
)
ATTEMPTS = "SELECT attempts FROM registry_job WHERE kind = 'exchange.apply_batch'"


@pytest.fixture(scope="module")
def hasty_site(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[CountySite]:
    """A site that takes a job for lost after three seconds without a sign of life."""
    with running_site(settings={"REGISTRY_JOB_LOST_SECONDS": "3"}) as live:
        yield county_on(live, django_db_blocker)


def page_in_state(reader: Reader, address: str, state: str) -> Answer:
    def look() -> Answer | None:
        page = reader.get(address)
        return page if re.search(r'data-state="(\w+)"', page.text)[1] == state else None  # type: ignore[index]  # a page without a state fails the test

    return wait_for(look, what=f"{address} to be {state}", seconds=90)


def kill_worker(site: CountySite) -> None:
    """End the worker and its processes without a word, and start another."""
    worker = next(child for child in site.live.site.children if child.name == "The worker")
    os.killpg(worker.pid or 0, signal.SIGKILL)
    wait_for(lambda: not worker.is_running, what="the worker to be gone")
    worker.start()


def test_roster_is_applied_once_when_the_worker_is_killed_while_it_writes(hasty_site: CountySite) -> None:
    office = hasty_site.reader(hasty_site.office)
    upload = office.get("/admin/exchange/rosters/").form(having="data_date")
    page = office.submit(upload, files={"file": Upload("roster.csv", csv_of(head(), spouse()))})
    preview = page_in_state(office, page.address, "checked")
    backup = psycopg.connect(hasty_site.live.database.backup_url, autocommit=True)

    # Whoever writes a posting waits for us: the households are written by then, not committed.
    with backup, psycopg.connect(hasty_site.live.database.owner_url) as blocker:
        blocker.execute("LOCK TABLE households_posting IN EXCLUSIVE MODE")
        office.submit(preview.form(having="/apply/"))
        wait_for(lambda: backup.execute(WAITS).fetchone(), what="the worker to be in the middle")
        kill_worker(hasty_site)
        half_written = backup.execute(ON_FILE).fetchone()
        blocker.rollback()
        page_in_state(office, preview.address, "applied")

        assert half_written == (0, 0)
        assert backup.execute(ON_FILE).fetchone() == (1, 2)
        assert backup.execute(ATTEMPTS).fetchone() == (2,)
