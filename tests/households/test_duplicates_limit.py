"""How much may be asked about the identities of all counties, on a database that keeps what is committed."""

from datetime import date

import psycopg
import pytest
from django.db import connection

from households.domain.claims import claim_batch
from households.domain.members import end_membership
from households.models import Household
from registry.crypto import claim_indexes
from registry.domain.claims import claim_identities
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.scope import tenant_scope
from tests.factories.households import document_number
from tests.factories.tenants import actor_of, county, service
from tests.households.meanwhile import Meanwhile
from tests.households.two_counties import (
    NUMBER,
    OWN_NUMBER,
    asked_today,
    claimants,
    claims_of,
    here,
    person_in,
    there,
    tried,
)
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


def test_releasing_is_counted_since_statistics_show_what_it_found(committed_database: Database) -> None:
    person_in(here())
    before = asked_today(committed_database)

    with tenant_scope(there()):
        found = [rows_read_by_releasing(number) for number in (NUMBER, document_number(13))]

    # Whatever the database tells of its work, it tells of no more than is counted and written to the log.
    assert (found[0] > found[1], asked_today(committed_database)) == (True, before + 2)


def rows_read_by_releasing(number: str) -> int:
    """Release what is not claimed here, and give how many claims the database says it has read for it."""
    counted = "SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'registry_identityclaim'"
    with connection.cursor() as cursor:
        cursor.execute(counted)
        before = cursor.fetchone()[0]
        claim_identities([], released=claim_indexes([number]))
        cursor.execute(counted)
        return int(cursor.fetchone()[0]) - int(before)


def test_log_line_of_all_counties_is_not_shown_to_who_asks(committed_database: Database) -> None:
    person_in(here())
    said: list[str] = []

    with tenant_scope(there()), connection.cursor() as cursor:
        connection.connection.add_notice_handler(lambda notice: said.append(notice.message_primary))
        cursor.execute("SET LOCAL client_min_messages = log")
        claim_identities(claim_indexes([NUMBER]))

    assert said == []


def test_counties_do_not_wait_for_each_other_for_ever_when_they_exchange_numbers(
    committed_database: Database,
) -> None:
    first, low, high = sorted(claim_indexes([NUMBER, OWN_NUMBER, document_number(13)]))
    with tenant_scope(here()):
        claim_identities([high])
    with tenant_scope(there()):
        claim_identities([low])
    third = actor_of(Role.COUNTY_OFFICE, tenant=county("549903000000"))
    with tenant_scope(third):
        claim_identities([first])
    one = Meanwhile(lambda: claim_identities([first, low], released=[high]), here())
    other = Meanwhile(lambda: claim_identities([high], released=[low]), there())

    with tenant_scope(third):
        claim_identities([first])
        one.start_and_wait_for_the_lock()
        # The first one waits and holds nothing that the second one wants.
        other.start()
        ended = other.outcome()

    assert (ended, one.outcome(), claims_of(committed_database)) == ("", "", 3)


def test_who_leaves_meanwhile_is_not_claimed_again_by_the_command(committed_database: Database) -> None:
    person = person_in(here())
    with tenant_scope(here()):
        household = Household.objects.get()
    command = Meanwhile(lambda: claim_batch(after=None, actor=service()), service())

    with tenant_scope(here()):
        end_membership(household.pk, person.pk, actor=here(), on=date(2021, 3, 1), reason_code="23")
        command.start_and_wait_for_the_lock()

    assert (command.outcome(), claimants(there())) == ("", [])
