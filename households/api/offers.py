"""The shape in which apps above show what they offer to a household's income."""

from typing import Any

from rest_framework import serializers


class IncomeOfferRow(serializers.Serializer[Any]):
    """What was paid, and a visit may enter as a line of income with this item, amount and source."""

    kind = serializers.CharField(help_text="dividend, wage or post_pay")
    kind_label = serializers.CharField()
    line_id = serializers.UUIDField(help_text="The part of the dividend, the wage or the month.")
    year = serializers.IntegerField()
    paid_on = serializers.DateField(help_text="Of what is paid for a month its last day.")
    item_code = serializers.CharField()
    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    source = serializers.CharField()  # type: ignore[assignment]  # the name of a column, which the stubs take for another
    origin = serializers.CharField(allow_blank=True, help_text="The industry project or the post that it follows from.")
    is_recorded = serializers.BooleanField()
