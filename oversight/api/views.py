"""Published areas: tables, trends, timeliness, editions, files."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.api import shapes
from oversight.definitions.figures import QUALITY
from oversight.definitions.tables import FigureColumn, Subject
from oversight.domain.exporting import area_file
from oversight.queries.changes import changes_of
from oversight.queries.published import (
    WHOLE_AREA,
    AreaLine,
    Extent,
    edition_in,
    editions_like,
    home_of,
    periods_published_in,
    picture_of,
    trend_of,
)
from oversight.queries.rules import rules_found
from oversight.queries.tables import AreaTable, plain, subject_named, table_of
from oversight.queries.timeliness import newest_extent, timeliness_in
from periods.enums import PeriodKind
from registry.api.base import TenantAPIView
from registry.lib.periods import today
from reports.definitions.text import Language, language_of
from reports.renderers.formats import file_name

_PERIOD = "kind and first day, as month-2026-10-01; the newest month without it"
_ABOUT = "which table: stocks, causes, anomalies, monitoring, coverage, quality, timeliness or work; stocks without it"


class _AreaView(TenantAPIView):
    """A view of published figures."""

    actions: ClassVar = {"GET": "oversight.view"}

    def extent(self) -> Extent:
        """Read the period that is asked for. Raises: DomainError."""
        text = self.request.GET.get("period", "")
        return Extent.parse(text) if text else newest_extent(self.actor.ranges, on=today())

    def subject(self) -> Subject:
        """Read which table is asked for. Raises: NotFound."""
        return subject_named(self.request.GET.get("about", "") or "stocks")

    def table(self, code: str) -> Response:
        """Answer with a table of a division."""
        extent, subject = self.extent(), self.subject()
        made = table_of(picture_of(code, extent, actor=self.actor), subject)
        return Response(
            {
                "period": extent.key,
                "about": subject.key,
                "columns": [_column(column) for column in made.columns],
                "total": _row(made.total.line, _figures(made, made.total.values)),
                "rules": [asdict(one) for one in rules_found(made.total.line.figures, _language())]
                if QUALITY in subject.reads
                else [],
                "rows": [_row(row.line, _figures(made, row.values)) for row in made.rows],
            }
        )


class AreaHome(_AreaView):
    """The whole area of the token."""

    parameters: ClassVar = {"period": _PERIOD, "about": _ABOUT}

    @extend_schema(operation_id="oversight_area", responses=shapes.AreaTableRow)
    def get(self, request: Request) -> Response:
        """Show a table of the whole area."""
        return self.table(home_of(self.actor))


class Area(_AreaView):
    """One division."""

    parameters: ClassVar = {"period": _PERIOD, "about": _ABOUT}

    @extend_schema(operation_id="oversight_division", responses=shapes.AreaTableRow)
    def get(self, request: Request, code: str) -> Response:
        """Show a table of a division, from the province down to the village."""
        return self.table(code)


class AreaTrend(_AreaView):
    """A division through the periods."""

    parameters: ClassVar = {"kind": "month, quarter, half_year, year or campaign; month without it", "about": _ABOUT}

    @extend_schema(operation_id="oversight_trend", responses=shapes.AreaTrendRow(many=True))
    def get(self, request: Request, code: str) -> Response:
        """Show the latest 24 periods, the earliest first."""
        subject, kind = self.subject(), request.GET.get("kind", "") or PeriodKind.MONTH
        rows = trend_of(code, kind, actor=self.actor, sections=subject.reads)
        results = [
            {
                "period": period.extent.key,
                "name": period.name,
                "counties": line.counties,
                "missing": line.missing,
                "figures": {column.key: plain(column.reckon(line.figures)) for column in subject.columns},
            }
            for period, line in rows
        ]
        return Response({"next": None, "results": results})


class AreaFile(_AreaView):
    """A table of a division as a file."""

    parameters: ClassVar = {"period": _PERIOD, "about": _ABOUT, "file": "xlsx, csv or pdf; xlsx without it"}

    @extend_schema(operation_id="oversight_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, code: str) -> HttpResponseBase:
        """Download the table."""
        wanted = request.GET.get("file", "") or "xlsx"
        layout, made = area_file(
            code, self.extent(), request.GET.get("about", "") or "stocks", wanted, _language(), actor=self.actor
        )
        header = content_disposition_header(as_attachment=True, filename=file_name(layout, made.suffix))
        return HttpResponse(
            made.content, content_type=made.media_type, headers={"Content-Disposition": header or "attachment"}
        )


class PublishedPeriods(_AreaView):
    """The periods of which something was published."""

    @extend_schema(operation_id="oversight_periods", responses=shapes.PublishedPeriodRow(many=True))
    def get(self, request: Request) -> Response:
        """List them, the latest first."""
        results = [
            {
                "period": one.extent.key,
                "kind": one.extent.kind,
                "name": one.name,
                "first_day": one.extent.first_day,
                "last_day": one.last_day,
            }
            for one in periods_published_in(self.actor.ranges)
        ]
        return Response({"next": None, "results": results})


class TimelinessList(_AreaView):
    """Which counties published a period by its day."""

    parameters: ClassVar = {"period": _PERIOD}

    @extend_schema(operation_id="oversight_timeliness", responses=shapes.TimelinessRow(many=True))
    def get(self, request: Request) -> Response:
        """List the counties of the area, those that are late first."""
        rows = timeliness_in(self.actor.ranges, self.extent(), on=today())
        return Response({"next": None, "results": [asdict(row) for row in rows]})


class Edition(_AreaView):
    """One edition of a county."""

    @extend_schema(operation_id="oversight_edition", responses=shapes.AreaEditionRow)
    def get(self, request: Request, edition_id: UUID) -> Response:
        """Show an edition with what it changed in the one before."""
        edition = edition_in(edition_id, actor=self.actor)
        changes = [{**asdict(one), "difference": one.difference} for one in changes_of(edition)]
        return Response(
            {
                "id": edition.pk,
                "county_code": edition.tenant.code,
                "county_name": edition.tenant.name,
                "period": Extent(edition.period_kind, edition.first_day).key,
                "name": edition.period_name,
                "edition": edition.edition,
                "frozen_at": edition.frozen_at,
                "published_at": edition.published_at,
                "due_on": edition.due_on,
                "checksum": edition.checksum,
                "digest": edition.digest,
                "editions": [one.pk for one in editions_like(edition)],
                "changes": changes,
            }
        )


def _column(column: FigureColumn) -> dict[str, str]:
    group = column.group.in_language(_language()) if column.group else ""
    return {
        "key": column.key,
        "label": column.label.in_language(_language()),
        "group": group,
        "kind": str(column.kind),
    }


def _language() -> Language:
    return language_of(get_language() or "")


def _figures(table: AreaTable, values: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON)
    return {column.key: plain(value) for column, value in zip(table.columns, values, strict=True)}


def _row(line: AreaLine, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": line.code or WHOLE_AREA,
        "name": line.name,
        "counties": line.counties,
        "missing": line.missing,
        "edition_id": line.edition_id,
        "edition": line.edition,
        "published_at": line.published_at,
        "figures": figures,
    }
