"""Pages of transfers between counties, and the county's objection period."""

from typing import Any, ClassVar, Final, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.forms import EffectiveForm, offer_villages
from households.admin.links import household_link
from households.domain.anonymise import amend_objection_period, set_objection_period
from households.domain.left_behind import label_of_left
from households.domain.messages import outcome_sentence
from households.domain.person_transfer import accept_person
from households.domain.transfer import accept_transfer, decline_transfer, offer_transfer, withdraw_transfer
from households.enums import (
    HEAD_RELATION,
    STAYS_IN_COUNTY,
    HouseholdStatus,
    TransferDirection,
    TransferState,
    TransferSubject,
)
from households.models import Household, ObjectionPeriod, Transfer
from households.queries.finding import household_of_number
from households.queries.transfers import transfers_visible_to
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.domain.codes import code_list
from registry.queries.tenants import other_counties
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm
from villages.admin.labels import code_label
from villages.models import Village


def _counties() -> list[tuple[str, str]]:
    counties = other_counties(current_actor().tenant_id)
    return [("", "–"), *((county.code, f"{county.name} {county.code[:6]}") for county in counties)]


def _reasons(direction: str) -> list[tuple[str, str]]:
    """Give the reasons for which somebody goes to a household of another county, or comes from one."""
    listed = code_list("membership_change")
    codes = [code for code in listed.children_of(direction) if code not in STAYS_IN_COUNTY]
    return [("", "–"), *((code, listed.label_of(code)) for code in codes)]


def _leaving() -> list[tuple[str, str]]:
    return _reasons("out")


def _joining() -> list[tuple[str, str]]:
    return _reasons("in")


def _relations() -> list[tuple[str, str]]:
    listed = code_list("relation")
    return [("", "–"), *((code, listed.label_of(code)) for code in listed.entries if code != HEAD_RELATION)]


class OfferForm(EffectiveForm):
    """The county to which a household goes."""

    county_code = forms.ChoiceField(label=_("County"), choices=_counties)


class OfferPersonForm(OfferForm):
    """The county to which one person goes, and why."""

    leaving_code = forms.ChoiceField(label=_("why the person leaves"), choices=_leaving)
    field_order = ("version", "county_code", "leaving_code", "on", "reason")


