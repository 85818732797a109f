"""Monitoring cases: list, page, and what can be done to one."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.admin import case_forms as forms
from dossiers.domain.cases import (
    LeadDraft,
    RemovalCheck,
    amend_lead,
    check_removal,
    confirm_lead,
    drop_lead,
    enter_case,
    raise_lead,
    remove_case,
)
from dossiers.enums import CaseState, NextDue
from dossiers.models import MonitoringCase
from dossiers.models.case import CHECKED
from dossiers.queries.cases import cases_on_list
from households.admin.filters import TownshipFilter
from households.models import Household
from households.queries.finding import household_of_number
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.labels import code_label

_LEAD = ("lead_on", "lead_channel_code", "category_code", "risk_codes", "disaster_code", "other_remark")


def _in(state: CaseState) -> Callable[[MonitoringCase], bool]:
    return lambda case: case.state == state


def _draft(values: dict[str, Any]) -> LeadDraft:
    campaign = values["campaign"]
    return LeadDraft(
        **{name: values[name] for name in _LEAD if name != "risk_codes"},
        risk_codes=tuple(values["risk_codes"]),
        is_without_labour=values["is_without_labour"],
        campaign_id=campaign.pk if campaign else None,
    )


def _amend(case: MonitoringCase, values: dict[str, Any], actor: Actor) -> MonitoringCase:
    return amend_lead(case.pk, _draft(values), actor=actor, version=values["version"])


def _known_lead(case: MonitoringCase) -> dict[str, Any]:
    known = {name: getattr(case, name) for name in (*_LEAD, "is_without_labour")}
    return known | {"campaign": case.sweep_village.campaign_id if case.sweep_village else None}


def _confirm(case: MonitoringCase, values: dict[str, Any], actor: Actor) -> MonitoringCase:
    return confirm_lead(case.pk, actor=actor, **values)


def _drop(case: MonitoringCase, values: dict[str, Any], actor: Actor) -> MonitoringCase:
    return drop_lead(case.pk, actor=actor, **values)


def _check(case: MonitoringCase, values: dict[str, Any], actor: Actor) -> MonitoringCase:
    version = values.pop("version")
    return check_removal(case.pk, RemovalCheck(**values), actor=actor, version=version)


def _known_check(case: MonitoringCase) -> dict[str, Any]:
    if case.checked_on is None:
        return {}
    return {name: getattr(case, name) for name in CHECKED if name != "line_yuan"}


def _remove(case: MonitoringCase, values: dict[str, Any], actor: Actor) -> MonitoringCase:
    return remove_case(case.pk, values.pop("manner_code"), actor=actor, **values)


@admin.display(description=_("What is due"), ordering="next_due")
def _due_label(_page: object, case: MonitoringCase) -> str:
    """Show what is due next in the case."""
    return case.due_label


@admin.display(description=_("Open days"))
def _open_days(page: TenantModelAdmin | TenantTabularInline, case: MonitoringCase) -> str:
    """Show every day that is open in the case, a line each."""
    days = ((kind.label, day.isoformat()) for kind, day in case.open_days)
    lines = format_html_join("", "<div>{}: {}</div>", days)
    return lines or page.get_empty_value_display()


class DueFilter(admin.SimpleListFilter):
    """Narrow by what is due next."""

    title = _("What is due")
    parameter_name = "due"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(due.value, str(due.label)) for due in NextDue if due.value]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(next_due=self.value()) if self.value() in NextDue.values else queryset


class CaseInline(TenantTabularInline):
    """The cases of a household."""

    model = MonitoringCase
    view_action = "dossiers.view"
    fields = ("state", "lead_on", "risk_label", "confirmed_on", "open_days", "ended_on")
    readonly_fields = ("open_days",)
    risk_label = code_label(MonitoringCase, "risk_codes", "risk")
    open_days = _open_days
    show_change_link = True


@admin.register(MonitoringCase)
class MonitoringCaseAdmin(TenantModelAdmin):
    """The cases of the area."""

    view_action, add_action = "dossiers.view", "dossiers.raise_lead"
    list_display = ("household", "state", "category_label", "lead_on", "due_label", "next_due_on")
    list_filter = (TownshipFilter, "state", DueFilter)
    search_fields = ("household__number",)
    history = History(
        codes={
            "lead_channel_code": "lead_channel",
            "category_code": "monitoring_category",
            "risk_codes": "risk",
            "disaster_code": "natural_disaster",
            "removal_code": "risk_removal",
        },
        links={"household": Household},
    )
    due_label = _due_label
    open_days = _open_days
    category_label = code_label(MonitoringCase, "category_code", "monitoring_category")
    channel_label = code_label(MonitoringCase, "lead_channel_code", "lead_channel")
    risk_label = code_label(MonitoringCase, "risk_codes", "risk")
    removal_label = code_label(MonitoringCase, "removal_code", "risk_removal", "closing_reason")
    disaster_label = code_label(MonitoringCase, "disaster_code", "natural_disaster")
    verbs: ClassVar = (
        Verb("amend-lead", _("Amend the lead"), "dossiers.raise_lead", run=_amend, form=forms.LeadForm,
             offered=_in(CaseState.LEAD), initial=_known_lead),
        Verb("confirm", _("Confirm"), "dossiers.decide_lead", run=_confirm, form=forms.DecideForm,
             offered=_in(CaseState.LEAD),
             intro=_("The household is monitored from that day. Where the county asks for a dossier, finish that.")),
        Verb("drop", _("Drop the lead"), "dossiers.decide_lead", run=_drop, form=forms.DecideForm,
             offered=_in(CaseState.LEAD), danger=True),
        Verb("check", _("Check before removal"), "dossiers.check_removal", run=_check, form=forms.CheckForm,
             offered=_in(CaseState.CONFIRMED), initial=_known_check),
        Verb("remove", _("Risk removed"), "dossiers.decide_lead", run=_remove, form=forms.RemoveForm,
             offered=_in(CaseState.CONFIRMED),
             intro=_("By support only after the county's months, with a check, and not without labour.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[MonitoringCase]:
        return cases_on_list(actor_at(request)).select_related("dossier", "sweep_village__campaign")

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("household_number", "is_monitored", *_LEAD, "is_without_labour", "campaign")
        return (
            "household", "state", "lead_on", "channel_label", "category_label", "risk_label", "disaster_label",
            "other_remark", "is_without_labour", "sweep", "open_days", "due_on", "due_basis", "due_label",
            "next_due_on", "confirmed_on", "dossier", "measures_due_on", "measured_on", "development_due_on",
            "developed_on", "removable_on", *CHECKED, "ended_on", "removal_label", "end_reason",
        )  # fmt: skip

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    @admin.display(description=_("Found in the sweep"))
    def sweep(self, case: MonitoringCase) -> str:
        """Name the campaign in which the lead was found."""
        return str(case.sweep_village.campaign) if case.sweep_village else self.get_empty_value_display()

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = forms.NewLeadForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> MonitoringCase:
        household_id = household_of_number(values["household_number"], actor=actor)
        begin = enter_case if values["is_monitored"] else raise_lead
        return begin(household_id, _draft(values), actor=actor)
