"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from entitlements.domain.answers import MOST_AT_ONCE
from entitlements.enums import EntitlementAnswer, EntitlementKind, EntitlementState, PolicyObject
from entitlements.models import EntitlementFinding


class EntitlementRow(serializers.Serializer[Any]):
    """What is due and not received, or received and not due; it quotes no value of the data."""

    id = serializers.UUIDField()
    policy_code = serializers.CharField()
    policy_version = serializers.IntegerField()
    year = serializers.IntegerField()
    kind = serializers.ChoiceField(EntitlementKind.choices)
    sector = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(EntitlementState.choices)
    household_id = serializers.UUIDField()
    person_id = serializers.UUIDField(allow_null=True)
    village_code = serializers.CharField()
    first_seen_on = serializers.DateField()
    last_seen_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    reopened_count = serializers.IntegerField()
    answer = serializers.ChoiceField(EntitlementAnswer.choices, allow_blank=True)
    answered_on = serializers.DateField(allow_null=True)
    answered_by = serializers.UUIDField(allow_null=True)
    ask_again_on = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class EntitlementDetail(EntitlementRow):
    """The same with what was found and what is to be done, in the reader's language."""

    policy = serializers.CharField()
    found = serializers.CharField()
    todo = serializers.CharField()


class EntitlementAnswerShape(serializers.Serializer[Any]):
    """An answer as of a day (today), with a reason where it needs one."""

    answer = serializers.ChoiceField(EntitlementAnswer.choices)
    on = serializers.DateField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")


class EntitlementChosenShape(serializers.Serializer[Any]):
    """A finding at the version that was read."""

    entitlement_id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)


class EntitlementAnswerManyShape(EntitlementAnswerShape):
    """Up to 500 findings of one kind, answered together or not at all."""

    entitlements = serializers.ListField(child=EntitlementChosenShape(), min_length=1, max_length=MOST_AT_ONCE)


class EntitlementsAnswered(serializers.Serializer[Any]):
    """How many findings were answered."""

    count = serializers.IntegerField()


class EntitlementWithdrawalShape(serializers.Serializer[Any]):
    """Why an answer is taken back."""

    reason = serializers.CharField(max_length=300)


class EntitlementFilter(django_filters.FilterSet):
    """Narrow the findings."""

    state = django_filters.ChoiceFilter(choices=EntitlementState.choices)
    kind = django_filters.ChoiceFilter(choices=EntitlementKind.choices)
    answer = django_filters.ChoiceFilter(choices=EntitlementAnswer.choices)
    policy_code = django_filters.CharFilter()
    village_code = django_filters.CharFilter(field_name="scope_code")
    household = django_filters.UUIDFilter(field_name="household_id")

    class Meta:
        model = EntitlementFinding
        fields: ClassVar[list[str]] = []


class PolicyFigureRow(serializers.Serializer[Any]):
    """A figure: what is shipped, what counts in the county this year, and the paper that it stands in."""

    name = serializers.CharField()
    default = serializers.DecimalField(max_digits=14, decimal_places=2)
    value = serializers.DecimalField(max_digits=14, decimal_places=2)
    is_own = serializers.BooleanField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # the field's own name hides that of the base


class PolicyRow(serializers.Serializer[Any]):
    """A policy with its words in the reader's language; `is_proposal` says that its figures are ours."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    object = serializers.ChoiceField(PolicyObject.choices)
    sector = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    due = serializers.CharField()
    received = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # as above
    is_proposal = serializers.BooleanField()
    is_asked = serializers.BooleanField()
    figures = PolicyFigureRow(many=True)


class PolicyFigureShape(serializers.Serializer[Any]):
    """A figure from a year on, with its source; `enabled` 0 switches the policy off."""

    name = serializers.CharField(max_length=40)
    from_year = serializers.IntegerField(min_value=2014, max_value=2100)
    value = serializers.DecimalField(max_digits=14, decimal_places=2)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # as above


class VillageCountRow(serializers.Serializer[Any]):
    """What is open in a village."""

    village_code = serializers.CharField()
    due_not_received = serializers.IntegerField()
    received_not_due = serializers.IntegerField()


class AnswerCountRow(serializers.Serializer[Any]):
    """How many findings of a policy and kind stand in a state, with an answer or none."""

    policy_code = serializers.CharField()
    kind = serializers.ChoiceField(EntitlementKind.choices)
    state = serializers.ChoiceField(EntitlementState.choices)
    answer = serializers.ChoiceField(EntitlementAnswer.choices, allow_blank=True)
    count = serializers.IntegerField()


class EntitlementFigures(serializers.Serializer[Any]):
    """Counts of the area that the token may see."""

    villages = VillageCountRow(many=True)
    answers = AnswerCountRow(many=True)


class EntitlementRunRow(serializers.Serializer[Any]):
    """The job that asks the policies."""

    job_id = serializers.UUIDField()
