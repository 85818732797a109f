"""Counties with their villages, and rosters on their way into the register."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.lib.gbcode import Level, subtree
from registry.queries.divisions import divisions_in
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
from tests.factories.villages import VillageFactory

DEMO = Path(__file__).parents[2] / "exchange" / "data" / "demo"


@pytest.fixture
def office(db: None) -> Iterator[Actor]:
    """Open the scope of the first county's office, all villages of which are on file."""
    with tenant_scope(county_office()) as actor:
        for division in divisions_in(subtree(actor.tenant_code), level=Level.VILLAGE):
            VillageFactory.create(code=division.code, name=division.name)
        yield actor
