"""The page on which requests are copied from a sheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerns.domain.pasting import enter_pasted
from concerns.enums import CHANNEL_SCHEME, OwnerRole
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
