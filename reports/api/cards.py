"""Cards of a household and of a village as files."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.queries.visibility import find_household
from registry.api.base import TenantAPIView
from registry.api.files import file_response
from reports.catalogue.base import Report
from reports.domain.cards import CardDraft, Printed, household_reports, print_card, print_of_village, village_reports
from reports.enums import Format
from villages.queries.villages import find_village

_RIGHT = "reports.view_cards"
_FILE: Any = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class CardRow(serializers.Serializer[Any]):
    """A card or list that can be printed, and the files that it can be had as."""

    report = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    formats = serializers.ListField(child=serializers.ChoiceField(Format.choices))
    has_sealed = serializers.BooleanField(help_text="whether numbers stand in it that are masked without a reason")


class CardRequest(serializers.Serializer[Any]):
    """Which card to print, as which file, of which day and moment; with a reason numbers are shown in full."""

    report = serializers.CharField(max_length=40, help_text="assistance-handbook")
    format = serializers.ChoiceField(Format.choices)
    as_of = serializers.DateField(required=False, help_text="today without one")
    known_at = serializers.DateTimeField(required=False, help_text="as known now without one")
    reveal_reason = serializers.CharField(required=False, allow_blank=True, max_length=200)


class HouseholdCards(TenantAPIView):
    """The cards of one household."""

    actions: ClassVar = {"GET": _RIGHT, "POST": _RIGHT}
    versioned: ClassVar = False

    @extend_schema(operation_id="household_cards_list", responses=CardRow(many=True))
    def get(self, request: Request, household_id: UUID) -> Response:
        """List what can be printed of the household."""
        find_household(household_id, actor=self.actor)
        return Response({"next": None, "results": [_row(report) for report in household_reports(self.actor)]})

    @extend_schema(operation_id="household_cards_print", request=CardRequest, responses=_FILE)
    def post(self, request: Request, household_id: UUID) -> HttpResponseBase:
        """Print a card. It is audited."""
        return _answer(print_card(household_id, _draft(self.shape(CardRequest)), actor=self.actor))


class VillageCards(TenantAPIView):
    """The cards and lists of one village."""

    actions: ClassVar = {"GET": _RIGHT, "POST": _RIGHT}
    versioned: ClassVar = False

    @extend_schema(operation_id="village_cards_list", responses=CardRow(many=True))
    def get(self, request: Request, village_id: UUID) -> Response:
        """List what can be printed of the village."""
        find_village(village_id)
        return Response({"next": None, "results": [_row(report) for report in village_reports(self.actor)]})

    @extend_schema(operation_id="village_cards_print", request=CardRequest, responses=_FILE)
    def post(self, request: Request, village_id: UUID) -> HttpResponseBase:
        """Print a card or list of the village. It is audited."""
        return _answer(print_of_village(village_id, _draft(self.shape(CardRequest)), actor=self.actor))


def _row(report: Report) -> dict[str, Any]:
    return {
        "report": report.id,
        "title_zh": report.title.zh,
        "title_en": report.title.en,
        "formats": [str(one) for one in report.formats],
        "has_sealed": report.has_sealed,
    }


def _draft(wanted: dict[str, Any]) -> CardDraft:
    values = {**wanted}
    return CardDraft(values.pop("report"), **values)


def _answer(made: Printed) -> HttpResponseBase:
    return file_response(made.content, name=made.name, media_type=made.media_type)
