"""The first page of a post, what waits for it, and the postings behind a flow."""

from dataclasses import replace
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboards.admin import drawings
from dashboards.admin.links import flow_link, link_of, waiting_link
from dashboards.definitions.figures import GROUPS, KINDS, OF_PLACES
from dashboards.queries.accounts import accounts_of
from dashboards.queries.campaigns import campaign_on
from dashboards.queries.flows import NAMED, OTHER, FlowAsked, postings_of, sums_of
from dashboards.queries.overview import MonthLine, Overview, overview_of
from dashboards.queries.waiting import waiting_of
from households.enums import PostingKind, Stock
from registry.access import role_may
from registry.admin.site import actor_at, site
from registry.lib.errors import NotFound
from registry.lib.gbcode import Level, ancestor_at, level_of
from registry.lib.periods import Month
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor

_ROWS: Final = 50
_WAITING_SHOWN: Final = 6
_LEDGER: Final = "households.view_ledger"


def home_page(request: HttpRequest) -> HttpResponse:
    """Show the figures of the area of the one at work, or of a township or village in it."""
    actor, division = actor_at(request), request.GET.get("division", "")
    found, waiting = overview_of(actor, division=division), waiting_of(actor)
    townships = division_names({ancestor_at(village.code, Level.TOWNSHIP) for village in found.villages})
    shown = [key for key in OF_PLACES if key in found.figures]
    asked = request.GET.get("map", "")
    chosen = asked if asked in shown else next(iter(shown), "")
    may_see_flows = role_may(actor, _LEDGER)
    context = site.each_context(request) | {
        "title": gettext("Home"),
        "day": found.day,
        "division": division,
        "place": division_names([division]).get(division, division) if division else "",
        "campaign": campaign_on(found.day),
        "waiting": [(line, waiting_link(line.kind, actor)) for line in waiting[:_WAITING_SHOWN]],
        "waiting_more": max(0, len(waiting) - _WAITING_SHOWN),
        "groups": _groups(found),
        "month": [
            _month_row(line, division, may_see_flows=may_see_flows) for line in found.of_month(Month.of(found.day))
        ],
        "months": _months(found, actor, may_see_flows=may_see_flows),
        "charts": _charts(found, may_see_flows=may_see_flows),
        "incomes": found.incomes,
        "map": drawings.village_map(found, chosen, townships) if chosen and len(found.villages) > 1 else None,
        "maps": [(key, KINDS[key].label, key == chosen) for key in shown],
        "heads": [KINDS[key].label for key in shown],
        "places": _places(found, shown, townships),
    }
    return TemplateResponse(request, "dashboards/admin/home.html", context)


def waiting_page(request: HttpRequest) -> HttpResponse:
    """List all that waits for the one at work."""
    actor = actor_at(request)
    context = site.each_context(request) | {
        "title": gettext("What waits for me"),
        "waiting": [(line, waiting_link(line.kind, actor)) for line in waiting_of(actor)],
    }
    return TemplateResponse(request, "dashboards/admin/waiting.html", context)


def flow_page(request: HttpRequest) -> HttpResponse:
    """List the postings behind a flow."""
    asked, actor = _asked(request), actor_at(request)
    rows = postings_of(asked, actor)
    households, persons = sums_of(rows)
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    names = division_names({asked.division, *(row.scope_code for row in page)})
    kept = request.GET.copy()
    kept.pop("page", None)
    context = site.each_context(request) | {
        "title": _flow_title(asked),
        "place": names.get(asked.division, asked.division),
        "households": households,
        "persons": persons,
        "page": page,
        "rows": [(row, names.get(row.scope_code, row.scope_code)) for row in page],
        "kept": kept.urlencode(),
    }
    return TemplateResponse(request, "dashboards/admin/flow.html", context)


def _groups(found: Overview) -> list[dict[str, Any]]:
    """Give the groups of figures of which any may be opened, each figure with its list."""
    groups = []
    for group in GROUPS:
        kinds = [kind for kind in group.kinds if kind.key in found.figures]
        figures = [(kind, found.total(kind.key), link_of(kind, found.division)) for kind in kinds]
        if figures:
            groups.append({"title": group.title, "figures": figures})
    return groups


