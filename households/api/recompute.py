"""Incomes of a year computed again, after a program saw how many would change."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain.coefficients import MANAGE
from households.domain.recompute import ask_for_preview, ask_for_recomputation
from households.queries.recompute import Recomputation, recomputation, recomputations_of
from registry.api.base import TenantAPIView
from registry.enums import JobState
from registry.lib.periods import today


class RecomputationShape(serializers.Serializer[Any]):
    """The year of which it is to be counted what would change; or the count that is to be done."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    preview_id = serializers.UUIDField(required=False, allow_null=True)


class RecomputationRow(serializers.Serializer[Any]):
    """A count or a change, as work in the background."""

    id = serializers.UUIDField()
    year = serializers.IntegerField()
    is_preview = serializers.BooleanField()
    state = serializers.ChoiceField(JobState.choices)
    may_apply = serializers.BooleanField()
    result = serializers.DictField()
    error = serializers.CharField()
    created_at = serializers.DateTimeField()


class RecomputationQuestion(serializers.Serializer[Any]):
    """The year; this one where it is left out."""

    year = serializers.IntegerField(min_value=2000, max_value=2100, required=False)


class Recomputations(TenantAPIView):
    """Counts of what would change of the incomes of a year, and the changes that were asked for."""

    actions: ClassVar = {"GET": MANAGE, "POST": MANAGE}
    versioned: ClassVar = False
    parameters: ClassVar = {"year": "of which year; this one where it is left out"}

    @extend_schema(operation_id="income_recomputations_list", responses=RecomputationRow(many=True))
    def get(self, request: Request) -> Response:
        """List the latest counts and changes of a year, the newest first."""
        question = RecomputationQuestion(data=request.GET)
        question.is_valid(raise_exception=True)
        found = recomputations_of(question.validated_data.get("year", today().year))
        return Response({"next": None, "results": [_row(one) for one in found]})

    @extend_schema(
        operation_id="income_recomputations_create", request=RecomputationShape, responses={202: RecomputationRow}
    )
    def post(self, request: Request) -> Response:
        """Queue a count of what would change, or the change that was counted."""
        wanted = self.shape(RecomputationShape)
        preview_id = wanted.get("preview_id")
        job = (
            ask_for_preview(wanted["year"], actor=self.actor)
            if preview_id is None
            else ask_for_recomputation(preview_id, actor=self.actor)
        )
        return self.row(_row(recomputation(job)), status=202)


def _row(one: Recomputation) -> dict[str, Any]:
    return {str(name): getattr(one, str(name)) for name in RecomputationRow().get_fields()}
