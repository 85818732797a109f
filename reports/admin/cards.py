"""Pages of a household and of a village from which its cards and lists are printed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from households.queries.visibility import find_household
from registry.access import allowed
from registry.admin.forms import SiteForm, add_refusal
from registry.admin.site import actor_at, site
from registry.api.files import file_response
from registry.lib.errors import DomainError
from registry.lib.periods import TIME_ZONE, today
from registry.tenancy.scope import savepoint
from reports.catalogue.base import Report
from reports.definitions.text import language_of
from reports.domain.asking import REVEAL_ACTION
from reports.domain.cards import CardDraft, Printed, household_reports, print_card, print_of_village, village_reports
from reports.enums import Format
from villages.queries.villages import find_village

Print = Callable[[CardDraft], Printed]
# The files that an office prints or works on; the others are asked for in the catalogue.
_OFFERED = (Format.PDF, Format.XLSX)


class CardForm(SiteForm):
    """Of which day a card is, and why its numbers shall be shown in full."""

    as_of = forms.DateField(
        label=_("As the facts stood on"), required=False, help_text=_("Empty means as they stand today.")
    )
    known_on = forms.DateField(
        label=_("As known on"),
        required=False,
        help_text=_("What was told later is left out. Empty means as known now."),
    )
    reveal_reason = forms.CharField(
        label=_("Why numbers shall be shown in full"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty to print them masked. Each number that is shown is noted in the audit trail."),
    )


def household_cards(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Offer the cards of a household, and print the one that was chosen."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    return _page(
        request,
        title=_("Cards of the household"),
        offered=household_reports(actor),
        printed=lambda draft: print_card(household_id, draft, actor=actor),
        context={"household": household},
    )


def village_cards(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Offer the cards and lists of a village, and print the one that was chosen."""
    actor = actor_at(request)
    village = find_village(village_id)
    return _page(
        request,
        title=_("Cards and lists of the village"),
        offered=village_reports(actor),
        printed=lambda draft: print_of_village(village_id, draft, actor=actor),
        context={"village": village},
    )


def _page(
    request: HttpRequest,
    *,
    title: str | Promise,
    offered: list[Report],
    printed: Print,
    context: dict[str, Any],
) -> HttpResponse:
    form = CardForm(request.POST if request.method == "POST" else None)
    if not allowed(actor_at(request), REVEAL_ACTION):
        del form.fields["reveal_reason"]
    if request.method == "POST" and form.is_valid():
        report_id, _separator, chosen = request.POST.get("card", "").partition(":")
        try:
            with savepoint():
                made = printed(_draft(report_id, chosen, form.cleaned_data))
                return file_response(made.content, name=made.name, media_type=made.media_type)
        except DomainError as error:
            add_refusal(form, error)
    language = language_of(get_language() or "")
    cards = [(report.title.in_language(language), _files(report), report) for report in offered]
    values = {**site.each_context(request), "title": title, "form": form, "cards": cards, **context}
    return TemplateResponse(request, "reports/admin/cards.html", values)


def _draft(report_id: str, chosen: str, values: dict[str, Any]) -> CardDraft:
    """Give what is to be printed; what was known on a day is what was known at its end, of today what is known now."""
    known_on: date | None = values["known_on"]
    known_at = None if known_on is None else datetime.combine(known_on + timedelta(days=1), time(), TIME_ZONE)
    return CardDraft(
        report_id,
        chosen,
        as_of=values["as_of"],
        known_at=None if known_on == today() else known_at,
        reveal_reason=values.get("reveal_reason", ""),
    )


def _files(report: Report) -> list[tuple[str, str | Promise]]:
    return [(one.value, one.label) for one in _OFFERED if one in report.formats]
