"""The round of a village: the households in the order of the way, with what a visit to each has to ask."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.enums import VisitSection
from households.queries.rounds import round_of, villages_of_round
from registry.api.base import TenantAPIView
from registry.lib.errors import NotFound


class RoundQuestion(serializers.Serializer[Any]):
    """Which village, and the year of which is asked."""

    village = serializers.CharField(min_length=12, max_length=12)
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    unvisited = serializers.BooleanField(default=False)
    page = serializers.IntegerField(min_value=1, default=1)


class HouseRow(serializers.Serializer[Any]):
    """One household of the round; `to_ask` are the parts of the form that nobody told or confirmed for the year."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    head_name = serializers.CharField()
    group_name = serializers.CharField()
    address = serializers.CharField()
    is_visited = serializers.BooleanField()
    last_visited_on = serializers.DateField(allow_null=True)
    collector_name = serializers.CharField()
    doubt_count = serializers.IntegerField()
    doubted = serializers.ListField(child=serializers.ChoiceField(VisitSection.choices))
    to_ask = serializers.ListField(child=serializers.ChoiceField(VisitSection.choices))


class RoundRow(serializers.Serializer[Any]):
    """A page of the round, in the order of the way, and how far the round is."""

    household_count = serializers.IntegerField()
    visited_count = serializers.IntegerField()
    shown_count = serializers.IntegerField()
    page = serializers.IntegerField()
    page_count = serializers.IntegerField()
    houses = HouseRow(many=True)


class RoundView(TenantAPIView):
    """The round of one village."""

    actions: ClassVar = {"GET": "households.visit"}
    parameters: ClassVar = {
        "village": "12 digits of the village; required",
        "year": "the year that is asked; required",
        "unvisited": "true leaves out whom somebody visited for the year",
        "page": "the page of the way, from 1",
    }

    @extend_schema(operation_id="households_round", responses=RoundRow)
    def get(self, request: Request) -> Response:
        """Show a page of the round."""
        question = RoundQuestion(data=request.GET)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        if asked["village"] not in dict(villages_of_round(self.actor)):
            message = _("There is no such record, or it lies outside your area.")
            raise NotFound("registry.not_found", message, field="village")
        found = round_of(
            asked["village"],
            asked["year"],
            actor=self.actor,
            only_unvisited=asked["unvisited"],
            page=asked["page"],
        )
        return self.row(asdict(found))
