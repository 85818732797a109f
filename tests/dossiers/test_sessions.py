"""A step held for a list: one meeting, notice or decision for many households."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.domain.checks import StepFacts
from dossiers.domain.sessions import Minutes, close_session, open_session, take_out
from dossiers.domain.steps import do_step
from dossiers.models import Dossier, DossierStep, ListSession, SessionEntry
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import BEGUN_ON, MEETING, PDF, advance, begun, facts_of, somebody, team
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, TOWNSHIP_CODE

PAPER = Minutes(PDF, "minutes.pdf", "33")
HELD = StepFacts(ends_on=BEGUN_ON, remark="同意", **MEETING)


def held(*dossiers: Dossier, actor: Actor, form: str = "meeting") -> ListSession:
    ids = [dossier.id for dossier in dossiers]
    return open_session(form, "村两委会议", ids, starts_on=BEGUN_ON, actor=actor)


def positions(*dossiers: Dossier) -> list[int]:
    return [Dossier.objects.get(pk=dossier.pk).next_position for dossier in dossiers]


def test_one_meeting_closes_the_step_of_every_household_named_when_it_is_closed(office: Actor) -> None:
    first, second, other = begun("exit"), begun("exit"), begun("exit")

    session = close_session(held(first, second, actor=office).id, HELD, PAPER, actor=office)

    steps = DossierStep.objects.filter(session=session)
    assert (session.state, session.present_count, session.minutes_code) == ("closed", 25, "33")
    assert {(step.present_count, step.votes_for, step.remark) for step in steps} == {(25, 20, "同意")}
    assert positions(first, second, other) == [2, 2, 1]


def test_household_keeps_its_step_when_it_is_taken_out_with_a_reason(office: Actor) -> None:
    first, second = begun("exit"), begun("exit")
    session = held(first, second, actor=office)

    with pytest.raises(DomainError) as unsaid, savepoint():
        take_out(session.id, second.id, on=BEGUN_ON, reason=" ", actor=office)
    take_out(session.id, second.id, on=BEGUN_ON, reason="户主外出", actor=office, version=1)
    with pytest.raises(NotFound):
        take_out(session.id, second.id, on=BEGUN_ON, reason="户主外出", actor=office)
    close_session(session.id, HELD, PAPER, actor=office, version=2)

    entry = SessionEntry.objects.get(dossier=second)
    assert (unsaid.value.code, positions(first, second), entry.reason) == ("reason.missing", [2, 1], "户主外出")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"present_count": None}, "meeting.no_attendance"),
        ({"present_count": 10, "votes_for": 9, "votes_against": 0}, "meeting.no_quorum"),
        ({"votes_for": 3}, "meeting.not_approved"),
        ({"ends_on": BEGUN_ON - timedelta(days=1)}, "step.days"),
    ],
)
def test_no_step_is_closed_when_the_meeting_could_not_decide(office: Actor, changes: dict[str, Any], code: str) -> None:
    first, second = begun("exit"), begun("exit")
    session = held(first, second, actor=office)

    with pytest.raises(DomainError) as refused, savepoint():
        close_session(session.id, replace(HELD, **changes), PAPER, actor=office)

    session.refresh_from_db()
    assert (refused.value.code, session.state, positions(first, second)) == (code, "open", [1, 1])
    assert str(refused.value).startswith("Household 1 of the list: ")


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (Minutes(PDF, "minutes.png", "33"), "file.not_what_it_says"),
        (Minutes(PDF, "minutes.pdf", "34"), "step.evidence_missing"),
        (Minutes(PDF, "minutes.pdf", "none"), "code.unknown"),
    ],
)
def test_no_step_is_closed_when_the_minutes_are_not_what_is_asked(office: Actor, paper: Minutes, code: str) -> None:
    first = begun("exit")
    session = held(first, actor=office)

    with pytest.raises(DomainError) as refused, savepoint():
        close_session(session.id, HELD, paper, actor=office)
    close_session(session.id, HELD, PAPER, actor=office)

    assert (refused.value.code, positions(first)) == (code, [2])


def test_step_of_a_listed_household_waits_for_the_session_when_it_is_open(office: Actor) -> None:
    first = begun("exit")
    session = held(first, actor=office)

    with pytest.raises(Conflict) as alone, savepoint():
        do_step(first.id, facts_of(first), actor=office)
    with pytest.raises(Conflict) as twice, savepoint():
        held(first, actor=office)

    assert (alone.value.code, twice.value.code) == ("dossier.on_a_list", "session.listed")
    assert close_session(session.id, HELD, PAPER, actor=office).state == "closed"


@pytest.mark.parametrize("form", ["visit", "application", "signature", "other"])
def test_session_is_refused_when_the_step_is_each_households_own(office: Actor, form: str) -> None:
    dossier = begun("exit")

    with pytest.raises(DomainError) as refused:
        held(dossier, actor=office, form=form)

    assert refused.value.code == "session.form"


def test_session_is_refused_when_the_list_is_wrong(office: Actor) -> None:
    first, second = begun("exit"), advance(begun("exit"), to=2)

    with pytest.raises(DomainError) as other_step, savepoint():
        held(first, second, actor=office)
    with pytest.raises(DomainError) as twice, savepoint():
        held(first, first, actor=office)
    with pytest.raises(DomainError) as nobody, savepoint():
        held(actor=office)

    assert (other_step.value.code, "Household 2" in str(other_step.value)) == ("session.other_step", True)
    assert (twice.value.code, nobody.value.code) == ("session.list", "session.list")


def test_decision_on_the_own_request_is_refused_when_it_stands_on_a_list(office: Actor) -> None:
    other = somebody()
    mine, theirs = begun("exit", by=office), begun("exit", by=team())
    for dossier in (mine, theirs):
        advance(dossier, to=6, actor=other)
    day = facts_of(mine).starts_on
    assert day is not None
    session = open_session("decision", "审核", [theirs.id, mine.id], starts_on=day, actor=office)
    facts, paper = StepFacts(ends_on=day), Minutes(PDF, "decision.pdf", "37")

    with pytest.raises(Conflict) as refused, savepoint():
        close_session(session.id, facts, paper, actor=office)

    assert (refused.value.code, "Household 2" in str(refused.value)) == ("dossier.own_request", True)
    assert close_session(session.id, facts, paper, actor=other).state == "closed"


def test_session_is_closed_once_when_it_is_closed_again(office: Actor) -> None:
    first = begun("exit")
    session = held(first, actor=office)
    close_session(session.id, HELD, PAPER, actor=office)

    with pytest.raises(Conflict) as refused:
        close_session(session.id, HELD, PAPER, actor=office)

    assert (refused.value.code, positions(first)) == ("session.closed", [2])


def test_session_belongs_to_the_smallest_place_that_holds_all_when_opened(office: Actor) -> None:
    here, with_near, with_far = begun("exit"), begun("exit"), begun("exit")
    near, far = (begun("exit", village_code=code) for code in (NEXT_VILLAGE_CODE, FAR_VILLAGE_CODE))

    codes = [held(*listed, actor=office).scope_code for listed in ((here,), (with_near, near), (with_far, far))]

    assert codes == [here.scope_code, TOWNSHIP_CODE, office.tenant_code]


def test_dossier_of_another_area_looks_unknown_when_it_is_named(office: Actor) -> None:
    near, far = begun("exit"), begun("exit", village_code=FAR_VILLAGE_CODE)

    with tenant_scope(team()) as actor:
        with pytest.raises(NotFound), savepoint():
            held(near, far, actor=actor)
        session = held(near, actor=actor)

    assert session.state == "open"


def test_list_is_closed_by_as_many_queries_for_three_as_for_one(office: Actor) -> None:
    def cost(count: int) -> int:
        session = held(*(begun("exit") for _ in range(count)), actor=office)
        with CaptureQueriesContext(connection) as captured:
            close_session(session.id, HELD, PAPER, actor=office)
        return len(captured)

    cost(1)

    assert cost(3) == cost(1)
