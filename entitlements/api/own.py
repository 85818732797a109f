"""Policies of the county's own."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from entitlements.definitions.own import PARTS, Condition
from entitlements.domain.own import PolicyDraft, add_policy, amend_policy, draft_of
from entitlements.enums import Comparison, PolicyObject
from entitlements.models import CountyPolicy
from registry.api.base import TenantAPIView
from registry.enums import Sector


class PolicyConditionShape(serializers.Serializer[Any]):
    """A fact, how it is compared, and with what: a number, the code of a measure, or nothing for yes and no."""

    fact = serializers.CharField(max_length=40)
    comparison = serializers.ChoiceField(choices=Comparison.choices)
    value = serializers.CharField(max_length=20, required=False, allow_blank=True)


class CountyPolicyShape(serializers.Serializer[Any]):
    """A policy of the county's own; the conditions of each part hold together."""

    name = serializers.CharField(max_length=60)
    object = serializers.ChoiceField(choices=PolicyObject.choices)
    sector = serializers.ChoiceField(choices=Sector.choices, required=False, allow_blank=True)
    due_words = serializers.CharField(max_length=200)
    received_words = serializers.CharField(max_length=200)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of a column, which the stubs take for another
    from_year = serializers.IntegerField(min_value=2014, max_value=2100)
    until_year = serializers.IntegerField(min_value=2014, max_value=2100, required=False, allow_null=True)
    due = PolicyConditionShape(many=True)
    receives = PolicyConditionShape(many=True)
    not_due = PolicyConditionShape(many=True, required=False)


class CountyPolicyRow(serializers.Serializer[Any]):
    """A policy of the county's own on file; under its code it stands among all policies."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    object = serializers.ChoiceField(choices=PolicyObject.choices)
    sector = serializers.CharField(allow_blank=True)
    due_words = serializers.CharField()
    received_words = serializers.CharField()
    conditions = serializers.JSONField(help_text="By part a list of fact, comparison and value.")
    source = serializers.CharField()  # type: ignore[assignment]  # as above
    from_year = serializers.IntegerField()
    until_year = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


def _rows(rows: "QuerySet[CountyPolicy]") -> "QuerySet[Any, Any]":
    found: QuerySet[Any, Any] = rows.values(*CountyPolicyRow().fields)
    return found


def _draft(values: dict[str, Any]) -> PolicyDraft:
    parts = {part: [Condition(**one) for one in values.pop(part, ())] for part in PARTS}
    return draft_of(values, parts)


class CountyPolicyList(TenantAPIView):
    """The policies of the county's own."""

    actions: ClassVar = {"GET": "entitlements.view", "POST": "entitlements.set_figures"}
    paged: ClassVar = True

    @extend_schema(operation_id="county_policies_list", responses=CountyPolicyRow(many=True))
    def get(self, request: Request) -> Response:
        """List them with their conditions."""
        return self.page(CountyPolicy.objects.all(), _rows)

    @extend_schema(operation_id="county_policies_create", request=CountyPolicyShape, responses={201: CountyPolicyRow})
    def post(self, request: Request) -> Response:
        """Make a policy out of a choice of facts; the next run asks it."""
        row = add_policy(_draft(self.shape(CountyPolicyShape)), actor=self.actor)
        return self.row(_rows(CountyPolicy.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class CountyPolicyDetail(TenantAPIView):
    """One policy of the county's own."""

    actions: ClassVar = {"PUT": "entitlements.set_figures"}

    @extend_schema(operation_id="county_policies_amend", request=CountyPolicyShape, responses=CountyPolicyRow)
    def put(self, request: Request, county_policy_id: UUID) -> Response:
        """Amend a policy; who is entitled by it stays."""
        draft = _draft(self.shape(CountyPolicyShape))
        row = amend_policy(county_policy_id, draft, actor=self.actor, version=self.version())
        return self.row(_rows(CountyPolicy.objects.filter(pk=row.pk)).get(), version=row.version)
