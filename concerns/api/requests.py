"""Requests for help: list, enter one or many, correct, and follow to the solution; the board; the periods."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from concerns.api import shapes
from concerns.domain.periods import amend_period, set_period
from concerns.domain.requests import RequestDraft, amend_request, enter_request, enter_requests
from concerns.domain.solving import (
    confirm_request,
    read_request_file,
    refuse_request,
    reopen_request,
    solve_request,
    take_request,
    transfer_request,
    withdraw_request,
)
from concerns.models import ConcernPeriod, HelpRequest
from concerns.queries.requests import board, find_request, request_rows, requests_visible_to
from registry.api.base import TenantAPIView
from registry.domain.files import neutral_name
from registry.lib.periods import today

_WORK = "concerns.work_requests"
_SETTLE = "concerns.settle_requests"


class _RequestView(TenantAPIView):
    """A view that shows one request after changing it."""

    def answer(self, row: HelpRequest, *, status: int = 200) -> Response:
        """Show the request as it is now, with its version."""
        shown = request_rows(requests_visible_to(self.actor).filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class RequestList(_RequestView):
    """The requests of the households and villages that the token may see."""

    actions: ClassVar = {"GET": "concerns.view_requests", "POST": "concerns.enter_requests"}
    filters: ClassVar = shapes.HelpRequestFilter
    paged: ClassVar = True

    @extend_schema(operation_id="help_requests_list", responses=shapes.HelpRequestRow(many=True))
    def get(self, request: Request) -> Response:
        """List requests, those that are over too."""
        return self.page(self.filtered(requests_visible_to(self.actor)), request_rows)

    @extend_schema(
        operation_id="help_requests_create", request=shapes.NewHelpRequest, responses={201: shapes.HelpRequestRow}
    )
    def post(self, request: Request) -> Response:
        """Enter a request; with a key that was sent before, give the one that is there."""
        row = enter_request(RequestDraft(**self.shape(shapes.NewHelpRequest)), actor=self.actor)
        return self.answer(row, status=201)


class RequestLines(TenantAPIView):
    """Many requests at once."""

    actions: ClassVar = {"POST": "concerns.enter_requests"}

    @extend_schema(
        operation_id="help_requests_create_many",
        request=shapes.HelpRequestLines,
        responses={201: shapes.HelpRequestIds},
    )
    def post(self, request: Request) -> Response:
        """Enter up to 200 requests, all or none; lines with keys that were sent before are not entered again."""
        drafts = [RequestDraft(**line) for line in self.shape(shapes.HelpRequestLines)["lines"]]
        rows = enter_requests(drafts, actor=self.actor)
        return Response({"ids": [row.pk for row in rows]}, status=201)


class RequestDetail(_RequestView):
    """One request."""

    actions: ClassVar = {"GET": "concerns.view_requests", "PUT": "concerns.enter_requests"}

    @extend_schema(operation_id="help_requests_retrieve", responses=shapes.HelpRequestRow)
    def get(self, request: Request, help_request_id: UUID) -> Response:
        """Show a request."""
        return self.answer(find_request(help_request_id, actor=self.actor))

    @extend_schema(operation_id="help_requests_amend", request=shapes.HelpRequestShape, responses=shapes.HelpRequestRow)
    def put(self, request: Request, help_request_id: UUID) -> Response:
        """Correct what was told, while nobody has solved it."""
        told = self.shape(shapes.HelpRequestShape)
        return self.answer(amend_request(help_request_id, actor=self.actor, version=self.version(), **told))


class RequestTaking(_RequestView):
    """Taking one request on."""

    actions: ClassVar = {"POST": _WORK}

    @extend_schema(operation_id="help_requests_take", request=shapes.ConcernStep, responses=shapes.HelpRequestRow)
    def post(self, request: Request, help_request_id: UUID) -> Response:
        """Take a request on."""
        return self.answer(take_request(help_request_id, actor=self.actor, version=self.version()))


class RequestTransferring(_RequestView):
    """Giving one request to another owner."""

    actions: ClassVar = {"POST": _SETTLE}

    @extend_schema(
        operation_id="help_requests_transfer", request=shapes.HelpRequestTransfer, responses=shapes.HelpRequestRow
    )
    def post(self, request: Request, help_request_id: UUID) -> Response:
        """Give a request to another side, or to somebody there."""
        wanted = self.shape(shapes.HelpRequestTransfer)
        return self.answer(transfer_request(help_request_id, actor=self.actor, version=self.version(), **wanted))


class RequestSolving(_RequestView):
    """The solution of one request."""

    actions: ClassVar = {"POST": _WORK}

    @extend_schema(
        operation_id="help_requests_solve", request=shapes.HelpRequestSolution, responses=shapes.HelpRequestRow
    )
    def post(self, request: Request, help_request_id: UUID) -> Response:
        """Say what was done."""
        wanted = self.shape(shapes.HelpRequestSolution)
        return self.answer(solve_request(help_request_id, actor=self.actor, version=self.version(), **wanted))


class RequestConfirming(_RequestView):
    """The word of whoever asked."""

    actions: ClassVar = {"POST": _WORK}

    @extend_schema(
        operation_id="help_requests_confirm", request=shapes.HelpRequestConfirmation, responses=shapes.HelpRequestRow
    )
    def post(self, request: Request, help_request_id: UUID) -> Response:
        """Enter that whoever asked confirms the solution."""
        wanted = self.shape(shapes.HelpRequestConfirmation)
        return self.answer(confirm_request(help_request_id, actor=self.actor, version=self.version(), **wanted))


class RequestReopening(_RequestView):
    """Opening one request again."""

    actions: ClassVar = {"POST": _WORK}

    @extend_schema(operation_id="help_requests_reopen", request=shapes.ConcernReason, responses=shapes.HelpRequestRow)
    def post(self, request: Request, help_request_id: UUID) -> Response:
        """Open a request again that is not solved for whoever asked."""
        wanted = self.shape(shapes.ConcernReason)
        return self.answer(reopen_request(help_request_id, actor=self.actor, version=self.version(), **wanted))


class RequestRefusing(_RequestView):
    """The refusal of one request."""

    actions: ClassVar = {"POST": _SETTLE}

    @extend_schema(operation_id="help_requests_refuse", request=shapes.ConcernReason, responses=shapes.HelpRequestRow)
    def post(self, request: Request, help_request_id: UUID) -> Response:
        """Refuse a request."""
        wanted = self.shape(shapes.ConcernReason)
        return self.answer(refuse_request(help_request_id, actor=self.actor, version=self.version(), **wanted))


class RequestWithdrawing(_RequestView):
    """The withdrawal of one request."""

    actions: ClassVar = {"POST": _SETTLE}

    @extend_schema(operation_id="help_requests_withdraw", request=shapes.ConcernReason, responses=shapes.HelpRequestRow)
    def post(self, request: Request, help_request_id: UUID) -> Response:
        """Take back what was entered in error, or is no longer asked for."""
        wanted = self.shape(shapes.ConcernReason)
        return self.answer(withdraw_request(help_request_id, actor=self.actor, version=self.version(), **wanted))


class RequestFileView(TenantAPIView):
    """The file that shows a solution."""

    actions: ClassVar = {"GET": "concerns.view_requests"}

    @extend_schema(
        operation_id="help_requests_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, help_request_id: UUID) -> HttpResponseBase:
        """Download it; that it was read is audited."""
        document, content = read_request_file(help_request_id, actor=self.actor)
        name = neutral_name("request", document.sha256, document.media_type)
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        headers = {"Content-Disposition": header, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type=document.media_type, headers=headers)


class RequestBoard(TenantAPIView):
    """What waits by village and kind."""

    actions: ClassVar = {"GET": "concerns.view_board"}
    filters: ClassVar = shapes.HelpRequestBoardFilter

    @extend_schema(operation_id="help_request_board", responses=shapes.HelpRequestBoardRow(many=True))
    def get(self, request: Request) -> Response:
        """Count what waits, and what is overdue."""
        rows = board(self.filtered(requests_visible_to(self.actor)), today())
        return Response({"next": None, "results": list(rows)})


def _periods(rows: "QuerySet[ConcernPeriod]") -> "QuerySet[Any, Any]":
    return rows.values("id", "code", "days", "counts_working_days", "source", "version")


class PeriodList(TenantAPIView):
    """The county's own periods; without one that of the product holds."""

    actions: ClassVar = {"GET": "concerns.view_periods", "POST": "concerns.manage_periods"}
    paged: ClassVar = True

    @extend_schema(operation_id="concern_periods_list", responses=shapes.ConcernPeriodRow(many=True))
    def get(self, request: Request) -> Response:
        """List the periods."""
        return self.page(ConcernPeriod.objects.all(), _periods)

    @extend_schema(
        operation_id="concern_periods_create",
        request=shapes.ConcernPeriodShape,
        responses={201: shapes.ConcernPeriodRow},
    )
    def post(self, request: Request) -> Response:
        """Enter a period of the county's own."""
        row = set_period(actor=self.actor, **self.shape(shapes.ConcernPeriodShape))
        return self.row(_periods(ConcernPeriod.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class PeriodDetail(TenantAPIView):
    """One period."""

    actions: ClassVar = {"PUT": "concerns.manage_periods"}

    @extend_schema(
        operation_id="concern_periods_amend", request=shapes.ConcernPeriodAmendment, responses=shapes.ConcernPeriodRow
    )
    def put(self, request: Request, period_id: UUID) -> Response:
        """Correct a period."""
        row = amend_period(
            period_id, actor=self.actor, version=self.version(), **self.shape(shapes.ConcernPeriodAmendment)
        )
        return self.row(_periods(ConcernPeriod.objects.filter(pk=row.pk)).get(), version=row.version)
