"""Helpers of the county, and how many visits it owes each household in a year."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.shapes import HelperRow, HelperShape, NewVisitPlan, VisitPlanRow, VisitPlanShape
from assistance.domain.helper import add_helper, amend_helper
from assistance.domain.visit_plans import amend_visit_plan, set_visit_plan
from assistance.queries.help_visits import find_visit_plan, visit_plan_rows
from assistance.queries.pairings import find_helper_row, helper_rows
from registry.api.base import TenantAPIView


class _HelperView(TenantAPIView):
    """A view that shows one helper."""

    def answer(self, helper_id: UUID, *, status: int = 200) -> Response:
        """Show the helper as on file now, with the version."""
        row = find_helper_row(helper_id)
        return self.row(row, version=row["version"], status=status)


class HelperList(_HelperView):
    """The county's helpers."""

    actions: ClassVar = {"GET": "assistance.view", "POST": "assistance.manage_helpers"}
    paged: ClassVar = True

    @extend_schema(operation_id="helpers_list", responses=HelperRow(many=True))
    def get(self, request: Request) -> Response:
        """List helpers."""
        return self.page(helper_rows())

    @extend_schema(operation_id="helpers_create", request=HelperShape, responses={201: HelperRow})
    def post(self, request: Request) -> Response:
        """Enter a helper, who is known by name, unit and telephone."""
        return self.answer(add_helper(self.shape(HelperShape), actor=self.actor).pk, status=201)


class HelperDetail(_HelperView):
    """One helper."""

    actions: ClassVar = {"GET": "assistance.view", "PATCH": "assistance.manage_helpers"}

    @extend_schema(operation_id="helpers_retrieve", responses=HelperRow)
    def get(self, request: Request, helper_id: UUID) -> Response:
        """Show a helper."""
        return self.answer(helper_id)

    @extend_schema(operation_id="helpers_amend", request=HelperShape, responses=HelperRow)
    def patch(self, request: Request, helper_id: UUID) -> Response:
        """Amend a helper."""
        amend_helper(helper_id, self.shape(HelperShape), actor=self.actor, version=self.version())
        return self.answer(helper_id)


class _VisitPlanView(TenantAPIView):
    """A view that shows the visits of a year."""

    def answer(self, plan_id: UUID, *, status: int = 200) -> Response:
        """Show the plan as it is now, with its version."""
        row = find_visit_plan(plan_id)
        return self.row(row, version=row["version"], status=status)


class VisitPlanList(_VisitPlanView):
    """The visits of each year."""

    actions: ClassVar = {"GET": "assistance.view", "POST": "assistance.manage_visit_plans"}
    paged: ClassVar = True

    @extend_schema(operation_id="visit_plans_list", responses=VisitPlanRow(many=True))
    def get(self, request: Request) -> Response:
        """List the years that have a plan."""
        return self.page(visit_plan_rows())

    @extend_schema(operation_id="visit_plans_create", request=NewVisitPlan, responses={201: VisitPlanRow})
    def post(self, request: Request) -> Response:
        """State the visits of a year."""
        wanted = self.shape(NewVisitPlan)
        return self.answer(set_visit_plan(wanted.pop("year"), **wanted, actor=self.actor).pk, status=201)


class VisitPlanDetail(_VisitPlanView):
    """The visits of one year."""

    actions: ClassVar = {"GET": "assistance.view", "PUT": "assistance.manage_visit_plans"}

    @extend_schema(operation_id="visit_plans_retrieve", responses=VisitPlanRow)
    def get(self, request: Request, visit_plan_id: UUID) -> Response:
        """Show the visits of a year."""
        return self.answer(visit_plan_id)

    @extend_schema(operation_id="visit_plans_amend", request=VisitPlanShape, responses=VisitPlanRow)
    def put(self, request: Request, visit_plan_id: UUID) -> Response:
        """Change the visits of a year; what is due follows at once."""
        wanted = self.shape(VisitPlanShape)
        return self.answer(amend_visit_plan(visit_plan_id, **wanted, actor=self.actor, version=self.version()).pk)
