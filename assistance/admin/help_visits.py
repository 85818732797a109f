"""Visits of helpers: the form on a household's page, the list, the page of one; and the county's plan of visits."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.domain.help_visits import HelpVisitDraft, amend_help_visit, record_help_visit, withdraw_help_visit
from assistance.domain.visit_plans import amend_visit_plan, set_visit_plan
from assistance.models import Helper, HelpVisit, VisitPlan
from assistance.queries.help_visits import help_visits_visible_to
from assistance.queries.pairings import helpers_of
from households.admin.filters import TownshipFilter
from households.models import Household
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import ReasonForm, Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import code_label

_NO_NAMES = _("No names or numbers of persons.")


class _VisitFields(SiteForm):
    """What is told of a visit."""

    visited_on = forms.DateField(label=_("visited on"), initial=today)
    place_code = code_field("visit_place", _("place"), required=True)
    confirmation_code = code_field("visit_confirmation", _("confirmed by the household"), required=True)
    found = forms.CharField(
        label=_("what was found"), max_length=500, required=False, widget=forms.Textarea, help_text=_NO_NAMES
    )


class NewVisitForm(_VisitFields):
    """A visit to the household whose page is open, of one of its helpers."""

    helper_id = forms.TypedChoiceField(label=_("helper"), coerce=UUID)

    field_order = ("helper_id", "visited_on", "place_code", "confirmation_code", "found")

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["helper_id"].choices = initial["helpers"]  # type: ignore[attr-defined]  # a field with choices


class VisitForm(VersionedForm, _VisitFields):
    """A visit on file."""


class WithdrawVisitForm(VersionedForm, ReasonForm):
    """Why a visit was entered in error."""


def _helpers(household: Household) -> dict[str, Any]:
    helpers = [(str(one.pk), one.name) for one in helpers_of(household.pk, actor=current_actor())]
    return {"helpers": helpers, "helper_id": helpers[0][0] if helpers else ""}


def _record(household: Household, values: dict[str, Any], actor: Actor) -> HelpVisit:
    helper_id = values.pop("helper_id")
    return record_help_visit(household.pk, HelpVisitDraft(**values), actor=actor, helper_id=helper_id)


def _has_helper(household: Household) -> bool:
    return household.status != "closed" and helpers_of(household.pk, actor=current_actor()).exists()


RECORD_HELP_VISIT = Verb(
    "record-help-visit",
    _("Record a helper's visit"),
    "assistance.record_help_visit",
    run=_record,
    form=NewVisitForm,
    offered=_has_helper,
    icon="hail",
    initial=_helpers,
)


def _amend(row: HelpVisit, values: dict[str, Any], actor: Actor) -> HelpVisit:
    version = values.pop("version")
    return amend_help_visit(row.pk, HelpVisitDraft(**values), actor=actor, version=version)


def _withdraw(row: HelpVisit, values: dict[str, Any], actor: Actor) -> HelpVisit:
    return withdraw_help_visit(row.pk, actor=actor, **values)


def _counts(row: HelpVisit) -> bool:
    return row.withdrawn_on is None


class HelpVisitInline(TenantTabularInline):
    """The visits of helpers to a household."""

    model = HelpVisit
    view_action = "assistance.view"
    fields = ("visited_on", "helper", "place_label", "confirmation_label", "withdrawn_on")
    show_change_link = True
    place_label = code_label(HelpVisit, "place_code", "visit_place")
    confirmation_label = code_label(HelpVisit, "confirmation_code", "visit_confirmation")


@admin.register(HelpVisit)
class HelpVisitAdmin(TenantModelAdmin):
    """The visits to the households that the one at work sees; a new one is entered on the household's page."""

    view_action = "assistance.view"
    list_display = ("household", "helper", "visited_on", "place_label", "confirmation_label", "withdrawn_on")
    list_select_related = ("household", "helper")
    list_filter = (TownshipFilter,)
    search_fields = ("household__number", "helper__name")
    ordering = ("-visited_on", "id")
    fields = (
        "household",
        "helper",
        "visited_on",
        "place_label",
        "confirmation_label",
        "found",
        "withdrawn_on",
    )
    readonly_fields = ("place_label", "confirmation_label")
    history = History(
        codes={"place_code": "visit_place", "confirmation_code": "visit_confirmation"}, links={"helper": Helper}
    )
    place_label = code_label(HelpVisit, "place_code", "visit_place")
    confirmation_label = code_label(HelpVisit, "confirmation_code", "visit_confirmation")
    verbs: ClassVar = (
        Verb(
            "amend",
            _("Correct"),
            "assistance.record_help_visit",
            run=_amend,
            form=VisitForm,
            offered=_counts,
            icon="edit",
            initial=lambda row: {name: getattr(row, name) for name in _VisitFields.base_fields},
        ),
        Verb(
            "withdraw",
            _("Withdraw the record"),
            "assistance.record_help_visit",
            run=_withdraw,
            form=WithdrawVisitForm,
            offered=_counts,
            icon="undo",
            danger=True,
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HelpVisit]:
        return help_visits_visible_to(actor_at(request))


@admin.register(VisitPlan)
class VisitPlanAdmin(TenantModelAdmin):
    """How many visits the county owes each household in a year."""

    view_action = "assistance.view"
    add_action = change_action = "assistance.manage_visit_plans"
    fields = list_display = ("year", "visits", "risk_visits")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("year",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> VisitPlan:
        return set_visit_plan(
            values["year"], visits=values["visits"], risk_visits=values["risk_visits"] or None, actor=actor
        )

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> VisitPlan:
        risk_visits = values["risk_visits"] or None
        return amend_visit_plan(
            record.pk, visits=values["visits"], risk_visits=risk_visits, actor=actor, version=version
        )
