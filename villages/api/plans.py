"""Village plans: list, draft, amend, adopt, close; their projects and progress."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from villages.api import plan_shapes as shapes
from villages.api.drafts import VillageRowsFilter
from villages.domain import plans
from villages.models import PlanProgress, PlanProject, VillagePlan
from villages.queries.plans import edition_rows, find_plan, find_project, plan_rows, progress_rows, project_rows


class PlanFilter(VillageRowsFilter):
    """Narrow the plans."""

    year = django_filters.NumberFilter()
    state = django_filters.CharFilter()


class _PlanView(TenantAPIView):
    """A view that shows one plan after changing it."""

    def answer(self, plan_id: UUID, *, status: int = 200) -> Response:
        """Show the plan as it is now, with projects, editions and version."""
        plan = find_plan(plan_id)
        row: dict[str, Any] = plan_rows(VillagePlan.objects.filter(pk=plan_id)).get()
        row["projects"] = list(project_rows(PlanProject.objects.filter(plan=plan)).order_by("name"))
        row["editions"] = list(edition_rows(plan_id))
        return self.row(row, version=plan.version, status=status)

    def done(
        self, plan_id: UUID, shape: type[serializers.Serializer[Any]], verb: Callable[..., VillagePlan]
    ) -> Response:
        """Do a verb of the plan with the body's values."""
        verb(plan_id, **self.shape(shape), actor=self.actor, version=self.version())
        return self.answer(plan_id)


class PlanList(_PlanView):
    """The plans of the area's villages."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.plan"}
    filters: ClassVar = PlanFilter
    paged: ClassVar = True

    @extend_schema(operation_id="village_plans_list", responses=shapes.PlanRow(many=True))
    def get(self, request: Request) -> Response:
        """List plans with their sums."""
        return self.page(self.filtered(VillagePlan.objects.all()), plan_rows)

    @extend_schema(operation_id="village_plans_create", request=shapes.NewPlan, responses={201: shapes.PlanDetail})
    def post(self, request: Request) -> Response:
        """Draft the plan of a village for a year."""
        wanted = self.shape(shapes.NewPlan)
        return self.answer(plans.draft_plan(wanted.pop("village_id"), **wanted, actor=self.actor).pk, status=201)


class PlanDetailView(_PlanView):
    """One plan."""

    actions: ClassVar = {"GET": "villages.view", "PUT": "villages.plan"}

    @extend_schema(operation_id="village_plans_retrieve", responses=shapes.PlanDetail)
    def get(self, request: Request, plan_id: UUID) -> Response:
        """Show a plan with its projects and editions."""
        return self.answer(plan_id)

    @extend_schema(operation_id="village_plans_amend", request=shapes.GoalsShape, responses=shapes.PlanDetail)
    def put(self, request: Request, plan_id: UUID) -> Response:
        """Word the goals anew; an adopted plan then waits to be adopted again."""
        return self.done(plan_id, shapes.GoalsShape, plans.amend_plan)


class PlanProjectsView(_PlanView):
    """The projects of one plan."""

    actions: ClassVar = {"POST": "villages.plan"}

    @extend_schema(
        operation_id="village_plans_add_project", request=shapes.PlanProjectShape, responses={201: shapes.PlanDetail}
    )
    def post(self, request: Request, plan_id: UUID) -> Response:
        """Put a project into the plan."""
        draft = plans.PlanProjectDraft(**self.shape(shapes.PlanProjectShape))
        plans.add_project(plan_id, draft, actor=self.actor, version=self.version())
        return self.answer(plan_id, status=201)


class PlanAdoptView(_PlanView):
    """The adoption of one plan."""

    actions: ClassVar = {"POST": "villages.adopt_plan"}

    @extend_schema(operation_id="village_plans_adopt", request=shapes.AdoptShape, responses=shapes.PlanDetail)
    def post(self, request: Request, plan_id: UUID) -> Response:
        """Adopt the plan as it stands: its next edition."""
        return self.done(plan_id, shapes.AdoptShape, plans.adopt_plan)


class PlanCloseView(_PlanView):
    """The end of one plan."""

    actions: ClassVar = {"POST": "villages.adopt_plan"}

    @extend_schema(operation_id="village_plans_close", request=shapes.ClosePlanShape, responses=shapes.PlanDetail)
    def post(self, request: Request, plan_id: UUID) -> Response:
        """Close the plan with its result."""
        return self.done(plan_id, shapes.ClosePlanShape, plans.close_plan)


class _ProjectView(TenantAPIView):
    """A view that shows one project after changing it."""

    def answer(self, project_id: UUID) -> Response:
        """Show the project as it is now, with its version."""
        project = find_project(project_id)
        row = project_rows(PlanProject.objects.filter(pk=project_id)).get()
        return self.row(row, version=project.version)


class PlanProjectView(_ProjectView):
    """One project."""

    actions: ClassVar = {"GET": "villages.view", "PUT": "villages.plan"}

    @extend_schema(operation_id="plan_projects_retrieve", responses=shapes.PlanProjectRow)
    def get(self, request: Request, plan_project_id: UUID) -> Response:
        """Show a project with its sums."""
        return self.answer(plan_project_id)

    @extend_schema(operation_id="plan_projects_amend", request=shapes.PlanProjectShape, responses=shapes.PlanProjectRow)
    def put(self, request: Request, plan_project_id: UUID) -> Response:
        """Amend a project, or say when it was finished."""
        draft = plans.PlanProjectDraft(**self.shape(shapes.PlanProjectShape))
        plans.amend_project(plan_project_id, draft, actor=self.actor, version=self.version())
        return self.answer(plan_project_id)


class PlanProjectDropView(_ProjectView):
    """One project that is dropped."""

    actions: ClassVar = {"POST": "villages.plan"}

    @extend_schema(operation_id="plan_projects_drop", request=shapes.DropShape, responses=shapes.PlanProjectRow)
    def post(self, request: Request, plan_project_id: UUID) -> Response:
        """Take a project out of its plan."""
        wanted = self.shape(shapes.DropShape)
        plans.drop_project(plan_project_id, **wanted, actor=self.actor, version=self.version())
        return self.answer(plan_project_id)


class PlanProgressView(_ProjectView):
    """The progress of one project."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.plan"}
    paged: ClassVar = True
    versioned: ClassVar = False

    @extend_schema(operation_id="plan_projects_progress", responses=shapes.ProgressRow(many=True))
    def get(self, request: Request, plan_project_id: UUID) -> Response:
        """List the entries in the order in which they were made."""
        found = find_project(plan_project_id)
        return self.page(progress_rows(PlanProgress.objects.filter(project=found)))

    @extend_schema(
        operation_id="plan_projects_note_progress", request=shapes.ProgressShape, responses={201: shapes.ProgressRow}
    )
    def post(self, request: Request, plan_project_id: UUID) -> Response:
        """Note what happened and what money came and went. Entries add up, so that none needs a version."""
        row = plans.note_progress(
            plan_project_id, plans.ProgressDraft(**self.shape(shapes.ProgressShape)), actor=self.actor
        )
        return self.row(progress_rows(PlanProgress.objects.filter(pk=row.pk)).get(), status=201)
