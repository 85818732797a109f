"""The pages of suspicion lists: bring one in, see how far its answers are, take it back with them."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from exchange.admin.batches import download
from exchange.admin.forms import ListForm
from exchange.domain.suspicions import HEADING_ROLES, bring_list, returned_list
from exchange.sheets.guard import check_size
from quality.models import SuspicionList
from quality.queries.suspicions import layouts_kept, list_visible, lists_kept, progress_of, unmatched_lines
from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import current_actor
from registry.tenancy.scope import savepoint

SHOWN: Final = 50
_COVERING: Final = ("title", "sender", "received_on", "due_on", "layout_name")


def list_page(request: HttpRequest) -> HttpResponse:
    """List the latest suspicion lists with how far they are; bring a new one in."""
    actor = current_actor()
    may_bring = allowed(actor, "quality.bring_list")
    layouts = list(layouts_kept())
    chosen = next((layout for layout in layouts if layout.name == request.GET.get("layout")), None)
    known = {"layout_name": chosen.name, **chosen.headings} if chosen else {}
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm(initial=known)
    if request.method == "POST" and form.is_valid():
        kept = _brought(form)
        if kept is not None:
            return HttpResponseRedirect(reverse("admin:suspicion-list", args=[kept.pk]))
    context = site.each_context(request) | {
        "title": gettext("Suspicion lists"),
        "form": form,
        "layouts": layouts,
        "lists": [(kept, progress_of(actor, kept, on=today())) for kept in lists_kept()[:SHOWN]],
        "may_bring": may_bring,
    }
    return TemplateResponse(request, "exchange/admin/suspicion_lists.html", context)


def _brought(form: ListForm) -> SuspicionList | None:
    """Keep the list, or show at the form why not."""
    values = form.cleaned_data
    try:
        check_size(values["file"].size, most=settings.UPLOAD_LIMIT_BYTES)
        with savepoint():
            return bring_list(
                values["file"].read(),
                headings={role: values[role] for role in HEADING_ROLES},
                actor=current_actor(),
                **{name: values[name] for name in _COVERING},
            )
    except DomainError as error:
        add_refusal(form, error)
        return None


def detail_page(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Show one list: its answers so far, the lines that match nothing, and the way to the worklist."""
    actor, kept = current_actor(), list_visible(list_id)
    context = site.each_context(request) | {
        "title": kept.title,
        "list": kept,
        "progress": progress_of(actor, kept, on=today()),
        "unmatched": unmatched_lines(actor, kept)[:SHOWN],
        "may_return": allowed(actor, "quality.return_list"),
    }
    return TemplateResponse(request, "exchange/admin/suspicion_list.html", context)


def answers(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Download the list with its answers."""
    return download(*returned_list(list_id, actor=current_actor()))
