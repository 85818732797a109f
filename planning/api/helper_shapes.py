"""The shapes of plans of helpers."""

from typing import Any

import django_filters
from rest_framework import serializers

from planning.enums import Before, HelperPartState, HelperPlanState, Origin, Outcome, Why

_WEIGHT: dict[str, Any] = {"min_value": 0, "max_value": 10, "required": False}


class HelperPlanShape(serializers.Serializer[Any]):
    """A plan of helpers: its area and first day, and what counts how much."""

    title = serializers.CharField(max_length=100)
    area_code = serializers.CharField(max_length=12, required=False, allow_blank=True, help_text="Empty: the county.")
    starts_on = serializers.DateField()
    weight_near = serializers.IntegerField(**_WEIGHT)
    weight_stay = serializers.IntegerField(**_WEIGHT)
    keeps_leads = serializers.BooleanField(required=False)


class HelperPlanRow(HelperPlanShape):
    """A plan of helpers, as it is on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=HelperPlanState.choices)
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    open_parts_count = serializers.IntegerField()


class HelperProposalRow(serializers.Serializer[Any]):
    """A proposal. `cost` and `bound` in points: no permitted plan costs less than `bound`."""

    id = serializers.UUIDField()
    plan_id = serializers.UUIDField()
    number = serializers.IntegerField()
    origin = serializers.ChoiceField(choices=Origin.choices)
    cost = serializers.IntegerField()
    bound = serializers.IntegerField()
    helpers_count = serializers.IntegerField()
    households_count = serializers.IntegerField()
    covered_count = serializers.IntegerField()
    changed_count = serializers.IntegerField()
    reason = serializers.CharField()
    is_chosen = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class HelperProposalFilter(django_filters.FilterSet):
    """Proposals of one plan."""

    plan_id = django_filters.UUIDFilter()


class HelperChoiceFilter(django_filters.FilterSet):
    """Choices that change the lead, or that give none."""

    changes = django_filters.BooleanFilter()
    uncovered = django_filters.BooleanFilter(field_name="helper", lookup_expr="isnull")


class HelperChoiceRow(serializers.Serializer[Any]):
    """The helper of a household, with the reasons in the reader's language."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    helper_id = serializers.UUIDField(allow_null=True)
    helper_name = serializers.CharField()
    present_id = serializers.UUIDField(allow_null=True)
    why = serializers.ChoiceField(choices=Why.choices)
    before = serializers.ChoiceField(choices=Before.choices)
    by_hand = serializers.BooleanField()
    changes = serializers.BooleanField()
    km = serializers.IntegerField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    reasons = serializers.ListField(child=serializers.CharField())


class HelperHandShape(serializers.Serializer[Any]):
    """Another helper for a household, null for no new one, and why."""

    household_id = serializers.UUIDField()
    helper_id = serializers.UUIDField(allow_null=True)
    reason = serializers.CharField(max_length=200)


class HelperPartRow(serializers.Serializer[Any]):
    """A township's part of a published plan."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    plan_id = serializers.UUIDField()
    proposal_id = serializers.UUIDField()
    scope_code = serializers.CharField(help_text="The township.")
    changed_count = serializers.IntegerField()
    state = serializers.ChoiceField(choices=HelperPartState.choices)
    decided_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField()
    applied_count = serializers.IntegerField()
    left_count = serializers.IntegerField()


class RelatedShape(serializers.Serializer[Any]):
    """A household by its number, and the helper; a helper at work leaves the helper out."""

    household_number = serializers.CharField(max_length=32)
    helper_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class NotedRow(serializers.Serializer[Any]):
    """Noted, whether or not there is such a household."""

    noted = serializers.BooleanField()


class RelatedPairRow(serializers.Serializer[Any]):
    """A household and a helper who are related, for a plan that is not over."""

    id = serializers.UUIDField()
    plan_id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    helper_id = serializers.UUIDField()
