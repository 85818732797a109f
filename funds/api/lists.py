"""Payment lists, their lines, the bank's file, and what a household received."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api import list_shapes as shapes
from funds.api.shapes import FundsReason
from funds.domain.bank_files import read_bank_file
from funds.domain.corrections import correct_payment, correct_return
from funds.domain.lines import LineDraft, add_lines, add_payees, strike_line
from funds.domain.lists import (
    approve_list,
    balance_shown,
    make_list,
    problems_shown,
    send_back_list,
    state_totals,
    submit_list,
    withdraw_list,
)
from funds.domain.payments import note_paid, note_returned, reveal_account
from funds.models import PaymentCorrection, PaymentLine, PaymentList
from funds.queries.lists import correction_rows, find_line, find_list, line_rows, list_rows
from funds.queries.payments import payment_rows, payments_of
from funds.renderers.bank_file import MEDIA_TYPE
from households.queries.lists import masked
from households.queries.visibility import find_household
from registry.api.base import TenantAPIView
from registry.api.files import file_response
from registry.crypto import Purpose


class _ListView(TenantAPIView):
    """A view that shows one list."""

    def answer(self, row: PaymentList, *, status: int = 200) -> Response:
        """Show the list with what its lines give."""
        found = list_rows(PaymentList.objects.filter(pk=row.pk)).get()
        balance = balance_shown(row, actor=self.actor)
        given = {
            "total_yuan": balance.total_yuan,
            "count": balance.count,
            "difference_yuan": balance.difference_yuan,
        }
        return self.row({**found, **given}, version=found["version"], status=status)


class ListList(_ListView):
    """The payment lists of the token's area."""

    actions: ClassVar = {"GET": "funds.view_lists", "POST": "funds.make_list"}
    filters: ClassVar = shapes.ListFilter
    paged: ClassVar = True

    @extend_schema(operation_id="payment_lists_list", responses=shapes.PaymentListRow(many=True))
    def get(self, request: Request) -> Response:
        """List the payment lists."""
        return self.page(self.filtered(PaymentList.objects.all()), list_rows)

    @extend_schema(
        operation_id="payment_lists_create",
        request=shapes.PaymentListShape,
        responses={201: shapes.PaymentListDetailRow},
    )
    def post(self, request: Request) -> Response:
        """Make the draft of a list."""
        wanted = self.shape(shapes.PaymentListShape)
        programme_id, allocation_id = wanted.pop("programme_id"), wanted.pop("allocation_id")
        return self.answer(make_list(programme_id, allocation_id, actor=self.actor, **wanted), status=201)


class ListDetail(_ListView):
    """One payment list."""

    actions: ClassVar = {"GET": "funds.view_lists", "PUT": "funds.make_list"}

    @extend_schema(operation_id="payment_lists_retrieve", responses=shapes.PaymentListDetailRow)
    def get(self, request: Request, payment_list_id: UUID) -> Response:
        """Show a list with what its lines give."""
        return self.answer(find_list(payment_list_id))

    @extend_schema(
        operation_id="payment_lists_state", request=shapes.ListTotalsShape, responses=shapes.PaymentListDetailRow
    )
    def put(self, request: Request, payment_list_id: UUID) -> Response:
        """Correct total and number of a draft's paper."""
        wanted = self.shape(shapes.ListTotalsShape)
        return self.answer(state_totals(payment_list_id, actor=self.actor, version=self.version(), **wanted))


