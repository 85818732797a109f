"""The shapes of households' plans."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from assistance.enums import HouseholdPlanState
from assistance.models import HouseholdPlan
from households.models import Household
from households.queries.lists import in_division

_NO_NAMES = "No names or numbers of persons."


class HouseholdPlanShape(serializers.Serializer[Any]):
    """What is set out for a household."""

    goals = serializers.CharField(max_length=2000, help_text=_NO_NAMES)
    target_yuan = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, help_text="Net income per person and year."
    )
    no_development_reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class NewHouseholdPlan(HouseholdPlanShape):
    """The plan of a household for a year."""

    household_id = serializers.UUIDField()
    year = serializers.IntegerField(min_value=2000, max_value=2100)


class PlannedMeasureShape(serializers.Serializer[Any]):
    """A measure of a plan: kind of the list `measure`, action of `enrichment_action`, source of `funding_source`."""

    category_code = serializers.CharField(max_length=20)
    what = serializers.CharField(max_length=200, help_text=_NO_NAMES)
    action_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    planned_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, required=False)
    source_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    helper_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="Left out, it is the household's lead helper."
    )


class PlannedMeasureRow(PlannedMeasureShape):
    """A measure of a plan on file; `done_yuan` and `done_count` are of the measures that carry it out."""

    id = serializers.UUIDField()
    plan_id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    helper_name = serializers.CharField(allow_null=True)
    is_development = serializers.BooleanField()
    dropped_on = serializers.DateField(allow_null=True)
    done_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    done_count = serializers.IntegerField()
    version = serializers.IntegerField()


class HouseholdPlanRow(NewHouseholdPlan):
    """A plan on file; `reached_yuan` is the net income per person that the facts of its year say."""

    id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    state = serializers.ChoiceField(choices=HouseholdPlanState.choices)
    edition = serializers.IntegerField()
    adopted_on = serializers.DateField(allow_null=True)
    agreement_code = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    result = serializers.CharField()
    withdrawn_on = serializers.DateField(allow_null=True)
    planned_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    reached_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    version = serializers.IntegerField()


class EditionMeasure(serializers.Serializer[Any]):
    """A measure as an edition holds it, without words."""

    id = serializers.UUIDField()
    category_code = serializers.CharField()
    action_code = serializers.CharField()
    planned_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    source_code = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)


class HouseholdPlanEditionRow(serializers.Serializer[Any]):
    """A plan as it was adopted."""

    number = serializers.IntegerField()
    adopted_on = serializers.DateField()
    agreement_code = serializers.CharField()
    goals = serializers.CharField()
    target_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    reason = serializers.CharField()
    has_labour = serializers.BooleanField(allow_null=True)
    no_development_reason = serializers.CharField()
    planned_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    measures = EditionMeasure(many=True)


class HouseholdPlanDetail(HouseholdPlanRow):
    """A plan with its measures and editions."""

    measures = PlannedMeasureRow(many=True)
    editions = HouseholdPlanEditionRow(many=True)


class HouseholdPlanAdoption(serializers.Serializer[Any]):
    """The adoption of a plan; agreement of the list `visit_confirmation`, reason from the second edition on."""

    on = serializers.DateField()
    agreement_code = serializers.CharField(max_length=20)
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class HouseholdPlanClosing(serializers.Serializer[Any]):
    """What came of a plan."""

    on = serializers.DateField()
    result = serializers.CharField(max_length=2000, help_text=_NO_NAMES)


class HouseholdPlanWithdrawal(serializers.Serializer[Any]):
    """Why a plan was wrong."""

    reason = serializers.CharField(max_length=200)


class PlannedMeasureDrop(serializers.Serializer[Any]):
    """Why a measure is dropped."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)


class CarriedOut(serializers.Serializer[Any]):
    """The measure of the household's plan that a measure carries out; null for none."""

    planned_id = serializers.UUIDField(allow_null=True)


class WithoutPlanRow(serializers.Serializer[Any]):
    """A household without a plan; urgency 1 is at risk, 2 not lifted, 3 lifted while support lasts."""

    id = serializers.UUIDField(help_text="Of the household.")
    number = serializers.CharField()
    urgency = serializers.IntegerField()
    village_code = serializers.CharField()


class HouseholdPlanFilter(django_filters.FilterSet):
    """Narrow the plans."""

    household = django_filters.UUIDFilter(field_name="household_id")
    year = django_filters.NumberFilter()
    state = django_filters.ChoiceFilter(choices=HouseholdPlanState.choices)
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = HouseholdPlan
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[HouseholdPlan]", _name: str, code: str) -> "QuerySet[HouseholdPlan]":
        """Compare code ranges."""
        return in_division(rows, code)


class WithoutPlanFilter(django_filters.FilterSet):
    """Narrow those without a plan; the year is read by the view."""

    year = django_filters.NumberFilter(method="of_year", label="of which year; this one where it is left out")
    urgency = django_filters.NumberFilter()
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = Household
        fields: ClassVar[list[str]] = []

    def of_year(self, rows: "QuerySet[Household]", _name: str, _year: Any) -> "QuerySet[Household]":  # noqa: ANN401  (a number)
        """Leave the rows, which the view chose by the year."""
        return rows

    def of_division(self, rows: "QuerySet[Household]", _name: str, code: str) -> "QuerySet[Household]":
        """Compare code ranges."""
        return in_division(rows, code)
