"""The coverage page: households without a helper, villages without a team."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from assistance.queries.coverage import coverage_today, open_today
from registry.admin.site import site
from registry.lib.gbcode import is_code, lies_in
from registry.lib.periods import today
from registry.queries.divisions import division_names
from villages.queries.villages import villages_without_team

_SHOWN = 100


def coverage_page(request: HttpRequest) -> HttpResponse:
    """Show today's coverage of the area of the person at work; of one village or township all without a helper."""
    day = today()
    counts, villages = coverage_today(), villages_without_team(day)
    asked = request.GET.get("village", "")
    named = asked if is_code(asked) else ""
    listed = [count for count in counts if not named or lies_in(count.village_code, named)]
    shown = sum(count.open for count in listed) if named else _SHOWN
    names = division_names({named, *(count.village_code for count in counts)})
    context = site.each_context(request) | {
        "title": gettext("Coverage"),
        "day": day,
        "counts": [(names.get(count.village_code, count.village_code), count) for count in counts],
        "village": names.get(named, named),
        "households": open_today(listed, shown),
        "more": max(0, sum(count.open for count in listed) - shown),
        "villages": villages,
    }
    return TemplateResponse(request, "assistance/admin/coverage.html", context)
