"""The county's own figures that income is computed with: shares of cost, what counts, and the lines of the years."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain import coefficients as figures
from households.models import CostCoefficient, IncomeRule, YearLine
from registry.api.base import TenantAPIView

_ACTIONS = {"GET": "households.view_coefficients", "POST": figures.MANAGE}
_AMENDING = {"PUT": figures.MANAGE}


class CoefficientAmendment(serializers.Serializer[Any]):
    """The share of gross income that a product costs, 0 to 1."""

    cost_ratio = serializers.DecimalField(max_digits=5, decimal_places=4, min_value=0, max_value=1)


class CoefficientShape(CoefficientAmendment):
    """A share of cost; an empty product holds for all products of the item that have no share of their own."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    item_code = serializers.CharField(max_length=20)
    product = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


class CoefficientRow(CoefficientShape):
    """A share of cost with its version."""

    id = serializers.UUIDField()
    withdrawn_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class IncomeRuleAmendment(serializers.Serializer[Any]):
    """Whether an item counts towards the net."""

    counts_toward_net = serializers.BooleanField()


class IncomeRuleShape(IncomeRuleAmendment):
    """From which year on an item of income counts, or does not."""

    item_code = serializers.CharField(max_length=20)
    from_year = serializers.IntegerField(min_value=2000, max_value=2100)


class IncomeRuleRow(IncomeRuleShape):
    """A rule of income with its version."""

    id = serializers.UUIDField()
    withdrawn_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class LinesAmendment(serializers.Serializer[Any]):
    """The poverty line and the line of monitoring, in yuan per person and year; empty means that there is none."""

    poverty_line_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, allow_null=True)
    monitoring_line_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, allow_null=True)
    valid_from = serializers.DateField()
    # The product's word; DRF has an attribute of the same name, which the metaclass keeps apart.
    source = serializers.CharField(  # type: ignore[assignment]  # see above
        max_length=200, required=False, allow_blank=True, default=""
    )


