"""The pages of rosters: bring one, read its preview, decide, take back what was refused."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy

from exchange.admin.forms import DecisionForm, UploadForm
from exchange.domain.decisions import approve_roster, reject_roster, upload_roster
from exchange.domain.previews import noted_lines, preview_lines, row_findings
from exchange.domain.workbooks import refused_rows_workbook, roster_template
from exchange.enums import BatchState, Verdict
from exchange.models import ImportBatch
from exchange.queries.batches import batch_visible, batches_visible
from exchange.queries.progress import progress_of
from exchange.queries.waiting import rosters_to_decide
from exchange.sheets.columns import BY_NAME
from exchange.sheets.workbooks import MEDIA_TYPE
from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError
from registry.lib.sheet_guard import check_size
from registry.tenancy.context import current_actor
from registry.tenancy.scope import savepoint

SHOWN: Final = 50
_RUNNING: Final = frozenset({BatchState.UPLOADED, BatchState.CHECKING, BatchState.APPLYING})
_DECISIONS: Final = {
    "apply": (approve_roster, gettext_lazy("The roster is being applied.")),
    "reject": (reject_roster, gettext_lazy("The roster was rejected, and its file was deleted.")),
}


def batch_list(request: HttpRequest) -> HttpResponse:
    """List the latest rosters, or with `waiting` all that wait for a decision; bring a new one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        batch = _uploaded(form)
        if batch is not None:
            return HttpResponseRedirect(reverse("admin:roster", args=[batch.pk]))
    context = site.each_context(request) | {
        "title": gettext("Rosters"),
        "form": form,
        "batches": rosters_to_decide() if "waiting" in request.GET else batches_visible()[:SHOWN],
        "may_upload": allowed(current_actor(), "exchange.upload"),
    }
    return TemplateResponse(request, "exchange/admin/batches.html", context)


def _uploaded(form: UploadForm) -> ImportBatch | None:
    """Keep the file, or show at the form why not."""
    file, actor = form.cleaned_data["file"], current_actor()
    try:
        check_size(file.size, most=settings.UPLOAD_LIMIT_BYTES)
        with savepoint():
            return upload_roster(file.read(), name=file.name, actor=actor, data_date=form.cleaned_data["data_date"])
    except DomainError as error:
        add_refusal(form, error)
        return None


def batch_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show one roster: how far it is, the preview with its counts, and the buttons that its state allows."""
    batch, actor = batch_visible(batch_id), current_actor()
    refused, noted = batch.count("refused_households"), noted_lines(batch, most=SHOWN)
    context = site.each_context(request) | {
        "title": batch.file_name,
        "batch": batch,
        "is_running": batch.state in _RUNNING,
        "is_waiting": batch.state == BatchState.CHECKED,
        "progress": progress_of(batch),
        "verdicts": [_verdict(batch, verdict) for verdict in Verdict],
        "kept": [BY_NAME[name].label for name in batch.kept_columns if name in BY_NAME],
        "noted": noted,
        "findings": row_findings(batch, most=SHOWN),
        "shown": SHOWN,
        "decision": DecisionForm(initial={"version": batch.version}),
        "may_decide": allowed(actor, "exchange.decide", batch),
        "may_take": allowed(actor, "exchange.take_refused_rows", batch) and bool(refused or noted),
    }
    return TemplateResponse(request, "exchange/admin/batch.html", context)


def _verdict(batch: ImportBatch, verdict: Verdict) -> dict[str, object]:
    return {
        "name": verdict.value,
        "label": verdict.label,
        "households": batch.count(f"{verdict}_households"),
        "persons": batch.count(f"{verdict}_persons"),
        "lines": preview_lines(batch, verdict, most=SHOWN),
    }


def decide(request: HttpRequest, batch_id: UUID, decision: str) -> HttpResponse:
    """Apply or reject a roster that the person has seen in its present version."""
    if request.method != "POST" or decision not in _DECISIONS:
        return HttpResponseNotAllowed(["POST"])
    verb, done = _DECISIONS[decision]
    form = DecisionForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        verb(batch_id, actor=current_actor(), version=values["version"], reason=values["reason"])
        messages.success(request, done)
    return HttpResponseRedirect(reverse("admin:roster", args=[batch_id]))


def refused_rows(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Download the rows that were not taken over."""
    return download(*refused_rows_workbook(batch_visible(batch_id), actor=current_actor()))


def template(request: HttpRequest) -> HttpResponse:
    """Download the empty roster."""
    return download("roster-template.xlsx", roster_template(actor=current_actor()))


def download(name: str, content: bytes) -> HttpResponse:
    """Answer with a workbook to be kept."""
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": header})
