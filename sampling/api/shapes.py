"""The shapes of the sample checks."""

from typing import Any

from rest_framework import serializers

from sampling.enums import CheckState, Group, Outcome, Section


class SampleShape(serializers.Serializer[Any]):
    """A sample check to announce; `snapshot_id` is a picture of the whole county."""

    name = serializers.CharField(max_length=60)
    snapshot_id = serializers.UUIDField()
    size = serializers.IntegerField(min_value=1, max_value=1_000_000)
    cap_per_village = serializers.IntegerField(min_value=1, max_value=1_000_000)


class SampleRow(SampleShape):
    """A sample check on file."""

    id = serializers.UUIDField()
    frame_on = serializers.DateField(help_text="Day of the list.")
    state = serializers.ChoiceField(choices=CheckState.choices)
    seed = serializers.CharField()
    announced_at = serializers.DateTimeField()
    drawn_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    frame_digest = serializers.CharField(help_text="SHA-256 of the list, a line for each household; empty until drawn.")
    version = serializers.IntegerField()


class EstimateRow(serializers.Serializer[Any]):
    """What a stratum shows; the line of all strata has no township and no group. Rates lie from 0 to 1."""

    township_code = serializers.CharField(allow_blank=True)
    group = serializers.ChoiceField(choices=Group.choices, allow_blank=True)
    households = serializers.IntegerField()
    drawn = serializers.IntegerField()
    checked = serializers.IntegerField()
    wrong = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval.")
    high = serializers.FloatField(allow_null=True, help_text="Upper end of the 95 % interval.")
    covered_ratio = serializers.FloatField(help_text="Share of the households of which the rate speaks.")


class SampleDetailRow(SampleRow):
    """A sample check with what it shows."""

    results = EstimateRow(many=True)


class SampleReason(serializers.Serializer[Any]):
    """Why a check is cancelled."""

    reason = serializers.CharField(max_length=200)


class SampledHouseholdRow(serializers.Serializer[Any]):
    """A household that was drawn."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    place = serializers.IntegerField(help_text="Place in the draw of its stratum.")
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    wrong_codes = serializers.ListField(child=serializers.ChoiceField(choices=Section.choices))
    checked_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class ResultShape(serializers.Serializer[Any]):
    """What the check of a household found."""

    outcome = serializers.ChoiceField(choices=[one for one in Outcome.choices if one[0]])
    wrong_codes = serializers.ListField(child=serializers.ChoiceField(choices=Section.choices), default=list)
    on = serializers.DateField()
