"""The timeline of one household."""

from dataclasses import asdict
from typing import Any, ClassVar, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.queries.timeline import timeline
from households.queries.visibility import find_household
from registry.api.base import TenantAPIView
from registry.lib.errors import DomainError

PAGE: Final = 50
LONGEST: Final = 6


class FieldChangeRow(serializers.Serializer[Any]):
    """A field before and after; sealed values are masked."""

    label = serializers.CharField()  # type: ignore[assignment]  # the column is called so
    before = serializers.JSONField(help_text="null where nothing was known")
    after = serializers.JSONField(help_text="null where nothing was known")


class TimelineRow(serializers.Serializer[Any]):
    """One line of the timeline; what a kind does not have is empty."""

    kind = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    on = serializers.DateField(allow_null=True)
    verb = serializers.CharField()
    who = serializers.CharField()
    reason = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    village_code = serializers.CharField()
    changes = FieldChangeRow(many=True)


class TimelinePage(serializers.Serializer[Any]):
    """A page of lines; `next` is the number of the following page or null."""

    next = serializers.IntegerField(allow_null=True)
    results = TimelineRow(many=True)


class HouseholdTimeline(TenantAPIView):
    """What happened to one household, the newest first."""

    actions: ClassVar = {"GET": "households.view_timeline"}
    parameters: ClassVar[dict[str, Any]] = {"page": _("Number of the page, from 1; each has 50 lines.")}

    @extend_schema(operation_id="households_timeline", responses=TimelinePage)
    def get(self, request: Request, household_id: UUID) -> Response:
        """Show a page of the timeline."""
        number = _number(request.GET.get("page", "1"))
        entries = timeline(find_household(household_id, actor=self.actor), actor=self.actor)
        shown = [asdict(entry) for entry in entries[(number - 1) * PAGE : number * PAGE]]
        return self.row({"next": number + 1 if len(entries) > number * PAGE else None, "results": shown})


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > LONGEST or int(text) < 1:
        raise DomainError("api.bad_page", _("page is a number from 1 on."), field="page")
    return int(text)
