"""Transfers of households and persons between counties: list, offer, accept, decline, withdraw."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.domain.person_transfer import accept_person, offer_person
from households.domain.transfer import accept_transfer, decline_transfer, offer_transfer, withdraw_transfer
from households.enums import TransferDirection, TransferState, TransferSubject
from households.models import Transfer
from households.queries.transfers import TRANSFER_COLUMNS, transfers_visible_to
from registry.api.base import TenantAPIView


class Offer(serializers.Serializer[Any]):
    """The county to which a household goes, and from which day."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)
    county_code = serializers.CharField(max_length=12)


class PersonOffer(Offer):
    """The county to which a member goes, from which day and why."""

    leaving_code = serializers.CharField(max_length=20)


class Answer(serializers.Serializer[Any]):
    """Why an offer is declined or withdrawn."""

    reason = serializers.CharField(max_length=200)


class Acceptance(Answer):
    """The village in which the household will be counted."""

    village_code = serializers.CharField(max_length=12)


class PersonAcceptance(Answer):
    """The household that takes the person in, and what the person is to its head."""

    household_id = serializers.UUIDField()
    relation_code = serializers.CharField(max_length=20)
    joining_code = serializers.CharField(max_length=20)


class TransferRow(serializers.Serializer[Any]):
    """One county's side of a transfer."""

    id = serializers.UUIDField()
    direction = serializers.ChoiceField(TransferDirection.choices)
    state = serializers.ChoiceField(TransferState.choices)
    subject = serializers.ChoiceField(TransferSubject.choices)
    household_id = serializers.UUIDField(allow_null=True)
    person_id = serializers.UUIDField(allow_null=True)
    household_number = serializers.CharField()
    head_name = serializers.CharField()
    persons_count = serializers.IntegerField()
    person_name = serializers.CharField()
    sex_code = serializers.CharField()
    leaving_code = serializers.CharField()
    joining_code = serializers.CharField()
    relation_code = serializers.CharField()
    other_county_code = serializers.CharField()
    other_county_name = serializers.CharField()
    village_code = serializers.CharField()
    effective_on = serializers.DateField()
    reason = serializers.CharField()
    answer = serializers.CharField()
    outcome_code = serializers.CharField()
    stays = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many of each kind stay in the county that somebody left."
    )
    version = serializers.IntegerField()


class _TransferAnswer(TenantAPIView):
    """A view that answers with one transfer."""

    def answer(self, transfer: Transfer, *, status: int = 200) -> Response:
        """Show the transfer as it is now, with its version."""
        row = {name: getattr(transfer, name) for name in TRANSFER_COLUMNS}
        return self.row(row, version=transfer.version, status=status)


class TransferList(TenantAPIView):
    """The transfers that the token may see."""

    actions: ClassVar = {"GET": "households.view_transfers"}
    paged: ClassVar = True

    @extend_schema(operation_id="transfers_list", responses=TransferRow(many=True))
    def get(self, request: Request) -> Response:
        """List transfers."""
        return self.page(transfers_visible_to(self.actor).values(*TRANSFER_COLUMNS))


class HouseholdOffer(_TransferAnswer):
    """The offer of one household."""

    actions: ClassVar = {"POST": "households.offer_transfer"}

    @extend_schema(operation_id="households_offer_transfer", request=Offer, responses={201: TransferRow})
    def post(self, request: Request, household_id: UUID) -> Response:
        """Offer a household to another county."""
        wanted = self.shape(Offer)
        code = wanted.pop("county_code")
        transfer = offer_transfer(household_id, code, actor=self.actor, version=self.version(), **wanted)
        return self.answer(transfer, status=201)


class MemberOffer(_TransferAnswer):
    """The offer of one member of a household."""

    actions: ClassVar = {"POST": "households.offer_transfer"}

    @extend_schema(operation_id="households_offer_member", request=PersonOffer, responses={201: TransferRow})
    def post(self, request: Request, household_id: UUID, person_id: UUID) -> Response:
        """Offer a member to another county; the version is the household's."""
        wanted = self.shape(PersonOffer)
        code = wanted.pop("county_code")
        transfer = offer_person(household_id, person_id, code, actor=self.actor, version=self.version(), **wanted)
        return self.answer(transfer, status=201)


class TransferAcceptance(_TransferAnswer):
    """The acceptance of one offer."""

    actions: ClassVar = {"POST": "households.answer_transfer"}

    @extend_schema(operation_id="transfers_accept", request=Acceptance, responses=TransferRow)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Accept the household of another county."""
        wanted = self.shape(Acceptance)
        code = wanted.pop("village_code")
        return self.answer(accept_transfer(transfer_id, code, actor=self.actor, version=self.version(), **wanted))


class TransferPersonAcceptance(_TransferAnswer):
    """The acceptance of one person."""

    actions: ClassVar = {"POST": "households.answer_transfer"}

    @extend_schema(operation_id="transfers_accept_person", request=PersonAcceptance, responses=TransferRow)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Accept a person of another county into a household of this one."""
        wanted = self.shape(PersonAcceptance)
        household_id = wanted.pop("household_id")
        return self.answer(accept_person(transfer_id, household_id, actor=self.actor, version=self.version(), **wanted))


class TransferRefusal(_TransferAnswer):
    """The refusal of one offer."""

    actions: ClassVar = {"POST": "households.answer_transfer"}

    @extend_schema(operation_id="transfers_decline", request=Answer, responses=TransferRow)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Decline the household of another county."""
        wanted = self.shape(Answer)
        return self.answer(decline_transfer(transfer_id, actor=self.actor, version=self.version(), **wanted))


class TransferWithdrawal(_TransferAnswer):
    """The withdrawal of one offer."""

    actions: ClassVar = {"POST": "households.offer_transfer"}

    @extend_schema(operation_id="transfers_withdraw", request=Answer, responses=TransferRow)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Take an offer back."""
        wanted = self.shape(Answer)
        return self.answer(withdraw_transfer(transfer_id, actor=self.actor, version=self.version(), **wanted))
