"""Relocation settlements of the county, and the households of one with what was done for them since they moved in."""

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.queries.settlements import (
    ON_A_PAGE,
    Lack,
    resettled_without_settlement,
    settlement_households,
    settlement_line,
    settlement_lines,
)
from registry.admin.site import actor_at, site
from registry.lib.periods import today
from registry.queries.divisions import division_names

_TITLES: Final = {
    Lack.KEYS: _("Keys not handed over"),
    Lack.WORK: _("Nobody at work"),
    Lack.FOLLOW_UP: _("No support since moving in"),
}


def settlements_page(request: HttpRequest) -> HttpResponse:
    """Count the households of each settlement; each figure leads to its list."""
    actor = actor_at(request)
    unsettled = resettled_without_settlement(actor)
    context = site.each_context(request) | {
        "title": gettext("Relocation settlements"),
        "day": today(),
        "lines": settlement_lines(actor),
        "without_settlement": unsettled.count(),
        "unsettled": unsettled.values("id", "number")[:ON_A_PAGE],
    }
    return TemplateResponse(request, "households/admin/settlements.html", context)


def settlement_page(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Show a settlement with its households, all or those that lack something."""
    actor = actor_at(request)
    line = settlement_line(settlement_id, actor=actor)
    counts = {
        Lack.KEYS: line.households - line.handed_over,
        Lack.WORK: line.without_work,
        Lack.FOLLOW_UP: line.without_follow_up,
    }
    asked = request.GET.get("lacks", "")
    lack = Lack(asked) if asked in set(Lack) else None
    shown = line.households if lack is None else counts[lack]
    pages = max(1, -(-shown // ON_A_PAGE))
    number = request.GET.get("page", "1")[:6]
    page = min(max(int(number) if number.isdecimal() else 1, 1), pages)
    rows = settlement_households(settlement_id, actor=actor, lack=lack, page=page)
    names = division_names({row.village_code for row in rows})
    context = site.each_context(request) | {
        "title": line.name,
        "day": today(),
        "line": line,
        "lacks": [(_address(settlement_id, one, 1), _TITLES[one], counts[one], one == lack) for one in Lack],
        "all": _address(settlement_id, None, 1),
        "lack": lack,
        "rows": [(row, names.get(row.village_code, row.village_code)) for row in rows],
        "page": page,
        "page_count": pages,
        "before": _address(settlement_id, lack, page - 1) if page > 1 else "",
        "after": _address(settlement_id, lack, page + 1) if page < pages else "",
    }
    return TemplateResponse(request, "households/admin/settlement.html", context)


def _address(settlement_id: UUID, lack: Lack | None, page: int) -> str:
    asked = {"lacks": lack.value, "page": page} if lack else {"page": page}
    return f"{reverse('admin:settlement', args=[settlement_id])}?{urlencode(asked)}"
