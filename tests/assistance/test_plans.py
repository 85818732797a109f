"""Households' plans: drafted, planned, adopted by a second person, amended, closed, withdrawn; who has none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError
from pytest_django import DjangoAssertNumQueries

from assistance.domain import plans
from assistance.domain.helper import link_login
from assistance.domain.measures import MeasureDraft, record_measure, withdraw_measure
from assistance.domain.plans import HouseholdPlanDraft, PlannedMeasureDraft
from assistance.models import HouseholdPlan, HouseholdPlanEdition, PlannedMeasure
from assistance.queries.plans import (
    day_of_plans,
    find_household_plan,
    find_planned_measure,
    households_without_plan,
    without_plan_by_village,
    without_plan_page,
)
from assistance.workflow import HOUSEHOLD_PLAN_CHANGES
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.monitoring import identify_for_monitoring
from households.domain.move import move_household
from households.models import Household
from households.queries.history import present_members
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import NEXT_VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory
from tests.registry.people import at_work, person
from villages.workflow import allowed_pairs

DAY = date(2021, 3, 5)
GOALS = HouseholdPlanDraft(goals="养牛增收", target_yuan=Decimal(9000))
CATTLE = PlannedMeasureDraft(
    category_code="39", what="购买母牛两头", action_code="2", planned_yuan=Decimal(8000), source_code="1",
    starts_on=date(2021, 4, 1), due_on=date(2021, 9, 30),
)  # fmt: skip
CARE = PlannedMeasureDraft(category_code="45", what="签约家庭医生")


@pytest.fixture
def team(office: Actor) -> Actor:
    return replace(actor_of(Role.VILLAGE_TEAM), ranges=office.ranges)


def drafted(
    team: Actor, *drafts: PlannedMeasureDraft, home: Household | None = None, year: int = 2021
) -> HouseholdPlan:
    plan = plans.draft_household_plan((home or registered()).pk, GOALS, year=year, actor=team)
    for draft in drafts:
        plans.plan_measure(plan.pk, draft, actor=team)
    return plan


def adopted(team: Actor, office: Actor, **values: Any) -> HouseholdPlan:
    plan = drafted(team, CATTLE, **values)
    return plans.adopt_household_plan(plan.pk, on=DAY, agreement_code="1", actor=office)


def able(household: Household, actor: Actor) -> None:
    member = present_members(household)[0]
    record_person_year(member.person_id, PersonYearDraft(year=2020, skill_code="1"), actor=actor)


def test_plan_is_adopted_as_an_edition_when_a_team_prepared_it(office: Actor, team: Actor) -> None:
    plan = adopted(team, office)

    plan.refresh_from_db()
    edition = HouseholdPlanEdition.objects.get()
    assert (plan.state, plan.edition, plan.adopted_on, plan.agreement_code) == ("adopted", 1, DAY, "1")
    assert (edition.number, edition.goals, edition.planned_yuan, edition.development_count) == (
        1, "养牛增收", Decimal(8000), 1,
    )  # fmt: skip
    assert [(row["category_code"], row["planned_yuan"], row["due_on"]) for row in edition.measures] == [
        ("39", "8000.00", "2021-09-30")
    ]


def test_adoption_is_refused_when_the_same_person_prepared_the_plan(office: Actor) -> None:
    plan = drafted(office, CATTLE)

    with pytest.raises(NotAllowed) as refused:
        plans.adopt_household_plan(plan.pk, on=DAY, agreement_code="1", actor=office)
    with pytest.raises(IntegrityError, match="householdplan_adopted_by_another"), savepoint():
        HouseholdPlan.objects.filter(pk=plan.pk).update(
            state="adopted", edition=1, adopted_on=DAY, agreement_code="1", adopted_by=office.user_id
        )

    assert refused.value.code == "plan.own"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"agreement_code": "0"}, "plan.not_agreed", "agreement_code"),
        ({"agreement_code": "x"}, "code.unknown", "agreement_code"),
        ({"on": date(2099, 1, 1)}, "date.in_future", "on"),
    ],
)
def test_adoption_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, team: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    plan = drafted(team, CATTLE)

    with pytest.raises(DomainError) as refused:
        plans.adopt_household_plan(plan.pk, **{"on": DAY, "agreement_code": "1", "actor": office, **changes})

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not HouseholdPlanEdition.objects.exists()


def test_plan_without_a_measure_is_not_adopted(office: Actor, team: Actor) -> None:
    plan = drafted(team)

    with pytest.raises(DomainError) as refused:
        plans.adopt_household_plan(plan.pk, on=DAY, agreement_code="1", actor=office)

    assert refused.value.code == "plan.no_measure"


def test_plan_needs_a_development_measure_or_a_reason_when_somebody_is_able_to_work(office: Actor, team: Actor) -> None:
    home = registered()
    able(home, office)
    plan = drafted(team, CARE, home=home)

    with pytest.raises(DomainError) as refused:
        plans.adopt_household_plan(plan.pk, on=DAY, agreement_code="1", actor=office)
    reasoned = replace(GOALS, no_development_reason="照料重病家人")
    plans.amend_household_plan(plan.pk, reasoned, actor=team)
    plans.adopt_household_plan(plan.pk, on=DAY, agreement_code="4", actor=office)

    edition = HouseholdPlanEdition.objects.get()
    assert (refused.value.code, edition.has_labour, edition.development_count) == ("plan.no_development", True, 0)


def test_database_refuses_an_edition_when_labour_is_without_a_development_measure(office: Actor, team: Actor) -> None:
    plan = adopted(team, office)
    row = HouseholdPlanEdition.objects.get()
    row.pk, row.number, row.reason, row.has_labour, row.development_count = plan.pk, 2, "补充", True, 0

    with pytest.raises(IntegrityError, match="householdplanedition_develops_labour"), savepoint():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"planned_yuan": Decimal(7999)},
        {"planned_yuan": Decimal(0), "measures": []},
        {"development_count": 2},
    ],
)
def test_database_refuses_an_edition_that_is_not_the_sum_of_its_plan(
    office: Actor, team: Actor, changes: dict[str, Any]
) -> None:
    adopted(team, office)
    row = HouseholdPlanEdition.objects.get()
    row.reason, row.pk, row.number = "补充", new_id(), 2
    row.save(force_insert=True)
    row.pk, row.number = new_id(), 3
    vars(row).update(changes)

    with pytest.raises(IntegrityError, match="edition"), savepoint():
        row.save(force_insert=True)


@pytest.mark.parametrize("changes", [{"target_yuan": Decimal(1)}, {"goals": "另写"}])
def test_database_refuses_a_change_of_an_edition(office: Actor, team: Actor, changes: dict[str, Any]) -> None:
    adopted(team, office)

    with pytest.raises(DatabaseError), savepoint():
        HouseholdPlanEdition.objects.update(**changes)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"category_code": "99"}, "code.unknown", "category_code"),
        ({"category_code": "1"}, "measure.category", "category_code"),
        ({"action_code": "9"}, "code.unknown", "action_code"),
        ({"source_code": ""}, "plan.source_missing", "source_code"),
        ({"planned_yuan": Decimal(-1)}, "plan.amount", "planned_yuan"),
        ({"due_on": date(2021, 3, 1)}, "plan.due_before_start", "due_on"),
        ({"what": " "}, "plan.what_missing", "what"),
    ],
)
def test_planned_measure_is_refused_with_its_field_when_it_cannot_be(
    team: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    plan = drafted(team)

    with pytest.raises(DomainError) as refused:
        plans.plan_measure(plan.pk, replace(CATTLE, **changes), actor=team)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not PlannedMeasure.objects.exists()


def test_lead_helper_sees_to_a_measure_when_nobody_is_named(office: Actor, team: Actor) -> None:
    home, helper, stranger = registered(), HelperFactory.create(), HelperFactory.create()
    paired(home, helper=helper)
    plan = drafted(team, CATTLE, home=home)

    with pytest.raises(DomainError) as refused:
        plans.plan_measure(plan.pk, replace(CARE, helper_id=stranger.pk), actor=team)

    assert PlannedMeasure.objects.get().helper_id == helper.pk
    assert refused.value.code == "plan.helper_not_paired"


def test_adopted_plan_waits_again_when_a_measure_is_amended_or_dropped(office: Actor, team: Actor) -> None:
    plan = adopted(team, office)
    row = PlannedMeasure.objects.get()

    plans.amend_planned_measure(row.pk, replace(CATTLE, planned_yuan=Decimal(9000)), actor=team, version=1)
    plan.refresh_from_db()
    waiting = plan.state
    with pytest.raises(DomainError) as refused:
        plans.adopt_household_plan(plan.pk, on=DAY, agreement_code="1", actor=office)
    plans.adopt_household_plan(plan.pk, on=DAY, agreement_code="1", reason="价格上涨", actor=office)
    plans.drop_planned_measure(row.pk, on=DAY, reason="不再养牛", actor=team)

    plan.refresh_from_db()
    assert (waiting, refused.value.code, plan.state, plan.edition) == ("amended", "reason.missing", "amended", 2)
    with pytest.raises(Conflict, match="dropped"):
        plans.amend_planned_measure(row.pk, CATTLE, actor=team)


def test_year_has_one_plan_until_it_is_withdrawn(office: Actor, team: Actor) -> None:
    home = registered()
    plan = drafted(team, home=home)

    with pytest.raises(Conflict) as refused:
        drafted(team, home=home)
    plans.withdraw_household_plan(plan.pk, reason="录错户", actor=team)
    drafted(team, home=home)

    assert refused.value.code == "database.householdplan_year_once"
    assert sorted(HouseholdPlan.objects.values_list("state", flat=True)) == ["drafted", "withdrawn"]


def test_adopted_plan_is_withdrawn_by_the_office_alone(office: Actor, team: Actor) -> None:
    plan = adopted(team, office)

    with pytest.raises(NotAllowed):
        plans.withdraw_household_plan(plan.pk, reason="录错户", actor=team)

    assert plans.withdraw_household_plan(plan.pk, reason="录错户", actor=office).state == "withdrawn"


def test_closed_plan_stays_as_it_is(office: Actor, team: Actor) -> None:
    plan = adopted(team, office)

    plans.close_household_plan(plan.pk, on=date(2021, 12, 31), result="母牛已产犊", actor=office)

    with pytest.raises(Conflict):
        plans.plan_measure(plan.pk, CARE, actor=team)
    with pytest.raises(IntegrityError, match="assistance_plan_is_open"), savepoint():
        PlannedMeasure.objects.update(planned_yuan=1)
    with pytest.raises(IntegrityError, match="workflow"), savepoint():
        HouseholdPlan.objects.update(state="amended", closed_on=None, result="")


def test_measures_on_file_show_what_was_done_for_a_planned_one(office: Actor, team: Actor) -> None:
    home = registered()
    plan = adopted(team, office, home=home)
    planned = PlannedMeasure.objects.get()
    draft = MeasureDraft(category_code="39", state_code="1", starts_on=DAY, money_yuan=Decimal(3000))
    done = record_measure(home.pk, draft, actor=office)
    wrong = record_measure(home.pk, replace(draft, note="重复"), actor=office)

    plans.carry_out_plan(done.pk, planned.pk, actor=office, version=1)
    plans.carry_out_plan(wrong.pk, planned.pk, actor=office)
    withdraw_measure(wrong.pk, actor=office, reason="重复")

    shown: Any = find_planned_measure(planned.pk, actor=office)
    assert (shown.done_count, shown.done_yuan) == (1, Decimal(3000))
    assert (shown.planned_yuan, shown.plan_id) == (Decimal(8000), plan.pk)


def test_measure_carries_out_no_plan_of_another_household(office: Actor, team: Actor) -> None:
    adopted(team, office)
    planned = PlannedMeasure.objects.get()
    draft = MeasureDraft(category_code="39", state_code="1", starts_on=DAY)
    other = record_measure(registered().pk, draft, actor=office)

    with pytest.raises(DomainError) as refused:
        plans.carry_out_plan(other.pk, planned.pk, actor=office)
    with pytest.raises(IntegrityError, match="assistance_measure_is_of_its_plan"), savepoint():
        type(other).objects.filter(pk=other.pk).update(planned=planned)

    assert refused.value.code == "plan.another_household"


def test_measure_carries_out_no_withdrawn_plan(office: Actor, team: Actor) -> None:
    home = registered()
    plan = adopted(team, office, home=home)
    done = record_measure(home.pk, MeasureDraft(category_code="39", state_code="1", starts_on=DAY), actor=office)
    plans.withdraw_household_plan(plan.pk, reason="录错户", actor=office)

    with pytest.raises(DomainError):
        plans.carry_out_plan(done.pk, PlannedMeasure.objects.get().pk, actor=office)


def test_plan_of_a_closed_household_is_closed_and_not_amended(office: Actor, team: Actor) -> None:
    home, draft = registered(), registered()
    plan, waiting = adopted(team, office, home=home), drafted(team, CATTLE, home=draft)
    Household.objects.filter(pk__in=[home.pk, draft.pk]).update(status="closed")

    with pytest.raises(Conflict) as refused:
        plans.plan_measure(plan.pk, CARE, actor=team)
    with pytest.raises(Conflict) as late:
        plans.adopt_household_plan(waiting.pk, on=DAY, agreement_code="1", actor=office)

    assert (refused.value.code, late.value.code) == ("plan.household_closed", "plan.household_closed")
    assert plans.close_household_plan(plan.pk, on=DAY, result="已迁出", actor=office).state == "closed"


def test_plan_moves_with_its_household(office: Actor, team: Actor) -> None:
    home = registered()
    adopted(team, office, home=home)
    VillageFactory.create(code=NEXT_VILLAGE_CODE)

    move_household(home.pk, NEXT_VILLAGE_CODE, on=today(), reason="搬家", actor=office)

    codes = [model.objects.get().scope_code for model in (HouseholdPlan, PlannedMeasure, HouseholdPlanEdition)]
    assert codes == [NEXT_VILLAGE_CODE] * 3


def test_households_without_a_plan_in_force_are_listed_with_those_at_risk_first(office: Actor, team: Actor) -> None:
    calm, risky, covered = (registered(status="filed") for _count in range(3))
    identify_for_monitoring(risky.pk, "1", on=today(), reason="因病", actor=office)
    adopted(team, office, home=covered)
    draft = drafted(team, home=calm)

    (count,) = counts = without_plan_by_village(2021, today(), actor=office)
    page = without_plan_page(2021, today(), counts, actor=office, page=1)

    assert [(one.id, one.urgency, one.draft_id) for one in page] == [(risky.pk, 1, None), (calm.pk, 2, draft.pk)]
    assert (count.risky, count.not_lifted, count.lifted) == (1, 1, 0)
    (then,) = without_plan_by_village(2021, day_of_plans(2021), actor=office)
    assert (day_of_plans(2021), then.risky, then.not_lifted) == (date(2021, 12, 31), 0, 2)
    assert without_plan_by_village(2019, day_of_plans(2019), actor=office) == []


def test_page_of_those_without_a_plan_asks_as_often_for_three_as_for_one(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _count in range(3):
        registered(status="filed")

    counts = without_plan_by_village(2021, today(), actor=office)

    with django_assert_num_queries(3):
        page = without_plan_page(2021, today(), counts, actor=office, page=1)

    assert len(page) == 3


def test_helper_plans_for_paired_households_and_sees_no_other(office: Actor, team: Actor) -> None:
    mine, other = registered(), registered()
    helper, account = HelperFactory.create(), person(Role.HELPER)
    link_login(helper.pk, account.username, actor=office)
    paired(mine, helper=helper, on=FIRST_DAY)
    strange = adopted(team, office, home=other)

    with tenant_scope(at_work(account)) as actor:
        own = plans.draft_household_plan(mine.pk, GOALS, year=2021, actor=actor)
        assert [row.pk for row in households_without_plan(2021, today(), actor=actor)] == [mine.pk]
        with pytest.raises(NotFound):
            find_household_plan(strange.pk, actor=actor)
        with pytest.raises(NotFound):
            plans.draft_household_plan(other.pk, GOALS, year=2022, actor=actor)
        with pytest.raises(NotAllowed):
            plans.adopt_household_plan(own.pk, on=DAY, agreement_code="1", actor=actor)


def test_trigger_of_states_holds_the_workflow_table() -> None:
    pairs = import_module("assistance.migrations.0014_arm_household_plans").PLAN_PAIRS

    assert pairs == allowed_pairs(HOUSEHOLD_PLAN_CHANGES)
