"""The shapes of monitoring cases and sweeps."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from dossiers.enums import CaseState, NextDue, OpenDay
from dossiers.models import MonitoringCase, SweepVillage
from households.queries.lists import in_division
from registry.lib.periods import today

_COUNT: dict[str, Any] = {"min_value": 0, "max_value": 100_000}
_YUAN: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class LeadShape(serializers.Serializer[Any]):
    """A lead. `is_without_labour` counts only where the ability of the members is not on file."""

    lead_on = serializers.DateField()
    lead_channel_code = serializers.CharField(max_length=20)
    category_code = serializers.CharField(max_length=20)
    risk_codes = serializers.ListField(child=serializers.CharField(max_length=20), min_length=1, max_length=5)
    disaster_code = serializers.CharField(max_length=20, default="", allow_blank=True)
    other_remark = serializers.CharField(max_length=200, default="", allow_blank=True)
    is_without_labour = serializers.BooleanField(default=False)
    campaign_id = serializers.UUIDField(default=None, allow_null=True)


class NewLeadShape(LeadShape):
    """A lead on a household; `is_monitored` enters the case of one that is monitored without a case."""

    household_id = serializers.UUIDField()
    is_monitored = serializers.BooleanField(default=False)


class CaseDecisionShape(serializers.Serializer[Any]):
    """The day and the reason of a decision."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class RemovalShape(CaseDecisionShape):
    """How a risk was removed."""

    manner_code = serializers.CharField(max_length=20)


class CheckShape(serializers.Serializer[Any]):
    """What was found before a risk is removed."""

    checked_on = serializers.DateField()
    checked_year = serializers.IntegerField(min_value=2000, max_value=2100)
    net_per_head_yuan = serializers.DecimalField(**_YUAN)
    has_schooling = serializers.BooleanField()
    has_medical_care = serializers.BooleanField()
    has_safe_housing = serializers.BooleanField()
    has_safe_water = serializers.BooleanField()


class CaseRow(serializers.Serializer[Any]):
    """A monitoring case."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    dossier_id = serializers.UUIDField(allow_null=True)
    sweep_village_id = serializers.UUIDField(allow_null=True)
    state = serializers.CharField()
    lead_on = serializers.DateField()
    lead_channel_code = serializers.CharField()
    category_code = serializers.CharField()
    risk_codes = serializers.ListField(child=serializers.CharField())
    disaster_code = serializers.CharField()
    other_remark = serializers.CharField()
    is_without_labour = serializers.BooleanField()
    due_on = serializers.DateField()
    due_basis = serializers.CharField()
    confirmed_on = serializers.DateField(allow_null=True)
    measures_due_on = serializers.DateField(allow_null=True)
    measured_on = serializers.DateField(allow_null=True)
    development_due_on = serializers.DateField(allow_null=True)
    developed_on = serializers.DateField(allow_null=True)
    removable_on = serializers.DateField(allow_null=True)
    checked_on = serializers.DateField(allow_null=True)
    checked_year = serializers.IntegerField(allow_null=True)
    net_per_head_yuan = serializers.DecimalField(allow_null=True, **_YUAN)
    line_yuan = serializers.DecimalField(allow_null=True, **_YUAN)
    has_schooling = serializers.BooleanField(allow_null=True)
    has_medical_care = serializers.BooleanField(allow_null=True)
    has_safe_housing = serializers.BooleanField(allow_null=True)
    has_safe_water = serializers.BooleanField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    removal_code = serializers.CharField()
    end_reason = serializers.CharField()
    next_due = serializers.CharField()
    next_due_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class OpenDayShape(serializers.Serializer[Any]):
    """A day that is open in a case: by which something is done, or, for `removal`, from which it may be."""

    kind = serializers.ChoiceField(choices=OpenDay.choices)
    on = serializers.DateField()


class DeadlineRow(serializers.Serializer[Any]):
    """Something that is due in a case; `days_left` is negative once its day has passed.

    `open_days` holds every day that is open in the case, the nearest first.
    """

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    state = serializers.CharField()
    category_code = serializers.CharField()
    risk_codes = serializers.ListField(child=serializers.CharField())
    lead_on = serializers.DateField()
    next_due = serializers.CharField()
    next_due_on = serializers.DateField()
    due_basis = serializers.CharField()
    due_on = serializers.DateField()
    measures_due_on = serializers.DateField(allow_null=True)
    measured_on = serializers.DateField(allow_null=True)
    development_due_on = serializers.DateField(allow_null=True)
    developed_on = serializers.DateField(allow_null=True)
    removable_on = serializers.DateField(allow_null=True)
    is_without_labour = serializers.BooleanField()
    open_days = OpenDayShape(many=True)
    days_left = serializers.IntegerField()
    is_overdue = serializers.BooleanField()


class CampaignShape(serializers.Serializer[Any]):
    """A campaign to be opened; `ends_on` is the first day after it."""

    name = serializers.CharField(max_length=100)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class CampaignRow(serializers.Serializer[Any]):
    """A campaign."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class SweepTotalsRow(serializers.Serializer[Any]):
    """The sums over the villages that the token sees."""

    villages = serializers.IntegerField()
    begun = serializers.IntegerField()
    done = serializers.IntegerField()
    to_visit = serializers.IntegerField()
    registered = serializers.IntegerField()
    visited = serializers.IntegerField()
    not_reached = serializers.IntegerField()
    leads = serializers.IntegerField()


