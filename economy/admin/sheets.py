"""What is published of projects: a sheet for the notice board, and the projects of a village."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from economy.domain.work import KEEP, PAYING
from economy.enums import ACTION_SCHEME, ASSET_SCHEME, PROJECT_SCHEME, ProjectState
from economy.queries.sheet import FEWEST, projects_of_village, sheet_of
from registry.access import role_may
from registry.admin.site import actor_at, site
from registry.lib.periods import today
from villages.admin.labels import labels_of
from villages.enums import FUNDING_SCHEME
from villages.queries.villages import find_village


def sheet_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a project's money by source, assets, result and numbers, to be printed; it names nobody."""
    sheet = sheet_of(project_id)
    codes = (sheet.project["kind_code"], sheet.project["action_code"])
    context = {
        "sheet": sheet,
        "fewest": FEWEST,
        "state": ProjectState(sheet.project["state"]).label,
        "steps": [(one["entered_on"], ProjectState(one["state"]).label) for one in sheet.steps],
        "kinds": [labels_of(scheme, code) for scheme, code in zip((PROJECT_SCHEME, ACTION_SCHEME), codes, strict=True)
                  if code],
        "money": [one | {"label": labels_of(FUNDING_SCHEME, one["source_code"])} for one in sheet.money],
        "assets": [one | {"label": labels_of(ASSET_SCHEME, one["kind_code"])} for one in sheet.assets],
        "may_pay": role_may(actor_at(request), KEEP) and sheet.project["state"] in PAYING,
        "printed_on": today(),
        "back": reverse("admin:village-industry-projects", args=[sheet.own_village_id]),
    }  # fmt: skip
    return TemplateResponse(request, "economy/admin/project_sheet.html", context)


def village_projects_page(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Show the projects that reach a village, also those that reach others."""
    village = find_village(village_id)
    context = site.each_context(request) | {
        "title": gettext("Industry projects: %(village)s") % {"village": village.name},
        "village": village,
        "rows": [
            row | {"kind": labels_of(PROJECT_SCHEME, row["kind_code"]), "state": ProjectState(row["state"]).label}
            for row in projects_of_village(village.pk)
        ],
    }
    return TemplateResponse(request, "economy/admin/village_projects.html", context)
