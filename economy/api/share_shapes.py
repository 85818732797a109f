"""The shapes of shares and dividends."""

from typing import Any

from rest_framework import serializers

from economy.enums import DividendState


def _yuan(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, **more)


class FundShape(serializers.Serializer[Any]):
    """What shares are held in: a village's collective, or a project whose money was turned to shares."""

    village_id = serializers.UUIDField()
    name = serializers.CharField(max_length=100)
    folded_yuan = _yuan(required=False, allow_null=True)
    share_total = serializers.DecimalField(max_digits=12, decimal_places=2, required=False, allow_null=True)


class FundRow(FundShape):
    """A fund on file."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    project_id = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()


class HoldingShape(serializers.Serializer[Any]):
    """Shares from a day on; without a household they are the village's own."""

    household_id = serializers.UUIDField(allow_null=True)
    share_count = serializers.DecimalField(max_digits=12, decimal_places=2)
    on = serializers.DateField()


class HoldingRow(serializers.Serializer[Any]):
    """A holding on file."""

    id = serializers.UUIDField()
    fund_id = serializers.UUIDField()
    household_id = serializers.UUIDField(allow_null=True)
    household_number = serializers.CharField(allow_null=True)
    share_count = serializers.DecimalField(max_digits=12, decimal_places=2)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class HoldingEnd(serializers.Serializer[Any]):
    """The first day without the shares."""

    on = serializers.DateField()


class StatedPart(serializers.Serializer[Any]):
    """The part of a holder as a list has it; without a household the village's."""

    household_id = serializers.UUIDField(allow_null=True)
    amount_yuan = _yuan()


class DividendShape(serializers.Serializer[Any]):
    """A dividend; its parts follow from the shares of its day, and where `lines` states them they must be the same."""

    fund_id = serializers.UUIDField()
    paid_on = serializers.DateField()
    amount_yuan = _yuan()
    kept_yuan = _yuan(help_text="What the village keeps before the rest is shared out.")
    lines = StatedPart(many=True, required=False)


class DividendRow(serializers.Serializer[Any]):
    """A dividend on file."""

    id = serializers.UUIDField()
    fund_id = serializers.UUIDField()
    fund_name = serializers.CharField()
    project_id = serializers.UUIDField(allow_null=True)
    village_code = serializers.CharField()
    paid_on = serializers.DateField()
    amount_yuan = _yuan()
    kept_yuan = _yuan()
    state = serializers.ChoiceField(choices=DividendState.choices)
    decision_reason = serializers.CharField()
    version = serializers.IntegerField()


class DividendPartRow(StatedPart):
    """The part of a holder."""

    id = serializers.UUIDField()
    household_number = serializers.CharField(allow_null=True)
    share_count = serializers.DecimalField(max_digits=12, decimal_places=2)


class DividendDetailRow(DividendRow):
    """A dividend with the parts of the holders in the token's area."""

    lines = DividendPartRow(many=True)


class Approval(serializers.Serializer[Any]):
    """A word on the decision, where there is one."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class Refusal(serializers.Serializer[Any]):
    """Why it is refused or withdrawn."""

    reason = serializers.CharField(max_length=200)
