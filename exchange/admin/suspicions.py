"""The pages of suspicion lists: bring one in, see how far its answers are, take it back with them."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from exchange.admin.batches import download
from exchange.admin.forms import ListForm, MatchForm
from exchange.domain.suspicions import HEADING_ROLES, bring_list, returned_list
from households.admin.finding import FindForm
from households.models import Membership
from households.queries.finding import members_found
from households.queries.lists import masked
from quality.domain.matching import match_line
from quality.models import SuspicionList
from quality.queries.suspicions import (
    layouts_kept,
    line_visible,
    list_visible,
    lists_kept,
    progress_of,
    unmatched_lines,
)
from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import actor_at, site
from registry.crypto import Purpose
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.lib.sheet_guard import check_size
from registry.tenancy.context import current_actor
from registry.tenancy.scope import savepoint
from villages.admin.labels import labels_of

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
        "may_match": allowed(actor, "quality.match_line") and kept.emptied_on is None,
    }
    return TemplateResponse(request, "exchange/admin/suspicion_list.html", context)


def match_page(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Find the household or person that a line is about, and name it; what people type stands in no address."""
    line, actor = line_visible(line_id), actor_at(request)
    find = FindForm(request.POST if "wanted" in request.POST else None)
    choice = MatchForm(None if find.is_bound or request.method != "POST" else request.POST)
    if choice.is_valid() and _matched(line_id, choice):
        messages.success(request, gettext("The line went to the village as a finding."))
        return HttpResponseRedirect(reverse("admin:suspicion-list", args=[line.suspicion_list_id]))
    wanted = find.cleaned_data["wanted"] if find.is_valid() else ""
    found = list(members_found(wanted, actor=actor)[: SHOWN + 1])
    context = site.each_context(request) | {
        "title": gettext("Name whom the line is about"),
        "line": line,
        "list": line.suspicion_list,
        "find": find,
        "choice": choice,
        "was_asked": bool(wanted),
        "has_more": len(found) > SHOWN,
        "rows": [_candidate(membership) for membership in found[:SHOWN]],
    }
    return TemplateResponse(request, "exchange/admin/suspicion_line.html", context)


def _candidate(membership: Membership) -> dict[str, Any]:
    sealed = membership.person.document_sealed
    return {
        "membership": membership,
        "relation": labels_of("relation", membership.relation_code),
        "document": masked(sealed, Purpose.DOCUMENT, tenant_id=membership.tenant_id),
    }


def _matched(line_id: UUID, form: MatchForm) -> bool:
    """Name whom the line is about, or say at the form why not."""
    values, actor = form.cleaned_data, current_actor()
    try:
        with savepoint():
            match_line(line_id, actor=actor, version=values["version"], **values["named"])
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True


def answers(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Download the list with its answers."""
    return download(*returned_list(list_id, actor=current_actor()))
