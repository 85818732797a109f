"""Hand out files of dossiers and sessions, and show what is printed of a session's list."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from dossiers.domain.files import neutral_name
from dossiers.domain.papers import read_evidence
from dossiers.domain.printouts import file_name, print_list, printout_file
from dossiers.domain.sessions import read_minutes, read_session_file
from dossiers.queries.sessions import find_session
from dossiers.renderers.document import MEDIA_TYPE
from registry.admin.site import actor_at


def _file(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Answer with a file that nothing on the way keeps."""
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def evidence_file(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Download a file of a dossier; that it was read is audited."""
    evidence, content = read_evidence(evidence_id, actor=actor_at(request))
    document = evidence.document
    name = neutral_name(evidence.kind_code, document.sha256, document.media_type)
    return _file(content, name=name, media_type=document.media_type)


def minutes_file(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Download the minutes with which a session was closed; that they were read is audited."""
    session, document, content = read_minutes(session_id, actor=actor_at(request))
    name = neutral_name(session.minutes_code, document.sha256, document.media_type)
    return _file(content, name=name, media_type=document.media_type)


def session_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Download a further file of a session; that it was read is audited."""
    found, content = read_session_file(file_id, actor=actor_at(request))
    document = found.document
    name = neutral_name(found.kind_code, document.sha256, document.media_type)
    return _file(content, name=name, media_type=document.media_type)


def printout_page(request: HttpRequest, session_id: UUID, kind: str) -> HttpResponse:
    """Show the table of the minutes or the notice, as it is printed."""
    printout = print_list(session_id, kind, actor=actor_at(request))
    context = {
        "printout": printout,
        "back": reverse("admin:dossiers_listsession_change", args=[session_id]),
        "file": reverse("admin:session-printout-file", args=[session_id, kind]),
    }
    response = TemplateResponse(request, "dossiers/admin/printout.html", context)
    response["Cache-Control"] = "no-store"
    return response


def printout_download(request: HttpRequest, session_id: UUID, kind: str) -> HttpResponse:
    """Download the same as a text document."""
    content = printout_file(print_list(session_id, kind, actor=actor_at(request)))
    return _file(content, name=file_name(find_session(session_id), kind), media_type=MEDIA_TYPE)
