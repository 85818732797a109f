"""Village plans: drafted, adopted, amended, followed and closed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person, token_of
from villages.domain.plans import (
    PlanProjectDraft,
    ProgressDraft,
    add_project,
    adopt_plan,
    amend_plan,
    amend_project,
    close_plan,
    draft_plan,
    drop_project,
    note_progress,
)
from villages.enums import PlanState
from villages.models import PlanEdition, PlanProgress, PlanProject, VillagePlan
from villages.queries.plans import find_plan, plan_rows
from villages.workflow import PLAN_CHANGES, allowed_pairs

DAY = date(2021, 3, 1)
LATER = date(2021, 6, 1)
BARN = PlanProjectDraft(name="牦牛圈舍", kind_code="1", action_code="2", planned_yuan=Decimal("300000.00"))
WATER = PlanProjectDraft(name="饮水管网", kind_code="2", planned_yuan=Decimal("120000.50"), due_on=date(2021, 9, 30))


def refused(verb: Callable[..., object], *given: Any, **named: Any) -> str:
    try:
        with savepoint():
            verb(*given, **named)
    except DomainError as error:
        return error.code
    return ""


def drafted(actor: Actor, *projects: PlanProjectDraft, year: int = 2021) -> VillagePlan:
    plan = draft_plan(VillageFactory.create().id, year=year, goals="人均增收一千元\n各组通自来水", actor=actor)
    for project in projects:
        add_project(plan.id, project, actor=actor)
    return find_plan(plan.id)


def adopted(actor: Actor, *projects: PlanProjectDraft) -> VillagePlan:
    return adopt_plan(drafted(actor, *projects).id, on=DAY, actor=actor)


def state(plan: VillagePlan) -> tuple[str, int]:
    plan.refresh_from_db()
    return plan.state, plan.edition


def project_of(plan: VillagePlan, name: str = BARN.name) -> PlanProject:
    return PlanProject.objects.get(plan=plan, name=name)


@pytest.mark.django_db
def test_edition_keeps_goals_and_projects_when_the_plan_is_amended_later(office: Actor) -> None:
    plan = adopted(office, BARN, WATER)

    amend_plan(plan.id, goals="人均增收两千元", actor=office)
    drop_project(project_of(plan, WATER.name).id, on=LATER, reason="资金未到位", actor=office)
    between = state(plan)
    adopt_plan(plan.id, on=LATER, reason="资金调整", actor=office)

    first, second = PlanEdition.objects.order_by("number")
    assert (between, state(plan)) == ((PlanState.AMENDED, 1), (PlanState.ADOPTED, 2))
    assert (first.goals, first.planned_yuan, len(first.projects)) == (
        "人均增收一千元\n各组通自来水",
        Decimal("420000.50"),
        2,
    )
    assert (second.goals, second.planned_yuan, second.reason) == ("人均增收两千元", Decimal("300000.00"), "资金调整")
    assert first.projects[1] == {
        "name": "饮水管网",
        "kind_code": "2",
        "action_code": "",
        "planned_yuan": "120000.50",
        "due_on": "2021-09-30",
    }


@pytest.mark.django_db
def test_plan_stays_adopted_when_a_project_is_only_finished_or_followed(office: Actor) -> None:
    plan = adopted(office, BARN)
    project = project_of(plan)

    note_progress(project.id, ProgressDraft(noted_on=DAY, note="资金到账", arrived_yuan=Decimal(200)), actor=office)
    amend_project(project.id, replace(BARN, finished_on=LATER), actor=office)
    same = amend_plan(plan.id, goals=plan.goals, actor=office)

    assert (state(plan), same.version) == ((PlanState.ADOPTED, 1), plan.version)


@pytest.mark.django_db
def test_money_adds_up_when_an_error_is_taken_back(office: Actor) -> None:
    plan = adopted(office, BARN, WATER)
    project = project_of(plan)
    entry = ProgressDraft(noted_on=DAY, note="资金到账", arrived_yuan=Decimal(500), spent_yuan=Decimal(200))

    note_progress(project.id, entry, actor=office)
    note_progress(project.id, ProgressDraft(noted_on=LATER, note="录入有误", arrived_yuan=Decimal(-100)), actor=office)
    below = refused(note_progress, project.id, replace(entry, arrived_yuan=Decimal("-400.01")), actor=office)
    note_progress(project_of(plan, WATER.name).id, replace(entry, spent_yuan=Decimal(0)), actor=office)

    row = plan_rows(VillagePlan.objects.filter(pk=plan.pk)).get()
    assert below == "plan.below_zero"
    assert (row["planned_yuan"], row["arrived_yuan"], row["spent_yuan"]) == (
        Decimal("420000.50"),
        Decimal(900),
        Decimal(200),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"name": " "}, "plan.name_missing"),
        ({"kind_code": ""}, "code.unknown"),
        ({"kind_code": "77"}, "code.unknown"),
        ({"action_code": "77"}, "code.unknown"),
        ({"planned_yuan": Decimal(-1)}, "plan.money_negative"),
        ({"finished_on": date(2100, 1, 1)}, "date.in_future"),
        ({"name": WATER.name}, "database.planproject_name_once"),
    ],
)
def test_project_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    plan = drafted(office, WATER)

    assert refused(add_project, plan.id, replace(BARN, **changes), actor=office) == code


@pytest.mark.django_db
def test_plan_is_drafted_once_a_year_and_for_the_next_at_most(office: Actor) -> None:
    village_id = drafted(office).village_id

    assert refused(draft_plan, village_id, year=2021, goals="再一份", actor=office) == "database.villageplan_year_once"
    assert refused(draft_plan, village_id, year=today().year + 1, goals="明年", actor=office) == ""
    assert refused(draft_plan, village_id, year=today().year + 2, goals="后年", actor=office) == "year.out_of_range"
    assert refused(draft_plan, village_id, year=2020, goals=" \n ", actor=office) == "plan.goals_missing"


@pytest.mark.django_db
def test_plan_is_adopted_with_projects_in_order_and_with_reasons(office: Actor) -> None:
    empty = drafted(office)
    assert refused(adopt_plan, empty.id, on=DAY, actor=office) == "plan.no_project"

    add_project(empty.id, BARN, actor=office)
    adopt_plan(empty.id, on=DAY, actor=office)

    assert refused(adopt_plan, empty.id, on=DAY, actor=office) == "workflow.not_from_here"
    add_project(empty.id, WATER, actor=office)
    assert refused(adopt_plan, empty.id, on=LATER, actor=office) == "reason.missing"
    assert refused(adopt_plan, empty.id, on=date(2021, 2, 1), reason="调整", actor=office) == "plan.adopted_early"
    assert refused(close_plan, empty.id, on=LATER, result="完成", actor=office) == "workflow.not_from_here"
    assert refused(adopt_plan, empty.id, on=LATER, reason="调整", actor=office) == ""


@pytest.mark.django_db
def test_nothing_changes_when_the_plan_is_closed(office: Actor) -> None:
    plan = adopted(office, BARN)
    project = project_of(plan)
    entry = ProgressDraft(noted_on=DAY, note="资金到账")
    assert refused(close_plan, plan.id, on=date(2021, 2, 1), result="完成", actor=office) == "plan.closed_early"
    assert refused(close_plan, plan.id, on=LATER, result=" ", actor=office) == "plan.result_missing"

    close_plan(plan.id, on=LATER, result="增收目标完成", actor=office)

    assert [
        refused(amend_plan, plan.id, goals="别的", actor=office),
        refused(add_project, plan.id, WATER, actor=office),
        refused(amend_project, project.id, WATER, actor=office),
        refused(drop_project, project.id, on=LATER, reason="x", actor=office),
        refused(note_progress, project.id, entry, actor=office),
        refused(adopt_plan, plan.id, on=LATER, actor=office),
    ] == ["workflow.not_from_here"] * 6
    with pytest.raises(IntegrityError, match="plan is closed"), savepoint():
        PlanProgress.objects.create(plan=plan, project=project, scope_code=plan.scope_code, noted_on=DAY, note="x")
    with pytest.raises(IntegrityError, match="plan is closed"), savepoint():
        PlanProject.objects.filter(pk=project.pk).update(planned_yuan=1)
    with pytest.raises(IntegrityError, match="state_workflow"), savepoint():
        VillagePlan.objects.filter(pk=plan.pk).update(state=PlanState.AMENDED, closed_on=None, result="")


@pytest.mark.django_db
def test_dropped_project_is_left_alone_and_a_finished_one_is_not_dropped(office: Actor) -> None:
    plan = drafted(office, BARN, WATER)
    barn, water = project_of(plan), project_of(plan, WATER.name)
    drop_project(barn.id, on=DAY, reason="选址不成", actor=office, version=1)
    amend_project(water.id, replace(WATER, finished_on=DAY), actor=office, version=1)

    assert refused(amend_project, barn.id, BARN, actor=office) == "plan.project_dropped"
    assert refused(drop_project, water.id, on=DAY, reason="x", actor=office) == "plan.project_finished"
    assert refused(drop_project, water.id, on=DAY, reason=" ", actor=office, version=1) == "registry.stale_version"


@pytest.mark.django_db
def test_editions_are_never_changed_when_somebody_tries(office: Actor) -> None:
    adopted(office, BARN)

    with pytest.raises(Exception, match="permission denied"), savepoint():
        PlanEdition.objects.update(goals="别的")


def test_database_and_python_know_the_same_changes_of_a_plan() -> None:
    pairs = import_module("villages.migrations.0004_arm_village_plans").PLAN_PAIRS

    assert pairs == allowed_pairs(PLAN_CHANGES)


@pytest.mark.django_db
def test_team_plans_and_township_adopts_for_its_own_villages(office: Actor) -> None:
    own, far = VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        plan = draft_plan(own.id, year=2021, goals="增收", actor=team)
        add_project(plan.id, BARN, actor=team, version=1)
        with pytest.raises(StaleVersion):
            add_project(plan.id, WATER, actor=team, version=1)
        with pytest.raises(NotAllowed):
            adopt_plan(plan.id, on=DAY, actor=team)
        with pytest.raises(NotFound):
            draft_plan(far.id, year=2021, goals="增收", actor=team)
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        adopt_plan(plan.id, on=DAY, actor=clerk, version=2)
    with tenant_scope(actor_of(Role.SECTOR_CLERK)) as sector, pytest.raises(NotAllowed):
        amend_plan(plan.id, goals="别的", actor=sector)

    assert state(plan) == (PlanState.ADOPTED, 1)


# --- doors ------------------------------------------------------------------------------------------------------------
def program() -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def send(client: Client, method: str, address: str, body: dict[str, Any], version: int = 0) -> Any:  # noqa: ANN401  (the answer of the test client, with json())
    headers = {"if-match": f'"{version}"'} if version else {}
    text = json.dumps(body).encode()
    return client.generic(method, f"/api/v1/{address}", text, "application/json", headers=headers)


@pytest.mark.django_db
def test_plan_is_carried_through_the_year_when_a_program_sends_it() -> None:
    with tenant_scope(county_office()):
        village = VillageFactory.create()
    client = program()

    plan = send(client, "POST", "village-plans/", {"village_id": str(village.id), "year": 2021, "goals": "增收"}).json()
    wanted = {"name": "牦牛圈舍", "kind_code": "1", "planned_yuan": "300000.00"}
    where = f"village-plans/{plan['id']}"
    project = send(client, "POST", f"{where}/projects/", wanted, 1).json()["projects"][0]
    adopted_now = send(client, "POST", f"{where}/adopt/", {"on": "2021-03-01"}, 2)
    entry = {"noted_on": "2021-03-02", "note": "资金到账", "arrived_yuan": "90071992547.41"}
    noted = send(client, "POST", f"plan-projects/{project['id']}/progress/", entry)
    finished = send(client, "PUT", f"plan-projects/{project['id']}/", {**wanted, "finished_on": "2021-04-01"}, 1)
    stale = send(client, "POST", f"{where}/close/", {"on": "2021-05-01", "result": "完成"}, 2)
    closed = send(client, "POST", f"{where}/close/", {"on": "2021-05-01", "result": "完成"}, 3)
    listed = client.get("/api/v1/village-plans/?year=2021&state=closed").json()["results"]

    answers = (adopted_now, noted, finished, stale, closed)
    assert [answer.status_code for answer in answers] == [200, 201, 200, 412, 200]
    assert (listed[0]["arrived_yuan"], closed.json()["editions"][0]["number"]) == ("90071992547.41", 1)
    assert client.get(f"/api/v1/plan-projects/{project['id']}/progress/").json()["results"][0]["note"] == "资金到账"


@pytest.mark.django_db
def test_plan_is_carried_through_the_year_when_the_pages_are_used() -> None:
    with tenant_scope(county_office()):
        village = VillageFactory.create()
    browser = client_of(person(Role.COUNTY_OFFICE))
    money = {"arrived_yuan": "500", "spent_yuan": "0"}

    first = browser.post(f"/admin/villages/village/{village.id}/do/draft-plan/", {"year": "2021", "goals": "增收"})
    with tenant_scope(county_office()):
        plan = VillagePlan.objects.get()
    page = f"/admin/villages/villageplan/{plan.id}"
    second = browser.post(f"{page}/do/add-project/", {"name": "圈舍", "kind_code": "1", "planned_yuan": "1000"})
    third = browser.post(f"{page}/do/adopt/", {"on": "2021-03-01", "version": 2})
    with tenant_scope(county_office()):
        project = PlanProject.objects.get()
    below = f"/admin/villages/planproject/{project.id}"
    fourth = browser.post(f"{below}/do/progress/", {"noted_on": "2021-03-02", "note": "到账", **money})
    fifth = browser.post(f"{page}/do/close/", {"on": "2021-06-01", "result": "完成", "version": 3})

    assert [answer.status_code for answer in (first, second, third, fourth, fifth)] == [302] * 5
    assert "500.00" in browser.get(f"{page}/change/").content.decode()
    assert "到账" in browser.get(f"{below}/change/").content.decode()
    assert browser.get("/admin/villages/villageplan/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_list_of_plans_takes_as_many_queries_for_one_as_for_three(count: int) -> None:
    with tenant_scope(county_office()) as actor:
        for year in range(2018, 2018 + count):
            drafted(actor, BARN, WATER, year=year)
    client = program()

    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/api/v1/village-plans/")

    assert (len(answer.json()["results"]), len(asked)) == (count, 7)
