"""Duplicates at entry are answered from indexes: what the database says it has read while somebody is entered."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from households.domain.amend import amend_person
from households.domain.members import add_person
from households.models import Household, Person
from registry.domain.claims import claim_identities
from registry.tenancy.scope import tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.households.two_counties import NUMBER, here, notices, person_in, there
from tests.support.database import Database, owner_connection
from tests.support.reading import rows_read

MANY = 5_000
TABLES = ("households_person", "households_membership", "households_duplicatenotice", "registry_identityclaim")
FILL = """
INSERT INTO households_person (id, tenant_id, scope_code, version, created_at, updated_at, number, name, sound_key,
    sound_start, sex_code, birth_on, birth_precision, document_code, document_sealed, document_index, claim_index,
    disability_category_code, disability_grade_code, is_placeholder)
SELECT gen_random_uuid(), %s, '549901100200', 1, now(), now(), '', '某', 'k' || n %% 25, 'k' || n %% 25, '1',
    date '1950-01-01' + n %% 21900, 'day', '1', one.value, one.value, one.value, '', '', false
FROM generate_series(1, %s) AS n CROSS JOIN LATERAL (SELECT sha256(n::text::bytea) AS value) AS one"""


def read_in_full(act: Callable[[], object]) -> dict[str, int]:
    """Give the tables of which most rows were read while somebody acts, with their number."""
    return {name: count for name, count in rows_read(TABLES, act).items() if count > MANY / 2}


@pytest.fixture
def household(committed_database: Database) -> Household:
    """Fill both counties with many persons and claims, one of them the person of the test, and count them.

    The database reads in full what it has never counted and believes to be small: autovacuum counts a table within a
    minute, and only its owner may do so here.
    """
    person_in(there())
    with tenant_scope(there()):
        claim_identities([number.to_bytes(32, "big") for number in range(MANY)])
    with tenant_scope(here()) as actor, connection.cursor() as cursor:
        made: Household = registered()
        cursor.execute(FILL, [actor.tenant_id, MANY])
    with owner_connection(committed_database.name) as owner:
        owner.execute("ANALYZE")
    return made


def test_reading_in_full_is_seen_when_no_index_answers(household: Household) -> None:
    with tenant_scope(here()):
        found = read_in_full(Person.objects.filter(sex_code="9").exists)

    assert list(found) == ["households_person"]


def test_nothing_is_read_in_full_when_a_member_is_added(household: Household) -> None:
    draft = PersonDraftFactory.build(document_number=NUMBER, sex_code="")

    with tenant_scope(here()) as actor:
        found = read_in_full(
            lambda: add_person(household.pk, draft, actor=actor, on=date(2021, 3, 1), reason_code="13")
        )

    assert (found, len(notices(here()))) == ({}, 1)


def test_nothing_is_read_in_full_when_a_number_is_corrected(household: Household) -> None:
    person = person_in(here(), document_number(12))

    with tenant_scope(here()) as actor:
        found = read_in_full(
            lambda: amend_person(person.pk, {"document_number": NUMBER}, actor=actor, version=person.version)
        )

    assert (found, len(notices(here()))) == ({}, 1)


def test_nothing_is_read_in_full_when_a_household_is_registered(household: Household) -> None:
    head = PersonDraftFactory.build(relation_code="01", document_number=NUMBER, sex_code="")

    with tenant_scope(here()):
        found = read_in_full(lambda: registered(members=(head,)))

    assert (found, len(notices(here()))) == ({}, 1)
