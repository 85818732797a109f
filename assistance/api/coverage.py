"""Coverage by helpers: counts by village, the households without one, and the county's support periods."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.domain.helper import amend_support_period, set_support_period
from assistance.models import SupportPeriod
from assistance.queries.coverage import coverage_today, uncovered_on, uncovered_rows
from households.models import Household
from households.queries.lists import in_division
from registry.api.base import TenantAPIView
from registry.lib.periods import today

_VIEW, _SUPPORT = "assistance.view_coverage", "assistance.manage_support"


class HelperCoverageRow(serializers.Serializer[Any]):
    """The households of a village that must have a helper: with one, with a unit standing in, with none."""

    village_code = serializers.CharField()
    households = serializers.IntegerField()
    with_helper = serializers.IntegerField()
    with_stand_in = serializers.IntegerField()
    without = serializers.IntegerField()


class UncoveredRow(serializers.Serializer[Any]):
    """A household that must have a helper and has none, or only a unit that stands in."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    village_code = serializers.CharField()
    group_name = serializers.CharField(allow_blank=True)
    unit_stands_in = serializers.BooleanField()


class UncoveredFilter(django_filters.FilterSet):
    """Narrow the households without a helper."""

    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = Household
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Household]", _name: str, code: str) -> "QuerySet[Household]":
        """Compare code ranges."""
        return in_division(rows, code)


class SupportDays(serializers.Serializer[Any]):
    """In which days lifted households keep their helper; `ends_on` is the first day after them."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class NewSupportPeriod(SupportDays):
    """The support period of a year."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)


class SupportPeriodRow(NewSupportPeriod):
    """A support period on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class CoverageView(TenantAPIView):
    """Coverage by helpers as of today."""

    actions: ClassVar = {"GET": _VIEW}

    @extend_schema(operation_id="helper_coverage", responses=HelperCoverageRow(many=True))
    def get(self, request: Request) -> Response:
        """Count by village."""
        return Response({"next": None, "results": [asdict(count) for count in coverage_today()]})


class UncoveredList(TenantAPIView):
    """The households without a helper as of today."""

    actions: ClassVar = {"GET": _VIEW}
    filters: ClassVar = UncoveredFilter
    paged: ClassVar = True

    @extend_schema(operation_id="households_without_helper", responses=UncoveredRow(many=True))
    def get(self, request: Request) -> Response:
        """List them."""
        return self.page(uncovered_rows(self.filtered(uncovered_on(today()))))


def support_rows(rows: "QuerySet[SupportPeriod]") -> "QuerySet[Any, Any]":
    """Give the columns of support periods."""
    found: QuerySet[Any, Any] = rows.values(*SupportPeriodRow().fields)
    return found


class SupportPeriodList(TenantAPIView):
    """The county's support periods."""

    actions: ClassVar = {"GET": _VIEW, "POST": _SUPPORT}
    paged: ClassVar = True

    @extend_schema(operation_id="support_periods_list", responses=SupportPeriodRow(many=True))
    def get(self, request: Request) -> Response:
        """List the periods of all years."""
        return self.page(SupportPeriod.objects.all(), support_rows)

    @extend_schema(operation_id="support_periods_create", request=NewSupportPeriod, responses={201: SupportPeriodRow})
    def post(self, request: Request) -> Response:
        """State the period of a year."""
        wanted = self.shape(NewSupportPeriod)
        row = set_support_period(wanted.pop("year"), actor=self.actor, **wanted)
        return self.row(support_rows(SupportPeriod.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class SupportPeriodView(TenantAPIView):
    """One support period."""

    actions: ClassVar = {"PUT": _SUPPORT}

    @extend_schema(operation_id="support_periods_amend", request=SupportDays, responses=SupportPeriodRow)
    def put(self, request: Request, support_period_id: UUID) -> Response:
        """Change its days."""
        wanted = self.shape(SupportDays)
        row = amend_support_period(support_period_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(support_rows(SupportPeriod.objects.filter(pk=row.pk)).get(), version=row.version)
