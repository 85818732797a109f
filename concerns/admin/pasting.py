"""The pages on which requests are copied from a sheet, or come as a file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerns.domain.filed import enter_filed
from concerns.domain.pasting import enter_pasted
from concerns.enums import CHANNEL_SCHEME, OwnerRole
from concerns.sheets.requests import MOST_BYTES, read_requests
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from villages.admin.fields import code_field


class PastedForm(SiteForm):
    """Lines of a sheet, how they were told, and who solves them."""

    channel_code = code_field(CHANNEL_SCHEME, _("how it was told"), required=True)
    owner_role = forms.ChoiceField(label=_("who solves it"), choices=OwnerRole.choices, initial=OwnerRole.VILLAGE_TEAM)
    text = forms.CharField(
        label=_("Lines"),
        max_length=120_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("A line each: household number or village, kind, day, what is asked for. No names of persons."),
    )


class UploadedForm(SiteForm):
    """A file with requests, and who solves them."""

    owner_role = forms.ChoiceField(label=_("who solves it"), choices=OwnerRole.choices, initial=OwnerRole.VILLAGE_TEAM)
    file = forms.FileField(
        label=_("Workbook or .csv file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_(
            "With the headings 户编号或村代码, 诉求类别, 诉求渠道, 提出日期 and 诉求内容. Up to 200 lines and 1 MB, "
            "no names of persons; the file is read and not kept."
        ),
    )


def upload_page(request: HttpRequest) -> HttpResponse:
    """Take a file with lines, and enter a request of each."""
    back = reverse("admin:concerns_helprequest_changelist")

    def submit(values: dict[str, Any]) -> HttpResponse:
        lines = read_requests(values["file"].read(MOST_BYTES + 1))
        entered = enter_filed(lines, owner_role=values["owner_role"], actor=actor_at(request))
        messages.success(request, gettext("%(count)d requests were entered.") % {"count": len(entered)})
        return HttpResponseRedirect(back)

    intro = _("All lines are entered, or none when one of them cannot be.")
    page = FormPage(_("Requests from a file"), back, intro, button=_("Enter the lines"))
    return form_page(request, page, UploadedForm, submit)


def paste_page(request: HttpRequest) -> HttpResponse:
    """Take lines of a sheet, and enter a request of each."""
    back = reverse("admin:concerns_helprequest_changelist")

    def submit(values: dict[str, Any]) -> HttpResponse:
        entered = enter_pasted(actor=actor_at(request), **values)
        messages.success(request, gettext("%(count)d requests were entered.") % {"count": len(entered)})
        return HttpResponseRedirect(back)

    intro = _("Copy the cells from the sheet. All lines are entered, or none when one of them cannot be.")
    page = FormPage(_("Requests from a sheet"), back, intro, button=_("Enter the lines"))
    return form_page(request, page, PastedForm, submit, initial={"channel_code": "3"})
