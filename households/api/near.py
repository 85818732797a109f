"""Persons of the county who look alike."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain.near import settle_near
from households.enums import NearReason, NearState
from households.models import NearDuplicate
from households.queries.near import near_rows, near_visible_to
from registry.api.base import TenantAPIView


class NearRow(serializers.Serializer[Any]):
    """An own person who looks like somebody else of the county.

    Id and name of the other one are given where the token may see that person, and else empty: village and township
    say where to call. `other_left` is true of one who lives in no household any more: left, or died, when found.
    """

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    why = serializers.ChoiceField(NearReason.choices)
    other_village = serializers.CharField()
    other_township = serializers.CharField()
    other_id = serializers.UUIDField(allow_null=True)
    other_name = serializers.CharField(allow_blank=True)
    other_left = serializers.BooleanField()
    state = serializers.ChoiceField(NearState.choices)
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class NearSettlement(serializers.Serializer[Any]):
    """What the two persons are, and why."""

    state = serializers.ChoiceField([state for state in NearState.values if state != NearState.NEW])
    reason = serializers.CharField(max_length=200)


class NearFilter(django_filters.FilterSet):
    """Narrow the worklist."""

    person = django_filters.UUIDFilter(field_name="person_id")
    state = django_filters.MultipleChoiceFilter(choices=NearState.choices)
    why = django_filters.MultipleChoiceFilter(choices=NearReason.choices)

    class Meta:
        model = NearDuplicate
        fields: ClassVar[list[str]] = []


class NearList(TenantAPIView):
    """The worklist of persons who look alike."""

    actions: ClassVar = {"GET": "households.view_near"}
    filters: ClassVar = NearFilter
    paged: ClassVar = True

    @extend_schema(operation_id="near_duplicates_list", responses=NearRow(many=True))
    def get(self, request: Request) -> Response:
        """List the own persons who look like somebody else of the county, settled ones as well."""
        return self.page(self.filtered(near_visible_to(self.actor)), partial(near_rows, actor=self.actor))


class NearSettle(TenantAPIView):
    """What two of them are."""

    actions: ClassVar = {"POST": "households.settle_near"}

    @extend_schema(operation_id="near_duplicates_settle", request=NearSettlement, responses=NearRow)
    def post(self, request: Request, near_id: UUID) -> Response:
        """Settle two persons who look alike, on both sides; it takes somebody who sees both."""
        wanted = self.shape(NearSettlement)
        near = settle_near(near_id, wanted["state"], actor=self.actor, reason=wanted["reason"], version=self.version())
        row = near_rows(NearDuplicate.objects.filter(pk=near.pk), actor=self.actor).get()
        return self.row(row, version=near.version)
