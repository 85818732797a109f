"""The worklist of monitoring: what has to be decided or begun, before its day passes."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from dossiers.admin.case_forms import DeadlineFilter
from dossiers.enums import CaseState, DueBasis
from dossiers.models import MonitoringCase
from dossiers.queries.cases import deadlines
from households.admin.filters import places_of
from registry.admin.site import actor_at, site
from registry.lib.periods import today
from registry.queries.divisions import division_names
from villages.admin.labels import labels_of

_ROWS: Final = 50


def deadlines_page(request: HttpRequest) -> HttpResponse:
    """List the cases in which something is due, the nearest day first; every link keeps what it is narrowed to."""
    actor, day = actor_at(request), today()
    form = DeadlineFilter(request.GET, places=places_of(request.GET.get("division", "")))
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = deadlines(
        actor,
        due=chosen.get("due", ""),
        division_code=chosen.get("division", ""),
        overdue_on=day if chosen.get("overdue") else None,
    )
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    names = division_names({case.scope_code for case in page})
    kept = request.GET.copy()
    kept.pop("page", None)
    context = site.each_context(request) | {
        "title": gettext("Monitoring deadlines"),
        "form": form,
        "page": page,
        "rows": [_row(case, names, (case.next_due_on - day).days) for case in page],
        "kept": f"{kept.urlencode()}&" if kept else "",
        "day": day,
    }
    return TemplateResponse(request, "dossiers/admin/deadlines.html", context)


def _row(case: MonitoringCase, names: dict[str, str], days_left: int) -> dict[str, Any]:
    return {
        "case": case,
        "place": names.get(case.scope_code, case.scope_code),
        "risks": labels_of("risk", case.risk_codes),
        "days_left": days_left,
        "others": [(kind, day) for kind, day in case.open_days if kind.value != case.next_due],
        "days_late": -days_left,
        # What the calendar could not know yet is said where the day is shown.
        "is_by_weekdays": case.due_basis == DueBasis.WEEKDAYS and case.state == CaseState.LEAD,
    }
