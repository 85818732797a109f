"""Two people at work on the same household or person at the same moment."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.db import connection

from assistance.domain.pairing import end_pairing
from assistance.models import Pairing
from households.domain.members import add_person
from households.domain.register import register_households
from households.domain.status import change_status
from households.enums import PostingKind
from households.models import Household, Membership, Posting
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.households import FIRST_DAY, HouseholdDraftFactory, PersonDraftFactory, registered
from tests.factories.tenants import county_office
from tests.factories.villages import VillageFactory
from tests.households.meanwhile import Meanwhile
from tests.support.database import Database


@pytest.fixture
def clerk(committed_database: Database) -> Iterator[Actor]:
    """Give a clerk of a county whose rows are committed."""
    actor = county_office()
    with tenant_scope(actor):
        VillageFactory.create()
    yield actor
    connection.close()


def test_second_change_is_refused_when_two_clerks_lift_from_the_same_version(clerk: Actor) -> None:
    with tenant_scope(clerk):
        household = registered(status="filed")
    second = Meanwhile(
        lambda: change_status(household.id, "lift", actor=clerk, on=FIRST_DAY, reason="公告", version=1), clerk
    )

    with tenant_scope(clerk):
        change_status(household.id, "lift", actor=clerk, on=FIRST_DAY, reason="公告", version=1)
        second.start_and_wait_for_the_lock()

    with tenant_scope(clerk):
        lifted = Posting.objects.filter(kind="lifted", stock="lifted").count()
    assert (second.outcome(), lifted) == ("registry.stale_version", 1)


def test_second_change_is_refused_when_a_job_lifts_what_was_just_lifted(clerk: Actor) -> None:
    with tenant_scope(clerk):
        household = registered(status="filed")
    lift = partial(change_status, household.id, "lift", actor=clerk, on=FIRST_DAY, reason="公告")
    second = Meanwhile(lift, clerk)

    with tenant_scope(clerk):
        lift()
        second.start_and_wait_for_the_lock()

    assert second.outcome() == "workflow.not_from_here"


def test_second_registration_is_refused_when_two_clerks_register_the_same_person(clerk: Actor) -> None:
    person = PersonDraftFactory.build(relation_code="01", number="")
    first, other = HouseholdDraftFactory.build_batch(2, members=(person,))
    second = Meanwhile(lambda: register_households([other], actor=clerk, on=FIRST_DAY), clerk)

    with tenant_scope(clerk):
        register_households([first], actor=clerk, on=FIRST_DAY)
        second.start_and_wait_for_the_lock()

    with tenant_scope(clerk):
        numbers = list(Household.objects.values_list("number", flat=True))
    assert (second.outcome(), numbers) == ("database.person_document_once_a_tenant", [first.number])


def test_second_registration_is_refused_when_two_clerks_register_the_same_household(clerk: Actor) -> None:
    first, other = (HouseholdDraftFactory.build(number="54990100000001") for _ in range(2))
    second = Meanwhile(lambda: register_households([other], actor=clerk, on=FIRST_DAY), clerk)

    with tenant_scope(clerk):
        register_households([first], actor=clerk, on=FIRST_DAY, kind=PostingKind.TAKEOVER)
        second.start_and_wait_for_the_lock()

    assert second.outcome() == "database.household_number_once_a_tenant"


def test_person_joins_one_household_when_two_take_the_same_person(clerk: Actor) -> None:
    with tenant_scope(clerk):
        person = PersonDraftFactory.build(number="")
        registered(members=(PersonDraftFactory.build(relation_code="01"), person))
        Membership.objects.filter(relation_code="02").update(ends_on=FIRST_DAY, end_reason_code="24")
        one, other = registered(), registered()
    second = Meanwhile(lambda: add_person(other.id, person, actor=clerk, on=FIRST_DAY, reason_code="18"), clerk)

    with tenant_scope(clerk):
        add_person(one.id, person, actor=clerk, on=FIRST_DAY, reason_code="18")
        second.start_and_wait_for_the_lock()

    with tenant_scope(clerk):
        joined = Membership.objects.filter(household__in=[one, other]).count()
    assert (second.outcome(), joined) == ("database.membership_one_household_a_day", 5)


def test_pairing_is_kept_when_the_household_returns_at_the_same_moment(clerk: Actor) -> None:
    with tenant_scope(clerk):
        household = registered(status="lifted")
        pairing = paired(household)
    second = Meanwhile(lambda: end_pairing(pairing.id, actor=clerk, on=FIRST_DAY, reason="退休"), clerk)

    with tenant_scope(clerk):
        change_status(household.id, "return", actor=clerk, on=FIRST_DAY, reason="返贫")
        second.start_and_wait_for_the_lock()

    with tenant_scope(clerk):
        ends_on = Pairing.objects.get().ends_on
    assert (second.outcome(), ends_on) == ("pairing.must_be_kept", None)
