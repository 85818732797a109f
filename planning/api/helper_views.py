"""Plans of helpers over REST."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planning.api import helper_shapes as shapes
from planning.api.shapes import JobAskedRow, ProposalAskedShape, ReasonShape
from planning.domain.helper_parts import ask_to_confirm, decline_helper_part, publish_helper_plan
from planning.domain.helper_plans import (
    amend_helper_plan,
    end_helper_plan,
    make_helper_plan,
    say_related,
    withdraw_helper_plan,
)
from planning.domain.helper_proposals import ask_for_helper_proposal, choose_by_hand, find_helper_proposal
from planning.queries import helper_plans as queries
from registry.api.base import TenantAPIView
from registry.api.pagination import page
from registry.lib.errors import NotFound


def found(rows: "QuerySet[Any, Any]", row_id: UUID) -> dict[str, Any]:
    """Give one row of a list. Raises: NotFound."""
    row: dict[str, Any] | None = rows.filter(pk=row_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


class _PlanView(TenantAPIView):
    """A view that shows one plan after changing it."""

    def answer(self, plan_id: UUID, *, status: int = 200) -> Response:
        """Show the plan with its version."""
        row = found(queries.helper_plans_on_list().values(*queries.HELPER_PLAN_COLUMNS), plan_id)
        return self.row(row, version=row["version"], status=status)


class HelperPlanList(_PlanView):
    """The county's plans of helpers."""

    actions: ClassVar = {"GET": "planning.view_helper_plans", "POST": "planning.plan_helpers"}
    paged: ClassVar = True

    @extend_schema(operation_id="helper_plans_list", responses=shapes.HelperPlanRow(many=True))
    def get(self, request: Request) -> Response:
        """List plans of helpers."""
        return self.page(queries.helper_plans_on_list().values(*queries.HELPER_PLAN_COLUMNS))

    @extend_schema(
        operation_id="helper_plans_make", request=shapes.HelperPlanShape, responses={201: shapes.HelperPlanRow}
    )
    def post(self, request: Request) -> Response:
        """Begin a plan for the county or a township."""
        return self.answer(make_helper_plan(self.shape(shapes.HelperPlanShape), actor=self.actor).pk, status=201)


class HelperPlanView(_PlanView):
    """One plan of helpers."""

    actions: ClassVar = {"GET": "planning.view_helper_plans", "PUT": "planning.plan_helpers"}

    @extend_schema(operation_id="helper_plans_retrieve", responses=shapes.HelperPlanRow)
    def get(self, request: Request, helper_plan_id: UUID) -> Response:
        """Show a plan."""
        return self.answer(helper_plan_id)

    @extend_schema(operation_id="helper_plans_amend", request=shapes.HelperPlanShape, responses=shapes.HelperPlanRow)
    def put(self, request: Request, helper_plan_id: UUID) -> Response:
        """Write what is given of a draft; what is left out stays."""
        amend_helper_plan(helper_plan_id, self.shape(shapes.HelperPlanShape), actor=self.actor, version=self.version())
        return self.answer(helper_plan_id)


class WithdrawHelperPlanView(_PlanView):
    """The end of a draft."""

    actions: ClassVar = {"POST": "planning.plan_helpers"}

    @extend_schema(operation_id="helper_plans_withdraw", request=ReasonShape, responses=shapes.HelperPlanRow)
    def post(self, request: Request, helper_plan_id: UUID) -> Response:
        """Give a draft up."""
        withdraw_helper_plan(helper_plan_id, **self.shape(ReasonShape), actor=self.actor, version=self.version())
        return self.answer(helper_plan_id)


class EndHelperPlanView(_PlanView):
    """The end of a published plan."""

    actions: ClassVar = {"POST": "planning.publish_helpers"}

    @extend_schema(operation_id="helper_plans_end", request=ReasonShape, responses=shapes.HelperPlanRow)
    def post(self, request: Request, helper_plan_id: UUID) -> Response:
        """Ask the townships no more that have not decided."""
        end_helper_plan(helper_plan_id, **self.shape(ReasonShape), actor=self.actor, version=self.version())
        return self.answer(helper_plan_id)


