"""Village activities: list, record, amend, withdraw, and their material."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from registry.api.files import BODIES, FileShape, file_response
from registry.domain.files import neutral_name
from villages.api.drafts import RowHead, VillageRowsFilter
from villages.domain import activities
from villages.models import VillageActivity
from villages.queries.activities import activity_rows, find_activity, material_rows

_RECORD = "villages.record_activity"


class ActivityShape(serializers.Serializer[Any]):
    """An activity (list `village_activity`): a number of people, and nobody's name or word."""

    kind_code = serializers.CharField(max_length=20)
    held_on = serializers.DateField()
    subject = serializers.CharField(max_length=100, help_text="No names or numbers of persons.")
    participant_count = serializers.IntegerField(min_value=1, max_value=10_000_000)
    plan_id = serializers.UUIDField(required=False, allow_null=True, help_text="The plan that was talked about.")


class NewActivity(ActivityShape):
    """An activity of a village."""

    village_id = serializers.UUIDField()


class ActivityRow(ActivityShape, RowHead):
    """An activity on file; a withdrawn one was entered in error."""

    withdrawn_on = serializers.DateField(allow_null=True)


class ActivityMaterialRow(serializers.Serializer[Any]):
    """A file by its hash."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    sha256 = serializers.CharField()
    byte_count = serializers.IntegerField()


class ActivityDetail(ActivityRow):
    """An activity with its material."""

    materials = ActivityMaterialRow(many=True)


class ActivityMaterialShape(FileShape):
    """A file and what it is."""

    title = serializers.CharField(max_length=100)


class ActivityWithdrawal(serializers.Serializer[Any]):
    """Why the record was wrong."""

    reason = serializers.CharField(max_length=300)


class ActivityFilter(VillageRowsFilter):
    """Narrow the activities."""

    kind = django_filters.CharFilter(field_name="kind_code")
    since = django_filters.DateFilter(field_name="held_on", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="held_on", lookup_expr="lt")


class _ActivityView(TenantAPIView):
    """A view that shows one activity after changing it."""

    def answer(self, activity_id: UUID, *, status: int = 200) -> Response:
        """Show the activity as it is now, with its material and version."""
        activity = find_activity(activity_id)
        row: dict[str, Any] = activity_rows(VillageActivity.objects.filter(pk=activity_id)).get()
        return self.row({**row, "materials": list(material_rows(activity_id))}, version=activity.version, status=status)


class ActivityList(_ActivityView):
    """The activities of the area's villages."""

    actions: ClassVar = {"GET": "villages.view", "POST": _RECORD}
    filters: ClassVar = ActivityFilter
    paged: ClassVar = True

    @extend_schema(operation_id="village_activities_list", responses=ActivityRow(many=True))
    def get(self, request: Request) -> Response:
        """List activities, withdrawn ones too."""
        return self.page(activity_rows(self.filtered(VillageActivity.objects.all())))

    @extend_schema(operation_id="village_activities_create", request=NewActivity, responses={201: ActivityDetail})
    def post(self, request: Request) -> Response:
        """Record an activity."""
        wanted = self.shape(NewActivity)
        village_id = wanted.pop("village_id")
        row = activities.record_activity(village_id, activities.ActivityDraft(**wanted), actor=self.actor)
        return self.answer(row.pk, status=201)


class ActivityView(_ActivityView):
    """One activity."""

    actions: ClassVar = {"GET": "villages.view", "PUT": _RECORD}

    @extend_schema(operation_id="village_activities_retrieve", responses=ActivityDetail)
    def get(self, request: Request, activity_id: UUID) -> Response:
        """Show an activity with its material."""
        return self.answer(activity_id)

    @extend_schema(operation_id="village_activities_amend", request=ActivityShape, responses=ActivityDetail)
    def put(self, request: Request, activity_id: UUID) -> Response:
        """Correct an activity."""
        draft = activities.ActivityDraft(**self.shape(ActivityShape))
        activities.amend_activity(activity_id, draft, actor=self.actor, version=self.version())
        return self.answer(activity_id)


class ActivityWithdrawalView(_ActivityView):
    """The withdrawal of one activity."""

    actions: ClassVar = {"POST": _RECORD}

    @extend_schema(operation_id="village_activities_withdraw", request=ActivityWithdrawal, responses=ActivityDetail)
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Take back an activity that was entered in error."""
        wanted = self.shape(ActivityWithdrawal)
        activities.withdraw_activity(activity_id, **wanted, actor=self.actor, version=self.version())
        return self.answer(activity_id)


class ActivityMaterialView(_ActivityView):
    """The material of one activity."""

    actions: ClassVar = {"POST": _RECORD}
    parser_classes = BODIES

    @extend_schema(
        operation_id="village_activities_add_material", request=ActivityMaterialShape, responses={201: ActivityDetail}
    )
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Keep a file that was shown or handed out."""
        wanted = self.shape(ActivityMaterialShape)
        activities.add_material(activity_id, wanted.pop("content"), **wanted, actor=self.actor, version=self.version())
        return self.answer(activity_id, status=201)


class ActivityMaterialFileView(TenantAPIView):
    """A file of an activity."""

    actions: ClassVar = {"GET": "villages.view"}

    @extend_schema(
        operation_id="activity_materials_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, material_id: UUID) -> HttpResponseBase:
        """Download a file; that it was read is audited."""
        row, content = activities.read_material(material_id, actor=self.actor)
        name = neutral_name("material", row.document.sha256, row.document.media_type)
        return file_response(content, name=name, media_type=row.document.media_type)
