"""The page that shows how the net income of a year comes about, and the county's own figures for it."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.definitions.income_items import CLASSES
from households.domain.closed_years import is_closed
from households.domain.coefficients import (
    amend_cost_coefficient,
    amend_income_rule,
    amend_year_line,
    set_cost_coefficient,
    set_income_rule,
    set_year_line,
    take_shipped_year_lines,
    withdraw_cost_coefficient,
    withdraw_income_rule,
    withdraw_year_line,
)
from households.models import CostCoefficient, IncomeRule, YearLine
from households.queries.income import income_row, items_of
from households.queries.visibility import find_household
from registry.access import allowed
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.admin.verbs import NothingForm, Verb
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm, code_field
from villages.admin.labels import code_label

_VIEW, _MANAGE = "households.view_coefficients", "households.manage_coefficients"


def income_page(request: HttpRequest, household_id: UUID, year: int) -> HttpResponse:
    """Show the lines of a year and each step to the net income per person."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    may_propose = is_closed(year) and allowed(actor, "households.propose_change", household)
    row, items = income_row(household, year), items_of(year)
    context = site.each_context(request) | {
        "title": gettext("How the net income comes about"),
        "household": household,
        "row": row,
        "proposal": reverse("admin:household-income-proposal", args=[household.pk, year]) if may_propose else "",
        "lines": [line | {"label": items.label_of(line["item_code"])} for line in row["lines"]],
        "classes": [(items.label_of(code), row["classes"][code]) for code in CLASSES if code in row["classes"]],
        "costs": [step | {"label": items.label_of(step["item_code"])} for step in row["costs"]],
        "differs": row["recorded_net_per_head_yuan"] != row["net_per_head_yuan"],
    }
    return TemplateResponse(request, "households/admin/income.html", context)


def take_lines_page(request: HttpRequest) -> HttpResponse:
    """Ask whether the lines that come with the product are to be entered, and do it."""
    back = reverse("admin:households_yearline_changelist")

    def submit(values: dict[str, Any]) -> HttpResponse:
        take_shipped_year_lines(actor=actor_at(request))
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    intro = _(
        "Years that have no lines yet get those that come with the product. Check each one against your document."
    )
    page = FormPage(_("Take the lines that come with the product"), back, intro, button=_("Take the lines"))
    return form_page(request, page, NothingForm, submit)


class WithdrawFigureForm(VersionedForm):
    """Why a figure is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


def _in_force(row: Any) -> bool:  # noqa: ANN401  (one of three models)
    return row.withdrawn_on is None


def _withdrawing(verb: Callable[..., object]) -> tuple[Verb, ...]:
    """Make the button that takes a figure out of force."""

    def run(row: Any, values: dict[str, Any], actor: Actor) -> object:  # noqa: ANN401  (as above)
        return verb(row.pk, actor=actor, **values)

    intro = _("It stays on file and counts no more. Incomes on record keep their figures until computed again.")
    return (
        Verb("withdraw", _("Withdraw the figure"), _MANAGE, run=run, form=WithdrawFigureForm, offered=_in_force,
             icon="undo", danger=True, intro=intro),
    )  # fmt: skip


class _ItemForm(DressedForm):
    """A record that names an item of income."""

    item_code = code_field("income_item", _("Item of income"), required=True)


class _CountysOwn(TenantModelAdmin):
    """A figure of the county: what it is about is entered once."""

    view_action, add_action, change_action = _VIEW, _MANAGE, _MANAGE
    fixed: ClassVar[tuple[str, ...]] = ()

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fixed, "withdrawn_on") if obj else ()

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask what a figure is about once: a declared field is asked again whatever `fields` says."""
        if obj is not None:
            kwargs["form"] = DressedForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A figure that was withdrawn is only read."""
        return (obj is None or obj.withdrawn_on is None) and super().has_change_permission(request, obj)


@admin.register(CostCoefficient)
class CostCoefficientAdmin(_CountysOwn):
    """Shares of cost by year and product."""

    form = _ItemForm
    list_display = ("year", "item_label", "product", "cost_ratio", "withdrawn_on")
    list_filter = ("year", ("withdrawn_on", admin.EmptyFieldListFilter))
    verbs = _withdrawing(withdraw_cost_coefficient)
    fields = ("year", "item_code", "product", "cost_ratio")
    fixed = ("year", "item_label", "product")
    history = History(codes={"item_code": "income_item"})
    item_label = code_label(CostCoefficient, "item_code", "income_item")

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fixed, "cost_ratio", "withdrawn_on") if obj else self.fields

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> CostCoefficient:
        return set_cost_coefficient(
            values["year"], values["item_code"], values["product"], cost_ratio=values["cost_ratio"], actor=actor
        )

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> CostCoefficient:
        return amend_cost_coefficient(record.pk, cost_ratio=values["cost_ratio"], actor=actor, version=version)


@admin.register(IncomeRule)
class IncomeRuleAdmin(_CountysOwn):
    """What counts towards the net here."""

    form = _ItemForm
    list_display = ("item_label", "from_year", "counts_toward_net", "withdrawn_on")
    verbs = _withdrawing(withdraw_income_rule)
    fields = ("item_code", "from_year", "counts_toward_net")
    fixed = ("item_label", "from_year")
    history = History(codes={"item_code": "income_item"})
    item_label = code_label(IncomeRule, "item_code", "income_item")

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fixed, "counts_toward_net", "withdrawn_on") if obj else self.fields

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> IncomeRule:
        counts = values["counts_toward_net"]
        return set_income_rule(values["item_code"], values["from_year"], counts_toward_net=counts, actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> IncomeRule:
        counts = values["counts_toward_net"]
        return amend_income_rule(record.pk, counts_toward_net=counts, actor=actor, version=version)


@admin.register(YearLine)
class YearLineAdmin(_CountysOwn):
    """Poverty and monitoring line by year."""

    fields = ("year", "poverty_line_yuan", "monitoring_line_yuan", "valid_from", "source")
    list_display = (*fields, "withdrawn_on")
    fixed = ("year",)
    verbs = _withdrawing(withdraw_year_line)

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "withdrawn_on") if obj else self.fields

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> YearLine:
        return set_year_line(actor=actor, **values)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> YearLine:
        return amend_year_line(record.pk, actor=actor, version=version, **values)
