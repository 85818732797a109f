"""Two second persons who decide on one change at the same moment: it is applied once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection

from households.domain.change_requests import approve_change, refuse_change
from households.domain.change_rules import set_change_rule
from households.domain.closed_years import close_year
from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from households.domain.figure_requests import propose_household_year
from households.domain.status_requests import propose_status
from households.models import ChangeRequest, Household, HouseholdYear, Posting
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.factories.villages import VillageFactory
from tests.households.meanwhile import Meanwhile
from tests.support.database import Database

FACTS = YearDraft(year=2020, is_declared=True, net_per_head_yuan=Decimal(4000), source="农户自报")
AT_ONCE = 4
SECONDS = 30


@pytest.fixture
def first(committed_database: Database) -> Iterator[Actor]:
    """Give who proposes, in a county whose rows are committed."""
    actor = county_office()
    with tenant_scope(actor):
        VillageFactory.create()
        set_change_rule({"status_by_two": True}, actor=actor)
    yield actor
    connection.close()


def second(first: Actor) -> Actor:
    return replace(first, user_id=uuid4())


def lifting(first: Actor) -> UUID:
    with tenant_scope(first):
        household = registered(status="filed")
        on = date(2021, 3, 1)
        return propose_status(household.id, "lift", actor=first, on=on, reason="审定", version=1).pk


def approving(request_id: UUID, actor: Actor, start: Barrier, outcomes: list[str]) -> None:
    """Approve in a thread with a connection of its own, and tell how it went."""
    try:
        start.wait(SECONDS)
        with tenant_scope(actor):
            approve_change(request_id, actor=actor, version=1)
        outcomes.append("approved")
    except DomainError as error:
        outcomes.append(error.code)
    finally:
        connection.close()


def test_change_is_applied_once_when_several_approve_at_the_same_moment(first: Actor) -> None:
    request_id = lifting(first)
    start, outcomes = Barrier(AT_ONCE), list[str]()
    threads = [
        Thread(target=approving, args=(request_id, second(first), start, outcomes), daemon=True) for _ in range(AT_ONCE)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)

    assert sorted(outcomes) == ["approved", *["registry.stale_version"] * (AT_ONCE - 1)]
    with tenant_scope(first):
        lifted = Posting.objects.filter(kind="lifted").count()
        assert (Household.objects.get().version, lifted) == (2, 2)
        assert ChangeRequest.objects.get().version == 2


def test_second_decision_is_refused_when_it_waited_for_the_first(first: Actor) -> None:
    with tenant_scope(first):
        household = registered()
        record_household_year(household.id, FACTS, actor=first)
        close_year(2020, on=date(2021, 1, 31), actor=first)
        wanted = replace(FACTS, net_per_head_yuan=Decimal(4500))
        proposed = propose_household_year(household.id, wanted, actor=first, version=None, reason="核查")
    one, other = second(first), second(first)
    refusing = Meanwhile(lambda: refuse_change(proposed.pk, actor=other, version=1, reason="无依据"), other)

    with tenant_scope(one):
        approve_change(proposed.pk, actor=one, version=1)
        refusing.start_and_wait_for_the_lock()

    with tenant_scope(first):
        written = HouseholdYear.objects.get().net_per_head_yuan
        state = ChangeRequest.objects.get().state
    assert (refusing.outcome(), written, state) == ("registry.stale_version", Decimal(4500), "approved")
