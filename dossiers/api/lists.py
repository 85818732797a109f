"""Sessions for a list, and templates of steps."""

from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api import shapes
from dossiers.api.bodies import BODIES
from dossiers.domain.checks import StepFacts
from dossiers.domain.procedure import set_procedure
from dossiers.domain.sessions import Minutes, add_session_file, cancel_session, close_session, open_session, take_out
from dossiers.domain.shipped import load_shipped
from dossiers.domain.templates import StepDraft, copy_template, draft_of, retire_template, revise_template
from dossiers.queries.sessions import entry_rows, file_rows, find_session, session_rows, sessions_on_list
from dossiers.queries.templates import find_template, procedure_detail, template_detail, template_rows
from registry.api.base import TenantAPIView


class _SessionView(TenantAPIView):
    """A view that shows one session after changing it."""

    def answer(self, session_id: UUID, *, status: int = 200) -> Response:
        """Show the session with its list."""
        session = find_session(session_id)
        row = session_rows(sessions_on_list().filter(pk=session_id)).get()
        return self.row(
            {**row, "entries": entry_rows(session), "files": file_rows(session)}, version=session.version, status=status
        )


class SessionList(_SessionView):
    """The sessions held in the token's area."""

    actions: ClassVar = {"GET": "dossiers.view", "POST": "dossiers.do_step"}
    paged: ClassVar = True

    @extend_schema(operation_id="dossier_sessions_list", responses=shapes.SessionRow(many=True))
    def get(self, request: Request) -> Response:
        """List sessions."""
        return self.page(sessions_on_list(), session_rows)

    @extend_schema(
        operation_id="dossier_sessions_open", request=shapes.SessionShape, responses={201: shapes.SessionDetail}
    )
    def post(self, request: Request) -> Response:
        """Name the households of whose dossiers the next step is held together."""
        wanted = self.shape(shapes.SessionShape)
        session = open_session(
            wanted["form"],
            wanted["title"],
            wanted["dossier_ids"],
            starts_on=wanted["starts_on"],
            actor=self.actor,
        )
        return self.answer(session.pk, status=201)


class SessionView(_SessionView):
    """One session."""

    actions: ClassVar = {"GET": "dossiers.view"}

    @extend_schema(operation_id="dossier_sessions_retrieve", responses=shapes.SessionDetail)
    def get(self, request: Request, session_id: UUID) -> Response:
        """Show a session with its list."""
        return self.answer(session_id)


class TakeOutView(_SessionView):
    """A household that is taken out of the list."""

    actions: ClassVar = {"POST": "dossiers.do_step"}

    @extend_schema(
        operation_id="dossier_sessions_take_out", request=shapes.TakeOutShape, responses=shapes.SessionDetail
    )
    def post(self, request: Request, session_id: UUID) -> Response:
        """Take one household out of the list, with the reason."""
        wanted = self.shape(shapes.TakeOutShape)
        take_out(session_id, **wanted, actor=self.actor, version=self.version())
        return self.answer(session_id)


class CloseView(_SessionView):
    """The end of a session."""

    actions: ClassVar = {"POST": "dossiers.do_step"}
    parser_classes = BODIES

    @extend_schema(operation_id="dossier_sessions_close", request=shapes.CloseShape, responses=shapes.SessionDetail)
    def post(self, request: Request, session_id: UUID) -> Response:
        """Close the step for every household on the list, with the minutes."""
        wanted = self.shape(shapes.CloseShape)
        minutes = Minutes(**{name: wanted.pop(name) for name in ("content", "name", "kind_code")})
        close_session(session_id, StepFacts(**wanted), minutes, actor=self.actor, version=self.version())
        return self.answer(session_id)


class SessionFilesView(_SessionView):
    """The further files of a session."""

    actions: ClassVar = {"POST": "dossiers.do_step"}
    parser_classes = BODIES

    @extend_schema(
        operation_id="dossier_sessions_add_file", request=shapes.EvidenceShape, responses=shapes.SessionDetail
    )
    def post(self, request: Request, session_id: UUID) -> Response:
        """Put a further file into an open session: photographs, the signed list."""
        wanted = self.shape(shapes.EvidenceShape)
        on = wanted.pop("on")
        add_session_file(session_id, Minutes(**wanted), on=on, actor=self.actor, version=self.version())
        return self.answer(session_id)


