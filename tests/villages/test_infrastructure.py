"""Infrastructure projects: what they reach, their stages, money by source, acceptance and upkeep."""

import json
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
from villages.domain.basics import PointDraft, add_point
from villages.domain.infrastructure import (
    InfrastructureDraft,
    MoneyDraft,
    UpkeepDraft,
    add_infrastructure,
    add_upkeep,
    advance,
    amend_infrastructure,
    amend_upkeep,
    note_money,
)
from villages.enums import Stage
from villages.models import InfrastructureProject, ProjectUpkeep, StageEntry
from villages.queries.infrastructure import find_infrastructure, money_by_source, points_reached, without_upkeep
from villages.workflow import STAGE_CHANGES, allowed_pairs

DAY = date(2021, 3, 1)
LATER = date(2021, 6, 1)
ROAD = InfrastructureDraft(name="通组公路", kind_code="1", household_count=30)
MONEY = MoneyDraft(source_code="1", noted_on=DAY, planned_yuan=Decimal(1000), arrived_yuan=Decimal(600))
KEEPER = UpkeepDraft(keeper="村民委员会", source_code="6", yearly_yuan=Decimal(5000), starts_on=LATER)


def refusal(verb: Any, *given: Any, **named: Any) -> str:  # noqa: ANN401  (any verb of this room)
    try:
        with savepoint():
            verb(*given, **named)
    except DomainError as error:
        return error.code
    return ""


def entered(actor: Actor, draft: InfrastructureDraft = ROAD) -> InfrastructureProject:
    return add_infrastructure(VillageFactory.create().id, draft, actor=actor)


def brought(project: InfrastructureProject, *changes: str, actor: Actor, on: date = DAY) -> InfrastructureProject:
    for name in changes:
        advance(project.id, name, on=on, note="情况良好", actor=actor)
    return find_infrastructure(project.id)


def test_project_is_carried_to_acceptance_with_a_day_for_each_stage(office: Actor) -> None:
    project = entered(office)

    done = brought(project, "approve", "begin", "complete", "send-back", "complete", "accept", actor=office)

    stages = list(StageEntry.objects.filter(project=project).order_by("id").values_list("stage", flat=True))
    assert (done.stage, done.stage_on) == (Stage.ACCEPTED, DAY)
    assert stages == ["approved", "under_way", "built", "under_way", "built", "accepted"]


@pytest.mark.parametrize(
    ("before", "name", "named", "code"),
    [
        ((), "begin", {}, "workflow.not_from_here"),
        ((), "approve", {"on": date(2100, 1, 1)}, "date.in_future"),
        (("approve",), "begin", {"on": date(2021, 2, 1)}, "stage.early"),
        (("approve",), "begin", {}, ""),
        (("approve", "begin", "complete"), "accept", {"note": " "}, "stage.note_missing"),
        (("approve",), "stop", {"note": ""}, "stage.note_missing"),
        (("approve",), "stop", {"note": "资金未落实"}, ""),
        (("approve", "begin", "complete", "accept"), "stop", {"note": "x"}, "workflow.not_from_here"),
        (("approve",), "nonsense", {}, "workflow.not_from_here"),
    ],
)
def test_stage_is_refused_when_it_cannot_be(
    office: Actor, before: tuple[str, ...], name: str, named: dict[str, Any], code: str
) -> None:
    project = brought(entered(office), *before, actor=office)

    assert refusal(advance, project.id, name, actor=office, **{"on": DAY, **named}) == code


def test_database_and_python_know_the_same_stages(office: Actor) -> None:
    project = entered(office)
    pairs = import_module("villages.migrations.0007_arm_infrastructure").STAGE_PAIRS

    assert pairs == allowed_pairs(STAGE_CHANGES)
    with pytest.raises(IntegrityError, match="stage_workflow"), savepoint():
        InfrastructureProject.objects.filter(pk=project.pk).update(stage=Stage.ACCEPTED)
    with pytest.raises(IntegrityError, match="stageentry_decision_has_its_note"), savepoint():
        StageEntry.objects.create(
            project=project, scope_code=project.scope_code, stage=Stage.STOPPED, entered_on=DAY, note=""
        )


