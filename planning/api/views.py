"""Dispatch plans over REST."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning.api import shapes
from planning.domain.needs import publish_needs
from planning.domain.parts import accept_part, decline_part, publish_plan, station_teams
from planning.domain.plans import amend_plan, make_plan, refresh_needs, withdraw_plan
from planning.domain.proposals import ask_for_proposal, change_by_hand, find_proposal
from planning.domain.units import add_dispatch_unit, amend_dispatch_unit
from planning.models import Proposal
from planning.queries import plans as queries
from planning.queries.explain import explained_choices
from planning.queries.published import needs_published_in
from registry.api.base import TenantAPIView


class DispatchUnitList(TenantAPIView):
    """The units that the authority can send."""

    actions: ClassVar = {"GET": "planning.view", "POST": "planning.manage_units"}
    paged: ClassVar = True

    @extend_schema(operation_id="dispatch_units_list", responses=shapes.DispatchUnitRow(many=True))
    def get(self, request: Request) -> Response:
        """List units to be sent."""
        return self.page(queries.units_on_list().values(*queries.UNIT_COLUMNS))

    @extend_schema(
        operation_id="dispatch_units_add",
        request=shapes.DispatchUnitShape,
        responses={201: shapes.DispatchUnitRow},
    )
    def post(self, request: Request) -> Response:
        """Enter a unit to be sent."""
        unit = add_dispatch_unit(self.shape(shapes.DispatchUnitShape), actor=self.actor)
        row = queries.units_on_list().values(*queries.UNIT_COLUMNS).get(pk=unit.pk)
        return self.row(row, version=unit.version, status=201)


class DispatchUnitView(TenantAPIView):
    """One unit to be sent."""

    actions: ClassVar = {"GET": "planning.view", "PUT": "planning.manage_units"}

    def answer(self, dispatch_unit_id: UUID) -> Response:
        """Show the unit with its version."""
        unit = queries.find(queries.units_on_list(), dispatch_unit_id)
        return self.row(queries.units_on_list().values(*queries.UNIT_COLUMNS).get(pk=unit.pk), version=unit.version)

    @extend_schema(operation_id="dispatch_units_retrieve", responses=shapes.DispatchUnitRow)
    def get(self, request: Request, dispatch_unit_id: UUID) -> Response:
        """Show a unit to be sent."""
        return self.answer(dispatch_unit_id)

    @extend_schema(
        operation_id="dispatch_units_amend", request=shapes.DispatchUnitShape, responses=shapes.DispatchUnitRow
    )
    def put(self, request: Request, dispatch_unit_id: UUID) -> Response:
        """Write what is given of a unit; what is left out stays."""
        amend_dispatch_unit(
            dispatch_unit_id, self.shape(shapes.DispatchUnitShape), actor=self.actor, version=self.version()
        )
        return self.answer(dispatch_unit_id)


class _PlanView(TenantAPIView):
    """A view that shows one plan after changing it."""

    def answer(self, plan_id: UUID, *, status: int = 200) -> Response:
        """Show the plan with its version."""
        plan = queries.find(queries.plans_on_list(), plan_id)
        row = queries.plans_on_list().values(*queries.PLAN_COLUMNS).get(pk=plan.pk)
        return self.row(row, version=plan.version, status=status)


class DispatchPlanList(_PlanView):
    """The plans of the authority."""

    actions: ClassVar = {"GET": "planning.view", "POST": "planning.plan"}
    paged: ClassVar = True

    @extend_schema(operation_id="dispatch_plans_list", responses=shapes.DispatchPlanRow(many=True))
    def get(self, request: Request) -> Response:
        """List plans."""
        return self.page(queries.plans_on_list().values(*queries.PLAN_COLUMNS))

    @extend_schema(
        operation_id="dispatch_plans_make",
        request=shapes.DispatchPlanShape,
        responses={201: shapes.DispatchPlanRow},
    )
    def post(self, request: Request) -> Response:
        """Begin a plan on the figures that counties published."""
        return self.answer(make_plan(self.shape(shapes.DispatchPlanShape), actor=self.actor).pk, status=201)


class DispatchPlanView(_PlanView):
    """One plan."""

    actions: ClassVar = {"GET": "planning.view", "PUT": "planning.plan"}

    @extend_schema(operation_id="dispatch_plans_retrieve", responses=shapes.DispatchPlanRow)
    def get(self, request: Request, dispatch_plan_id: UUID) -> Response:
        """Show a plan."""
        return self.answer(dispatch_plan_id)

    @extend_schema(
        operation_id="dispatch_plans_amend", request=shapes.DispatchPlanShape, responses=shapes.DispatchPlanRow
    )
    def put(self, request: Request, dispatch_plan_id: UUID) -> Response:
        """Write what is given of a draft; what is left out stays."""
        amend_plan(dispatch_plan_id, self.shape(shapes.DispatchPlanShape), actor=self.actor, version=self.version())
        return self.answer(dispatch_plan_id)


class RefreshView(_PlanView):
    """The figures of need of a plan."""

    actions: ClassVar = {"POST": "planning.plan"}

    @extend_schema(operation_id="dispatch_plans_refresh", request=None, responses=shapes.DispatchPlanRow)
    def post(self, request: Request, dispatch_plan_id: UUID) -> Response:
        """Take the newest published figures."""
        refresh_needs(dispatch_plan_id, actor=self.actor, version=self.version())
        return self.answer(dispatch_plan_id)


class WithdrawPlanView(_PlanView):
    """The end of a draft."""

    actions: ClassVar = {"POST": "planning.plan"}

    @extend_schema(operation_id="dispatch_plans_withdraw", request=shapes.ReasonShape, responses=shapes.DispatchPlanRow)
    def post(self, request: Request, dispatch_plan_id: UUID) -> Response:
        """Give a draft up."""
        withdraw_plan(dispatch_plan_id, **self.shape(shapes.ReasonShape), actor=self.actor, version=self.version())
        return self.answer(dispatch_plan_id)


class AskProposalView(TenantAPIView):
    """The reckoning of a plan."""

    actions: ClassVar = {"POST": "planning.plan"}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="dispatch_plans_propose",
        request=shapes.ProposalAskedShape,
        responses={202: shapes.JobAskedRow},
    )
    def post(self, request: Request, dispatch_plan_id: UUID) -> Response:
        """Queue the reckoning of a proposal."""
        job = ask_for_proposal(dispatch_plan_id, **self.shape(shapes.ProposalAskedShape), actor=self.actor)
        return self.row({"job_id": job.pk}, status=202)


class _ProposalView(TenantAPIView):
    def answer(self, proposal: Proposal, *, status: int = 200) -> Response:
        """Show the proposal with its villages and the reasons."""
        row = queries.proposals_on_list().values(*queries.PROPOSAL_COLUMNS).get(pk=proposal.pk)
        choices = [
            {
                "village_code": choice.village.code,
                "village_name": choice.village.name,
                "county_code": choice.village.county_code,
                "difficulty": str(choice.village.difficulty),
                "rank": choice.rank,
                "unit_id": choice.unit.pk if choice.unit else None,
                "unit_name": choice.unit.name if choice.unit else "",
                "by_hand": choice.by_hand,
                "km": choice.km,
                "reasons": list(choice.reasons),
            }
            for choice in explained_choices(proposal)
        ]
        return self.row({**row, "choices": choices}, status=status)


class ProposalList(TenantAPIView):
    """The proposals of the plans in scope."""

    actions: ClassVar = {"GET": "planning.view"}
    filters: ClassVar = shapes.ProposalFilter
    paged: ClassVar = True

    @extend_schema(operation_id="dispatch_proposals_list", responses=shapes.ProposalRow(many=True))
    def get(self, request: Request) -> Response:
        """List proposals."""
        return self.page(self.filtered(queries.proposals_on_list()).values(*queries.PROPOSAL_COLUMNS))


class ProposalView(_ProposalView):
    """One proposal."""

    actions: ClassVar = {"GET": "planning.view"}

    @extend_schema(operation_id="dispatch_proposals_retrieve", responses=shapes.ProposalDetail)
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """Show a proposal."""
        return self.answer(find_proposal(proposal_id, actor=self.actor))


class HandView(_ProposalView):
    """Changes by hand."""

    actions: ClassVar = {"POST": "planning.plan"}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="dispatch_proposals_change", request=shapes.HandShape, responses={201: shapes.ProposalDetail}
    )
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Give villages other units: a proposal of its own."""
        asked = self.shape(shapes.HandShape)
        wanted = {choice["village_code"]: choice["unit_id"] for choice in asked["choices"]}
        made = change_by_hand(proposal_id, wanted, actor=self.actor, reason=asked["reason"])
        return self.answer(made, status=201)


