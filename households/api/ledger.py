"""The ledger: the stock of any past day, as known at any later moment."""

from dataclasses import asdict
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.enums import Stock
from households.queries.stocks import posted_stock_on
from registry.api.base import TenantAPIView


class StockQuestion(serializers.Serializer[Any]):
    """The day, and the moment whose knowledge counts; without one all that is known now."""

    on = serializers.DateField()
    known_at = serializers.DateTimeField(required=False, default=None)


class StockRow(serializers.Serializer[Any]):
    """How many households and persons one stock holds in one village."""

    village_code = serializers.CharField()
    stock = serializers.ChoiceField(Stock.choices)
    households = serializers.IntegerField()
    persons = serializers.IntegerField()


class StockList(TenantAPIView):
    """The stock of a day by village and category."""

    actions: ClassVar = {"GET": "households.view_ledger"}
    parameters: ClassVar = {
        "on": "the day, included; required",
        "known_at": "only what was recorded before this moment counts; all that is known now where it is left out",
    }

    @extend_schema(operation_id="ledger_stock_list", responses=StockRow(many=True))
    def get(self, request: Request) -> Response:
        """Add up the postings of the day."""
        question = StockQuestion(data=request.GET)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        rows = posted_stock_on(asked["on"], known_at=asked["known_at"])
        return Response({"next": None, "results": [asdict(row) for row in rows]})
