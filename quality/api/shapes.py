"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar, Final

import django_filters
from rest_framework import serializers

from quality.enums import ExemptionState, FindingState, Severity
from quality.models import Exemption, Finding
from quality.queries.assignees import ASSIGNEES

ASSIGNEE_ROLES: Final = [role.value for role in ASSIGNEES]


class FindingRow(serializers.Serializer[Any]):
    """A finding; it quotes no value of the data."""

    id = serializers.UUIDField()
    rule_code = serializers.CharField(allow_blank=True)
    severity = serializers.ChoiceField(Severity.choices)
    sector = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(FindingState.choices)
    household_id = serializers.UUIDField(allow_null=True)
    person_id = serializers.UUIDField(allow_null=True)
    village_id = serializers.UUIDField(allow_null=True)
    village_code = serializers.CharField()
    first_seen_on = serializers.DateField()
    last_seen_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    reopened_count = serializers.IntegerField()
    assignee_role = serializers.CharField(allow_blank=True)
    assignee_id = serializers.UUIDField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    suspicion_list_id = serializers.UUIDField(allow_null=True)
    line_number = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


class FindingDetail(FindingRow):
    """A finding with what is wrong and how it is put right."""

    wrong = serializers.CharField()
    remedy = serializers.CharField()


class AssignShape(serializers.Serializer[Any]):
    """To whom a finding is given, and until when; `assignee_id` names a person in the role."""

    role = serializers.ChoiceField(ASSIGNEE_ROLES)
    assignee_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    due_on = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")


class ChosenShape(serializers.Serializer[Any]):
    """A finding at the version that was read."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)


class AssignManyShape(AssignShape):
    """Up to 500 findings, given together or not at all."""

    findings = serializers.ListField(child=ChosenShape(), min_length=1, max_length=500)


class Assigned(serializers.Serializer[Any]):
    """How many findings were given."""

    count = serializers.IntegerField()


class FindingAnswerShape(serializers.Serializer[Any]):
    """How it was verified that the data is true as recorded."""

    note = serializers.CharField(max_length=300)


class LineAnswerShape(serializers.Serializer[Any]):
    """The answer to a line of a list from above, with a file that proves it where there is one."""

    answer = serializers.ChoiceField(["fixed", "as_recorded"])
    note = serializers.CharField(max_length=300)
    file = serializers.FileField(required=False)


class ExemptionShape(serializers.Serializer[Any]):
    """Why a finding need not be put right, and until when."""

    reason = serializers.CharField(max_length=300)
    expires_on = serializers.DateField()


class ExemptionDecision(serializers.Serializer[Any]):
    """The decision of a second person."""

    approves = serializers.BooleanField()
    reason = serializers.CharField(max_length=300)


class ExemptionRow(serializers.Serializer[Any]):
    """A request that a finding need not be put right, and what was decided on it."""

    id = serializers.UUIDField()
    finding_id = serializers.UUIDField()
    rule_code = serializers.CharField(allow_blank=True)
    village_code = serializers.CharField()
    household_id = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(ExemptionState.choices)
    reason = serializers.CharField()
    expires_on = serializers.DateField()
    requested_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reason = serializers.CharField(allow_blank=True)


class ExemptionFilter(django_filters.FilterSet):
    """Narrow the exemptions."""

    state = django_filters.ChoiceFilter(choices=ExemptionState.choices)
    finding = django_filters.UUIDFilter(field_name="finding_id")
    household = django_filters.UUIDFilter(field_name="finding__household_id")
    village_code = django_filters.CharFilter(field_name="scope_code")

    class Meta:
        model = Exemption
        fields: ClassVar[list[str]] = []


class QualityRunRow(serializers.Serializer[Any]):
    """The job that runs the rules."""

    job_id = serializers.UUIDField()


class FindingFilter(django_filters.FilterSet):
    """Narrow the findings."""

    state = django_filters.ChoiceFilter(choices=FindingState.choices)
    rule_code = django_filters.CharFilter()
    village_code = django_filters.CharFilter(field_name="scope_code")
    household = django_filters.UUIDFilter(field_name="household_id")
    assignee = django_filters.UUIDFilter(field_name="assignee_id")
    suspicion_list = django_filters.UUIDFilter(field_name="suspicion_list_id")

    class Meta:
        model = Finding
        fields: ClassVar[list[str]] = []
