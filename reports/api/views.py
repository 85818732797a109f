"""Runs of reports, their workbooks, and what counties published."""

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.access import allowed
from registry.api.base import TenantAPIView
from registry.lib.periods import Month
from reports.api.rows import COLUMNS, published_row, run_detail_row, run_row
from reports.api.shapes import PublishedRow, RunDetailRow, RunFilter, RunRequest, RunRow
from reports.definitions.account import REPORT_ID
from reports.definitions.text import language_of
from reports.domain.account_files import account_file
from reports.domain.runs import find_run, start_period_run, start_run, workbook_of
from reports.queries.published import published_months, published_totals_in
from reports.queries.runs import figures_of, runs
from reports.renderers.workbook import MEDIA_TYPE


class ReportRunList(TenantAPIView):
    """The runs of the county."""

    actions: ClassVar = {"GET": "reports.view", "POST": "reports.run"}
    filters: ClassVar = RunFilter
    paged: ClassVar = True

    @extend_schema(operation_id="report_runs_list", responses=RunRow(many=True))
    def get(self, request: Request) -> Response:
        """List runs in the order in which they were asked for."""
        page = self.page(self.filtered(runs()).values(*COLUMNS))
        page.data["results"] = [run_row(row) for row in page.data["results"]]
        return page

    @extend_schema(operation_id="report_runs_create", request=RunRequest, responses={201: RunDetailRow})
    def post(self, request: Request) -> Response:
        """Ask for a run; it is made in the background."""
        wanted = self.shape(RunRequest)
        if "period" in wanted:
            run = start_period_run(wanted["report"], wanted["period"], actor=self.actor, catch_up=wanted["catch_up"])
        else:
            month = Month.parse(wanted["month"])
            run = start_run(wanted["report"], month, actor=self.actor, catch_up=wanted["catch_up"])
        figures = figures_of(run) if run.is_finished else None
        village_causes = allowed(self.actor, "reports.view_village_causes")
        return self.row(run_detail_row(run, figures, village_causes=village_causes), status=201)


class ReportRunDetail(TenantAPIView):
    """One run."""

    actions: ClassVar = {"GET": "reports.view"}

    @extend_schema(operation_id="report_runs_retrieve", responses=RunDetailRow)
    def get(self, request: Request, run_id: UUID) -> Response:
        """Show a run with its figures."""
        run = find_run(run_id, actor=self.actor)
        figures = figures_of(run) if run.is_finished else None
        village_causes = allowed(self.actor, "reports.view_village_causes")
        return self.row(run_detail_row(run, figures, village_causes=village_causes))


class ReportRunWorkbook(TenantAPIView):
    """The workbook of a finished run."""

    actions: ClassVar = {"GET": "reports.view"}

    @extend_schema(operation_id="report_runs_workbook", responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request, run_id: UUID) -> HttpResponseBase:
        """Download the workbook."""
        name, content = workbook_of(find_run(run_id, actor=self.actor), actor=self.actor)
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": header})


class ReportRunFile(TenantAPIView):
    """A finished run as a file."""

    actions: ClassVar = {"GET": "reports.view"}

    @extend_schema(operation_id="report_runs_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, run_id: UUID, file_format: str) -> HttpResponseBase:
        """Download the account as xlsx, pdf, csv, parquet or html; csv and parquet are a zip of tables."""
        language = language_of(get_language() or "")
        run = find_run(run_id, actor=self.actor)
        name, rendered = account_file(run, file_format, language=language, actor=self.actor)
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return HttpResponse(rendered.content, content_type=rendered.media_type, headers={"Content-Disposition": header})


class PublishedFigureList(TenantAPIView):
    """County totals of finished runs, for prefecture and province."""

    actions: ClassVar = {"GET": "reports.view_published"}
    parameters: ClassVar = {"month": "2020-12; without it the newest month published"}

    @extend_schema(operation_id="published_figures_list", responses=PublishedRow(many=True))
    def get(self, request: Request) -> Response:
        """List the last editions of one month of the counties in the token's area."""
        text, ranges = request.GET.get("month", ""), self.actor.ranges
        month = Month.parse(text).first_day if text else next(iter(published_months(ranges, REPORT_ID)), None)
        rows = published_totals_in(ranges, REPORT_ID, month=month) if month is not None else []
        return Response({"next": None, "results": [published_row(row) for row in rows]})
