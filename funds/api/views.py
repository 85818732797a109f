"""Budgets, allocations, programmes, and how far the money of a year has come."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api import shapes
from funds.domain.budgets import (
    AllocationDraft,
    BudgetDraft,
    add_budget,
    allocate,
    amend_budget,
    move_back,
    withdraw_budget,
)
from funds.domain.payments import village_sums_shown
from funds.domain.programmes import ProgrammeDraft, add_programme, amend_programme
from funds.models import Allocation, Budget, PaymentProgramme
from funds.queries.budgets import find_budget, progress_of
from registry.api.base import TenantAPIView
from registry.lib.periods import today
from villages.queries.villages import find_village

_YEAR = "of which year; this one where it is left out"


class _Year(serializers.Serializer[Any]):
    year = serializers.IntegerField(min_value=2000, max_value=2100, required=False)


def _year(request: Request) -> int:
    question = _Year(data=request.GET.dict())
    question.is_valid(raise_exception=True)
    return int(question.validated_data.get("year", today().year))


def _budgets(rows: "QuerySet[Budget]") -> "QuerySet[Any, Any]":
    names = ("id", "year", "source_code", "name", "notice_number", "notice_on", "amount_yuan", "allocated_yuan")
    found: QuerySet[Any, Any] = rows.values(*names, "withdrawn_on", "version")
    return found


def _allocations(rows: "QuerySet[Allocation]") -> "QuerySet[Any, Any]":
    names = ("id", "budget_id", "purpose", "programme_id", "project_kind_code", "amount_yuan", "bound_yuan",
             "moved_back_yuan", "allocated_on", "paper", "moves_back_id")  # fmt: skip
    found: QuerySet[Any, Any] = rows.values(*names, division_code=F("scope_code"))
    return found


def _programmes(rows: "QuerySet[PaymentProgramme]") -> "QuerySet[Any, Any]":
    names = ("id", "name", "kind_code", "payee", "cycle", "rule_text", "source", "starts_on", "ends_on", "version")
    found: QuerySet[Any, Any] = rows.values(*names)
    return found


class _BudgetView(TenantAPIView):
    """A view that shows one budget."""

    def answer(self, row: Budget, *, status: int = 200) -> Response:
        """Show the budget."""
        return self.row(_budgets(Budget.objects.filter(pk=row.pk)).get(), version=row.version, status=status)


class BudgetList(_BudgetView):
    """The county's budgets."""

    actions: ClassVar = {"GET": "funds.view", "POST": "funds.manage_budgets"}
    paged: ClassVar = True

    @extend_schema(operation_id="budgets_list", responses=shapes.BudgetRow(many=True))
    def get(self, request: Request) -> Response:
        """List the budgets."""
        return self.page(Budget.objects.all(), _budgets)

    @extend_schema(operation_id="budgets_create", request=shapes.BudgetShape, responses={201: shapes.BudgetRow})
    def post(self, request: Request) -> Response:
        """Enter a budget."""
        return self.answer(add_budget(BudgetDraft(**self.shape(shapes.BudgetShape)), actor=self.actor), status=201)


class BudgetDetail(_BudgetView):
    """One budget."""

    actions: ClassVar = {"GET": "funds.view", "PUT": "funds.manage_budgets"}

    @extend_schema(operation_id="budgets_retrieve", responses=shapes.BudgetRow)
    def get(self, request: Request, budget_id: UUID) -> Response:
        """Show a budget."""
        return self.answer(find_budget(budget_id))

    @extend_schema(operation_id="budgets_amend", request=shapes.BudgetShape, responses=shapes.BudgetRow)
    def put(self, request: Request, budget_id: UUID) -> Response:
        """Correct a budget after its notice."""
        draft = BudgetDraft(**self.shape(shapes.BudgetShape))
        return self.answer(amend_budget(budget_id, draft, actor=self.actor, version=self.version()))


class BudgetWithdrawal(_BudgetView):
    """The withdrawal of one budget."""

    actions: ClassVar = {"POST": "funds.manage_budgets"}

    @extend_schema(operation_id="budgets_withdraw", request=shapes.FundsReason, responses=shapes.BudgetRow)
    def post(self, request: Request, budget_id: UUID) -> Response:
        """Withdraw a budget that was entered in error."""
        reason = self.shape(shapes.FundsReason)["reason"]
        return self.answer(withdraw_budget(budget_id, reason=reason, actor=self.actor, version=self.version()))


