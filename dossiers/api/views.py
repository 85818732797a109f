"""Dossiers: begin one, do its steps, put papers in, end it."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api import shapes
from dossiers.api.bodies import BODIES
from dossiers.domain.checks import StepFacts
from dossiers.domain.endings import finish_dossier, refuse_dossier, withdraw_dossier
from dossiers.domain.opening import begin_dossier
from dossiers.domain.papers import (
    ApplicationDraft,
    ExitFindings,
    add_evidence,
    answer_objection,
    apply_for,
    correct_application,
    raise_objection,
    record_consent,
    record_exit_check,
    withdraw_consent,
)
from dossiers.domain.steps import do_step
from dossiers.queries.dossiers import dossier_detail, dossier_rows, dossiers_in_scope, find_dossier
from registry.api.base import TenantAPIView


class _DossierView(TenantAPIView):
    """A view that shows one dossier after changing it."""

    def answer(self, dossier_id: UUID, *, status: int = 200) -> Response:
        """Show the dossier as it is now, with its version."""
        dossier = find_dossier(dossier_id, actor=self.actor)
        return self.row(dossier_detail(dossier), version=dossier.version, status=status)


class DossierList(_DossierView):
    """The dossiers of the token's area."""

    actions: ClassVar = {"GET": "dossiers.view", "POST": "dossiers.begin"}
    filters: ClassVar = shapes.DossierFilter
    paged: ClassVar = True

    @extend_schema(operation_id="dossiers_list", responses=shapes.DossierRow(many=True))
    def get(self, request: Request) -> Response:
        """List dossiers, ended ones too."""
        return self.page(self.filtered(dossiers_in_scope(self.actor)), dossier_rows)

    @extend_schema(operation_id="dossiers_begin", request=shapes.DossierShape, responses={201: shapes.DossierDetail})
    def post(self, request: Request) -> Response:
        """Begin a dossier of a household by a template in use."""
        wanted = self.shape(shapes.DossierShape)
        dossier = begin_dossier(
            wanted["household_id"], wanted["template_key"], on=wanted["on"], actor=self.actor, code=wanted["code"]
        )
        return self.answer(dossier.pk, status=201)


class DossierView(_DossierView):
    """One dossier."""

    actions: ClassVar = {"GET": "dossiers.view"}

    @extend_schema(operation_id="dossiers_retrieve", responses=shapes.DossierDetail)
    def get(self, request: Request, dossier_id: UUID) -> Response:
        """Show a dossier with its steps, objections and files."""
        return self.answer(dossier_id)


