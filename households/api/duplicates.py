"""Persons whom another county has too."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.shapes import DuplicateFilter, DuplicateRow, DuplicateSettlement
from households.domain.duplicates import settle_duplicate
from households.queries.duplicates import notice_rows, notices_visible_to
from registry.api.base import TenantAPIView


class DuplicateList(TenantAPIView):
    """The worklist of persons of two counties."""

    actions: ClassVar = {"GET": "households.view_duplicates"}
    filters: ClassVar = DuplicateFilter
    paged: ClassVar = True

    @extend_schema(operation_id="duplicates_list", responses=DuplicateRow(many=True))
    def get(self, request: Request) -> Response:
        """List the own persons whom another county has too, settled ones as well."""
        return self.page(self.filtered(notices_visible_to(self.actor)), notice_rows)


class DuplicateSettle(TenantAPIView):
    """What became of one of them."""

    actions: ClassVar = {"POST": "households.settle_duplicate"}

    @extend_schema(operation_id="duplicates_settle", request=DuplicateSettlement, responses=DuplicateRow)
    def post(self, request: Request, notice_id: UUID) -> Response:
        """Settle a person of two counties; the other county is told by letter."""
        wanted = self.shape(DuplicateSettlement)
        notice = settle_duplicate(
            notice_id, wanted["state"], actor=self.actor, reason=wanted["reason"], version=self.version()
        )
        row = notice_rows(notices_visible_to(self.actor).filter(pk=notice.pk)).get()
        return self.row(row, version=notice.version)