class CancelView(_SessionView):
    """A session that is not held."""

    actions: ClassVar = {"POST": "dossiers.do_step"}

    @extend_schema(operation_id="dossier_sessions_cancel", request=shapes.EndShape, responses=shapes.SessionDetail)
    def post(self, request: Request, session_id: UUID) -> Response:
        """Cancel an open session; its households go on as if it had never been opened."""
        cancel_session(session_id, **self.shape(shapes.EndShape), actor=self.actor, version=self.version())
        return self.answer(session_id)


class ProcedureView(TenantAPIView):
    """The county's own rules of procedure."""

    actions: ClassVar = {"GET": "dossiers.view", "PUT": "dossiers.manage_rules"}

    @extend_schema(operation_id="county_procedure_retrieve", responses=shapes.ProcedureShape)
    def get(self, request: Request) -> Response:
        """Show the rules; version 0 are the defaults, where the county has set none."""
        row, version = procedure_detail()
        return self.row(row, version=version)

    @extend_schema(operation_id="county_procedure_set", request=shapes.ProcedureShape, responses=shapes.ProcedureShape)
    def put(self, request: Request) -> Response:
        """Set the rules; those left out stay."""
        set_procedure(self.shape(shapes.ProcedureShape), actor=self.actor, version=self.version())
        row, version = procedure_detail()
        return self.row(row, version=version)


class TemplateList(TenantAPIView):
    """The county's templates."""

    actions: ClassVar = {"GET": "dossiers.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="step_templates_list", responses=shapes.TemplateRow(many=True))
    def get(self, request: Request) -> Response:
        """List the editions of all templates."""
        return self.page(template_rows())


class TemplateCopying(TenantAPIView):
    """A template of the county's own that begins as a copy."""

    actions: ClassVar = {"POST": "dossiers.manage_templates"}

    @extend_schema(
        operation_id="step_templates_copy", request=shapes.TemplateCopy, responses={201: shapes.TemplateDetail}
    )
    def post(self, request: Request, template_id: UUID) -> Response:
        """Enter it under another name; it is in use beside the one that was copied."""
        template = copy_template(template_id, actor=self.actor, **self.shape(shapes.TemplateCopy))
        return self.row(template_detail(template), version=template.version, status=201)


class ShippedTemplates(TenantAPIView):
    """The templates and checklists that come with the product."""

    actions: ClassVar = {"POST": "dossiers.manage_templates"}

    @extend_schema(operation_id="step_templates_take_shipped", request=None, responses=shapes.EnteredKeys)
    def post(self, request: Request) -> Response:
        """Enter those that the county does not have yet, and give their keys."""
        return self.row({"keys": load_shipped(actor=self.actor)})


class TemplateRetirement(TenantAPIView):
    """Taking a template out of use."""

    actions: ClassVar = {"POST": "dossiers.manage_templates"}

    @extend_schema(operation_id="step_templates_retire", request=None, responses=shapes.TemplateDetail)
    def post(self, request: Request, template_id: UUID) -> Response:
        """Let no dossier begin by it any more."""
        template = retire_template(template_id, actor=self.actor, version=self.version())
        return self.row(template_detail(template), version=template.version)


class TemplateView(TenantAPIView):
    """One edition of a template."""

    actions: ClassVar = {"GET": "dossiers.view", "PUT": "dossiers.manage_templates"}

    @extend_schema(operation_id="step_templates_retrieve", responses=shapes.TemplateDetail)
    def get(self, request: Request, template_id: UUID) -> Response:
        """Show an edition with its steps."""
        template = find_template(template_id)
        return self.row(template_detail(template), version=template.version)

    @extend_schema(operation_id="step_templates_revise", request=shapes.TemplateShape, responses=shapes.TemplateDetail)
    def put(self, request: Request, template_id: UUID) -> Response:
        """Write the next edition; dossiers that began with the former one keep it."""
        wanted = self.shape(shapes.TemplateShape)
        steps = tuple(
            StepDraft(**step | {name: tuple(step[name]) for name in ("role_codes", "evidence_codes")})
            for step in wanted["steps"]
        )
        draft = replace(draft_of(find_template(template_id)), name=wanted["name"], source=wanted["source"], steps=steps)
        template = revise_template(template_id, draft, actor=self.actor, version=self.version())
        return self.row(template_detail(template), version=template.version)
