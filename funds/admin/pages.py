"""Pages of money: how far a year has come, what was paid to a household and in a village, the file for the bank."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from funds.domain.bank_files import read_bank_file
from funds.domain.payments import sums_by_village_shown, village_sums_shown
from funds.enums import PROJECT_SCHEME, REASON_SCHEME, RETURN_SCHEME, SOURCE_SCHEME, Purpose
from funds.queries.budgets import Progress, progress_of
from funds.queries.payments import payments_of
from funds.renderers.bank_file import MEDIA_TYPE
from households.queries.visibility import find_household
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, year_shown
from registry.lib.periods import today
from villages.admin.labels import labels_of
from villages.queries.villages import find_village

SHOWN = 300


def progress_page(request: HttpRequest) -> HttpResponse:
    """Show what of a year's money is allocated, bound, paid and returned, by source and by purpose."""
    year = year_shown(request)
    found = progress_of(year)
    context = site.each_context(request) | {
        "title": gettext("Progress of funds"),
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "found": found,
        "sources": [(labels_of(SOURCE_SCHEME, one.source_code), one) for one in found.sources],
        "villages": sums_by_village_shown(year, actor=actor_at(request)),
        "purposes": [(_purpose(one), one) for one in found.purposes],
    }
    return TemplateResponse(request, "funds/admin/progress.html", context)


def _purpose(one: Progress) -> str:
    named = one.programme_name or labels_of(PROJECT_SCHEME, one.project_kind_code)
    return named or str(Purpose(one.purpose).label)


def household_payments(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show what was paid to a household, and what came back."""
    household = find_household(household_id, actor=actor_at(request))
    rows = list(payments_of(household)[: SHOWN + 1])
    context = site.each_context(request) | {
        "title": gettext("Payments received"),
        "household": household,
        "rows": [
            (row, labels_of(REASON_SCHEME, row.reason_code), labels_of(RETURN_SCHEME, row.return_code))
            for row in rows[:SHOWN]
        ],
        "has_more": len(rows) > SHOWN,
        "shown": SHOWN,
    }
    return TemplateResponse(request, "funds/admin/payments.html", context)


def village_payments(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Show what is published to a village: sums by programme, with nobody's name and no number of households."""
    village, year = find_village(village_id), year_shown(request)
    sums = village_sums_shown(village, year, actor=actor_at(request))
    context = site.each_context(request) | {
        "title": gettext("Payments published to the village: %(village)s") % {"village": village.name},
        "village": village,
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "sums": sums,
        "total": sum(one.paid_yuan for one in sums),
    }
    return TemplateResponse(request, "funds/admin/village.html", context)


def bank_file(request: HttpRequest, payment_list_id: UUID) -> HttpResponse:
    """Download the file of an approved list for the bank; that it was taken is audited."""
    name, content = read_bank_file(payment_list_id, actor=actor_at(request))
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)
