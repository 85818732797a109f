"""Plans of helpers from the households that need a lead to the hand-overs that a township confirms."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

import numpy as np
import pytest

from assistance.domain.helper import amend_helper
from assistance.domain.loads import set_helper_load
from assistance.domain.pairing import pair
from assistance.queries.loads import load_limits
from assistance.queries.pairings import lead_on
from households.models import Household
from planning.domain.helper_parts import ask_to_confirm, confirm_part, decline_helper_part, publish_helper_plan
from planning.domain.helper_plans import (
    HelperPlanFacts,
    amend_helper_plan,
    end_helper_plan,
    make_helper_plan,
    say_related,
    take_back_related,
    withdraw_helper_plan,
)
from planning.domain.helper_proposals import ask_for_helper_proposal, choose_by_hand, make_helper_proposal
from planning.models import HelperChoice, HelperPart, HelperPlan, HelperProposal, RelatedPair
from planning.optimum import NOBODY, Limits, Problem, Senders, Targets, Ways, Weights, solve, weighed
from planning.queries.helper_plans import choices_of_proposal, differing, explained
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor, current_state
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office, employed
from villages.domain.teams import send_team

TOWNSHIP = VILLAGE_CODE[:9] + "000"
START = date(2021, 1, 1)


@pytest.fixture
def office(db: None) -> Iterator[Actor]:
    """Open the scope of the county's office."""
    with tenant_scope(county_office()) as actor:
        yield actor


def plan_of(actor: Actor, **facts: Any) -> HelperPlan:
    given: dict[str, Any] = {"title": "结对帮扶", "area_code": "", "starts_on": START, **facts}
    return make_helper_plan(cast("HelperPlanFacts", given), actor=actor)


def proposal_of(plan: HelperPlan, actor: Actor, *, after: UUID | None = None) -> HelperProposal:
    return make_helper_proposal(plan.pk, plan.proposals.count() + 1, actor=actor, after=after)


def chosen(proposal: HelperProposal) -> dict[UUID, UUID | None]:
    return dict(proposal.choices.values_list("household_id", "helper_id"))


def told(proposal: HelperProposal, household: Household, actor: Actor) -> str:
    rows = choices_of_proposal(proposal.pk, actor=actor).filter(household=household)
    return explained(list(rows))[0].text


def most(limit: int, actor: Actor, rank: str = "") -> None:
    set_helper_load(2021, rank_code=rank, household_limit=limit, source="县帮扶通知", actor=actor)


def clerk() -> Actor:
    """Give a clerk of the township who is not of the office."""
    return employed(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP))


def published(household: Household, actor: Actor) -> HelperPart:
    """Publish a plan that gives the household its only helper, and give the township's part."""
    publish_helper_plan(proposal_of(plan_of(actor), actor).pk, actor=actor, reason="已征求意见")
    return HelperPart.objects.get(scope_code=TOWNSHIP)


# --- limits -----------------------------------------------------------------------------------------------------------
def test_limit_of_the_county_goes_before_the_shipped_one_when_its_year_has_begun(office: Actor) -> None:
    set_helper_load(2022, rank_code="1", household_limit=3, source="县帮扶通知", actor=office)

    assert [load_limits(year).of("1") for year in (2021, 2022, 2030)] == [5, 3, 3]


def test_limit_is_refused_when_it_stands_already_or_names_no_source(office: Actor) -> None:
    most(2, office)

    with pytest.raises(Conflict) as twice:
        most(3, office)
    with pytest.raises(DomainError) as unsourced:
        set_helper_load(2022, rank_code="", household_limit=3, source=" ", actor=office)
    assert (twice.value.code, unsourced.value.code) == ("load.on_file", "load.source_missing")


# --- proposals --------------------------------------------------------------------------------------------------------
def test_lead_stays_when_there_is_room_and_new_ones_go_to_the_team_of_the_village(office: Actor) -> None:
    led, alone = registered(), registered()
    lead, of_team, _other = HelperFactory.create(), HelperFactory.create(), HelperFactory.create()
    paired(led, helper=lead)
    assert of_team.unit is not None
    send_team(alone.village_id, of_team.unit.pk, leader_name="示例队长", actor=office, on=START)
    most(1, office)

    proposal = proposal_of(plan_of(office), office)

    assert chosen(proposal) == {led.pk: lead.pk, alone.pk: of_team.pk}
    assert (proposal.covered_count, proposal.changed_count, proposal.cost) == (2, 1, proposal.bound)
    assert told(proposal, led, office) == f"{lead.name} leads it already and stays."
    assert told(proposal, alone, office).endswith(f"{of_team.name}, {of_team.unit}, has its team in this village.")


