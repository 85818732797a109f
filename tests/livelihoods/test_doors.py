"""Training and posts by REST and on the site: offices plan, teams enrol, nobody reads what is not theirs."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from households.models import Person
from livelihoods.models import Course, Enrolment, PostHolding
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import PDF
from tests.factories.tenants import county_office
from tests.households.test_api import client, post
from tests.livelihoods.ground import attended, course, home_of, worker
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
COURSE: dict[str, Any] = {
    "name": "厨师班",
    "kind_code": "06",
    "organiser": "县人社局",
    "place": "县城",
    "starts_on": "2021-06-01",
    "last_on": "2021-06-10",
    "day_count": 5,
    "hour_count": 40,
    "seat_count": 1,
}


def member() -> Person:
    with tenant_scope(county_office()):
        return worker()


def test_course_goes_from_plan_to_coverage_by_rest() -> None:
    caller, somebody, other = client(), member(), member()
    row = post(caller, "courses/", COURSE).json()
    where = f"courses/{row['id']}/"

    taken = post(caller, f"{where}enrolments/", {"person_id": str(somebody.pk)}).json()
    full = post(caller, f"{where}enrolments/", {"person_id": str(other.pk)})
    nobody = post(caller, f"{where}close/", {}, version=1)
    line = {"enrolment_id": taken["id"], "days": 5, "version": 1}
    post(caller, f"{where}attendance/", {"lines": [line]})
    held = post(caller, f"{where}close/", {}, version=1)
    certificate = {"kind_code": "1", "number": "A1", "on": "2021-06-10"}
    address = f"/api/v1/enrolments/{taken['id']}/certificate/"
    picture = SimpleUploadedFile("示例人.pdf", PDF, content_type="application/pdf")
    certified = caller.post(address, certificate | {"file": picture}, headers={"if-match": '"2"'})

    assert (full.status_code, nobody.status_code, held.json()["state"]) == (409, 409, "held")
    assert (certified.json()["proof"], certified.json()["asked_on"]) == ("unknown", "2021-09-10")
    assert caller.get(f"/api/v1/enrolments/{taken['id']}/file/").content == PDF
    (village,) = caller.get("/api/v1/training-coverage/").json()["results"]
    assert (village["households"], village["trained"], village["lacking"]) == (2, 1, 1)
    with tenant_scope(county_office()):
        lacking = home_of(other).number
    assert [one["number"] for one in caller.get("/api/v1/training-lacking/").json()["results"]] == [lacking]
    assert [one["id"] for one in caller.get("/api/v1/training-outcomes-due/").json()["results"]] == [taken["id"]]


def test_team_enrols_and_enters_attendance_on_the_site_and_the_office_certifies() -> None:
    team, office, somebody = client_of(person(Role.VILLAGE_TEAM)), client_of(person(Role.COUNTY_OFFICE)), member()
    office.post("/admin/livelihoods/course/add/", COURSE)
    with tenant_scope(county_office()):
        one = Course.objects.get()
    page = f"/admin/households/person/{somebody.pk}"
    team.post(f"{page}/do/wish/", {"kind_code": "06", "told_on": "2021-03-01"})
    wishes = team.get("/admin/livelihoods/wishes/").content.decode()
    team.post(f"{page}/do/enrol/", {"course_id": str(one.pk)})
    with tenant_scope(county_office()):
        row = Enrolment.objects.get()

    names = {f"days_{row.pk}": "6", f"version_{row.pk}": "1"}
    over = team.post(f"/admin/livelihoods/courses/{one.pk}/attendance/", names)
    team.post(f"/admin/livelihoods/courses/{one.pk}/attendance/", names | {f"days_{row.pk}": "5"})
    file = SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")
    wanted = {"kind_code": "1", "number": "A1", "on": "2021-06-10", "version": "2", "file": file}
    office.post(f"/admin/livelihoods/enrolment/{row.pk}/do/certify/", wanted)

    due = team.get("/admin/livelihoods/outcomes/").content.decode()
    picture = team.get(f"/admin/livelihoods/enrolments/{row.pk}/file/")
    assert ("1 persons in 1 villages" in wishes, over.status_code, somebody.name in due) == (True, 200, True)
    assert (picture.status_code, picture.content) == (200, PDF)
    shown = team.get(f"/admin/livelihoods/enrolment/{row.pk}/change/").content.decode()
    assert ("Not known (nothing on file)" in shown, "A1" in shown) == (True, True)
    coverage = team.get("/admin/livelihoods/coverage/").content.decode()
    assert "1 of 1 filed households have a trained member." in coverage


def test_post_goes_from_seat_to_offer_on_the_site_and_by_rest() -> None:
    caller, team, somebody = client(), client_of(person(Role.VILLAGE_TEAM)), member()
    with tenant_scope(county_office()):
        home = home_of(somebody)
    wanted = {
        "village_id": str(home.village_id),
        "name": "保洁员",
        "kind_code": "05",
        "seat_count": 1,
        "monthly_yuan": "500",
        "funding_code": "3",
        "pay_item_code": "1023",
        "duties": "村内保洁",
        "starts_on": "2020-01-01",
    }
    row = post(caller, "welfare-posts/", wanted).json()
    term = {"post_id": row["id"], "starts_on": "2021-01-01", "ends_on": "2022-01-01"}
    team.post(f"/admin/households/person/{somebody.pk}/do/fill-post/", term)
    with tenant_scope(county_office()):
        holding = PostHolding.objects.get()

    month = {"month": "2021-03-01", "amount_yuan": "", "version": "1"}
    team.post(f"/admin/livelihoods/postholding/{holding.pk}/do/confirm/", month)
    twice = post(caller, f"post-terms/{holding.pk}/months/", {"month": "2021-03-01"}, version=1)

    offers = caller.get(f"/api/v1/households/{home.pk}/pay-offers/?year=2021").json()["results"]
    page = team.get(f"/admin/livelihoods/households/{home.pk}/post-pay/?year=2021").content.decode()
    assert (twice.status_code, [(one["item_code"], one["amount_yuan"]) for one in offers]) == (
        409,
        [("1023", "500.00")],
    )
    assert ("500.00" in page, "Not in the income ledger yet" in page) == (True, True)


def test_helper_sees_no_enrolment_of_households_that_are_not_paired() -> None:
    with tenant_scope(county_office()) as actor:
        row = attended(course(actor), worker(), actor)
        one = row.course
    helper = client_of(person(Role.HELPER))

    pages = [
        helper.get(f"/admin/livelihoods/course/{one.pk}/change/"),
        helper.get("/admin/livelihoods/outcomes/"),
        helper.get(f"/admin/livelihoods/enrolment/{row.pk}/change/"),
    ]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert [row.person.name in page.content.decode() for page in pages] == [False, False, False]
    assert f"/livelihoods/courses/{one.pk}/attendance/" not in pages[0].content.decode()


def test_figures_are_set_by_the_county_alone() -> None:
    body = {
        "from_year": 2021,
        "youngest_age": 18,
        "oldest_age": 55,
        "least_percent": 60,
        "needs_certificate": False,
        "counted_since": str(date(2021, 1, 1)),
        "source": "文件",
    }

    office = client()
    mine = post(office, "training-rules/", body)
    theirs = post(client(Role.TOWNSHIP_CLERK), "training-rules/", body | {"from_year": 2022})

    posts = {
        "from_year": 2021,
        "youngest_age": 18,
        "oldest_age": 60,
        "most_months": 6,
        "asked_days": 30,
        "source": "文件",
    }
    own = post(office, "post-rules/", posts)

    assert (mine.status_code, theirs.status_code, own.status_code) == (201, 403, 201)
