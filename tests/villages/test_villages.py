"""Villages, their years, units and teams."""

from datetime import date
from decimal import Decimal

import pytest

from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import UnitFactory, VillageFactory
from villages.domain.teams import end_team, send_team
from villages.domain.units import UnitChanges, add_unit, amend_unit
from villages.domain.villages import amend_village, open_villages
from villages.domain.years import VillageYearDraft, record_village_year
from villages.models import FACILITIES, Unit, Village, VillageYear
from villages.queries.villages import VillageWithoutTeam, villages_in_scope, villages_without_team

DAY = date(2021, 3, 1)


def test_villages_are_opened_once_when_named_twice(office: Actor) -> None:
    names = [(VILLAGE_CODE, "示例镇1村"), (FAR_VILLAGE_CODE, "示例乡1村")]

    first, second = open_villages(names, actor=office), open_villages(names, actor=office)

    assert ([village.scope_code for village in first], second) == ([VILLAGE_CODE, FAR_VILLAGE_CODE], [])


@pytest.mark.parametrize(
    ("code", "error"), [(TOWNSHIP_CODE, DomainError), ("5499", DomainError), (OTHER_VILLAGE_CODE, NotFound)]
)
def test_village_is_refused_when_its_code_is_no_village_of_the_county(
    office: Actor, code: str, error: type[DomainError]
) -> None:
    with pytest.raises(error):
        open_villages([(VILLAGE_CODE, "示例镇1村"), (code, "示例")], actor=office)

    assert Village.objects.count() == 0


def test_village_is_amended_when_the_version_is_right(office: Actor) -> None:
    village = VillageFactory.create()
    amend_village(village.id, {"priority_codes": ["3"]}, actor=office, version=1)

    with pytest.raises(StaleVersion):
        amend_village(village.id, {"name": "别名"}, actor=office, version=1)

    village.refresh_from_db()
    assert (village.priority_codes, village.version) == (["3"], 2)


@pytest.mark.parametrize(("name", "kept"), [("  示例镇  新村 ", "示例镇 新村"), ("示例镇1村", "示例镇1村")])
def test_name_of_a_village_is_kept_in_its_normal_form_when_amended(office: Actor, name: str, kept: str) -> None:
    village = VillageFactory.create()

    with pytest.raises(DomainError):
        amend_village(village.id, {"name": " "}, actor=office, version=1)
    amended = amend_village(village.id, {"name": name}, actor=office, version=1)

    assert amended.name == kept


def test_year_of_a_village_is_overwritten_when_recorded_again(office: Actor) -> None:
    village = VillageFactory.create()
    record_village_year(village.id, VillageYearDraft(year=2020, has_water=True), actor=office)

    record_village_year(
        village.id, VillageYearDraft(year=2020, collective_income_yuan=Decimal(50000)), actor=office, version=2
    )

    with pytest.raises(StaleVersion):
        record_village_year(village.id, VillageYearDraft(year=2020, has_road=True), actor=office, version=2)
    row = VillageYear.objects.get()
    assert (row.has_water, row.collective_income_yuan) == (None, Decimal("50000.00"))


@pytest.mark.parametrize(
    "facts", [VillageYearDraft(year=2999), VillageYearDraft(year=2020, collective_income_yuan=Decimal(-1))]
)
def test_year_of_a_village_is_refused_when_impossible(office: Actor, facts: VillageYearDraft) -> None:
    village = VillageFactory.create()

    with pytest.raises(DomainError):
        record_village_year(village.id, facts, actor=office)

    assert VillageYear.objects.count() == 0


def test_ten_facilities_are_columns_when_listed() -> None:
    assert len(FACILITIES) == 10
    assert set(FACILITIES) <= {field.name for field in VillageYear._meta.get_fields()}


def test_township_clerk_sees_the_villages_of_the_township_when_asking(office: Actor) -> None:
    VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk):
        seen = list(villages_in_scope().values_list("code", flat=True))

    assert (seen, villages_in_scope().count()) == ([VILLAGE_CODE], 2)


def test_unit_is_refused_when_its_name_is_on_the_list(office: Actor) -> None:
    unit = add_unit({"name": "示例县水利局", "level_code": "4"}, actor=office)

    with pytest.raises(Conflict):
        add_unit({"name": "示例县 水利局".replace(" ", "")}, actor=office)
    amended = amend_unit(unit.id, {"level_code": "3"}, actor=office, version=1)

    assert (Unit.objects.count(), amended.level_code) == (1, "3")


@pytest.mark.parametrize("values", [{"name": ""}, {"level_code": "77"}, {"uscc": "91350100M000100Y44"}])
def test_unit_is_refused_when_a_value_is_impossible(office: Actor, values: UnitChanges) -> None:
    good: UnitChanges = {"name": "示例县水利局", "uscc": "91350100M000100Y43"}

    with pytest.raises(DomainError):
        add_unit({**good, **values}, actor=office)
    add_unit(good, actor=office)

    assert Unit.objects.count() == 1


def test_unit_is_refused_when_the_role_may_not(office: Actor) -> None:
    with tenant_scope(actor_of(Role.VILLAGE_TEAM)) as actor, pytest.raises(NotAllowed):
        add_unit({"name": "示例县水利局"}, actor=actor)


def test_village_is_without_a_team_when_the_stay_has_ended(office: Actor) -> None:
    village, other = VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)
    team = send_team(village.id, UnitFactory.create().id, leader_name="示例队长", actor=office, on=DAY)
    staying = villages_without_team(DAY)

    end_team(team.id, actor=office, on=date(2021, 6, 1), version=1)

    assert staying == [VillageWithoutTeam(other.id, other.code, other.name)]
    assert [row.code for row in villages_without_team(date(2021, 6, 1))] == [VILLAGE_CODE, FAR_VILLAGE_CODE]


def test_stay_stays_as_it_ended_when_it_is_ended_again(office: Actor) -> None:
    village, unit = VillageFactory.create(), UnitFactory.create()
    team = send_team(village.id, unit.id, leader_name="示例队长", actor=office, on=DAY)
    end_team(team.id, actor=office, on=date(2021, 6, 1), version=1)
    send_team(village.id, unit.id, leader_name="示例队长", actor=office, on=date(2021, 7, 1))

    with pytest.raises(Conflict) as refused:
        end_team(team.id, actor=office, on=date(2021, 8, 1), version=2)
    ended = end_team(team.id, actor=office, on=date(2021, 5, 1), version=2)

    assert (refused.value.code, ended.ends_on) == ("team.ended", date(2021, 5, 1))


def test_second_team_of_a_unit_is_refused_when_the_stays_overlap(office: Actor) -> None:
    village, unit = VillageFactory.create(), UnitFactory.create()
    send_team(village.id, unit.id, leader_name="示例队长", actor=office, on=DAY)

    with pytest.raises(Conflict):
        send_team(village.id, unit.id, leader_name="示例队长", actor=office, on=date(2021, 5, 1))
    send_team(village.id, UnitFactory.create().id, leader_name="示例队长", actor=office, on=date(2021, 5, 1))
