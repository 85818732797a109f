"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from registry.lib.gbcode import check_code, subtree
from villages.models import Village


class VillageRow(serializers.Serializer[Any]):
    """A village."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    priority_codes = serializers.ListField(child=serializers.CharField())
    natural_village_count = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


class VillageYearShape(serializers.Serializer[Any]):
    """What a village has and earns in one year; null means unknown."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    has_water = serializers.BooleanField(allow_null=True, default=None)
    has_electricity = serializers.BooleanField(allow_null=True, default=None)
    has_road = serializers.BooleanField(allow_null=True, default=None)
    has_telephone = serializers.BooleanField(allow_null=True, default=None)
    has_internet = serializers.BooleanField(allow_null=True, default=None)
    has_technology = serializers.BooleanField(allow_null=True, default=None)
    has_education = serializers.BooleanField(allow_null=True, default=None)
    has_culture = serializers.BooleanField(allow_null=True, default=None)
    has_health = serializers.BooleanField(allow_null=True, default=None)
    has_social_security = serializers.BooleanField(allow_null=True, default=None)
    collective_income_yuan = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, allow_null=True, default=None
    )


class VillageDetailRow(VillageRow):
    """A village with its years."""

    years = VillageYearShape(many=True)


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


class VillageFilter(django_filters.FilterSet):
    """Narrow the villages."""

    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    code = django_filters.CharFilter()

    class Meta:
        model = Village
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Village]", _name: str, code: str) -> "QuerySet[Village]":
        """Compare code ranges."""
        within = subtree(check_code(code, field="division"))
        return rows.filter(code__gte=within.lo, code__lt=within.hi)
