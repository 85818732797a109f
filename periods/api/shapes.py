"""The shapes of periods."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from periods.enums import PeriodKind, PeriodState, SnapshotState, StageKind
from periods.models import Period


class PeriodStageShape(serializers.Serializer[Any]):
    """A dated stage of a campaign; both days belong to it."""

    kind = serializers.ChoiceField(StageKind.choices)
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class PeriodShape(serializers.Serializer[Any]):
    """A period: of the calendar by its days, or a campaign with a name and stages."""

    kind = serializers.ChoiceField(PeriodKind.choices)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    stages = PeriodStageShape(many=True, required=False)


class PeriodCampaignShape(serializers.Serializer[Any]):
    """A campaign as it is to be: all its stages, not only those that change."""

    name = serializers.CharField(max_length=60)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    stages = PeriodStageShape(many=True)


class PeriodYearShape(serializers.Serializer[Any]):
    """A calendar year."""

    year = serializers.IntegerField(min_value=2000, max_value=2099)


class PeriodReopeningShape(serializers.Serializer[Any]):
    """Why a period is to be opened again."""

    reason = serializers.CharField(max_length=200)


class PeriodDecisionShape(serializers.Serializer[Any]):
    """Whether the period is opened again."""

    approve = serializers.BooleanField()


class PeriodRow(serializers.Serializer[Any]):
    """A period in the list; `edition` and `checksum` are of the picture that counts."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(PeriodKind.choices)
    name = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    state = serializers.ChoiceField(PeriodState.choices)
    frozen_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    edition = serializers.IntegerField(allow_null=True)
    checksum = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()


class PeriodYearRow(serializers.Serializer[Any]):
    """The periods that were made of a year; those that were there already are not among them."""

    year = serializers.IntegerField()
    made = PeriodRow(many=True)


class PeriodEditionRow(serializers.Serializer[Any]):
    """A picture that was asked for of a period."""

    id = serializers.UUIDField()
    edition = serializers.IntegerField()
    state = serializers.ChoiceField(SnapshotState.choices)
    taken_at = serializers.DateTimeField(allow_null=True)
    households = serializers.IntegerField()
    persons = serializers.IntegerField()
    villages = serializers.IntegerField()
    checksum = serializers.CharField(allow_blank=True)
    error_code = serializers.CharField(allow_blank=True)
    error = serializers.CharField(allow_blank=True)


class PeriodReopeningRow(serializers.Serializer[Any]):
    """A request to open a period again; without a decision while it waits."""

    id = serializers.UUIDField()
    reason = serializers.CharField()
    asked_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    is_approved = serializers.BooleanField(allow_null=True)


class PeriodDetailRow(PeriodRow):
    """A period with its stages; editions and reopenings for those who may see them."""

    stages = PeriodStageShape(many=True)
    editions = PeriodEditionRow(many=True)
    reopenings = PeriodReopeningRow(many=True)


class BehindRow(serializers.Serializer[Any]):
    """A line behind a figure: a household that stood (`status`), a posting (`kind`, days), a village (`has_team`)."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField(required=False)
    village_code = serializers.CharField()
    status = serializers.CharField(required=False)
    kind = serializers.CharField(required=False)
    effective_on = serializers.DateField(required=False)
    recorded_at = serializers.DateTimeField(required=False)
    name = serializers.CharField(required=False)
    has_team = serializers.BooleanField(required=False)
    households = serializers.IntegerField(required=False)
    persons = serializers.IntegerField(required=False)


class PeriodFilter(django_filters.FilterSet):
    """Narrow the periods."""

    kind = django_filters.ChoiceFilter(choices=PeriodKind.choices)
    state = django_filters.ChoiceFilter(choices=PeriodState.choices)
    year = django_filters.NumberFilter("first_day__year", help_text="2020")

    class Meta:
        model = Period
        fields: ClassVar[list[str]] = []
