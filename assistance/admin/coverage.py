"""The coverage page: households without a helper, villages without a team."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from assistance.queries.coverage import coverage_by_village, households_without_helper
from registry.admin.site import site
from registry.lib.periods import today
from registry.queries.divisions import division_names
from villages.queries.villages import villages_without_team

_SHOWN = 200


def coverage_page(request: HttpRequest) -> HttpResponse:
    """Show today's coverage of the area of the person at work."""
    day = today()
    counts, villages = coverage_by_village(day), villages_without_team(day)
    open_count = sum(count.with_stand_in + count.without for count in counts)
    names = division_names({count.village_code for count in counts})
    context = site.each_context(request) | {
        "title": gettext("Coverage"),
        "day": day,
        "counts": [(names.get(count.village_code, count.village_code), count) for count in counts],
        "households": households_without_helper(day, most=_SHOWN) if open_count else [],
        "more": max(0, open_count - _SHOWN),
        "villages": villages,
    }
    return TemplateResponse(request, "assistance/admin/coverage.html", context)
