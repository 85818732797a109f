"""The round of a village, house to house: the list with which a team goes from door to door, on a phone."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from households.queries.rounds import Round, round_of, villages_of_round
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, year_shown
from registry.lib.periods import today


def round_page(request: HttpRequest) -> HttpResponse:
    """Show the households of a village in the order of the way, with what a visit to each would ask."""
    actor, year = actor_at(request), year_shown(request)
    villages = villages_of_round(actor)
    codes = [code for code, _name in villages]
    named = request.GET.get("village", "")
    village = named if named in codes else (codes[0] if codes else "")
    only_unvisited = request.GET.get("unvisited") == "1"
    page = request.GET.get("page", "1")
    found = round_of(
        village, year, actor=actor, only_unvisited=only_unvisited, page=int(page) if page.isdecimal() else 1
    )
    context = site.each_context(request) | {
        "title": gettext("Round of the village"),
        "villages": villages,
        "village": village,
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "only_unvisited": only_unvisited,
        "round": found,
        "houses": [
            {"house": one, "link": f"{reverse('admin:household-visit', args=[one.id])}?year={year}&round=1"}
            for one in found.houses
        ],
        **_turning(request, found, village, year),
    }
    return TemplateResponse(request, "households/admin/round.html", context)


def round_address(village: str, year: int, *, only_unvisited: bool = True) -> str:
    """Give the address of a village's round: what is left of it, unless all is asked for."""
    asked: dict[str, Any] = {"village": village, "year": year} | ({"unvisited": 1} if only_unvisited else {})
    return f"{reverse('admin:village-round')}?{urlencode(asked)}"


def _turning(request: HttpRequest, found: Round, village: str, year: int) -> dict[str, str]:
    """Give the addresses of the pages before and after this one, where there are such."""
    base = round_address(village, year, only_unvisited=request.GET.get("unvisited") == "1")
    return {
        "before": f"{base}&page={found.page - 1}" if found.page > 1 else "",
        "after": f"{base}&page={found.page + 1}" if found.page < found.page_count else "",
    }
