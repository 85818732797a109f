"""Enter a form, read its columns, see what villages must fill, download it filled, and the fields asked in a month."""

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

from oneform.domain.filling import filled_form
from oneform.domain.forms import FormDraft, receive_form
from oneform.domain.reading import headings_of
from oneform.enums import ColumnUse, Subjects
from oneform.queries.forms import (
    burden_of,
    columns_asked,
    fields_by_village,
    find_form,
    find_part,
    has_picture,
    is_overdue,
    part_sums,
    parts_of,
)
from oneform.queries.forms import (
    forms as forms_received,
)
from oneform.queries.lacking import MOST_SHOWN as MOST_LACKING
from oneform.queries.lacking import lacking_in
from oneform.queries.matching import held_columns
from registry.access import allowed
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.lib.errors import DomainError
from registry.lib.periods import Month, today
from registry.queries.divisions import division_names
from registry.tenancy.context import current_actor
from reports.enums import RowLevel

MOST_SHOWN: Final = 500


class ReceiveForm(SiteForm):
    """A form as it came: typed headings, or the blank table as a file."""

    title = forms.CharField(label=_("title"), max_length=100)
    sender = forms.CharField(label=_("office that asks"), max_length=100)
    received_on = forms.DateField(label=_("received on"), initial=today)
    due_on = forms.DateField(label=_("due on"), required=False)
    level = forms.ChoiceField(label=_("a row for each"), choices=RowLevel.choices)
    subjects = forms.ChoiceField(label=_("of whom"), choices=Subjects.choices)
    replaces_id = forms.ChoiceField(
        label=_("edition before"),
        required=False,
        help_text=_("Where the office changed a table that it had sent; the title stays that of the form."),
    )
    file = forms.FileField(label=_("the blank table (.xlsx or .csv)"), required=False)
    labels = forms.CharField(
        label=_("or its headings, one a line"), required=False, widget=forms.Textarea, max_length=25_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = forms_received().filter(successors__isnull=True)[:100]
        known = [(str(one.pk), str(one)) for one in latest if allowed(current_actor(), "oneform.amend", one)]
        self.fields["replaces_id"].choices = [("", "–"), *known]  # type: ignore[attr-defined]  # a field with choices


def receive_page(request: HttpRequest) -> HttpResponse:
    """Enter a form, and show what becomes of its columns."""

    def submit(values: dict[str, Any]) -> HttpResponse:
        file, typed = values.pop("file"), values.pop("labels")
        labels = headings_of(file.read()) if file else tuple(typed.splitlines())
        former = values.pop("replaces_id")
        draft = FormDraft(**values, labels=labels, replaces_id=UUID(former) if former else None)
        form = receive_form(draft, actor=actor_at(request))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:form-columns", args=[form.pk]))

    page = FormPage(_("Enter a form"), reverse("admin:oneform_formrequest_changelist"), button=_("Save"))
    return form_page(request, page, ReceiveForm, submit)


def columns_page(request: HttpRequest, form_request_id: UUID) -> HttpResponse:
    """Show each column of a form with what fills it."""
    form = find_form(form_request_id, actor=actor_at(request))
    held = held_columns(RowLevel(form.level))
    columns = columns_asked(form)
    uses = [one.use for one in columns]
    context = site.each_context(request) | {
        "title": gettext("Columns of the form"),
        "form": form,
        "columns": [(one, held[one.column_key].column.label.zh if one.column_key in held else "") for one in columns],
        "held": uses.count(ColumnUse.HELD),
        "by_hand": uses.count(ColumnUse.BY_HAND),
        "refused": uses.count(ColumnUse.REFUSED),
    }
    return TemplateResponse(request, "oneform/admin/columns.html", context)


def progress_page(request: HttpRequest, form_request_id: UUID) -> HttpResponse:
    """Show what each village of the person's area has to fill still, and which are done."""
    form = find_form(form_request_id, actor=actor_at(request))
    parts = list(parts_of(form)[:MOST_SHOWN])
    names = division_names({part.village_code for part in parts})
    context = site.each_context(request) | {
        "title": gettext("What villages must fill"),
        "form": form,
        "sums": part_sums(form),
        "overdue": is_overdue(form),
        "parts": [(names.get(part.village_code, part.village_code), part) for part in parts],
    }
    return TemplateResponse(request, "oneform/admin/progress.html", context)


def empty_page(request: HttpRequest, form_part_id: UUID) -> HttpResponse:
    """Show the households of a village in which the register lacks what the form asks for, each a link."""
    part = find_part(form_part_id, actor=actor_at(request))
    held = held_columns(RowLevel(part.form.level))
    context = site.each_context(request) | {
        "title": gettext("Empty in the register"),
        "form": part.form,
        "part": part,
        "village": division_names({part.village_code}).get(part.village_code, part.village_code),
        "is_gone": not has_picture(part.form),
        "most": MOST_LACKING,
        "rows": [(one, [held[key].column.label.zh for key in one.column_keys]) for one in lacking_in(part.form, part)],
    }
    return TemplateResponse(request, "oneform/admin/empty.html", context)


class FillForm(SiteForm):
    """For which township or village, and why documents and telephones stand there in full."""

    area_code = forms.CharField(label=_("Township or village (12 digits)"), max_length=12)
    reveal_reason = forms.CharField(
        label=_("Reason to show documents and telephones in full"),
        max_length=200,
        required=False,
        help_text=_("Without a reason they are masked. Your name, the moment and the reason are kept."),
    )


def fill_page(request: HttpRequest, form_request_id: UUID) -> HttpResponse:
    """Download the form filled for a township or village."""
    actor = actor_at(request)
    form = find_form(form_request_id, actor=actor)

    def submit(values: dict[str, Any]) -> HttpResponse:
        name, rendered = filled_form(
            form_request_id, values["area_code"], reveal_reason=values["reveal_reason"], actor=actor
        )
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return HttpResponse(rendered.content, content_type=rendered.media_type, headers={"Content-Disposition": header})

    back = reverse("admin:form-progress", args=[form.pk])
    page = FormPage(_("Filled form"), back, str(form), button=_("Download"))
    own = "" if any(one.lo == actor.tenant_code for one in actor.ranges) else actor.ranges[0].lo
    area = request.GET.get("area", "")[:12] or own
    return form_page(request, page, FillForm, submit, initial={"area_code": area})


def burden_page(request: HttpRequest) -> HttpResponse:
    """Show how many fields offices asked for in a month, by office and by village."""
    month = _month(request)
    villages = fields_by_village(month)
    names = division_names(set(villages))
    context = site.each_context(request) | {
        "title": gettext("Fields asked"),
        "month": month,
        "before": month.previous,
        "after": month.next if month.next.first_day <= today() else None,
        "offices": burden_of(month),
        "villages": [(names.get(code, code), counts) for code, counts in villages.items()][:MOST_SHOWN],
    }
    return TemplateResponse(request, "oneform/admin/burden.html", context)


def _month(request: HttpRequest) -> Month:
    try:
        return Month.parse(request.GET.get("month", ""))
    except DomainError:
        return Month.of(today())
