"""Sweep campaigns: the county's list, the page of one with its villages, and the counts of a village."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.admin import case_forms as forms
from dossiers.domain.sweeps import SweepCounts, close_campaign, count_village, open_campaign
from dossiers.enums import CampaignState
from dossiers.models import SweepCampaign, SweepVillage
from dossiers.models.sweep import NOT_REACHED
from dossiers.queries.sweeps import campaigns_on_list, find_campaign, sweep_villages_on_list, totals_of, villages_of
from households.admin.filters import TownshipFilter
from registry.access import role_may
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.site import actor_at, site
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor

_COUNTS = ("counted_on", "to_visit_count", "visited_count", *NOT_REACHED, "is_done")


def _is_open(campaign: SweepCampaign) -> bool:
    return campaign.state == CampaignState.OPEN


def _counts_now(row: SweepVillage) -> bool:
    return _is_open(row.campaign)


def _close(campaign: SweepCampaign, values: dict[str, Any], actor: Actor) -> SweepCampaign:
    return close_campaign(campaign.pk, actor=actor, **values)


def _count(row: SweepVillage, values: dict[str, Any], actor: Actor) -> SweepVillage:
    version = values.pop("version")
    return count_village(row.pk, SweepCounts(**values), actor=actor, version=version)


def _known_counts(row: SweepVillage) -> dict[str, Any]:
    """Show what is on file; a village that has not begun shows how many households the register has in it."""
    if row.counted_on is None:
        return {"to_visit_count": row.registered_count}
    return {name: getattr(row, name) for name in _COUNTS if name != "counted_on"}


def sweep_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Show how far each village of the area is, those not begun first, and the sums."""
    campaign = find_campaign(campaign_id)
    context = site.each_context(request) | {
        "title": campaign.name,
        "campaign": campaign,
        "totals": totals_of(campaign),
        "villages": villages_of(campaign),
        "may_count": _is_open(campaign) and role_may(actor_at(request), "dossiers.count_sweep"),
    }
    return TemplateResponse(request, "dossiers/admin/sweep.html", context)


@admin.register(SweepCampaign)
class SweepCampaignAdmin(TenantModelAdmin):
    """The county's campaigns."""

    view_action, add_action = "dossiers.view", "dossiers.manage_campaigns"
    list_display = ("name", "state", "starts_on", "ends_on", "coverage")
    list_filter = ("state",)
    history = History()
    verbs: ClassVar = (
        Verb("close", _("Close the campaign"), "dossiers.manage_campaigns", run=_close, form=forms.DecideForm,
             offered=_is_open, danger=True, intro=_("Its counts stay as they are and cannot be changed any more.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[SweepCampaign]:
        return campaigns_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("name", "starts_on", "ends_on")
        return ("name", "state", "starts_on", "ends_on", "closed_on", "coverage")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    @admin.display(description=_("Villages"))
    def coverage(self, campaign: SweepCampaign) -> str:
        """Show the link to the page with all villages."""
        return format_html('<a href="{}">{}</a>', reverse("admin:sweep", args=[campaign.pk]), _("Show the villages"))

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> SweepCampaign:
        return open_campaign(values["name"], starts_on=values["starts_on"], ends_on=values["ends_on"], actor=actor)


@admin.register(SweepVillage)
class SweepVillageAdmin(TenantModelAdmin):
    """The villages of the campaigns, where a team enters its counts."""

    view_action = "dossiers.view"
    list_display = ("village", "campaign", "to_visit_count", "visited_count", "is_done", "counted_on")
    list_filter = (TownshipFilter, "is_done")
    fields = readonly_fields = ("campaign", "village", "registered_count", *_COUNTS, "leads")
    history = History()
    verbs: ClassVar = (
        Verb("count", _("Enter the counts"), "dossiers.count_sweep", run=_count, form=forms.CountForm,
             offered=_counts_now, initial=_known_counts,
             intro=_("A household that raised no lead is a number here and is named nowhere.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[SweepVillage]:
        return sweep_villages_on_list()

    @admin.display(description=_("Leads raised"))
    def leads(self, row: SweepVillage) -> int:
        """Show how many leads the sweep raised in the village."""
        count: int = getattr(row, "leads_count", 0)
        return count
