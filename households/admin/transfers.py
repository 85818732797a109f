"""Pages of transfers between counties, and the county's objection period."""

from typing import Any, ClassVar, Final, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.forms import EffectiveForm, offer_villages
from households.domain.anonymise import amend_objection_period, set_objection_period
from households.domain.messages import outcome_sentence
from households.domain.transfer import accept_transfer, decline_transfer, offer_transfer, withdraw_transfer
from households.enums import HouseholdStatus, TransferDirection, TransferState
from households.models import Household, ObjectionPeriod, Transfer
from households.queries.transfers import transfers_visible_to
from registry.admin.base import TenantModelAdmin
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.queries.tenants import other_counties
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm
from villages.models import Village


def _counties() -> list[tuple[str, str]]:
    counties = other_counties(current_actor().tenant_id)
    return [("", "–"), *((county.code, f"{county.name} {county.code[:6]}") for county in counties)]


class OfferForm(EffectiveForm):
    """The county to which a household goes."""

    county_code = forms.ChoiceField(label=_("County"), choices=_counties)


class AnswerForm(VersionedForm):
    """Why an offer is declined or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class AcceptForm(AnswerForm):
    """The village in which the household will be counted."""

    village = forms.ModelChoiceField(label=_("Village"), queryset=Village.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_villages(self.fields["village"])


def _offer(household: Household, values: dict[str, Any], actor: Actor) -> Transfer:
    return offer_transfer(household.pk, values.pop("county_code"), actor=actor, **values)


def _accept(transfer: Transfer, values: dict[str, Any], actor: Actor) -> Transfer:
    return accept_transfer(transfer.pk, values.pop("village").code, actor=actor, **values)


def _decline(transfer: Transfer, values: dict[str, Any], actor: Actor) -> Transfer:
    return decline_transfer(transfer.pk, actor=actor, **values)


def _withdraw(transfer: Transfer, values: dict[str, Any], actor: Actor) -> Transfer:
    return withdraw_transfer(transfer.pk, actor=actor, **values)


def _is_open(household: Household) -> bool:
    return household.status != HouseholdStatus.CLOSED


def _is_incoming(transfer: Transfer) -> bool:
    return (transfer.direction, transfer.state) == (TransferDirection.INCOMING, TransferState.OFFERED)


def _is_outgoing(transfer: Transfer) -> bool:
    return (transfer.direction, transfer.state) == (TransferDirection.OUTGOING, TransferState.OFFERED)


OFFER_VERB: Final = Verb(
    "offer",
    _("Offer to another county"),
    "households.offer_transfer",
    run=_offer,
    form=OfferForm,
    offered=_is_open,
    icon="outgoing_mail",
    intro=_("Nothing changes here until the other county has accepted. Whoever changes the household makes it lapse."),
)


@admin.register(Transfer)
class TransferAdmin(TenantModelAdmin):
    """Offers of this county and to it."""

    view_action = "households.view_transfers"
    list_display = ("household_number", "direction", "other_county_name", "state", "effective_on")
    list_filter = ("direction", "state")
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "direction",
        "state",
        "household_number",
        "head_name",
        "persons_count",
        "other_county_name",
        "effective_on",
        "reason",
        "answer",
        "outcome",
    )
    verbs: ClassVar = (
        Verb(
            "accept",
            _("Accept"),
            "households.answer_transfer",
            run=_accept,
            form=AcceptForm,
            offered=_is_incoming,
            icon="check",
            intro=_("The household is here once the other county has the letter; what it holds comes along."),
        ),
        Verb(
            "decline",
            _("Decline"),
            "households.answer_transfer",
            run=_decline,
            form=AnswerForm,
            offered=_is_incoming,
            danger=True,
            icon="close",
        ),
        Verb(
            "withdraw",
            _("Withdraw the offer"),
            "households.offer_transfer",
            run=_withdraw,
            form=AnswerForm,
            offered=_is_outgoing,
            danger=True,
            icon="undo",
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Transfer]:
        return transfers_visible_to(actor_at(request))

    @admin.display(description=_("why it lapsed"))
    def outcome(self, transfer: Transfer) -> str:
        """Say in a sentence why the transfer lapsed."""
        return outcome_sentence(transfer.outcome_code)


@admin.register(ObjectionPeriod)
class ObjectionPeriodAdmin(TenantModelAdmin):
    """For how long objections are heard before a person who was never confirmed is anonymised."""

    view_action = "households.view_objections"
    add_action = change_action = "households.manage_objections"
    fields = list_display = ("starts_on", "days")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("starts_on",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> ObjectionPeriod:
        return set_objection_period(values["starts_on"], days=values["days"], actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> ObjectionPeriod:
        period = cast("ObjectionPeriod", record)
        return amend_objection_period(period.pk, days=values["days"], actor=actor, version=version)
