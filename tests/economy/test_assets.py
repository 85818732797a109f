"""Assets, folded money, wages: what a project's money became, and how it is followed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from economy.domain.assets import (
    AssetDraft,
    add_asset,
    add_asset_upkeep,
    amend_asset,
    amend_asset_upkeep,
    dispose_asset,
    withdraw_asset,
)
from economy.domain.project_money import note_project_money
from economy.domain.projects import Report, advance_project
from economy.models import AssetUpkeep, ProjectAsset
from economy.queries.assets import kept_up_by_nobody
from registry.enums import Role
from registry.lib.errors import NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.economy.projects import DAY, funded, money
from tests.economy.test_projects import refusal
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory
from villages.domain.infrastructure import UpkeepDraft
from villages.models import Village

KEPT = UpkeepDraft(keeper="示例合作社", source_code="6", yearly_yuan=Decimal(300), starts_on=date(2021, 4, 1))


def asset(**values: Any) -> AssetDraft:
    """Describe an asset of the first village."""
    given = {
        "name": "圈舍",
        "kind_code": "1",
        "value_yuan": Decimal("600.00"),
        "acquired_on": DAY,
        "owner": "village",
        "village_id": Village.objects.get(code=VILLAGE_CODE).pk,
        "custodian": "村委会",
    }
    return AssetDraft(**{**given, **values})


def test_asset_is_entered_kept_up_and_disposed_of_with_reason_and_value(office: Actor) -> None:
    row = add_asset(funded(office).pk, asset(), actor=office)
    unkept = list(kept_up_by_nobody(ProjectAsset.objects.all(), date(2021, 5, 1)))
    upkeep = add_asset_upkeep(row.pk, KEPT, actor=office)
    kept = list(kept_up_by_nobody(ProjectAsset.objects.all(), date(2021, 5, 1)))

    gone = dispose_asset(row.pk, on=date(2022, 1, 1), received_yuan=Decimal(50), reason="报废", actor=office, version=1)

    upkeep.refresh_from_db()
    assert (unkept, kept, gone.state, gone.disposed_yuan) == ([row], [], "disposed", Decimal(50))
    assert (upkeep.ends_on, upkeep.version) == (date(2022, 1, 1), 2)
    assert refusal(amend_asset, row.pk, asset(), actor=office)[0] == "asset.gone"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"value_yuan": Decimal("600.01")}, "asset.without_money", "value_yuan"),
        ({"value_yuan": Decimal(0)}, "asset.amount", "value_yuan"),
        ({"name": " "}, "asset.text_missing", "name"),
        ({"kind_code": "99"}, "code.unknown", "kind_code"),
        ({"owner": "somebody"}, "asset.owner", "owner"),
        ({"owner": "county"}, "asset.village", "village_id"),
        ({"owner": "cooperative", "village_id": None}, "asset.owner_name", "owner_name"),
        ({"acquired_on": date(2100, 1, 1)}, "date.in_future", "acquired_on"),
    ],
)
def test_asset_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    row = funded(office)

    assert refusal(add_asset, row.pk, asset(**changes), actor=office) == (code, field)


def test_second_asset_is_refused_when_no_money_is_left_for_it(office: Actor) -> None:
    row = funded(office)
    first = add_asset(row.pk, asset(value_yuan=Decimal(400)), actor=office)
    over = refusal(add_asset, row.pk, asset(value_yuan=Decimal("200.01")), actor=office)

    withdraw_asset(first.pk, reason="重复登记", actor=office, version=1)

    assert (over[0], add_asset(row.pk, asset(), actor=office).value_yuan) == ("asset.without_money", Decimal("600.00"))


def test_asset_of_a_village_that_the_project_does_not_reach_is_refused(office: Actor) -> None:
    far = VillageFactory.create(code=FAR_VILLAGE_CODE)

    refused = refusal(add_asset, funded(office).pk, asset(village_id=far.pk), actor=office)

    assert refused == ("asset.another_village", "village_id")


def test_database_refuses_an_asset_without_money_and_money_taken_from_an_asset(office: Actor) -> None:
    row = funded(office)
    kept = add_asset(row.pk, asset(), actor=office)

    with pytest.raises(IntegrityError, match="paid by its money"), savepoint():
        ProjectAsset.objects.filter(pk=kept.pk).update(value_yuan=601)
    with pytest.raises(IntegrityError, match="disposal_is_whole"), savepoint():
        ProjectAsset.objects.filter(pk=kept.pk).update(state="disposed")
    taken = refusal(note_project_money, row.pk, money(spent_yuan="-1"), actor=office)
    assert taken[0] == "database.projectasset_is_paid_by_the_project"


def test_upkeep_is_refused_when_it_overlaps_or_begins_before_the_asset(office: Actor) -> None:
    row = add_asset(funded(office).pk, asset(), actor=office)
    first = add_asset_upkeep(row.pk, KEPT, actor=office)
    early = UpkeepDraft(keeper="村委会", source_code="6", yearly_yuan=Decimal(1), starts_on=date(2021, 1, 1))

    overlap = refusal(add_asset_upkeep, row.pk, KEPT, actor=office)
    before = refusal(add_asset_upkeep, row.pk, early, actor=office)
    ended = UpkeepDraft(keeper="示例合作社", source_code="6", yearly_yuan=Decimal(300), starts_on=KEPT.starts_on,
                        ends_on=date(2021, 6, 1))  # fmt: skip
    amend_asset_upkeep(first.pk, ended, actor=office, version=1)

    assert (overlap[0], before[0]) == ("database.assetupkeep_one_a_day", "upkeep.early")
    assert AssetUpkeep.objects.get().ends_on == date(2021, 6, 1)


def test_team_enters_an_asset_and_disposes_of_none(office: Actor) -> None:
    row = funded(office)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team):
        kept = add_asset(row.pk, asset(), actor=team)
        with pytest.raises(NotAllowed):
            dispose_asset(kept.pk, on=DAY, received_yuan=Decimal(0), reason="报废", actor=team, version=1)
    assert kept.scope_code == VILLAGE_CODE


def test_asset_is_entered_after_acceptance_too(office: Actor) -> None:
    row = funded(office, spent="1000.00")
    advance_project(row.pk, "complete", on=DAY, report=Report(result="建成"), actor=office)

    assert add_asset(row.pk, asset(value_yuan=Decimal(1000)), actor=office).state == "in_use"
