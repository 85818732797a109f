"""Files that go out: papers of a dossier, minutes, and what is printed of a session's list."""

from dataclasses import asdict
from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api import shapes
from dossiers.domain.files import neutral_name
from dossiers.domain.papers import read_evidence
from dossiers.domain.printouts import MINUTES, file_name, print_list, printout_file
from dossiers.domain.sessions import read_minutes, read_session_file
from dossiers.queries.sessions import find_session
from dossiers.renderers.document import MEDIA_TYPE
from registry.api.base import TenantAPIView

_ANY_FILE = {(200, "application/octet-stream"): OpenApiTypes.BINARY}
_WHICH = "minutes or notice; without it the minutes"


def file_response(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Answer with a file that is to be kept by whoever asked, and by nothing on the way."""
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)


class EvidenceFileView(TenantAPIView):
    """A file of a dossier."""

    actions: ClassVar = {"GET": "dossiers.view"}

    @extend_schema(operation_id="dossier_evidence_file", responses=_ANY_FILE)
    def get(self, request: Request, evidence_id: UUID) -> HttpResponseBase:
        """Download a file of a dossier; that it was read is audited."""
        evidence, content = read_evidence(evidence_id, actor=self.actor)
        document = evidence.document
        name = neutral_name(evidence.kind_code, document.sha256, document.media_type)
        return file_response(content, name=name, media_type=document.media_type)


class MinutesView(TenantAPIView):
    """The minutes with which a session was closed."""

    actions: ClassVar = {"GET": "dossiers.view"}

    @extend_schema(operation_id="dossier_sessions_minutes", responses=_ANY_FILE)
    def get(self, request: Request, session_id: UUID) -> HttpResponseBase:
        """Download the minutes on file; that they were read is audited."""
        session, document, content = read_minutes(session_id, actor=self.actor)
        name = neutral_name(session.minutes_code, document.sha256, document.media_type)
        return file_response(content, name=name, media_type=document.media_type)


class SessionFileView(TenantAPIView):
    """A further file of a session."""

    actions: ClassVar = {"GET": "dossiers.view"}

    @extend_schema(operation_id="dossier_session_file", responses=_ANY_FILE)
    def get(self, request: Request, file_id: UUID) -> HttpResponseBase:
        """Download a further file of a session; that it was read is audited."""
        found, content = read_session_file(file_id, actor=self.actor)
        document = found.document
        name = neutral_name(found.kind_code, document.sha256, document.media_type)
        return file_response(content, name=name, media_type=document.media_type)


class PrintoutView(TenantAPIView):
    """What is printed of a session's list."""

    actions: ClassVar = {"GET": "dossiers.view"}
    parameters: ClassVar = {"kind": _WHICH}

    @extend_schema(operation_id="dossier_sessions_printout", responses=shapes.PrintoutRow)
    def get(self, request: Request, session_id: UUID) -> Response:
        """Show the table of the minutes, or the notice: heads of households, no numbers. It is audited."""
        return self.row(asdict(print_list(session_id, request.GET.get("kind", MINUTES), actor=self.actor)))


class PrintoutFileView(TenantAPIView):
    """The same as a text document."""

    actions: ClassVar = {"GET": "dossiers.view"}
    parameters: ClassVar = {"kind": _WHICH}

    @extend_schema(operation_id="dossier_sessions_printout_file", responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request, session_id: UUID) -> HttpResponseBase:
        """Download it as a text document, to be printed and signed. It is audited."""
        kind = request.GET.get("kind", MINUTES)
        content = printout_file(print_list(session_id, kind, actor=self.actor))
        return file_response(content, name=file_name(find_session(session_id), kind), media_type=MEDIA_TYPE)
