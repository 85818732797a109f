"""The county's objection periods: for how long objections are heard before somebody never confirmed is anonymised."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain.anonymise import amend_objection_period, set_objection_period
from households.models import ObjectionPeriod
from registry.api.base import TenantAPIView

_MANAGE = "households.manage_objections"


class ObjectionDays(serializers.Serializer[Any]):
    """For how many days objections are heard."""

    days = serializers.IntegerField(min_value=1, max_value=32_767)


class NewObjectionPeriod(ObjectionDays):
    """The rule for closings of a day and later."""

    starts_on = serializers.DateField()


class ObjectionPeriodRow(NewObjectionPeriod):
    """A rule on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


def period_rows(rows: "QuerySet[ObjectionPeriod]") -> "QuerySet[Any, Any]":
    """Give the columns of objection periods."""
    found: QuerySet[Any, Any] = rows.values(*ObjectionPeriodRow().fields)
    return found


class _PeriodView(TenantAPIView):
    """A view that shows one rule after changing it."""

    def answer(self, row: ObjectionPeriod, *, status: int = 200) -> Response:
        """Show the rule as it is now, with its version."""
        shown = period_rows(ObjectionPeriod.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class ObjectionPeriodList(_PeriodView):
    """The county's rules."""

    actions: ClassVar = {"GET": "households.view_objections", "POST": _MANAGE}
    paged: ClassVar = True

    @extend_schema(operation_id="objection_periods_list", responses=ObjectionPeriodRow(many=True))
    def get(self, request: Request) -> Response:
        """List the rules, former ones too."""
        return self.page(ObjectionPeriod.objects.all(), period_rows)

    @extend_schema(
        operation_id="objection_periods_create", request=NewObjectionPeriod, responses={201: ObjectionPeriodRow}
    )
    def post(self, request: Request) -> Response:
        """State how long objections are heard from a day on; the nightly work begins by itself."""
        wanted = self.shape(NewObjectionPeriod)
        return self.answer(set_objection_period(wanted.pop("starts_on"), actor=self.actor, **wanted), status=201)


class ObjectionPeriodView(_PeriodView):
    """One rule."""

    actions: ClassVar = {"PUT": _MANAGE}

    @extend_schema(operation_id="objection_periods_amend", request=ObjectionDays, responses=ObjectionPeriodRow)
    def put(self, request: Request, objection_period_id: UUID) -> Response:
        """Change its days."""
        wanted = self.shape(ObjectionDays)
        row = amend_objection_period(objection_period_id, actor=self.actor, version=self.version(), **wanted)
        return self.answer(row)
