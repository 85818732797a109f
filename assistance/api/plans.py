"""Households' plans: list, draft, amend, adopt, close, withdraw; their measures, and who has none."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api import plan_shapes as shapes
from assistance.api.measures import MeasureRow
from assistance.domain import plans
from assistance.domain.plans import HouseholdPlanDraft, PlannedMeasureDraft
from assistance.models import HouseholdPlan
from assistance.queries.measures import measure_rows, measures_visible_to
from assistance.queries.plans import (
    day_of_plans,
    edition_rows,
    find_household_plan,
    find_planned_measure,
    households_without_plan,
    plan_rows,
    planned_rows,
    planned_visible_to,
    plans_visible_to,
    without_plan_rows,
)
from registry.api.base import TenantAPIView
from registry.lib.periods import today


class _PlanView(TenantAPIView):
    """A view that shows one plan after changing it."""

    def answer(self, plan_id: UUID, *, status: int = 200) -> Response:
        """Show the plan as it is now, with measures, editions and version."""
        plan = find_household_plan(plan_id, actor=self.actor)
        row: dict[str, Any] = plan_rows(HouseholdPlan.objects.filter(pk=plan_id), self.actor).get()
        row["measures"] = list(planned_rows(planned_visible_to(self.actor).filter(plan=plan)).order_by("id"))
        row["editions"] = list(edition_rows(plan_id))
        return self.row(row, version=plan.version, status=status)

    def done(
        self, plan_id: UUID, shape: type[serializers.Serializer[Any]], verb: Callable[..., HouseholdPlan]
    ) -> Response:
        """Do a verb of the plan with the body's values."""
        verb(plan_id, **self.shape(shape), actor=self.actor, version=self.version())
        return self.answer(plan_id)


class HouseholdPlanList(_PlanView):
    """The plans of the households that the token may see."""

    actions: ClassVar = {"GET": "assistance.view", "POST": "assistance.plan"}
    filters: ClassVar = shapes.HouseholdPlanFilter
    paged: ClassVar = True

    @extend_schema(operation_id="household_plans_list", responses=shapes.HouseholdPlanRow(many=True))
    def get(self, request: Request) -> Response:
        """List plans with their sums, withdrawn ones too."""
        return self.page(self.filtered(plans_visible_to(self.actor)), lambda rows: plan_rows(rows, self.actor))

    @extend_schema(
        operation_id="household_plans_create",
        request=shapes.NewHouseholdPlan,
        responses={201: shapes.HouseholdPlanDetail},
    )
    def post(self, request: Request) -> Response:
        """Draft the plan of a household for a year."""
        wanted = self.shape(shapes.NewHouseholdPlan)
        household_id, year = wanted.pop("household_id"), wanted.pop("year")
        plan = plans.draft_household_plan(household_id, HouseholdPlanDraft(**wanted), year=year, actor=self.actor)
        return self.answer(plan.pk, status=201)


class HouseholdPlanView(_PlanView):
    """One plan."""

    actions: ClassVar = {"GET": "assistance.view", "PUT": "assistance.plan"}

    @extend_schema(operation_id="household_plans_retrieve", responses=shapes.HouseholdPlanDetail)
    def get(self, request: Request, household_plan_id: UUID) -> Response:
        """Show a plan with its measures and editions."""
        return self.answer(household_plan_id)

    @extend_schema(
        operation_id="household_plans_amend",
        request=shapes.HouseholdPlanShape,
        responses=shapes.HouseholdPlanDetail,
    )
    def put(self, request: Request, household_plan_id: UUID) -> Response:
        """Word goals and target anew; an adopted plan then waits to be adopted again."""
        draft = HouseholdPlanDraft(**self.shape(shapes.HouseholdPlanShape))
        plans.amend_household_plan(household_plan_id, draft, actor=self.actor, version=self.version())
        return self.answer(household_plan_id)


class HouseholdPlanMeasuresView(_PlanView):
    """The measures of one plan."""

    actions: ClassVar = {"POST": "assistance.plan"}

    @extend_schema(
        operation_id="household_plans_add_measure",
        request=shapes.PlannedMeasureShape,
        responses={201: shapes.HouseholdPlanDetail},
    )
    def post(self, request: Request, household_plan_id: UUID) -> Response:
        """Put a measure into the plan."""
        draft = PlannedMeasureDraft(**self.shape(shapes.PlannedMeasureShape))
        plans.plan_measure(household_plan_id, draft, actor=self.actor, version=self.version())
        return self.answer(household_plan_id, status=201)


class HouseholdPlanAdoptView(_PlanView):
    """The adoption of one plan."""

    actions: ClassVar = {"POST": "assistance.adopt_plan"}

    @extend_schema(
        operation_id="household_plans_adopt",
        request=shapes.HouseholdPlanAdoption,
        responses=shapes.HouseholdPlanDetail,
    )
    def post(self, request: Request, household_plan_id: UUID) -> Response:
        """Adopt a plan that somebody else prepared: its next edition."""
        return self.done(household_plan_id, shapes.HouseholdPlanAdoption, plans.adopt_household_plan)


