"""Village activities and their material."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotFound
from villages.models import ActivityMaterial, VillageActivity


def activities_on_list() -> "QuerySet[VillageActivity]":
    """Give the activities in scope with their village, the latest first."""
    return VillageActivity.objects.select_related("village", "plan").order_by("-held_on", "-id")


def find_activity(activity_id: UUID) -> VillageActivity:
    """Give one activity. Raises: NotFound."""
    row = activities_on_list().filter(pk=activity_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def find_material(material_id: UUID) -> ActivityMaterial:
    """Give one file of an activity. Raises: NotFound."""
    row = ActivityMaterial.objects.select_related("document", "activity").filter(pk=material_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def activity_rows(rows: "QuerySet[VillageActivity]") -> "QuerySet[Any, Any]":
    """Give the columns of activities."""
    found: QuerySet[Any, Any] = rows.values(
        "id", "village_id", "kind_code", "held_on", "subject", "participant_count", "plan_id", "withdrawn_on",
        "version", village_code=F("scope_code"),
    )  # fmt: skip
    return found


def material_rows(activity_id: UUID) -> "QuerySet[Any, Any]":
    """Give the files of an activity, by hash and size."""
    found: QuerySet[Any, Any] = ActivityMaterial.objects.filter(activity=activity_id).order_by("id").values(
        "id", "title", sha256=F("document__sha256"), byte_count=F("document__byte_count")
    )  # fmt: skip
    return found
