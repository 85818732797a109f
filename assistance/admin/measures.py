"""Measures: the list, the page of one, and the form on a household's page."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.domain.measures import (
    MeasureDraft,
    amend_measure,
    category_choices,
    item_choices,
    record_measure,
    withdraw_measure,
)
from assistance.models import Measure
from assistance.queries.measures import measures_visible_to
from households.admin.filters import TownshipFilter
from households.models import Household
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import ReasonForm, Verb
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm, code_field, yuan_field
from villages.admin.labels import code_label

_EMPTY = [("", "–")]


class MeasureForm(VersionedForm):
    """A measure with its period, state and money."""

    category_code = forms.ChoiceField(label=_("kind of measure"), choices=category_choices)
    item_code = forms.ChoiceField(label=_("measure"), choices=lambda: _EMPTY + item_choices(), required=False)
    state_code = code_field("measure_state", _("state of the measure"), required=True)
    starts_on = forms.DateField(label=_("from"), required=False)
    ends_on = forms.DateField(label=_("until (not included)"), required=False)
    money_yuan = yuan_field(_("money (yuan)"))
    note = forms.CharField(
        label=_("note"), max_length=200, required=False, help_text=_("No names or numbers of persons.")
    )


class WithdrawForm(VersionedForm, ReasonForm):
    """Why a measure was wrong."""


def _record(household: Household, values: dict[str, Any], actor: Actor) -> Measure:
    version = values.pop("version")
    return record_measure(household.pk, MeasureDraft(**values), actor=actor, version=version)


RECORD_MEASURE = Verb(
    "record-measure",
    _("Record a measure"),
    "assistance.record_measure",
    run=_record,
    form=MeasureForm,
    offered=lambda household: household.status != "closed",
    icon="volunteer_activism",
)


def _amend(row: Measure, values: dict[str, Any], actor: Actor) -> Measure:
    version = values.pop("version")
    return amend_measure(row.pk, MeasureDraft(**values), actor=actor, version=version)


def _withdraw(row: Measure, values: dict[str, Any], actor: Actor) -> Measure:
    return withdraw_measure(row.pk, actor=actor, **values)


def _counts(row: Measure) -> bool:
    return row.ends_on is None or row.ends_on != row.starts_on


class MeasureInline(TenantTabularInline):
    """The measures of a household."""

    model = Measure
    view_action = "assistance.view"
    fields = ("category_label", "item_label", "state_label", "starts_on", "ends_on", "money_yuan")
    show_change_link = True
    category_label = code_label(Measure, "category_code", "measure")
    item_label = code_label(Measure, "item_code", "measure")
    state_label = code_label(Measure, "state_code", "measure_state")


@admin.register(Measure)
class MeasureAdmin(TenantModelAdmin):
    """The measures of the households that the one at work sees; a new one is entered on the household's page."""

    view_action = "assistance.view"
    list_display = ("household", "category_label", "item_label", "state_label", "starts_on", "ends_on")
    list_select_related = ("household",)
    list_filter = (TownshipFilter, "is_development")
    ordering = ("-starts_on", "id")
    fields = (
        "household",
        "category_label",
        "item_label",
        "is_development",
        "state_label",
        "starts_on",
        "ends_on",
        "money_yuan",
        "note",
        "planned",
    )
    readonly_fields = ("category_label", "item_label", "state_label")
    history = History(codes={"category_code": "measure", "item_code": "measure", "state_code": "measure_state"})
    category_label = code_label(Measure, "category_code", "measure")
    item_label = code_label(Measure, "item_code", "measure")
    state_label = code_label(Measure, "state_code", "measure_state")
    verbs: ClassVar[tuple[Verb, ...]] = (
        Verb(
            "amend",
            _("Correct or end"),
            "assistance.record_measure",
            run=_amend,
            form=MeasureForm,
            offered=_counts,
            icon="edit",
            initial=lambda row: {name: getattr(row, name) for name in MeasureForm.base_fields if name != "version"},
        ),
        Verb(
            "withdraw",
            _("Withdraw the record"),
            "assistance.record_measure",
            run=_withdraw,
            form=WithdrawForm,
            offered=_counts,
            icon="undo",
            danger=True,
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Measure]:
        return measures_visible_to(actor_at(request))