def test_lead_changes_when_it_takes_part_no_more_is_related_or_has_too_many(office: Actor) -> None:
    first, second, third, fourth = (registered() for _ in range(4))
    gone, related, full, free = (HelperFactory.create() for _ in range(4))
    paired(first, helper=gone)
    paired(second, helper=related)
    paired(third, helper=full)
    paired(fourth, helper=full)
    amend_helper(gone.pk, {"takes_part": False}, actor=office, version=1)
    set_helper_load(2021, rank_code="", household_limit=3, source="县帮扶通知", actor=office)
    amend_helper(full.pk, {"rank_code": "1"}, actor=office, version=1)
    most(1, office, rank="1")
    plan = plan_of(office)
    say_related(plan.pk, second.number, actor=office, helper_id=related.pk)

    proposal = proposal_of(plan, office)

    found = chosen(proposal)
    assert found[second.pk] != related.pk
    assert sorted(found.values(), key=str).count(full.pk) == 1
    assert set(found.values()) <= {related.pk, full.pk, free.pk}
    rows = dict(proposal.choices.values_list("household_id", "before"))
    assert (rows[first.pk], rows[second.pk]) == ("left", "better")
    assert sorted([rows[third.pk], rows[fourth.pk]]) == ["loaded", "stayed"]
    sentence = f"{related.name} leads it now and is related."
    assert sentence in told(proposal, second, office)
    withdraw_helper_plan(plan.pk, actor=office, reason="不做了")
    assert sentence not in told(proposal, second, office)


def test_household_stays_uncovered_and_is_told_why_when_nobody_has_room(office: Actor) -> None:
    households = [registered(), registered()]
    HelperFactory.create()
    most(1, office)

    proposal = proposal_of(plan_of(office), office)

    without = proposal.choices.get(helper=None)
    assert (proposal.covered_count, without.household_id in {one.pk for one in households}) == (1, True)
    assert "as many households as the limit allows" in explained([without])[0].text


def test_only_the_township_of_the_plan_is_planned_when_it_is_for_one(office: Actor) -> None:
    near = registered()
    registered(village_code=FAR_VILLAGE_CODE)
    HelperFactory.create()

    proposal = proposal_of(plan_of(office, area_code=TOWNSHIP), office)

    assert list(chosen(proposal)) == [near.pk]
    with pytest.raises(DomainError) as refused:
        plan_of(office, title="别处", area_code="549902100000")
    assert refused.value.code == "helper_plan.area"


def test_choice_by_hand_makes_a_proposal_that_is_compared_and_kept_when_reckoned_anew(office: Actor) -> None:
    household = registered()
    registered(village_code=FAR_VILLAGE_CODE)
    lead, other = HelperFactory.create(), HelperFactory.create()
    paired(household, helper=lead)
    plan = plan_of(office)
    first = proposal_of(plan, office)

    second = choose_by_hand(first.pk, household.pk, other.pk, actor=office, reason="村里的意见")
    third = proposal_of(plan, office, after=second.pk)

    (changed,) = differing(first, second, actor=office)
    assert (changed.household_id, vars(changed)["former_name"]) == (household.pk, lead.name)
    assert (second.cost > first.cost, second.bound, second.changed_count) == (
        True,
        first.bound,
        first.changed_count + 1,
    )
    assert (chosen(second)[household.pk], chosen(third)[household.pk]) == (other.pk, other.pk)


def test_choice_by_hand_is_refused_when_the_helper_is_related_or_has_no_room(office: Actor) -> None:
    household, second = registered(), registered()
    full, related = HelperFactory.create(), HelperFactory.create()
    most(1, office)
    paired(second, helper=full)
    plan = plan_of(office)
    say_related(plan.pk, household.number, actor=office, helper_id=related.pk)
    proposal = proposal_of(plan, office)

    with pytest.raises(DomainError) as beyond:
        choose_by_hand(proposal.pk, household.pk, full.pk, actor=office, reason="试")
    with pytest.raises(DomainError) as tied:
        choose_by_hand(proposal.pk, household.pk, related.pk, actor=office, reason="试")
    assert (beyond.value.code, tied.value.code) == ("helper_plan.beyond_load", "helper_plan.related")


