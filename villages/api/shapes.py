"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from registry.lib.gbcode import check_code, subtree
from villages.api.year_shapes import VillageYearRow
from villages.models import Village
from villages.queries.priorities import of_priority


class VillageRow(serializers.Serializer[Any]):
    """A village."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    priority_codes = serializers.ListField(child=serializers.CharField())
    natural_village_count = serializers.IntegerField(allow_null=True)
    attribute_code = serializers.CharField()
    direction_code = serializers.CharField()
    terrain_code = serializers.CharField()
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    version = serializers.IntegerField()


class VillageDetailRow(VillageRow):
    """A village with its years."""

    years = VillageYearRow(many=True)


class VillageOpening(serializers.Serializer[Any]):
    """A village to be opened."""

    code = serializers.CharField(max_length=12, help_text="12 digits of the division")
    name = serializers.CharField(max_length=100)


class VillageOpenings(serializers.Serializer[Any]):
    """Up to 500 villages, opened together or not at all."""

    villages = serializers.ListField(child=VillageOpening(), min_length=1, max_length=500)


class VillageAmendment(serializers.Serializer[Any]):
    """The fields to change; those left out stay."""

    name = serializers.CharField(max_length=100, required=False)
    priority_codes = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=10)
    natural_village_count = serializers.IntegerField(min_value=0, max_value=999, required=False, allow_null=True)
    attribute_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    direction_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    terrain_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, required=False, allow_null=True)
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6, required=False, allow_null=True)


class VillageFilter(django_filters.FilterSet):
    """Narrow the villages."""

    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    code = django_filters.CharFilter()
    priority = django_filters.CharFilter(method="of_priority", label="code of a priority category")

    class Meta:
        model = Village
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Village]", _name: str, code: str) -> "QuerySet[Village]":
        """Compare code ranges."""
        within = subtree(check_code(code, field="division"))
        return rows.filter(code__gte=within.lo, code__lt=within.hi)

    def of_priority(self, rows: "QuerySet[Village]", _name: str, code: str) -> "QuerySet[Village]":
        """Ask for villages of the category."""
        return of_priority(rows, code)
