"""What the demonstration shows of two villages: yearly facts, basics, plan, meeting, road and an industry project."""

from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from economy.domain.project_money import MoneyDraft as ProjectMoneyDraft
from economy.domain.project_money import note_project_money
from economy.domain.projects import ProjectDraft
from economy.domain.projects import add_project as add_industry_project
from registry.tenancy.context import Actor
from villages.domain.activities import ActivityDraft, record_activity
from villages.domain.basics import FacilityDraft, MemberDraft, PointDraft, add_facility, add_member, add_point
from villages.domain.infrastructure import (
    InfrastructureDraft,
    MoneyDraft,
    UpkeepDraft,
    add_infrastructure,
    add_upkeep,
    advance,
    note_money,
)
from villages.domain.plans import PlanProjectDraft, ProgressDraft, add_project, adopt_plan, draft_plan, note_progress
from villages.domain.villages import amend_village
from villages.domain.years import record_village_facts
from villages.models import FACILITIES
from villages.queries.villages import villages_in_scope

_SHOWN: Final = 2
_IN_A_ROW: Final = 4
_YEAR: Final = 2020
_SPRING, _SUMMER, _AUTUMN = date(2020, 3, 10), date(2020, 6, 20), date(2020, 10, 15)
_FACTS: Final[dict[str, Any]] = {
    **dict.fromkeys(FACILITIES, True),
    "has_technology": False,
    "household_count": 128,
    "person_count": 536,
    "women_count": 262,
    "disabled_count": 11,
    "labour_count": 301,
    "working_away_count": 74,
    "allowance_household_count": 12,
    "allowance_person_count": 31,
    "supported_household_count": 3,
    "supported_person_count": 3,
    "cropland_mu": Decimal(1460),
    "irrigated_mu": Decimal(980),
    "pasture_mu": Decimal(26400),
    "net_per_head_yuan": Decimal(11240),
    "has_bus": True,
    "has_township_road": True,
    "unsafe_water_household_count": 0,
    "dangerous_housing_household_count": 0,
    "clinic_count": 1,
    "public_toilet_count": 2,
    "doctor_count": 1,
    "waste_point_count": 3,
    "library_count": 1,
    "broadband_household_count": 96,
    "medical_insured_count": 530,
}


def show_villages(actor: Actor) -> None:
    """Fill the first two villages of the county; the second has not reached its income yet."""
    for number, village in enumerate(villages_in_scope()[:_SHOWN]):
        income = Decimal(68000) if number == 0 else Decimal(31500)
        facts = _FACTS | {"collective_income_yuan": income}
        record_village_facts(village.pk, _YEAR, facts, actor=actor)
        _show_basics(village.pk, actor)
        _show_plan(village.pk, actor)
        _show_road(village.pk, actor, is_kept=number == 0)
        _show_industry(village.pk, actor)


def place_villages(actor: Actor) -> None:
    """Give the villages invented coordinates, on the rows of a grid that is not quite even; the last one has none."""
    villages = list(villages_in_scope())
    for number, village in enumerate(villages[:-1]):
        row, column = divmod(number, _IN_A_ROW)
        east = Decimal("91.10") + column * Decimal("0.06") + row % 3 * Decimal("0.017")
        north = Decimal("29.90") - row * Decimal("0.05") - number % 4 * Decimal("0.009")
        amend_village(village.pk, {"longitude": east, "latitude": north}, actor=actor, version=village.version)


def _show_basics(village_id: UUID, actor: Actor) -> None:
    for name, kind, households in (("上组", "2", 70), ("下组", "2", 58)):
        draft = PointDraft(name=name, kind_code=kind, household_count=households, has_water=True)
        add_point(village_id, draft, actor=actor)
    member = MemberDraft(name="示例主任", post_code="2", starts_on=_SPRING)
    add_member(village_id, member, actor=actor)
    water = FacilityDraft(facility_code="water", goal="各组通自来水", due_on=_SUMMER, reached_on=_SUMMER)
    advice = FacilityDraft(facility_code="technology", goal="每月一次农技指导", due_on=date(2020, 12, 31))
    for goal in (water, advice):
        add_facility(village_id, goal, actor=actor)


def _show_plan(village_id: UUID, actor: Actor) -> None:
    plan = draft_plan(village_id, year=_YEAR, goals="村集体经济年收入达到五万元\n各组通自来水", actor=actor)
    barn = PlanProjectDraft(name="牦牛圈舍", kind_code="1", action_code="2", planned_yuan=Decimal(300000))
    project = add_project(plan.pk, barn, actor=actor)
    talk = ActivityDraft(
        kind_code="4", held_on=_SPRING, subject="村级规划征求意见会", participant_count=45, plan_id=plan.pk
    )
    record_activity(village_id, talk, actor=actor)
    adopt_plan(plan.pk, on=_SPRING, actor=actor)
    arrived, spent = Decimal(180000), Decimal(120000)
    progress = ProgressDraft(noted_on=_SUMMER, note="首批资金到位", arrived_yuan=arrived, spent_yuan=spent)
    note_progress(project.pk, progress, actor=actor)


def _show_road(village_id: UUID, actor: Actor, *, is_kept: bool) -> None:
    draft = InfrastructureDraft(name="上组通组公路", kind_code="1", points=("上组",), household_count=70)
    road = add_infrastructure(village_id, draft, actor=actor)
    paid = Decimal(420000)
    money = MoneyDraft(source_code="2", noted_on=_SUMMER, planned_yuan=paid, arrived_yuan=paid, spent_yuan=paid)
    note_money(road.pk, money, actor=actor)
    for change, day in (("approve", _SPRING), ("begin", _SPRING), ("complete", _SUMMER), ("accept", _AUTUMN)):
        advance(road.pk, change, on=day, note="验收合格" if change == "accept" else "", actor=actor)
    if is_kept:
        upkeep = UpkeepDraft(keeper="村民委员会", source_code="6", yearly_yuan=Decimal(8000), starts_on=_AUTUMN)
        add_upkeep(road.pk, upkeep, actor=actor)


def _show_industry(village_id: UUID, actor: Actor) -> None:
    draft = ProjectDraft(
        name="牦牛扩繁基地", kind_code="2", action_code="2", library_year=_YEAR, village_ids=(village_id,),
        content="建圈舍两栋，购种畜", household_count=46,
    )  # fmt: skip
    project = add_industry_project(draft, actor=actor)
    for source, planned in (("2", Decimal(300000)), ("6", Decimal(40000))):
        money = ProjectMoneyDraft(source_code=source, noted_on=_SPRING, planned_yuan=planned)
        note_project_money(project.pk, money, actor=actor)