class AnswerForm(VersionedForm):
    """Why an offer is declined or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class AcceptForm(AnswerForm):
    """The village in which the household will be counted."""

    village = forms.ModelChoiceField(label=_("Village"), queryset=Village.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_villages(self.fields["village"])


class AcceptPersonForm(AnswerForm):
    """The household that takes the person in, and what the person is to its head."""

    household_number = forms.CharField(label=_("Number of the household that takes the person in"), max_length=32)
    relation_code = forms.ChoiceField(label=_("relation to the head"), choices=_relations)
    joining_code = forms.ChoiceField(label=_("why the person joins"), choices=_joining)
    field_order = ("version", "household_number", "relation_code", "joining_code", "reason")


def _offer(household: Household, values: dict[str, Any], actor: Actor) -> Transfer:
    return offer_transfer(household.pk, values.pop("county_code"), actor=actor, **values)


def _accept(transfer: Transfer, values: dict[str, Any], actor: Actor) -> Transfer:
    return accept_transfer(transfer.pk, values.pop("village").code, actor=actor, **values)


def _accept_person(transfer: Transfer, values: dict[str, Any], actor: Actor) -> Transfer:
    household_id = household_of_number(values.pop("household_number"), actor=actor)
    return accept_person(transfer.pk, household_id, actor=actor, **values)


def _decline(transfer: Transfer, values: dict[str, Any], actor: Actor) -> Transfer:
    return decline_transfer(transfer.pk, actor=actor, **values)


def _withdraw(transfer: Transfer, values: dict[str, Any], actor: Actor) -> Transfer:
    return withdraw_transfer(transfer.pk, actor=actor, **values)


def _is_open(household: Household) -> bool:
    return household.status != HouseholdStatus.CLOSED


def _is_incoming(transfer: Transfer) -> bool:
    return (transfer.direction, transfer.state) == (TransferDirection.INCOMING, TransferState.OFFERED)


def _is_incoming_household(transfer: Transfer) -> bool:
    return _is_incoming(transfer) and transfer.subject == TransferSubject.HOUSEHOLD


def _is_incoming_person(transfer: Transfer) -> bool:
    return _is_incoming(transfer) and transfer.subject == TransferSubject.PERSON


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
    history = History(
        codes={
            "sex_code": "sex",
            "leaving_code": "membership_change",
            "joining_code": "membership_change",
            "relation_code": "relation",
        },
        divisions=("other_county_code", "village_code"),
    )
    list_display = ("who", "subject", "direction", "other_county_name", "state", "effective_on")
    list_filter = ("direction", "state", "subject")
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "direction",
        "state",
        "subject",
        "household_number",
        "head_name",
        "person_name",
        "sex_label",
        "persons_count",
        "leaving_label",
        "other_county_name",
        "effective_on",
        "reason",
        "here",
        "relation_label",
        "joining_label",
        "answer",
        "outcome",
        "stays_there",
    )
    sex_label = code_label(Transfer, "sex_code", "sex")
    leaving_label = code_label(Transfer, "leaving_code", "membership_change")
    joining_label = code_label(Transfer, "joining_code", "membership_change")
    relation_label = code_label(Transfer, "relation_code", "relation")
    verbs: ClassVar = (
        Verb(
            "accept",
            _("Accept"),
            "households.answer_transfer",
            run=_accept,
            form=AcceptForm,
            offered=_is_incoming_household,
            icon="check",
            intro=_("The household is here once the other county has the letter; what it holds comes along."),
        ),
        Verb(
            "accept-person",
            _("Accept into a household"),
            "households.answer_transfer",
            run=_accept_person,
            form=AcceptPersonForm,
            offered=_is_incoming_person,
            icon="person_add",
            intro=_(
                "The person is a member here once the other county has the letter. The identity, the yearly facts and "
                "the telephone come along; what belongs to the former household stays there."
            ),
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
        return transfers_visible_to(actor_at(request)).select_related("household")

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        transfer = cast("Transfer | None", obj)
        if transfer is None or transfer.subject == TransferSubject.PERSON:
            hidden = {"head_name", "persons_count"}
        else:
            hidden = {"person_name", "sex_label", "leaving_label", "relation_label", "joining_label"}
        return tuple(name for name in self.fields if name not in hidden)

    @admin.display(description=_("who goes"), ordering="household_number")
    def who(self, transfer: Transfer) -> str:
        """Name the person, or the household by its number."""
        return transfer.person_name or transfer.household_number

    @admin.display(description=_("household here"))
    def here(self, transfer: Transfer) -> str:
        """Link to the household of this county: the one that goes or is left, or that takes the person in."""
        household = transfer.household
        return household_link(household) if household else str(self.get_empty_value_display())

    @admin.display(description=_("what stays there"))
    def stays_there(self, transfer: Transfer) -> str:
        """Say how much stays in the county that was left, and why."""
        if not transfer.stays:
            return str(self.get_empty_value_display())
        told = " · ".join(f"{label_of_left(name)} {number}" for name, number in sorted(transfer.stays.items()))
        text = gettext("%(told)s. They belong to the household, and that county answers for them. Ask its office.")
        return text % {"told": told}

    @admin.display(description=_("why it lapsed"))
    def outcome(self, transfer: Transfer) -> str:
        """Say in a sentence why the transfer lapsed."""
        return outcome_sentence(transfer.outcome_code)


class PersonTransferInline(TenantTabularInline):
    """Where a person came from and went to by transfers that were carried out."""

    model = Transfer
    view_action = "households.view"
    verbose_name_plural = _("from and to other counties")
    fields = ("direction", "other_county_name", "effective_on")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Transfer]:
        return cast("QuerySet[Transfer]", super().get_queryset(request)).filter(state=TransferState.DONE)


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
