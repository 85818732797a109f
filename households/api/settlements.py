"""Relocation settlements: the figures of each, and the households of one with the support since they moved in."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.queries.settlements import (
    Lack,
    lacking,
    settled_households,
    settled_rows,
    settlement_line,
    settlement_lines,
    support_since,
)
from registry.api.base import TenantAPIView
from registry.api.pagination import page


class SettlementRow(serializers.Serializer[Any]):
    """A settlement, counted of the households that the token may see; of a village outside the area without it."""

    settlement_id = serializers.UUIDField()
    name = serializers.CharField()
    village_id = serializers.UUIDField(allow_null=True)
    village_name = serializers.CharField(allow_blank=True)
    home_count = serializers.IntegerField(allow_null=True, help_text="Homes built.")
    households = serializers.IntegerField()
    persons = serializers.IntegerField()
    handed_over = serializers.IntegerField(help_text="Households that got the keys, or moved in.")
    moved_in = serializers.IntegerField()
    without_work = serializers.IntegerField(
        help_text="Moved in, nobody at work today, and not known to have nobody able to work."
    )
    without_follow_up = serializers.IntegerField(help_text="Moved in, and no support on file since that day.")


class SupportRow(serializers.Serializer[Any]):
    """How often one kind of support was given since the household moved in."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a column, which the stubs take for another
    count = serializers.IntegerField()
    last_on = serializers.DateField(allow_null=True)


class SettledHouseholdRow(serializers.Serializer[Any]):
    """A household of a settlement."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    village_code = serializers.CharField(help_text="Where it is on the register.")
    member_count = serializers.IntegerField()
    building = serializers.CharField()
    entrance = serializers.CharField()
    room = serializers.CharField()
    layout = serializers.CharField()
    housing_area_m2 = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    handed_over_on = serializers.DateField(allow_null=True)
    moved_in_on = serializers.DateField(allow_null=True)
    is_demolished = serializers.BooleanField(allow_null=True)
    is_residence_transferred = serializers.BooleanField(allow_null=True)
    has_property_certificate = serializers.BooleanField(allow_null=True)
    at_work = serializers.BooleanField(help_text="A present member is at work today.")
    may_work = serializers.BooleanField(help_text="False where it is known that nobody is able to work.")
    followed = serializers.BooleanField()
    support = SupportRow(many=True)


class SettledFilter(django_filters.FilterSet):
    """Narrow the households of a settlement to those that lack something."""

    lacks = django_filters.ChoiceFilter(
        choices=[(one.value, one.value) for one in Lack], method="of_lack", label="what they lack"
    )

    class Meta:
        fields: ClassVar[list[str]] = []

    def of_lack(self, rows: "QuerySet[Any]", _name: str, lack: str) -> "QuerySet[Any]":
        """Narrow to what is lacking."""
        return lacking(rows, Lack(lack))


class SettlementList(TenantAPIView):
    """The relocation settlements of the county."""

    actions: ClassVar = {"GET": "households.view_settlements"}
    parameters: ClassVar = {"division": "12 digits; settlements in the villages below it"}

    @extend_schema(operation_id="settlements_list", responses=SettlementRow(many=True))
    def get(self, request: Request) -> Response:
        """Count the households of each settlement. They are few, and go out whole."""
        lines = settlement_lines(self.actor, division=request.GET.get("division", ""))
        return Response({"next": None, "results": [asdict(line) for line in lines]})


class SettlementView(TenantAPIView):
    """One relocation settlement."""

    actions: ClassVar = {"GET": "households.view_settlements"}

    @extend_schema(operation_id="settlements_retrieve", responses=SettlementRow)
    def get(self, request: Request, settlement_id: UUID) -> Response:
        """Show the figures of a settlement."""
        return Response(asdict(settlement_line(settlement_id, actor=self.actor)))


class SettlementHouseholds(TenantAPIView):
    """The households of one settlement."""

    actions: ClassVar = {"GET": "households.view_settlements"}
    filters: ClassVar = SettledFilter
    paged: ClassVar = True

    @extend_schema(operation_id="settlements_households", responses=SettledHouseholdRow(many=True))
    def get(self, request: Request, settlement_id: UUID) -> Response:
        """List the households with what was done for them since they moved in."""
        settlement_line(settlement_id, actor=self.actor)
        rows = settled_households(self.actor).filter(settlement_id=settlement_id)
        found = page(settled_rows(self.filtered(rows)), self.request)
        support = support_since({row["id"]: row["moved_in_on"] for row in found["results"]})
        found["results"] = [{**row, "support": [asdict(one) for one in support[row["id"]]]} for row in found["results"]]
        return Response(found)
