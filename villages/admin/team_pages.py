"""Pages of their own for work teams: the month of a team, and the board of the county's villages."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.access import role_may
from registry.admin.site import actor_at, site
from registry.lib.errors import NotFound
from registry.lib.periods import Month, today
from registry.queries.divisions import division_names
from villages.queries.board import Gap, board_on, gap_rows
from villages.queries.months import month_of_team
from villages.queries.teams import find_team

GAP_TITLES: Final = {
    Gap.WITHOUT_TEAM: _("Villages without a work team"),
    Gap.WITHOUT_FIRST_SECRETARY: _("Villages without a first secretary"),
    Gap.SINGLE_PERSON: _("Teams of one person or none"),
    Gap.OVER_TERM: _("Teams over their term"),
}


def board_page(request: HttpRequest) -> HttpResponse:
    """Show today's full coverage by township; each figure leads to its list."""
    day = today()
    total, lines = board_on(day)
    context = site.each_context(request) | {
        "title": gettext("Full coverage by teams"),
        "day": day,
        "total": total,
        "lines": lines,
        "sees_households": role_may(actor_at(request), "assistance.view_coverage"),
    }
    return TemplateResponse(request, "villages/admin/board.html", context)


def gap_page(request: HttpRequest) -> HttpResponse:
    """List the villages or teams of one figure of the board."""
    gap, division = request.GET.get("gap", Gap.WITHOUT_TEAM), request.GET.get("division", "")
    if gap not in set(Gap):
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    day = today()
    context = site.each_context(request) | {
        "title": GAP_TITLES[Gap(gap)],
        "day": day,
        "place": division_names([division]).get(division, division) if division else "",
        "rows": gap_rows(Gap(gap), day, division=division),
    }
    return TemplateResponse(request, "villages/admin/gaps.html", context)


def team_month_page(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Show the month of a team, this one where none is asked for."""
    team, this_month = find_team(team_id), Month.of(today())
    asked = request.GET.get("month", "")
    month = Month.parse(asked) if asked else this_month
    context = site.each_context(request) | {
        "title": gettext("Month of a team"),
        "team": team,
        "month": month,
        "previous": month.previous,
        "next": month.next if month < this_month else None,
        "drawn": month_of_team(team, month),
    }
    return TemplateResponse(request, "villages/admin/team_month.html", context)
