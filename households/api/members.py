"""Members: list, join, leave, amend."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.shapes import (
    Finding,
    HeadChange,
    Joined,
    Joining,
    Leaving,
    MemberFilter,
    MemberRow,
    PersonAmendment,
    PersonRow,
    Reinstatement,
    RelationChange,
    Reveal,
    RevealedRow,
    TakingBack,
)
from households.api.year_shapes import PersonYearRow, PersonYearShape
from households.domain.amend import amend_person
from households.domain.drafts import PersonDraft
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.members import add_person, amend_relation, change_head, end_membership
from households.domain.reinstate import reinstate_member
from households.domain.reveal import reveal_of_person
from households.domain.take_back import take_back
from households.queries.finding import members_with
from households.queries.lists import masked_member, member_rows, person_detail, person_year_rows
from households.queries.visibility import find_person, memberships_visible_to
from registry.api.base import TenantAPIView
from registry.api.pagination import MOST_ROWS


class MemberList(TenantAPIView):
    """The memberships that the token may see, past ones too (parameter `on` gives those of a day)."""

    actions: ClassVar = {"GET": "households.view"}
    filters: ClassVar = MemberFilter
    paged: ClassVar = True

    @extend_schema(operation_id="members_list", responses=MemberRow(many=True))
    def get(self, request: Request) -> Response:
        """List memberships with their persons."""
        page = self.page(self.filtered(memberships_visible_to(self.actor)), member_rows)
        page.data["results"] = [masked_member(row) for row in page.data["results"]]
        return page


class MemberFinding(TenantAPIView):
    """Members by their numbers: in the body, since a number of a person stands in no address."""

    actions: ClassVar = {"POST": "households.view"}

    @extend_schema(operation_id="members_find", request=Finding, responses=MemberRow(many=True))
    def post(self, request: Request) -> Response:
        """Find the memberships of a person, past ones too, at most 200."""
        found = member_rows(members_with(**self.shape(Finding), actor=self.actor))[:MOST_ROWS]
        return Response({"next": None, "results": [masked_member(row) for row in found]})


class _MembersView(TenantAPIView):
    """A view that changes who belongs to a household."""

    actions: ClassVar = {"POST": "households.change_members"}

    def answer(self, household_id: UUID, *, status: int = 200) -> Response:
        """Show the household's memberships as they are now."""
        rows = member_rows(memberships_visible_to(self.actor).filter(household=household_id)).order_by("id")
        return self.row({"next": None, "results": [masked_member(row) for row in rows]}, status=status)


class HouseholdMembers(_MembersView):
    """The members of one household."""

    @extend_schema(operation_id="households_add_member", request=Joining, responses={201: Joined})
    def post(self, request: Request, household_id: UUID) -> Response:
        """Let a person join."""
        wanted = self.shape(Joining)
        draft = PersonDraft(**wanted["person"])
        add_person(
            household_id,
            draft,
            actor=self.actor,
            on=wanted["on"],
            reason_code=wanted["reason_code"],
            version=self.version(),
        )
        return self.answer(household_id, status=201)


class HouseholdMemberEnd(_MembersView):
    """The end of one membership."""

    @extend_schema(operation_id="households_end_member", request=Leaving, responses=MemberRow(many=True))
    def post(self, request: Request, household_id: UUID, person_id: UUID) -> Response:
        """Let a person leave."""
        wanted = self.shape(Leaving)
        end_membership(household_id, person_id, actor=self.actor, version=self.version(), **wanted)
        return self.answer(household_id)


class HouseholdMemberReinstatement(_MembersView):
    """A death or another leaving that was recorded by mistake."""

    actions: ClassVar = {"POST": "households.reinstate_member"}

    @extend_schema(operation_id="households_reinstate_member", request=Reinstatement, responses=MemberRow(many=True))
    def post(self, request: Request, household_id: UUID, person_id: UUID) -> Response:
        """Take back a wrong leaving: the membership goes on from the day on which it was ended."""
        wanted = self.shape(Reinstatement)
        reinstate_member(household_id, person_id, actor=self.actor, version=self.version(), **wanted)
        return self.answer(household_id)


