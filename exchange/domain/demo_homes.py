"""What the demonstration shows of households: plans, income and where it comes from, loans, helpers' visits, facts."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from assistance.domain.help_visits import HelpVisitDraft, record_help_visit
from assistance.domain.measures import MeasureDraft, record_measure
from assistance.domain.plans import (
    HouseholdPlanDraft,
    PlannedMeasureDraft,
    adopt_household_plan,
    carry_out_plan,
    draft_household_plan,
    plan_measure,
)
from assistance.domain.visit_plans import set_visit_plan
from credit.domain.loans import LoanDraft, enter_payment, extend_loan, record_loan
from exchange.domain.demo_staff import Staff, ago
from exchange.queries.demo import Home, owed_visits
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.work import WorkDraft, record_work
from partners.domain.benefits import BenefitDraft, state_benefit
from partners.domain.demonstrations import mark_demonstration
from partners.domain.links import help_household, help_village
from partners.domain.partners import PartnerChanges, add_partner
from registry.lib.gbcode import Level, ancestor_at, subtree
from registry.lib.periods import today
from registry.lib.uscc import check_character
from registry.models import Tenant
from villages.models import Village

_CATTLE: Final = PlannedMeasureDraft(
    category_code="39", what="购买母牛两头", action_code="2", planned_yuan=Decimal(8000), source_code="1"
)
_CARE: Final = PlannedMeasureDraft(category_code="45", what="签约家庭医生，每季度随访")
_WORK: Final = PlannedMeasureDraft(category_code="40", what="推荐到县内工地务工三个月")
_GOOD_YEAR: Final = (
    LineDraft(item_code="101", amount_yuan=Decimal(21000)),
    LineDraft(item_code="202", product="牦牛", amount_yuan=Decimal(18600), own_consumed_yuan=Decimal(1500)),
    LineDraft(item_code="301", amount_yuan=Decimal(2400)),
    LineDraft(item_code="401", amount_yuan=Decimal(3200)),
    LineDraft(item_code="502", amount_yuan=Decimal(2100)),
)
_POOR_YEAR: Final = (
    LineDraft(item_code="202", product="青稞", amount_yuan=Decimal(6200), own_consumed_yuan=Decimal(2600)),
    LineDraft(item_code="502", amount_yuan=Decimal(900)),
)
_GOOD: Final = 5
_POOR: Final = 4
_VISITED: Final = 3
_COUNTIES: Final = ("549901000000", "549902000000")


def show_homes(tenant: Tenant, staff: Staff, village: Village, homes: list[Home]) -> None:
    """Show what is on file of the households of a village that the demonstration's helper and team look after."""
    _show_income(tenant, staff, homes)
    _show_plans(staff, homes)
    _show_visits(staff, village.code)
    _show_loans(staff, homes)
    _show_partners(tenant, staff, village.pk, homes)


def _show_income(tenant: Tenant, staff: Staff, homes: list[Home]) -> None:
    """Enter last year's income: of some a good one, of some one below the line of the allowance, which they lack."""
    year = _year_of_income()
    with staff.at_work("village") as actor:
        drafts = [
            IncomeDraft(
                household_id=home.id,
                year=year,
                period_start=date(year - 1, 10, 1),
                period_end=date(year, 10, 1),
                person_count=len(home.members),
                lines=_GOOD_YEAR if number < _GOOD else _POOR_YEAR,
            )
            for number, home in enumerate(homes[: _GOOD + _POOR])
        ]
        record_income(drafts, actor=actor)
        for home in homes[_GOOD : _GOOD + _POOR]:
            for person in home.members:
                skill = "1" if person in home.workers else ""
                facts = PersonYearDraft(year=year, minimum_living_allowance_code="0", skill_code=skill)
                record_person_year(person, facts, actor=actor)
        (elsewhere,) = {*_COUNTIES} - {tenant.code}
        away = WorkDraft(starts_on=date(year, 3, 1), ends_on=date(year, 12, 1), division_code=elsewhere)
        for home in homes[:2]:
            record_work(home.workers[0], away, actor=actor)


def _show_plans(staff: Staff, homes: list[Home]) -> None:
    """Draft plans as the team, adopt all but one as the township, and carry one measure out."""
    year = today().year
    made = []
    with staff.at_work("village") as actor:
        for home in homes[:4]:
            draft = HouseholdPlanDraft(goals="扩大养殖，年内增收\n全家参加医保", target_yuan=Decimal(14000))
            plan = draft_household_plan(home.id, draft, year=year, actor=actor)
            planned = [plan_measure(plan.pk, one, actor=actor) for one in (_CATTLE, _CARE, _WORK)]
            made.append((home, plan, planned))
    with staff.at_work("township") as actor:
        for _home, plan, _planned in made[1:]:
            adopt_household_plan(plan.pk, on=ago(20), agreement_code="1", actor=actor)
    with staff.at_work("village") as actor:
        home, _plan, planned = made[1]
        bought = MeasureDraft(
            category_code="39", state_code="1", starts_on=ago(15), money_yuan=Decimal(7600), note="母牛两头已到户"
        )
        measure = record_measure(home.id, bought, actor=actor)
        carry_out_plan(measure.pk, planned[0].pk, actor=actor)


