"""Pairings, and the buttons on a household's page that make and end them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.domain.pairing import SeenLead, end_pairing, hand_over, let_unit_stand_in, pair
from assistance.models import Helper, Pairing
from assistance.queries.pairings import helpers_on_list, pairings_visible_to
from households.queries.finding import household_of_number
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm
from villages.models import Unit


class PairingForm(DressedForm):
    """A household by its number, and its helper."""

    household_number = forms.CharField(label=_("Household number"), max_length=32)
    on = forms.DateField(label=_("From"), initial=today)


class ReasonedDayForm(VersionedForm):
    """A day and a reason."""

    on = forms.DateField(label=_("From"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class HandOverForm(ReasonedDayForm):
    """The helper who leads from a day on."""

    helper: "forms.ModelChoiceField[Helper]" = forms.ModelChoiceField(label=_("Helper"), queryset=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["helper"]
        if isinstance(offered, forms.ModelChoiceField):
            offered.queryset = helpers_on_list()


def _hand_over(pairing: Pairing, values: dict[str, Any], actor: Actor) -> Pairing:
    seen = SeenLead(pairing.pk, values["version"])
    household_id, helper_id = pairing.household_id, values["helper"].pk
    return hand_over(household_id, helper_id, actor=actor, on=values["on"], reason=values["reason"], seen=seen)


def _stand_in(pairing: Pairing, values: dict[str, Any], actor: Actor) -> Pairing:
    seen = SeenLead(pairing.pk, values["version"])
    return let_unit_stand_in(pairing.household_id, actor=actor, on=values["on"], reason=values["reason"], seen=seen)


def _end(pairing: Pairing, values: dict[str, Any], actor: Actor) -> Pairing:
    return end_pairing(pairing.pk, actor=actor, **values)


def _leads(pairing: Pairing) -> bool:
    return pairing.is_lead and (pairing.ends_on is None or pairing.ends_on > today())


def _helper_leads(pairing: Pairing) -> bool:
    return _leads(pairing) and not pairing.is_stand_in


def _lasts(pairing: Pairing) -> bool:
    return pairing.ends_on is None


class PairingInline(TenantTabularInline):
    """The helpers of a household."""

    model = Pairing
    view_action = "assistance.view"
    fields = ("helper", "unit", "is_lead", "starts_on", "ends_on")
    show_change_link = True


@admin.register(Pairing)
class PairingAdmin(TenantModelAdmin):
    """The pairings of the households that the person at work sees."""

    view_action, add_action = "assistance.view", "assistance.pair"
    list_display = ("household", "helper", "unit", "is_lead", "starts_on", "ends_on")
    list_select_related = ("household", "helper", "unit")
    list_filter = ("is_lead",)
    history = History(links={"helper": Helper, "unit": Unit})
    search_fields = ("household__number", "helper__name")
    verbs: ClassVar = (
        Verb("hand-over", _("Hand over"), "assistance.pair", run=_hand_over, form=HandOverForm, offered=_leads),
        Verb(
            "stand-in",
            _("Let the unit stand in"),
            "assistance.pair",
            run=_stand_in,
            form=ReasonedDayForm,
            offered=_helper_leads,
            intro=_("For 30 days at most; the household is shown as open until a helper takes over."),
        ),
        Verb("end", _("End the pairing"), "assistance.pair", run=_end, form=ReasonedDayForm, offered=_lasts),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Pairing]:
        return pairings_visible_to(actor_at(request))

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("household_number", "helper", "is_lead", "on")
        return ("household", "helper", "unit", "is_lead", "starts_on", "ends_on", "end_reason")

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = PairingForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Pairing:
        if values["helper"] is None:
            raise NotFound("helper.not_found", _("Choose a helper from the list."), field="helper")
        household_id = household_of_number(values["household_number"], actor=actor)
        return pair(household_id, values["helper"].pk, actor=actor, on=values["on"], is_lead=values["is_lead"])
