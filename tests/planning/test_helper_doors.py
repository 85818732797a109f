"""Plans of helpers by REST and on the site: the office plans, the township confirms, the households have their lead."""

import pytest

from assistance.queries.pairings import lead_on
from planning.models import HelperPart, HelperPlan, HelperProposal, RelatedPair
from registry import jobs
from registry.enums import JobState, Role
from registry.lib.periods import today
from registry.models import Job
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory
from tests.factories.tenants import county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db


def done(job_id: str) -> JobState | None:
    """Run a job that was queued, as a worker does."""
    office = county_office()
    with tenant_scope(office):
        job = Job.objects.get(pk=job_id)
    return jobs.run(office.tenant_id, job.pk)


def test_plan_goes_from_limits_to_pairings_by_rest() -> None:
    home, office, township = household(), client(Role.COUNTY_OFFICE), client(Role.TOWNSHIP_CLERK)
    with tenant_scope(county_office()):
        helper, other = HelperFactory.create(), HelperFactory.create()
    limit = {"from_year": 2021, "household_limit": 1, "source": "县帮扶通知"}
    plan = {"title": "结对帮扶", "starts_on": "2021-01-01"}

    load = post(office, "helper-loads/", limit)
    made = post(office, "helper-plans/", plan).json()
    related = {"household_number": home.number, "helper_id": str(other.pk)}
    noted = post(township, f"helper-plans/{made['id']}/related/", related)
    asked = post(office, f"helper-plans/{made['id']}/proposals/", {}).json()
    reckoned = done(asked["job_id"])
    (proposal,) = office.get(f"/api/v1/helper-proposals/?plan_id={made['id']}").json()["results"]
    (choice,) = office.get(f"/api/v1/helper-proposals/{proposal['id']}/households/?changes=true").json()["results"]
    published = post(office, f"helper-proposals/{proposal['id']}/publish/", {"reason": "已征求意见"}).json()
    (part,) = township.get("/api/v1/helper-parts/").json()["results"]
    refused = post(office, f"helper-parts/{part['id']}/confirm/", {}, version=1)
    confirmed = post(township, f"helper-parts/{part['id']}/confirm/", {}, version=part["version"]).json()
    applied = done(confirmed["job_id"])

    assert (load.status_code, noted.json(), reckoned, applied) == (201, {"noted": True}, "done", "done")
    assert (choice["helper_id"], choice["household_number"], choice["before"]) == (
        str(helper.pk),
        home.number,
        "nobody",
    )
    assert (published["state"], part["changed_count"], refused.status_code) == ("published", 1, 403)
    shown = township.get(f"/api/v1/helper-parts/{part['id']}/").json()
    assert (shown["state"], shown["applied_count"], shown["left_count"]) == ("confirmed", 1, 0)
    assert township.get("/api/v1/related-pairs/").json()["results"] == []
    with tenant_scope(county_office()):
        lead = lead_on(home.pk, today())
    assert lead is not None
    assert lead.helper_id == helper.pk


def test_office_plans_and_township_declines_on_the_site() -> None:
    home = household()
    office, township = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.TOWNSHIP_CLERK))
    with tenant_scope(county_office()):
        helper = HelperFactory.create()
    facts = {"title": "结对帮扶", "area_code": "549901000000", "starts_on": "2021-01-01", "weight_near": "3"}
    office.post("/admin/planning/helperplan/add/", {**facts, "weight_stay": "2", "keeps_leads": "on"})
    with tenant_scope(county_office()):
        plan = HelperPlan.objects.get()
    asked = office.post(f"/admin/planning/helperplan/{plan.pk}/do/propose/", {}, follow=True).content.decode()
    with tenant_scope(county_office()):
        job = Job.objects.get(kind="planning.propose_helpers")
    done(str(job.pk))
    with tenant_scope(county_office()):
        first = HelperProposal.objects.get()
    households = f"/admin/planning/helper-proposals/{first.pk}/households/"
    listed = office.get(households).content.decode()
    unknown = office.post(f"{households}{home.pk}/", {"helper": "无此人", "reason": "再议"}).content.decode()
    office.post(f"{households}{home.pk}/", {"helper": "", "reason": "再议"})
    with tenant_scope(county_office()):
        second = HelperProposal.objects.get(number=2)
    compared = office.get(f"/admin/planning/helper-proposals/{second.pk}/households/?with=1").content.decode()
    office.post(f"/admin/planning/helperproposal/{first.pk}/do/publish/", {"reason": "可行", "version": "1"})
    with tenant_scope(county_office()):
        part = HelperPart.objects.get()
    township.post(f"/admin/planning/helperpart/{part.pk}/do/decline/", {"reason": "人手不足", "version": "1"})
    seen = office.get(f"/admin/planning/helperpart/{part.pk}/change/").content.decode()

    assert "It is being done. Open this page again in a minute." in asked
    assert (home.number in listed, helper.name in listed) == (True, True)
    assert "There is no helper of this name." in unknown
    assert f"{home.number}: {helper.name} → –" in compared
    assert "No new lead: so chosen by hand." in compared
    assert ("Declined" in seen, "人手不足" in seen) == (True, True)


def test_helper_says_to_be_related_on_the_site_without_learning_of_the_household() -> None:
    household()
    who = person(Role.HELPER)
    with tenant_scope(county_office()):
        HelperFactory.create(user_id=who.pk)
        plan = HelperPlan.objects.create(
            title="结对帮扶", scope_code="549901000000", area_code="549901000000", starts_on=today()
        )

    answer = client_of(who).post(
        "/admin/planning/related/", {"plan": str(plan.pk), "household_number": "0"}, follow=True
    )

    assert "If the plan has such a household" in answer.content.decode()


def test_office_names_a_helper_with_the_unit_when_the_name_repeats() -> None:
    home = household()
    with tenant_scope(county_office()):
        helper, _other = HelperFactory.create(name="示例·同名"), HelperFactory.create(name="示例·同名")
        plan = HelperPlan.objects.create(
            title="结对帮扶", scope_code="549901000000", area_code="549901000000", starts_on=today()
        )
    office = client_of(person(Role.COUNTY_OFFICE))
    said = {"plan": str(plan.pk), "household_number": home.number}

    twice = office.post("/admin/planning/related/", {**said, "helper": helper.name}).content.decode()
    office.post("/admin/planning/related/", {**said, "helper": f"{helper.name} · {helper.unit}"})

    assert f"Enter name and unit as here: {helper.name} · " in twice
    with tenant_scope(county_office()):
        assert RelatedPair.objects.get().helper_id == helper.pk