class PublishView(_PlanView):
    """Publishing."""

    actions: ClassVar = {"POST": "planning.publish"}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="dispatch_proposals_publish", request=shapes.ReasonShape, responses=shapes.DispatchPlanRow
    )
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Publish the plan by this proposal."""
        plan = publish_plan(proposal_id, **self.shape(shapes.ReasonShape), actor=self.actor)
        return self.answer(plan.pk)


class _PartView(TenantAPIView):
    def answer(self, part_id: UUID) -> Response:
        """Show the part with its villages and its version."""
        part = queries.find(queries.parts_on_list(), part_id)
        row: dict[str, Any] = queries.parts_on_list().values(*queries.PART_COLUMNS).get(pk=part.pk)
        villages = list(queries.part_villages(part).values(*queries.PART_VILLAGE_COLUMNS))
        return self.row({**row, "villages": villages}, version=part.version)


class PartList(TenantAPIView):
    """The parts of published plans."""

    actions: ClassVar = {"GET": "planning.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="dispatch_parts_list", responses=shapes.PartRow(many=True))
    def get(self, request: Request) -> Response:
        """List parts."""
        return self.page(queries.parts_on_list().values(*queries.PART_COLUMNS))


class PartView(_PartView):
    """One part."""

    actions: ClassVar = {"GET": "planning.view"}

    @extend_schema(operation_id="dispatch_parts_retrieve", responses=shapes.PartDetail)
    def get(self, request: Request, part_id: UUID) -> Response:
        """Show a part with its villages."""
        return self.answer(part_id)


class AcceptPartView(_PartView):
    """A county's yes."""

    actions: ClassVar = {"POST": "planning.answer"}

    @extend_schema(operation_id="dispatch_parts_accept", request=None, responses=shapes.PartDetail)
    def post(self, request: Request, part_id: UUID) -> Response:
        """Take the part: its villages wait for the leaders' names."""
        accept_part(part_id, actor=self.actor, version=self.version())
        return self.answer(part_id)


