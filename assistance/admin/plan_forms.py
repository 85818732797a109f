"""Forms of households' plans."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.domain.measures import category_choices
from assistance.enums import AGREEMENT_SCHEME
from assistance.queries.pairings import helpers_of
from assistance.queries.plans import carried_out_by
from registry.admin.verbs import ReasonForm
from registry.domain.codes import code_list
from registry.lib.periods import today
from registry.tenancy.context import current_actor
from villages.admin.fields import VersionedForm, code_field
from villages.enums import ACTION_SCHEME, FUNDING_SCHEME

_NO_NAMES = _("No names or numbers of persons.")
_EMPTY = [("", "–")]


def _text(label: str | Promise) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea, help_text=_NO_NAMES)  # type: ignore[arg-type]  # a lazy text


class GoalsForm(VersionedForm):
    """What is set out for a household."""

    goals = _text(_("goals"))
    target_yuan = forms.DecimalField(
        label=_("target net income per person (yuan a year)"), max_digits=14, decimal_places=2, min_value=0
    )
    no_development_reason = forms.CharField(
        label=_("why without a development measure"),
        max_length=200,
        required=False,
        help_text=_("Only where somebody is able to work and no development measure is planned."),
    )


class DraftForm(GoalsForm):
    """The goals of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, initial=lambda: today().year)
    field_order = ("year",)


class PlannedForm(VersionedForm):
    """A measure of a plan."""

    category_code = forms.ChoiceField(label=_("kind of measure"), choices=category_choices)
    what = forms.CharField(label=_("what is to be done"), max_length=200, help_text=_NO_NAMES)
    action_code = code_field(ACTION_SCHEME, _("enrichment action"))
    planned_yuan = forms.DecimalField(
        label=_("planned (yuan)"), max_digits=14, decimal_places=2, min_value=0, initial=0
    )
    source_code = code_field(FUNDING_SCHEME, _("source of the money"))
    starts_on = forms.DateField(label=_("from"), required=False)
    due_on = forms.DateField(label=_("to be done by"), required=False)
    helper_id = forms.TypedChoiceField(
        label=_("who sees to it"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Left open, it is the household's lead helper."),
    )

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        helpers = helpers_of(initial["household_id"], actor=current_actor())
        self.fields["helper_id"].choices = _EMPTY + [(str(one.pk), one.name) for one in helpers]  # type: ignore[attr-defined]  # a field with choices


class VersionedPlannedForm(PlannedForm):
    """A measure of a plan as it is on file."""


class CarryForm(VersionedForm):
    """Which measure of the household's plan a measure on file carries out."""

    planned_id = forms.TypedChoiceField(label=_("measure of the plan"), coerce=UUID, empty_value=None, required=False)

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        listed = code_list("measure")
        rows = carried_out_by(initial["measure"])
        self.fields["planned_id"].choices = _EMPTY + [  # type: ignore[attr-defined]  # a field with choices
            (str(row.pk), f"{row.plan.year} {listed.label_of(row.category_code)} – {row.what}")
            for row in rows.select_related("plan").order_by("-plan__year", "category_code", "id")
        ]


class DropForm(VersionedForm, ReasonForm):
    """Why a measure is dropped."""

    on = forms.DateField(label=_("On"), initial=today)


class AdoptForm(VersionedForm):
    """The adoption of a plan, to which the household agrees."""

    on = forms.DateField(label=_("adopted on"), initial=today)
    agreement_code = code_field(AGREEMENT_SCHEME, _("agreement of the household"), required=True)
    reason = forms.CharField(
        label=_("reason of the amendment"), max_length=300, required=False, help_text=_("From the second edition on.")
    )


class CloseForm(VersionedForm):
    """What came of a plan."""

    on = forms.DateField(label=_("closed on"), initial=today)
    result = _text(_("result"))


class WithdrawPlanForm(VersionedForm, ReasonForm):
    """Why a plan was wrong."""
