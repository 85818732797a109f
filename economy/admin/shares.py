"""Funds of shares, holdings and dividends on the site."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.admin.project_forms import BookForm, TotalForm
from economy.domain.booking import book_dividend
from economy.domain.dividends import approve_dividend, propose_dividend, refuse_dividend, withdraw_dividend
from economy.domain.shares import end_shares, hold_shares, open_fund, set_share_total
from economy.enums import DividendState
from economy.models import Dividend, DividendLine, ShareFund, Shareholding
from economy.queries.ledger import is_booked
from economy.queries.offers import offers_of
from households.admin.filters import TownshipFilter
from households.queries.finding import household_with_number
from households.queries.visibility import find_household
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, Verb, year_shown
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm


class HoldForm(VersionedForm):
    """The shares of a household, or of the village."""

    household_number = forms.CharField(
        label=_("Household number"),
        max_length=32,
        required=False,
        help_text=_("Leave empty for shares of the village itself."),
    )
    share_count = forms.DecimalField(label=_("Number of shares"), max_digits=12, decimal_places=2)
    on = forms.DateField(label=_("From"), initial=today)


class ProposalForm(VersionedForm):
    """A dividend; its parts follow from the shares of its day."""

    paid_on = forms.DateField(label=_("Day of the dividend"), initial=today)
    amount_yuan = forms.DecimalField(label=_("Amount (yuan)"), max_digits=14, decimal_places=2)
    kept_yuan = forms.DecimalField(label=_("Kept by the village (yuan)"), max_digits=14, decimal_places=2, initial=0)


class EndForm(VersionedForm):
    """The first day without the shares."""

    on = forms.DateField(label=_("Until (not included)"), initial=today)


class ApprovalForm(VersionedForm):
    """A word on the decision, where there is one."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class RefusalForm(VersionedForm):
    """Why it is refused or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


def _hold(fund: ShareFund, values: dict[str, Any], actor: Actor) -> Shareholding:
    number = values.pop("household_number")
    household_id = household_with_number(number, actor=actor) if number else None
    if number and household_id is None:
        message = _("There is no household with this number in your area. Check the number.")
        raise NotFound("household.not_found", message, field="household_number")
    return hold_shares(fund.pk, household_id, actor=actor, **values)


def _propose(fund: ShareFund, values: dict[str, Any], actor: Actor) -> Dividend:
    return propose_dividend(fund.pk, actor=actor, **values)


def _end(row: Shareholding, values: dict[str, Any], actor: Actor) -> Shareholding:
    return end_shares(row.pk, actor=actor, **values)


def _approve(row: Dividend, values: dict[str, Any], actor: Actor) -> Dividend:
    return approve_dividend(row.pk, actor=actor, **values)


def _refuse(row: Dividend, values: dict[str, Any], actor: Actor) -> Dividend:
    return refuse_dividend(row.pk, actor=actor, **values)


def _withdraw(row: Dividend, values: dict[str, Any], actor: Actor) -> Dividend:
    return withdraw_dividend(row.pk, actor=actor, **values)


def _set_total(fund: ShareFund, values: dict[str, Any], actor: Actor) -> ShareFund:
    return set_share_total(fund.pk, actor=actor, **values)


def _book(row: Dividend, values: dict[str, Any], actor: Actor) -> object:
    return book_dividend(row.pk, actor=actor, **values)


def _is_unbooked(row: Dividend) -> bool:
    return row.state == DividendState.APPROVED and not is_booked(row.pk)


def _is_proposed(row: Dividend) -> bool:
    return row.state == DividendState.PROPOSED


def _is_anothers(row: Dividend) -> bool:
    return _is_proposed(row) and row.proposed_by != current_actor().user_id


class HoldingInline(TenantTabularInline):
    """What is held in a fund."""

    model = Shareholding
    view_action = "economy.view"
    fields = ("household", "share_count", "starts_on", "ends_on")
    show_change_link = True


class DividendInline(TenantTabularInline):
    """The dividends of a fund."""

    model = Dividend
    view_action = "economy.view"
    fields = ("paid_on", "amount_yuan", "kept_yuan", "state")
    show_change_link = True


class LineInline(TenantTabularInline):
    """The parts of a dividend in the area."""

    model = DividendLine
    view_action = "economy.view"
    fields = ("household_link", "share_count", "amount_yuan")
    readonly_fields = ("household_link",)

    @admin.display(description=_("household"))
    def household_link(self, line: DividendLine) -> str:
        """Lead to what the household's income ledger is offered."""
        household = line.household
        if household is None:
            return gettext("the village")
        address = reverse("admin:household-dividends", args=[household.pk])
        return format_html('<a href="{}?year={}">{}</a>', address, line.dividend.paid_on.year, household.number)


