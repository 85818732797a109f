"""Findings: list them, and say what becomes of one."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from quality.api.shapes import (
    Assigned,
    AssignManyShape,
    AssignShape,
    ExemptionDecision,
    ExemptionFilter,
    ExemptionRow,
    ExemptionShape,
    FindingAnswerShape,
    FindingDetail,
    FindingFilter,
    FindingRow,
    LineAnswerShape,
    QualityRunRow,
)
from quality.domain.findings import (
    answer_as_recorded,
    assign_finding,
    assign_findings,
    decide_exemption,
    request_exemption,
)
from quality.domain.nightly import ask_run_by_hand
from quality.domain.suspicions import answer_line
from quality.models import Exemption, Finding
from quality.queries.findings import exemptions_visible_to, finding_visible, findings_visible_to
from quality.queries.shown import remedy_shown, wrong_shown
from registry.api.base import TenantAPIView
from registry.api.bodies import JsonParser

_COLUMNS: Final[tuple[str, ...]] = tuple(sorted(FindingRow().fields.keys() - {"village_code"}))


def finding_rows(rows: "QuerySet[Finding]") -> "QuerySet[Any, Any]":
    """Give the plain columns of findings."""
    found: QuerySet[Any, Any] = rows.values(*_COLUMNS, village_code=F("scope_code"))
    return found


def exemption_rows(rows: "QuerySet[Exemption]") -> "QuerySet[Any, Any]":
    """Give the plain columns of exemptions, with what their findings are about."""
    own = sorted(ExemptionRow().fields.keys() - {"rule_code", "village_code", "household_id"})
    found: QuerySet[Any, Any] = rows.values(
        *own,
        rule_code=F("finding__rule_code"),
        village_code=F("scope_code"),
        household_id=F("finding__household_id"),
    )
    return found


class _FindingView(TenantAPIView):
    """A view that shows one finding as it is now."""

    def answer(self, finding_id: UUID, *, status: int = 200) -> Response:
        """Show the finding, what is wrong and how it is put right, with its version."""
        finding = finding_visible(finding_id, actor=self.actor)
        row = {name: getattr(finding, name) for name in _COLUMNS} | {"village_code": finding.scope_code}
        shown = {"wrong": wrong_shown(finding), "remedy": remedy_shown(finding)}
        return self.row(row | shown, version=finding.version, status=status)


class FindingList(TenantAPIView):
    """The findings that the token may see."""

    actions: ClassVar = {"GET": "quality.view"}
    filters: ClassVar = FindingFilter
    paged: ClassVar = True

    @extend_schema(operation_id="findings_list", responses=FindingRow(many=True))
    def get(self, request: Request) -> Response:
        """List findings, settled ones too."""
        return self.page(self.filtered(findings_visible_to(self.actor)), finding_rows)


class FindingView(_FindingView):
    """One finding."""

    actions: ClassVar = {"GET": "quality.view"}

    @extend_schema(operation_id="findings_retrieve", responses=FindingDetail)
    def get(self, request: Request, finding_id: UUID) -> Response:
        """Show a finding."""
        return self.answer(finding_id)


class AssignView(_FindingView):
    """Who settles a finding."""

    actions: ClassVar = {"POST": "quality.assign"}

    @extend_schema(operation_id="findings_assign", request=AssignShape, responses=FindingDetail)
    def post(self, request: Request, finding_id: UUID) -> Response:
        """Give a finding to a role of its village, with a day."""
        assign_finding(finding_id, actor=self.actor, version=self.version(), **self.shape(AssignShape))
        return self.answer(finding_id)


class AssignManyView(TenantAPIView):
    """Who settles several findings."""

    actions: ClassVar = {"POST": "quality.assign"}

    @extend_schema(operation_id="findings_assign_many", request=AssignManyShape, responses=Assigned)
    def post(self, request: Request) -> Response:
        """Give findings to a role or person, all or none."""
        wanted = self.shape(AssignManyShape)
        chosen = {row["id"]: row["version"] for row in wanted.pop("findings")}
        return self.row({"count": len(assign_findings(chosen, actor=self.actor, **wanted))})


class AnswerView(_FindingView):
    """The answer that the data is true."""

    actions: ClassVar = {"POST": "quality.answer"}

    @extend_schema(operation_id="findings_as_recorded", request=FindingAnswerShape, responses=FindingDetail)
    def post(self, request: Request, finding_id: UUID) -> Response:
        """Say that the data of a suspicion is true as recorded."""
        answer_as_recorded(finding_id, actor=self.actor, version=self.version(), **self.shape(FindingAnswerShape))
        return self.answer(finding_id)


class LineAnswerView(_FindingView):
    """The answer to a line of a list from above."""

    actions: ClassVar = {"POST": "quality.answer"}
    parser_classes = (JsonParser, MultiPartParser)

    @extend_schema(operation_id="findings_answer_line", request=LineAnswerShape, responses=FindingDetail)
    def post(self, request: Request, finding_id: UUID) -> Response:
        """Say that the data was put right or is true as recorded; a file, sent as multipart, may prove it."""
        form = self.shape(LineAnswerShape)
        file = form.pop("file", None)
        evidence = (file.name, file.read()) if file else None
        answer_line(finding_id, actor=self.actor, version=self.version(), evidence=evidence, **form)
        return self.answer(finding_id)


class ExemptionView(_FindingView):
    """The request to exempt a finding."""

    actions: ClassVar = {"POST": "quality.request_exemption"}

    @extend_schema(operation_id="findings_exemption", request=ExemptionShape, responses={201: FindingDetail})
    def post(self, request: Request, finding_id: UUID) -> Response:
        """Ask that a finding need not be put right until a day."""
        request_exemption(finding_id, actor=self.actor, version=self.version(), **self.shape(ExemptionShape))
        return self.answer(finding_id, status=201)


class ExemptionDecisionView(_FindingView):
    """The decision on such a request."""

    actions: ClassVar = {"POST": "quality.decide_exemption"}

    @extend_schema(operation_id="findings_exemption_decide", request=ExemptionDecision, responses=FindingDetail)
    def post(self, request: Request, finding_id: UUID) -> Response:
        """Approve or refuse, as somebody else than the one who asked."""
        decide_exemption(finding_id, actor=self.actor, version=self.version(), **self.shape(ExemptionDecision))
        return self.answer(finding_id)


class ExemptionList(TenantAPIView):
    """Requests that findings need not be put right."""

    actions: ClassVar = {"GET": "quality.view"}
    filters: ClassVar = ExemptionFilter
    paged: ClassVar = True

    @extend_schema(operation_id="exemptions_list", responses=ExemptionRow(many=True))
    def get(self, request: Request) -> Response:
        """List exemptions, those that wait for a decision and those decided."""
        return self.page(self.filtered(exemptions_visible_to(self.actor)), exemption_rows)


class RunView(TenantAPIView):
    """A run of the rules over the county."""

    actions: ClassVar = {"POST": "quality.run"}

    @extend_schema(operation_id="quality_runs_create", request=None, responses=QualityRunRow)
    def post(self, request: Request) -> Response:
        """Queue a run now; one that waits already is given instead of another."""
        return self.row({"job_id": ask_run_by_hand(actor=self.actor).pk})
