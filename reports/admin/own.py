"""The pages of own reports: list, put together, change, look at the first rows, put out of use."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor, current_actor
from registry.tenancy.scope import savepoint
from reports.admin.own_forms import OwnForm, initial_of, lines_of, typed_in
from reports.definitions.text import Language, language_of
from reports.domain.own import amend_own_report, keep_own_report, retire_own_report
from reports.domain.previews import preview_of
from reports.enums import RowLevel
from reports.models import OwnReport
from reports.queries.own_reports import find_own_report, own_reports
from reports.renderers.html import fragment


def own_list(request: HttpRequest) -> HttpResponse:
    """List the own reports of the county."""
    context = site.each_context(request) | {
        "title": gettext("Own reports"),
        "reports": list(own_reports()),
        "levels": RowLevel.choices,
    }
    return TemplateResponse(request, "reports/admin/own_list.html", context)


def own_new(request: HttpRequest) -> HttpResponse:
    """Put a report together; `level` of the address says what a row stands for, a household without one."""
    level = request.GET.get("level", "")
    return _own_page(request, None, RowLevel(level) if level in RowLevel.values else RowLevel.HOUSEHOLD)


def own_page(request: HttpRequest, own_id: UUID) -> HttpResponse:
    """Change a report, and see its first rows."""
    own = find_own_report(own_id)
    return _own_page(request, own, RowLevel(own.level))


def _own_page(request: HttpRequest, own: OwnReport | None, level: RowLevel) -> HttpResponse:
    actor, language = current_actor(), language_of(get_language() or "")
    data = request.POST if request.method == "POST" else None
    form = _form(data, own, level, language)
    if form.is_bound and form.is_valid():
        kept = _kept(form, own, level, actor)
        if kept is not None:
            messages.success(request, gettext("The report was kept."))
            return HttpResponseRedirect(reverse("admin:own-report", args=[kept.pk]))
    rows, trouble = _preview(own, actor) if own and data is None else ("", "")
    context = site.each_context(request) | {
        "title": own.name if own else gettext("New report of your own"),
        "form": form,
        "own": own,
        "level": RowLevel(level).label,
        "rows": rows,
        "trouble": trouble,
    }
    return TemplateResponse(request, "reports/admin/own.html", context)


def _form(data: QueryDict | None, own: OwnReport | None, level: RowLevel, language: Language) -> OwnForm:
    """Give the form as it was sent; with a further condition, where that was asked for, and nothing kept yet."""
    shape: dict[str, Any] = {"level": level, "language": language, "own": own}
    if data is None:
        return OwnForm(initial=initial_of(own) if own else None, lines=lines_of({}, own), **shape)
    if "more" in data:
        return OwnForm(initial=typed_in(data), lines=lines_of(data, own) + 1, **shape)
    return OwnForm(data, lines=lines_of(data, own), **shape)


def _kept(form: OwnForm, own: OwnReport | None, level: RowLevel, actor: Actor) -> OwnReport | None:
    try:
        with savepoint():
            draft = form.draft(level)
            if own is None:
                return keep_own_report(draft, actor=actor)
            return amend_own_report(own.pk, draft, actor=actor, version=form.cleaned_data["version"])
    except DomainError as error:
        add_refusal(form, error)
        return None


def _preview(own: OwnReport, actor: Actor) -> tuple[SafeString | str, str]:
    """Give the first rows by the latest frozen period, or the sentence that says why there are none."""
    try:
        layout = preview_of(own, actor=actor, language=language_of(get_language() or ""))
    except DomainError as error:
        return "", str(error.message)
    return fragment(layout), ""


def own_retire(request: HttpRequest, own_id: UUID) -> HttpResponse:
    """Put a report out of use."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    text = request.POST.get("version", "")
    retire_own_report(own_id, actor=current_actor(), version=int(text) if text.isdecimal() and len(text) < 10 else 0)
    messages.success(request, gettext("The report is out of use."))
    return HttpResponseRedirect(reverse("admin:own-reports"))