def test_project_reaches_points_of_its_own_village_when_they_are_named(office: Actor) -> None:
    village, far = VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)
    for one, name in ((village, "上组"), (village, "下组"), (far, "远组")):
        add_point(one.id, PointDraft(name=name, kind_code="2"), actor=office)
    project = add_infrastructure(village.id, replace(ROAD, points=("上组", "下组")), actor=office)

    foreign = refusal(amend_infrastructure, project.id, replace(ROAD, points=("远组",)), actor=office)
    reached = points_reached(project.id)
    fewer = amend_infrastructure(project.id, replace(ROAD, points=("下组",)), actor=office, version=1)

    assert (foreign, reached, fewer.reaches_all) == ("infrastructure.point", ["上组", "下组"], False)
    assert (points_reached(project.id), fewer.version) == (["下组"], 2)
    assert amend_infrastructure(project.id, ROAD, actor=office, version=2).reaches_all


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"name": " "}, "infrastructure.name_missing"),
        ({"kind_code": "77"}, "code.unknown"),
        ({"planned_from": LATER, "planned_until": DAY}, "date.ends_before_start"),
        ({"name": "已有项目"}, "database.infrastructure_name_once"),
    ],
)
def test_project_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    village = VillageFactory.create()
    add_infrastructure(village.id, replace(ROAD, name="已有项目"), actor=office)

    assert refusal(add_infrastructure, village.id, replace(ROAD, **changes), actor=office) == code


def test_money_adds_up_by_source_and_never_falls_below_zero(office: Actor) -> None:
    project = entered(office)
    note_money(project.id, MONEY, actor=office)
    note_money(project.id, replace(MONEY, source_code="7", planned_yuan=Decimal(50)), actor=office)
    back = MoneyDraft(source_code="1", noted_on=LATER, arrived_yuan=Decimal(-100))

    note_money(project.id, back, actor=office)
    below = refusal(note_money, project.id, replace(back, arrived_yuan=Decimal("-500.01")), actor=office)
    nothing = refusal(note_money, project.id, replace(back, arrived_yuan=Decimal(0)), actor=office)
    unknown = refusal(note_money, project.id, replace(MONEY, source_code="77"), actor=office)

    sums = [(one["source_code"], one["planned"], one["arrived"], one["spent"]) for one in money_by_source(project.id)]
    assert (below, nothing, unknown) == ("money.below_zero", "money.nothing", "code.unknown")
    assert sums == [("1", Decimal(1000), Decimal(500), Decimal(0)), ("7", Decimal(50), Decimal(600), Decimal(0))]


def test_accepted_project_that_nobody_keeps_up_stands_on_the_worklist(office: Actor) -> None:
    project = brought(entered(office), "approve", "begin", "complete", actor=office)
    other = entered(office, replace(ROAD, name="饮水管网"))

    def waiting(day: date) -> list[str]:
        return list(without_upkeep(InfrastructureProject.objects.all(), day).values_list("name", flat=True))

    not_built = refusal(add_upkeep, other.id, KEEPER, actor=office)
    before = waiting(LATER)
    brought(project, "accept", actor=office)
    accepted = waiting(LATER)
    upkeep = add_upkeep(project.id, KEEPER, actor=office)
    kept = waiting(LATER)
    amend_upkeep(upkeep.id, replace(KEEPER, ends_on=date(2022, 1, 1)), actor=office, version=1)

    assert (not_built, before, accepted, kept) == ("upkeep.not_built", [], [ROAD.name], [])
    assert (waiting(DAY), waiting(date(2021, 12, 31)), waiting(date(2022, 1, 1))) == ([ROAD.name], [], [ROAD.name])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts_on": date(2022, 1, 1)}, "database.projectupkeep_one_a_day"),
        ({"starts_on": DAY, "ends_on": LATER}, ""),
        ({"starts_on": DAY, "ends_on": date(2021, 2, 1)}, "date.ends_before_start"),
        ({"starts_on": DAY, "ends_on": LATER, "keeper": " "}, "upkeep.keeper_missing"),
        ({"starts_on": DAY, "ends_on": LATER, "yearly_yuan": Decimal(-1)}, "upkeep.money_negative"),
        ({"starts_on": DAY, "ends_on": LATER, "source_code": "77"}, "code.unknown"),
    ],
)
def test_upkeep_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    project = brought(entered(office), "approve", "begin", "complete", actor=office)
    add_upkeep(project.id, KEEPER, actor=office)

    assert refusal(add_upkeep, project.id, replace(KEEPER, **changes), actor=office) == code


def test_stopped_project_is_amended_no_more(office: Actor) -> None:
    project = brought(entered(office), "stop", actor=office)

    assert refusal(amend_infrastructure, project.id, replace(ROAD, name="改"), actor=office) == "infrastructure.stopped"


def test_team_builds_and_the_township_decides_for_its_own_villages(office: Actor) -> None:
    own, far = VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        project = add_infrastructure(own.id, ROAD, actor=team)
        with pytest.raises(NotAllowed):
            advance(project.id, "approve", on=DAY, actor=team)
        with pytest.raises(NotFound):
            add_infrastructure(far.id, ROAD, actor=team)
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        advance(project.id, "approve", on=DAY, actor=clerk, version=1)
        with pytest.raises(StaleVersion):
            advance(project.id, "stop", on=DAY, note="x", actor=clerk, version=1)
    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        advance(project.id, "begin", on=DAY, actor=team)

    assert find_infrastructure(project.id).stage == Stage.UNDER_WAY


