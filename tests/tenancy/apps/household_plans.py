"""The plans of households."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from assistance.domain.plans import (
    HouseholdPlanDraft,
    PlannedMeasureDraft,
    adopt_household_plan,
    amend_household_plan,
    draft_household_plan,
    plan_measure,
)
from assistance.models import HouseholdPlan, HouseholdPlanEdition, PlannedMeasure
from tests.tenancy.app_lists import AppLists, Ground, Written

_MEASURE: Final = {"category_code": "39", "what": "trial"}


def write(ground: Ground) -> Written:
    """Adopt a plan of each household, and amend it by nobody who asks, so that whoever asks may adopt it again."""
    mark, actor = ground.mark, ground.actor
    another = replace(actor, user_id=uuid4())
    goals = HouseholdPlanDraft(goals=mark, target_yuan=Decimal(9000), no_development_reason=mark)
    found: dict[str, UUID] = {}
    for home in (ground.far, ground.household):
        plan = draft_household_plan(home.pk, goals, year=2021, actor=another)
        planned = plan_measure(plan.pk, PlannedMeasureDraft(category_code="39", what=mark), actor=another)
        adopt_household_plan(plan.pk, on=date(2021, 1, 4), agreement_code="1", reason=mark, actor=actor)
        amend_household_plan(plan.pk, replace(goals, target_yuan=Decimal(9500)), actor=another)
        found = {
            "assistance_householdplan": plan.pk,
            "assistance_plannedmeasure": planned.pk,
            "assistance_householdplanedition": HouseholdPlanEdition.objects.get(plan=plan).pk,
        }
    ids = {
        "household_plan_id": found["assistance_householdplan"],
        "planned_measure_id": found["assistance_plannedmeasure"],
    }
    return Written(ids, found)


LISTS: Final = AppLists(
    pages={
        "admin:households-without-plan": "assistance.view",
        "admin:household-plan-print": "assistance.view",
    },
    with_history={"assistance_householdplan", "assistance_plannedmeasure"},
    models={
        "assistance_householdplan": (
            "assistance.view",
            "",
            {
                "amend": "assistance.plan",
                "plan-measure": "assistance.plan",
                "adopt": "assistance.adopt_plan",
                "close": "assistance.adopt_plan",
                "withdraw": "assistance.plan",
            },
        ),
        "assistance_plannedmeasure": (
            "assistance.view",
            "",
            {"amend": "assistance.plan", "drop": "assistance.plan"},
        ),
    },
    api={
        "api:household-plans": {"GET": "assistance.view", "POST": "assistance.plan"},
        "api:household-plan": {"GET": "assistance.view", "PUT": "assistance.plan"},
        "api:household-plan-measures": {"POST": "assistance.plan"},
        "api:household-plan-adopt": {"POST": "assistance.adopt_plan"},
        "api:household-plan-close": {"POST": "assistance.adopt_plan"},
        "api:household-plan-withdrawal": {"POST": "assistance.plan"},
        "api:planned-measure": {"GET": "assistance.view", "PUT": "assistance.plan"},
        "api:planned-measure-drop": {"POST": "assistance.plan"},
        "api:measure-plan": {"PUT": "assistance.record_measure"},
        "api:households-without-plan": {"GET": "assistance.view"},
    },
    write=write,
    bodies={
        ("api:household-plans", "POST"): {
            "household_id": "{household_id}",
            "year": 2020,
            "goals": "trial",
            "target_yuan": "1",
        },
        ("api:household-plan", "PUT"): {"goals": "trial", "target_yuan": "1"},
        ("api:household-plan-measures", "POST"): _MEASURE,
        ("api:household-plan-adopt", "POST"): {"on": "2021-03-01", "agreement_code": "1", "reason": "trial"},
        ("api:household-plan-close", "POST"): {"on": "2021-03-01", "result": "trial"},
        ("api:household-plan-withdrawal", "POST"): {"reason": "trial"},
        ("api:planned-measure", "PUT"): _MEASURE,
        ("api:planned-measure-drop", "POST"): {"on": "2021-03-01", "reason": "trial"},
        ("api:measure-plan", "PUT"): {"planned_id": "{planned_measure_id}"},
    },
    versioned={"household_plan_id": HouseholdPlan, "planned_measure_id": PlannedMeasure},
    names={"planned_id": "planned_measure_id"},
    named={"planned_measure_id": "assistance_plannedmeasure"},
    # Ids, codes, money and days of planned measures, and no words.
    stays={"assistance_householdplanedition.measures"},
    of_households={"household_plan_id", "planned_measure_id"},
)
