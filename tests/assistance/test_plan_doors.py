"""Households' plans by REST and by the site: from the draft to the result."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from assistance.domain import plans
from assistance.domain.plans import HouseholdPlanDraft, PlannedMeasureDraft
from assistance.models import HouseholdPlan
from registry.enums import Role
from registry.lib.periods import today
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.tenants import actor_of, county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
PLANS = "household-plans/"


def prepared() -> HouseholdPlan:
    home = household()
    with tenant_scope(county_office()):
        team = actor_of(Role.VILLAGE_TEAM)
        paired(home)
        goals = HouseholdPlanDraft(goals="养牛增收", target_yuan=Decimal(9000))
        plan = plans.draft_household_plan(home.pk, goals, year=2021, actor=team)
        cattle = PlannedMeasureDraft(category_code="39", what="购买母牛", planned_yuan=Decimal(8000), source_code="1")
        plans.plan_measure(plan.pk, cattle, actor=team)
        return HouseholdPlan.objects.get(pk=plan.pk)


def test_plan_is_drafted_planned_and_refused_to_its_own_author_by_rest() -> None:
    caller, home = client(), household()
    body = {"household_id": str(home.pk), "year": 2021, "goals": "增收", "target_yuan": "9000"}

    draft = post(caller, PLANS, body)
    where = f"{PLANS}{draft.json()['id']}/"
    planned = post(caller, f"{where}measures/", {"category_code": "39", "what": "养牛"}, version=1)
    own = post(caller, f"{where}adopt/", {"on": "2021-03-01", "agreement_code": "1"}, version=2)

    assert (draft.status_code, planned.status_code, own.status_code) == (201, 201, 403)
    assert [row["is_development"] for row in planned.json()["measures"]] == [True]
    assert own.json()["code"] == "plan.own"


def test_plan_is_adopted_and_closed_by_rest() -> None:
    caller, plan = client(), prepared()
    where = f"{PLANS}{plan.pk}/"

    adopted = post(caller, f"{where}adopt/", {"on": "2021-03-01", "agreement_code": "1"}, version=plan.version)
    closed = post(caller, f"{where}close/", {"on": "2021-12-31", "result": "已增收"}, version=plan.version + 1)

    assert (adopted.status_code, closed.status_code) == (200, 200)
    assert [row["planned_yuan"] for row in adopted.json()["editions"]] == ["8000.00"]
    assert closed.json()["state"] == "closed"


def test_households_without_a_plan_are_listed_by_rest_and_on_the_page() -> None:
    home = household()
    site = client_of(person(Role.TOWNSHIP_CLERK))

    rows = client().get(f"/api/v1/households-without-plan/?year={today().year}").json()["results"]
    page = site.get("/admin/assistance/without-plan/?year=2021").content.decode()

    assert [(row["id"], row["urgency"]) for row in rows] == [(str(home.pk), 2)]
    assert (home.number in page, "draft-plan" in page) == (True, True)


def test_site_opens_the_plan_when_it_was_drafted() -> None:
    home, site = household(), client_of(person(Role.VILLAGE_TEAM))
    goals = {"year": str(today().year), "goals": "增收", "target_yuan": "12000", "version": "1"}

    answer = site.post(reverse("admin:households_household_verb", args=[home.pk, "draft-plan"]), goals)

    with tenant_scope(county_office()):
        plan = HouseholdPlan.objects.get()
    assert answer.headers["Location"] == reverse("admin:assistance_householdplan_change", args=[plan.pk])


def test_site_adopts_what_a_team_prepared_and_prints_it_without_numbers() -> None:
    plan, site = prepared(), client_of(person(Role.TOWNSHIP_CLERK))
    verb = reverse("admin:assistance_householdplan_verb", args=[plan.pk, "adopt"])
    values = {"version": plan.version, "on": date(2021, 3, 1), "agreement_code": "2", "reason": ""}

    answer = site.post(verb, values)

    printed = site.get(f"/admin/assistance/plans/{plan.pk}/print/").content.decode()
    with tenant_scope(county_office()):
        assert (answer.status_code, HouseholdPlan.objects.get().edition) == (302, 1)
    assert ("购买母牛" in printed, "8000.00" in printed, "5499019" in printed) == (True, True, False)


def test_site_plans_a_measure_with_the_lead_helper() -> None:
    plan, site = prepared(), client_of(person(Role.VILLAGE_TEAM))
    verb = reverse("admin:assistance_householdplan_verb", args=[plan.pk, "plan-measure"])
    values = {"version": plan.version, "category_code": "45", "what": "签约家庭医生", "planned_yuan": "0"}

    form, answer = site.get(verb).content.decode(), site.post(verb, values)

    with tenant_scope(county_office()):
        assert (answer.status_code, plan.measures.filter(helper__isnull=False).count()) == (302, 2)
    assert "示例干部" in form
