"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from assistance.models import Pairing
from households.queries.history import covering
from households.queries.lists import in_division


class PairingRow(serializers.Serializer[Any]):
    """A pairing; `helper_id` null means that the unit stands in, which is open."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    helper_id = serializers.UUIDField(allow_null=True)
    helper_name = serializers.CharField(allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    is_lead = serializers.BooleanField()
    starts_on = serializers.DateField(allow_null=True)
    starts_precision = serializers.CharField()
    ends_on = serializers.DateField(allow_null=True)
    end_reason = serializers.CharField()
    version = serializers.IntegerField()


class PairingShape(serializers.Serializer[Any]):
    """Pair a household with a helper: as lead where there is none, or as a further helper."""

    household_id = serializers.UUIDField()
    helper_id = serializers.UUIDField()
    on = serializers.DateField()
    is_lead = serializers.BooleanField(default=True)


class HandOverShape(serializers.Serializer[Any]):
    """The next lead of the household; without `helper_id` the unit stands in for 30 days."""

    helper_id = serializers.UUIDField(required=False, allow_null=True)
    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)


class PairingEnd(serializers.Serializer[Any]):
    """The first day without the pairing, and why."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)


class HelperRow(serializers.Serializer[Any]):
    """A helper of the county."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind_code = serializers.CharField(help_text="A code of the list `helper_kind`.")
    rank_code = serializers.CharField(help_text="A code of the list `helper_rank`; empty where nobody said.")
    takes_part = serializers.BooleanField(help_text="Whether a plan of helpers may give this helper households.")
    unit_id = serializers.UUIDField(allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()


class HelperShape(serializers.Serializer[Any]):
    """The fields of a helper; those left out stay, or begin as usual. The telephone comes in and never goes out."""

    name = serializers.CharField(max_length=60, required=False)
    kind_code = serializers.CharField(max_length=20, required=False, help_text="A code of the list `helper_kind`.")
    rank_code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="A code of the list `helper_rank`."
    )
    takes_part = serializers.BooleanField(required=False, help_text="Whether plans of helpers count on this one.")
    unit_id = serializers.UUIDField(required=False, allow_null=True, help_text="Null for a private person alone.")
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, help_text="Empty takes it away.")


class VisitPlanShape(serializers.Serializer[Any]):
    """How many visits the county owes each household in a year: 1, 2, 3, 4, 6 or 12."""

    visits = serializers.IntegerField(min_value=1, max_value=12)
    risk_visits = serializers.IntegerField(
        min_value=1,
        max_value=12,
        required=False,
        allow_null=True,
        default=None,
        help_text="Of households whose risk is not removed, where they differ.",
    )


class NewVisitPlan(VisitPlanShape):
    """The visits of a year."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)


class VisitPlanRow(NewVisitPlan):
    """The visits of a year, as on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class PairingFilter(django_filters.FilterSet):
    """Narrow the pairings."""

    household = django_filters.UUIDFilter(field_name="household_id")
    helper = django_filters.UUIDFilter(field_name="helper_id")
    is_lead = django_filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce=lambda text: text == "true"
    )
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    on = django_filters.DateFilter(method="of_day", label="pairings of that day")

    class Meta:
        model = Pairing
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Pairing]", _name: str, code: str) -> "QuerySet[Pairing]":
        """Compare code ranges."""
        return in_division(rows, code)

    def of_day(self, rows: "QuerySet[Pairing]", _name: str, day: Any) -> "QuerySet[Pairing]":  # noqa: ANN401  (a date, as the filter gives it)
        """Ask whether the day lies in the period."""
        return rows.filter(covering(day))
