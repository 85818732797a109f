"""One database for the tests of a module, in which the county of `ground` stands; what they write is undone."""

import secrets
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.conftest import WORKER
from tests.factories.tenants import county_office
from tests.reports.register.ground import Ground, made
from tests.support.database import clone, django_connected_to, drop


@pytest.fixture(scope="module")
def ground(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """Make the county once for all tests of a module."""
    database = clone(f"{WORKER}_{secrets.token_hex(3)}")
    with django_db_blocker.unblock(), django_connected_to(database):
        with tenant_scope(county_office()) as office:
            found = made(office)
        yield found
    drop(database)


@pytest.fixture
def office(ground: Ground) -> Iterator[Actor]:
    """Open the scope of the county's office for one test, whose writes are undone."""
    with transaction.atomic():
        with tenant_scope(county_office()) as actor:
            yield actor
        transaction.set_rollback(True)
