"""A team by REST and on the pages: sent, joined, planned, away, other posts, ended; what is refused says why."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.enums import Role
from registry.models import ApiToken
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.factories.villages import UnitFactory, VillageFactory
from tests.registry.people import client_of, person, user
from tests.villages.teams import joined, sent
from tests.villages.test_api import client, send
from villages.domain.absences import AbsenceDraft, mark_absence
from villages.domain.contacts import assign_contact
from villages.domain.tasks import add_task
from villages.domain.teams import BatchChanges, open_batch
from villages.models import TeamAbsence, TeamMember, TeamTask, Unit, Village, VillageContact, WorkTeam

pytestmark = pytest.mark.django_db
DAY = "2021-03-01"
BATCH = {"number": 7, "name": "第七批", "starts_on": DAY, "planned_ends_on": "2022-03-01"}


@pytest.fixture
def place() -> tuple[Village, Unit]:
    with tenant_scope(county_office()):
        return VillageFactory.create(), UnitFactory.create()


def test_year_of_a_team_goes_by_rest_when_a_township_clerk_sends_it(place: tuple[Village, Unit]) -> None:
    office, clerk = client(Role.COUNTY_OFFICE), client(Role.TOWNSHIP_CLERK)
    batch = send(office, "POST", "team-batches/", BATCH).json()
    wanted = {"village_id": str(place[0].pk), "unit_id": str(place[1].pk), "leader_name": "示例甲", "on": DAY}

    team = send(clerk, "POST", "work-teams/", {**wanted, "leader_posts": ["1", "2"]}).json()
    where = f"work-teams/{team['id']}/"
    planned = send(clerk, "PUT", where, {"batch_id": batch["id"]}, 1).json()
    member = send(
        clerk, "POST", f"{where}members/", {"name": "示例乙", "post_codes": ["3"], "starts_on": DAY}, 2
    ).json()
    taken = send(clerk, "POST", f"team-members/{member['id']}/posts/", {"post_codes": ["1"], "on": "2021-05-01"}, 1)
    days = {"starts_on": "2021-04-01", "ends_on": "2021-04-04", "reason_code": "2"}
    away = send(clerk, "POST", f"team-members/{member['id']}/absences/", days, 1).json()
    back = send(clerk, "PUT", f"team-absences/{away['id']}/", {**days, "ends_on": "2021-04-03"}, 1).json()
    left = send(clerk, "POST", f"team-members/{member['id']}/end/", {"on": "2021-06-01"}, 1).json()
    ended = send(clerk, "POST", f"{where}end/", {"on": "2021-09-01"}, 3).json()

    assert (team["leader_name"], planned["term_ends_on"], ended["ends_on"]) == ("示例甲", "2022-03-01", "2021-09-01")
    assert (member["village_code"], left["ends_on"], back["ends_on"]) == (VILLAGE_CODE, "2021-06-01", "2021-04-03")
    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (409, "post_codes")
    assert clerk.get(f"/api/v1/work-teams/?on=2021-08-31&village={place[0].pk}").json()["results"] == [ended]
    assert clerk.get("/api/v1/work-teams/?on=2021-09-01").json()["results"] == []
    assert [one["name"] for one in clerk.get("/api/v1/team-members/?on=2021-06-01").json()["results"]] == ["示例甲"]
    assert clerk.get(f"/api/v1/team-absences/?member={member['id']}").json()["results"] == [back]


def test_lists_of_the_county_go_by_rest_when_its_office_keeps_them(place: tuple[Village, Unit]) -> None:
    office = client(Role.COUNTY_OFFICE)

    batch = send(office, "POST", "team-batches/", BATCH).json()
    longer = send(office, "PUT", f"team-batches/{batch['id']}/", {**BATCH, "planned_ends_on": "2023-03-01"}, 1).json()
    task = send(office, "POST", "team-tasks/", {"kind_code": "2", "name": "修水渠"}).json()
    idle = send(office, "PUT", f"team-tasks/{task['id']}/", {**task, "is_active": False}, 1).json()
    refused = send(office, "POST", "team-tasks/", {"kind_code": "9", "name": "示例"})
    contact = {"village_id": str(place[0].pk), "name": "示例甲", "post_title": "副县长", "on": DAY}
    assigned = send(office, "POST", "village-contacts/", contact).json()
    ended = send(office, "POST", f"village-contacts/{assigned['id']}/end/", {"on": "2021-06-01"}, 1).json()

    assert office.get("/api/v1/team-batches/").json()["results"] == [longer]
    assert office.get("/api/v1/team-tasks/").json()["results"] == [idle]
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "kind_code")
    assert office.get("/api/v1/village-contacts/?on=2021-05-31").json()["results"] == [ended]
    assert office.get("/api/v1/village-contacts/?on=2021-06-01").json()["results"] == []


def post(caller: Client, where: str, **values: object) -> str:
    """Send the form of a page and give the text of what comes."""
    return caller.post(f"/admin/villages/{where}", values, follow=True).content.decode()


def test_year_of_a_team_goes_over_the_pages_when_the_office_works(place: tuple[Village, Unit]) -> None:
    user("member-a")
    office = client_of(person(Role.COUNTY_OFFICE))
    post(office, "teambatch/add/", **BATCH)
    post(office, "teamtask/add/", kind_code="2", name="修水渠", position=1, is_active="on")
    village, unit = place
    with tenant_scope(county_office()) as actor:
        days: BatchChanges = {"starts_on": date(2021, 3, 1), "planned_ends_on": date(2022, 3, 1)}
        batch = open_batch({"number": 8, "name": "第八批", **days}, actor=actor)

    post(
        office, f"village/{village.pk}/do/send-team/", unit=unit.pk, batch=batch.pk, leader_name="示例甲", on=DAY,
        leader_posts=["1", "2"],
    )  # fmt: skip
    post(office, f"village/{village.pk}/do/assign-contact/", name="示例丁", post_title="副县长", on=DAY)
    with tenant_scope(county_office()):
        team, contact = WorkTeam.objects.get(), VillageContact.objects.get()
    where = f"workteam/{team.pk}/do"
    post(office, f"{where}/add-member/", version=1, name="示例乙", post_codes=["3"], on=DAY)
    post(office, f"{where}/plan/", version=2, batch=batch.pk, planned_ends_on="2021-12-31")
    with tenant_scope(county_office()):
        member = TeamMember.objects.get(name="示例乙")
    mine = f"teammember/{member.pk}/do"
    refused = post(office, f"{mine}/posts/", version=1, post_codes=["1"], on="2021-05-01")
    post(office, f"{mine}/mark-absence/", version=1, starts_on="2021-04-01", reason_code="1")
    post(office, f"{mine}/correct/", version=1, name="示例丙", unit=unit.pk)
    post(office, f"{mine}/login/", version=2, username="member-a")
    with tenant_scope(county_office()):
        away = TeamAbsence.objects.get()
    back = {"starts_on": "2021-04-01", "ends_on": "2021-04-05", "reason_code": "1"}
    post(office, f"teamabsence/{away.pk}/do/amend/", version=1, **back)
    post(office, f"{mine}/end/", version=3, on="2021-06-01")
    post(office, f"villagecontact/{contact.pk}/do/end/", version=1, on="2021-07-01")
    page = post(office, f"{where}/end/", version=3, on="2021-09-01")

    assert "The village has a first secretary on these days" in refused
    assert f"/admin/villages/teammember/{member.pk}/change/" in page
    assert "示例丙" in page
    with tenant_scope(county_office()):
        assert facts(TeamMember, "name") == [("示例甲", date(2021, 9, 1)), ("示例丙", date(2021, 6, 1))]
        assert (WorkTeam.objects.get().planned_ends_on, TeamTask.objects.get().name) == (date(2021, 12, 31), "修水渠")
        assert facts(TeamAbsence, "reason_code") == [("1", date(2021, 4, 5))]
        assert facts(VillageContact, "name") == [("示例丁", date(2021, 7, 1))]


def facts(model: Any, name: str) -> list[tuple[str, date]]:  # noqa: ANN401  (any of three models)
    """Give a column and the end of each row, in the order of entry."""
    return list(model.objects.order_by("id").values_list(name, "ends_on"))


LISTS = ("workteam", "teammember", "teamabsence", "villagecontact", "teambatch", "teamtask")
API_LISTS = ("work-teams", "team-members", "team-absences", "village-contacts", "team-batches", "team-tasks", "units")


def one_more(code: str, number: int) -> None:
    """Write a row of each list, in a village of its own."""
    with tenant_scope(county_office()) as actor:
        team = sent(village_code=code, leader=f"示例队长{number}")
        member = joined(team, f"示例队员{number}")
        mark_absence(member.pk, AbsenceDraft(starts_on=date(2021, 4, 1), reason_code="1"), actor=actor)
        assign_contact(team.village_id, name="示例", post_title="副县长", on=date(2021, 3, 1), actor=actor)
        add_task({"kind_code": "1", "name": f"任务{number}"}, actor=actor)
        term: BatchChanges = {"starts_on": date(2021, 3, 1), "planned_ends_on": date(2022, 3, 1)}
        open_batch({"number": number, "name": f"第{number}批", **term}, actor=actor)


def cost(caller: Client, address: str) -> int:
    """Count the queries of the second request: the first fills what is kept."""
    caller.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert caller.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_page_of_a_list_costs_the_same_when_there_are_more_rows(name: str) -> None:
    office = client_of(person(Role.COUNTY_OFFICE))
    one_more(VILLAGE_CODE, 1)
    for_one = cost(office, f"/admin/villages/{name}/")
    one_more(NEXT_VILLAGE_CODE, 2)
    one_more(FAR_VILLAGE_CODE, 3)

    assert cost(office, f"/admin/villages/{name}/") == for_one


@pytest.mark.parametrize("name", API_LISTS)
def test_list_for_programs_costs_the_same_when_there_are_more_rows(name: str) -> None:
    office = client(Role.COUNTY_OFFICE)
    ApiToken.objects.update(last_used_at="2999-01-01T00:00Z")
    one_more(VILLAGE_CODE, 1)
    for_one = cost(office, f"/api/v1/{name}/")
    one_more(NEXT_VILLAGE_CODE, 2)
    one_more(FAR_VILLAGE_CODE, 3)

    assert (cost(office, f"/api/v1/{name}/"), len(office.get(f"/api/v1/{name}/?limit=2").json()["results"])) == (
        for_one,
        2,
    )
