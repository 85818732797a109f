"""Coverage, open wishes, who is still to be asked, attendance of a course, and pictures of certificates."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dossiers.domain.files import neutral_name
from households.models import Household
from livelihoods.domain.enrolments import MOST_LINES, Attendance, read_certificate, record_attendance
from livelihoods.enums import KIND_SCHEME
from livelihoods.queries.figures import figures_of
from livelihoods.queries.outcomes import outcomes_due
from livelihoods.queries.training import (
    coverage_today,
    households_without_trained,
    lacking_rows,
    wishes_by_kind,
)
from livelihoods.queries.visibility import enrolments_visible_to, find_course
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.domain.codes import code_list
from registry.lib.periods import today

_SHOWN: Final = 300


def coverage_page(request: HttpRequest) -> HttpResponse:
    """Show the villages with their households that lack a trained member; of one village those households."""
    figures, code = figures_of(today().year), request.GET.get("village", "")
    counts = coverage_today()
    village = next((one for one in counts if one.village_code == code), None)
    lacking = households_without_trained(figures).filter(scope_code=code) if village else Household.objects.none()
    found = list(lacking_rows(lacking).order_by("number")[: _SHOWN + 1])
    context = site.each_context(request) | {
        "title": gettext("A trained member in each household"),
        "figures": figures,
        "counts": counts,
        "households": sum(one.households for one in counts),
        "trained": sum(one.trained for one in counts),
        "village": village,
        "lacking": found[:_SHOWN],
        "has_more": len(found) > _SHOWN,
        "shown": _SHOWN,
    }
    return TemplateResponse(request, "livelihoods/admin/coverage.html", context)


def wishes_page(request: HttpRequest) -> HttpResponse:
    """Show how many persons of the area wish for each kind of training that they did not get."""
    listed = code_list(KIND_SCHEME)
    counts = [(listed.label_of(row.kind_code), row) for row in wishes_by_kind()]
    context = site.each_context(request) | {"title": gettext("Open wishes for training"), "counts": counts}
    return TemplateResponse(request, "livelihoods/admin/wishes.html", context)


def outcomes_page(request: HttpRequest) -> HttpResponse:
    """Show who attended a course three months ago or earlier, where nothing on work is on file."""
    rows = outcomes_due(enrolments_visible_to(actor_at(request))).order_by("last_on", "id")
    found = list(rows[: _SHOWN + 1])
    context = site.each_context(request) | {
        "title": gettext("Work after training"),
        "rows": found[:_SHOWN],
        "has_more": len(found) > _SHOWN,
        "shown": _SHOWN,
    }
    return TemplateResponse(request, "livelihoods/admin/outcomes.html", context)


def attendance_page(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Enter the days that each attended, of those whom the one at work may see."""
    course, actor = find_course(course_id), actor_at(request)
    rows = enrolments_visible_to(actor).filter(course=course, withdrawn_on__isnull=True).order_by("id")[:MOST_LINES]
    back = reverse("admin:livelihoods_course_change", args=[course.pk])
    fields: dict[str, forms.Field] = {}
    for row in rows:
        fields[f"days_{row.pk}"] = forms.IntegerField(
            label=f"{row.person.name} ({row.person.number})",
            min_value=0,
            max_value=course.day_count,
            required=False,
            initial=row.attended_days,
        )
        fields[f"version_{row.pk}"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.version, required=False)

    def submit(values: dict[str, Any]) -> HttpResponse:
        lines = [
            Attendance(row.pk, values[f"days_{row.pk}"], values[f"version_{row.pk}"])
            for row in rows
            if values[f"days_{row.pk}"] is not None
        ]
        record_attendance(course.pk, lines, actor=actor)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    intro = _("Days attended of %(days)s. Leave a line empty where it is not known yet.") % {"days": course.day_count}
    page = FormPage(_("Enter attendance"), back, intro, button=_("Enter attendance"))
    form: type[SiteForm] = type("AttendanceListForm", (SiteForm,), dict(fields))
    return form_page(request, page, form, submit)


def certificate_file(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Download the picture of a certificate; that it was read is audited."""
    document, content = read_certificate(enrolment_id, actor=actor_at(request))
    name = neutral_name("certificate", document.sha256, document.media_type)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=document.media_type, headers=headers)