def _show_visits(staff: Staff, village_code: str) -> None:
    """State four visits a year, and enter those of the first township, where every third is overdue."""
    year, first = today().year, subtree(ancestor_at(village_code, Level.TOWNSHIP))
    with staff.at_work("office") as actor:
        for one in (year - 1, year):
            set_visit_plan(one, visits=4, risk_visits=12, actor=actor)
    with staff.at_work("helper") as actor:
        own = {household_id for household_id, _helper in owed_visits(first, today(), actor)[:1]}
    with staff.at_work("township") as actor:
        for number, (household_id, helper_id) in enumerate(owed_visits(first, today(), actor)):
            if (number + 1) % _VISITED and household_id not in own:
                draft = HelpVisitDraft(visited_on=ago(3 + number % 20), place_code="1", confirmation_code="1")
                record_help_visit(household_id, draft, helper_id=helper_id, actor=actor)


def _show_loans(staff: Staff, homes: list[Home]) -> None:
    """Record loans: one paid back on time, one due next month, one overdue, one extended."""
    with staff.at_work("village") as actor:
        for home, granted, due, repaid in zip(
            homes, (700, 680, 760, 720), (-380, -25, 35, 10), (18000, 6000, 12000, 0), strict=False
        ):
            draft = LoanDraft(
                lender="示例农商行", purpose_code="2", rate_percent=Decimal("4.35"), rating="A", is_subsidised=True,
                amount_yuan=Decimal(30000), granted_on=ago(granted), due_on=ago(due),
            )  # fmt: skip
            loan = record_loan(home.id, home.workers[0], draft, actor=actor)
            enter_payment(loan.pk, "draw", on=ago(granted), amount_yuan=Decimal(30000), actor=actor)
            if repaid:
                enter_payment(loan.pk, "principal", on=ago(60), amount_yuan=Decimal(repaid), actor=actor)
            else:
                extend_loan(loan.pk, on=ago(12), due_on=ago(-170), reason="出栏推迟", actor=actor)


def _show_partners(tenant: Tenant, staff: Staff, village_id: UUID, homes: list[Home]) -> None:
    """Enter a cooperative, an enterprise and an income leader, whom they help, and what households earned by them."""
    since, year = date(today().year - 2, 6, 1), _year_of_income()
    with staff.at_work("office") as actor:
        company = add_partner(
            PartnerChanges(name="示例牦牛公司", kind_code="11", uscc=_uscc(tenant, 1), contact_name="示例联系人",
                           phone="17900000101"),
            on=since, actor=actor,
        )  # fmt: skip
        farm = add_partner(
            PartnerChanges(name="示例养殖合作社", kind_code="12", uscc=_uscc(tenant, 2), contact_name="示例理事长",
                           phone="17900000102"),
            on=since, actor=actor,
        )  # fmt: skip
        leader = add_partner(
            PartnerChanges(name="示例带头人", kind_code="21", skill="牦牛养殖", phone="17900000103"),
            on=since,
            actor=actor,
        )
    with staff.at_work("village") as actor:
        help_village(company.pk, village_id, form_codes=["1", "2"], on=since, actor=actor)
        for home in homes[:4]:
            help_household(farm.pk, home.id, form_codes=["1", "4"], on=since, actor=actor)
        help_household(leader.pk, homes[0].id, form_codes=["5"], on=since, actor=actor)
        for home in homes[:3]:
            for item, benefit, product, partner in (("301", "3", "", farm), ("202", "2", "牦牛", company)):
                draft = BenefitDraft(
                    item_code=item, benefit_code=benefit, product=product, source_kind="partner", partner_id=partner.pk
                )
                state_benefit(home.id, year, draft, actor=actor)
    with staff.at_work("township") as actor:
        mark_demonstration(homes[0].id, year=year, result="养殖规模扩大，带动邻里出栏", on=ago(30), actor=actor)


def _year_of_income() -> int:
    """Give the last year that is over; in January the one before, which households then still have on file."""
    return ago(31).year - 1


def _uscc(tenant: Tenant, number: int) -> str:
    body = f"91{tenant.code[:6]}MA{number:07}"
    return body + check_character(body)
