"""The two counties of the tests on tenancy, built once for a module."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.conftest import WORKER
from tests.support.database import clone, django_connected_to, drop
from tests.tenancy.world import World, build_world


@pytest.fixture(scope="module")
def world(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two counties with people of all roles and rows in all tables, committed to a database of their own."""
    database = clone(f"{WORKER}_world")
    with django_db_blocker.unblock(), django_connected_to(database):
        yield build_world(database)
    drop(database)
