"""Work records: list, bulk write, amend, withdraw."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import F, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.shapes import Ids
from households.domain.work import MOST_RECORDS, WorkDraft, amend_work, record_work_of_many, withdraw_work
from households.models import WorkRecord
from households.queries.lists import in_division
from households.queries.work import find_work, work_rows, work_visible_to
from registry.api.base import TenantAPIView


class WorkShape(serializers.Serializer[Any]):
    """Work in whole months of one year; empty means unknown."""

    starts_on = serializers.DateField(help_text="The first day of the first month.")
    ends_on = serializers.DateField(
        required=False, allow_null=True, help_text="The first day of the first month without it; empty: still there."
    )
    division_code = serializers.CharField(
        max_length=12, required=False, allow_blank=True, help_text="A county, prefecture or province of 12 digits."
    )
    employer = serializers.CharField(max_length=100, required=False, allow_blank=True)
    industry_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    monthly_income_yuan = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    channel_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    is_point_to_point = serializers.BooleanField(required=False, allow_null=True, default=None)
    transport_subsidy_yuan = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    service_codes = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=10)


class WorkOfPerson(WorkShape):
    """Work of one person: done (已外出) or planned (计划外出)."""

    person_id = serializers.UUIDField()
    is_planned = serializers.BooleanField(required=False, default=False)


class WorkList(serializers.Serializer[Any]):
    """Up to 500 records, taken together or not at all."""

    records = serializers.ListField(child=WorkOfPerson(), min_length=1, max_length=MOST_RECORDS)


class WorkRow(WorkOfPerson):
    """A work record; one that ends on the day it starts was withdrawn."""

    id = serializers.UUIDField()
    year = serializers.IntegerField()
    person_number = serializers.CharField()
    person_name = serializers.CharField()
    village_code = serializers.CharField()
    version = serializers.IntegerField()


class Withdrawal(serializers.Serializer[Any]):
    """Why a record was wrong."""

    reason = serializers.CharField(max_length=200)


class WorkFilter(django_filters.FilterSet):
    """Narrow the work records."""

    person = django_filters.UUIDFilter(field_name="person_id")
    year = django_filters.NumberFilter()
    is_planned = django_filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce=lambda text: text == "true"
    )
    division = django_filters.CharFilter(method="of_division", label="12 digits; persons who live there")
    month = django_filters.DateFilter(method="of_month", label="records that cover the month of that day")

    class Meta:
        model = WorkRecord
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[WorkRecord]", _name: str, code: str) -> "QuerySet[WorkRecord]":
        """Compare code ranges."""
        return in_division(rows, code)

    def of_month(self, rows: "QuerySet[WorkRecord]", _name: str, day: Any) -> "QuerySet[WorkRecord]":  # noqa: ANN401  (a date, as the filter gives it)
        """Ask for records of that year which have begun and not ended."""
        lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
        return rows.filter(
            ~Q(ends_on=F("starts_on")) | Q(ends_on__isnull=True), lasting, year=day.year, starts_on__lte=day
        )


def draft_of(values: dict[str, Any]) -> WorkDraft:
    """Make a draft from a shape."""
    return WorkDraft(**{**values, "service_codes": tuple(values.get("service_codes", ()))})


class _WorkView(TenantAPIView):
    """A view of one work record."""

    def answer(self, row: WorkRecord) -> Response:
        """Show the record as it is now, with its version."""
        shown = work_rows(work_visible_to(self.actor).filter(pk=row.pk)).get()
        return self.row(shown, version=row.version)


class WorkRecordList(TenantAPIView):
    """The work records of the persons that the token may see."""

    actions: ClassVar = {"GET": "households.view", "POST": "households.record_work"}
    filters: ClassVar = WorkFilter
    paged: ClassVar = True

    @extend_schema(operation_id="work_records_list", responses=WorkRow(many=True))
    def get(self, request: Request) -> Response:
        """List work records, past and withdrawn ones too."""
        return self.page(self.filtered(work_visible_to(self.actor)), work_rows)

    @extend_schema(operation_id="work_records_create", request=WorkList, responses={201: Ids})
    def post(self, request: Request) -> Response:
        """Enter records; one of the same person, kind and first month is brought up to date."""
        wanted = self.shape(WorkList)["records"]
        drafts = [(values.pop("person_id"), draft_of(values)) for values in wanted]
        rows = record_work_of_many(drafts, actor=self.actor)
        return self.row({"ids": [row.pk for row in rows]}, status=201)


class WorkRecordDetail(_WorkView):
    """One work record."""

    actions: ClassVar = {"GET": "households.view", "PUT": "households.record_work"}

    @extend_schema(operation_id="work_records_retrieve", responses=WorkRow)
    def get(self, request: Request, record_id: UUID) -> Response:
        """Show a work record."""
        return self.answer(find_work(record_id, actor=self.actor))

    @extend_schema(operation_id="work_records_amend", request=WorkShape, responses=WorkRow)
    def put(self, request: Request, record_id: UUID) -> Response:
        """Correct or end a work record: what is left out becomes unknown."""
        draft = draft_of(self.shape(WorkShape))
        return self.answer(amend_work(record_id, draft, actor=self.actor, version=self.version()))


class WorkRecordWithdrawal(_WorkView):
    """The withdrawal of one work record."""

    actions: ClassVar = {"POST": "households.record_work"}

    @extend_schema(operation_id="work_records_withdraw", request=Withdrawal, responses=WorkRow)
    def post(self, request: Request, record_id: UUID) -> Response:
        """Take back a record that was entered in error."""
        wanted = self.shape(Withdrawal)
        return self.answer(withdraw_work(record_id, actor=self.actor, version=self.version(), **wanted))
