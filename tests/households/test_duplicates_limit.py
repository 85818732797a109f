"""How much may be asked about the identities of all counties, on a database that keeps what is committed."""

import psycopg
import pytest

from registry.crypto import claim_indexes
from registry.domain.claims import claim_identities
from registry.lib.errors import DomainError
from registry.tenancy.scope import tenant_scope
from tests.households.two_counties import NUMBER, asked_today, claims_of, here, person_in, there, tried
from tests.support.database import Database


def test_asking_is_counted_when_it_is_undone(committed_database: Database) -> None:
    person_in(here())
    before = asked_today(committed_database)

    refusal = tried("SELECT 1 / (count(*) - count(*)) FROM claim_identities(%s, '{}')", [claim_indexes([NUMBER])])

    assert (refusal, asked_today(committed_database)) == ("DivisionByZero", before + 1)


def test_asking_ends_for_the_day_when_too_much_was_asked(committed_database: Database) -> None:
    person_in(here())
    with psycopg.connect(committed_database.owner_url) as owner:
        owner.execute("SELECT setval('registry_identityasked', last_value + 5000000 - 2) FROM registry_identityasked")

    with tenant_scope(there()), pytest.raises(DomainError) as refused:
        claim_identities(claim_indexes([NUMBER]))

    assert (refused.value.code, claims_of(committed_database)) == ("claim.too_many", 2)
