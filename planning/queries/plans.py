"""Plans, proposals, units and parts for lists and pages."""

from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from planning.models import DispatchPlan, DispatchUnit, PartVillage, PlanPart, Proposal
from registry.lib.errors import NotFound

if TYPE_CHECKING:
    from django.db.models import QuerySet

Row = TypeVar("Row", DispatchPlan, DispatchUnit, PlanPart, Proposal)

PLAN_COLUMNS: Final = (
    "id", "version", "title", "state", "starts_on", "ends_on", "weight_income", "weight_risk", "weight_remoteness",
    "weight_facilities", "weight_hardest", "weight_skills", "weight_distance", "weight_change", "farthest_km",
    "keeps_teams", "needs_taken_at", "decided_at", "reason",
)  # fmt: skip
PROPOSAL_COLUMNS: Final = (
    "id", "plan_id", "number", "origin", "cost", "bound", "villages_count", "covered_count", "moved_count", "mean_km",
    "reason", "is_chosen", "created_at",
)  # fmt: skip
UNIT_COLUMNS: Final = (
    "id", "version", "name", "kind_code", "level_code", "paired_province_code", "uscc", "capacity", "strength",
    "skills", "longitude", "latitude", "is_active",
)  # fmt: skip
PART_COLUMNS: Final = (
    "id", "version", "direction", "other_code", "other_name", "title", "starts_on", "ends_on", "state", "answer",
    "decided_at",
)  # fmt: skip
PART_VILLAGE_COLUMNS: Final = (
    "village_code", "village_name", "unit_name", "kind_code", "level_code", "paired_province_code", "uscc", "team_id",
)  # fmt: skip


def units_on_list() -> "QuerySet[DispatchUnit]":
    """Give the units to be sent of the divisions in scope."""
    return DispatchUnit.objects.order_by("name", "id")


def plans_on_list() -> "QuerySet[DispatchPlan]":
    """Give the plans in scope, each with the number of its villages."""
    return DispatchPlan.objects.annotate(villages_count=Count("villages")).order_by("-starts_on", "title")


def proposals_on_list() -> "QuerySet[Proposal]":
    """Give the proposals in scope, the newest first."""
    return Proposal.objects.select_related("plan").order_by("-created_at", "-id")


def parts_on_list() -> "QuerySet[PlanPart]":
    """Give the parts in scope, the newest first."""
    return PlanPart.objects.order_by("-created_at", "-id")


def find(rows: "QuerySet[Row]", row_id: UUID) -> Row:
    """Give one row of a list. Raises: NotFound."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def part_villages(part: PlanPart) -> "QuerySet[PartVillage]":
    """Give the villages of a part by code."""
    return PartVillage.objects.filter(part=part).order_by("village_code")


def villages_without_leader(part: PlanPart) -> "QuerySet[PartVillage]":
    """Give the villages of a part whose team has not begun its stay, by code."""
    return part_villages(part).filter(team=None)