# --- doors ------------------------------------------------------------------------------------------------------------
def program() -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def send(client: Client, method: str, address: str, body: dict[str, Any], version: int = 0) -> Any:  # noqa: ANN401  (the answer of the test client, with json())
    headers = {"if-match": f'"{version}"'} if version else {}
    text = json.dumps(body).encode()
    return client.generic(method, f"/api/v1/{address}", text, "application/json", headers=headers)


@pytest.mark.django_db
def test_project_goes_from_entry_to_upkeep_when_a_program_sends_it() -> None:
    with tenant_scope(county_office()) as actor:
        village = VillageFactory.create()
        add_point(village.id, PointDraft(name="上组", kind_code="2"), actor=actor)
    client = program()
    wanted = {"village_id": str(village.id), "name": "通组公路", "kind_code": "1", "points": ["上组"]}
    kept = {"keeper": "村委会", "source_code": "6", "yearly_yuan": "5000.00", "starts_on": "2021-06-01"}

    made = send(client, "POST", "infrastructure-projects/", wanted).json()
    where = f"infrastructure-projects/{made['id']}"
    stages = [
        send(client, "POST", f"{where}/stage/", {"change": change, "on": "2021-03-01", "note": "合格"}, version)
        for version, change in enumerate(("approve", "begin", "complete", "accept"), start=1)
    ]
    money = send(client, "POST", f"{where}/money/", {"source_code": "1", "noted_on": "2021-03-01", "spent_yuan": "7.5"})
    waiting = client.get("/api/v1/infrastructure-projects/?upkeep=none&stage=accepted").json()["results"]
    upkeep = send(client, "POST", f"{where}/upkeep/", kept, 5).json()["upkeep"][0]
    ended = send(client, "PUT", f"project-upkeep/{upkeep['id']}/", {**kept, "ends_on": "2022-01-01"}, 1)

    assert (made["points"], made["reaches_all"], stages[-1].json()["stage"]) == (["上组"], False, "accepted")
    assert (money.status_code, money.json()["money"][0]["spent"]) == (201, "7.50")
    assert ([one["name"] for one in waiting], ended.json()["ends_on"]) == (["通组公路"], "2022-01-01")


@pytest.mark.django_db
def test_project_goes_from_entry_to_upkeep_when_the_pages_are_used() -> None:
    with tenant_scope(county_office()) as actor:
        village = VillageFactory.create()
        add_point(village.id, PointDraft(name="上组", kind_code="2"), actor=actor)
    browser = client_of(person(Role.COUNTY_OFFICE))
    form = {"name": "通组公路", "kind_code": "1", "points": "上组\n上组\n"}
    day = today().isoformat()

    answers = [browser.post(f"/admin/villages/village/{village.id}/do/add-infrastructure/", form)]
    with tenant_scope(county_office()):
        project = InfrastructureProject.objects.get()
    page = f"/admin/villages/infrastructureproject/{project.id}"
    shown = browser.get(f"{page}/do/amend/").content.decode()
    for version, change in enumerate(("approve", "begin", "complete", "accept"), start=1):
        answers.append(browser.post(f"{page}/do/{change}/", {"on": day, "note": "合格", "version": version}))
    listed = browser.get("/admin/villages/infrastructureproject/?upkeep=none").content.decode()
    money = {"source_code": "1", "noted_on": day, "planned_yuan": "9", "arrived_yuan": "0", "spent_yuan": "0"}
    answers.append(browser.post(f"{page}/do/money/", money))
    kept = {"keeper": "村委会", "source_code": "6", "yearly_yuan": "5", "starts_on": day}
    answers.append(browser.post(f"{page}/do/upkeep/", kept))
    with tenant_scope(county_office()):
        upkeep = ProjectUpkeep.objects.get()
    below = f"/admin/villages/projectupkeep/{upkeep.id}/do/amend/"
    answers.append(browser.post(below, {**kept, "keeper": "水管站", "version": 1}))

    assert [answer.status_code for answer in answers] == [302] * 8
    assert ("上组" in shown, "通组公路" in listed) == (True, True)
    assert "Central budget: 9.00, 0.00, 0.00" in browser.get(f"{page}/change/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_list_of_projects_takes_as_many_queries_for_one_as_for_three(count: int) -> None:
    with tenant_scope(county_office()) as actor:
        village = VillageFactory.create()
        for number in range(count):
            project = add_infrastructure(village.id, replace(ROAD, name=f"项目{number}"), actor=actor)
            note_money(project.id, MONEY, actor=actor)
    client = program()

    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/api/v1/infrastructure-projects/")

    assert (len(answer.json()["results"]), len(asked)) == (count, 7)