class ListLines(_ListView):
    """The lines of one list."""

    actions: ClassVar = {"GET": "funds.view_lists", "POST": "funds.make_list"}
    paged: ClassVar = True

    @extend_schema(operation_id="payment_lists_lines", responses=shapes.PaymentLineRow(many=True))
    def get(self, request: Request, payment_list_id: UUID) -> Response:
        """List the lines in the token's area, with those that were struck."""
        rows = PaymentLine.objects.filter(payment_list=find_list(payment_list_id).pk)
        answer = self.page(rows, line_rows)
        answer.data["results"] = [_shown(row, self.actor.tenant_id) for row in answer.data["results"]]
        return answer

    @extend_schema(
        operation_id="payment_lists_add_lines", request=shapes.PaymentLinesShape, responses=shapes.PaymentListDetailRow
    )
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Enter lines: all of them or none, with each wrong one named."""
        drafts = [LineDraft(**line) for line in self.shape(shapes.PaymentLinesShape)["lines"]]
        add_lines(payment_list_id, drafts, actor=self.actor, version=self.version())
        return self.answer(find_list(payment_list_id))


class ListPayees(_ListView):
    """Lines from a source of payees."""

    actions: ClassVar = {"POST": "funds.make_list"}

    @extend_schema(
        operation_id="payment_lists_add_payees", request=shapes.ListPayeesShape, responses=shapes.PaymentListDetailRow
    )
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Enter a line for each payee of a source who has none in the period yet."""
        wanted = self.shape(shapes.ListPayeesShape)
        add_payees(payment_list_id, wanted.pop("source"), actor=self.actor, version=self.version(), **wanted)
        return self.answer(find_list(payment_list_id))


class ListProblems(TenantAPIView):
    """What stands against paying the lines of one list."""

    actions: ClassVar = {"GET": "funds.view_lists"}

    @extend_schema(operation_id="payment_lists_problems", responses=shapes.LineProblemRow(many=True))
    def get(self, request: Request, payment_list_id: UUID) -> Response:
        """Name each line that cannot be paid."""
        rows = [asdict(one) for one in problems_shown(find_list(payment_list_id).pk, actor=self.actor)]
        return Response({"next": None, "results": rows})


class ListSubmission(_ListView):
    """The submission of one list."""

    actions: ClassVar = {"POST": "funds.make_list"}

    @extend_schema(
        operation_id="payment_lists_submit", request=shapes.SubmissionShape, responses=shapes.PaymentListDetailRow
    )
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Submit a list that balances."""
        return self.answer(submit_list(payment_list_id, actor=self.actor, version=self.version()))


class ListSendingBack(_ListView):
    """The way back of one list to its draft."""

    actions: ClassVar = {"POST": "funds.decide_list"}

    @extend_schema(operation_id="payment_lists_send_back", request=FundsReason, responses=shapes.PaymentListDetailRow)
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Send a submitted list back."""
        reason = self.shape(FundsReason)["reason"]
        return self.answer(send_back_list(payment_list_id, reason=reason, actor=self.actor, version=self.version()))


class ListApproval(_ListView):
    """The approval of one list."""

    actions: ClassVar = {"POST": "funds.decide_list"}

    @extend_schema(
        operation_id="payment_lists_approve", request=shapes.OptionalFundsReason, responses=shapes.PaymentListDetailRow
    )
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Approve a list that others made and submitted."""
        reason = self.shape(shapes.OptionalFundsReason).get("reason", "")
        return self.answer(approve_list(payment_list_id, reason=reason, actor=self.actor, version=self.version()))


class ListWithdrawal(_ListView):
    """The withdrawal of one list."""

    actions: ClassVar = {"POST": "funds.make_list"}

    @extend_schema(
        operation_id="payment_lists_withdraw",
        request=shapes.ListWithdrawalShape,
        responses=shapes.PaymentListDetailRow,
    )
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Withdraw a list that is not paid."""
        wanted = self.shape(shapes.ListWithdrawalShape)
        return self.answer(withdraw_list(payment_list_id, actor=self.actor, version=self.version(), **wanted))