class StepView(_DossierView):
    """The step that comes next."""

    actions: ClassVar = {"POST": "dossiers.do_step"}

    @extend_schema(operation_id="dossiers_do_step", request=shapes.StepFactsShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Do the step that comes next."""
        facts = StepFacts(**self.shape(shapes.StepFactsShape))
        do_step(dossier_id, facts, actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class EvidenceView(_DossierView):
    """The files of a dossier."""

    actions: ClassVar = {"POST": "dossiers.do_step"}
    parser_classes = BODIES

    @extend_schema(operation_id="dossiers_add_evidence", request=shapes.EvidenceShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Put a file into the dossier, for the step that comes next."""
        wanted = self.shape(shapes.EvidenceShape)
        add_evidence(dossier_id, wanted.pop("content"), **wanted, actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class ApplicationView(_DossierView):
    """The household's own assessment and application."""

    actions: ClassVar = {"POST": "dossiers.do_step", "PUT": "dossiers.do_step"}

    @extend_schema(operation_id="dossiers_apply", request=shapes.ApplicationShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Write the application, with the consent to comparisons that is given in it."""
        draft = ApplicationDraft(**_lists(self.shape(shapes.ApplicationShape)))
        apply_for(dossier_id, draft, actor=self.actor, version=self.version())
        return self.answer(dossier_id)

    @extend_schema(
        operation_id="dossiers_correct_application", request=shapes.CorrectionShape, responses=shapes.DossierDetail
    )
    def put(self, request: Request, dossier_id: UUID) -> Response:
        """Correct the application before others judge it; the former edition is kept."""
        wanted = self.shape(shapes.CorrectionShape)
        reason = wanted.pop("reason")
        draft = ApplicationDraft(**_lists(wanted))
        correct_application(dossier_id, draft, reason=reason, actor=self.actor, version=self.version())
        return self.answer(dossier_id)


def _lists(wanted: dict[str, Any]) -> dict[str, Any]:
    return wanted | {name: tuple(wanted[name]) for name in ("cause_codes", "consent_sectors")}


class ConsentWithdrawalView(_DossierView):
    """The end of the consent to comparisons."""

    actions: ClassVar = {"POST": "dossiers.do_step"}

    @extend_schema(
        operation_id="dossiers_withdraw_consent",
        request=shapes.ConsentWithdrawalShape,
        responses=shapes.DossierDetail,
    )
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Write that the household takes its consent back; later comparisons are refused."""
        on = self.shape(shapes.ConsentWithdrawalShape)["on"]
        withdraw_consent(dossier_id, on=on, actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class ConsentView(_DossierView):
    """The consent to comparisons."""

    actions: ClassVar = {"POST": "dossiers.do_step"}

    @extend_schema(operation_id="dossiers_consent", request=shapes.ConsentShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Write the household's consent: the day and the sectors."""
        wanted = self.shape(shapes.ConsentShape)
        sectors = tuple(wanted["sectors"])
        record_consent(dossier_id, sectors, on=wanted["on"], actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class ExitCheckView(_DossierView):
    """The check before exit."""

    actions: ClassVar = {"PUT": "dossiers.do_step"}

    @extend_schema(operation_id="dossiers_exit_check", request=shapes.ExitCheckShape, responses=shapes.DossierDetail)
    def put(self, request: Request, dossier_id: UUID) -> Response:
        """Write what was found in the household; a later check replaces the former one."""
        found = ExitFindings(**self.shape(shapes.ExitCheckShape))
        record_exit_check(dossier_id, found, actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class ObjectionView(_DossierView):
    """What is held against a dossier."""

    actions: ClassVar = {"POST": "dossiers.object"}

    @extend_schema(operation_id="dossiers_object", request=shapes.ObjectionShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Raise an objection."""
        wanted = self.shape(shapes.ObjectionShape)
        raise_objection(dossier_id, wanted["text"], on=wanted["on"], actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class AnswerView(_DossierView):
    """The answer to an objection."""

    actions: ClassVar = {"POST": "dossiers.answer"}

    @extend_schema(operation_id="dossiers_answer", request=shapes.AnswerShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Answer an objection; one that is upheld stops the dossier."""
        wanted = self.shape(shapes.AnswerShape)
        objection_id = wanted.pop("objection_id")
        answer_objection(dossier_id, objection_id, **wanted, actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class WithdrawView(_DossierView):
    """The end by the household's wish."""

    actions: ClassVar = {"POST": "dossiers.withdraw"}

    @extend_schema(operation_id="dossiers_withdraw", request=shapes.EndShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Withdraw the dossier."""
        withdraw_dossier(dossier_id, **self.shape(shapes.EndShape), actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class RefuseView(_DossierView):
    """The end by refusal."""

    actions: ClassVar = {"POST": "dossiers.refuse"}

    @extend_schema(operation_id="dossiers_refuse", request=shapes.EndShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Refuse the dossier."""
        refuse_dossier(dossier_id, **self.shape(shapes.EndShape), actor=self.actor, version=self.version())
        return self.answer(dossier_id)


class FinishView(_DossierView):
    """The end with the change of the household."""

    actions: ClassVar = {"POST": "dossiers.finish"}

    @extend_schema(operation_id="dossiers_finish", request=shapes.FinishShape, responses=shapes.DossierDetail)
    def post(self, request: Request, dossier_id: UUID) -> Response:
        """Finish the dossier; the household changes from the day of the announcement."""
        reason = self.shape(shapes.FinishShape)["reason"]
        finish_dossier(dossier_id, reason=reason, actor=self.actor, version=self.version())
        return self.answer(dossier_id)
