"""The pages of schedules: list, set, change."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from registry.admin.forms import add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError, NotFound
from registry.tenancy.context import current_actor
from registry.tenancy.scope import savepoint
from reports.admin.forms import ScheduleForm, initial_of
from reports.definitions.text import language_of
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.models import ReportSchedule
from reports.queries.recipients import choosable_recipients
from reports.queries.schedules import find_schedule, schedules_with_mails


def schedule_list(request: HttpRequest) -> HttpResponse:
    """List the schedules with their next moment and where their last mails stand."""
    context = site.each_context(request) | {
        "title": gettext("Schedules and mails"),
        "schedules": schedules_with_mails(language_of(get_language() or "")),
    }
    return TemplateResponse(request, "reports/admin/schedules.html", context)


def schedule_page(request: HttpRequest, schedule_id: UUID | None = None) -> HttpResponse:
    """Set a schedule, or change one."""
    schedule = None if schedule_id is None else _found(schedule_id)
    users = choosable_recipients(schedule, actor=current_actor())
    language = language_of(get_language() or "")
    data = request.POST if request.method == "POST" else None
    form = ScheduleForm(data, initial=initial_of(schedule), language=language, users=users)
    if data is not None and form.is_valid() and _set(form, schedule_id):
        messages.success(request, gettext("The schedule was set."))
        return HttpResponseRedirect(reverse("admin:report-schedules"))
    context = site.each_context(request) | {
        "title": gettext("Report schedule"),
        "form": form,
        "schedule": schedule,
    }
    return TemplateResponse(request, "reports/admin/schedule.html", context)


def _found(schedule_id: UUID) -> ReportSchedule:
    schedule = find_schedule(schedule_id)
    if schedule is None:
        raise NotFound("report.no_such_schedule", gettext("There is no such schedule."))
    return schedule


def _set(form: ScheduleForm, schedule_id: UUID | None) -> bool:
    """Hand the form to the domain; show at the form what it refuses."""
    values = form.cleaned_data
    draft = ScheduleDraft(
        report_id=values["report_id"],
        day_of_month=values["day_of_month"],
        hour=values["hour"],
        is_active=values["is_active"],
        recipient_ids=form.recipient_ids,
    )
    try:
        with savepoint():
            set_schedule(
                draft,
                actor=current_actor(),
                now=timezone.now(),
                schedule_id=schedule_id,
                # A form that came without its version is as stale as one can be.
                version=None if schedule_id is None else values["version"] or 0,
            )
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True