class ListPayment(_ListView):
    """The payment of one list."""

    actions: ClassVar = {"POST": "funds.note_payment"}

    @extend_schema(
        operation_id="payment_lists_paid", request=shapes.ListPaidShape, responses=shapes.PaymentListDetailRow
    )
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Note that an approved list was paid."""
        wanted = self.shape(shapes.ListPaidShape)
        return self.answer(note_paid(payment_list_id, actor=self.actor, version=self.version(), **wanted))


class ListCorrections(_ListView):
    """What was noted in error of one list."""

    actions: ClassVar = {"GET": "funds.view_lists", "POST": "funds.decide_list"}
    paged: ClassVar = True

    @extend_schema(operation_id="payment_lists_corrections", responses=shapes.PaymentCorrectionRow(many=True))
    def get(self, request: Request, payment_list_id: UUID) -> Response:
        """List what was taken back of the list and its lines."""
        return self.page(PaymentCorrection.objects.filter(payment_list=find_list(payment_list_id).pk), correction_rows)

    @extend_schema(operation_id="payment_lists_correct", request=FundsReason, responses=shapes.PaymentListDetailRow)
    def post(self, request: Request, payment_list_id: UUID) -> Response:
        """Take back a payment that was noted in error: the list is approved again."""
        reason = self.shape(FundsReason)["reason"]
        correct_payment(payment_list_id, reason=reason, actor=self.actor, version=self.version())
        return self.answer(find_list(payment_list_id))


class ListBankFile(TenantAPIView):
    """The file of one list for the bank."""

    actions: ClassVar = {"GET": "funds.take_bank_file"}

    @extend_schema(
        operation_id="payment_lists_bank_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, payment_list_id: UUID) -> HttpResponseBase:
        """Download the file; that it was taken is audited."""
        name, content = read_bank_file(payment_list_id, actor=self.actor)
        return file_response(content, name=name, media_type=MEDIA_TYPE)


class _LineView(TenantAPIView):
    """A view that shows one line."""

    def answer(self, line: PaymentLine) -> Response:
        """Show the line."""
        row = line_rows(PaymentLine.objects.filter(pk=line.pk)).get()
        return self.row(_shown(row, self.actor.tenant_id), version=row["version"])


class LineStrike(_LineView):
    """The strike of one line."""

    actions: ClassVar = {"POST": "funds.make_list"}

    @extend_schema(operation_id="payment_lines_strike", request=FundsReason, responses=shapes.PaymentLineRow)
    def post(self, request: Request, payment_line_id: UUID) -> Response:
        """Strike a line from its draft."""
        reason = self.shape(FundsReason)["reason"]
        return self.answer(strike_line(payment_line_id, reason=reason, actor=self.actor, version=self.version()))


class LineReturn(_LineView):
    """The return of one payment."""

    actions: ClassVar = {"POST": "funds.note_payment"}

    @extend_schema(
        operation_id="payment_lines_return", request=shapes.PaymentReturnShape, responses=shapes.PaymentLineRow
    )
    def post(self, request: Request, payment_line_id: UUID) -> Response:
        """Note that the bank returned a payment."""
        wanted = self.shape(shapes.PaymentReturnShape)
        return self.answer(note_returned(payment_line_id, actor=self.actor, version=self.version(), **wanted))


class LineCorrection(_LineView):
    """The correction of the return of one line."""

    actions: ClassVar = {"POST": "funds.note_payment"}

    @extend_schema(operation_id="payment_lines_correct", request=FundsReason, responses=shapes.PaymentLineRow)
    def post(self, request: Request, payment_line_id: UUID) -> Response:
        """Take back a return that was noted in error: the payment stands."""
        reason = self.shape(FundsReason)["reason"]
        correct_return(payment_line_id, reason=reason, actor=self.actor, version=self.version())
        return self.answer(find_line(payment_line_id))


class LineAccount(TenantAPIView):
    """The account of one line in full."""

    actions: ClassVar = {"POST": "funds.reveal_account"}
    # It shows something and changes nothing.
    versioned: ClassVar = False

    @extend_schema(operation_id="payment_lines_reveal", request=FundsReason, responses=shapes.PaymentAccountRow)
    def post(self, request: Request, payment_line_id: UUID) -> Response:
        """Show the account in full; the reason is kept in the audit trail."""
        reason = self.shape(FundsReason)["reason"]
        return Response({"value": reveal_account(payment_line_id, reason=reason, actor=self.actor)})


class HouseholdPayments(TenantAPIView):
    """What one household received."""

    actions: ClassVar = {"GET": "funds.view_payments"}
    paged: ClassVar = True

    @extend_schema(operation_id="households_payments", responses=shapes.ReceivedPaymentRow(many=True))
    def get(self, request: Request, household_id: UUID) -> Response:
        """List the payments to a household and its persons."""
        household = find_household(household_id, actor=self.actor)
        return self.page(payments_of(household), payment_rows)


def _shown(row: dict[str, Any], tenant_id: int) -> dict[str, Any]:
    sealed = row.pop("account_sealed")
    return row | {"account_masked": masked(sealed, Purpose.ACCOUNT, tenant_id=tenant_id)}
