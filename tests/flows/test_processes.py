"""The processes of a site: each runs, finds the others, and serves."""

import json
import urllib.request
from uuid import uuid4

import psycopg
import pytest

from tests.support.live import LiveSite
from tests.support.waiting import wait_for

pytestmark = pytest.mark.flow

GONE = "SELECT true WHERE NOT EXISTS (SELECT FROM registry_duework WHERE key = %s)"


def fetch(site: LiveSite, path: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(f"{site.address}{path}", timeout=30) as answer:  # noqa: S310 our own address
        return answer.status, answer.read()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_site_says_it_is_well_when_all_processes_run(live_site: LiveSite, path: str) -> None:
    status, body = fetch(live_site, path)

    assert (status, json.loads(body)["status"]) == (200, "ok")


def test_due_work_is_done_when_beat_wakes_the_worker(live_site: LiveSite) -> None:
    # A job that is gone: whoever looks after it finds nothing to do, and forgets it.
    key = str(uuid4())
    with psycopg.connect(live_site.database.app_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO registry_duework (tenant_id, kind, key, due_at) VALUES (1, 'registry.job', %s, now())",
            [key],
        )

        left = wait_for(
            lambda: connection.execute(GONE, [key]).fetchone(),
            what="the due work to be done",
        )

    assert left


def test_static_file_is_served_when_the_web_server_runs_alone(live_site: LiveSite) -> None:
    status, body = fetch(live_site, "/static/unfold/css/styles.css")

    assert status == 200
    assert len(body) > 1000


def test_login_page_is_chinese_when_the_browser_does_not_say(live_site: LiveSite) -> None:
    _, body = fetch(live_site, "/admin/login/")

    assert '<html lang="zh-hans"' in body.decode()


def test_mail_page_is_empty_when_nothing_was_sent(live_site: LiveSite) -> None:
    with urllib.request.urlopen(live_site.mail_address, timeout=10) as answer:  # noqa: S310 our own address
        page = answer.read().decode()

    assert "还没有邮件。" in page
