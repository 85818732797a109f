"""Visits and relocation of a household."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.income import LineShape, lines_from
from households.api.year_shapes import LivingShape
from households.domain.relocation import RELOCATION_FACTS, SETTLEMENT, record_relocation
from households.domain.visits import AMOUNTS, VisitDraft, record_visit
from households.enums import VisitSection
from households.models import Relocation
from households.queries.visibility import find_household
from households.queries.visits import masked_visit, relocation_of, visit_rows
from registry.api.base import TenantAPIView


class VisitShape(serializers.Serializer[Any]):
    """A visit: source, collector and period once, what it found unchanged, and what changed."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    visited_on = serializers.DateField()
    # The product's word; DRF has an attribute of the same name, which the metaclass keeps apart.
    source = serializers.CharField(max_length=100)  # type: ignore[assignment]  # see above
    collector_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    collector_phone = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="Of who filled the form in; kept sealed."
    )
    period_start = serializers.DateField(required=False, allow_null=True)
    period_end = serializers.DateField(required=False, allow_null=True, help_text="The first day after the period.")
    confirmed = serializers.ListField(child=serializers.ChoiceField(VisitSection.choices), required=False, max_length=4)
    confirmed_from_year = serializers.IntegerField(required=False, allow_null=True, min_value=2000, max_value=2100)
    living = LivingShape(required=False)
    lines = LineShape(many=True, required=False, allow_null=True, default=None)
    person_count = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=99)
    claims_yuan = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, allow_null=True, min_value=0
    )
    self_paid_cost_yuan = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, allow_null=True, min_value=0
    )
    visit_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="An earlier visit to go on with; its day and collector stay."
    )


class VisitRow(serializers.Serializer[Any]):
    """A visit on file."""

    id = serializers.UUIDField()
    year = serializers.IntegerField()
    visited_on = serializers.DateField()
    collector_name = serializers.CharField()
    collector_phone_masked = serializers.CharField()
    # The product's word, as above.
    source = serializers.CharField()  # type: ignore[assignment]  # see above
    period_start = serializers.DateField(allow_null=True)
    period_end = serializers.DateField(allow_null=True)
    confirmed_sections = serializers.ListField(child=serializers.CharField())
    confirmed_from_year = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


class RelocationShape(serializers.ModelSerializer[Relocation]):
    """The relocation of a household; facts left out stay. The site has the name of the settlement, if one is named."""

    settlement_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="A relocation settlement of the county, in any village."
    )

    class Meta:
        model = Relocation
        fields = (SETTLEMENT, *RELOCATION_FACTS)
        extra_kwargs: ClassVar[Mapping[str, Any]] = {name: {"required": False} for name in RELOCATION_FACTS}


class VisitList(TenantAPIView):
    """The visits of one household."""

    actions: ClassVar = {"GET": "households.view", "POST": "households.visit"}
    paged: ClassVar = True

    @extend_schema(operation_id="households_visits", responses=VisitRow(many=True))
    def get(self, request: Request, household_id: UUID) -> Response:
        """List the visits."""
        page = self.page(visit_rows(find_household(household_id, actor=self.actor).pk))
        page.data["results"] = [masked_visit(row) for row in page.data["results"]]
        return page

    @extend_schema(operation_id="households_record_visit", request=VisitShape, responses={201: VisitRow})
    def post(self, request: Request, household_id: UUID) -> Response:
        """Record a visit; the version is that of the household."""
        values = self.shape(VisitShape)
        lines = values.pop("lines")
        values |= {"confirmed": tuple(values.get("confirmed", ())), "living": dict(values.get("living", {}))}
        stated = AMOUNTS & values.keys()
        draft = VisitDraft(**values, lines=None if lines is None else lines_from(lines), stated_amounts=stated)
        visit = record_visit(household_id, draft, actor=self.actor, version=self.version())
        household = find_household(household_id, actor=self.actor)
        return self.row(masked_visit(visit_rows(household_id).get(pk=visit.pk)), version=household.version, status=201)


class RelocationView(TenantAPIView):
    """The relocation of one household."""

    actions: ClassVar = {"GET": "households.view", "PUT": "households.record_relocation"}

    @extend_schema(operation_id="households_relocation", responses=RelocationShape)
    def get(self, request: Request, household_id: UUID) -> Response:
        """Show the relocation; with version 0 where none is on file."""
        return self._answer(household_id)

    @extend_schema(operation_id="households_record_relocation", request=RelocationShape, responses=RelocationShape)
    def put(self, request: Request, household_id: UUID) -> Response:
        """Record what is known of the relocation."""
        record_relocation(household_id, self.shape(RelocationShape), actor=self.actor, version=self.version())
        return self._answer(household_id)

    def _answer(self, household_id: UUID) -> Response:
        relocation = relocation_of(find_household(household_id, actor=self.actor))
        row = relocation or Relocation()
        shown = {name: getattr(row, name) for name in (SETTLEMENT, *RELOCATION_FACTS)}
        return self.row(shown, version=relocation.version if relocation else 0)
