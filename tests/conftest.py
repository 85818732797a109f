"""Fixtures that every test may use. What tests of one room share stands in the conftest of that room."""

import gc
import os
import secrets
from collections.abc import Iterator

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker

from registry.tenancy.context import Actor
from tests.factories.tenants import OTHER_COUNTY_CODE, service
from tests.support.county import county_site  # noqa: F401 a fixture is found by its name
from tests.support.database import Database, clone, django_connected_to, drop
from tests.support.demosite import demo_site  # noqa: F401 a fixture is found by its name
from tests.support.live import LiveSite, running_site

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would empty tables after a test: the app role may not, and so it fails for an unclear reason."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and (
            marker.kwargs.get("transaction") or "committed_database" in getattr(item, "fixturenames", ())
        ):
            raise pytest.UsageError(
                f"{item.nodeid}: a test that commits uses the fixture committed_database, without the mark django_db."
            )


def pytest_collection_finish() -> None:
    """Look through memory for lost circles less often: with thousands of tests in it that is a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Read sentences in English where a test asks for them directly; a request has the language of its reader."""
    with translation.override("en"):
        yield


@pytest.fixture
def county() -> Actor:
    """Give automatic work at the first county."""
    return service()


@pytest.fixture
def other_county() -> Actor:
    """Give automatic work at the second county."""
    return service(OTHER_COUNTY_CODE)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker a database of its own, cloned from the migrated template, and connect as the app role."""
    database = clone(WORKER)
    with django_connected_to(database):
        yield
    drop(database)


@pytest.fixture
def committed_database(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """Give one test a database of its own where it may commit: for hooks after commit, threads, further processes."""
    database = clone(f"{WORKER}_{secrets.token_hex(3)}")
    with django_db_blocker.unblock(), django_connected_to(database):
        yield database
    drop(database)


@pytest.fixture(scope="module")
def live_site(django_test_environment: None) -> Iterator[LiveSite]:
    """Run the whole site as real processes on an empty register, for the tests of one module."""
    with running_site() as site:
        yield site
