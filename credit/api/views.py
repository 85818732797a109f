"""Loans: list, enter, amend, pay, reverse, extend, withdraw; what is due; figures; the county's limits."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from credit.api import shapes
from credit.domain.limits import LimitDraft, amend_loan_limit, set_loan_limit
from credit.domain.loans import (
    LoanDraft,
    LoanTerms,
    amend_loan,
    enter_payment,
    extend_loan,
    record_loan,
    reverse_payment,
    withdraw_loan,
)
from credit.models import Loan, LoanLimit
from credit.queries.loans import (
    entry_rows,
    extension_rows,
    figures_by_village,
    find_loan,
    loan_rows,
    loans_due,
    loans_visible_to,
)
from registry.api.base import TenantAPIView
from registry.lib.periods import today


class _LoanView(TenantAPIView):
    """A view that shows one loan after changing it."""

    def answer(self, loan_id: UUID, *, status: int = 200) -> Response:
        """Show the loan as it is now, with entries, extensions and version."""
        loan = find_loan(loan_id, actor=self.actor)
        row: dict[str, Any] = loan_rows(Loan.objects.filter(pk=loan_id), self.actor).get()
        row["entries"] = list(entry_rows(loan_id))
        row["extensions"] = list(extension_rows(loan_id))
        return self.row(row, version=loan.version, status=status)

    def listed(self, rows: "QuerySet[Loan]") -> Response:
        """Give a page of loans."""
        return self.page(self.filtered(rows), lambda chosen: loan_rows(chosen, self.actor))


class LoanList(_LoanView):
    """The loans of the households that the token may see."""

    actions: ClassVar = {"GET": "credit.view", "POST": "credit.record"}
    filters: ClassVar = shapes.LoanFilter
    paged: ClassVar = True

    @extend_schema(operation_id="loans_list", responses=shapes.LoanRow(many=True))
    def get(self, request: Request) -> Response:
        """List loans, withdrawn ones too."""
        return self.listed(loans_visible_to(self.actor))

    @extend_schema(operation_id="loans_create", request=shapes.NewLoan, responses={201: shapes.LoanDetail})
    def post(self, request: Request) -> Response:
        """Enter a loan to a grown-up member of a household."""
        wanted = self.shape(shapes.NewLoan)
        household_id, person_id = wanted.pop("household_id"), wanted.pop("person_id")
        return self.answer(record_loan(household_id, person_id, LoanDraft(**wanted), actor=self.actor).pk, status=201)


class LoanView(_LoanView):
    """One loan."""

    actions: ClassVar = {"GET": "credit.view", "PUT": "credit.record"}

    @extend_schema(operation_id="loans_retrieve", responses=shapes.LoanDetail)
    def get(self, request: Request, loan_id: UUID) -> Response:
        """Show a loan with its entries and extensions."""
        return self.answer(loan_id)

    @extend_schema(operation_id="loans_amend", request=shapes.LoanTermsShape, responses=shapes.LoanDetail)
    def put(self, request: Request, loan_id: UUID) -> Response:
        """Correct what the contract says beside the money."""
        terms = LoanTerms(**self.shape(shapes.LoanTermsShape))
        amend_loan(loan_id, terms, actor=self.actor, version=self.version())
        return self.answer(loan_id)


class LoanEntriesView(_LoanView):
    """The entries of one loan."""

    actions: ClassVar = {"POST": "credit.record"}

    @extend_schema(operation_id="loans_pay", request=shapes.PaymentShape, responses={201: shapes.LoanDetail})
    def post(self, request: Request, loan_id: UUID) -> Response:
        """Enter what was paid out, paid back, subsidised or written off."""
        wanted = self.shape(shapes.PaymentShape)
        enter_payment(loan_id, wanted.pop("kind"), **wanted, actor=self.actor, version=self.version())
        return self.answer(loan_id, status=201)


class LoanEntryReversalView(_LoanView):
    """The reversal of one entry."""

    actions: ClassVar = {"POST": "credit.record"}
    # An entry never changes, and is reversed once.
    versioned: ClassVar = False

    @extend_schema(operation_id="loan_entries_reverse", request=shapes.LoanReason, responses={201: shapes.LoanDetail})
    def post(self, request: Request, loan_entry_id: UUID) -> Response:
        """Take an entry back by its mirror; both stay on file."""
        reason = self.shape(shapes.LoanReason)["reason"]
        row = reverse_payment(loan_entry_id, reason=reason, actor=self.actor)
        return self.answer(row.loan_id, status=201)


class LoanExtensionView(_LoanView):
    """The extension of one loan."""

    actions: ClassVar = {"POST": "credit.record"}

    @extend_schema(operation_id="loans_extend", request=shapes.ExtensionShape, responses=shapes.LoanDetail)
    def post(self, request: Request, loan_id: UUID) -> Response:
        """Put the due day off."""
        extend_loan(loan_id, **self.shape(shapes.ExtensionShape), actor=self.actor, version=self.version())
        return self.answer(loan_id)


class LoanWithdrawalView(_LoanView):
    """The withdrawal of one loan."""

    actions: ClassVar = {"POST": "credit.record"}

    @extend_schema(operation_id="loans_withdraw", request=shapes.LoanReason, responses=shapes.LoanDetail)
    def post(self, request: Request, loan_id: UUID) -> Response:
        """Take back a loan that was entered in error."""
        withdraw_loan(loan_id, **self.shape(shapes.LoanReason), actor=self.actor, version=self.version())
        return self.answer(loan_id)


class LoansDue(_LoanView):
    """The loans that are overdue, or due within 60 days."""

    actions: ClassVar = {"GET": "credit.view"}
    filters: ClassVar = shapes.LoanFilter
    paged: ClassVar = True

    @extend_schema(operation_id="loans_due_list", responses=shapes.LoanRow(many=True))
    def get(self, request: Request) -> Response:
        """List loans with money owed whose day is past or near."""
        return self.listed(loans_due(today(), actor=self.actor))


class CreditFiguresView(TenantAPIView):
    """What households owe, by village."""

    actions: ClassVar = {"GET": "credit.view"}

    @extend_schema(operation_id="credit_figures", responses=shapes.CreditFiguresRow(many=True))
    def get(self, request: Request) -> Response:
        """Add up what is owed and overdue today."""
        rows = [asdict(one) for one in figures_by_village(today(), actor=self.actor)]
        return Response({"next": None, "results": rows})


def _limits(rows: "QuerySet[LoanLimit]") -> "QuerySet[Any, Any]":
    return rows.values("id", "from_year", "most_yuan", "most_months", "source", "version")


class LimitList(TenantAPIView):
    """The county's own limits; before the first ones those of the product hold."""

    actions: ClassVar = {"GET": "credit.view", "POST": "credit.manage_limits"}
    paged: ClassVar = True

    @extend_schema(operation_id="loan_limits_list", responses=shapes.LimitRow(many=True))
    def get(self, request: Request) -> Response:
        """List the limits."""
        return self.page(LoanLimit.objects.all(), _limits)

    @extend_schema(operation_id="loan_limits_create", request=shapes.LimitShape, responses={201: shapes.LimitRow})
    def post(self, request: Request) -> Response:
        """Enter the limits of loans granted from a year on."""
        wanted = self.shape(shapes.LimitShape)
        row = set_loan_limit(wanted.pop("from_year"), LimitDraft(**wanted), actor=self.actor)
        return self.row(_limits(LoanLimit.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class LimitDetail(TenantAPIView):
    """Limits of a year."""

    actions: ClassVar = {"PUT": "credit.manage_limits"}

    @extend_schema(operation_id="loan_limits_amend", request=shapes.LimitAmendment, responses=shapes.LimitRow)
    def put(self, request: Request, loan_limit_id: UUID) -> Response:
        """Correct limits."""
        draft = LimitDraft(**self.shape(shapes.LimitAmendment))
        row = amend_loan_limit(loan_limit_id, draft, actor=self.actor, version=self.version())
        return self.row(_limits(LoanLimit.objects.filter(pk=row.pk)).get(), version=row.version)
