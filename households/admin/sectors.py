"""The working page of a sector clerk."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from households.queries.sectors import sector_facts
from registry.admin.site import actor_at, site

_ROWS = 50


def sector_page(request: HttpRequest) -> HttpResponse:
    """List the facts of the clerk's own sector."""
    rows = sector_facts(actor_at(request).sector).order_by("id")
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    shown = [{name: value for name, value in row.items() if name != "id"} for row in page]
    context = site.each_context(request) | {
        "title": gettext("Facts of my sector"),
        "page": page,
        "columns": list(shown[0]) if shown else [],
        "rows": [list(row.values()) for row in shown],
    }
    return TemplateResponse(request, "households/admin/sector_facts.html", context)
