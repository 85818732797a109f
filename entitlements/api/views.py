"""Entitlements to be settled: list and count them, and say what becomes of one; ask for a run."""

from dataclasses import asdict
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from entitlements.api.shapes import (
    EntitlementAnswerManyShape,
    EntitlementAnswerShape,
    EntitlementDetail,
    EntitlementFigures,
    EntitlementFilter,
    EntitlementRow,
    EntitlementRunRow,
    EntitlementsAnswered,
    EntitlementWithdrawalShape,
)
from entitlements.domain.answers import answer_finding, answer_findings, withdraw_answer
from entitlements.domain.nightly import ask_run_by_hand
from entitlements.models import EntitlementFinding
from entitlements.queries.findings import (
    counts_by_answer,
    counts_by_village,
    entitlement_visible,
    entitlements_visible_to,
)
from entitlements.queries.words import found_shown, policy_name, todo_of
from registry.api.base import TenantAPIView

_COLUMNS: Final[tuple[str, ...]] = tuple(sorted(EntitlementRow().fields.keys() - {"village_code"}))


def entitlement_rows(rows: "QuerySet[EntitlementFinding]") -> "QuerySet[Any, Any]":
    """Give the plain columns of findings."""
    found: QuerySet[Any, Any] = rows.values(*_COLUMNS, village_code=F("scope_code"))
    return found


class _EntitlementView(TenantAPIView):
    """A view that shows one finding as it is now."""

    def answer(self, entitlement_id: UUID) -> Response:
        """Show the finding, what was found and what is to be done, with its version."""
        finding = entitlement_visible(entitlement_id, actor=self.actor)
        row = {name: getattr(finding, name) for name in _COLUMNS} | {"village_code": finding.scope_code}
        shown = {
            "policy": policy_name(finding.policy_code),
            "found": found_shown(finding),
            "todo": todo_of(finding.kind),
        }
        return self.row(row | shown, version=finding.version)


class EntitlementList(TenantAPIView):
    """The findings that the token may see."""

    actions: ClassVar = {"GET": "entitlements.view"}
    filters: ClassVar = EntitlementFilter
    paged: ClassVar = True

    @extend_schema(operation_id="entitlements_list", responses=EntitlementRow(many=True))
    def get(self, request: Request) -> Response:
        """List what is due and not received, or received and not due; settled ones too."""
        return self.page(self.filtered(entitlements_visible_to(self.actor)), entitlement_rows)


class EntitlementView(_EntitlementView):
    """One finding."""

    actions: ClassVar = {"GET": "entitlements.view"}

    @extend_schema(operation_id="entitlements_retrieve", responses=EntitlementDetail)
    def get(self, request: Request, entitlement_id: UUID) -> Response:
        """Show a finding."""
        return self.answer(entitlement_id)


class AnswerView(_EntitlementView):
    """The answer of a person."""

    actions: ClassVar = {"POST": "entitlements.answer"}

    @extend_schema(operation_id="entitlements_answer", request=EntitlementAnswerShape, responses=EntitlementDetail)
    def post(self, request: Request, entitlement_id: UUID) -> Response:
        """Answer a finding; nothing stops and no fact changes by it."""
        answer_finding(entitlement_id, actor=self.actor, version=self.version(), **self.shape(EntitlementAnswerShape))
        return self.answer(entitlement_id)


class WithdrawalView(_EntitlementView):
    """The taking back of an answer."""

    actions: ClassVar = {"POST": "entitlements.answer"}

    @extend_schema(
        operation_id="entitlements_withdraw", request=EntitlementWithdrawalShape, responses=EntitlementDetail
    )
    def post(self, request: Request, entitlement_id: UUID) -> Response:
        """Take back an answer that was wrong."""
        withdraw_answer(
            entitlement_id, actor=self.actor, version=self.version(), **self.shape(EntitlementWithdrawalShape)
        )
        return self.answer(entitlement_id)


class AnswerManyView(TenantAPIView):
    """The answer to several findings."""

    actions: ClassVar = {"POST": "entitlements.answer"}

    @extend_schema(
        operation_id="entitlements_answer_many", request=EntitlementAnswerManyShape, responses=EntitlementsAnswered
    )
    def post(self, request: Request) -> Response:
        """Answer findings of one kind, all or none."""
        wanted = self.shape(EntitlementAnswerManyShape)
        chosen = {row["entitlement_id"]: row["version"] for row in wanted.pop("entitlements")}
        return self.row({"count": len(answer_findings(chosen, actor=self.actor, **wanted))})


class FiguresView(TenantAPIView):
    """How many there are."""

    actions: ClassVar = {"GET": "entitlements.view"}

    @extend_schema(operation_id="entitlement_figures_retrieve", responses=EntitlementFigures)
    def get(self, request: Request) -> Response:
        """Count what is open by village, and all findings by policy, kind, state and answer."""
        return self.row(
            {
                "villages": [asdict(one) for one in counts_by_village(self.actor)],
                "answers": [asdict(one) for one in counts_by_answer(self.actor)],
            }
        )


class RunView(TenantAPIView):
    """A run over the county."""

    actions: ClassVar = {"POST": "entitlements.ask_run"}

    @extend_schema(operation_id="entitlement_runs_create", request=None, responses=EntitlementRunRow)
    def post(self, request: Request) -> Response:
        """Queue a run now; one that waits already is given instead of another."""
        return self.row({"job_id": ask_run_by_hand(actor=self.actor).pk})