class CampaignDetail(CampaignRow):
    """A campaign with its sums."""

    totals = SweepTotalsRow()


class CountShape(serializers.Serializer[Any]):
    """What was counted in a village up to a day."""

    counted_on = serializers.DateField()
    to_visit_count = serializers.IntegerField(**_COUNT)
    visited_count = serializers.IntegerField(**_COUNT)
    nobody_home_count = serializers.IntegerField(default=0, **_COUNT)
    working_away_count = serializers.IntegerField(default=0, **_COUNT)
    refused_count = serializers.IntegerField(default=0, **_COUNT)
    other_reason_count = serializers.IntegerField(default=0, **_COUNT)
    is_done = serializers.BooleanField(default=False)


class SweepVillageRow(serializers.Serializer[Any]):
    """A village of a campaign with its counts."""

    id = serializers.UUIDField()
    campaign_id = serializers.UUIDField()
    village_code = serializers.CharField()
    village_name = serializers.CharField()
    registered_count = serializers.IntegerField()
    to_visit_count = serializers.IntegerField(allow_null=True)
    visited_count = serializers.IntegerField()
    nobody_home_count = serializers.IntegerField()
    working_away_count = serializers.IntegerField()
    refused_count = serializers.IntegerField()
    other_reason_count = serializers.IntegerField()
    is_done = serializers.BooleanField()
    counted_on = serializers.DateField(allow_null=True)
    leads_count = serializers.IntegerField()
    version = serializers.IntegerField()


class CaseFilter(django_filters.FilterSet):
    """Narrow the cases."""

    household = django_filters.UUIDFilter(field_name="household_id")
    state = django_filters.ChoiceFilter(choices=CaseState.choices)
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = MonitoringCase
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[MonitoringCase]", _name: str, code: str) -> "QuerySet[MonitoringCase]":
        """Compare code ranges."""
        return in_division(rows, code)


class DeadlineFilter(django_filters.FilterSet):
    """Narrow what is due."""

    due = django_filters.ChoiceFilter(
        field_name="next_due", choices=[(due.value, due.label) for due in NextDue if due.value]
    )
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    overdue = django_filters.BooleanFilter(method="only_overdue", label="only what had to be done before today")

    class Meta:
        model = MonitoringCase
        fields: ClassVar[list[str]] = []

    of_division = CaseFilter.of_division

    def only_overdue(self, rows: "QuerySet[MonitoringCase]", _name: str, value: object) -> "QuerySet[MonitoringCase]":
        """Compare with today."""
        return rows.filter(next_due_on__lt=today()) if value else rows


class SweepVillageFilter(django_filters.FilterSet):
    """Narrow the villages of campaigns."""

    campaign = django_filters.UUIDFilter(field_name="campaign_id")
    is_done = django_filters.BooleanFilter()
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = SweepVillage
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[SweepVillage]", _name: str, code: str) -> "QuerySet[SweepVillage]":
        """Compare code ranges."""
        return in_division(rows, code)
