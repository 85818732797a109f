"""Requests and grievances by REST and by the site: entered, followed, closed, and counted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concerns.models import Grievance, HelpRequest
from registry.enums import Role
from registry.lib.periods import today
from registry.tenancy.scope import tenant_scope
from tests.factories.pictures import png
from tests.factories.tenants import county_office
from tests.households.test_api import client, household, post
from tests.registry.people import at_work, client_of, person

pytestmark = pytest.mark.django_db
TOLD = {"kind_code": "5", "channel_code": "1", "told_on": "2021-03-05", "text": "水管冻裂"}
FILED = {"filed_on": "2021-03-05", "channel_code": "6", "matter_code": "2", "text": "补贴没有收到"}


def test_request_goes_from_word_to_word_by_rest() -> None:
    home, office = household(), client()
    row = post(office, "help-requests/", {**TOLD, "household_id": str(home.pk), "key": "1"}).json()
    again = post(office, "help-requests/", {**TOLD, "household_id": str(home.pk), "key": "1"}).json()
    address = f"help-requests/{row['id']}/"

    unversioned = post(office, f"{address}take/", {})
    taken = post(office, f"{address}take/", {}, version=1)
    stale = post(office, f"{address}solve/", {"on": "2021-03-20", "solution": "换了水管"}, version=1)
    post(office, f"{address}solve/", {"on": "2021-03-20", "solution": "换了水管"}, version=2)
    post(office, f"{address}reopen/", {"reason": "又漏水"}, version=3)
    post(office, f"{address}solve/", {"on": "2021-03-22", "solution": "换了水管"}, version=4)
    done = post(office, f"{address}confirm/", {"on": "2021-03-23", "confirmation_code": "3"}, version=5)

    assert (again["id"], unversioned.status_code, taken.status_code, stale.status_code) == (row["id"], 428, 200, 412)
    assert (done.json()["state"], done.json()["reopened_count"], done["ETag"]) == ("confirmed", 1, '"6"')
    listed = office.get("/api/v1/help-requests/?state=confirmed&is_overdue=false").json()["results"]
    assert [one["id"] for one in listed] == [row["id"]]


def test_lines_are_entered_together_and_counted_on_the_board_by_rest() -> None:
    home, office = household(), client()
    lines = [
        {**TOLD, "household_id": str(home.pk), "key": "1"},
        {**TOLD, "village_id": str(home.village_id), "kind_code": "6", "key": "2"},
    ]

    wrong = post(office, "help-requests/lines/", {"lines": [lines[0], {**lines[1], "kind_code": "77"}]})
    first = post(office, "help-requests/lines/", {"lines": lines})
    again = post(office, "help-requests/lines/", {"lines": lines})

    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "lines.1.kind_code")
    assert (first.status_code, first.json()) == (201, again.json())
    board = office.get("/api/v1/help-request-board/").json()["results"]
    assert [(one["village_code"], one["kind_code"], one["waiting"], one["overdue"]) for one in board] == [
        (home.scope_code, "5", 1, 1),
        (home.scope_code, "6", 1, 1),
    ]


def test_requests_are_copied_from_a_sheet_all_or_none_on_the_site() -> None:
    home, browser = household(), client_of(person(Role.VILLAGE_TEAM))
    where = "/admin/concerns/requests/paste/"
    first = f"{home.number}\t饮水\t2021年3月5日\t水管冻裂"
    form = {"channel_code": "3", "owner_role": "village_team"}

    wrong = browser.post(where, {**form, "text": f"{first}\n{home.scope_code}\t6\t2021-13-01\t路基塌方"})
    unknown = browser.post(where, {**form, "text": f"{first}\nnone，道路，2021-03-06，路基塌方"})
    long = browser.post(where, {**form, "text": f"{first}\n{home.scope_code}\t6\t2021-03-06\t{'塌' * 501}"})
    done = browser.post(where, {**form, "text": f"{first}\n\n{home.scope_code}，6，2021-03-06，路基塌方，两处"})

    with tenant_scope(county_office()):
        rows = list(HelpRequest.objects.order_by("told_on").values_list("household", "village", "kind_code", "text"))
    assert ("Line 2: The day cannot be read." in wrong.content.decode(), wrong.status_code) == (True, 200)
    assert "Line 2: There is no household and no village" in unknown.content.decode()
    assert "Line 2: What is asked for has at most 500 characters." in long.content.decode()
    assert done.status_code == 302
    assert rows == [(home.pk, None, "5", "水管冻裂"), (None, home.village_id, "6", "路基塌方,两处")]


def test_request_is_followed_on_the_site() -> None:
    home, office = household(), client_of(person(Role.COUNTY_OFFICE))
    office.post(f"/admin/households/household/{home.pk}/do/enter-request/", {**TOLD, "owner_role": "village_team"})
    with tenant_scope(county_office()):
        row = HelpRequest.objects.get()
    page = f"/admin/concerns/helprequest/{row.pk}/"
    waiting = office.get("/admin/concerns/helprequest/?waiting=overdue").content.decode()
    office.post(f"{page}do/amend/", {**TOLD, "text": "水窖渗漏", "version": "1"})
    office.post(f"{page}do/take/", {"version": "2"})
    file = SimpleUploadedFile("a.png", png(), "image/png")

    refused = office.post(f"{page}do/solve/", {"on": "2021-03-01", "solution": "修好", "version": "3"})
    office.post(f"{page}do/solve/", {"on": "2021-03-20", "solution": "修好", "version": "3", "file": file})
    office.post(f"{page}do/confirm/", {"on": "2021-03-21", "confirmation_code": "1", "version": "4"})

    shown = office.get(f"{page}change/").content.decode()
    assert (home.number in waiting, "The request was told on 2021-03-05" in refused.content.decode()) == (True, True)
    assert 'dark:text-red-400">Overdue</strong>' in waiting
    assert ("水窖渗漏" in shown, "Confirmed as solved" in shown, "Download" in shown) == (True, True, True)
    assert office.get(f"/admin/concerns/requests/{row.pk}/file/")["Content-Type"] == "image/png"
    history = office.get(f"{page}history/").content.decode()
    assert ("水窖渗漏" in history, "水管冻裂" in history) == (True, True)


def test_board_shows_what_a_village_asks_for_on_the_site() -> None:
    home, team = household(), client_of(person(Role.VILLAGE_TEAM))
    told = {**TOLD, "kind_code": "6", "owner_role": "township_clerk"}
    team.post(f"/admin/villages/village/{home.village_id}/do/enter-request/", told)

    board = team.get("/admin/concerns/board/").content.decode()

    assert ("1 requests wait to be solved, 1 of them are overdue." in board, "Road" in board) == (True, True)


def test_grievance_is_filed_answered_and_settled_by_rest() -> None:
    home, clerk, office = household(), client(Role.TOWNSHIP_CLERK), client()
    filed = post(clerk, "grievances/", {**FILED, "household_id": str(home.pk), "against": "nobody"}).json()
    address = f"grievances/{filed['id']}/"
    answer = {"answered_on": "2021-03-20", "verdict": "upheld", "remedy_code": "5", "text": "补发"}

    post(clerk, f"{address}acknowledge/", {}, version=1)
    post(clerk, f"{address}answer/", answer, version=2)
    own = post(clerk, f"{address}reply/", {"is_content": True, "on": "2021-03-21"}, version=3)
    done = post(office, f"{address}reply/", {"is_content": True, "on": "2021-03-21"}, version=3).json()

    assert (own.status_code, done["state"], done["number"]) == (403, "settled", filed["number"])
    assert [(one["level"], one["verdict"], one["reply"]) for one in done["answers"]] == [
        ("township", "upheld", "content")
    ]
    assert office.get("/api/v1/grievances/?is_late=true").json()["results"] == []


def test_grievance_about_the_own_township_is_closed_to_who_filed_it_by_rest() -> None:
    home, team, office = household(), client(Role.VILLAGE_TEAM), client()

    filed = post(team, "grievances/", {**FILED, "household_id": str(home.pk), "against": "township"})

    address = f"/api/v1/grievances/{filed.json()['id']}/"
    assert (filed.status_code, filed.json()["level"]) == (201, "county")
    assert (team.get(address).status_code, office.get(address).status_code) == (404, 200)
    assert client(Role.HELPER).get("/api/v1/grievances/").status_code == 403


def test_grievance_goes_up_on_the_site() -> None:
    home, clerk = household(), client_of(person(Role.TOWNSHIP_CLERK))
    other = client_of(person(Role.COUNTY_OFFICE))
    told = {**FILED, "against": "nobody"}
    filed = clerk.post(f"/admin/concerns/households/{home.pk}/grievance/", told, follow=True).content.decode()
    with tenant_scope(county_office()):
        row = Grievance.objects.get()
    page = f"/admin/concerns/grievance/{row.pk}/"
    answer = {"answered_on": "2021-03-20", "verdict": "partly", "remedy_code": "1", "text": "将核实", "version": "2"}

    clerk.post(f"{page}do/acknowledge/", {"version": "1"})
    clerk.post(f"{page}do/answer/", answer)
    other.post(f"{page}do/reply/", {"reply": "not_content", "on": today().isoformat(), "version": "3"})

    shown = other.get(f"{page}change/").content.decode()
    sheet = other.get(f"/admin/concerns/grievances/{row.pk}/sheet/").content.decode()
    assert ("It is answered by: The township" in filed, row.number in shown) == (True, True)
    assert ("Not content: to the next level" in shown, "将核实" in shown) == (True, True)
    assert f'<a href="/admin/households/household/{home.pk}/change/">Request for a change</a>' in shown
    assert (row.number in sheet, home.number in sheet, FILED["text"] in sheet) == (True, True, False)
    refused = clerk.post(f"{page}do/answer/", {**answer, "version": "4"})
    assert "answered by another level" in refused.content.decode()


def test_period_is_set_by_rest_and_on_the_site() -> None:
    office, site = client(), client_of(person(Role.COUNTY_OFFICE))
    own = {"code": "answer", "days": 30, "counts_working_days": False, "source": "示例文件"}
    made = post(office, "concern-periods/", own).json()

    site.post(
        f"/admin/concerns/concernperiod/{made['id']}/change/", {"days": "20", "source": "示例文件", "version": "1"}
    )

    listed = office.get("/api/v1/concern-periods/").json()["results"]
    assert [(one["code"], one["days"], one["version"]) for one in listed] == [("answer", 20, 2)]
    assert "Answer a grievance" in site.get("/admin/concerns/concernperiod/").content.decode()


def test_audit_administrator_alone_deals_with_what_is_about_the_county_office() -> None:
    home, team, account = household(), client(Role.VILLAGE_TEAM), person(Role.AUDIT_ADMINISTRATOR)
    auditor = client_of(account)
    post(team, "grievances/", {**FILED, "household_id": str(home.pk), "against": "county"})
    with tenant_scope(at_work(account)):
        row = Grievance.objects.get()
    page = f"/admin/concerns/above/{row.pk}/"
    answer = {"answered_on": "2021-04-20", "verdict": "not_upheld", "text": "已按规定发放", "version": "2"}
    listed = auditor.get("/admin/concerns/above/").content.decode()

    auditor.post(f"{page}acknowledge/", {"version": "1"})
    auditor.post(f"{page}answer/", answer)
    auditor.post(f"{page}reply/", {"reply": "not_content", "on": "2021-04-21", "version": "3"})

    shown = auditor.get(page).content.decode()
    assert (row.number in listed, home.number in shown, "已按规定发放" in shown) == (True, True, True)
    assert "Ended: the last level has answered" in shown
    assert client_of(person(Role.COUNTY_OFFICE)).get(page).status_code == 403