class AskHelperProposalView(TenantAPIView):
    """The reckoning of a plan."""

    actions: ClassVar = {"POST": "planning.plan_helpers"}
    versioned: ClassVar = False

    @extend_schema(operation_id="helper_plans_propose", request=ProposalAskedShape, responses={202: JobAskedRow})
    def post(self, request: Request, helper_plan_id: UUID) -> Response:
        """Queue the reckoning of a proposal."""
        job = ask_for_helper_proposal(helper_plan_id, **self.shape(ProposalAskedShape), actor=self.actor)
        return self.row({"job_id": job.pk}, status=202)


class SayRelatedView(TenantAPIView):
    """Who is related, for one plan."""

    actions: ClassVar = {"POST": "planning.say_related"}
    versioned: ClassVar = False

    @extend_schema(operation_id="helper_plans_say_related", request=shapes.RelatedShape, responses=shapes.NotedRow)
    def post(self, request: Request, helper_plan_id: UUID) -> Response:
        """Keep the plan from bringing these two together; how they are related is not asked."""
        say_related(helper_plan_id, **self.shape(shapes.RelatedShape), actor=self.actor)
        return self.row({"noted": True})


class RelatedPairList(TenantAPIView):
    """Who is related, for plans that are not over."""

    actions: ClassVar = {"GET": "planning.view_related"}
    paged: ClassVar = True

    @extend_schema(operation_id="related_pairs_list", responses=shapes.RelatedPairRow(many=True))
    def get(self, request: Request) -> Response:
        """List related pairs."""
        return self.page(queries.related_pairs_on_list().values("id", "plan_id", "household_id", "helper_id"))


class HelperProposalList(TenantAPIView):
    """The proposals of plans of helpers."""

    actions: ClassVar = {"GET": "planning.view_helper_plans"}
    filters: ClassVar = shapes.HelperProposalFilter
    paged: ClassVar = True

    @extend_schema(operation_id="helper_proposals_list", responses=shapes.HelperProposalRow(many=True))
    def get(self, request: Request) -> Response:
        """List proposals."""
        return self.page(self.filtered(queries.helper_proposals_on_list()).values(*queries.HELPER_PROPOSAL_COLUMNS))


class _ProposalView(TenantAPIView):
    def answer(self, helper_proposal_id: UUID, *, status: int = 200) -> Response:
        """Show the proposal."""
        rows = queries.helper_proposals_on_list().values(*queries.HELPER_PROPOSAL_COLUMNS)
        return self.row(found(rows, helper_proposal_id), status=status)


class HelperProposalView(_ProposalView):
    """One proposal."""

    actions: ClassVar = {"GET": "planning.view_helper_plans"}

    @extend_schema(operation_id="helper_proposals_retrieve", responses=shapes.HelperProposalRow)
    def get(self, request: Request, helper_proposal_id: UUID) -> Response:
        """Show a proposal; its households are a list of their own."""
        return self.answer(helper_proposal_id)


class HelperChoiceList(TenantAPIView):
    """The households of a proposal."""

    actions: ClassVar = {"GET": "planning.view_helper_plans"}
    filters: ClassVar = shapes.HelperChoiceFilter
    paged: ClassVar = True

    @extend_schema(operation_id="helper_choices_list", responses=shapes.HelperChoiceRow(many=True))
    def get(self, request: Request, helper_proposal_id: UUID) -> Response:
        """List households with their helper and the reasons, in the area of whoever asks."""
        proposal = find_helper_proposal(helper_proposal_id, actor=self.actor)
        rows = queries.choices_of_proposal(proposal.pk, actor=self.actor)
        shown = page(self.filtered(rows).values("id"), request)
        ids = [row["id"] for row in shown["results"]]
        choices = queries.explained(list(rows.filter(id__in=ids).order_by("id")))
        return Response({"next": shown["next"], "results": [_choice_row(one) for one in choices]})


