"""The pages of runs: choose a month, start, watch, read the figures, download, look after the mails."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError
from registry.lib.periods import Month
from registry.tenancy.context import current_actor
from registry.tenancy.scope import savepoint
from reports.admin.forms import MonthForm
from reports.admin.rule_words import words_of
from reports.admin.tables import account_tables, cause_tables, coverage_table, summary_table
from reports.definitions.account import REPORT_ID, TITLE
from reports.definitions.text import language_of
from reports.domain.deliveries import send_again, send_run
from reports.domain.runs import find_run, start_run, workbook_of
from reports.enums import RunState
from reports.models import ReportRun
from reports.queries.runs import deliveries_of, figures_of, latest_runs, mail_counts, progress_of, progress_of_all
from reports.queries.schedules import schedules_of
from reports.renderers.notes import carried_notes
from reports.renderers.workbook import MEDIA_TYPE


def run_list(request: HttpRequest) -> HttpResponse:
    """List the latest runs; start one for the month that was chosen."""
    form = MonthForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        run = _started(form)
        if run is not None:
            return HttpResponseRedirect(reverse("admin:report-run", args=[run.pk]))
    shown = list(latest_runs())
    context = site.each_context(request) | {
        "title": TITLE.in_language(language_of(get_language() or "")),
        "form": form,
        "runs": list(zip(shown, progress_of_all(shown), strict=True)),
        "may_run": allowed(current_actor(), "reports.run"),
    }
    return TemplateResponse(request, "reports/admin/runs.html", context)


def _started(form: MonthForm) -> ReportRun | None:
    """Start the run, or show at the form why not."""
    try:
        with savepoint():
            return start_run(REPORT_ID, Month.parse(form.cleaned_data["month"]), actor=current_actor())
    except DomainError as error:
        add_refusal(form, error)
        return None


def run_page(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show one run: how far it is, why it failed, or its figures, and where its mails stand."""
    actor = current_actor()
    run = find_run(run_id, actor=actor)
    language = language_of(get_language() or "")
    progress, mails = progress_of(run), list(deliveries_of(run.pk))
    context = site.each_context(request) | {
        "title": f"{TITLE.in_language(language)} {run.month:%Y-%m}",
        "run": run,
        "progress": progress,
        # The page loads itself again only while something moves: else it would keep the login alive and shut what is
        # being read.
        "is_moving": progress.state in {RunState.QUEUED, RunState.RUNNING} or any(mail.is_on_its_way for mail in mails),
        "mails": mails,
        "counts": mail_counts(run.pk),
        "schedules": [(schedule, words_of(schedule)) for schedule in schedules_of(run.report_id)],
        "may_send": allowed(actor, "reports.send"),
    }
    if run.is_finished:
        figures = figures_of(run)
        villages = allowed(actor, "reports.view_village_causes")
        context |= {
            "figures": figures,
            "notes": carried_notes(figures, language),
            "summary": summary_table(figures, language),
            "accounts": account_tables(figures, language),
            "causes": cause_tables(figures, language, villages=villages),
            "coverage": coverage_table(figures, language),
        }
    return TemplateResponse(request, "reports/admin/run.html", context)


def workbook(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Download the workbook of a finished run."""
    actor = current_actor()
    name, content = workbook_of(find_run(run_id, actor=actor), actor=actor)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": header})


def send(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Send a finished run to the recipients of a schedule."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    rows = send_run(run_id, _schedule_id(request), actor=current_actor())
    messages.success(request, gettext("%(number)s mails were added.") % {"number": len(rows)})
    return HttpResponseRedirect(reverse("admin:report-run", args=[run_id]))


def _schedule_id(request: HttpRequest) -> UUID:
    """Read the schedule that was chosen; a text that is none names no schedule."""
    try:
        return UUID(request.POST.get("schedule", ""))
    except ValueError:
        return UUID(int=0)


def again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Send an unclear or failed mail again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = send_again(delivery_id, actor=current_actor())
    messages.success(request, gettext("The mail is sent again."))
    return HttpResponseRedirect(reverse("admin:report-run", args=[row.run_id]))
