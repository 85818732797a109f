"""A web server and a worker that must not serve end at once and say why."""

import os
import subprocess
import sys

import pytest

from registry.embedded.site import ROOT
from tests.support.database import Database

pytestmark = pytest.mark.flow
WEB = ("gunicorn", "--bind", "127.0.0.1:0", "--no-control-socket", "config.wsgi:application")
WORKER = ("celery", "-A", "config", "worker", "--concurrency", "1")
both = pytest.mark.parametrize("program", [WEB, WORKER], ids=["web", "worker"])


def start(program: tuple[str, ...], database: Database, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | database.environment | {"DJANGO_SETTINGS_MODULE": "config.settings.base"} | variables
    command = [sys.executable, "-m", *program]
    return subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


@both
def test_process_refuses_to_serve_when_its_role_owns_the_tables(
    committed_database: Database, program: tuple[str, ...]
) -> None:
    done = start(program, committed_database, REGISTRY_DATABASE_URL=committed_database.owner_url)

    assert done.returncode != 0
    assert "The role that serves is a superuser, has BYPASSRLS or owns tables" in done.stderr


@both
def test_process_refuses_to_serve_when_the_key_ring_is_missing(
    committed_database: Database, program: tuple[str, ...]
) -> None:
    done = start(program, committed_database, REGISTRY_KEYRING="/nowhere/keyring.json")

    assert done.returncode != 0
    assert "The key ring cannot be used" in done.stderr
