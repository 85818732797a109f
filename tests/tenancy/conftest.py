"""The two counties of the tests on tenancy, written once for all of them and copied for each module."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django import DjangoDbBlocker

from registry.admin.refusals import refusal_of
from registry.admin.site import site
from tests.conftest import WORKER
from tests.support.database import clone, django_connected_to, drop
from tests.tenancy.world import World, build_world, opened


@pytest.fixture(scope="session")
def built(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two counties with people of all roles and rows in all tables, in which no test works."""
    database = clone(f"{WORKER}_built")
    with django_db_blocker.unblock(), django_connected_to(database):
        world = build_world(database)
    yield world
    drop(database)


@pytest.fixture(scope="module")
def world(built: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A copy of the two counties for the tests of a module, which may commit there."""
    database = clone(f"{WORKER}_world", source=built.database)
    with django_db_blocker.unblock(), django_connected_to(database):
        opened_world = opened(built, database)
        yield opened_world
        opened_world.close()
    drop(database)


@pytest.fixture
def undrawn_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer a refusal by its number alone, for tests that ask for no more: its page is half of the work.

    What the page of a refusal holds is read by test_leaks, for every role.
    """

    def numbered(request: HttpRequest, error: Exception) -> HttpResponse:
        return HttpResponse(status=refusal_of(error)[0])

    monkeypatch.setattr(site, "refused", numbered)
