"""Facilities with their goals, committees, settlement points, and the county's categories of villages."""

from dataclasses import asdict
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from villages.api import basics_shapes as shapes
from villages.api.drafts import RowsView, VillageRowsFilter
from villages.domain import basics, priorities
from villages.models import CommitteeMember, PriorityCategory, SettlementPoint, VillageFacility
from villages.queries.priorities import find_priority
from villages.queries.priorities import priorities as all_priorities

_KEEP = "villages.keep_basics"


class FacilityList(RowsView):
    """The goals of the area's villages."""

    actions: ClassVar = {"GET": "villages.view", "POST": _KEEP}
    model, row_shape = VillageFacility, shapes.FacilityRow
    filters: ClassVar = VillageRowsFilter
    paged: ClassVar = True

    @extend_schema(operation_id="village_facilities_list", responses=shapes.FacilityRow(many=True))
    def get(self, request: Request) -> Response:
        """List goals."""
        return self.page(self.rows(self.filtered(VillageFacility.objects.all())))

    @extend_schema(
        operation_id="village_facilities_create", request=shapes.NewFacility, responses={201: shapes.FacilityRow}
    )
    def post(self, request: Request) -> Response:
        """Set the goal of a facility."""
        return self.entered(shapes.NewFacility, basics.FacilityDraft, basics.add_facility)


class FacilityDetail(RowsView):
    """One goal."""

    actions: ClassVar = {"GET": "villages.view", "PUT": _KEEP}
    model, row_shape = VillageFacility, shapes.FacilityRow

    @extend_schema(operation_id="village_facilities_retrieve", responses=shapes.FacilityRow)
    def get(self, request: Request, facility_id: UUID) -> Response:
        """Show a goal."""
        return self.answer_row(facility_id)

    @extend_schema(operation_id="village_facilities_amend", request=shapes.FacilityShape, responses=shapes.FacilityRow)
    def put(self, request: Request, facility_id: UUID) -> Response:
        """Amend a goal, or say when it was reached."""
        return self.amended(facility_id, shapes.FacilityShape, basics.FacilityDraft, basics.amend_facility)


class MemberList(RowsView):
    """The committees of the area's villages."""

    actions: ClassVar = {"GET": "villages.view", "POST": _KEEP}
    model, row_shape = CommitteeMember, shapes.CommitteeMemberRow
    filters: ClassVar = VillageRowsFilter
    paged: ClassVar = True

    @extend_schema(operation_id="committee_members_list", responses=shapes.CommitteeMemberRow(many=True))
    def get(self, request: Request) -> Response:
        """List terms, past ones too."""
        return self.page(self.rows(self.filtered(CommitteeMember.objects.all())))

    @extend_schema(
        operation_id="committee_members_create",
        request=shapes.NewCommitteeMember,
        responses={201: shapes.CommitteeMemberRow},
    )
    def post(self, request: Request) -> Response:
        """Enter a term."""
        return self.entered(shapes.NewCommitteeMember, basics.MemberDraft, basics.add_member)


class MemberDetail(RowsView):
    """One term."""

    actions: ClassVar = {"GET": "villages.view", "PUT": _KEEP}
    model, row_shape = CommitteeMember, shapes.CommitteeMemberRow

    @extend_schema(operation_id="committee_members_retrieve", responses=shapes.CommitteeMemberRow)
    def get(self, request: Request, committee_id: UUID) -> Response:
        """Show a term."""
        return self.answer_row(committee_id)

    @extend_schema(
        operation_id="committee_members_amend", request=shapes.CommitteeMemberShape, responses=shapes.CommitteeMemberRow
    )
    def put(self, request: Request, committee_id: UUID) -> Response:
        """Correct or end a term."""
        return self.amended(committee_id, shapes.CommitteeMemberShape, basics.MemberDraft, basics.amend_member)


class PointList(RowsView):
    """The settlement points of the area's villages."""

    actions: ClassVar = {"GET": "villages.view", "POST": _KEEP}
    model, row_shape = SettlementPoint, shapes.PointRow
    filters: ClassVar = VillageRowsFilter
    paged: ClassVar = True

    @extend_schema(operation_id="settlement_points_list", responses=shapes.PointRow(many=True))
    def get(self, request: Request) -> Response:
        """List settlement points."""
        return self.page(self.rows(self.filtered(SettlementPoint.objects.all())))

    @extend_schema(operation_id="settlement_points_create", request=shapes.NewPoint, responses={201: shapes.PointRow})
    def post(self, request: Request) -> Response:
        """Enter a settlement point."""
        return self.entered(shapes.NewPoint, basics.PointDraft, basics.add_point)


class PointDetail(RowsView):
    """One settlement point."""

    actions: ClassVar = {"GET": "villages.view", "PUT": _KEEP}
    model, row_shape = SettlementPoint, shapes.PointRow

    @extend_schema(operation_id="settlement_points_retrieve", responses=shapes.PointRow)
    def get(self, request: Request, point_id: UUID) -> Response:
        """Show a settlement point."""
        return self.answer_row(point_id)

    @extend_schema(operation_id="settlement_points_amend", request=shapes.PointShape, responses=shapes.PointRow)
    def put(self, request: Request, point_id: UUID) -> Response:
        """Correct a settlement point, or say from when nobody lives there."""
        return self.amended(point_id, shapes.PointShape, basics.PointDraft, basics.amend_point)


class PriorityList(TenantAPIView):
    """The county's categories of villages."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.manage_priorities"}

    @extend_schema(operation_id="village_priorities_list", responses=shapes.PriorityRow(many=True))
    def get(self, request: Request) -> Response:
        """List the categories: those shipped, as the county words them, and its own. They go out whole."""
        return Response({"next": None, "results": [asdict(one) for one in all_priorities().values()]})

    @extend_schema(
        operation_id="village_priorities_create", request=shapes.NewPriority, responses={201: shapes.PriorityRow}
    )
    def post(self, request: Request) -> Response:
        """Make a category, or word one of the list anew."""
        row = priorities.add_priority(**self.shape(shapes.NewPriority), actor=self.actor)
        return self.row(asdict(all_priorities()[row.code]), version=row.version, status=201)


class PriorityDetail(TenantAPIView):
    """One category of the county's own, or its wording of one of the list."""

    actions: ClassVar = {"GET": "villages.view", "PUT": "villages.manage_priorities"}

    def answer(self, row: PriorityCategory) -> Response:
        """Show the category as it is now, with its version."""
        return self.row(asdict(all_priorities()[row.code]), version=row.version)

    @extend_schema(operation_id="village_priorities_retrieve", responses=shapes.PriorityRow)
    def get(self, request: Request, priority_id: UUID) -> Response:
        """Show a category."""
        return self.answer(find_priority(priority_id))

    @extend_schema(operation_id="village_priorities_amend", request=shapes.PriorityShape, responses=shapes.PriorityRow)
    def put(self, request: Request, priority_id: UUID) -> Response:
        """Word a category anew, or take it out of the choices."""
        wanted = self.shape(shapes.PriorityShape)
        return self.answer(priorities.amend_priority(priority_id, **wanted, actor=self.actor, version=self.version()))