@admin.register(ShareFund)
class ShareFundAdmin(TenantModelAdmin):
    """Funds of shares with what is held and paid out."""

    view_action, add_action = "economy.view", "economy.keep_shares"
    fields = ("village", "name", "folded_yuan", "share_total")
    list_display = ("name", "village", "project_link", "folded_yuan", "share_total")
    list_select_related = ("village",)
    list_filter = (TownshipFilter,)
    inlines = (HoldingInline, DividendInline)
    has_history = False
    verbs: ClassVar = (
        Verb("hold", _("Enter shares"), "economy.keep_shares", run=_hold, form=HoldForm, icon="pie_chart"),
        Verb("propose", _("Propose a dividend"), "economy.propose_dividend", run=_propose, form=ProposalForm,
             icon="payments",
             intro=_("What is left after the village's part is shared out by the shares of that day, to the cent. "
                     "Somebody else decides on it.")),
        Verb("total", _("Say how many shares there are"), "economy.keep_shares", run=_set_total, form=TotalForm,
             icon="pin", initial=lambda row: {"share_total": row.share_total}),
    )  # fmt: skip

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "project_link") if obj else self.fields

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("project_link",)

    @admin.display(description=_("industry project"))
    def project_link(self, fund: ShareFund) -> str:
        """Lead to what is published of the project whose money the fund holds; it may be wider than the area."""
        if fund.project_id is None:
            return str(self.get_empty_value_display())
        address = reverse("admin:industry-project-sheet", args=[fund.project_id])
        return format_html('<a href="{}">{}</a>', address, gettext("Show"))

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> ShareFund:
        village = values.pop("village")
        return open_fund(village.pk, actor=actor, **values)


@admin.register(Shareholding)
class ShareholdingAdmin(TenantModelAdmin):
    """Holdings; a new one is entered on the page of its fund."""

    view_action = "economy.view"
    fields = ("fund", "household", "share_count", "starts_on", "ends_on")
    list_display = fields
    list_select_related = ("household",)
    list_filter = (TownshipFilter,)
    has_history = False
    verbs: ClassVar = (
        Verb("end", _("End the holding"), "economy.keep_shares", run=_end, form=EndForm, icon="event_busy",
             offered=lambda row: row.ends_on is None, danger=True,
             intro=_("For another number of shares, end this holding and enter the new number from the same day.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Shareholding]:
        # Not joined: the fund stays in the village from which a household may have moved.
        return Shareholding.objects.prefetch_related("fund")


@admin.register(Dividend)
class DividendAdmin(TenantModelAdmin):
    """Dividends with their parts; one is proposed on the page of its fund."""

    view_action = "economy.view"
    fields = ("fund", "paid_on", "amount_yuan", "kept_yuan", "state", "decided_at", "decision_reason")
    readonly_fields = ("decided_at",)
    list_display = ("paid_on", "fund", "amount_yuan", "kept_yuan", "state")
    list_select_related = ("fund",)
    list_filter = (TownshipFilter, "state")
    inlines = (LineInline,)
    has_history = False
    verbs: ClassVar = (
        Verb("approve", _("Approve the dividend"), "economy.decide_dividend", run=_approve, form=ApprovalForm,
             offered=_is_anothers, icon="done",
             intro=_("Each household's part is offered to its next visit. No income is written by itself.")),
        Verb("book", _("Book it in the ledger"), "economy.book", run=_book, form=BookForm, offered=_is_unbooked,
             icon="savings",
             intro=_("Paid by the project: the village's own part is an income. Paid by the collective: the parts of "
                     "the households are a cost. A dividend is booked once.")),
        Verb("refuse", _("Refuse the dividend"), "economy.decide_dividend", run=_refuse, form=RefusalForm,
             offered=_is_anothers, icon="close", danger=True),
        Verb("withdraw", _("Withdraw the dividend"), "economy.propose_dividend", run=_withdraw, form=RefusalForm,
             offered=_is_proposed, icon="undo", danger=True),
    )  # fmt: skip


def household_dividends(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show what approved dividends of a year offer to the household's next visit."""
    household, year = find_household(household_id, actor=actor_at(request)), year_shown(request)
    context = site.each_context(request) | {
        "title": gettext("Dividends and wages for the income ledger"),
        "household": household,
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "offers": offers_of(household.pk, year),
    }
    return TemplateResponse(request, "economy/admin/offers.html", context)
