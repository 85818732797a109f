"""Measures: list, enter, amend, withdraw."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.domain.measures import MeasureDraft, amend_measure, record_measure, withdraw_measure
from assistance.models import Measure
from assistance.queries.measures import find_measure, measure_rows, measures_visible_to
from households.queries.history import covering
from households.queries.lists import in_division
from registry.api.base import TenantAPIView


class MeasureShape(serializers.Serializer[Any]):
    """A measure: kind and item of the list `measure`, state of the list `measure_state`, period half open."""

    category_code = serializers.CharField(max_length=20)
    item_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    state_code = serializers.CharField(max_length=20)
    starts_on = serializers.DateField(required=False, allow_null=True, help_text="Not empty for one under way.")
    ends_on = serializers.DateField(required=False, allow_null=True, help_text="The first day without it.")
    money_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True)
    note = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="No names or numbers of persons."
    )


class NewMeasure(MeasureShape):
    """A measure for a household."""

    household_id = serializers.UUIDField()


class MeasureRow(NewMeasure):
    """A measure on file; one that ends on the day it starts was withdrawn."""

    id = serializers.UUIDField()
    is_development = serializers.BooleanField()
    planned_id = serializers.UUIDField(allow_null=True, help_text="What of the household's plan it carries out.")
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    version = serializers.IntegerField()


class MeasureWithdrawal(serializers.Serializer[Any]):
    """Why a measure was wrong."""

    reason = serializers.CharField(max_length=200)


class MeasureFilter(django_filters.FilterSet):
    """Narrow the measures."""

    household = django_filters.UUIDFilter(field_name="household_id")
    category = django_filters.CharFilter(field_name="category_code")
    state = django_filters.CharFilter(field_name="state_code")
    is_development = django_filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce=lambda text: text == "true"
    )
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    on = django_filters.DateFilter(method="of_day", label="measures of that day")

    class Meta:
        model = Measure
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Measure]", _name: str, code: str) -> "QuerySet[Measure]":
        """Compare code ranges."""
        return in_division(rows, code)

    def of_day(self, rows: "QuerySet[Measure]", _name: str, day: Any) -> "QuerySet[Measure]":  # noqa: ANN401  (a date, as the filter gives it)
        """Ask whether the day lies in the period; one without a first day has not begun."""
        return rows.filter(covering(day), starts_on__isnull=False)


class _MeasureView(TenantAPIView):
    """A view that shows one measure after changing it."""

    def answer(self, row: Measure, *, status: int = 200) -> Response:
        """Show the measure as it is now, with its version."""
        shown = measure_rows(measures_visible_to(self.actor).filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class MeasureList(_MeasureView):
    """The measures of the households that the token may see."""

    actions: ClassVar = {"GET": "assistance.view", "POST": "assistance.record_measure"}
    filters: ClassVar = MeasureFilter
    paged: ClassVar = True

    @extend_schema(operation_id="measures_list", responses=MeasureRow(many=True))
    def get(self, request: Request) -> Response:
        """List measures, past and withdrawn ones too."""
        return self.page(self.filtered(measures_visible_to(self.actor)), measure_rows)

    @extend_schema(operation_id="measures_create", request=NewMeasure, responses={201: MeasureRow})
    def post(self, request: Request) -> Response:
        """Enter a measure."""
        wanted = self.shape(NewMeasure)
        household_id = wanted.pop("household_id")
        return self.answer(record_measure(household_id, MeasureDraft(**wanted), actor=self.actor), status=201)


class MeasureDetail(_MeasureView):
    """One measure."""

    actions: ClassVar = {"GET": "assistance.view", "PUT": "assistance.record_measure"}

    @extend_schema(operation_id="measures_retrieve", responses=MeasureRow)
    def get(self, request: Request, measure_id: UUID) -> Response:
        """Show a measure."""
        return self.answer(find_measure(measure_id, actor=self.actor))

    @extend_schema(operation_id="measures_amend", request=MeasureShape, responses=MeasureRow)
    def put(self, request: Request, measure_id: UUID) -> Response:
        """Correct or end a measure: what is left out becomes unknown."""
        draft = MeasureDraft(**self.shape(MeasureShape))
        return self.answer(amend_measure(measure_id, draft, actor=self.actor, version=self.version()))


class MeasureWithdrawalView(_MeasureView):
    """The withdrawal of one measure."""

    actions: ClassVar = {"POST": "assistance.record_measure"}

    @extend_schema(operation_id="measures_withdraw", request=MeasureWithdrawal, responses=MeasureRow)
    def post(self, request: Request, measure_id: UUID) -> Response:
        """Take back a measure that was entered in error."""
        wanted = self.shape(MeasureWithdrawal)
        return self.answer(withdraw_measure(measure_id, actor=self.actor, version=self.version(), **wanted))
