"""Payment lists and their lines on the site."""

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

from funds.admin.pasting import lines_pasted
from funds.domain.corrections import correct_payment
from funds.domain.lines import LineDraft, add_lines, add_payees
from funds.domain.lists import (
    approve_list,
    balance_shown,
    make_list,
    problems_shown,
    send_back_list,
    state_totals,
    submit_list,
    withdraw_list,
)
from funds.domain.payments import note_paid
from funds.enums import REASON_SCHEME, ListState, period_text
from funds.models import PaymentCorrection, PaymentLine, PaymentList
from funds.queries.budgets import allocations_free_for
from funds.queries.payees import payee_sources
from funds.sheets.lines import MOST_BYTES, read_lines
from households.admin.links import household_link
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import DressedForm, VersionedForm, code_field

SHOWN_LINES = 50


def _sources() -> list[tuple[str, Any]]:
    return [(name, source.label) for name, source in payee_sources().items()]


class ListForm(DressedForm):
    """A list is paid out of an allocation that still has money."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "allocation" in self.fields:
            field: Any = self.fields["allocation"]
            rows = allocations_free_for()
            names = division_names(set(rows.values_list("scope_code", flat=True)))
            field.queryset = rows
            field.label_from_instance = lambda row: (
                f"{row.budget} · {names.get(row.scope_code, row.scope_code)} · {row.free_yuan}"
            )


class TotalsForm(VersionedForm):
    """What the paper says."""

    stated_yuan = forms.DecimalField(label=_("Total on paper (yuan)"), max_digits=14, decimal_places=2)
    stated_count = forms.IntegerField(label=_("Lines on paper"), min_value=1)


class PasteForm(VersionedForm):
    """Lines as they stand in a sheet."""

    reason_code = code_field(REASON_SCHEME, _("Why they are paid"), required=True)
    lines = forms.CharField(
        label=_("Lines"),
        widget=forms.Textarea,
        help_text=_("A line each: household number, amount in yuan, and the number of the person where persons are "
                    "paid; with a tab, a comma or a space between. Copy them from a sheet."),
    )  # fmt: skip


class SheetForm(VersionedForm):
    """Lines in a file."""

    reason_code = code_field(REASON_SCHEME, _("Why they are paid"), required=True)
    file = forms.FileField(
        label=_("Workbook or .csv file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("With the headings 户编号 and 金额, and where persons are paid 人编号 or 姓名. Up to 5 MB; the "
                    "file is read and not kept."),
    )  # fmt: skip


class SourceForm(VersionedForm):
    """All whom a source gives, with one amount."""

    source = forms.ChoiceField(label=_("All …"), choices=_sources)
    code = forms.CharField(label=_("Code"), max_length=20, required=False)
    amount_yuan = forms.DecimalField(label=_("Amount for each (yuan)"), max_digits=14, decimal_places=2)
    reason_code = code_field(REASON_SCHEME, _("Why they are paid"), required=True)


class OptionalReasonForm(VersionedForm):
    """A word on the decision, where there is one."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class RefusalForm(VersionedForm):
    """Why it is sent back, withdrawn or struck."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


class ListWithdrawalForm(RefusalForm):
    """Why a list is withdrawn, and what the bank said once it may have the file."""

    bank_word = forms.CharField(
        label=_("Paper of the bank that it paid nothing"),
        max_length=200,
        required=False,
        help_text=_("Needed once the file for the bank was downloaded."),
    )


class PaidForm(VersionedForm):
    """When it was paid, and what shows it."""

    on = forms.DateField(label=_("Paid on"), initial=today)
    paper = forms.CharField(label=_("Paper of the payment"), max_length=200)


def _paste(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    drafts = lines_pasted(values["lines"], reason_code=values["reason_code"])
    return add_lines(row.pk, drafts, actor=actor, version=values["version"])


def _upload(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    drafts = [
        LineDraft(
            household_number=one.household_number,
            amount_yuan=one.amount_yuan,
            reason_code=values["reason_code"],
            person_number=one.person_number,
            person_name=one.person_name,
            row=one.row,
        )
        for one in read_lines(values["file"].read(MOST_BYTES + 1))
    ]
    return add_lines(row.pk, drafts, actor=actor, version=values["version"])


def _from_source(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return add_payees(row.pk, values.pop("source"), actor=actor, **values)


def _state(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return state_totals(row.pk, actor=actor, **values)


def _submit(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return submit_list(row.pk, actor=actor, **values)


def _send_back(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return send_back_list(row.pk, actor=actor, **values)


def _approve(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return approve_list(row.pk, actor=actor, **values)


def _withdraw(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return withdraw_list(row.pk, actor=actor, **values)


def _paid(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return note_paid(row.pk, actor=actor, **values)


def _correct(row: PaymentList, values: dict[str, Any], actor: Actor) -> object:
    return correct_payment(row.pk, actor=actor, **values)


def _is_draft(row: PaymentList) -> bool:
    return row.state == ListState.DRAFT


def _is_submitted(row: PaymentList) -> bool:
    return row.state == ListState.SUBMITTED


def _is_anothers(row: PaymentList) -> bool:
    return _is_submitted(row) and current_actor().user_id not in {row.made_by, row.submitted_by}


def _totals(row: PaymentList) -> dict[str, Any]:
    return {"stated_yuan": row.stated_yuan, "stated_count": row.stated_count}


@admin.register(PaymentList)
class PaymentListAdmin(TenantModelAdmin):
    """Payment lists of the area, from draft to payment."""

    form = ListForm
    view_action, add_action = "funds.view_lists", "funds.make_list"
    fields = ("programme", "allocation", "period", "stated_yuan", "stated_count")
    list_display = ("period_label", "programme", "stated_yuan", "stated_count", "state", "paid_on", "returned_yuan")
    list_select_related = ("programme",)
    list_filter = ("state",)
    ordering = ("-period", "-id")
    has_history = False
    verbs: ClassVar = (
        Verb("paste", _("Enter lines"), "funds.make_list", run=_paste, form=PasteForm, offered=_is_draft,
             icon="playlist_add", intro=_("All of them are entered or none; what is wrong is named line by line.")),
        Verb("upload", _("Upload lines"), "funds.make_list", run=_upload, form=SheetForm, offered=_is_draft,
             icon="upload_file", intro=_("All of them are entered or none; what is wrong is named by row and column.")),
        Verb("payees", _("Enter all households or persons with …"), "funds.make_list", run=_from_source,
             form=SourceForm, offered=_is_draft, icon="group_add",
             intro=_("Who has a line of this programme and period already is left out.")),
        Verb("totals", _("Correct the totals"), "funds.make_list", run=_state, form=TotalsForm, offered=_is_draft,
             icon="edit", initial=_totals),
        Verb("submit", _("Submit the list"), "funds.make_list", run=_submit, form=VersionedForm, offered=_is_draft,
             icon="send", intro=_("Its lines give total and number of the paper, and each can be paid. Each takes the "
                                  "account of its household as it is now.")),
        Verb("send-back", _("Send back"), "funds.decide_list", run=_send_back, form=RefusalForm, offered=_is_submitted,
             icon="reply", danger=True),
        Verb("approve", _("Approve the list"), "funds.decide_list", run=_approve, form=OptionalReasonForm,
             offered=_is_anothers, icon="done", intro=_("The file for the bank is made afterwards, once.")),
        Verb("paid", _("Note the payment"), "funds.note_payment", run=_paid, form=PaidForm, icon="payments",
             offered=lambda row: row.state == ListState.APPROVED),
        Verb("correct", _("Take the payment back"), "funds.decide_list", run=_correct, form=RefusalForm, icon="undo",
             offered=lambda row: row.state == ListState.PAID, danger=True,
             intro=_("For a payment that was noted in error: the list is approved again. Whoever made or submitted it "
                     "does not do this.")),
        Verb("withdraw", _("Withdraw the list"), "funds.make_list", run=_withdraw, form=ListWithdrawalForm, icon="undo",
             offered=lambda row: row.state in {ListState.DRAFT, ListState.SUBMITTED, ListState.APPROVED}, danger=True,
             intro=_("Its lines are struck, and its allocation is free again.")),
    )  # fmt: skip

    class LineInline(TenantTabularInline):
        """The first lines of a list."""

        model = PaymentLine
        view_action = "funds.view_lists"
        fields = ("number", "household_label", "amount_yuan", "is_live", "returned_on")
        readonly_fields = ("household_label",)
        show_change_link = True

        @override
        def get_queryset(self, request: HttpRequest) -> QuerySet[PaymentLine]:
            rows: QuerySet[PaymentLine] = super().get_queryset(request)
            return rows.select_related("household").filter(number__lte=SHOWN_LINES).order_by("number")

        @admin.display(description=_("household"))
        def household_label(self, line: PaymentLine) -> str:
            """Lead to the household."""
            return household_link(line.household)

    class CorrectionInline(TenantTabularInline):
        """What was noted in error of a list."""

        model = PaymentCorrection
        view_action = "funds.view_lists"
        fields = ("corrected_at", "kind", "line", "amount_yuan", "was_on", "was_paper", "reason")

    inlines = (LineInline, CorrectionInline)

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ("balance_label", "problems_label", "state", "decision_reason", "paid_on", "paid_paper",
                 "returned_yuan", "lines_label", "file_label", "file_taken_at", "bank_word")  # fmt: skip
        stated = ("period_label" if name == "period" else name for name in self.fields)
        return (*stated, *shown) if obj else self.fields

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    @admin.display(description=_("period"), ordering="period")
    def period_label(self, row: PaymentList) -> str:
        """Give the period as people read it."""
        return period_text(row.period)

    @admin.display(description=_("balance"))
    def balance_label(self, row: PaymentList) -> str:
        """Tell what the lines give beside the paper."""
        found = balance_shown(row, actor=current_actor())
        if found.is_even:
            return gettext("The lines give total and number of the paper.")
        text = gettext("The lines give %(total)s yuan in %(count)s lines; the difference is %(difference)s yuan.")
        return text % {"total": found.total_yuan, "count": found.count, "difference": found.difference_yuan}

    @admin.display(description=_("lines that cannot be paid"))
    def problems_label(self, row: PaymentList) -> str:
        """Name the lines that stand against submission."""
        if row.state != ListState.DRAFT:
            return str(self.get_empty_value_display())
        named = [
            f"{one.number}: {one.problem.label}" for one in problems_shown(row.pk, actor=current_actor())[:SHOWN_LINES]
        ]
        return "; ".join(named) or gettext("None.")

    @admin.display(description=_("all lines"))
    def lines_label(self, row: PaymentList) -> str:
        """Lead to all lines of the list."""
        address = reverse("admin:funds_paymentline_changelist")
        text = gettext("Show all lines")
        return format_html('<a href="{}?payment_list={}">{}</a>', address, row.pk, text)

    @admin.display(description=_("file for the bank"))
    def file_label(self, row: PaymentList) -> str:
        """Lead to the file, where the list is approved."""
        if row.state not in {ListState.APPROVED, ListState.PAID}:
            return str(self.get_empty_value_display())
        return format_html('<a href="{}">{}</a>', reverse("admin:payment-bank-file", args=[row.pk]), _("Download"))

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> PaymentList:
        programme, allocation = values.pop("programme"), values.pop("allocation")
        return make_list(programme.pk, allocation.pk, actor=actor, **values)
