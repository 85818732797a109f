"""Assets of projects for lists and pages, with who keeps them up."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from economy.enums import AssetState
from economy.models import AssetUpkeep, ProjectAsset
from economy.queries.projects import ZERO, money_sums, not_found

STANDING = (AssetState.IN_USE, AssetState.IDLE)


def find_asset(asset_id: UUID) -> ProjectAsset:
    """Give one asset. Raises: NotFound."""
    row = ProjectAsset.objects.select_related("project", "village").filter(pk=asset_id).first()
    if row is None:
        raise not_found()
    return row


def find_asset_upkeep(upkeep_id: UUID) -> AssetUpkeep:
    """Give one period of upkeep. Raises: NotFound."""
    row = AssetUpkeep.objects.filter(pk=upkeep_id).first()
    if row is None:
        raise not_found()
    return row


def uncovered_yuan(project_id: UUID) -> Any:  # noqa: ANN401  (a sum)
    """Give what of a project's money, spent or turned to shares, no asset stands for yet. Units: yuan."""
    sums = money_sums(project_id)
    rows = ProjectAsset.objects.filter(project=project_id).filter(~Q(state=AssetState.WITHDRAWN))
    return sums["spent_yuan"] + sums["folded_yuan"] - (rows.aggregate(all=Sum("value_yuan"))["all"] or ZERO)


def kept_up_by_nobody(rows: "QuerySet[ProjectAsset]", day: date) -> "QuerySet[ProjectAsset]":
    """Narrow to what stands and is kept up by nobody on the day."""
    kept = AssetUpkeep.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        starts_on__lte=day,
        asset_id=OuterRef("id"),
        tenant_id=OuterRef("tenant_id"),
    )
    return rows.filter(~Exists(kept), state__in=STANDING)


def asset_rows(rows: "QuerySet[ProjectAsset]") -> "QuerySet[Any, Any]":
    """Give the columns of assets."""
    found: QuerySet[Any, Any] = rows.values(
        "id", "project_id", "name", "kind_code", "value_yuan", "acquired_on", "owner", "village_id", "owner_name",
        "custodian", "state", "disposed_on", "disposed_yuan", "end_reason", "version",
    )  # fmt: skip
    return found


def asset_upkeep_rows(rows: "QuerySet[AssetUpkeep]") -> "QuerySet[Any, Any]":
    """Give the columns of periods of upkeep."""
    found: QuerySet[Any, Any] = rows.values(
        "id", "asset_id", "keeper", "source_code", "yearly_yuan", "starts_on", "ends_on", "version"
    )
    return found
