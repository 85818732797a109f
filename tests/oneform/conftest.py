"""The scope in which most tests of forms stand."""

from collections.abc import Iterator

import pytest

from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office


@pytest.fixture
def office(db: None) -> Iterator[Actor]:
    """Open the scope of the first county's office."""
    with tenant_scope(county_office()) as actor:
        yield actor
