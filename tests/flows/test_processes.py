"""The processes of a site: each runs, finds the others, and serves."""

import json
import urllib.request

import pytest

from tests.support.live import LiveSite
from tests.support.waiting import wait_for

pytestmark = pytest.mark.flow


def fetch(site: LiveSite, path: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(f"{site.address}{path}", timeout=30) as answer:  # noqa: S310 our own address
        return answer.status, answer.read()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_site_says_it_is_well_when_all_processes_run(live_site: LiveSite, path: str) -> None:
    status, body = fetch(live_site, path)

    assert (status, json.loads(body)["status"]) == (200, "ok")


def test_tick_is_done_by_the_worker_when_beat_sends_it(live_site: LiveSite) -> None:
    done = wait_for(
        lambda: "Task registry.tick" in (log := live_site.log("worker")) and " succeeded " in log, what="a tick"
    )

    assert done


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
