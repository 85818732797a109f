"""Villages: list, open, show, amend, record a year."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from villages.api.shapes import (
    VillageAmendment,
    VillageDetailRow,
    VillageFilter,
    VillageOpenings,
    VillageRow,
)
from villages.api.year_shapes import VillageFactsShape, VillageYearShape
from villages.domain.villages import amend_village, open_villages
from villages.domain.years import VillageYearDraft, record_village_facts, record_village_year
from villages.models import YEAR_FACTS, Village
from villages.queries.villages import find_village, village_years, villages_in_scope

_YEAR_COLUMNS = ("year", *YEAR_FACTS)
_COLUMNS = tuple(VillageRow().fields)


class VillageList(TenantAPIView):
    """The villages of the token's area."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.open"}
    filters: ClassVar = VillageFilter
    paged: ClassVar = True

    @extend_schema(operation_id="villages_list", responses=VillageRow(many=True))
    def get(self, request: Request) -> Response:
        """List villages."""
        return self.page(self.filtered(villages_in_scope()).values(*_COLUMNS))

    @extend_schema(operation_id="villages_open", request=VillageOpenings, responses={201: VillageRow(many=True)})
    def post(self, request: Request) -> Response:
        """Open villages; one that is on file already stays as it is, so that the request can be sent again."""
        wanted = [(village["code"], village["name"]) for village in self.shape(VillageOpenings)["villages"]]
        open_villages(wanted, actor=self.actor)
        rows = villages_in_scope().filter(code__in=[code for code, _name in wanted])
        return Response({"next": None, "results": list(rows.values(*_COLUMNS))}, status=201)


class _VillageView(TenantAPIView):
    """A view of one village."""

    def answer(self, village: Village) -> Response:
        """Show the village as it is now, with its version."""
        row: dict[str, Any] = {name: getattr(village, name) for name in _COLUMNS}
        row["years"] = list(village_years(village).values(*_YEAR_COLUMNS))
        return self.row(row, version=village.version)


class VillageDetail(_VillageView):
    """One village."""

    actions: ClassVar = {"GET": "villages.view", "PATCH": "villages.amend"}

    @extend_schema(operation_id="villages_retrieve", responses=VillageDetailRow)
    def get(self, request: Request, village_id: UUID) -> Response:
        """Show a village with its years."""
        return self.answer(find_village(village_id))

    @extend_schema(operation_id="villages_amend", request=VillageAmendment, responses=VillageDetailRow)
    def patch(self, request: Request, village_id: UUID) -> Response:
        """Amend a village."""
        changes = self.shape(VillageAmendment)
        return self.answer(amend_village(village_id, changes, actor=self.actor, version=self.version()))


class VillageYearView(_VillageView):
    """One year of a village."""

    actions: ClassVar = {"PUT": "villages.record_year", "PATCH": "villages.record_year"}

    @extend_schema(operation_id="villages_record_year", request=VillageYearShape, responses=VillageDetailRow)
    def put(self, request: Request, village_id: UUID) -> Response:
        """Record the ten facilities and the collective income of a year; its other facts stay."""
        facts = VillageYearDraft(**self.shape(VillageYearShape))
        record_village_year(village_id, facts, actor=self.actor, version=self.version())
        return self.answer(find_village(village_id))

    @extend_schema(operation_id="villages_record_facts", request=VillageFactsShape, responses=VillageDetailRow)
    def patch(self, request: Request, village_id: UUID) -> Response:
        """Record any facts of a year; those left out stay, null empties one."""
        facts = self.shape(VillageFactsShape)
        record_village_facts(village_id, facts.pop("year"), facts, actor=self.actor, version=self.version())
        return self.answer(find_village(village_id))
