"""The page on which the county office computes the incomes of a year again, after it saw how many would change."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.domain.recompute import ask_for_preview, ask_for_recomputation
from households.queries.recompute import Recomputation, recomputations_of
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, year_shown
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.scope import savepoint

# What the result of the work counts, in words.
COUNTED: Final = (
    ("asked", _("Households with income line by line")),
    ("changed", _("Households whose income changes")),
    ("raised", _("Net income per person rises")),
    ("lowered", _("Net income per person falls")),
    ("newly_below", _("Below the monitoring line then, and not before")),
    ("newly_above", _("Below the monitoring line before, and not then")),
    ("lines", _("Lines that count otherwise than before")),
)


def recompute_page(request: HttpRequest) -> HttpResponse:
    """Show what was counted and done for a year; count it anew, or do what was counted."""
    year = year_shown(request)
    if request.method == "POST":
        _ask(request, year)
        return HttpResponseRedirect(f"{request.path}?year={year}")
    context = site.each_context(request) | {
        "title": gettext("Compute the incomes of a year again"),
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "works": [_shown(one) for one in recomputations_of(year)],
    }
    return TemplateResponse(request, "households/admin/recompute.html", context)


def _ask(request: HttpRequest, year: int) -> None:
    actor, preview_id = actor_at(request), request.POST.get("preview_id", "")
    try:
        with savepoint():
            if preview_id:
                ask_for_recomputation(UUID(preview_id), actor=actor)
            else:
                ask_for_preview(year, actor=actor)
    except ValueError:
        messages.error(request, _("There is no such record, or it lies outside your area."))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The work is queued. Load the page again in a while."))


def _shown(one: Recomputation) -> dict[str, Any]:
    return {"work": one, "counted": [(label, one.result[name]) for name, label in COUNTED if name in one.result]}
