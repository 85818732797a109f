"""A small invented county with something of everything that the register's reports list."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from assistance.domain.help_visits import HelpVisitDraft, record_help_visit
from assistance.domain.measures import MeasureDraft, record_measure
from assistance.domain.plans import (
    HouseholdPlanDraft,
    PlannedMeasureDraft,
    adopt_household_plan,
    draft_household_plan,
    plan_measure,
)
from assistance.models import Helper
from credit.domain.loans import LoanDraft, enter_payment, record_loan
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.work import WorkDraft, record_work
from households.models import Household
from quality.domain.running import run_rules
from registry.enums import Role
from registry.tenancy.context import Actor
from reports.catalogue.base import Picture, reports
from reports.definitions.layout import Layout, Sheet, Table
from reports.definitions.text import Language
from tests.factories.assistance import HelperFactory, paired
from tests.factories.tenants import COUNTY_CODE, FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import UnitFactory
from tests.reports.register.money import earned, spent, taught
from tests.reports.register.people import home, member

DAY = date(2021, 6, 30)
_WAYS: dict[str, Any] = {"industry_code": "E", "channel_code": "1"}


@dataclass(frozen=True, slots=True)
class Ground:
    """The households of the county: two in the first village, one in the next, one far away."""

    first: Household
    second: Household
    next: Household
    far: Household
    helper: Helper
    made_at: datetime


def made(office: Actor) -> Ground:
    """Register the county as its office: households first, then what is known of them."""
    first = home(1, VILLAGE_CODE, status="lifted", phone="17912345678", group_name="一组")
    second = home(2, VILLAGE_CODE, status="filed")
    next_one = home(3, NEXT_VILLAGE_CODE, status="lifted", monitoring_state="identified", monitoring_code="1")
    far = home(4, FAR_VILLAGE_CODE, status="ordinary", monitoring_state="identified", monitoring_code="2")
    unit = UnitFactory.create(name="示例县农牧局")
    helper = HelperFactory.create(name="示例干部甲", unit=unit)
    for household in (first, next_one):
        paired(household, helper=helper)
    ground = Ground(first, second, next_one, far, helper, datetime.now(tz=UTC))
    for tell in (worked, helped, lent):
        tell(ground, office)
    for tell_of_money in (earned, spent, taught):
        tell_of_money(first, second, office)
    run_rules(actor=office, on=DAY)
    return replace(ground, made_at=datetime.now(tz=UTC))


def worked(ground: Ground, office: Actor) -> None:
    """Let one person work since March, one plan to go, and one be able to without work."""
    out = WorkDraft(
        starts_on=date(2021, 3, 1), ends_on=date(2021, 7, 1), division_code="549902000000", employer="示例建筑公司",
        monthly_income_yuan=Decimal(4200), is_point_to_point=True, transport_subsidy_yuan=Decimal(300), **_WAYS,
    )  # fmt: skip
    record_work(member(ground.first).pk, out, actor=office)
    plan = WorkDraft(
        starts_on=date(2021, 9, 1), is_planned=True, division_code="549902000000", service_codes=("1", "2")
    )
    record_work(member(ground.next, "02").pk, plan, actor=office)
    for household in (ground.first, ground.second):
        for relation, skill in (("01", "1"), ("02", "3")):
            draft = PersonYearDraft(year=2020, skill_code=skill, education_code="3", has_basic_medical=True)
            record_person_year(member(household, relation).pk, draft, actor=office)


def helped(ground: Ground, office: Actor) -> None:
    """Give the first household a plan, measures and a visit."""
    team = replace(actor_of(Role.VILLAGE_TEAM), ranges=office.ranges)
    goals = HouseholdPlanDraft(goals="养牛增收", target_yuan=Decimal(9000))
    plan = draft_household_plan(ground.first.pk, goals, year=2021, actor=team)
    cattle = PlannedMeasureDraft(
        category_code="39", what="购买母牛两头", action_code="2", planned_yuan=Decimal(8000), source_code="1",
        starts_on=date(2021, 4, 1), due_on=date(2021, 9, 30),
    )  # fmt: skip
    plan_measure(plan.pk, cattle, actor=team)
    adopt_household_plan(plan.pk, on=date(2021, 3, 5), agreement_code="1", actor=office)
    for household, draft in (
        (
            ground.first,
            MeasureDraft(category_code="39", state_code="1", starts_on=date(2021, 4, 1), money_yuan=Decimal(5000)),
        ),
        (ground.first, MeasureDraft(category_code="40", item_code="4003", state_code="1", starts_on=date(2021, 8, 1))),
        (
            ground.next,
            MeasureDraft(category_code="45", state_code="1", starts_on=date(2021, 2, 1), ends_on=date(2021, 5, 1)),
        ),
    ):
        record_measure(household.pk, draft, actor=office)
    seen = HelpVisitDraft(visited_on=date(2021, 5, 6), place_code="1", confirmation_code="3", found="圈舍漏雨")
    record_help_visit(ground.first.pk, seen, actor=office, helper_id=ground.helper.pk)


def lent(ground: Ground, office: Actor) -> None:
    """Lend to the second household; a part is repaid, the rest is overdue."""
    loan = record_loan(
        ground.second.pk,
        member(ground.second).pk,
        LoanDraft(
            lender="示例农商行", purpose_code="2", rate_percent=Decimal("4.35"), rating="A", is_subsidised=True,
            amount_yuan=Decimal(30000), granted_on=date(2021, 1, 5), due_on=date(2021, 6, 5),
        ),
        actor=office,
    )  # fmt: skip
    enter_payment(loan.pk, "draw", on=date(2021, 1, 5), amount_yuan=Decimal(30000), actor=office)
    enter_payment(loan.pk, "principal", on=date(2021, 5, 5), amount_yuan=Decimal(10000), actor=office)


def layout_of(report_id: str, *, actor: Actor, language: Language = "zh-hans", **values: Any) -> Layout:
    """Lay a report out for a picture of the county on the last day of June 2021."""
    picture = Picture(**{"as_of": DAY, "area_code": COUNTY_CODE, **values})
    return reports()[report_id].layout(picture, actor=actor, language=language)


def laid_out(report_id: str, *, actor: Actor, **values: Any) -> list[Sheet]:
    """Lay a report out, and read it."""
    return [read(sheet) for sheet in layout_of(report_id, actor=actor, **values).sheets]


def read(sheet: Sheet) -> Sheet:
    """Give a sheet with its rows read."""
    parts = tuple(replace(part, rows=list(part.rows)) if isinstance(part, Table) else part for part in sheet.parts)
    return replace(sheet, parts=parts)


def records(sheet: Sheet, part: int = 0) -> list[dict[str, Any]]:
    """Give the rows of a sheet's table by the keys of their columns."""
    table = sheet.parts[part]
    assert isinstance(table, Table)
    return [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows]
