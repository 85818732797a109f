"""Pages with one form that calls one domain function, and a page that shows a secret once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise

from registry.admin.forms import SiteForm, add_refusal
from registry.admin.site import site
from registry.lib.errors import DomainError
from registry.tenancy.scope import savepoint

Submit = Callable[[dict[str, Any]], HttpResponse]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form: its title, a sentence, the label of its button, the way back, and its template."""

    title: str | Promise
    back: str
    intro: str | Promise = ""
    button: str | Promise = ""
    danger: bool = False
    template: str = "registry/admin/form_page.html"


def form_page(
    request: HttpRequest,
    page: FormPage,
    form_class: type[SiteForm],
    submit: Submit,
    *,
    initial: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; hand its values to `submit`, which calls one domain function and gives the answer.

    What the domain refuses is undone and shown at its field.
    """
    sent = request.method == "POST"
    form = form_class(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    if sent and form.is_valid():
        try:
            with savepoint():
                return submit(form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
    values = {**site.each_context(request), "title": page.title, "page": page, "form": form, **(context or {})}
    return TemplateResponse(request, page.template, values)


def secret_page(
    request: HttpRequest, *, title: str | Promise, label: str | Promise, secret: str, back: str
) -> HttpResponse:
    """Show a value once, kept by no cache and in no session."""
    values = {**site.each_context(request), "title": title, "label": label, "secret": secret, "back": back}
    response = TemplateResponse(request, "registry/admin/secret_page.html", values)
    response["Cache-Control"] = "no-store"
    return response