class DeclinePartView(_PartView):
    """A county's no."""

    actions: ClassVar = {"POST": "planning.answer"}

    @extend_schema(operation_id="dispatch_parts_decline", request=shapes.ReasonShape, responses=shapes.PartDetail)
    def post(self, request: Request, part_id: UUID) -> Response:
        """Decline the part with a reason."""
        decline_part(part_id, **self.shape(shapes.ReasonShape), actor=self.actor, version=self.version())
        return self.answer(part_id)


class StationView(_PartView):
    """The teams of an accepted part."""

    actions: ClassVar = {"POST": "planning.answer"}

    @extend_schema(operation_id="dispatch_parts_station", request=shapes.StationShape, responses=shapes.PartDetail)
    def post(self, request: Request, part_id: UUID) -> Response:
        """Begin the stays of teams, each with its leader: all of them, or none."""
        teams = self.shape(shapes.StationShape)["teams"]
        leaders = {team["village_code"]: team["leader_name"] for team in teams}
        station_teams(part_id, leaders, actor=self.actor, version=self.version())
        return self.answer(part_id)


class PublishedNeedsView(TenantAPIView):
    """Figures of need."""

    actions: ClassVar = {"GET": "planning.view", "POST": "planning.publish_needs"}

    @extend_schema(operation_id="village_needs_list", responses=shapes.CountyNeedsRow(many=True))
    def get(self, request: Request) -> Response:
        """Show the newest figures of each county in the area."""
        return Response(
            {
                "next": None,
                "results": [
                    {
                        "county_code": county.county_code,
                        "county_name": county.county_name,
                        "published_at": county.published_at,
                        "villages": [need.to_json() for need in county.villages],
                    }
                    for county in needs_published_in(self.actor.ranges)
                ],
            }
        )

    @extend_schema(operation_id="village_needs_publish", request=None, responses={201: shapes.PublishedNeedsRow})
    def post(self, request: Request) -> Response:
        """Publish the county's figures of today."""
        published = publish_needs(actor=self.actor)
        return self.row({"month": published.month, "edition": published.edition}, status=201)
