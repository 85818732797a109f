"""The worklist of visits: who is to be visited by when, on a phone; for helper, team, township and county alike."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from assistance.queries.visits_due import DueVisit, due_page, due_today, has_plan
from registry.access import role_may
from registry.admin.site import actor_at, site
from registry.lib.periods import today
from registry.queries.divisions import division_names


def visits_due_page(request: HttpRequest) -> HttpResponse:
    """Show what is overdue and due in the area of the one at work: for a helper the households paired with them."""
    actor, day = actor_at(request), today()
    counts = due_today(actor=actor)
    named = request.GET.get("village", "")
    village = named if named in {count.village_code for count in counts} else ""
    shown = [count for count in counts if village in {"", count.village_code}]
    asked = request.GET.get("page", "1")
    found = due_page(day, shown, actor=actor, page=int(asked) if asked.isdecimal() else 1)
    names = division_names({count.village_code for count in counts})
    may_record = role_may(actor, "assistance.record_help_visit")
    context = site.each_context(request) | {
        "title": gettext("Visits due"),
        "day": day,
        "has_plan": bool(counts) or has_plan(day),
        "counts": [
            (_address(count.village_code, 1), names.get(count.village_code, count.village_code), count)
            for count in counts
        ],
        "village": names.get(village, village),
        "all": reverse("admin:visits-due"),
        "found": found,
        "visits": [(visit, _links(visit, may_record=may_record)) for visit in found.visits],
        "before": _address(village, found.page - 1) if found.page > 1 else "",
        "after": _address(village, found.page + 1) if found.page < found.page_count else "",
    }
    return TemplateResponse(request, "assistance/admin/visits_due.html", context)


def _address(village: str, page: int) -> str:
    return f"{reverse('admin:visits-due')}?{urlencode({'village': village, 'page': page})}"


def _links(visit: DueVisit, *, may_record: bool) -> dict[str, str]:
    record = reverse("admin:households_household_verb", args=[visit.id, "record-help-visit"]) if may_record else ""
    return {"household": reverse("admin:households_household_change", args=[visit.id]), "record": record}
