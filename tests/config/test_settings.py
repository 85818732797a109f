"""The settings as a whole: behind https, and what browsers may keep."""

import pytest
from django.test import Client

from tests.support.database import Database, run_manage, run_python

SECURE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.base",
    "REGISTRY_SECURE": "1",
    "REGISTRY_BASE_URL": "https://registry.county.example",
}
ASK = """
import sys, django; django.setup()
from django.test import Client
for path, scheme in zip(sys.argv[1::2], sys.argv[2::2]):
    answer = Client(SERVER_NAME="127.0.0.1").get(path, headers={"X-Forwarded-Proto": scheme})
    print(answer.status_code, answer.headers.get("Location", "-"), answer.headers.get("Strict-Transport-Security", "-"))
"""
ANSWERS = {
    ("/admin/login/", "http"): "301 https://127.0.0.1/admin/login/ -",
    ("/admin/login/", "https"): "200 - max-age=31536000",
    ("/healthz", "http"): "200 - -",
    ("/readyz", "http"): "200 - -",
}


@pytest.mark.slow
def test_deployment_check_finds_nothing_when_behind_https(committed_database: Database) -> None:
    checked = run_manage(
        "check", "--deploy", "--fail-level", "WARNING", database=committed_database, environment=SECURE
    )

    assert "no issues" in checked


@pytest.mark.slow
def test_site_answers_by_https_only_when_behind_it(committed_database: Database) -> None:
    asked = [part for question in ANSWERS for part in question]

    said = run_python("-c", ASK, *asked, database=committed_database, environment=SECURE)

    assert said.split("\n") == [*ANSWERS.values(), ""]


def test_browser_may_keep_a_static_file_for_an_hour_when_it_got_one(client: Client) -> None:
    answer = client.get("/static/unfold/css/styles.css")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "max-age=2592000, public")
    assert b"".join(answer)
