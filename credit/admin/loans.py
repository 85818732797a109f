"""Loans: the list, one with its entries and extensions, and the worklist of what is due."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from credit.admin.forms import (
    ExtendForm,
    LoanForm,
    PaymentForm,
    ReversalForm,
    TermsForm,
    WithdrawLoanForm,
)
from credit.domain.loans import (
    LoanDraft,
    LoanTerms,
    amend_loan,
    enter_payment,
    extend_loan,
    record_loan,
    reverse_payment,
    withdraw_loan,
)
from credit.enums import PURPOSE_SCHEME
from credit.models import Loan, LoanEntry, LoanExtension
from credit.queries.loans import (
    ON_A_PAGE,
    due_page,
    entries_visible_to,
    figures_by_village,
    loans_due,
    loans_on_list,
    loans_visible_to,
)
from households.admin.filters import TownshipFilter
from households.models import Household
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at, site
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from villages.admin.labels import code_label

VIEW, RECORD = "credit.view", "credit.record"


def _record(household: Household, values: dict[str, Any], actor: Actor) -> Loan:
    person_id, version = values.pop("person_id"), values.pop("version")
    return record_loan(household.pk, person_id, LoanDraft(**values), actor=actor, version=version)


def _amend(loan: Loan, values: dict[str, Any], actor: Actor) -> Loan:
    version = values.pop("version")
    return amend_loan(loan.pk, LoanTerms(**values), actor=actor, version=version)


def _pay(loan: Loan, values: dict[str, Any], actor: Actor) -> LoanEntry:
    return enter_payment(loan.pk, values.pop("kind"), actor=actor, **values)


def _extend(loan: Loan, values: dict[str, Any], actor: Actor) -> LoanExtension:
    return extend_loan(loan.pk, actor=actor, **values)


def _withdraw(loan: Loan, values: dict[str, Any], actor: Actor) -> Loan:
    return withdraw_loan(loan.pk, actor=actor, **values)


def _reverse(entry: LoanEntry, values: dict[str, Any], actor: Actor) -> LoanEntry:
    return reverse_payment(entry.pk, actor=actor, reason=values["reason"])


def _stands(loan: Loan) -> bool:
    return loan.withdrawn_on is None


def _is_empty(loan: Loan) -> bool:
    return _stands(loan) and loan.drawn_yuan == 0


RECORD_LOAN = Verb(
    "record-loan",
    _("Record a loan"),
    RECORD,
    run=_record,
    form=LoanForm,
    offered=lambda household: household.status != "closed",
    initial=lambda household: {"household_id": household.pk},
    icon="account_balance",
)


class LoanInline(TenantTabularInline):
    """The loans of a household."""

    model = Loan
    view_action = VIEW
    fields = ("person", "lender", "amount_yuan", "granted_on", "due_on", "outstanding_yuan", "withdrawn_on")
    readonly_fields = ("outstanding_yuan",)
    show_change_link = True

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Loan]:
        return loans_visible_to(actor_at(request))


class EntryInline(TenantTabularInline):
    """The entries of a loan."""

    model = LoanEntry
    view_action = VIEW
    fields = ("occurred_on", "kind", "amount_yuan", "reverses")
    show_change_link = True

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[LoanEntry]:
        return entries_visible_to(actor_at(request)).select_related("loan", "reverses")


class ExtensionInline(TenantTabularInline):
    """The extensions of a loan."""

    model = LoanExtension
    view_action = VIEW
    fields = ("number", "agreed_on", "former_due_on", "due_on")


@admin.register(Loan)
class LoanAdmin(TenantModelAdmin):
    """The loans of the households that the one at work sees; a new one is entered on the household's page."""

    view_action = VIEW
    list_display = ("household", "person", "lender", "amount_yuan", "granted_on", "due_on", "outstanding_yuan")
    list_select_related = ("household", "person")
    list_filter = (TownshipFilter, "is_subsidised")
    ordering = ("-granted_on", "id")
    fields = readonly_fields = (
        "household", "person", "lender", "purpose_label", "rating", "amount_yuan", "granted_on", "due_on",
        "rate_percent", "is_subsidised", "is_guaranteed", "drawn_yuan", "outstanding_yuan", "interest_yuan",
        "subsidy_yuan", "withdrawn_on",
    )  # fmt: skip
    inlines = (EntryInline, ExtensionInline)
    history = History(codes={"purpose_code": PURPOSE_SCHEME}, links={"household": Household, "household_id": Household})
    purpose_label = code_label(Loan, "purpose_code", PURPOSE_SCHEME)
    verbs: ClassVar = (
        Verb("payment", _("Enter a payment"), RECORD, run=_pay, form=PaymentForm, offered=_stands, icon="payments"),
        Verb("amend", _("Amend"), RECORD, run=_amend, form=TermsForm, offered=_stands, icon="edit",
             initial=lambda loan: {name: getattr(loan, name) for name in LoanTerms.__dataclass_fields__}),
        Verb("extend", _("Extend the loan"), RECORD, run=_extend, form=ExtendForm, offered=_stands, icon="event_repeat",
             initial=lambda loan: {"due_on": loan.due_on}),
        Verb("withdraw", _("Withdraw the record"), RECORD, run=_withdraw, form=WithdrawLoanForm, offered=_is_empty,
             icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Loan]:
        return loans_on_list(actor_at(request))

    @admin.display(description=_("interest paid (yuan)"))
    def interest_yuan(self, loan: Any) -> object:  # noqa: ANN401  (a row with sums)
        """Show the sum of interest."""
        return getattr(loan, "interest_yuan", None)

    @admin.display(description=_("interest subsidy (yuan)"))
    def subsidy_yuan(self, loan: Any) -> object:  # noqa: ANN401  (a row with sums)
        """Show the sum of subsidies."""
        return getattr(loan, "subsidy_yuan", None)


@admin.register(LoanEntry)
class LoanEntryAdmin(TenantModelAdmin):
    """The entries of loans; one is entered on the loan's page."""

    view_action = VIEW
    has_history = False
    list_display = ("occurred_on", "household", "kind", "amount_yuan")
    list_select_related = ("household",)
    list_filter = (TownshipFilter, "kind")
    ordering = ("-occurred_on", "-id")
    fields = readonly_fields = ("household", "loan", "kind", "occurred_on", "amount_yuan", "reverses", "recorded_at")
    verbs: ClassVar = (
        Verb("reverse", _("Reverse the entry"), RECORD, run=_reverse, form=ReversalForm, icon="undo", danger=True,
             offered=lambda entry: entry.reverses_id is None,
             intro=_("A second entry of the same day takes the amount back. Both stay on file.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[LoanEntry]:
        return entries_visible_to(actor_at(request)).select_related("household", "loan")


def due_loans_page(request: HttpRequest) -> HttpResponse:
    """Show what is overdue and due within 60 days, and what villages owe."""
    actor, day = actor_at(request), today()
    figures = figures_by_village(day, actor=actor)
    named = request.GET.get("village", "")
    village = named if named in {one.village_code for one in figures} else ""
    due = loans_due(day, actor=actor)
    count = (due.filter(scope_code=village) if village else due).count()
    pages = max(1, -(-count // ON_A_PAGE))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() else 1, 1), pages)
    names = division_names({one.village_code for one in figures})
    context = site.each_context(request) | {
        "title": gettext("Loans due"),
        "day": day,
        "figures": [(_address(one.village_code, 1), names.get(one.village_code, one.village_code), one)
                    for one in figures],
        "owed": sum(one.outstanding_yuan for one in figures),
        "late": sum(one.overdue_yuan for one in figures),
        "households": sum(one.households for one in figures),
        "village": names.get(village, village),
        "all": reverse("admin:loans-due"),
        "count": count,
        "loans": due_page(day, actor=actor, village_code=village, page=page),
        "page": page,
        "page_count": pages,
        "before": _address(village, page - 1) if page > 1 else "",
        "after": _address(village, page + 1) if page < pages else "",
    }  # fmt: skip
    return TemplateResponse(request, "credit/admin/due.html", context)


def _address(village: str, page: int) -> str:
    return f"{reverse('admin:loans-due')}?{urlencode({'village': village, 'page': page})}"
