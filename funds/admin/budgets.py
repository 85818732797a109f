"""Budgets, allocations and payment programmes on the site."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from funds.domain.budgets import (
    AllocationDraft,
    BudgetDraft,
    add_budget,
    allocate,
    amend_budget,
    move_back,
    withdraw_budget,
)
from funds.domain.programmes import ProgrammeDraft, add_programme, amend_programme
from funds.enums import KIND_SCHEME, PROJECT_SCHEME, SOURCE_SCHEME, Purpose
from funds.models import Allocation, Budget, PaymentProgramme
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm, code_field
from villages.admin.labels import code_label


def _programmes() -> list[tuple[str, str]]:
    return [("", "–"), *((str(one.pk), one.name) for one in PaymentProgramme.objects.all())]


class AllocationForm(VersionedForm):
    """Money of a budget for a purpose in a division."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    programme_id = forms.ChoiceField(label=_("Payment programme"), choices=_programmes, required=False)
    project_kind_code = code_field(PROJECT_SCHEME, _("Kind of project"))
    division_code = forms.CharField(
        label=_("Division"), max_length=12, help_text=_("12 digits: the county, a township or a village.")
    )
    amount_yuan = forms.DecimalField(label=_("Amount (yuan)"), max_digits=14, decimal_places=2)
    allocated_on = forms.DateField(label=_("Allocated on"), initial=today)
    paper = forms.CharField(label=_("Paper"), max_length=200)


class BackForm(VersionedForm):
    """How much is moved back, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    amount_yuan = forms.DecimalField(label=_("Amount (yuan)"), max_digits=14, decimal_places=2)
    on = forms.DateField(label=_("On"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class WithdrawalForm(VersionedForm):
    """Why a record was entered in error."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


def _allocate(row: Budget, values: dict[str, Any], actor: Actor) -> Allocation:
    version, programme = values.pop("version"), values.pop("programme_id") or None
    return allocate(row.pk, AllocationDraft(programme_id=programme, **values), actor=actor, version=version)


def _withdraw(row: Budget, values: dict[str, Any], actor: Actor) -> Budget:
    return withdraw_budget(row.pk, actor=actor, **values)


def _move_back(row: Allocation, values: dict[str, Any], actor: Actor) -> Allocation:
    values.pop("version")
    return move_back(row.pk, actor=actor, **values)


def _stands(row: Budget) -> bool:
    return row.withdrawn_on is None


def _has_free(row: Allocation) -> bool:
    return row.moves_back_id is None and row.free_yuan > 0


class AllocationInline(TenantTabularInline):
    """What of a budget went where."""

    model = Allocation
    view_action = "funds.view"
    fields = ("allocated_on", "purpose", "programme", "amount_yuan", "bound_yuan", "scope_code")
    show_change_link = True


class BudgetForm(DressedForm):
    """A budget with its source from the list."""

    source_code = code_field(SOURCE_SCHEME, _("Source of the money"), required=True)


class ProgrammeForm(DressedForm):
    """A programme with its kind from the list."""

    kind_code = code_field(KIND_SCHEME, _("Kind"), required=True)


@admin.register(Budget)
class BudgetAdmin(TenantModelAdmin):
    """Budgets by year; money of one is allocated on its page."""

    form = BudgetForm
    view_action, add_action, change_action = "funds.view", "funds.manage_budgets", "funds.manage_budgets"
    fields = ("year", "source_code", "name", "notice_number", "notice_on", "amount_yuan")
    list_display = ("year", "source_label", "name", "notice_number", "amount_yuan", "allocated_yuan", "withdrawn_on")
    list_filter = ("year",)
    inlines = (AllocationInline,)
    history = History(codes={"source_code": SOURCE_SCHEME})
    source_label = code_label(Budget, "source_code", SOURCE_SCHEME)
    verbs: ClassVar = (
        Verb("allocate", _("Allocate money"), "funds.allocate", run=_allocate, form=AllocationForm, offered=_stands,
             icon="call_split", intro=_("Never more than is free of the budget.")),
        Verb("withdraw", _("Withdraw the budget"), "funds.manage_budgets", run=_withdraw, form=WithdrawalForm,
             offered=_stands, icon="undo", danger=True, intro=_("While nothing of it is allocated.")),
    )  # fmt: skip

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Budget:
        return add_budget(BudgetDraft(**values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Budget:
        return amend_budget(record.pk, BudgetDraft(**values), actor=actor, version=version)


@admin.register(Allocation)
class AllocationAdmin(TenantModelAdmin):
    """Allocations of the area, and what was moved back; a new one is made on the page of its budget."""

    view_action = "funds.view"
    fields = (
        "budget",
        "division_label",
        "purpose",
        "programme",
        "project_label",
        "amount_yuan",
        "bound_yuan",
        "moved_back_yuan",
        "free_yuan",
        "allocated_on",
        "paper",
    )
    readonly_fields = fields
    list_display = ("allocated_on", "budget", "division_label", "purpose", "programme", "amount_yuan", "bound_yuan")
    list_select_related = ("budget", "programme")
    list_filter = ("purpose",)
    ordering = ("-allocated_on", "-id")
    has_history = False
    project_label = code_label(Allocation, "project_kind_code", PROJECT_SCHEME)
    verbs: ClassVar = (
        Verb("move-back", _("Move money back"), "funds.allocate", run=_move_back, form=BackForm, offered=_has_free,
             icon="undo", danger=True, intro=_("Up to what no payment list has bound.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Allocation]:
        return Allocation.objects.select_related("budget", "programme")

    @admin.display(description=_("division"), ordering="scope_code")
    def division_label(self, row: Allocation) -> str:
        """Name the division."""
        return division_names([row.scope_code]).get(row.scope_code, row.scope_code)

    @admin.display(description=_("free (yuan)"))
    def free_yuan(self, row: Allocation) -> str:
        """Tell what no list has bound."""
        return str(row.free_yuan)


@admin.register(PaymentProgramme)
class PaymentProgrammeAdmin(TenantModelAdmin):
    """What the county pays to households or persons."""

    form = ProgrammeForm
    view_action, add_action, change_action = "funds.view", "funds.manage_programmes", "funds.manage_programmes"
    fields = ("name", "kind_code", "payee", "cycle", "rule_text", "source", "starts_on", "ends_on")
    list_display = ("name", "kind_label", "payee", "cycle", "starts_on", "ends_on")
    history = History(codes={"kind_code": KIND_SCHEME})
    kind_label = code_label(PaymentProgramme, "kind_code", KIND_SCHEME)

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("payee", "cycle") if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> PaymentProgramme:
        payee, cycle = values.pop("payee"), values.pop("cycle")
        return add_programme(ProgrammeDraft(**values), payee=payee, cycle=cycle, actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> PaymentProgramme:
        return amend_programme(record.pk, ProgrammeDraft(**values), actor=actor, version=version)
