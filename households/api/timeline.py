"""The timeline of one household."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.queries.timeline import Wanted, timeline_page
from households.queries.timeline_lines import Entry, Topic
from households.queries.visibility import find_household
from registry.api.base import TenantAPIView
from registry.domain.audit_labels import verb_label


class TimelineQuestion(serializers.Serializer[Any]):
    """What is asked of a timeline; nothing asks for all."""

    cursor = serializers.CharField(required=False, default="")
    topic = serializers.ChoiceField(choices=Topic.choices, required=False, default="")
    since = serializers.DateField(required=False, default=None)
    until = serializers.DateField(required=False, default=None)


class FieldChangeRow(serializers.Serializer[Any]):
    """A field before and after, as it is stored and in words; sealed values are masked."""

    label = serializers.CharField()  # type: ignore[assignment]  # the column is called so
    title = serializers.CharField(help_text="the field's name in words")
    before = serializers.JSONField(help_text="null where nothing was known")
    after = serializers.JSONField(help_text="null where nothing was known")
    before_text = serializers.CharField(allow_null=True)
    after_text = serializers.CharField(allow_null=True)


class TimelineRow(serializers.Serializer[Any]):
    """One line of the timeline; what a kind does not have is empty. Each code has its label beside it."""

    topic = serializers.ChoiceField(choices=Topic.choices)
    kind = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    on = serializers.DateField(allow_null=True)
    text = serializers.CharField(help_text="the line as a sentence in the caller's language")
    verb = serializers.CharField()
    verb_label = serializers.CharField()
    who = serializers.CharField()
    who_name = serializers.CharField()
    role = serializers.CharField()
    role_label = serializers.CharField()
    reason = serializers.CharField()
    code = serializers.CharField()
    code_label = serializers.CharField()
    name = serializers.CharField()
    village_code = serializers.CharField()
    village_name = serializers.CharField()
    changes = FieldChangeRow(many=True)


class TimelinePage(serializers.Serializer[Any]):
    """A page of lines; `next` is the cursor of the following page or null."""

    next = serializers.CharField(allow_null=True)
    results = TimelineRow(many=True)


class HouseholdTimeline(TenantAPIView):
    """What happened to one household, the newest first."""

    actions: ClassVar = {"GET": "households.view_timeline"}
    parameters: ClassVar[dict[str, Any]] = {
        "cursor": "What `next` of the page before gave; each page has 50 lines.",
        "topic": "Only lines of this topic.",
        "since": "Only lines of this day and later.",
        "until": "Only lines of this day and earlier.",
    }

    @extend_schema(operation_id="households_timeline", responses=TimelinePage)
    def get(self, request: Request, household_id: UUID) -> Response:
        """Show a page of the timeline."""
        question = TimelineQuestion(data=request.GET)
        question.is_valid(raise_exception=True)
        wanted = Wanted(**question.validated_data)
        page = timeline_page(find_household(household_id, actor=self.actor), actor=self.actor, wanted=wanted)
        return self.row({"next": page.next_cursor or None, "results": [_row(entry) for entry in page.entries]})


def _row(entry: Entry) -> dict[str, Any]:
    names = (
        "topic", "kind", "at", "on", "text", "verb", "who", "who_name", "role", "reason", "code", "code_label", "name",
        "village_code", "village_name",
    )  # fmt: skip
    labels = {
        "verb_label": verb_label(entry.verb) if entry.verb else "",
        "role_label": entry.role_label,
        "changes": [
            {
                "label": one.raw.label,
                "title": one.title,
                "before": one.raw.before,
                "after": one.raw.after,
                "before_text": one.before,
                "after_text": one.after,
            }
            for one in entry.shown
        ],
    }
    return {name: getattr(entry, name) for name in names} | labels
