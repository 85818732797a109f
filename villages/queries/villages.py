"""Villages for lists, pages and reports."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotFound
from villages.models import YEAR_FACTS, Unit, Village, VillageYear, WorkTeam


@dataclass(frozen=True, slots=True)
class VillageWithoutTeam:
    """A village in which no work team lives."""

    id: UUID
    code: str
    name: str


def villages_in_scope() -> "QuerySet[Village]":
    """Give the villages that row-level security shows, by their codes."""
    return Village.objects.order_by("code")


def find_village(village_id: UUID) -> Village:
    """Give one village.

    Raises: NotFound for an unknown one and for one outside the scope.
    """
    village = Village.objects.filter(pk=village_id).first()
    if village is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return village


def lock_village(village_id: UUID) -> Village:
    """Give one village and let nobody else write what is counted on it until the end of the transaction.

    Raises: NotFound for an unknown one and for one outside the scope.
    """
    village = Village.objects.select_for_update(of=("self",), no_key=True).filter(pk=village_id).first()
    if village is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return village


def village_years(village: Village) -> "QuerySet[VillageYear]":
    """Give the years of a village, the latest first."""
    return VillageYear.objects.filter(village=village).order_by("-year")


def year_facts(village: Village, year: int) -> dict[str, Any]:
    """Give what is on file for a year of the village by the names of its columns; nothing for a year without facts."""
    return village_years(village).filter(year=year).values(*YEAR_FACTS).first() or {}


def units_on_list() -> "QuerySet[Unit]":
    """Give the county's units by name."""
    return Unit.objects.order_by("name")


def find_unit(unit_id: UUID) -> Unit:
    """Give one unit. Raises: NotFound."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound("unit.not_found", _("There is no such unit. Choose one from the list."))
    return unit


def teams_on(day: date) -> "QuerySet[WorkTeam]":
    """Give the teams that stay in their village on the day."""
    return WorkTeam.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day).select_related(
        "village", "unit", "batch"
    )


def term_of(team: WorkTeam) -> date | None:
    """Give the first day after a team's term, its own or that of its batch; None where nobody stated one."""
    return team.planned_ends_on or (team.batch.planned_ends_on if team.batch else None)


def villages_without_team(day: date) -> list[VillageWithoutTeam]:
    """List the villages in scope in which no team lives on the day."""
    team = teams_on(day).filter(village_id=OuterRef("id"), tenant_id=OuterRef("tenant_id"))
    rows = Village.objects.filter(~Exists(team)).order_by("code")
    return [VillageWithoutTeam(*row) for row in rows.values_list("id", "code", "name")]
