"""Households that are split and merged."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.shapes import HouseholdDetailRow, Merger, Split
from households.api.views import detail_row
from households.domain.merge import merge_households
from households.domain.split import NewHousehold, split_household
from households.models import Household
from households.queries.visibility import find_household
from registry.api.base import TenantAPIView
from registry.lib.errors import DomainError


def relations_of(members: Iterable[Mapping[str, Any]]) -> dict[UUID, str]:
    """Give the relations by person. Raises: DomainError when somebody stands twice."""
    listed = list(members)
    relations = {member["person_id"]: member["relation_code"] for member in listed}
    if len(relations) < len(listed):
        raise DomainError("member.twice", _("A member stands twice. Name each person once."), field="members")
    return relations


class _HouseholdAnswer(TenantAPIView):
    """A view that answers with the household that came of it."""

    def answer(self, household: Household, *, status: int = 200) -> Response:
        """Show the household as it is now, with its version."""
        shown = find_household(household.id, actor=self.actor)
        return self.row(detail_row(shown), version=shown.version, status=status)


class HouseholdSplit(_HouseholdAnswer):
    """The members of one household who found another."""

    actions: ClassVar = {"POST": "households.split"}

    @extend_schema(operation_id="households_split", request=Split, responses={201: HouseholdDetailRow})
    def post(self, request: Request, household_id: UUID) -> Response:
        """Split a household; the answer is the new one."""
        wanted = self.shape(Split)
        on, reason = wanted.pop("on"), wanted.pop("reason")
        new = NewHousehold(relations=relations_of(wanted.pop("members")), **wanted)
        household = split_household(household_id, new, actor=self.actor, on=on, reason=reason, version=self.version())
        return self.answer(household, status=201)


class HouseholdMerger(_HouseholdAnswer):
    """The household in which one ends."""

    actions: ClassVar = {"POST": "households.merge"}

    @extend_schema(operation_id="households_merge", request=Merger, responses=HouseholdDetailRow)
    def post(self, request: Request, household_id: UUID) -> Response:
        """Let a household end in another; the answer is the one that stays."""
        wanted = self.shape(Merger)
        household = merge_households(
            household_id,
            wanted["into_id"],
            relations_of(wanted["members"]),
            actor=self.actor,
            on=wanted["on"],
            reason=wanted["reason"],
            version=self.version(),
        )
        return self.answer(household)
