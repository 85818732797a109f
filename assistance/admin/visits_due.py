"""The worklist of visits: who is to be visited by when, on a phone; for helper, team, township and county alike."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from assistance.queries.visits_due import DueVisit, due_page, due_today, has_plan
from registry.access import role_may
from registry.admin.site import actor_at, site
from registry.lib.gbcode import is_code, lies_in
from registry.lib.periods import today
from registry.queries.divisions import division_names


def visits_due_page(request: HttpRequest) -> HttpResponse:
    """Show what is overdue and due in the area of the one at work: for a helper the households paired with them."""
    actor, day = actor_at(request), today()
    counts = due_today(actor=actor)
    named = request.GET.get("village", "")
    village = named if is_code(named) else ""
    shown = [count for count in counts if not village or lies_in(count.village_code, village)]
    asked, is_late = request.GET.get("page", "1"), "late" in request.GET
    listed = [replace(count, due=0) for count in shown] if is_late else shown
    found = due_page(day, listed, actor=actor, page=int(asked) if asked.isdecimal() else 1)
    names = division_names({village, *(count.village_code for count in counts)})
    may_record = role_may(actor, "assistance.record_help_visit")
    context = site.each_context(request) | {
        "title": gettext("Visits due"),
        "day": day,
        "has_plan": bool(counts) or has_plan(day),
        "counts": [
            (_address(count.village_code, 1, is_late=is_late), names.get(count.village_code, count.village_code), count)
            for count in counts
        ],
        "village": names.get(village, village),
        "all": _address("", 1, is_late=is_late) if village else reverse("admin:visits-due"),
        "is_late": is_late,
        "found": found,
        "visits": [(visit, _links(visit, may_record=may_record)) for visit in found.visits],
        "before": _address(village, found.page - 1, is_late=is_late) if found.page > 1 else "",
        "after": _address(village, found.page + 1, is_late=is_late) if found.page < found.page_count else "",
    }
    return TemplateResponse(request, "assistance/admin/visits_due.html", context)


def _address(village: str, page: int, *, is_late: bool) -> str:
    asked = {"village": village, "page": page} | ({"late": "1"} if is_late else {})
    return f"{reverse('admin:visits-due')}?{urlencode(asked)}"


def _links(visit: DueVisit, *, may_record: bool) -> dict[str, str]:
    record = reverse("admin:households_household_verb", args=[visit.id, "record-help-visit"]) if may_record else ""
    return {"household": reverse("admin:households_household_change", args=[visit.id]), "record": record}
