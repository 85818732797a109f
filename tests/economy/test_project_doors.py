"""Industry projects by REST and by the site: the team keeps them, offices decide, the village reads the sheet."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from economy.models import IndustryProject, ProjectAsset, ProjectWork
from households.models import Household, IncomeLine, Membership, Person
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.economy.projects import funded
from tests.economy.test_chain import folded, paid_out
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
API = "/api/v1/industry-projects/"
PROJECT = {"name": "牦牛养殖", "kind_code": "2", "action_code": "2", "library_year": 2021}
MONEY = {"source_code": "1", "noted_on": "2021-03-05"}
ASSET = {
    "name": "圈舍", "kind_code": "1", "value_yuan": "500", "acquired_on": "2021-03-05", "owner": "village",
    "custodian": "村委会",
}  # fmt: skip


def member_of(home: Household) -> UUID:
    with tenant_scope(county_office()):
        return Membership.objects.filter(household=home).values_list("person_id", flat=True)[0]


def step(caller: Client, row: dict[str, Any], change: str, **values: str) -> dict[str, Any]:
    body = {"change": change, "on": "2021-03-05", "note": "情况", **values}
    answer: dict[str, Any] = post(caller, f"industry-projects/{row['id']}/state/", body, version=row["version"]).json()
    return answer


def test_project_goes_from_the_library_to_a_published_sheet_by_rest() -> None:
    home, maker, decider = household(), client(), client(Role.TOWNSHIP_CLERK)
    row = post(maker, "industry-projects/", {**PROJECT, "village_ids": [str(home.village_id)]}).json()
    address = f"industry-projects/{row['id']}"
    row = post(maker, f"{address}/money/", {**MONEY, "planned_yuan": "1000"}).json()
    row = step(maker, row, "propose")
    own = step(maker, row, "approve")
    row = step(maker, step(decider, row, "approve"), "begin")
    over = post(maker, f"{address}/money/", {**MONEY, "spent_yuan": "1"})
    row = post(maker, f"{address}/money/", {**MONEY, "arrived_yuan": "1000", "spent_yuan": "600"}).json()
    early = step(maker, row, "complete", result="建成圈舍")
    dear = post(maker, f"{address}/assets/", {**ASSET, "value_yuan": "601", "village_id": str(home.village_id)})
    asset = post(maker, f"{address}/assets/", {**ASSET, "village_id": str(home.village_id)}).json()
    wage = {"person_id": str(member_of(home)), "day_count": "3", "wage_yuan": "300", "paid_on": "2021-03-06"}
    paid = post(maker, f"{address}/work/", wage)
    row = post(maker, f"{address}/money/", {**MONEY, "returned_yuan": "400"}).json()
    row = step(decider, step(maker, row, "complete", result="建成圈舍"), "accept")

    sheet = decider.get(f"/api/v1/{address}/published/").json()
    assert (own["code"], early["code"], over.status_code, dear.json()["errors"][0]["field"]) == (
        "project.own_proposal",
        "project.money_unaccounted",
        422,
        "value_yuan",
    )
    assert (row["state"], [one["state"] for one in row["steps"]][-1]) == ("accepted", "accepted")
    assert (sheet["worker_count"], sheet["wage_yuan"], sheet["totals"]["spent"]) == (None, None, "600.00")
    assert sheet["steps"][0] == {"state": "proposed", "entered_on": "2021-03-05"}
    assert (sheet["assets"][0]["name"], asset["state"], paid.status_code) == ("圈舍", "in_use", 201)
    listed = decider.get(f"/api/v1/villages/{home.village_id}/industry-projects/").json()["results"]
    assert [one["name"] for one in listed] == ["牦牛养殖"]


def test_dividend_is_booked_once_and_a_wage_offered_by_rest() -> None:
    with tenant_scope(county_office()) as actor:
        project = funded(actor)
        dividend, home = paid_out(folded(project, actor), actor)
    maker = client()
    wage = {"person_id": str(member_of(home)), "day_count": "1", "wage_yuan": "9", "paid_on": "2021-12-02"}
    post(maker, f"industry-projects/{project.pk}/work/", wage)

    booked = post(maker, f"dividends/{dividend.pk}/booking/", {"payer": "project"})
    twice = post(maker, f"dividends/{dividend.pk}/booking/", {"payer": "project"})

    offers = maker.get(f"/api/v1/households/{home.pk}/dividend-offers/?year=2021").json()["results"]
    assert (booked.status_code, booked.json()["amount_yuan"], booked.json()["project_id"]) == (
        201,
        "40.00",
        str(project.pk),
    )
    assert (twice.status_code, twice.json()["code"]) == (409, "database.ledgerentry_dividend_once")
    assert [(one["kind"], one["amount_yuan"], one["origin"]) for one in offers] == [
        ("dividend", "60.00", "牦牛养殖"),
        ("wage", "9.00", "牦牛养殖"),
    ]


def test_team_keeps_a_project_and_office_decides_on_the_site() -> None:
    home, team, office = household(), client_of(person(Role.VILLAGE_TEAM)), client_of(person(Role.COUNTY_OFFICE))
    form = {**PROJECT, "village_ids": [str(home.village_id)], "content": "", "household_count": "5"}
    added = team.post("/admin/economy/projects/add/", form)
    with tenant_scope(county_office()):
        row = IndustryProject.objects.get()
    page = f"/admin/economy/industryproject/{row.pk}"
    zero = {"planned_yuan": "0", "arrived_yuan": "0", "spent_yuan": "0", "returned_yuan": "0", **MONEY}
    note = {"on": "2021-03-05", "note": "情况"}

    unplanned = team.post(f"{page}/do/propose/", {**note, "version": "1"})
    team.post(f"{page}/do/money/", {**zero, "planned_yuan": "1000", "version": "1"})
    team.post(f"{page}/do/propose/", {**note, "version": "2"})
    office.post(f"{page}/do/approve/", {**note, "version": "3"})
    team.post(f"{page}/do/begin/", {**note, "version": "4"})
    team.post(f"{page}/do/money/", {**zero, "arrived_yuan": "1000", "spent_yuan": "1000", "version": "5"})
    team.post(f"{page}/do/asset/", {**ASSET, "village_id": str(home.village_id), "owner_name": ""})
    unknown = team.post(
        f"{page}/do/work/", {"person_number": "0", "day_count": "1", "wage_yuan": "1", "paid_on": "2021-03-05"}
    )
    team.post(f"{page}/do/complete/", {**note, "version": "6", "result": "建成圈舍", "gaining_count": "5"})

    shown = office.get(f"{page}/change/").content.decode()
    assert (added.status_code, "No money is planned" in unplanned.content.decode()) == (302, True)
    assert "no person with this number" in unknown.content.decode()
    assert ("建成圈舍" in shown, "Send back for repair" in shown, "Amend" in shown) == (True, True, False)
    with tenant_scope(county_office()):
        kept = ProjectAsset.objects.get()
    gone = {"on": "2022-01-01", "received_yuan": "5", "reason": "报废", "version": "1"}
    refused = team.post(f"/admin/economy/projectasset/{kept.pk}/do/dispose/", gone)
    office.post(f"/admin/economy/projectasset/{kept.pk}/do/dispose/", gone)
    with tenant_scope(county_office()):
        assert (refused.status_code, ProjectAsset.objects.get().state) == (403, "disposed")


def test_village_reads_the_sheet_of_a_project_that_is_wider_than_its_area() -> None:
    with tenant_scope(county_office()) as actor:
        wide, far = funded(actor, VILLAGE_CODE, FAR_VILLAGE_CODE), funded(actor, FAR_VILLAGE_CODE)
        home = registered()
        village_id, member = home.village_id, Person.objects.get(pk=member_of(home))
    wage = {"person_number": member.number, "day_count": "3", "wage_yuan": "90", "paid_on": "2021-03-06"}
    team = client_of(person(Role.VILLAGE_TEAM))

    sheet = team.get(f"/admin/economy/projects/{wide.pk}/sheet/")
    listed = team.get(f"/admin/economy/villages/{village_id}/projects/").content.decode()
    hidden = team.get(f"/admin/economy/projects/{far.pk}/sheet/")
    page = team.get(f"/admin/economy/industryproject/{wide.pk}/change/")

    text = sheet.content.decode()
    assert (sheet.status_code, "1000.00" in text, "0 persons of 0 households" in text) == (200, True, True)
    assert (str(wide.pk) in listed, str(far.pk) in listed, hidden.status_code) == (True, False, 404)
    assert page.status_code in {302, 404}
    assert team.post(f"/admin/economy/projects/{far.pk}/work/", wage).status_code == 404
    assert team.post(f"/admin/economy/projects/{wide.pk}/work/", wage).status_code == 302
    assert "90.00" in team.get("/admin/economy/projectwork/").content.decode()


def test_tick_in_the_visit_makes_a_dividend_and_a_wage_lines_of_income_once() -> None:
    with tenant_scope(county_office()) as actor:
        _dividend, home = paid_out(folded(funded(actor), actor), actor)
    team, page = client_of(person(Role.VILLAGE_TEAM)), f"/admin/households/{home.pk}/visit/?year=2021"
    shown = team.get(page).content.decode()
    with tenant_scope(county_office()):
        line_id = home.dividend_lines.values_list("pk", flat=True).get()
        home.refresh_from_db()

    form = {
        "year": "2021", "version": str(home.version), "visited_on": "2021-12-20", "source": "户主口述",
        "period_start": "2021-01-01", "period_end": "2022-01-01", "person_count": "2", "offered": [str(line_id)],
    }  # fmt: skip
    outside = team.post(page, {**form, "period_start": "2020-10-01", "period_end": "2021-10-01"}).content.decode()
    answer = team.post(page, form)

    assert ("Paid according to the register" in shown, answer.status_code) == (True, 302)
    assert "on a day outside the period" in outside
    with tenant_scope(county_office()):
        (line,) = IncomeLine.objects.filter(household=home)
    assert (line.item_code, str(line.amount_yuan), line.source[-8:]) == ("301", "60.00", str(line_id)[-8:])
    assert "Paid according to the register" not in team.get(page).content.decode()


def test_wage_is_taken_back_on_its_page() -> None:
    with tenant_scope(county_office()) as actor:
        project, home = funded(actor), registered()
    maker, office = client(), client_of(person(Role.COUNTY_OFFICE))
    wage = {"person_id": str(member_of(home)), "day_count": "1", "wage_yuan": "9", "paid_on": "2021-12-02"}
    row = post(maker, f"industry-projects/{project.pk}/work/", wage).json()

    office.post(f"/admin/economy/projectwork/{row['id']}/do/withdraw/", {"reason": "重复登记", "version": "1"})

    with tenant_scope(county_office()):
        assert ProjectWork.objects.get().withdrawal_reason == "重复登记"