class LinesShape(LinesAmendment):
    """The lines of a year."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)


class LinesRow(LinesShape):
    """The lines of a year with their version."""

    id = serializers.UUIDField()
    withdrawn_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class FigureWithdrawal(serializers.Serializer[Any]):
    """Why a figure is taken out of force."""

    reason = serializers.CharField(max_length=200)


class CoefficientFilter(django_filters.FilterSet):
    """Narrow the shares of cost."""

    year = django_filters.NumberFilter()
    item = django_filters.CharFilter(field_name="item_code")

    class Meta:
        model = CostCoefficient
        fields: ClassVar[list[str]] = []


class CoefficientList(TenantAPIView):
    """The county's shares of cost."""

    actions: ClassVar = _ACTIONS
    filters: ClassVar = CoefficientFilter
    paged: ClassVar = True

    @extend_schema(operation_id="cost_coefficients_list", responses=CoefficientRow(many=True))
    def get(self, request: Request) -> Response:
        """List the shares of cost."""
        return self.page(self.filtered(CostCoefficient.objects.all()), _coefficients)

    @extend_schema(operation_id="cost_coefficients_create", request=CoefficientShape, responses={201: CoefficientRow})
    def post(self, request: Request) -> Response:
        """Enter a share of cost; incomes already recorded keep theirs."""
        wanted = self.shape(CoefficientShape)
        row = figures.set_cost_coefficient(
            wanted["year"], wanted["item_code"], wanted["product"], cost_ratio=wanted["cost_ratio"], actor=self.actor
        )
        return self.row(_coefficients(CostCoefficient.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class CoefficientDetail(TenantAPIView):
    """One share of cost."""

    actions: ClassVar = _AMENDING

    @extend_schema(operation_id="cost_coefficients_amend", request=CoefficientAmendment, responses=CoefficientRow)
    def put(self, request: Request, coefficient_id: UUID) -> Response:
        """Correct a share of cost."""
        wanted = self.shape(CoefficientAmendment)
        row = figures.amend_cost_coefficient(coefficient_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_coefficients(CostCoefficient.objects.filter(pk=row.pk)).get(), version=row.version)


class IncomeRuleList(TenantAPIView):
    """What counts towards the net in the county."""

    actions: ClassVar = _ACTIONS
    paged: ClassVar = True

    @extend_schema(operation_id="income_rules_list", responses=IncomeRuleRow(many=True))
    def get(self, request: Request) -> Response:
        """List the rules of income."""
        return self.page(IncomeRule.objects.all(), _rules)

    @extend_schema(operation_id="income_rules_create", request=IncomeRuleShape, responses={201: IncomeRuleRow})
    def post(self, request: Request) -> Response:
        """Say from a year on whether an item counts; lines already recorded keep what they say."""
        wanted = self.shape(IncomeRuleShape)
        row = figures.set_income_rule(
            wanted["item_code"], wanted["from_year"], counts_toward_net=wanted["counts_toward_net"], actor=self.actor
        )
        return self.row(_rules(IncomeRule.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class IncomeRuleDetail(TenantAPIView):
    """One rule of income."""

    actions: ClassVar = _AMENDING

    @extend_schema(operation_id="income_rules_amend", request=IncomeRuleAmendment, responses=IncomeRuleRow)
    def put(self, request: Request, income_rule_id: UUID) -> Response:
        """Correct a rule of income."""
        wanted = self.shape(IncomeRuleAmendment)
        row = figures.amend_income_rule(income_rule_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_rules(IncomeRule.objects.filter(pk=row.pk)).get(), version=row.version)


class LinesList(TenantAPIView):
    """The poverty and monitoring lines by year."""

    actions: ClassVar = _ACTIONS
    paged: ClassVar = True

    @extend_schema(operation_id="year_lines_list", responses=LinesRow(many=True))
    def get(self, request: Request) -> Response:
        """List the lines of the years."""
        return self.page(YearLine.objects.all(), _lines)

    @extend_schema(operation_id="year_lines_create", request=LinesShape, responses={201: LinesRow})
    def post(self, request: Request) -> Response:
        """Enter the lines of a year."""
        row = figures.set_year_line(actor=self.actor, **self.shape(LinesShape))
        return self.row(_lines(YearLine.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class LinesDetail(TenantAPIView):
    """The lines of one year."""

    actions: ClassVar = _AMENDING

    @extend_schema(operation_id="year_lines_amend", request=LinesAmendment, responses=LinesRow)
    def put(self, request: Request, year_line_id: UUID) -> Response:
        """Correct the lines of a year."""
        wanted = self.shape(LinesAmendment)
        row = figures.amend_year_line(year_line_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_lines(YearLine.objects.filter(pk=row.pk)).get(), version=row.version)


class CoefficientWithdrawal(TenantAPIView):
    """The end of a share of cost."""

    actions: ClassVar = {"POST": figures.MANAGE}

    @extend_schema(operation_id="cost_coefficients_withdraw", request=FigureWithdrawal, responses=CoefficientRow)
    def post(self, request: Request, coefficient_id: UUID) -> Response:
        """Take a share of cost out of force; it stays on file."""
        wanted = self.shape(FigureWithdrawal)
        row = figures.withdraw_cost_coefficient(coefficient_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_coefficients(CostCoefficient.objects.filter(pk=row.pk)).get(), version=row.version)


class IncomeRuleWithdrawal(TenantAPIView):
    """The end of a rule of income."""

    actions: ClassVar = {"POST": figures.MANAGE}

    @extend_schema(operation_id="income_rules_withdraw", request=FigureWithdrawal, responses=IncomeRuleRow)
    def post(self, request: Request, income_rule_id: UUID) -> Response:
        """Take a rule of income out of force; it stays on file."""
        wanted = self.shape(FigureWithdrawal)
        row = figures.withdraw_income_rule(income_rule_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_rules(IncomeRule.objects.filter(pk=row.pk)).get(), version=row.version)


class LinesWithdrawal(TenantAPIView):
    """The end of the lines of a year."""

    actions: ClassVar = {"POST": figures.MANAGE}

    @extend_schema(operation_id="year_lines_withdraw", request=FigureWithdrawal, responses=LinesRow)
    def post(self, request: Request, year_line_id: UUID) -> Response:
        """Take the lines of a year out of force; it stays on file."""
        wanted = self.shape(FigureWithdrawal)
        row = figures.withdraw_year_line(year_line_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_lines(YearLine.objects.filter(pk=row.pk)).get(), version=row.version)


def _coefficients(rows: Any) -> Any:  # noqa: ANN401  (a query set, and one of dictionaries)
    return rows.values("id", "version", "withdrawn_on", "year", "item_code", "product", "cost_ratio")


def _rules(rows: Any) -> Any:  # noqa: ANN401  (as above)
    return rows.values("id", "version", "withdrawn_on", "item_code", "from_year", "counts_toward_net")


def _lines(rows: Any) -> Any:  # noqa: ANN401  (as above)
    lines = ("poverty_line_yuan", "monitoring_line_yuan", "valid_from", "source")
    return rows.values("id", "version", "withdrawn_on", "year", *lines)
