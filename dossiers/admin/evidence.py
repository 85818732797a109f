"""Hand out a file of a dossier."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from dossiers.domain.papers import read_evidence
from registry.admin.site import actor_at


def evidence_file(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Download a file of a dossier; that it was read is audited, and nothing on the way keeps it."""
    evidence, content = read_evidence(evidence_id, actor=actor_at(request))
    document = evidence.document
    header = content_disposition_header(as_attachment=True, filename=document.name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=document.media_type, headers=headers)
