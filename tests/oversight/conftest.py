"""Offices of two counties, and the scope of the first."""

from collections.abc import Iterator

import pytest

from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import OTHER_COUNTY_CODE, county, county_office
from tests.oversight.ground import OTHER_VILLAGES, VILLAGES, county_publishes, reader


@pytest.fixture
def here(db: None) -> Actor:
    """Give the office of the first county."""
    return county_office()


@pytest.fixture
def there(db: None) -> Actor:
    """Give the office of the second county."""
    return county_office(county(OTHER_COUNTY_CODE))


@pytest.fixture
def office(here: Actor) -> Iterator[Actor]:
    """Open the scope of the first county's office."""
    with tenant_scope(here) as actor:
        yield actor


@pytest.fixture
def province(here: Actor, there: Actor) -> Actor:
    """Let two counties publish, and give somebody of the province."""
    county_publishes(here, {VILLAGES[0]: ["01"] * 2, VILLAGES[2]: ["01"]})
    county_publishes(there, {OTHER_VILLAGES[0]: ["01"]})
    return reader()
