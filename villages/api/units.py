"""Units: list, enter, show, amend."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from villages.domain.units import FIELDS, add_unit, amend_unit
from villages.models import Unit
from villages.queries.villages import find_unit, units_on_list


class UnitShape(serializers.Serializer[Any]):
    """The fields of a unit; those left out stay, or are empty for a new one."""

    name = serializers.CharField(max_length=100, required=False)
    kind_code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="Of the list `unit_kind`."
    )
    level_code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="Of the list `unit_level`."
    )
    paired_province_code = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="Of the list `paired_province`: for the kind of paired aid, and for that kind only.",
    )
    uscc = serializers.CharField(
        max_length=30, required=False, allow_blank=True, help_text="Unified social credit code; its check is made."
    )


class UnitRow(serializers.Serializer[Any]):
    """A unit of the county."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind_code = serializers.CharField()
    level_code = serializers.CharField()
    paired_province_code = serializers.CharField()
    uscc = serializers.CharField()
    version = serializers.IntegerField()


class UnitFilter(django_filters.FilterSet):
    """Narrow the units."""

    kind = django_filters.CharFilter(field_name="kind_code")
    level = django_filters.CharFilter(field_name="level_code")
    uscc = django_filters.CharFilter()

    class Meta:
        model = Unit
        fields: ClassVar[list[str]] = []


_COLUMNS = ("id", *FIELDS, "version")


class _UnitView(TenantAPIView):
    """A view that shows one unit."""

    def answer(self, unit: Unit, *, status: int = 200) -> Response:
        """Show the unit as it is now, with its version."""
        return self.row({name: getattr(unit, name) for name in _COLUMNS}, version=unit.version, status=status)


class UnitList(_UnitView):
    """The county's units."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.manage_units"}
    filters: ClassVar = UnitFilter
    paged: ClassVar = True

    @extend_schema(operation_id="units_list", responses=UnitRow(many=True))
    def get(self, request: Request) -> Response:
        """List units."""
        return self.page(self.filtered(units_on_list()).values(*_COLUMNS))

    @extend_schema(operation_id="units_create", request=UnitShape, responses={201: UnitRow})
    def post(self, request: Request) -> Response:
        """Enter a unit."""
        return self.answer(add_unit(self.shape(UnitShape), actor=self.actor), status=201)


class UnitDetail(_UnitView):
    """One unit."""

    actions: ClassVar = {"GET": "villages.view", "PATCH": "villages.manage_units"}

    @extend_schema(operation_id="units_retrieve", responses=UnitRow)
    def get(self, request: Request, unit_id: UUID) -> Response:
        """Show a unit."""
        return self.answer(find_unit(unit_id))

    @extend_schema(operation_id="units_amend", request=UnitShape, responses=UnitRow)
    def patch(self, request: Request, unit_id: UUID) -> Response:
        """Amend a unit."""
        return self.answer(amend_unit(unit_id, self.shape(UnitShape), actor=self.actor, version=self.version()))
