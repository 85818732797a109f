"""The month of a work team: drawn from what its members entered, and from nothing else."""

import dataclasses
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.domain.measures import MeasureDraft, record_measure
from assistance.domain.plans import HouseholdPlanDraft, draft_household_plan
from concerns.domain.requests import RequestDraft, enter_request
from households.domain.amend import amend_household
from households.domain.visits import VisitDraft, record_visit
from households.models import Household
from registry.domain.audit_labels import VERBS
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.periods import Month, today
from registry.models import AuditDetail, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import NEXT_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office
from tests.registry.people import client_of, person, user
from tests.villages.teams import joined, sent
from tests.villages.test_api import client
from villages.domain.activities import ActivityDraft, record_activity
from villages.domain.basics import PointDraft, add_point
from villages.domain.members import end_member, link_member
from villages.domain.plans import PlanProjectDraft, add_project, draft_plan
from villages.domain.tasks import add_task
from villages.models import WorkTeam
from villages.queries.months import TeamMonth, counted, month_of_team

pytestmark = pytest.mark.django_db
START = today().replace(day=1) - timedelta(days=40)


@pytest.fixture
def team() -> WorkTeam:
    """Send a team whose member works under a login."""
    with tenant_scope(county_office()) as office:
        team = sent(on=START)
        member = joined(team, "示例甲", on=START)
        user("member-a")
        link_member(member.pk, "member-a", actor=office)
    return team


def member_at_work(*, area: str = VILLAGE_CODE, username: str = "member-a") -> Actor:
    account = User.objects.get(username=username)
    actor = actor_of(Role.VILLAGE_TEAM, area=area, user_id=account.pk)
    return dataclasses.replace(actor, username=username)


def household(code: str = VILLAGE_CODE, number: str = "54990180000001") -> Household:
    with tenant_scope(county_office()):
        return registered(village_code=code, number=number, status="filed")


def figures(team: WorkTeam, *, month: Month | None = None) -> dict[str, int]:
    with tenant_scope(county_office()):
        drawn: TeamMonth = month_of_team(team, month or Month.of(today()))
    return {one.key: one.count for task in drawn.tasks for one in task.figures if one.count}


def amend(one: Household, name: str, actor: Actor) -> None:
    with tenant_scope(actor):
        amend_household(one.pk, {"group_name": name}, actor=actor, version=Household.objects.get(pk=one.pk).version)


def test_month_counts_what_members_entered_in_their_village_when_it_is_drawn(team: WorkTeam) -> None:
    one, own = household(), member_at_work()
    amend(one, "甲组", own)
    amend(one, "乙组", own)
    with tenant_scope(own):
        record_measure(one.pk, MeasureDraft(category_code="40", state_code="1", starts_on=FIRST_DAY), actor=own)
        record_visit(one.pk, VisitDraft(year=today().year, visited_on=today(), source="入户"), actor=own)

    assert figures(team) == {"visits": 1, "households": 1, "measures": 1}
    assert figures(team, month=Month.of(today()).previous) == {}


def test_month_counts_what_was_entered_of_the_village_and_asked_for_by_it(team: WorkTeam) -> None:
    one, own = household(), member_at_work()
    with tenant_scope(own):
        council = ActivityDraft(kind_code="3", held_on=today(), subject="议事", participant_count=20)
        record_activity(one.village_id, council, actor=own)
        add_point(one.village_id, PointDraft(name="示例组", kind_code="2"), actor=own)
        plan = draft_plan(one.village_id, year=today().year, goals="产业", actor=own)
        add_project(plan.pk, PlanProjectDraft(name="养牛", kind_code="1", planned_yuan=Decimal(1)), actor=own)
        draft_household_plan(
            one.pk, HouseholdPlanDraft(goals="养牛", target_yuan=Decimal(1)), year=today().year, actor=own
        )
        wanted = RequestDraft(household_id=one.pk, kind_code="5", channel_code="1", told_on=today(), text="水管")
        enter_request(wanted, actor=own)

    assert figures(team) == {
        "activities": 1, "points": 1, "village_plans": 2, "household_plans": 1, "requests": 1,
    }  # fmt: skip


def test_each_app_in_which_a_team_works_counts_in_its_month() -> None:
    apps = {verb.partition(".")[0] for one in counted() for verb in one.verbs}

    assert apps == {
        "villages", "households", "dossiers", "assistance", "partners", "livelihoods", "credit", "economy",
        "entitlements", "concerns", "quality",
    }  # fmt: skip


