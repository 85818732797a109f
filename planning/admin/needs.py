"""Figures of need that counties published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from planning.domain.needs import publish_needs
from planning.queries.published import needs_published_in
from registry.access import role_may
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site

SHOWN = 300


def needs_page(request: HttpRequest) -> HttpResponse:
    """Show the newest figures of each county of the area."""
    actor = actor_at(request)
    counties = needs_published_in(actor.ranges)
    context = site.each_context(request) | {
        "title": gettext("Village needs"),
        "counties": counties,
        "shown": SHOWN,
        "may_publish": role_may(actor, "planning.publish_needs"),
    }
    return TemplateResponse(request, "planning/admin/needs.html", context)


def publish_page(request: HttpRequest) -> HttpResponse:
    """Publish the county's figures of today."""
    actor = actor_at(request)

    def submit(values: dict[str, object]) -> HttpResponse:
        publish_needs(actor=actor)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("admin:village-needs"))

    page = FormPage(
        _("Publish the figures of today"),
        reverse("admin:village-needs"),
        _("Prefecture and region see them by village: income gap, risk, facilities, distance, and who sent the team."),
        button=_("Publish"),
    )
    return form_page(request, page, SiteForm, submit)
