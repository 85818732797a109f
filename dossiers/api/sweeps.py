"""Sweep campaigns and the counts of their villages."""

from dataclasses import asdict
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api import case_shapes as shapes
from dossiers.domain.sweeps import SweepCounts, close_campaign, count_village, open_campaign
from dossiers.models import SweepVillage
from dossiers.queries.sweeps import (
    campaign_rows,
    campaigns_on_list,
    find_campaign,
    find_sweep_village,
    sweep_village_rows,
    totals_of,
)
from registry.api.base import TenantAPIView


class _CampaignView(TenantAPIView):
    """A view that shows one campaign after changing it."""

    def answer(self, campaign_id: UUID, *, status: int = 200) -> Response:
        """Show the campaign with the sums over the villages that the token sees."""
        campaign = find_campaign(campaign_id)
        row = campaign_rows(campaigns_on_list().filter(pk=campaign_id)).get()
        return self.row({**row, "totals": asdict(totals_of(campaign))}, version=campaign.version, status=status)


class CampaignList(_CampaignView):
    """The county's campaigns."""

    actions: ClassVar = {"GET": "dossiers.view", "POST": "dossiers.manage_campaigns"}
    paged: ClassVar = True

    @extend_schema(operation_id="sweep_campaigns_list", responses=shapes.CampaignRow(many=True))
    def get(self, request: Request) -> Response:
        """List campaigns."""
        return self.page(campaign_rows(campaigns_on_list()))

    @extend_schema(
        operation_id="sweep_campaigns_open", request=shapes.CampaignShape, responses={201: shapes.CampaignDetail}
    )
    def post(self, request: Request) -> Response:
        """Open a campaign with a line for every village."""
        wanted = self.shape(shapes.CampaignShape)
        campaign = open_campaign(wanted.pop("name"), **wanted, actor=self.actor)
        return self.answer(campaign.pk, status=201)


class CampaignView(_CampaignView):
    """One campaign."""

    actions: ClassVar = {"GET": "dossiers.view"}

    @extend_schema(operation_id="sweep_campaigns_retrieve", responses=shapes.CampaignDetail)
    def get(self, request: Request, campaign_id: UUID) -> Response:
        """Show a campaign with its sums."""
        return self.answer(campaign_id)


class CloseCampaignView(_CampaignView):
    """The end of a campaign."""

    actions: ClassVar = {"POST": "dossiers.manage_campaigns"}

    @extend_schema(
        operation_id="sweep_campaigns_close", request=shapes.CaseDecisionShape, responses=shapes.CampaignDetail
    )
    def post(self, request: Request, campaign_id: UUID) -> Response:
        """Close a campaign: its counts stay."""
        close_campaign(campaign_id, **self.shape(shapes.CaseDecisionShape), actor=self.actor, version=self.version())
        return self.answer(campaign_id)


class SweepVillageList(TenantAPIView):
    """The villages of the campaigns that the token sees."""

    actions: ClassVar = {"GET": "dossiers.view"}
    filters: ClassVar = shapes.SweepVillageFilter
    paged: ClassVar = True

    @extend_schema(operation_id="sweep_villages_list", responses=shapes.SweepVillageRow(many=True))
    def get(self, request: Request) -> Response:
        """List villages with their counts."""
        return self.page(self.filtered(SweepVillage.objects.all()), sweep_village_rows)


class SweepVillageView(TenantAPIView):
    """One village of a campaign."""

    actions: ClassVar = {"GET": "dossiers.view", "PUT": "dossiers.count_sweep"}

    def answer(self, sweep_village_id: UUID) -> Response:
        """Show the village with its version."""
        row = find_sweep_village(sweep_village_id)
        shown = sweep_village_rows(SweepVillage.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version)

    @extend_schema(operation_id="sweep_villages_retrieve", responses=shapes.SweepVillageRow)
    def get(self, request: Request, sweep_village_id: UUID) -> Response:
        """Show the counts of a village."""
        return self.answer(sweep_village_id)

    @extend_schema(operation_id="sweep_villages_count", request=shapes.CountShape, responses=shapes.SweepVillageRow)
    def put(self, request: Request, sweep_village_id: UUID) -> Response:
        """Write what was counted; a count replaces the former one."""
        counts = SweepCounts(**self.shape(shapes.CountShape))
        count_village(sweep_village_id, counts, actor=self.actor, version=self.version())
        return self.answer(sweep_village_id)
