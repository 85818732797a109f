"""Rosters: bring one in, watch its check, decide, take back what was refused."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from exchange.api.rows import COLUMNS, batch_detail
from exchange.api.shapes import BatchDetail, BatchFilter, BatchRow, DecisionShape, UploadShape
from exchange.domain.decisions import approve_roster, reject_roster, upload_roster
from exchange.domain.workbooks import refused_rows_workbook, roster_template
from exchange.queries.batches import batch_visible, batches_visible
from exchange.sheets.workbooks import MEDIA_TYPE
from registry.api.base import TenantAPIView
from registry.lib.sheet_guard import check_size


class ImportBatchList(TenantAPIView):
    """The rosters of the token's area."""

    actions: ClassVar = {"GET": "exchange.view", "POST": "exchange.upload"}
    filters: ClassVar = BatchFilter
    paged: ClassVar = True
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="import_batches_list", responses=BatchRow(many=True))
    def get(self, request: Request) -> Response:
        """List rosters in the order in which they came."""
        return self.page(self.filtered(batches_visible()).values(*COLUMNS))

    @extend_schema(operation_id="import_batches_create", request=UploadShape, responses={201: BatchDetail})
    def post(self, request: Request) -> Response:
        """Bring a roster in; it is checked in the background and changes nothing before somebody decides."""
        form = self.shape(UploadShape)
        file = form["file"]
        check_size(file.size, most=settings.UPLOAD_LIMIT_BYTES)
        batch = upload_roster(file.read(), name=file.name, actor=self.actor, data_date=form.get("data_date"))
        return self.row(batch_detail(batch), version=batch.version, status=201)


class ImportBatchDetail(TenantAPIView):
    """One roster."""

    actions: ClassVar = {"GET": "exchange.view"}

    @extend_schema(operation_id="import_batches_retrieve", responses=BatchDetail)
    def get(self, request: Request, batch_id: UUID) -> Response:
        """Show a roster with its counts and the first of its findings."""
        batch = batch_visible(batch_id)
        return self.row(batch_detail(batch), version=batch.version)


class ImportBatchApply(TenantAPIView):
    """The decision to apply."""

    actions: ClassVar = {"POST": "exchange.decide"}

    @extend_schema(operation_id="import_batches_apply", request=DecisionShape, responses=BatchDetail)
    def post(self, request: Request, batch_id: UUID) -> Response:
        """Apply a checked roster; it is done in the background, whole or not at all."""
        reason = self.shape(DecisionShape)["reason"]
        batch = approve_roster(batch_id, actor=self.actor, version=self.version(), reason=reason)
        return self.row(batch_detail(batch), version=batch.version)


class ImportBatchReject(TenantAPIView):
    """The decision not to apply."""

    actions: ClassVar = {"POST": "exchange.decide"}

    @extend_schema(operation_id="import_batches_reject", request=DecisionShape, responses=BatchDetail)
    def post(self, request: Request, batch_id: UUID) -> Response:
        """Reject a roster; its file is deleted."""
        reason = self.shape(DecisionShape)["reason"]
        batch = reject_roster(batch_id, actor=self.actor, version=self.version(), reason=reason)
        return self.row(batch_detail(batch), version=batch.version)


class ImportBatchRefusedRows(TenantAPIView):
    """The rows that were not taken over."""

    actions: ClassVar = {"GET": "exchange.take_refused_rows"}

    @extend_schema(operation_id="import_batches_refused_rows", responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request, batch_id: UUID) -> HttpResponseBase:
        """Download the refused rows as a workbook, for 30 days after the decision."""
        name, content = refused_rows_workbook(batch_visible(batch_id), actor=self.actor)
        return workbook_response(name, content)


class ImportTemplate(TenantAPIView):
    """The empty roster."""

    actions: ClassVar = {"GET": "exchange.view"}

    @extend_schema(operation_id="import_template", responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponseBase:
        """Download the template."""
        return workbook_response("roster-template.xlsx", roster_template(actor=self.actor))


def workbook_response(name: str, content: bytes) -> HttpResponse:
    """Answer with a workbook to be kept."""
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": header})
