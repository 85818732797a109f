"""The facts of a sector, for its clerks."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.queries.sectors import sector_facts
from registry.api.base import TenantAPIView


class SectorFactRow(serializers.Serializer[Any]):
    """A person's or household's facts of one sector; which columns there are depends on the token's sector."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    year = serializers.IntegerField(required=False)
    person_number = serializers.CharField(required=False)
    person_name = serializers.CharField(required=False)
    household_number = serializers.CharField(required=False)
    education_code = serializers.CharField(required=False)
    school_code = serializers.CharField(required=False)
    has_basic_medical = serializers.BooleanField(required=False, allow_null=True)
    dropout_reason_code = serializers.CharField(required=False)
    has_employee_medical = serializers.BooleanField(required=False, allow_null=True)
    has_commercial_medical = serializers.BooleanField(required=False, allow_null=True)
    receives_medical_assistance = serializers.BooleanField(required=False, allow_null=True)
    receives_other_health_support = serializers.BooleanField(required=False, allow_null=True)
    disability_category_code = serializers.CharField(required=False)
    disability_grade_code = serializers.CharField(required=False)
    disability_card_year = serializers.IntegerField(required=False, allow_null=True)
    minimum_living_allowance_code = serializers.CharField(required=False, allow_null=True)
    special_support_code = serializers.CharField(required=False, allow_null=True)
    is_unsupported_child = serializers.BooleanField(required=False, allow_null=True)
    has_serious_illness_cover = serializers.BooleanField(required=False, allow_null=True)
    health_codes = serializers.ListField(child=serializers.CharField(), required=False)
    dangerous_housing = serializers.BooleanField(required=False, allow_null=True)
    safe_water = serializers.BooleanField(required=False, allow_null=True)
    attribute_code = serializers.CharField(required=False)


class SectorFactList(TenantAPIView):
    """The facts of the token's own sector."""

    actions: ClassVar = {"GET": "households.view_sector"}
    paged: ClassVar = True

    @extend_schema(operation_id="sector_facts_list", responses=SectorFactRow(many=True))
    def get(self, request: Request) -> Response:
        """List facts."""
        return self.page(sector_facts(self.actor.sector))
