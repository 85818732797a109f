"""The page of prefecture and province: what the counties of their area published."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext

from registry.admin.site import site
from registry.lib.periods import Month
from registry.tenancy.context import current_actor
from reports.definitions.account import REPORT_ID, STOCKS
from reports.definitions.text import language_of
from reports.definitions.wording import FILED_TOTAL
from reports.queries.published import published_months, published_totals_in


def published_page(request: HttpRequest) -> HttpResponse:
    """Show the totals of one month by county; the newest month when none is chosen."""
    ranges = current_actor().ranges
    months = published_months(ranges, REPORT_ID)
    text = request.GET.get("month", "")
    month = Month.parse(text).first_day if text else next(iter(months), None)
    language = language_of(get_language() or "")
    rows = published_totals_in(ranges, REPORT_ID, month=month) if month is not None else []
    context = site.each_context(request) | {
        "title": gettext("Totals of the counties"),
        "months": months,
        "month": month,
        "stocks": [FILED_TOTAL.in_language(language), *(stock.label.in_language(language) for stock in STOCKS)],
        "rows": [(row, [row.figures["filed"], *(row.figures["stocks"][one.stock] for one in STOCKS)]) for row in rows],
    }
    return TemplateResponse(request, "reports/admin/published.html", context)
