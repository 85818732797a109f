"""Grievances: list, file, acknowledge, answer, and what the household says to it."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from concerns.api import shapes
from concerns.domain.grievances import (
    AnswerDraft,
    GrievanceDraft,
    acknowledge_grievance,
    answer_grievance,
    file_grievance,
    record_reply,
    withdraw_grievance,
)
from concerns.domain.whom import Whom
from concerns.models import Grievance
from concerns.queries.grievances import (
    answer_rows,
    answers_of,
    find_grievance,
    grievance_rows,
    grievances_visible_to,
)
from registry.api.base import TenantAPIView

_REPLY = "concerns.record_reply"
_WHOM = ("against", "helper_id", "team_id", "username")


class _GrievanceView(TenantAPIView):
    """A view that shows one grievance after changing it."""

    def answer(self, row: Grievance) -> Response:
        """Show the grievance as it is now with its answers and its version."""
        shown = grievance_rows(grievances_visible_to(self.actor).filter(pk=row.pk)).get()
        return self.row(shown | {"answers": answer_rows(answers_of(row.pk))}, version=row.version)


class GrievanceList(_GrievanceView):
    """The grievances that the token may see: never one about its own holder, their team or their office."""

    actions: ClassVar = {"GET": "concerns.view_grievances", "POST": "concerns.file_grievance"}
    filters: ClassVar = shapes.GrievanceFilter
    paged: ClassVar = True

    @extend_schema(operation_id="grievances_list", responses=shapes.GrievanceRow(many=True))
    def get(self, request: Request) -> Response:
        """List grievances, those that are over too."""
        return self.page(self.filtered(grievances_visible_to(self.actor)), grievance_rows)

    @extend_schema(
        operation_id="grievances_create", request=shapes.GrievanceShape, responses={201: shapes.FiledGrievance}
    )
    def post(self, request: Request) -> Response:
        """File a grievance of a household; the answer says who deals with it, and no more."""
        wanted = self.shape(shapes.GrievanceShape)
        whom = Whom(**{name: wanted.pop(name) for name in _WHOM if name in wanted})
        household_id = wanted.pop("household_id")
        row = file_grievance(household_id, GrievanceDraft(**wanted), whom, actor=self.actor)
        return self.row(
            {"id": row.pk, "number": row.number, "level": row.level, "answer_by": row.answer_by}, status=201
        )


class GrievanceDetail(_GrievanceView):
    """One grievance."""

    actions: ClassVar = {"GET": "concerns.view_grievances"}

    @extend_schema(operation_id="grievances_retrieve", responses=shapes.GrievanceDetailRow)
    def get(self, request: Request, grievance_id: UUID) -> Response:
        """Show a grievance with its answers."""
        return self.answer(find_grievance(grievance_id, actor=self.actor))


class GrievanceAcknowledging(_GrievanceView):
    """The acknowledgement of one grievance."""

    actions: ClassVar = {"POST": "concerns.answer_grievance"}

    @extend_schema(
        operation_id="grievances_acknowledge", request=shapes.ConcernStep, responses=shapes.GrievanceDetailRow
    )
    def post(self, request: Request, grievance_id: UUID) -> Response:
        """Tell the household that its grievance has arrived."""
        return self.answer(acknowledge_grievance(grievance_id, actor=self.actor, version=self.version()))


class GrievanceAnswering(_GrievanceView):
    """The answer to one grievance."""

    actions: ClassVar = {"POST": "concerns.answer_grievance"}

    @extend_schema(
        operation_id="grievances_answer", request=shapes.GrievanceAnswerShape, responses=shapes.GrievanceDetailRow
    )
    def post(self, request: Request, grievance_id: UUID) -> Response:
        """Answer a grievance at its level."""
        draft = AnswerDraft(**self.shape(shapes.GrievanceAnswerShape))
        return self.answer(answer_grievance(grievance_id, draft, actor=self.actor, version=self.version()))


class GrievanceReplying(_GrievanceView):
    """What the household says to an answer."""

    actions: ClassVar = {"POST": _REPLY}

    @extend_schema(
        operation_id="grievances_reply", request=shapes.GrievanceReplyShape, responses=shapes.GrievanceDetailRow
    )
    def post(self, request: Request, grievance_id: UUID) -> Response:
        """Enter that the household is content, or goes on to the next level."""
        wanted = self.shape(shapes.GrievanceReplyShape)
        return self.answer(record_reply(grievance_id, actor=self.actor, version=self.version(), **wanted))


class GrievanceWithdrawing(_GrievanceView):
    """The withdrawal of one grievance."""

    actions: ClassVar = {"POST": _REPLY}

    @extend_schema(
        operation_id="grievances_withdraw",
        request=shapes.GrievanceWithdrawalShape,
        responses=shapes.GrievanceDetailRow,
    )
    def post(self, request: Request, grievance_id: UUID) -> Response:
        """Close a grievance that the household takes back."""
        wanted = self.shape(shapes.GrievanceWithdrawalShape)
        return self.answer(withdraw_grievance(grievance_id, actor=self.actor, version=self.version(), **wanted))
