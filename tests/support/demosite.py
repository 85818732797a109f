"""A live site with the two counties of the demonstration."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry.embedded.demo import LOGINS
from tests.support.database import Database, clone, made_once, owner_connection, run_manage
from tests.support.live import LiveSite, running_site


@dataclass(frozen=True)
class DemoSite:
    """A live site filled by `load_demo`, and the logins that it noted."""

    live: LiveSite
    passwords: dict[str, str]


@pytest.fixture(scope="module")
def demo_site(django_test_environment: None) -> Iterator[DemoSite]:
    """Run a site with two counties on file, for the tests of one module."""
    source, files = filled()
    with running_site(source=source, files_of=files) as live:
        noted = json.loads((Path(live.site.environment["REGISTRY_DATA_DIR"]) / LOGINS).read_text(encoding="utf-8"))
        yield DemoSite(live, {login["user"]: login["password"] for login in noted if "password" in login})


def filled() -> tuple[Database, Path]:
    """Give a database that `load_demo` filled and the folder of its files, made at the first call of a run.

    No worker hears of the jobs in it: they are due at once on each copy, as jobs are whose worker was lost.
    """
    folder = Path(os.environ["REGISTRY_TEST_FOLDER"]) / "demo"
    database = Database(f"registry_test_{os.environ['REGISTRY_TEST_RUN']}_demo")
    folder.mkdir(mode=0o700, exist_ok=True)
    with made_once(folder.with_suffix(".ready")) as is_made:
        if not is_made:
            clone("demo")
            served = {"DJANGO_SETTINGS_MODULE": "config.settings.base", "REGISTRY_DATA_DIR": str(folder)}
            run_manage("load_demo", database=database, environment=served)
            with owner_connection(database.name) as connection:
                connection.execute("UPDATE registry_duework SET due_at = now() WHERE kind = 'registry.job'")
    return database, folder