def _choice_row(one: queries.ExplainedHelper) -> dict[str, Any]:
    choice = one.choice
    return {
        "id": choice.pk,
        "household_id": choice.household_id,
        "household_number": choice.household.number,
        "village_code": choice.household.village.code,
        "helper_id": choice.helper_id,
        "helper_name": choice.helper.name if choice.helper else "",
        "present_id": choice.present_id,
        "why": choice.why,
        "before": choice.before,
        "by_hand": choice.by_hand,
        "changes": choice.changes,
        "km": choice.km,
        "outcome": choice.outcome,
        "reasons": list(one.reasons),
    }


class HelperHandView(_ProposalView):
    """Changes by hand."""

    actions: ClassVar = {"POST": "planning.plan_helpers"}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="helper_proposals_change",
        request=shapes.HelperHandShape,
        responses={201: shapes.HelperProposalRow},
    )
    def post(self, request: Request, helper_proposal_id: UUID) -> Response:
        """Give a household another helper: a proposal of its own."""
        made = choose_by_hand(helper_proposal_id, **self.shape(shapes.HelperHandShape), actor=self.actor)
        return self.answer(made.pk, status=201)


class PublishHelpersView(_PlanView):
    """Publishing."""

    actions: ClassVar = {"POST": "planning.publish_helpers"}
    versioned: ClassVar = False

    @extend_schema(operation_id="helper_proposals_publish", request=ReasonShape, responses=shapes.HelperPlanRow)
    def post(self, request: Request, helper_proposal_id: UUID) -> Response:
        """Publish the plan by this proposal: each township gets its part."""
        return self.answer(publish_helper_plan(helper_proposal_id, **self.shape(ReasonShape), actor=self.actor).pk)


class HelperPartList(TenantAPIView):
    """The parts of published plans in the area of whoever asks."""

    actions: ClassVar = {"GET": "planning.view_helper_parts"}
    paged: ClassVar = True

    @extend_schema(operation_id="helper_parts_list", responses=shapes.HelperPartRow(many=True))
    def get(self, request: Request) -> Response:
        """List parts."""
        return self.page(queries.helper_parts_on_list().values(*queries.HELPER_PART_COLUMNS))


class _PartView(TenantAPIView):
    def answer(self, helper_part_id: UUID) -> Response:
        """Show the part with its version."""
        row = found(queries.helper_parts_on_list().values(*queries.HELPER_PART_COLUMNS), helper_part_id)
        return self.row(row, version=row["version"])


class HelperPartView(_PartView):
    """One part."""

    actions: ClassVar = {"GET": "planning.view_helper_parts"}

    @extend_schema(operation_id="helper_parts_retrieve", responses=shapes.HelperPartRow)
    def get(self, request: Request, helper_part_id: UUID) -> Response:
        """Show a part."""
        return self.answer(helper_part_id)


class ConfirmHelperPartView(TenantAPIView):
    """A township's yes."""

    actions: ClassVar = {"POST": "planning.confirm_helpers"}

    @extend_schema(operation_id="helper_parts_confirm", request=None, responses={202: JobAskedRow})
    def post(self, request: Request, helper_part_id: UUID) -> Response:
        """Confirm the part: a job hands all its households over, or none."""
        job = ask_to_confirm(helper_part_id, actor=self.actor, version=self.version())
        return self.row({"job_id": job.pk}, status=202)


class DeclineHelperPartView(_PartView):
    """A township's no."""

    actions: ClassVar = {"POST": "planning.confirm_helpers"}

    @extend_schema(operation_id="helper_parts_decline", request=ReasonShape, responses=shapes.HelperPartRow)
    def post(self, request: Request, helper_part_id: UUID) -> Response:
        """Decline the part with a reason."""
        decline_helper_part(helper_part_id, **self.shape(ReasonShape), actor=self.actor, version=self.version())
        return self.answer(helper_part_id)
