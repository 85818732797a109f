"""The pages of runs: choose a month, start, watch, read the figures, download, look after the mails."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from periods.definitions.calendar import UNIONS
from periods.enums import PeriodKind
from periods.queries.gaps import months_to_freeze
from periods.queries.periods import ended_periods
from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError
from registry.lib.periods import Month, today
from registry.tenancy.context import Actor, current_actor
from registry.tenancy.scope import savepoint
from reports.admin.forms import AccountForm
from reports.admin.rule_words import words_of
from reports.admin.tables import (
    NOWHERE,
    Links,
    account_tables,
    category_table,
    cause_tables,
    coverage_table,
    summary_table,
)
from reports.definitions.account import REPORT_ID, TITLE
from reports.definitions.text import language_of
from reports.domain.account_files import FORMATS, account_file
from reports.domain.deliveries import send_again, send_run
from reports.domain.mails import page_of
from reports.domain.runs import find_run, start_period_run, start_run, workbook_of
from reports.enums import Format, RunState
from reports.models import ReportRun
from reports.queries.runs import deliveries_of, figures_of, latest_runs, mail_counts, progress_of, progress_of_all
from reports.queries.schedules import schedules_of
from reports.renderers.notes import period_notes
from reports.renderers.workbook import MEDIA_TYPE

MOST_PERIODS: Final = 60


def run_list(request: HttpRequest) -> HttpResponse:
    """List the latest runs; start one for the month that was chosen."""
    actor, sent = current_actor(), request.method == "POST"
    form = AccountForm(request.POST if sent else None)
    if sent and form.is_valid():
        run = _started(form)
        if run is not None:
            return HttpResponseRedirect(reverse("admin:report-run", args=[run.pk]))
    shown = list(latest_runs())
    context = site.each_context(request) | {
        "title": TITLE.in_language(language_of(get_language() or "")),
        "form": form,
        "runs": list(zip(shown, progress_of_all(shown), strict=True)),
        "may_run": allowed(actor, "reports.run"),
        "other_periods": list(ended_periods(today(), [*UNIONS, PeriodKind.CAMPAIGN])[:MOST_PERIODS]),
    }
    return TemplateResponse(request, "reports/admin/runs.html", context)


def _started(form: AccountForm) -> ReportRun | None:
    """Start the run of the period or month that was chosen, or show at the form why not."""
    values, actor = form.cleaned_data, current_actor()
    try:
        with savepoint():
            if values["period"]:
                return start_period_run(REPORT_ID, values["period"], actor=actor, catch_up=values["catch_up"])
            return start_run(REPORT_ID, Month.parse(values["month"]), actor=actor, catch_up=values["catch_up"])
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
        "title": f"{TITLE.in_language(language)} {run.period.name if run.period else f'{run.month:%Y-%m}'}",
        "run": run,
        "to_freeze": months_to_freeze(run.period) if run.period and run.state == RunState.QUEUED else (),
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
        links = _links(run, actor)
        context |= {
            "formats": [one for one in FORMATS if one != Format.XLSX],
            "figures": figures,
            "has_links": bool(links.address),
            "notes": period_notes(figures, language),
            "summary": summary_table(figures, language, links),
            "accounts": account_tables(figures, language, links),
            "categories": category_table(figures, language, links) if figures.shows_late else None,
            "causes": cause_tables(figures, language, links, villages=villages),
            "coverage": coverage_table(figures, language, links),
        }
    return TemplateResponse(request, "reports/admin/run.html", context)


def _links(run: ReportRun, actor: Actor) -> Links:
    """Let figures lead to their lists: of the edition that counts, for who may see households."""
    period = run.period
    if period is None or run.snapshot_id != period.snapshot_id or not allowed(actor, "periods.view_behind"):
        return NOWHERE
    return Links(reverse("admin:period-behind", args=[period.pk]))


def workbook(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Download the workbook of a finished run."""
    actor = current_actor()
    name, content = workbook_of(find_run(run_id, actor=actor), actor=actor)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": header})


def run_file(request: HttpRequest, run_id: UUID, file_format: str) -> HttpResponse:
    """Download a finished run in another format, in the reader's language."""
    actor, language = current_actor(), language_of(get_language() or "")
    name, rendered = account_file(find_run(run_id, actor=actor), file_format, language=language, actor=actor)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(rendered.content, content_type=rendered.media_type, headers={"Content-Disposition": header})


def send(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Send a finished run to the recipients of a schedule."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    rows = send_run(run_id, _id(request.POST.get("schedule", "")), actor=current_actor())
    messages.success(request, gettext("%(number)s mails were added.") % {"number": len(rows)})
    return HttpResponseRedirect(reverse("admin:report-run", args=[run_id]))


def _id(text: str) -> UUID:
    """Read what was chosen; a text that is no id names nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Send an unclear or failed mail again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = send_again(delivery_id, actor=current_actor())
    messages.success(request, gettext("The mail is sent again."))
    return HttpResponseRedirect(reverse("admin:report-mails") if row.run.is_announcement else page_of(row.run))