# --- who is related ---------------------------------------------------------------------------------------------------
def test_who_is_related_is_kept_without_a_word_and_forgotten_when_the_plan_ends(office: Actor) -> None:
    household, helper, plan = registered(), HelperFactory.create(), plan_of(office)

    say_related(plan.pk, household.number, actor=office, helper_id=helper.pk)
    say_related(plan.pk, household.number, actor=office, helper_id=helper.pk)

    assert RelatedPair.objects.count() == 1
    said = [one.event for one in current_state().pending if one.event.verb == "planning.say_related"]
    assert [(event.user_id, event.username, event.role) for event in said] == [(None, "", Role.SERVICE)] * 2
    withdraw_helper_plan(plan.pk, actor=office, reason="不做了")
    assert RelatedPair.objects.count() == 0
    with pytest.raises(Conflict):
        say_related(plan.pk, household.number, actor=office, helper_id=helper.pk)


def test_helper_says_so_by_number_and_learns_nothing_when_there_is_none(office: Actor) -> None:
    household, plan = registered(), plan_of(office)
    self = employed(actor_of(Role.HELPER))
    HelperFactory.create(user_id=self.user_id)

    with tenant_scope(self):
        say_related(plan.pk, household.number, actor=self)
        say_related(plan.pk, "549901999999", actor=self)

    (pair_said,) = RelatedPair.objects.all()
    assert pair_said.household_id == household.pk
    take_back_related(pair_said.pk, actor=office)
    with pytest.raises(NotFound):
        take_back_related(pair_said.pk, actor=office)
    with pytest.raises(NotAllowed):
        take_back_related(uuid4(), actor=self)


# --- publishing and confirming ----------------------------------------------------------------------------------------
def test_township_confirms_once_and_each_lead_ends_on_the_day_the_next_begins(office: Actor) -> None:
    led, alone = registered(), registered()
    gone = HelperFactory.create()
    former = paired(led, helper=gone)
    amend_helper(gone.pk, {"takes_part": False}, actor=office, version=1)
    helper = HelperFactory.create()
    part = published(led, office)
    township = clerk()

    with tenant_scope(township):
        done = confirm_part(part.pk, actor=township)

    former.refresh_from_db()
    plan = HelperPlan.objects.get()
    assert (done.applied_count, done.left_count, plan.state, plan.open_parts_count) == (2, 0, "over", 0)
    assert {lead_on(one.pk, today()).helper_id for one in (led, alone)} == {helper.pk}  # type: ignore[union-attr]  # led
    assert (former.ends_on, former.end_reason) == (today(), "Plan of helpers: 结对帮扶")
    assert set(HelperChoice.objects.values_list("outcome", flat=True)) == {"paired", "handed_over"}


def test_household_is_left_and_told_when_its_lead_changed_since(office: Actor) -> None:
    first, second = registered(), registered()
    HelperFactory.create()
    part = published(first, office)
    pair(first.pk, HelperFactory.create().pk, actor=office, on=today())
    say_related(
        part.plan_id, second.number, actor=office, helper_id=HelperChoice.objects.get(household=second).helper_id
    )
    township = clerk()

    with tenant_scope(township):
        done = confirm_part(part.pk, actor=township)

    outcomes = dict(HelperChoice.objects.values_list("household_id", "outcome"))
    assert (done.applied_count, done.left_count) == (0, 2)
    assert (outcomes[first.pk], outcomes[second.pk]) == ("changed_since", "barred_since")