def test_month_counts_a_household_registered_alone_when_a_member_registers_it(team: WorkTeam) -> None:
    own = member_at_work()
    with tenant_scope(county_office()):
        registered(village_code=VILLAGE_CODE, number="54990180000009", status="filed")

    with tenant_scope(own):
        registered(village_code=VILLAGE_CODE, number="54990180000001", status="filed", actor=own)

    assert figures(team)["registered"] == 1


def test_month_counts_nothing_of_others_or_of_another_village_when_it_is_drawn(team: WorkTeam) -> None:
    user("stranger")
    one, far = household(), household(NEXT_VILLAGE_CODE, "54990180000002")
    amend(one, "甲组", member_at_work(username="stranger"))
    amend(far, "甲组", member_at_work(area=NEXT_VILLAGE_CODE))

    before = figures(team)
    amend(one, "乙组", member_at_work())

    assert (before, figures(team)) == ({}, {"households": 1})


def test_month_counts_nothing_when_the_member_has_left(team: WorkTeam) -> None:
    one, own = household(), member_at_work()
    with tenant_scope(county_office()) as office:
        member = team.members.get(name="示例甲")
        end_member(member.pk, on=today(), actor=office)

    amend(one, "甲组", own)

    assert figures(team) == {}


def test_month_of_a_village_is_closed_to_the_team_of_another_when_it_asks(team: WorkTeam) -> None:
    amend(household(), "甲组", member_at_work())

    with tenant_scope(dataclasses.replace(member_at_work(), ranges=(subtree(NEXT_VILLAGE_CODE),))):
        seen = AuditDetail.objects.count(), WorkTeam.objects.count()

    assert (seen, figures(team)) == ((0, 0), {"households": 1})


def test_month_names_nobody_and_no_hour_when_it_is_read_by_rest(team: WorkTeam) -> None:
    amend(household(), "甲组", member_at_work())
    with tenant_scope(county_office()) as office:
        add_task({"kind_code": "5", "name": "核对档案"}, actor=office)

    answer = client(Role.COUNTY_OFFICE).get(f"/api/v1/work-teams/{team.pk}/month/")
    broken = client(Role.TOWNSHIP_CLERK).get(f"/api/v1/work-teams/{team.pk}/month/?month=soon")

    drawn = answer.json()
    filing = drawn["tasks"][4]
    assert (drawn["members"], drawn["members_without_login"], broken.status_code) == (2, 1, 422)
    assert (filing["code"], filing["names"]) == ("5", ["核对档案"])
    assert {"key": "households", "label": "Households amended", "count": 1} in filing["figures"]
    assert [text for text in ("示例甲", "member-a", "甲组", "T0") if text in answer.content.decode()] == []


def test_page_of_a_month_shows_the_figures_and_leads_on_when_it_is_opened(team: WorkTeam) -> None:
    amend(household(), "甲组", member_at_work())
    office = client_of(person(Role.COUNTY_OFFICE))

    record = office.get(f"/admin/villages/workteam/{team.pk}/change/").content.decode()
    page = office.get(f"/admin/villages/team/{team.pk}/month/").content.decode()
    before = office.get(f"/admin/villages/team/{team.pk}/month/?month={Month.of(today()).previous}").content.decode()

    assert f"/admin/villages/team/{team.pk}/month/" in record
    assert ("Households amended: 1" in page, "Households amended: 0" in before) == (True, True)
    assert (f"?month={Month.of(today()).next}" in page, f"?month={Month.of(today())}" in before) == (False, True)


def test_month_costs_the_same_when_more_was_entered_by_more_members(team: WorkTeam) -> None:
    def cost() -> int:
        with tenant_scope(county_office()), CaptureQueriesContext(connection) as queries:
            month_of_team(team, Month.of(today()))
        return len(queries)

    amend(household(), "甲组", member_at_work())
    cost()
    for_one = cost()
    user("member-b")
    with tenant_scope(county_office()) as office:
        link_member(joined(team, "示例乙", on=START).pk, "member-b", actor=office)
    amend(household(number="54990180000003"), "甲组", member_at_work(username="member-b"))

    assert (cost(), figures(team)) == (for_one, {"households": 2})


def test_every_verb_that_a_month_counts_is_one_of_the_trail_when_compared() -> None:
    verbs = [verb for one in counted() for verb in one.verbs]

    assert len(verbs) == len(set(verbs)) > 15
    assert set(verbs) <= VERBS.keys()
