"""Lines of payment lists on the site: struck, returned by the bank, and their account shown."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from funds.admin.lists import RefusalForm
from funds.domain.corrections import correct_return
from funds.domain.lines import strike_line
from funds.domain.payments import note_returned, reveal_account
from funds.enums import REASON_SCHEME, RETURN_SCHEME, period_text
from funds.models import PaymentLine
from funds.queries.lists import is_list_in_scope
from households.admin.links import household_link, person_link
from households.queries.lists import masked
from registry.admin.base import TenantModelAdmin
from registry.admin.verbs import Verb, reveal
from registry.crypto import Purpose
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import code_label


class ReturnForm(VersionedForm):
    """When and why the bank returned it."""

    on = forms.DateField(label=_("Returned on"), initial=today)
    return_code = code_field(RETURN_SCHEME, _("Returned because"), required=True)


def _strike(line: PaymentLine, values: dict[str, Any], actor: Actor) -> object:
    return strike_line(line.pk, actor=actor, **values)


def _return(line: PaymentLine, values: dict[str, Any], actor: Actor) -> object:
    return note_returned(line.pk, actor=actor, **values)


def _account(line: PaymentLine, reason: str, actor: Actor) -> str:
    return reveal_account(line.pk, reason=reason, actor=actor)


def _correct(line: PaymentLine, values: dict[str, Any], actor: Actor) -> object:
    return correct_return(line.pk, actor=actor, **values)


def _may_return(line: PaymentLine) -> bool:
    return line.paid_on is not None and line.returned_on is None and is_list_in_scope(line)


class ListFilter(admin.SimpleListFilter):
    """The lines of one list; it is chosen on the list's page."""

    title = _("payment list")
    parameter_name = "payment_list"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        value = request.GET.get(self.parameter_name)
        return [(value, gettext("one list"))] if value else [("", "")]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            return queryset.filter(payment_list=self.value()) if self.value() else queryset
        except ValueError:
            return queryset.none()


@admin.register(PaymentLine)
class PaymentLineAdmin(TenantModelAdmin):
    """Lines with their account masked; one is struck from its draft, or returned by the bank."""

    view_action = "funds.view_lists"
    fields = (
        "list_label",
        "number",
        "household_label",
        "person_label",
        "amount_yuan",
        "reason_label",
        "account_label",
        "bank_name",
        "is_live",
        "strike_reason",
        "paid_on",
        "returned_on",
        "return_label",
    )
    readonly_fields = fields
    list_display = ("number", "household", "amount_yuan", "period_label", "is_live", "paid_on", "returned_on")
    list_select_related = ("household",)
    list_filter = (ListFilter,)
    ordering = ("-id",)
    has_history = False
    reason_label = code_label(PaymentLine, "reason_code", REASON_SCHEME)
    return_label = code_label(PaymentLine, "return_code", RETURN_SCHEME)
    verbs: ClassVar = (
        Verb("strike", _("Strike the line"), "funds.make_list", run=_strike, form=RefusalForm, icon="remove",
             danger=True, offered=lambda line: line.is_live and line.paid_on is None and is_list_in_scope(line),
             intro=_("From a draft alone. The line stays on file with its reason.")),
        Verb("return", _("Note a return by the bank"), "funds.note_payment", run=_return, form=ReturnForm,
             icon="undo", offered=_may_return,
             intro=_("The amount is free in its allocation again; a later list pays it with that reason.")),
        Verb("correct", _("Take the return back"), "funds.note_payment", run=_correct, form=RefusalForm, icon="undo",
             danger=True, offered=lambda line: line.returned_on is not None and is_list_in_scope(line),
             intro=_("For a return that was noted in error: the payment stands, and its amount is bound again.")),
        reveal("account", _("Show the bank account"), "funds.reveal_account", _account,
               offered=lambda line: line.account_sealed is not None),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PaymentLine]:
        return PaymentLine.objects.select_related("household", "person", "programme")

    @admin.display(description=_("period"), ordering="period")
    def period_label(self, row: PaymentLine) -> str:
        """Give the period as people read it."""
        return period_text(row.period)

    @admin.display(description=_("payment list"))
    def list_label(self, line: PaymentLine) -> str:
        """Lead to the list, where the area has it."""
        if not is_list_in_scope(line):
            return f"{line.programme.name} {period_text(line.period)}"
        address = reverse("admin:funds_paymentlist_change", args=[line.payment_list_id])
        return format_html('<a href="{}">{} {}</a>', address, line.programme.name, period_text(line.period))

    @admin.display(description=_("household"))
    def household_label(self, line: PaymentLine) -> str:
        """Lead to the household."""
        return household_link(line.household)

    @admin.display(description=_("person"))
    def person_label(self, line: PaymentLine) -> str:
        """Lead to the person, where persons are paid."""
        return person_link(line.person) if line.person else str(self.get_empty_value_display())

    @admin.display(description=_("bank account"))
    def account_label(self, line: PaymentLine) -> str:
        """Show the last digits of the account."""
        return masked(line.account_sealed, Purpose.ACCOUNT, tenant_id=line.tenant_id)