def test_household_is_left_when_the_helper_has_no_room_any_more_and_one_decided_before_is_not_asked_again(
    office: Actor,
) -> None:
    first, second, elsewhere = registered(), registered(), registered(village_code=FAR_VILLAGE_CODE)
    helper = HelperFactory.create()
    most(3, office)
    part = published(first, office)
    HelperChoice.objects.filter(household=elsewhere).update(outcome="handed_over", scope_code=VILLAGE_CODE)
    pair(elsewhere.pk, helper.pk, actor=office, on=today())
    other = registered(village_code=FAR_VILLAGE_CODE)
    pair(other.pk, helper.pk, actor=office, on=today())
    township = clerk()

    with tenant_scope(township):
        done = confirm_part(part.pk, actor=township)

    assert (done.applied_count, done.left_count) == (1, 1)
    outcomes = dict(HelperChoice.objects.values_list("household_id", "outcome"))
    assert sorted([outcomes[first.pk], outcomes[second.pk]]) == ["full_since", "paired"]
    assert outcomes[elsewhere.pk] == "handed_over"


def test_who_is_related_is_forgotten_outside_the_last_township_too(office: Actor) -> None:
    near, far = registered(), registered(village_code=FAR_VILLAGE_CODE)
    helper = HelperFactory.create()
    part = published(near, office)
    HelperPart.objects.exclude(pk=part.pk).update(state="declined", decided_by=uuid4())
    HelperPlan.objects.update(open_parts_count=1)
    say_related(part.plan_id, far.number, actor=office, helper_id=helper.pk)
    township = clerk()

    with tenant_scope(township):
        decline_helper_part(part.pk, actor=township, reason="再议")

    assert HelperPlan.objects.get().state == "over"
    assert RelatedPair.objects.count() == 0


def test_part_is_refused_to_whoever_published_it_and_twice_and_too_early(office: Actor) -> None:
    household = registered()
    HelperFactory.create()
    part = published(household, office)
    township = clerk()
    HelperPart.objects.update(published_by=township.user_id)

    with pytest.raises(NotAllowed) as same:
        ask_to_confirm(part.pk, actor=township)
    with pytest.raises(NotAllowed):
        ask_to_confirm(part.pk, actor=office)
    HelperPart.objects.update(published_by=office.user_id)
    HelperPlan.objects.update(starts_on=date(2099, 1, 1))
    with pytest.raises(DomainError) as early:
        ask_to_confirm(part.pk, actor=township)
    decline_helper_part(part.pk, actor=township, reason="再议")
    with pytest.raises(Conflict) as twice:
        decline_helper_part(part.pk, actor=township, reason="再议")
    assert (same.value.code, early.value.code, twice.value.code) == (
        "helper_part.same_person",
        "helper_plan.too_early",
        "helper_part.decided",
    )
    assert HelperPlan.objects.get().state == "over"


def test_office_ends_a_published_plan_and_changes_it_no_more(office: Actor) -> None:
    household = registered()
    HelperFactory.create()
    part = published(household, office)

    plan = end_helper_plan(part.plan_id, actor=office, reason="换届")

    part.refresh_from_db()
    assert (plan.state, part.state) == ("over", "ended")
    with pytest.raises(Conflict):
        amend_helper_plan(plan.pk, {"title": "别的"}, actor=office, version=plan.version)
    with pytest.raises(Conflict):
        ask_for_helper_proposal(plan.pk, actor=office)


def test_asking_twice_is_one_job_when_no_proposal_was_made_between(office: Actor) -> None:
    plan = plan_of(office)

    assert ask_for_helper_proposal(plan.pk, actor=office).pk == ask_for_helper_proposal(plan.pk, actor=office).pk


# --- the optimiser ----------------------------------------------------------------------------------------------------
def test_ways_by_group_decide_when_nothing_else_does() -> None:
    places = np.full((2, 2), np.nan)
    anywhere = np.full(2, -1, dtype=np.int64)
    problem = Problem(
        Senders(np.array([1, 1]), np.zeros(2), np.zeros((2, 0)), places, anywhere),
        Targets(np.ones(2), np.zeros((2, 0)), places, anywhere, np.full(2, NOBODY)),
        Weights(0, 0, 1, 0),
        Limits(),
        Ways(np.array([0, 1]), np.array([1, 0]), np.array([[0.0, 0.5], [0.75, 1.0]])),
    )

    plan = solve(problem)
    other = weighed(problem, np.array([0, 1]), bound=plan.bound)

    assert (plan.chosen.tolist(), plan.cost, plan.bound) == ([1, 0], 10000, 10000)
    assert (other.cost, other.bound) == (12500, 10000)
