"""The shapes of dispatch plans."""

from typing import Any

import django_filters
from rest_framework import serializers

from planning.enums import Direction, Need, Origin, PartState, PlanState

_WEIGHT: dict[str, Any] = {"min_value": 0, "max_value": 10, "required": False}
_SHARE: dict[str, Any] = {"allow_null": True, "help_text": "A share between 0 and 1, null where nothing is known."}


class DispatchUnitShape(serializers.Serializer[Any]):
    """A unit to be sent. Fields left out stay, or begin as usual."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="Of the list `unit_kind`."
    )
    level_code = serializers.CharField(max_length=20)
    paired_province_code = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="Of the list `paired_province`: for the kind of paired aid, and for that kind only.",
    )
    uscc = serializers.CharField(max_length=18, required=False, allow_blank=True)
    capacity = serializers.IntegerField(min_value=0, max_value=500, required=False)
    strength = serializers.IntegerField(min_value=0, max_value=100, required=False)
    skills = serializers.ListField(child=serializers.ChoiceField(choices=Need.choices), required=False, max_length=3)
    longitude = serializers.DecimalField(9, 6, min_value=-180, max_value=180, required=False, allow_null=True)
    latitude = serializers.DecimalField(8, 6, min_value=-90, max_value=90, required=False, allow_null=True)
    is_active = serializers.BooleanField(required=False)


class DispatchUnitRow(DispatchUnitShape):
    """A unit to be sent, as it is on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class DispatchPlanShape(serializers.Serializer[Any]):
    """A plan: its period, what counts how much, and its limits."""

    title = serializers.CharField(max_length=100)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The first day after the period.")
    weight_income = serializers.IntegerField(**_WEIGHT)
    weight_risk = serializers.IntegerField(**_WEIGHT)
    weight_remoteness = serializers.IntegerField(**_WEIGHT)
    weight_facilities = serializers.IntegerField(**_WEIGHT)
    weight_hardest = serializers.IntegerField(**_WEIGHT)
    weight_skills = serializers.IntegerField(**_WEIGHT)
    weight_distance = serializers.IntegerField(**_WEIGHT)
    weight_change = serializers.IntegerField(**_WEIGHT)
    farthest_km = serializers.IntegerField(min_value=1, max_value=5000, required=False, allow_null=True)
    keeps_teams = serializers.BooleanField(required=False)


class DispatchPlanRow(DispatchPlanShape):
    """A plan, as it is on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=PlanState.choices)
    needs_taken_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class ProposalAskedShape(serializers.Serializer[Any]):
    """A proposal whose choices by hand are kept, if any."""

    after = serializers.UUIDField(required=False, allow_null=True, default=None)


class JobAskedRow(serializers.Serializer[Any]):
    """The job that reckons."""

    job_id = serializers.UUIDField()


class ProposalRow(serializers.Serializer[Any]):
    """A proposal. `cost` and `bound` in points: no permitted plan costs less than `bound`."""

    id = serializers.UUIDField()
    plan_id = serializers.UUIDField()
    number = serializers.IntegerField()
    origin = serializers.ChoiceField(choices=Origin.choices)
    cost = serializers.IntegerField()
    bound = serializers.IntegerField()
    villages_count = serializers.IntegerField()
    covered_count = serializers.IntegerField()
    moved_count = serializers.IntegerField()
    mean_km = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    is_chosen = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class ProposalFilter(django_filters.FilterSet):
    """Proposals of one plan."""

    plan_id = django_filters.UUIDFilter()


class ChoiceRow(serializers.Serializer[Any]):
    """The unit of a village, with the reasons in the reader's language."""

    village_code = serializers.CharField()
    village_name = serializers.CharField()
    county_code = serializers.CharField()
    difficulty = serializers.DecimalField(4, 3)
    rank = serializers.IntegerField(help_text="From the hardest village on.")
    unit_id = serializers.UUIDField(allow_null=True)
    unit_name = serializers.CharField()
    by_hand = serializers.BooleanField()
    km = serializers.IntegerField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())


class ProposalDetail(ProposalRow):
    """A proposal with its villages, the hardest first."""

    choices = ChoiceRow(many=True)


class WantedChoice(serializers.Serializer[Any]):
    """Another unit for a village; null for none."""

    village_code = serializers.CharField(max_length=12)
    unit_id = serializers.UUIDField(allow_null=True)


class HandShape(serializers.Serializer[Any]):
    """Changes by hand, and why."""

    choices = serializers.ListField(child=WantedChoice(), min_length=1, max_length=500)
    reason = serializers.CharField(max_length=200)


class ReasonShape(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class PartRow(serializers.Serializer[Any]):
    """A county's part of a published plan, on either side."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    direction = serializers.ChoiceField(choices=Direction.choices)
    other_code = serializers.CharField()
    other_name = serializers.CharField()
    title = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.ChoiceField(choices=PartState.choices)
    answer = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class PartVillageRow(serializers.Serializer[Any]):
    """A village of a part."""

    village_code = serializers.CharField()
    village_name = serializers.CharField()
    unit_name = serializers.CharField()
    kind_code = serializers.CharField()
    level_code = serializers.CharField()
    paired_province_code = serializers.CharField()
    uscc = serializers.CharField()
    team_id = serializers.UUIDField(allow_null=True)


class PartDetail(PartRow):
    """A part with its villages."""

    villages = PartVillageRow(many=True)


class LedTeam(serializers.Serializer[Any]):
    """Who leads the team of a village."""

    village_code = serializers.CharField(max_length=12)
    leader_name = serializers.CharField(max_length=60)


class StationShape(serializers.Serializer[Any]):
    """The teams that begin their stay, each with its leader."""

    teams = serializers.ListField(child=LedTeam(), min_length=1, max_length=500)


class VillageNeedRow(serializers.Serializer[Any]):
    """The figures of need of one village, without persons."""

    code = serializers.CharField()
    name = serializers.CharField()
    income = serializers.FloatField(**_SHARE)
    risk = serializers.FloatField(**_SHARE)
    facilities = serializers.FloatField(**_SHARE)
    remoteness_km = serializers.IntegerField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    latitude = serializers.FloatField(allow_null=True)
    team_unit = serializers.CharField()
    team_level = serializers.CharField()
    team_uscc = serializers.CharField()
    team_until = serializers.CharField(help_text="The first day after the team's term; empty where none is stated.")


class CountyNeedsRow(serializers.Serializer[Any]):
    """The newest figures of one county."""

    county_code = serializers.CharField()
    county_name = serializers.CharField()
    published_at = serializers.DateTimeField()
    villages = VillageNeedRow(many=True)


class PublishedNeedsRow(serializers.Serializer[Any]):
    """What was published."""

    month = serializers.DateField()
    edition = serializers.IntegerField()
