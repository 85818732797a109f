"""The pages of schedules: list, set, look at the next dates, send now."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError, NotFound
from registry.lib.workdays import LAST_KNOWN_YEAR
from registry.tenancy.context import current_actor
from registry.tenancy.scope import savepoint
from reports.admin.rule_words import words_of
from reports.admin.schedule_forms import ScheduleForm, initial_of
from reports.definitions.text import language_of
from reports.domain.mails import page_of
from reports.domain.occasions import send_now
from reports.domain.schedulable import titles
from reports.domain.schedules import check_rule, set_schedule
from reports.domain.stages import coming_times
from reports.models import ReportRun, ReportSchedule
from reports.queries.schedule_places import areas_of_county
from reports.queries.schedules import find_schedule, occasions_of, schedules_with_mails


def schedule_list(request: HttpRequest) -> HttpResponse:
    """List the schedules with their next moment and where their last mails stand."""
    rows = schedules_with_mails(titles(language_of(get_language() or "")))
    names = dict(areas_of_county(current_actor()))
    context = site.each_context(request) | {
        "title": gettext("Schedules and mails"),
        "schedules": [
            (
                row,
                words_of(row.schedule),
                _page(row.last_run),
                names.get(row.schedule.area_code, row.schedule.area_code),
            )
            for row in rows
        ],
    }
    return TemplateResponse(request, "reports/admin/schedules.html", context)


def _page(run: ReportRun | None) -> str:
    return "" if run is None else page_of(run)


def schedule_page(request: HttpRequest, schedule_id: UUID | None = None) -> HttpResponse:
    """Set a schedule, or change one; show when it is due next before anything is saved."""
    schedule = None if schedule_id is None else _found(schedule_id)
    data = request.POST if request.method == "POST" else None
    form = ScheduleForm(
        data,
        initial=initial_of(schedule),
        schedule=schedule,
        actor=current_actor(),
        language=language_of(get_language() or ""),
    )
    shown = schedule
    if data is not None and form.is_valid():
        if "look" in data:
            shown = _looked_at(form)
        elif _set(form, schedule_id):
            messages.success(request, gettext("The schedule was set."))
            return HttpResponseRedirect(reverse("admin:report-schedules"))
    return TemplateResponse(request, "reports/admin/schedule.html", _context(request, form, schedule, shown))


def _context(
    request: HttpRequest, form: ScheduleForm, schedule: ReportSchedule | None, shown: ReportSchedule | None
) -> dict[str, object]:
    times = [] if shown is None else coming_times(shown, now=timezone.now())
    return site.each_context(request) | {
        "title": gettext("Report schedule"),
        "form": form,
        "schedule": schedule,
        "shown": shown,
        "words": "" if shown is None else words_of(shown),
        "times": times,
        "is_unsure": not all(moment.is_sure for moment in times),
        "last_known_year": LAST_KNOWN_YEAR,
        "occasions": [] if schedule is None else [(one, _page(one.run)) for one in occasions_of(schedule)],
    }


def _looked_at(form: ScheduleForm) -> ReportSchedule | None:
    """Give the schedule that the form describes, which is nowhere saved; show at the form what cannot be."""
    draft = form.draft()
    try:
        check_rule(draft)
    except DomainError as error:
        add_refusal(form, error)
        return None
    values = form.cleaned_data
    names = {field.name for field in ReportSchedule._meta.get_fields()} & set(values)
    return ReportSchedule(**{name: values[name] for name in names - {"recipients", "version"}})


def _found(schedule_id: UUID) -> ReportSchedule:
    schedule = find_schedule(schedule_id)
    if schedule is None:
        raise NotFound("report.no_such_schedule", gettext("There is no such schedule."))
    return schedule


def _set(form: ScheduleForm, schedule_id: UUID | None) -> bool:
    """Hand the form to the domain; show at the form what it refuses."""
    try:
        with savepoint():
            set_schedule(
                form.draft(),
                actor=current_actor(),
                now=timezone.now(),
                schedule_id=schedule_id,
                # A form that came without its version is as stale as one can be.
                version=None if schedule_id is None else form.cleaned_data["version"] or 0,
            )
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True


def send(request: HttpRequest, schedule_id: UUID) -> HttpResponse:
    """Make and send at once what a schedule is about today."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    run = send_now(schedule_id, actor=current_actor(), now=timezone.now())
    messages.success(request, gettext("The report is made and sent. This page shows where it stands."))
    log = f"{reverse('admin:report-mails')}?schedule={schedule_id}"
    return HttpResponseRedirect(log if run.is_announcement else page_of(run))
