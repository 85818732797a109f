"""Persons whom another county has too."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain.duplicates import settle_duplicate
from households.enums import DuplicateState
from households.models import DuplicateNotice
from households.queries.duplicates import notice_rows, notices_visible_to
from registry.api.base import TenantAPIView


class DuplicateRow(serializers.Serializer[Any]):
    """An own person whom another county has too: that county's name and whom to call, and nothing else of it."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    other_county = serializers.CharField()
    other_contact = serializers.CharField()
    state = serializers.ChoiceField(DuplicateState.choices)
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)
    other_state = serializers.ChoiceField(DuplicateState.choices)
    version = serializers.IntegerField()


class DuplicateSettlement(serializers.Serializer[Any]):
    """What became of the person, and why."""

    state = serializers.ChoiceField([state for state in DuplicateState.values if state != DuplicateState.NEW])
    reason = serializers.CharField(max_length=200)


class DuplicateFilter(django_filters.FilterSet):
    """Narrow the worklist."""

    person = django_filters.UUIDFilter(field_name="person_id")
    state = django_filters.MultipleChoiceFilter(choices=DuplicateState.choices)

    class Meta:
        model = DuplicateNotice
        fields: ClassVar[list[str]] = []


class DuplicateList(TenantAPIView):
    """The worklist of persons of two counties."""

    actions: ClassVar = {"GET": "households.view_duplicates"}
    filters: ClassVar = DuplicateFilter
    paged: ClassVar = True

    @extend_schema(operation_id="duplicates_list", responses=DuplicateRow(many=True))
    def get(self, request: Request) -> Response:
        """List the own persons whom another county has too, settled ones as well."""
        return self.page(self.filtered(notices_visible_to(self.actor)), notice_rows)


class DuplicateSettle(TenantAPIView):
    """What became of one of them."""

    actions: ClassVar = {"POST": "households.settle_duplicate"}

    @extend_schema(operation_id="duplicates_settle", request=DuplicateSettlement, responses=DuplicateRow)
    def post(self, request: Request, notice_id: UUID) -> Response:
        """Settle a person of two counties; the other county is told by letter."""
        wanted = self.shape(DuplicateSettlement)
        notice = settle_duplicate(
            notice_id, wanted["state"], actor=self.actor, reason=wanted["reason"], version=self.version()
        )
        row = notice_rows(notices_visible_to(self.actor).filter(pk=notice.pk)).get()
        return self.row(row, version=notice.version)