class HouseholdPlanCloseView(_PlanView):
    """The end of one plan."""

    actions: ClassVar = {"POST": "assistance.adopt_plan"}

    @extend_schema(
        operation_id="household_plans_close",
        request=shapes.HouseholdPlanClosing,
        responses=shapes.HouseholdPlanDetail,
    )
    def post(self, request: Request, household_plan_id: UUID) -> Response:
        """Close the plan with its result."""
        return self.done(household_plan_id, shapes.HouseholdPlanClosing, plans.close_household_plan)


class HouseholdPlanWithdrawalView(_PlanView):
    """The withdrawal of one plan."""

    actions: ClassVar = {"POST": "assistance.plan"}

    @extend_schema(
        operation_id="household_plans_withdraw",
        request=shapes.HouseholdPlanWithdrawal,
        responses=shapes.HouseholdPlanDetail,
    )
    def post(self, request: Request, household_plan_id: UUID) -> Response:
        """Take back a plan that was entered in error."""
        return self.done(household_plan_id, shapes.HouseholdPlanWithdrawal, plans.withdraw_household_plan)


class _PlannedView(TenantAPIView):
    """A view that shows one planned measure after changing it."""

    def answer(self, planned_id: UUID) -> Response:
        """Show the measure as it is now, with its version."""
        found = find_planned_measure(planned_id, actor=self.actor)
        row = planned_rows(planned_visible_to(self.actor).filter(pk=planned_id)).get()
        return self.row(row, version=found.version)


class PlannedMeasureView(_PlannedView):
    """One measure of a plan."""

    actions: ClassVar = {"GET": "assistance.view", "PUT": "assistance.plan"}

    @extend_schema(operation_id="planned_measures_retrieve", responses=shapes.PlannedMeasureRow)
    def get(self, request: Request, planned_measure_id: UUID) -> Response:
        """Show a planned measure with what was done for it."""
        return self.answer(planned_measure_id)

    @extend_schema(
        operation_id="planned_measures_amend",
        request=shapes.PlannedMeasureShape,
        responses=shapes.PlannedMeasureRow,
    )
    def put(self, request: Request, planned_measure_id: UUID) -> Response:
        """Plan a measure anew; an adopted plan then waits to be adopted again."""
        draft = PlannedMeasureDraft(**self.shape(shapes.PlannedMeasureShape))
        plans.amend_planned_measure(planned_measure_id, draft, actor=self.actor, version=self.version())
        return self.answer(planned_measure_id)


class PlannedMeasureDropView(_PlannedView):
    """One planned measure that is dropped."""

    actions: ClassVar = {"POST": "assistance.plan"}

    @extend_schema(
        operation_id="planned_measures_drop",
        request=shapes.PlannedMeasureDrop,
        responses=shapes.PlannedMeasureRow,
    )
    def post(self, request: Request, planned_measure_id: UUID) -> Response:
        """Take a measure out of its plan."""
        wanted = self.shape(shapes.PlannedMeasureDrop)
        plans.drop_planned_measure(planned_measure_id, **wanted, actor=self.actor, version=self.version())
        return self.answer(planned_measure_id)


class MeasurePlanView(TenantAPIView):
    """The measure of the plan that a measure on file carries out."""

    actions: ClassVar = {"PUT": "assistance.record_measure"}

    @extend_schema(operation_id="measures_carry_out", request=shapes.CarriedOut, responses=MeasureRow)
    def put(self, request: Request, measure_id: UUID) -> Response:
        """Say which measure of the household's plan this one carries out."""
        planned_id = self.shape(shapes.CarriedOut)["planned_id"]
        row = plans.carry_out_plan(measure_id, planned_id, actor=self.actor, version=self.version())
        shown = measure_rows(measures_visible_to(self.actor).filter(pk=row.pk)).get()
        return self.row(shown, version=row.version)


class _Year(serializers.Serializer[Any]):
    year = serializers.IntegerField(min_value=2000, max_value=2100, required=False)


class HouseholdsWithoutPlan(TenantAPIView):
    """The households that are to be helped and have no plan in force."""

    actions: ClassVar = {"GET": "assistance.view"}
    filters: ClassVar = shapes.WithoutPlanFilter
    paged: ClassVar = True

    @extend_schema(operation_id="households_without_plan_list", responses=shapes.WithoutPlanRow(many=True))
    def get(self, request: Request) -> Response:
        """List the households of the token that have no plan for a year, this one where none is named."""
        asked = _Year(data={name: text for name, text in request.GET.items() if name == "year"})
        asked.is_valid(raise_exception=True)
        year = asked.validated_data.get("year", today().year)
        day = day_of_plans(year)
        return self.page(without_plan_rows(self.filtered(households_without_plan(year, day, actor=self.actor))))
