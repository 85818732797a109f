"""Income line by line, with its derivation."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain.income import IncomeDraft, LineDraft, record_income
from households.models import Household
from households.queries.income import income_row
from households.queries.visibility import find_household
from registry.api.base import TenantAPIView


def _yuan(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, **options)


class LineShape(serializers.Serializer[Any]):
    """A line under an item of the list `income_item`; whether it counts is the county's rule where it does not say."""

    item_code = serializers.CharField(max_length=20)
    product = serializers.CharField(max_length=60, required=False, allow_blank=True)
    quantity = _yuan(required=False, allow_null=True, min_value=0)
    unit = serializers.CharField(max_length=20, required=False, allow_blank=True)
    amount_yuan = _yuan(min_value=0)
    own_consumed_yuan = _yuan(required=False, min_value=0)
    counts_toward_net = serializers.BooleanField(required=False, allow_null=True)
    month = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=12)
    # The product's word; DRF has an attribute of the same name, which the metaclass keeps apart.
    source = serializers.CharField(  # type: ignore[assignment]  # see above
        max_length=100, required=False, allow_blank=True
    )


class IncomeShape(serializers.Serializer[Any]):
    """The whole income of a year: the lines take the place of those on file."""

    period_start = serializers.DateField()
    period_end = serializers.DateField(help_text="The first day after the period.")
    person_count = serializers.IntegerField(min_value=1, max_value=99)
    lines = LineShape(many=True)
    # The product's word, as above.
    source = serializers.CharField(  # type: ignore[assignment]  # see above
        max_length=100, required=False, allow_blank=True, default=""
    )
    claims_yuan = _yuan(required=False, allow_null=True, min_value=0)
    self_paid_cost_yuan = _yuan(required=False, allow_null=True, min_value=0)


class CostRow(serializers.Serializer[Any]):
    """The cost of one item of business."""

    item_code = serializers.CharField()
    gross_yuan = _yuan()
    cost_yuan = _yuan()
    is_own_figure = serializers.BooleanField()
    is_unknown = serializers.BooleanField()


class MonitoringReferenceRow(serializers.Serializer[Any]):
    """The reference income of monitoring: net plus claims less the allowed cost that the household paid itself."""

    claims_yuan = _yuan()
    self_paid_cost_yuan = _yuan()
    reference_yuan = _yuan()
    reference_per_head_yuan = _yuan()
    expected_start = serializers.DateField(allow_null=True)
    expected_end = serializers.DateField(allow_null=True)
    is_before_identification = serializers.BooleanField(allow_null=True)


class IncomeRow(IncomeShape):
    """The income of a year with every step from its lines to the net per person."""

    year = serializers.IntegerField()
    classes = serializers.DictField(child=_yuan())
    not_counted_yuan = _yuan()
    costs = CostRow(many=True)
    other_cost_yuan = _yuan()
    cost_yuan = _yuan()
    gross_yuan = _yuan()
    net_yuan = _yuan()
    net_per_head_yuan = _yuan()
    recorded_net_per_head_yuan = _yuan(allow_null=True)
    monitoring = MonitoringReferenceRow(allow_null=True)


def lines_from(rows: list[Mapping[str, Any]]) -> tuple[LineDraft, ...]:
    """Make the lines from their shapes."""
    return tuple(LineDraft(**row) for row in rows)


class HouseholdIncomeView(TenantAPIView):
    """The income of one household in one year."""

    actions: ClassVar = {"GET": "households.view", "PUT": "households.record_year"}

    @extend_schema(operation_id="households_income", responses=IncomeRow)
    def get(self, request: Request, household_id: UUID, year: int) -> Response:
        """Show the lines of a year and the derivation of its net income."""
        return self._answer(find_household(household_id, actor=self.actor), year)

    @extend_schema(operation_id="households_record_income", request=IncomeShape, responses=IncomeRow)
    def put(self, request: Request, household_id: UUID, year: int) -> Response:
        """Record all lines of a year."""
        values = self.shape(IncomeShape)
        values["lines"] = lines_from(values["lines"])
        draft = IncomeDraft(household_id=household_id, year=year, version=self.version(), **values)
        record_income([draft], actor=self.actor)
        return self._answer(find_household(household_id, actor=self.actor), year)

    def _answer(self, household: Household, year: int) -> Response:
        return self.row(income_row(household, year), version=household.version)
