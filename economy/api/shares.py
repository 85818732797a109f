"""Shares and dividends: funds, holdings, proposals and decisions, and what a household's ledger is offered."""

from collections import Counter
from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from economy.api import share_shapes as shapes
from economy.api.project_shapes import DividendBooking, ShareTotal
from economy.api.shapes import EntryRow
from economy.domain.booking import book_dividend
from economy.domain.dividends import approve_dividend, propose_dividend, refuse_dividend, withdraw_dividend
from economy.domain.shares import end_shares, hold_shares, open_fund, set_share_total
from economy.models import Dividend, DividendLine, LedgerEntry, ShareFund, Shareholding
from economy.queries.ledger import entry_rows
from economy.queries.offers import offers_of
from economy.queries.shares import find_dividend
from households.api.offers import IncomeOfferRow
from households.queries.visibility import find_household
from registry.api.base import TenantAPIView
from registry.lib.errors import DomainError
from registry.lib.periods import today


def _funds(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    names = ("id", "village_id", "name", "folded_yuan", "share_total", "project_id", "version")
    return rows.values(*names, village_code=F("scope_code"))


def _holdings(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    names = ("id", "fund_id", "household_id", "share_count", "starts_on", "ends_on", "version")
    return rows.values(*names, household_number=F("household__number"))


def _dividends(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    names = ("id", "fund_id", "paid_on", "amount_yuan", "kept_yuan", "state", "decision_reason", "version")
    origin = {"fund_name": F("fund__name"), "project_id": F("fund__project_id")}
    return rows.values(*names, **origin, village_code=F("scope_code"))


class FundList(TenantAPIView):
    """The funds of shares in the token's area."""

    actions: ClassVar = {"GET": "economy.view", "POST": "economy.keep_shares"}
    paged: ClassVar = True

    @extend_schema(operation_id="share_funds_list", responses=shapes.FundRow(many=True))
    def get(self, request: Request) -> Response:
        """List the funds."""
        return self.page(ShareFund.objects.all(), _funds)

    @extend_schema(operation_id="share_funds_create", request=shapes.FundShape, responses={201: shapes.FundRow})
    def post(self, request: Request) -> Response:
        """Open a fund of shares in a village."""
        row = open_fund(actor=self.actor, **self.shape(shapes.FundShape))
        return self.row(_funds(ShareFund.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class FundHoldings(TenantAPIView):
    """What is held in one fund."""

    actions: ClassVar = {"POST": "economy.keep_shares"}

    @extend_schema(operation_id="share_funds_hold", request=shapes.HoldingShape, responses={201: shapes.HoldingRow})
    def post(self, request: Request, fund_id: UUID) -> Response:
        """Enter the shares of a household, or of the village."""
        wanted = self.shape(shapes.HoldingShape)
        household_id = wanted.pop("household_id")
        row = hold_shares(fund_id, household_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_holdings(Shareholding.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class FundTotal(TenantAPIView):
    """How many shares one fund has."""

    actions: ClassVar = {"PUT": "economy.keep_shares"}

    @extend_schema(operation_id="share_funds_total", request=ShareTotal, responses=shapes.FundRow)
    def put(self, request: Request, fund_id: UUID) -> Response:
        """Say how many shares there are, or that this is not said."""
        total = self.shape(ShareTotal)["share_total"]
        row = set_share_total(fund_id, share_total=total, actor=self.actor, version=self.version())
        return self.row(_funds(ShareFund.objects.filter(pk=row.pk)).get(), version=row.version)


class HoldingList(TenantAPIView):
    """The holdings in the token's area."""

    actions: ClassVar = {"GET": "economy.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="shareholdings_list", responses=shapes.HoldingRow(many=True))
    def get(self, request: Request) -> Response:
        """List holdings, past ones too."""
        return self.page(Shareholding.objects.all(), _holdings)


class HoldingEndView(TenantAPIView):
    """The end of one holding."""

    actions: ClassVar = {"POST": "economy.keep_shares"}

    @extend_schema(operation_id="shareholdings_end", request=shapes.HoldingEnd, responses=shapes.HoldingRow)
    def post(self, request: Request, holding_id: UUID) -> Response:
        """End a holding; another number is entered from that day on."""
        on = self.shape(shapes.HoldingEnd)["on"]
        row = end_shares(holding_id, on=on, actor=self.actor, version=self.version())
        return self.row(_holdings(Shareholding.objects.filter(pk=row.pk)).get(), version=row.version)


class _DividendView(TenantAPIView):
    """A view that shows one dividend with its parts."""

    def answer(self, row: Dividend, *, status: int = 200) -> Response:
        """Show the dividend as it is now."""
        shown = _dividends(Dividend.objects.filter(pk=row.pk)).get()
        parts = DividendLine.objects.filter(dividend=row).order_by("id")
        names = ("id", "household_id", "share_count", "amount_yuan")
        lines = list(parts.values(*names, household_number=F("household__number")))
        return self.row({**shown, "lines": lines}, version=row.version, status=status)


class DividendList(_DividendView):
    """The dividends of the funds in the token's area."""

    actions: ClassVar = {"GET": "economy.view", "POST": "economy.propose_dividend"}
    paged: ClassVar = True

    @extend_schema(operation_id="dividends_list", responses=shapes.DividendRow(many=True))
    def get(self, request: Request) -> Response:
        """List dividends."""
        return self.page(Dividend.objects.all(), _dividends)

    @extend_schema(
        operation_id="dividends_create", request=shapes.DividendShape, responses={201: shapes.DividendDetailRow}
    )
    def post(self, request: Request) -> Response:
        """Propose a dividend; somebody else decides on it."""
        wanted = self.shape(shapes.DividendShape)
        stated = _stated(wanted.pop("lines")) if "lines" in wanted else None
        row = propose_dividend(wanted.pop("fund_id"), actor=self.actor, stated=stated, **wanted)
        return self.answer(row, status=201)


def _stated(lines: list[dict[str, Any]]) -> dict[UUID | None, Any]:
    """Give the parts by holder. Raises: DomainError where one is named twice."""
    if any(count > 1 for count in Counter(line["household_id"] for line in lines).values()):
        message = _("A holder is named twice. Each has one part.")
        raise DomainError("dividend.holder_twice", message, field="lines")
    return {line["household_id"]: line["amount_yuan"] for line in lines}


class DividendDetail(_DividendView):
    """One dividend."""

    actions: ClassVar = {"GET": "economy.view"}

    @extend_schema(operation_id="dividends_retrieve", responses=shapes.DividendDetailRow)
    def get(self, request: Request, dividend_id: UUID) -> Response:
        """Show a dividend with its parts."""
        return self.answer(find_dividend(dividend_id))


class DividendApproval(_DividendView):
    """The approval of one dividend."""

    actions: ClassVar = {"POST": "economy.decide_dividend"}

    @extend_schema(operation_id="dividends_approve", request=shapes.Approval, responses=shapes.DividendDetailRow)
    def post(self, request: Request, dividend_id: UUID) -> Response:
        """Approve a dividend that somebody else proposed."""
        reason = self.shape(shapes.Approval).get("reason", "")
        return self.answer(approve_dividend(dividend_id, actor=self.actor, version=self.version(), reason=reason))


class DividendRefusal(_DividendView):
    """The refusal of one dividend."""

    actions: ClassVar = {"POST": "economy.decide_dividend"}

    @extend_schema(operation_id="dividends_refuse", request=shapes.Refusal, responses=shapes.DividendDetailRow)
    def post(self, request: Request, dividend_id: UUID) -> Response:
        """Refuse a dividend that somebody else proposed."""
        reason = self.shape(shapes.Refusal)["reason"]
        return self.answer(refuse_dividend(dividend_id, actor=self.actor, version=self.version(), reason=reason))


class DividendWithdrawal(_DividendView):
    """The withdrawal of one dividend."""

    actions: ClassVar = {"POST": "economy.propose_dividend"}

    @extend_schema(operation_id="dividends_withdraw", request=shapes.Refusal, responses=shapes.DividendDetailRow)
    def post(self, request: Request, dividend_id: UUID) -> Response:
        """Take a proposal back before it is decided."""
        reason = self.shape(shapes.Refusal)["reason"]
        return self.answer(withdraw_dividend(dividend_id, actor=self.actor, version=self.version(), reason=reason))


class DividendBookingView(TenantAPIView):
    """The entry of one dividend in the ledger of its village."""

    actions: ClassVar = {"POST": "economy.book"}
    # A dividend is booked once, until its entry is reversed.
    versioned: ClassVar = False

    @extend_schema(operation_id="dividends_book", request=DividendBooking, responses={201: EntryRow})
    def post(self, request: Request, dividend_id: UUID) -> Response:
        """Book an approved dividend: the village's own part as income, or the households' parts as cost."""
        entry = book_dividend(dividend_id, actor=self.actor, **self.shape(DividendBooking))
        return self.row(entry_rows(LedgerEntry.objects.filter(pk=entry.pk)).get(), status=201)


class _Year(serializers.Serializer[Any]):
    year = serializers.IntegerField(min_value=2000, max_value=2100, required=False)


class DividendOffers(TenantAPIView):
    """What approved dividends and wages of projects offer to a household's next visit."""

    actions: ClassVar = {"GET": "economy.view"}
    parameters: ClassVar = {"year": "of which year; this one where it is left out"}

    @extend_schema(operation_id="households_dividend_offers", responses=IncomeOfferRow(many=True))
    def get(self, request: Request, household_id: UUID) -> Response:
        """List the household's parts and wages of a year, and which stand in its income already."""
        household = find_household(household_id, actor=self.actor)
        question = _Year(data=request.GET.dict())
        question.is_valid(raise_exception=True)
        year = question.validated_data.get("year", today().year)
        return Response({"next": None, "results": [asdict(one) for one in offers_of(household.pk, year)]})
