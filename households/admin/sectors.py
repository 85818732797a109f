"""The working page of a sector clerk."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from households.queries.sectors import sector_facts
from registry.admin.site import actor_at, site
from villages.admin.labels import labels_of

_ROWS = 50
_SCHEMES: Final = {
    "education_code": "education",
    "school_code": "school_status",
    "health_codes": "health",
    "attribute_code": "household_attribute",
}


def sector_page(request: HttpRequest) -> HttpResponse:
    """List the facts of the clerk's own sector."""
    rows = sector_facts(actor_at(request).sector).order_by("id")
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    shown = [
        {
            name: labels_of(_SCHEMES[name], value) if name in _SCHEMES else value
            for name, value in row.items()
            if name != "id"
        }
        for row in page
    ]
    context = site.each_context(request) | {
        "title": gettext("Facts of my sector"),
        "page": page,
        "columns": list(shown[0]) if shown else [],
        "rows": [list(row.values()) for row in shown],
    }
    return TemplateResponse(request, "households/admin/sector_facts.html", context)
