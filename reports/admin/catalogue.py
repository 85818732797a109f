"""The pages of the catalogue: what there is, ask for it, watch it, take its files, look behind its figures."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from households.queries.finding import household_of_number
from periods.domain.questions import known_until
from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor, current_actor
from registry.tenancy.scope import savepoint
from reports.admin.catalogue_forms import THEMES, AskForm
from reports.catalogue.base import Basis, Report, Theme
from reports.catalogue.lists import PicturedReport
from reports.definitions.layout import Column, Row, Table
from reports.definitions.text import Language, language_of
from reports.domain.account_files import FORMATS
from reports.domain.asking import ReportDraft, report_asked, start_report
from reports.domain.behind import MOST_ROWS, list_behind
from reports.domain.making import file_of_run, picture_of_run
from reports.domain.reading import catalogue_runs, find_catalogue_run, report_known, reports_open_to
from reports.enums import Format, RunState
from reports.models import ReportRun, RunFile
from reports.queries.asking import areas_to_choose, periods_to_choose
from reports.queries.catalogue_runs import MOST_SHOWN, files_of, report_progress
from reports.queries.own_reports import own_reports
from reports.renderers.html import Link, fragment


def _language() -> Language:
    return language_of(get_language() or "")


def catalogue_page(request: HttpRequest) -> HttpResponse:
    """Show the reports that the person may ask for, and their latest runs."""
    actor, language = current_actor(), _language()
    themes: dict[Theme, list[tuple[Report, str]]] = {}
    for report in reports_open_to(actor):
        if report.theme == Theme.OWN:
            continue  # each of them stands there by its own name
        themes.setdefault(report.theme, []).append((report, report.title.in_language(language)))
    shown = list(catalogue_runs(actor)[:MOST_SHOWN])
    context = site.each_context(request) | {
        "title": gettext("Catalogue of reports"),
        "themes": [(THEMES[theme], entries) for theme, entries in themes.items()],
        "own_reports": list(own_reports()) if allowed(actor, "reports.view_persons") else [],
        "may_compose": allowed(actor, "reports.compose"),
        "runs": _lines(shown, language),
    }
    return TemplateResponse(request, "reports/admin/catalogue.html", context)


def _lines(shown: list[ReportRun], language: Language) -> list[dict[str, Any]]:
    files = files_of(shown)
    return [
        {
            "run": run,
            "title": report_known(run.report_id).title.in_language(language),
            "state": progress.state,
            "files": _formats(run, files[run.pk]),
        }
        for run, progress in zip(shown, report_progress(shown), strict=True)
    ]


def _formats(run: ReportRun, files: list[RunFile]) -> list[tuple[str, str]]:
    """Give formats with their names: of an account that is made all of them."""
    if run.keeps_figures:
        return [(str(one), str(Format(one).label)) for one in FORMATS] if run.is_finished else []
    return [(file.format, file.get_format_display()) for file in files]


def ask_page(request: HttpRequest) -> HttpResponse:
    """Ask for a report: of a period or a day, of an area, in formats, with what the report lets choose.

    `report` of the address names it; without one the reports are shown.
    """
    actor, language = current_actor(), _language()
    if "report" not in request.GET:
        return catalogue_page(request)
    report = report_asked(request.GET["report"], actor=actor)
    sent, periods = request.method == "POST", list(periods_to_choose())
    if not sent and request.GET.get("period_id") and request.GET["period_id"] not in {str(one.pk) for one in periods}:
        messages.warning(request, gettext("The period of this link is open again. Choose another one, or a day."))
    form = AskForm(
        request.POST if sent else None,
        initial={key: request.GET[key] for key in request.GET},
        report=report,
        language=language,
        periods=periods,
        areas=areas_to_choose(actor),
        own=[(str(own.pk), own.name) for own in own_reports()],
        may_reveal=allowed(actor, "households.reveal"),
    )
    if sent and form.is_valid():
        run = _started(form, report, actor)
        if run is not None:
            return HttpResponseRedirect(_page_of(run))
    context = site.each_context(request) | {
        "title": report.title.in_language(language),
        "report": report,
        "form": form,
    }
    return TemplateResponse(request, "reports/admin/ask.html", context)


def _page_of(run: ReportRun) -> str:
    return reverse("admin:report-run" if run.keeps_figures else "admin:catalogue-run", args=[run.pk])


def _started(form: AskForm, report: Report, actor: Actor) -> ReportRun | None:
    values = form.cleaned_data
    number = values.get("household_number", "")
    try:
        with savepoint():
            draft = ReportDraft(
                report_id=report.id,
                area_code=values.get("area") or "",
                formats=tuple(values["formats"]),
                period_id=UUID(values["period_id"]) if values["period_id"] else None,
                as_of=values["as_of"],
                known_at=known_until(values["known_on"]),
                household_id=household_of_number(number, actor=actor) if number else None,
                options=form.options(),
                reveal_reason=values.get("reveal_reason") or "",
            )
            return start_report(draft, actor=actor)
    except DomainError as error:
        add_refusal(form, error)
        return None


def run_page(request: HttpRequest, catalogue_run_id: UUID) -> HttpResponse:
    """Show one run: how far it is, why it failed, its files; figures without persons stand on the page itself."""
    actor, language = current_actor(), _language()
    run = find_catalogue_run(catalogue_run_id, actor=actor)
    if run.keeps_figures:
        return HttpResponseRedirect(_page_of(run))
    report = report_asked(run.report_id, actor=actor)
    (progress,) = report_progress([run])
    context = site.each_context(request) | {
        "title": report.title.in_language(language),
        "run": run,
        "report": report,
        "area": dict(areas_to_choose(actor)).get(run.area_code, run.area_code).strip("　"),
        "progress": progress,
        "is_moving": progress.state in {RunState.QUEUED, RunState.RUNNING},
        "files": files_of([run])[run.pk],
    }
    if run.is_finished and not run.holds_persons and report.basis is Basis.SNAPSHOT:
        context["figures"], context["trouble"] = _figures(run, report, actor, language)
    return TemplateResponse(request, "reports/admin/catalogue_run.html", context)


def _figures(run: ReportRun, report: Report, actor: Actor, language: Language) -> tuple[SafeString | str, str]:
    """Give the figures of a run from its picture, or the sentence that says why there are none any more."""
    may_open = bool(report.list_id) and allowed(actor, report_known(report.list_id).right)
    try:
        layout = report.layout(picture_of_run(run), actor=actor, language=language)
        return fragment(layout, link=_link(run) if may_open else None), ""
    except DomainError as error:
        return "", str(error.message)


def _link(run: ReportRun) -> Link:
    """Give what leads from a figure to its list: the figure's table, column and division."""
    report = report_known(run.report_id)
    picture = picture_of_run(run)
    known: dict[tuple[str, str], bool] = {}

    def link(table: Table, row: Row, column: Column) -> str:
        key = (table.key, column.key)
        if key not in known:
            known[key] = isinstance(report, PicturedReport) and report.behind(picture, *key) is not None
        value = row[[one.key for one in table.columns].index(column.key)]
        if not known[key] or not value:
            return ""
        query = urlencode({"table": table.key, "column": column.key, "division": str(row[0])})
        return f"{reverse('admin:catalogue-behind', args=[run.pk])}?{query}"

    return link


def behind_page(request: HttpRequest, catalogue_run_id: UUID) -> HttpResponse:
    """Show the list behind a figure, and the way to the whole of it as a file."""
    asked = {name: request.GET.get(name, "") for name in ("table", "column", "division")}
    found = list_behind(
        catalogue_run_id,
        asked["table"],
        asked["column"],
        asked["division"],
        actor=current_actor(),
        language=_language(),
    )
    chosen = {"report": found.list_id, "period_id": found.run.period_id or "", "area": found.area_code}
    context = site.each_context(request) | {
        "title": found.layout.title,
        "behind": found,
        "is_cut": found.count > MOST_ROWS,
        "rows": fragment(found.layout),
        "whole": f"{reverse('admin:catalogue-ask')}?{urlencode(chosen)}",
    }
    return TemplateResponse(request, "reports/admin/behind.html", context)


def download(request: HttpRequest, catalogue_run_id: UUID, kind: str) -> HttpResponse:
    """Hand out a file of a finished run."""
    name, media_type, content = file_of_run(catalogue_run_id, kind, actor=current_actor())
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": header})