class BudgetAllocations(TenantAPIView):
    """What of one budget is allocated."""

    actions: ClassVar = {"POST": "funds.allocate"}

    @extend_schema(
        operation_id="budgets_allocate", request=shapes.AllocationShape, responses={201: shapes.AllocationRow}
    )
    def post(self, request: Request, budget_id: UUID) -> Response:
        """Allocate money of a budget, never more than is free of it."""
        draft = AllocationDraft(**self.shape(shapes.AllocationShape))
        row = allocate(budget_id, draft, actor=self.actor, version=self.version())
        return self.row(_allocations(Allocation.objects.filter(pk=row.pk)).get(), status=201)


class AllocationList(TenantAPIView):
    """The allocations of the token's area, and what was moved back."""

    actions: ClassVar = {"GET": "funds.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="allocations_list", responses=shapes.AllocationRow(many=True))
    def get(self, request: Request) -> Response:
        """List the allocations."""
        return self.page(Allocation.objects.all(), _allocations)


class AllocationBack(TenantAPIView):
    """Money of one allocation that goes back."""

    actions: ClassVar = {"POST": "funds.allocate"}
    # An allocation never changes; more than is free of it is refused.
    versioned: ClassVar = False

    @extend_schema(
        operation_id="allocations_move_back", request=shapes.MovingBack, responses={201: shapes.AllocationRow}
    )
    def post(self, request: Request, allocation_id: UUID) -> Response:
        """Move money back to the budget, up to what no payment list has bound."""
        row = move_back(allocation_id, actor=self.actor, **self.shape(shapes.MovingBack))
        return self.row(_allocations(Allocation.objects.filter(pk=row.pk)).get(), status=201)


class ProgrammeList(TenantAPIView):
    """What the county pays to households or persons."""

    actions: ClassVar = {"GET": "funds.view", "POST": "funds.manage_programmes"}
    paged: ClassVar = True

    @extend_schema(operation_id="payment_programmes_list", responses=shapes.PaymentProgrammeRow(many=True))
    def get(self, request: Request) -> Response:
        """List the programmes."""
        return self.page(PaymentProgramme.objects.all(), _programmes)

    @extend_schema(
        operation_id="payment_programmes_create",
        request=shapes.PaymentProgrammeShape,
        responses={201: shapes.PaymentProgrammeRow},
    )
    def post(self, request: Request) -> Response:
        """Enter a programme."""
        wanted = self.shape(shapes.PaymentProgrammeShape)
        payee, cycle = wanted.pop("payee"), wanted.pop("cycle")
        row = add_programme(ProgrammeDraft(**wanted), payee=payee, cycle=cycle, actor=self.actor)
        found = _programmes(PaymentProgramme.objects.filter(pk=row.pk)).get()
        return self.row(found, version=row.version, status=201)


class ProgrammeDetail(TenantAPIView):
    """One programme."""

    actions: ClassVar = {"PUT": "funds.manage_programmes"}

    @extend_schema(
        operation_id="payment_programmes_amend",
        request=shapes.PaymentProgrammeAmendment,
        responses=shapes.PaymentProgrammeRow,
    )
    def put(self, request: Request, programme_id: UUID) -> Response:
        """Correct a programme or end it."""
        draft = ProgrammeDraft(**self.shape(shapes.PaymentProgrammeAmendment))
        row = amend_programme(programme_id, draft, actor=self.actor, version=self.version())
        return self.row(_programmes(PaymentProgramme.objects.filter(pk=row.pk)).get(), version=row.version)


class FundsProgress(TenantAPIView):
    """How far the money of a year has come."""

    actions: ClassVar = {"GET": "funds.view"}
    parameters: ClassVar = {"year": _YEAR}

    @extend_schema(operation_id="funds_progress", responses=shapes.FundsYearRow)
    def get(self, request: Request) -> Response:
        """Show what is allocated, bound, paid and returned, by source and by purpose."""
        return self.row(asdict(progress_of(_year(request))))


class VillagePayments(TenantAPIView):
    """What is published to one village: sums alone."""

    actions: ClassVar = {"GET": "funds.view"}
    parameters: ClassVar = {"year": _YEAR}

    @extend_schema(operation_id="villages_payments", responses=shapes.VillagePaymentRow(many=True))
    def get(self, request: Request, village_id: UUID) -> Response:
        """Show the sums of a year by programme."""
        sums = village_sums_shown(find_village(village_id), _year(request), actor=self.actor)
        rows = [asdict(one) for one in sums]
        return Response({"next": None, "results": rows})