class PersonReturn(_MembersView):
    """A person on file who comes back."""

    @extend_schema(operation_id="persons_take_back", request=TakingBack, responses={201: Joined})
    def post(self, request: Request, person_id: UUID) -> Response:
        """Let a person who left join a household again; the answer are the members of that household."""
        wanted = self.shape(TakingBack)
        household_id = wanted.pop("household_id")
        take_back(person_id, household_id, actor=self.actor, version=self.version(), **wanted)
        return self.answer(household_id, status=201)


class HouseholdHead(_MembersView):
    """The head of one household."""

    @extend_schema(operation_id="households_change_head", request=HeadChange, responses=MemberRow(many=True))
    def post(self, request: Request, household_id: UUID) -> Response:
        """Make another member the head."""
        wanted = self.shape(HeadChange)
        change_head(household_id, wanted.pop("person_id"), actor=self.actor, version=self.version(), **wanted)
        return self.answer(household_id)


class HouseholdMemberRelation(_MembersView):
    """What a member is stated to be to the head."""

    @extend_schema(operation_id="households_amend_relation", request=RelationChange, responses=MemberRow(many=True))
    def post(self, request: Request, household_id: UUID, person_id: UUID) -> Response:
        """Correct the relation of a member who is not the head."""
        wanted = self.shape(RelationChange)
        code = wanted.pop("relation_code")
        amend_relation(household_id, person_id, code, actor=self.actor, version=self.version(), **wanted)
        return self.answer(household_id)


class PersonDetail(TenantAPIView):
    """One person."""

    actions: ClassVar = {"GET": "households.view", "PATCH": "households.amend"}

    @extend_schema(operation_id="persons_retrieve", responses=PersonRow)
    def get(self, request: Request, person_id: UUID) -> Response:
        """Show a person's yearly facts."""
        return self._answer(person_id)

    @extend_schema(operation_id="persons_amend", request=PersonAmendment, responses=PersonRow)
    def patch(self, request: Request, person_id: UUID) -> Response:
        """Amend a person."""
        amend_person(person_id, self.shape(PersonAmendment), actor=self.actor, version=self.version())
        return self._answer(person_id)

    def _answer(self, person_id: UUID) -> Response:
        person = find_person(person_id, actor=self.actor)
        return self.row(person_detail(person), version=person.version)


class PersonYearView(TenantAPIView):
    """The facts of one year of a person."""

    actions: ClassVar = {"GET": "households.view", "PUT": "households.record_year"}
    paged: ClassVar = True

    @extend_schema(operation_id="persons_years", responses=PersonYearRow(many=True))
    def get(self, request: Request, person_id: UUID) -> Response:
        """List the yearly facts with the visit that told each."""
        return self.page(person_year_rows(find_person(person_id, actor=self.actor)))

    @extend_schema(operation_id="persons_record_year", request=PersonYearShape, responses=PersonRow)
    def put(self, request: Request, person_id: UUID) -> Response:
        """Record the facts of a year; what is left out stays, and null or an empty text empties."""
        values = self.shape(PersonYearShape)
        visit_id = values.pop("visit_id")
        facts = PersonYearDraft(**{**values, "health_codes": tuple(values.get("health_codes", ()))})
        record_person_year(
            person_id,
            facts,
            actor=self.actor,
            version=self.version(),
            visit_id=visit_id,
            stated=frozenset(values),
        )
        person = find_person(person_id, actor=self.actor)
        return self.row(person_detail(person), version=person.version)


class PersonRevealView(TenantAPIView):
    """A sealed value of one person."""

    actions: ClassVar = {"POST": "households.reveal"}
    versioned: ClassVar = False

    @extend_schema(operation_id="persons_reveal", request=Reveal, responses=RevealedRow)
    def post(self, request: Request, person_id: UUID) -> Response:
        """Show a sealed value in full; the reason is kept in the audit trail."""
        wanted = self.shape(Reveal)
        value = reveal_of_person(person_id, wanted["field"], actor=self.actor, reason=wanted["reason"])
        return self.row({"value": value})
