"""The page of the ledger: the stock of a day, as known now or at the end of a later day."""

from datetime import datetime, time, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.enums import Stock
from households.queries.stocks import posted_stock_on
from registry.admin.forms import SiteForm
from registry.admin.site import site
from registry.lib.periods import today
from registry.queries.divisions import division_names


class StockForm(SiteForm):
    """The day, and the day by whose end it was known; both stand in the address, since they name nobody."""

    on = forms.DateField(label=_("Stock on"), initial=today)
    known_on = forms.DateField(
        label=_("As known at the end of"), required=False, help_text=_("Leave empty for all that is known now.")
    )


def stock_page(request: HttpRequest) -> HttpResponse:
    """Show the form and the stock of the day, today's when nothing was asked."""
    form = StockForm(request.GET if "on" in request.GET else None)
    day, known_on = today(), None
    if form.is_valid():
        day, known_on = form.cleaned_data["on"], form.cleaned_data["known_on"]
    # The last moment of that day in the county's time.
    known_at = timezone.make_aware(datetime.combine(known_on + timedelta(days=1), time.min)) if known_on else None
    rows = posted_stock_on(day, known_at=known_at) if form.is_valid() or not form.is_bound else []
    names = division_names({row.village_code for row in rows})
    context = site.each_context(request) | {
        "title": gettext("Stock of a day"),
        "form": form,
        "day": day,
        "rows": [(names.get(row.village_code, row.village_code), Stock(row.stock).label, row) for row in rows],
        "totals": [
            (
                stock.label,
                sum(row.households for row in rows if row.stock == stock),
                sum(row.persons for row in rows if row.stock == stock),
            )
            for stock in Stock
        ],
    }
    return TemplateResponse(request, "households/admin/stock.html", context)
