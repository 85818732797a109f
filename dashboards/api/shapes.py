"""The shapes of the first page in the API."""

from typing import Any

from rest_framework import serializers

from households.enums import PostingKind, Stock


class _FigureRow(serializers.Serializer[Any]):
    key = serializers.CharField()
    value = serializers.IntegerField()


class _VillageRow(serializers.Serializer[Any]):
    village_id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    figures = serializers.DictField(child=serializers.IntegerField(), help_text="without those that are zero")


class _FlowRow(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=PostingKind.choices)
    households_came = serializers.IntegerField()
    households_left = serializers.IntegerField()
    persons_came = serializers.IntegerField()
    persons_left = serializers.IntegerField()


class _MonthRow(serializers.Serializer[Any]):
    month = serializers.CharField(help_text="for example 2021-03")
    stock = serializers.ChoiceField(choices=Stock.choices)
    households_opening = serializers.IntegerField()
    households_closing = serializers.IntegerField(help_text="of the current month: today")
    persons_opening = serializers.IntegerField()
    persons_closing = serializers.IntegerField()
    flows = _FlowRow(many=True)


class _CauseRow(serializers.Serializer[Any]):
    stock = serializers.ChoiceField(choices=Stock.choices)
    cause_code = serializers.CharField(allow_blank=True)
    households = serializers.IntegerField()


class _CategoryRow(serializers.Serializer[Any]):
    category_code = serializers.CharField(allow_blank=True)
    households = serializers.IntegerField()


class _IncomeRow(serializers.Serializer[Any]):
    goal_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    villages = serializers.IntegerField()
    met = serializers.IntegerField()


class _StageRow(serializers.Serializer[Any]):
    kind = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class _CampaignRow(serializers.Serializer[Any]):
    period_id = serializers.UUIDField()
    name = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    days_left = serializers.IntegerField(help_text="of the stage, or between two stages of the campaign")
    stage = _StageRow(allow_null=True)
    next_stage = _StageRow(allow_null=True)


class DashboardRow(serializers.Serializer[Any]):
    """The figures of the area, each of which the token may list."""

    day = serializers.DateField()
    division = serializers.CharField(allow_blank=True)
    figures = _FigureRow(many=True)
    villages = _VillageRow(many=True)
    months = _MonthRow(many=True)
    causes = _CauseRow(many=True)
    categories = _CategoryRow(many=True)
    incomes = _IncomeRow(allow_null=True)
    campaign = _CampaignRow(allow_null=True)


class _WaitingRow(serializers.Serializer[Any]):
    key = serializers.CharField()
    count = serializers.IntegerField()
    is_urgent = serializers.BooleanField()


class WaitingRows(serializers.Serializer[Any]):
    """What waits for the token's post, what is overdue first."""

    results = _WaitingRow(many=True)
