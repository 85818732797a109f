"""The catalogue over REST: reports, their runs and files, own reports."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from registry.lib.errors import NotFound
from registry.lib.messages import gettext_lazy as _
from reports.api.catalogue_rows import (
    RUN_COLUMNS,
    catalogue_run_detail,
    catalogue_run_row,
    column_rows,
    own_row,
    report_row,
)
from reports.api.catalogue_shapes import (
    AskRequest,
    CatalogueRunDetailRow,
    CatalogueRunFilter,
    CatalogueRunRow,
    ColumnRow,
    OwnRow,
    OwnShape,
    ReportRow,
)
from reports.definitions.text import Language, language_of
from reports.domain.asking import ReportDraft, start_report
from reports.domain.making import file_of_run
from reports.domain.own import OwnDraft, amend_own_report, keep_own_report, retire_own_report
from reports.domain.reading import catalogue_runs, find_catalogue_run, reports_open_to
from reports.enums import RowLevel
from reports.queries.catalogue_runs import files_of
from reports.queries.own_reports import find_own_report, own_reports


def _language() -> Language:
    return language_of(get_language() or "")


class ReportList(TenantAPIView):
    """The reports of the catalogue that the token's role may ask for."""

    actions: ClassVar = {"GET": "reports.use_catalogue"}

    @extend_schema(operation_id="catalogue_reports_list", responses=ReportRow(many=True))
    def get(self, request: Request) -> Response:
        """List them in the order of the catalogue."""
        rows = [report_row(report, _language()) for report in reports_open_to(self.actor)]
        return Response({"next": None, "results": rows})


class CatalogueRunList(TenantAPIView):
    """The runs that the token's person may see: of reports with persons the own ones only."""

    actions: ClassVar = {"GET": "reports.use_catalogue", "POST": "reports.use_catalogue"}
    filters: ClassVar = CatalogueRunFilter
    paged: ClassVar = True

    @extend_schema(operation_id="catalogue_runs_list", responses=CatalogueRunRow(many=True))
    def get(self, request: Request) -> Response:
        """List runs in the order in which they were asked for."""
        rows = catalogue_runs(self.actor).select_related(None).defer(None)
        page = self.page(self.filtered(rows).values(*RUN_COLUMNS))
        page.data["results"] = [catalogue_run_row(row) for row in page.data["results"]]
        return page

    @extend_schema(operation_id="catalogue_runs_create", request=AskRequest, responses={201: CatalogueRunDetailRow})
    def post(self, request: Request) -> Response:
        """Ask for a report; it is made in the background."""
        wanted = self.shape(AskRequest)
        draft = ReportDraft(
            report_id=wanted["report"],
            area_code=wanted["area"],
            formats=tuple(wanted["formats"]),
            period_id=wanted["period_id"],
            as_of=wanted["as_of"],
            known_at=wanted["known_at"],
            household_id=wanted["household_id"],
            options=tuple(wanted["options"].items()),
            reveal_reason=wanted["reveal_reason"],
            language=wanted["language"],
        )
        return self.row(catalogue_run_detail(start_report(draft, actor=self.actor), []), status=201)


class CatalogueRunDetail(TenantAPIView):
    """One run."""

    actions: ClassVar = {"GET": "reports.use_catalogue"}

    @extend_schema(operation_id="catalogue_runs_retrieve", responses=CatalogueRunDetailRow)
    def get(self, request: Request, catalogue_run_id: UUID) -> Response:
        """Show a run with its files."""
        run = find_catalogue_run(catalogue_run_id, actor=self.actor)
        return self.row(catalogue_run_detail(run, files_of([run])[run.pk]))


class CatalogueRunFile(TenantAPIView):
    """A file of a finished run."""

    actions: ClassVar = {"GET": "reports.use_catalogue"}

    @extend_schema(
        operation_id="catalogue_runs_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, catalogue_run_id: UUID, kind: str) -> HttpResponseBase:
        """Download the file in a format."""
        name, media_type, content = file_of_run(catalogue_run_id, kind, actor=self.actor)
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": header})


class OwnReportColumnList(TenantAPIView):
    """The columns that own reports may show."""

    actions: ClassVar = {"GET": "reports.view_persons"}
    parameters: ClassVar = {"level": "household, person or village; household without it"}

    @extend_schema(operation_id="own_report_columns_list", responses=ColumnRow(many=True))
    def get(self, request: Request) -> Response:
        """List the columns of a level."""
        level = request.GET.get("level", RowLevel.HOUSEHOLD)
        if level not in RowLevel.values:
            raise NotFound("own_report.level", _("Choose what a row stands for: household, person or village."))
        return Response({"next": None, "results": list(column_rows(RowLevel(level), _language()))})


class OwnReportList(TenantAPIView):
    """The own reports of the county."""

    actions: ClassVar = {"GET": "reports.view_persons", "POST": "reports.compose"}

    @extend_schema(operation_id="own_reports_list", responses=OwnRow(many=True))
    def get(self, request: Request) -> Response:
        """List those in use, by name."""
        return Response({"next": None, "results": [own_row(own) for own in own_reports()]})

    @extend_schema(operation_id="own_reports_create", request=OwnShape, responses={201: OwnRow})
    def post(self, request: Request) -> Response:
        """Keep a new one."""
        own = keep_own_report(_draft(self.shape(OwnShape)), actor=self.actor)
        return self.row(own_row(own), version=own.version, status=201)


class OwnReportDetail(TenantAPIView):
    """One own report."""

    actions: ClassVar = {"GET": "reports.view_persons", "PUT": "reports.compose", "DELETE": "reports.compose"}

    @extend_schema(operation_id="own_reports_retrieve", responses=OwnRow)
    def get(self, request: Request, own_id: UUID) -> Response:
        """Show one that is in use."""
        own = find_own_report(own_id)
        return self.row(own_row(own), version=own.version)

    @extend_schema(operation_id="own_reports_update", request=OwnShape, responses=OwnRow)
    def put(self, request: Request, own_id: UUID) -> Response:
        """Change it."""
        draft = _draft(self.shape(OwnShape))
        own = amend_own_report(own_id, draft, actor=self.actor, version=self.version())
        return self.row(own_row(own), version=own.version)

    @extend_schema(operation_id="own_reports_destroy", responses=OwnRow)
    def delete(self, request: Request, own_id: UUID) -> Response:
        """Put it out of use."""
        own = retire_own_report(own_id, actor=self.actor, version=self.version())
        return self.row(own_row(own), version=own.version)


def _draft(wanted: dict[str, Any]) -> OwnDraft:
    return OwnDraft(
        name=wanted["name"],
        level=wanted["level"],
        columns=tuple(wanted["columns"]),
        filters=tuple(dict(one) for one in wanted["filters"]),
        sort=tuple(wanted["sort"]),
        groups=tuple(wanted["groups"]),
    )
