"""Applying a roster when the counties compared more identities today than they may, on a database that commits."""

from typing import Final

import psycopg
import pytest

from households.models import Household
from registry.lib.errors import DomainError
from registry.tenancy.scope import tenant_scope
from tests.exchange.rosters import applied, csv_of, head, spouse
from tests.factories.tenants import VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.support.database import Database

SPEND_THE_DAY: Final = """
SELECT setval('registry_identityasked', (current_date - DATE '2020-01-01')::bigint * 1000000000000 + 4999999)
"""


def test_apply_says_so_and_writes_nothing_when_too_many_identities_were_compared(committed_database: Database) -> None:
    office = county_office()
    with tenant_scope(office):
        VillageFactory.create(code=VILLAGE_CODE)
    with psycopg.connect(committed_database.owner_url) as owner:
        owner.execute(SPEND_THE_DAY)

    with pytest.raises(DomainError) as refused, tenant_scope(office):
        applied(csv_of(head(), spouse()), office)

    with tenant_scope(office):
        assert (refused.value.code, Household.objects.count()) == ("claim.too_many", 0)
