"""A live site with the two counties of the demonstration."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry.embedded.demo import LOGINS
from tests.support.live import LiveSite, running_site


@dataclass(frozen=True)
class DemoSite:
    """A live site filled by `load_demo`, and the logins that it noted."""

    live: LiveSite
    passwords: dict[str, str]


@pytest.fixture(scope="module")
def demo_site(django_test_environment: None) -> Iterator[DemoSite]:
    """Run a site with two counties on file, for the tests of one module."""
    with running_site(("load_demo",)) as live:
        noted = json.loads((Path(live.site.environment["REGISTRY_DATA_DIR"]) / LOGINS).read_text(encoding="utf-8"))
        yield DemoSite(live, {login["user"]: login["password"] for login in noted if "password" in login})