def _charts(found: Overview, *, may_see_flows: bool) -> list[drawings.Chart]:
    charts: list[drawings.Chart] = [
        drawings.monitoring_chart(found, with_links=may_see_flows),
        drawings.trend_chart(found),
        drawings.category_chart(found),
        *drawings.cause_charts(found),
        drawings.natural_chart(found),
    ]
    return [*charts, drawings.income_chart(found.incomes, found.day.year)] if found.incomes else charts


def _month_row(line: MonthLine, division: str, *, may_see_flows: bool) -> dict[str, Any]:
    """Give one stock of a month: households and persons, and the postings behind what moved."""
    came, left = (FlowAsked(line.month, line.stock, came=came, division=division) for came in (True, False))

    def cell(asked: FlowAsked) -> tuple[int, str, int, str]:
        households, persons = (flow.came if asked.came else flow.left for flow in (line.flow, line.persons_flow))
        links = [flow_link(one) if may_see_flows else "" for one in (asked, replace(asked, by_persons=True))]
        return sum(households.values()), links[0], sum(persons.values()), links[1]

    return {
        "line": line,
        "label": line.stock.label,
        "cells": [
            (line.opening, "", line.persons_opening, ""),
            cell(came),
            cell(left),
            (line.closing, "", line.persons_closing, ""),
        ],
    }


def _months(found: Overview, actor: Actor, *, may_see_flows: bool) -> list[dict[str, Any]]:
    """Give the months, the newest first, each with the account that was made of it."""
    months = sorted({line.month for line in found.months}, key=str, reverse=True)
    may_read = role_may(actor, "reports.view")
    accounts = accounts_of(months, found.division or actor.tenant_code) if may_read else {}
    return [
        {
            "month": month,
            "account": reverse("admin:report-run", args=[accounts[month].run_id]) if month in accounts else "",
            "edition": accounts[month].edition if month in accounts else None,
            "rows": [
                _month_row(line, found.division, may_see_flows=may_see_flows)
                | {"reported": accounts[month].closings.get(line.stock, (0, 0)) if month in accounts else None}
                for line in found.of_month(month)
            ],
        }
        for month in months
    ]


def _places(found: Overview, shown: list[str], townships: dict[str, str]) -> list[dict[str, Any]]:
    """Give the lines of the table of places: townships where there are several, else villages."""
    if len(townships) > 1:
        places = sorted(townships.items())
    else:
        places = [(village.code, village.name) for village in found.villages]
    rows = []
    for code, name in places:
        sums = dict.fromkeys(shown, 0)
        for key in shown:
            sums[key] = sum(count for at, count in found.figures[key].items() if _stands_in(at, code))
        cells = [(sums[key], link_of(KINDS[key], code), KINDS[key].warns) for key in shown]
        rows.append({"name": name, "link": f"?division={code}", "cells": cells})
    return rows


def _stands_in(village: str, place: str) -> bool:
    return village == place or (level_of(place) == Level.TOWNSHIP and ancestor_at(village, Level.TOWNSHIP) == place)


def _asked(request: HttpRequest) -> FlowAsked:
    """Read which flow is asked for. Raises: NotFound for one that there is not; DomainError for a wrong month."""
    stock, way, kind = (request.GET.get(name, "") for name in ("stock", "way", "kind"))
    known = stock in Stock.values and way in {"came", "left"} and kind in {"", OTHER, *PostingKind.values}
    if not known:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return FlowAsked(
        month=Month.parse(request.GET.get("month", "")),
        stock=Stock(stock),
        came=way == "came",
        kind=kind,
        division=request.GET.get("division", ""),
        by_persons=request.GET.get("by") == "persons",
    )


def _flow_title(asked: FlowAsked) -> str:
    """Say what the list holds: stock, month, direction and kind."""
    way = gettext("came") if asked.came else gettext("left")
    kind = PostingKind(asked.kind).label if asked.kind in PostingKind.values else ""
    other = gettext("otherwise than by: %(kinds)s") % {"kinds": "、".join(str(one.label) for one in NAMED[asked.came])}
    parts = [asked.stock.label, str(asked.month), way, kind or (other if asked.kind == OTHER else "")]
    return " · ".join(str(part) for part in parts if part)
