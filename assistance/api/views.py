"""Pairings."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.shapes import HandOverShape, PairingEnd, PairingFilter, PairingRow, PairingShape
from assistance.domain.pairing import SeenLead, end_pairing, hand_over, let_unit_stand_in, pair
from assistance.models import Pairing
from assistance.queries.pairings import find_pairing, pairing_rows, pairings_visible_to
from registry.api.base import TenantAPIView


class _PairingView(TenantAPIView):
    """A view that shows one pairing after changing it."""

    def answer(self, pairing: Pairing, *, status: int = 200) -> Response:
        """Show the pairing as it is now, with its version."""
        row = pairing_rows(pairings_visible_to(self.actor).filter(pk=pairing.pk)).get()
        return self.row(row, version=pairing.version, status=status)


class PairingList(_PairingView):
    """The pairings of the households that the token may see."""

    actions: ClassVar = {"GET": "assistance.view", "POST": "assistance.pair"}
    filters: ClassVar = PairingFilter
    paged: ClassVar = True

    @extend_schema(operation_id="pairings_list", responses=PairingRow(many=True))
    def get(self, request: Request) -> Response:
        """List pairings, past ones too."""
        return self.page(self.filtered(pairings_visible_to(self.actor)), pairing_rows)

    @extend_schema(operation_id="pairings_create", request=PairingShape, responses={201: PairingRow})
    def post(self, request: Request) -> Response:
        """Pair a household with a helper."""
        wanted = self.shape(PairingShape)
        pairing = pair(
            wanted["household_id"],
            wanted["helper_id"],
            actor=self.actor,
            on=wanted["on"],
            is_lead=wanted["is_lead"],
        )
        return self.answer(pairing, status=201)


class HandOverView(_PairingView):
    """The next lead of a household."""

    actions: ClassVar = {"POST": "assistance.pair"}

    @extend_schema(operation_id="pairings_hand_over", request=HandOverShape, responses={201: PairingRow})
    def post(self, request: Request, pairing_id: UUID) -> Response:
        """Hand the household of a leading pairing over to another helper, or to the unit for 30 days."""
        wanted = self.shape(HandOverShape)
        household_id, helper_id = find_pairing(pairing_id, actor=self.actor).household_id, wanted.pop("helper_id", None)
        seen = SeenLead(pairing_id, self.version())
        if helper_id is None:
            pairing = let_unit_stand_in(household_id, actor=self.actor, seen=seen, **wanted)
        else:
            pairing = hand_over(household_id, helper_id, actor=self.actor, seen=seen, **wanted)
        return self.answer(pairing, status=201)


class PairingEndView(_PairingView):
    """The end of one pairing."""

    actions: ClassVar = {"POST": "assistance.pair"}

    @extend_schema(operation_id="pairings_end", request=PairingEnd, responses=PairingRow)
    def post(self, request: Request, pairing_id: UUID) -> Response:
        """End a pairing without a successor."""
        wanted = self.shape(PairingEnd)
        pairing = end_pairing(
            pairing_id, actor=self.actor, on=wanted["on"], reason=wanted["reason"], version=self.version()
        )
        return self.answer(pairing)
