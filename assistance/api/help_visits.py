"""Visits of helpers: list, enter, amend, withdraw; and what is due."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.domain.help_visits import HelpVisitDraft, amend_help_visit, record_help_visit, withdraw_help_visit
from assistance.models import HelpVisit
from assistance.queries.help_visits import find_help_visit, help_visit_rows, help_visits_visible_to
from assistance.queries.visits_due import due_rows, visits_due
from households.models import Household
from households.queries.lists import in_division
from registry.api.base import TenantAPIView
from registry.lib.periods import today


class HelpVisitShape(serializers.Serializer[Any]):
    """A visit: place of the list `visit_place`, confirmation of the list `visit_confirmation`."""

    visited_on = serializers.DateField(help_text="Never in the future.")
    place_code = serializers.CharField(max_length=20)
    confirmation_code = serializers.CharField(max_length=20)
    found = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="No names or numbers of persons."
    )


class NewHelpVisit(HelpVisitShape):
    """A visit to a household; a helper at work needs not name the helper."""

    household_id = serializers.UUIDField()
    helper_id = serializers.UUIDField(required=False)


class HelpVisitRow(HelpVisitShape):
    """A visit on file; a withdrawn one counts nowhere."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    helper_id = serializers.UUIDField()
    helper_name = serializers.CharField()
    village_code = serializers.CharField()
    withdrawn_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class HelpVisitWithdrawal(serializers.Serializer[Any]):
    """Why a visit was entered in error."""

    reason = serializers.CharField(max_length=200)


class VisitDueRow(serializers.Serializer[Any]):
    """A household that is owed a visit by the county's plan; overdue where the day is past."""

    id = serializers.UUIDField(help_text="Of the household.")
    number = serializers.CharField()
    village_code = serializers.CharField()
    due_on = serializers.DateField()
    is_overdue = serializers.BooleanField()


class HelpVisitFilter(django_filters.FilterSet):
    """Narrow the visits."""

    household = django_filters.UUIDFilter(field_name="household_id")
    helper = django_filters.UUIDFilter(field_name="helper_id")
    since = django_filters.DateFilter(field_name="visited_on", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="visited_on", lookup_expr="lt", label="not included")
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = HelpVisit
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[HelpVisit]", _name: str, code: str) -> "QuerySet[HelpVisit]":
        """Compare code ranges."""
        return in_division(rows, code)


class VisitDueFilter(django_filters.FilterSet):
    """Narrow what is due."""

    is_overdue = django_filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce=lambda text: text == "true"
    )
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = Household
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Household]", _name: str, code: str) -> "QuerySet[Household]":
        """Compare code ranges."""
        return in_division(rows, code)


class _HelpVisitView(TenantAPIView):
    """A view that shows one visit after changing it."""

    def answer(self, row: HelpVisit, *, status: int = 200) -> Response:
        """Show the visit as it is now, with its version."""
        shown = help_visit_rows(help_visits_visible_to(self.actor).filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class HelpVisitList(_HelpVisitView):
    """The visits to the households that the token may see."""

    actions: ClassVar = {"GET": "assistance.view", "POST": "assistance.record_help_visit"}
    filters: ClassVar = HelpVisitFilter
    paged: ClassVar = True

    @extend_schema(operation_id="help_visits_list", responses=HelpVisitRow(many=True))
    def get(self, request: Request) -> Response:
        """List visits of helpers, withdrawn ones too."""
        return self.page(self.filtered(help_visits_visible_to(self.actor)), help_visit_rows)

    @extend_schema(operation_id="help_visits_create", request=NewHelpVisit, responses={201: HelpVisitRow})
    def post(self, request: Request) -> Response:
        """Enter a visit of a helper."""
        wanted = self.shape(NewHelpVisit)
        household_id, helper_id = wanted.pop("household_id"), wanted.pop("helper_id", None)
        row = record_help_visit(household_id, HelpVisitDraft(**wanted), actor=self.actor, helper_id=helper_id)
        return self.answer(row, status=201)


class HelpVisitDetail(_HelpVisitView):
    """One visit of a helper."""

    actions: ClassVar = {"GET": "assistance.view", "PUT": "assistance.record_help_visit"}

    @extend_schema(operation_id="help_visits_retrieve", responses=HelpVisitRow)
    def get(self, request: Request, help_visit_id: UUID) -> Response:
        """Show a visit."""
        return self.answer(find_help_visit(help_visit_id, actor=self.actor))

    @extend_schema(operation_id="help_visits_amend", request=HelpVisitShape, responses=HelpVisitRow)
    def put(self, request: Request, help_visit_id: UUID) -> Response:
        """Correct a visit."""
        draft = HelpVisitDraft(**self.shape(HelpVisitShape))
        return self.answer(amend_help_visit(help_visit_id, draft, actor=self.actor, version=self.version()))


class HelpVisitWithdrawalView(_HelpVisitView):
    """The withdrawal of one visit."""

    actions: ClassVar = {"POST": "assistance.record_help_visit"}

    @extend_schema(operation_id="help_visits_withdraw", request=HelpVisitWithdrawal, responses=HelpVisitRow)
    def post(self, request: Request, help_visit_id: UUID) -> Response:
        """Take back a visit that was entered in error."""
        wanted = self.shape(HelpVisitWithdrawal)
        return self.answer(withdraw_help_visit(help_visit_id, actor=self.actor, version=self.version(), **wanted))


class VisitsDueList(TenantAPIView):
    """The households that somebody is to visit."""

    actions: ClassVar = {"GET": "assistance.view_visits_due"}
    filters: ClassVar = VisitDueFilter
    paged: ClassVar = True

    @extend_schema(operation_id="visits_due_list", responses=VisitDueRow(many=True))
    def get(self, request: Request) -> Response:
        """List who is overdue and due today, of the households that the token may see."""
        return self.page(due_rows(self.filtered(visits_due(today(), actor=self.actor))))
