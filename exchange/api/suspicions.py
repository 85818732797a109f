"""Suspicion lists: bring one in, see its lines, take it back with the answers."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from exchange.api.views import workbook_response
from exchange.domain.suspicions import HEADING_ROLES, bring_list, returned_list
from exchange.sheets.workbooks import MEDIA_TYPE
from quality.domain.matching import match_line
from quality.queries.suspicions import line_visible, lines_visible_to, list_visible, lists_kept
from registry.api.base import TenantAPIView
from registry.lib.sheet_guard import check_size


class SuspicionListRow(serializers.Serializer[Any]):
    """A list of doubted data from above."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    sender = serializers.CharField()
    received_on = serializers.DateField()
    due_on = serializers.DateField()
    line_count = serializers.IntegerField()
    sha256 = serializers.CharField()
    uploaded_at = serializers.DateTimeField()
    returned_on = serializers.DateField(allow_null=True)
    emptied_on = serializers.DateField(allow_null=True)


class SuspicionLineRow(serializers.Serializer[Any]):
    """A line of a list: what is doubted of whom; the cells of the sender go out with the answers alone."""

    id = serializers.UUIDField()
    line_number = serializers.IntegerField()
    number = serializers.CharField(allow_blank=True)
    rule_text = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    household_id = serializers.UUIDField(allow_null=True)
    person_id = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()


def _heading() -> serializers.CharField:
    return serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class SuspicionListShape(serializers.Serializer[Any]):
    """A file, what its covering letter says, and which of its headings stands for what."""

    file = serializers.FileField(allow_empty_file=True)
    title = serializers.CharField(max_length=100)
    sender = serializers.CharField(max_length=100)
    received_on = serializers.DateField()
    due_on = serializers.DateField()
    household_number = _heading()
    person_number = _heading()
    document_number = _heading()
    rule_text = _heading()
    number = _heading()
    due_on_heading = _heading()
    answer = _heading()
    answer_note = _heading()
    answered_on = _heading()
    layout_name = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


_COLUMNS: Final[tuple[str, ...]] = tuple(SuspicionListRow().fields)
_LINE_COLUMNS: Final[tuple[str, ...]] = tuple(SuspicionLineRow().fields)


class SuspicionListList(TenantAPIView):
    """The county's suspicion lists."""

    actions: ClassVar = {"GET": "quality.view", "POST": "quality.bring_list"}
    paged: ClassVar = True
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="suspicion_lists_list", responses=SuspicionListRow(many=True))
    def get(self, request: Request) -> Response:
        """List them."""
        return self.page(lists_kept().values(*_COLUMNS))

    @extend_schema(operation_id="suspicion_lists_create", request=SuspicionListShape, responses={201: SuspicionListRow})
    def post(self, request: Request) -> Response:
        """Bring a list in: each line that names a household or person on file becomes a finding."""
        form = self.shape(SuspicionListShape)
        file = form.pop("file")
        headings = {role: form.pop(role) for role in HEADING_ROLES}
        check_size(file.size, most=settings.UPLOAD_LIMIT_BYTES)
        kept = bring_list(file.read(), headings=headings, actor=self.actor, **form)
        return self.row({name: getattr(kept, name) for name in _COLUMNS}, version=kept.version, status=201)


class SuspicionListLines(TenantAPIView):
    """The lines of a list that the token may see."""

    actions: ClassVar = {"GET": "quality.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="suspicion_lists_lines", responses=SuspicionLineRow(many=True))
    def get(self, request: Request, list_id: UUID) -> Response:
        """List them."""
        return self.page(lines_visible_to(self.actor, list_visible(list_id)).values(*_LINE_COLUMNS))


class SuspicionMatchShape(serializers.Serializer[Any]):
    """Whom a line is about: a household, or a person who lives or lived in it."""

    household_id = serializers.UUIDField()
    person_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class SuspicionLineMatch(TenantAPIView):
    """The naming of whom a line is about that matched nothing."""

    actions: ClassVar = {"POST": "quality.match_line"}

    @extend_schema(operation_id="suspicion_lines_match", request=SuspicionMatchShape, responses=SuspicionLineRow)
    def post(self, request: Request, line_id: UUID) -> Response:
        """Say whom the line is about: it becomes a finding of that household's village."""
        match_line(line_id, actor=self.actor, version=self.version(), **self.shape(SuspicionMatchShape))
        line = line_visible(line_id)
        return self.row({name: getattr(line, name) for name in _LINE_COLUMNS}, version=line.version)


class SuspicionListAnswers(TenantAPIView):
    """A list with its answers."""

    actions: ClassVar = {"GET": "quality.return_list"}

    @extend_schema(operation_id="suspicion_lists_answers", responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request, list_id: UUID) -> HttpResponseBase:
        """Download the list in its sender's layout, the columns of the answer filled in; each time is audited."""
        return workbook_response(*returned_list(list_id, actor=self.actor))
