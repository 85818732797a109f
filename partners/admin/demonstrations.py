"""Demonstration households: their list, the mark, and its withdrawal."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.filters import TownshipFilter
from households.queries.finding import household_with_number
from partners.domain.demonstrations import mark_demonstration, withdraw_demonstration
from partners.models import DemonstrationMark
from partners.queries.demonstrations import marks_on_list
from registry.admin.base import TenantModelAdmin
from registry.admin.verbs import ReasonForm, Verb
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm


class MarkForm(DressedForm):
    """A household by its number, and what the mark rests on."""

    household_number = forms.CharField(label=_("Household number"), max_length=32)
    on = forms.DateField(label=_("marked on"), initial=today)
    result = forms.CharField(
        label=_("economic result"), max_length=200, help_text=_("What it achieved. No names or numbers of persons.")
    )


class WithdrawForm(VersionedForm, ReasonForm):
    """Why the mark is taken back."""


def _withdraw(row: DemonstrationMark, values: dict[str, Any], actor: Actor) -> DemonstrationMark:
    return withdraw_demonstration(row.pk, actor=actor, **values)


@admin.register(DemonstrationMark)
class DemonstrationMarkAdmin(TenantModelAdmin):
    """The marks of the area, by the day on which they were given; withdrawn ones stay."""

    view_action, add_action = "partners.view", "partners.mark_demonstration"
    list_display = ("household", "marked_on", "year", "net_per_head_yuan", "result", "withdrawn_on")
    list_filter = (TownshipFilter, ("withdrawn_on", admin.EmptyFieldListFilter))
    list_select_related = ("household",)
    has_history = False
    verbs: ClassVar = (
        Verb("withdraw", _("Withdraw the mark"), "partners.mark_demonstration", run=_withdraw, form=WithdrawForm,
             offered=lambda row: row.withdrawn_on is None, icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[DemonstrationMark]:
        return marks_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("household_number", "year", "result", "on")
        return ("household", "marked_on", "year", "net_per_head_yuan", "result", "withdrawn_on", "withdrawal_reason")

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = MarkForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> DemonstrationMark:
        household_id = household_with_number(values["household_number"], actor=actor)
        if household_id is None:
            message = _("There is no household with this number in your area. Check the number.")
            raise NotFound("household.not_found", message, field="household_number")
        return mark_demonstration(
            household_id, year=values["year"], result=values["result"], on=values["on"], actor=actor
        )
