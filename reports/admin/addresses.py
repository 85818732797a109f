"""The pages of addresses outside: the list, asking for one, deciding, verifying."""

import smtplib
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from registry.access import allowed
from registry.admin.account import LANGUAGES
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import site
from registry.domain.origin import client_address
from registry.lib.errors import DomainError
from registry.tenancy.context import current_actor
from reports.domain.addresses import (
    AddressDraft,
    ask_address,
    confirm_address,
    decide_address,
    verification_token,
    verify_address,
    withdraw_address,
)
from reports.models import OutsideAddress
from reports.queries.mails import addresses


class AddressForm(SiteForm):
    """What is asked for an office outside."""

    name = forms.CharField(label=_("Office"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"))
    purpose = forms.CharField(label=_("What it gets reports for"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


def address_list(request: HttpRequest) -> HttpResponse:
    """List the addresses with what may be done about each."""
    actor = current_actor()
    context = site.each_context(request) | {
        "title": gettext("Addresses outside"),
        "addresses": list(addresses()),
        "may_ask": allowed(actor, "reports.ask_address"),
        "may_decide": allowed(actor, "reports.decide_address"),
        "may_confirm": allowed(actor, "reports.confirm_address"),
        "user_id": actor.user_id,
    }
    return TemplateResponse(request, "reports/admin/addresses.html", context)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an address."""

    def submit(values: dict[str, str]) -> HttpResponse:
        ask_address(AddressDraft(**values), actor=current_actor())
        messages.success(request, gettext("Asked for. The security administrator decides on it."))
        return _back()

    page = FormPage(
        _("Ask for an address outside"),
        reverse("admin:report-addresses"),
        _("It gets reports without persons, once the security administrator has allowed it and it is verified."),
    )
    return form_page(request, page, AddressForm, submit)


def decide(request: HttpRequest, address_id: UUID) -> HttpResponse:
    """Allow, refuse or withdraw an address."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actor, version, verb = current_actor(), _version(request), request.POST.get("verb", "")
    if verb == "withdraw":
        withdraw_address(address_id, actor=actor, version=version)
        messages.success(request, gettext("Nothing more is sent there."))
    else:
        decide_address(address_id, is_allowed=verb == "allow", actor=actor, version=version)
        messages.success(request, gettext("Decided. An allowed address gets mail once it is verified."))
    return _back()


def confirm(request: HttpRequest, address_id: UUID) -> HttpResponse:
    """Note that a second administrator confirmed the address."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    confirm_address(address_id, actor=current_actor(), version=_version(request))
    messages.success(request, gettext("The address is verified."))
    return _back()


def mail_link(request: HttpRequest, address_id: UUID) -> HttpResponse:
    """Mail the link that verifies an address."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row, token = verification_token(address_id, actor=current_actor())
    _send_link(row, token)
    messages.success(request, gettext("A link is on its way to the address. It lapses after three days."))
    return _back()


def _send_link(row: OutsideAddress, token: str) -> None:
    with override(row.language):
        sentence = gettext("Open this link within three days, so that reports can be sent to this address:")
        link = f"{settings.BASE_URL}{reverse('verify-outside-address', args=[token])}"
        mail = EmailMessage(subject=gettext("Verify your address"), body=f"{sentence}\n\n{link}\n", to=[row.email])
        try:
            mail.send()
        except (OSError, smtplib.SMTPException) as error:
            message = _("The mail could not be sent. Try again later, or tell the system administrator.")
            raise DomainError("mail.not_sent", message) from error


def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Verify an address by the link that was mailed there: a button, since programs open links of mails too."""
    sentence, status, is_open = gettext("Press the button, so that reports can be sent to this address."), 200, True
    if request.method == "POST":
        is_open = False
        try:
            verify_address(token, origin=client_address(request))
            sentence = gettext("The address is verified. Reports can be sent to it.")
        except DomainError as error:
            sentence, status = str(error), 422
    context = {
        **site.each_context(request),
        "title": gettext("E-mail address"),
        "sentence": sentence,
        "is_open": is_open,
    }
    response = TemplateResponse(request, "reports/admin/verify_address.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _version(request: HttpRequest) -> int:
    """Read the version that the page showed; a form without one is as stale as one can be."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= 9 else 0


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:report-addresses"))
