"""The years that the county has closed."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain.closed_years import close_year, reopen_year
from households.models import ClosedYear
from registry.api.base import TenantAPIView


class ClosingShape(serializers.Serializer[Any]):
    """A year that is closed from a day on."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    closed_on = serializers.DateField()


class ReopeningShape(serializers.Serializer[Any]):
    """Why a year is opened again."""

    reason = serializers.CharField(max_length=200)


class ClosedYearRow(ClosingShape):
    """A closed year; one that was opened again says when, by whom and why."""

    id = serializers.UUIDField()
    closed_by = serializers.UUIDField()
    reopened_on = serializers.DateField(allow_null=True)
    reopened_by = serializers.UUIDField(allow_null=True)
    reason = serializers.CharField()
    version = serializers.IntegerField()


def _rows(rows: Any) -> Any:  # noqa: ANN401  (a query set, and one of dictionaries)
    return rows.values(*ClosedYearRow().fields)


class ClosedYearList(TenantAPIView):
    """The county's closed years."""

    actions: ClassVar = {"GET": "households.view_closed_years", "POST": "households.close_year"}
    paged: ClassVar = True

    @extend_schema(operation_id="closed_years_list", responses=ClosedYearRow(many=True))
    def get(self, request: Request) -> Response:
        """List the closed years, those that were opened again too."""
        return self.page(ClosedYear.objects.all(), _rows)

    @extend_schema(operation_id="closed_years_create", request=ClosingShape, responses={201: ClosedYearRow})
    def post(self, request: Request) -> Response:
        """Close a year: its facts and income change only as a second person decides."""
        wanted = self.shape(ClosingShape)
        row = close_year(wanted["year"], on=wanted["closed_on"], actor=self.actor)
        return self.row(_rows(ClosedYear.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class ClosedYearReopening(TenantAPIView):
    """The end of one closing."""

    actions: ClassVar = {"POST": "households.close_year"}

    @extend_schema(operation_id="closed_years_reopen", request=ReopeningShape, responses=ClosedYearRow)
    def post(self, request: Request, closed_year_id: UUID) -> Response:
        """Open a closed year again."""
        row = reopen_year(closed_year_id, actor=self.actor, version=self.version(), **self.shape(ReopeningShape))
        return self.row(_rows(ClosedYear.objects.filter(pk=row.pk)).get(), version=row.version)
