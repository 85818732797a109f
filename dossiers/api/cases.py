"""Monitoring cases, and the worklist of what is due in them."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api import case_shapes as shapes
from dossiers.domain.cases import (
    LeadDraft,
    RemovalCheck,
    amend_lead,
    check_removal,
    confirm_lead,
    drop_lead,
    enter_case,
    raise_lead,
    remove_case,
)
from dossiers.models import MonitoringCase
from dossiers.models.case import open_days
from dossiers.queries.cases import case_rows, cases_in_scope, deadline_rows, deadlines, find_case
from registry.api.base import TenantAPIView
from registry.api.pagination import page_by_day
from registry.lib.periods import today


def _draft(wanted: dict[str, Any]) -> LeadDraft:
    return LeadDraft(**wanted | {"risk_codes": tuple(wanted["risk_codes"])})


class _CaseView(TenantAPIView):
    """A view that shows one case after changing it."""

    def answer(self, case_id: UUID, *, status: int = 200) -> Response:
        """Show the case as it is now, with its version."""
        case = find_case(case_id, actor=self.actor)
        row = case_rows(MonitoringCase.objects.filter(pk=case.pk)).get()
        return self.row(row, version=case.version, status=status)


class CaseList(_CaseView):
    """The cases of the token's area."""

    actions: ClassVar = {"GET": "dossiers.view", "POST": "dossiers.raise_lead"}
    filters: ClassVar = shapes.CaseFilter
    paged: ClassVar = True

    @extend_schema(operation_id="monitoring_cases_list", responses=shapes.CaseRow(many=True))
    def get(self, request: Request) -> Response:
        """List cases, ended ones too."""
        return self.page(self.filtered(cases_in_scope(self.actor)), case_rows)

    @extend_schema(operation_id="monitoring_cases_raise", request=shapes.NewLeadShape, responses={201: shapes.CaseRow})
    def post(self, request: Request) -> Response:
        """Raise a lead on a household; on one that is monitored without a case, enter its case."""
        wanted = self.shape(shapes.NewLeadShape)
        household_id, is_monitored = wanted.pop("household_id"), wanted.pop("is_monitored")
        begin = enter_case if is_monitored else raise_lead
        case = begin(household_id, _draft(wanted), actor=self.actor)
        return self.answer(case.pk, status=201)


class CaseView(_CaseView):
    """One case."""

    actions: ClassVar = {"GET": "dossiers.view", "PUT": "dossiers.raise_lead"}

    @extend_schema(operation_id="monitoring_cases_retrieve", responses=shapes.CaseRow)
    def get(self, request: Request, case_id: UUID) -> Response:
        """Show a case."""
        return self.answer(case_id)

    @extend_schema(operation_id="monitoring_cases_amend", request=shapes.LeadShape, responses=shapes.CaseRow)
    def put(self, request: Request, case_id: UUID) -> Response:
        """Amend a lead that is not decided yet."""
        amend_lead(case_id, _draft(self.shape(shapes.LeadShape)), actor=self.actor, version=self.version())
        return self.answer(case_id)


class ConfirmView(_CaseView):
    """The decision that a lead is so."""

    actions: ClassVar = {"POST": "dossiers.decide_lead"}

    @extend_schema(operation_id="monitoring_cases_confirm", request=shapes.CaseDecisionShape, responses=shapes.CaseRow)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Confirm a lead: the household is monitored from the day on."""
        confirm_lead(case_id, **self.shape(shapes.CaseDecisionShape), actor=self.actor, version=self.version())
        return self.answer(case_id)


class DropView(_CaseView):
    """The decision that a lead is not so."""

    actions: ClassVar = {"POST": "dossiers.decide_lead"}

    @extend_schema(operation_id="monitoring_cases_drop", request=shapes.CaseDecisionShape, responses=shapes.CaseRow)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Drop a lead, with the reason."""
        drop_lead(case_id, **self.shape(shapes.CaseDecisionShape), actor=self.actor, version=self.version())
        return self.answer(case_id)


class CheckView(_CaseView):
    """The check before a removal."""

    actions: ClassVar = {"PUT": "dossiers.check_removal"}

    @extend_schema(operation_id="monitoring_cases_check", request=shapes.CheckShape, responses=shapes.CaseRow)
    def put(self, request: Request, case_id: UUID) -> Response:
        """Write what was found in the household; a later check replaces the former one."""
        found = RemovalCheck(**self.shape(shapes.CheckShape))
        check_removal(case_id, found, actor=self.actor, version=self.version())
        return self.answer(case_id)


class RemoveView(_CaseView):
    """The end of a risk."""

    actions: ClassVar = {"POST": "dossiers.decide_lead"}

    @extend_schema(operation_id="monitoring_cases_remove", request=shapes.RemovalShape, responses=shapes.CaseRow)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Remove the risk, by support or naturally."""
        wanted = self.shape(shapes.RemovalShape)
        remove_case(case_id, wanted.pop("manner_code"), **wanted, actor=self.actor, version=self.version())
        return self.answer(case_id)


class DeadlineList(TenantAPIView):
    """What is due in the cases of the token's area."""

    actions: ClassVar = {"GET": "dossiers.view"}
    filters: ClassVar = shapes.DeadlineFilter
    paged: ClassVar = True

    @extend_schema(operation_id="monitoring_deadlines_list", responses=shapes.DeadlineRow(many=True))
    def get(self, request: Request) -> Response:
        """List what is due, the nearest day first."""
        day = today()
        found = page_by_day(self.filtered(deadlines(self.actor)), request, deadline_rows, by="next_due_on")
        for row in found["results"]:
            row["days_left"] = (row["next_due_on"] - day).days
            row["is_overdue"] = row["next_due_on"] < day
            row["open_days"] = [{"kind": kind.value, "on": on} for kind, on in open_days(row)]
        return Response(found)
