"""A reader's pages of what counties opened to them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from oversight.domain.looking import look_at_household, look_at_list, look_open_to
from oversight.enums import LookList
from oversight.queries.looks import looks_of
from registry.admin.site import actor_at, site
from registry.lib.periods import today
from registry.queries.divisions import division_names

_NO_STORE = "no-store"


def looks_page(request: HttpRequest) -> HttpResponse:
    """Show where the person may look today."""
    rows = list(looks_of(actor_at(request), on=today()))
    names = division_names({row.area_code for row in rows})
    for row in rows:
        row.area_name = names.get(row.area_code, row.area_code)  # type: ignore[attr-defined]  # for the page alone
    context = site.each_context(request) | {"title": gettext("Lists open to you"), "looks": rows}
    return TemplateResponse(request, "oversight/admin/looks.html", context)


def look_page(request: HttpRequest, granted_id: UUID) -> HttpResponse:
    """Show the lists that a look opens; one that is chosen is opened, and the county notes it."""
    actor, shown = actor_at(request), request.GET.get("list", "")
    page = look_at_list(granted_id, shown, actor=actor, after=request.GET.get("after", "")) if shown else None
    context = site.each_context(request) | {
        "title": gettext("Households behind the figures"),
        "granted_id": granted_id,
        "look": page.look if page else look_open_to(granted_id, actor=actor),
        "lists": LookList.choices,
        "shown": shown,
        "page": page,
    }
    return _kept_nowhere(TemplateResponse(request, "oversight/admin/look.html", context))


def household_page(request: HttpRequest, granted_id: UUID, household_id: UUID) -> HttpResponse:
    """Show one household; the county notes it."""
    found = look_at_household(granted_id, household_id, actor=actor_at(request))
    context = site.each_context(request) | {
        "title": f"{found.household.number} {found.household.head_name}".strip(),
        "granted_id": granted_id,
        "found": found,
    }
    return _kept_nowhere(TemplateResponse(request, "oversight/admin/look_household.html", context))


def _kept_nowhere(response: TemplateResponse) -> TemplateResponse:
    response["Cache-Control"] = _NO_STORE
    return response
