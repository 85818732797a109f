"""Changes of status and monitoring on which a second person decides."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from households.domain.change_requests import approve_change, rebase_change, refuse_change
from households.domain.change_rules import set_change_rule
from households.domain.monitoring import identify_for_monitoring, remove_risk
from households.domain.status import change_status
from households.domain.status_requests import change_or_propose_status, propose_status
from households.models import ChangeRequest, Household, HouseholdSpell, MonitoringSpell, Posting
from households.queries.change_requests import differences
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor, take_notices
from registry.tenancy.scope import savepoint
from tests.factories.households import registered
from tests.factories.tenants import actor_of

DAY = date(2021, 3, 1)
WHY = "县级审定"


def second() -> Actor:
    return actor_of(Role.TOWNSHIP_CLERK, area="549901100000", user_id=uuid4())


def ruled(office: Actor, status: str = "filed") -> Household:
    """Give a household of a county where a second person decides on status."""
    set_change_rule({"status_by_two": True}, actor=office)
    return registered(status=status)


def code_of(verb: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused, savepoint():
        verb()
    return refused.value.code


def lifting(household: Household, office: Actor) -> ChangeRequest:
    return propose_status(household.id, "lift", actor=office, on=DAY, reason=WHY, version=1)


def postings() -> list[tuple[str, str, int]]:
    return sorted(Posting.objects.filter(effective_on=DAY).values_list("kind", "stock", "households_delta"))


def test_direct_change_of_status_and_monitoring_is_refused_when_the_rule_holds(office: Actor) -> None:
    household = ruled(office)
    ways: list[Callable[[], object]] = [
        lambda: change_status(household.id, "lift", actor=office, on=DAY, reason=WHY),
        lambda: change_status(household.id, "close_gone", actor=office, on=DAY, reason=WHY),
        lambda: identify_for_monitoring(household.id, "1", actor=office, on=DAY, reason=WHY),
    ]

    assert {code_of(way) for way in ways} == {"change.needs_second_person"}
    assert (Household.objects.get().status, postings()) == ("filed", [])


def test_status_is_changed_at_once_when_the_county_does_not_ask(office: Actor) -> None:
    set_change_rule({"identity_by_two": True}, actor=office)
    household = registered(status="filed")

    change_or_propose_status(household.id, "lift", actor=office, on=DAY, reason=WHY, version=1)

    assert (Household.objects.get().status, ChangeRequest.objects.count()) == ("lifted", 0)


def test_approval_writes_status_spell_and_postings_as_the_verb_does(office: Actor) -> None:
    household = ruled(office)
    proposed = lifting(household, office)

    assert (proposed.changes, Household.objects.get().status, postings()) == (
        {"status": ["filed", "lifted"]},
        "filed",
        [],
    )
    assert code_of(lambda: approve_change(proposed.id, actor=office, version=1)) == "change.own_request"
    decided = approve_change(proposed.id, actor=second(), version=1)

    assert (decided.state, Household.objects.get().status) == ("approved", "lifted")
    assert postings() == [("lifted", "lifted", 1), ("lifted", "not_lifted", -1)]
    assert HouseholdSpell.objects.filter(status="lifted", starts_on=DAY, ends_on=None).count() == 1
    assert code_of(lambda: approve_change(proposed.id, actor=second(), version=2)) == "change.decided"
    assert len(postings()) == 2


def test_approval_enters_the_category_and_its_spell_when_monitoring_was_proposed(office: Actor) -> None:
    household = ruled(office, "lifted")
    proposed = propose_status(household.id, "identify", code="1", actor=office, on=DAY, reason=WHY, version=1)

    approve_change(proposed.id, actor=second(), version=1)

    found = Household.objects.get()
    assert proposed.changes == {"monitoring_state": ["none", "identified"], "monitoring_code": ["", "1"]}
    assert (found.monitoring_state, found.monitoring_code) == ("identified", "1")
    assert (MonitoringSpell.objects.get().starts_on, postings()) == (DAY, [("identified", "monitored", 1)])
    assert code_of(lambda: remove_risk(household.id, "2", actor=office, on=date(2021, 4, 1), reason=WHY)) == (
        "change.needs_second_person"
    )


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [("return", DAY, "workflow.not_from_here"), ("lift", date(2000, 1, 1), "date.before_last_change")],
)
def test_what_the_verb_would_refuse_is_not_proposed(office: Actor, name: str, day: date, code: str) -> None:
    household = ruled(office)

    found = code_of(lambda: propose_status(household.id, name, actor=office, on=day, reason=WHY, version=1))

    assert (found, ChangeRequest.objects.count()) == (code, 0)


def test_conflict_is_shown_when_the_status_changed_meanwhile(office: Actor) -> None:
    household = ruled(office)
    proposed = lifting(household, office)
    set_change_rule({"status_by_two": False}, actor=office, version=1)
    change_status(household.id, "lift", actor=office, on=DAY, reason=WHY)

    found = differences(ChangeRequest.objects.get())
    assert [(one.name, one.now, one.is_stale) for one in found] == [("status", "lifted", True)]
    assert code_of(lambda: approve_change(proposed.id, actor=second(), version=1)) == "change.conflict"
    assert code_of(lambda: rebase_change(proposed.id, actor=office, version=1)) == "change.nothing_left"


def test_status_stays_when_the_second_person_refuses(office: Actor) -> None:
    proposed = lifting(ruled(office), office)

    refuse_change(proposed.id, actor=second(), version=1, reason="未达标准")

    assert (Household.objects.get().status, postings()) == ("filed", [])


def test_button_proposes_and_says_so_when_the_rule_holds(office: Actor) -> None:
    household = ruled(office)

    change_or_propose_status(household.id, "lift", actor=office, on=DAY, reason=WHY, version=1)

    assert (Household.objects.get().status, ChangeRequest.objects.get().kind) == ("filed", "status")
    assert "change.proposed" in [notice.code for notice in take_notices()]
