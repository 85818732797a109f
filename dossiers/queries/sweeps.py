"""Sweep campaigns for pages and lists: how far each village is."""

from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dossiers.enums import CampaignState
from dossiers.models import MonitoringCase, SweepCampaign, SweepVillage
from dossiers.models.sweep import NOT_REACHED
from households.enums import HouseholdStatus
from households.models import Household
from registry.lib.errors import NotFound
from villages.models import Village

Row = TypeVar("Row", SweepCampaign, SweepVillage)
_COUNTS: Final = ("to_visit_count", "registered_count", "visited_count", *NOT_REACHED)


@dataclass(frozen=True, slots=True)
class SweepTotals:
    """The sums over the villages that the person at work sees."""

    villages: int
    begun: int
    done: int
    to_visit: int
    registered: int
    visited: int
    not_reached: int
    leads: int


def registered_by_village() -> dict[str, int]:
    """Count the households of the register that are not closed, by the village where they are now."""
    rows = Household.objects.exclude(status=HouseholdStatus.CLOSED).values("scope_code").order_by("scope_code")
    return dict(rows.annotate(count=Count("id")).values_list("scope_code", "count"))


def campaigns_on_list() -> "QuerySet[SweepCampaign]":
    """Give the county's campaigns, the latest first."""
    return SweepCampaign.objects.order_by("-starts_on", "id")


def open_campaigns() -> "QuerySet[SweepCampaign]":
    """Give the campaigns that are under way."""
    return campaigns_on_list().filter(state=CampaignState.OPEN)


def lines_missing(campaign: SweepCampaign) -> "list[Village]":
    """Give the villages of the county that have no line in the campaign, by their codes."""
    lines = SweepVillage.objects.filter(campaign=campaign, village=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    return list(Village.objects.filter(~Exists(lines)).order_by("code"))


def find_campaign(campaign_id: UUID) -> SweepCampaign:
    """Give one campaign. Raises: NotFound."""
    return _found(SweepCampaign.objects.filter(pk=campaign_id).first())


def find_sweep_village(sweep_village_id: UUID) -> SweepVillage:
    """Give the line of one village with its campaign. Raises: NotFound."""
    rows = SweepVillage.objects.select_related("campaign", "village")
    return _found(rows.filter(pk=sweep_village_id).first())


def villages_of(campaign: SweepCampaign) -> "QuerySet[SweepVillage]":
    """Give the villages of a campaign with their leads: those not begun first, then those not done, then the rest."""
    return (
        _with_leads(SweepVillage.objects.filter(campaign=campaign))
        .select_related("village")
        .order_by(_progress(), "scope_code", "id")
    )


def totals_of(campaign: SweepCampaign) -> SweepTotals:
    """Add up the villages of a campaign that the person at work sees."""
    rows = SweepVillage.objects.filter(campaign=campaign)
    sums = rows.aggregate(
        villages=Count("id"),
        begun=Count("counted_on"),
        done=Count("id", filter=Q(is_done=True)),
        **{name: Coalesce(Sum(name), 0) for name in _COUNTS},
    )
    leads = MonitoringCase.objects.filter(sweep_village__in=rows.values("id")).count()
    return SweepTotals(
        villages=sums["villages"],
        begun=sums["begun"],
        done=sums["done"],
        to_visit=sums["to_visit_count"],
        registered=sums["registered_count"],
        visited=sums["visited_count"],
        not_reached=sum(sums[name] for name in NOT_REACHED),
        leads=leads,
    )


def sweep_villages_on_list() -> "QuerySet[SweepVillage]":
    """Give the villages of all campaigns with campaign, village and leads, those of the latest campaign first."""
    rows = _with_leads(SweepVillage.objects.select_related("campaign", "village"))
    return rows.order_by("-campaign__starts_on", _progress(), "scope_code", "id")


def sweep_village_rows(rows: "QuerySet[SweepVillage]") -> "QuerySet[Any, Any]":
    """Give the columns of villages of a campaign with the number of leads, by one query."""
    shown: QuerySet[Any, Any] = _with_leads(rows).values(
        "id", "campaign_id", "registered_count", "to_visit_count", "visited_count", *NOT_REACHED, "is_done",
        "counted_on", "leads_count", "version", village_code=F("scope_code"), village_name=F("village__name"),
    )  # fmt: skip
    return shown


def campaign_rows(rows: "QuerySet[SweepCampaign]") -> "QuerySet[Any, Any]":
    """Give the columns of campaigns."""
    return rows.values("id", "name", "starts_on", "ends_on", "state", "closed_on", "version")


def _with_leads(rows: "QuerySet[SweepVillage]") -> "QuerySet[SweepVillage]":
    leads = MonitoringCase.objects.filter(sweep_village=OuterRef("pk"), tenant=OuterRef("tenant_id")).order_by()
    count = leads.values("sweep_village").annotate(count=Count("id")).values("count")
    return rows.annotate(leads_count=Coalesce(Subquery(count, output_field=IntegerField()), 0))


def _progress() -> Case:
    """Order villages: those not begun, those under way, those done."""
    return Case(When(counted_on__isnull=True, then=Value(0)), When(is_done=False, then=Value(1)), default=Value(2))


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row
