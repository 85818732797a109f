"""Checklists of visits: the county's editions, and what was filled in."""

from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api import look_shapes as shapes
from dossiers.domain.looks import Answer, ItemDraft, draft_of_look_form, record_look, revise_look_form
from dossiers.queries.looks import find_look_form, look_details, look_form_detail, look_form_rows, looks_of
from households.queries.visibility import find_household
from registry.api.base import TenantAPIView


class LookListView(TenantAPIView):
    """The checklists of a household."""

    actions: ClassVar = {"GET": "dossiers.view", "POST": "dossiers.look"}
    versioned: ClassVar = False

    @extend_schema(operation_id="household_looks_retrieve", responses=shapes.LookList)
    def get(self, request: Request, household_id: UUID) -> Response:
        """Show the checklists of a household with the derivation of their scores, the latest first."""
        household = find_household(household_id, actor=self.actor)
        return self.row({"results": look_details(looks_of(household.pk))})

    @extend_schema(operation_id="household_looks_record", request=shapes.LookShape, responses={201: shapes.LookRow})
    def post(self, request: Request, household_id: UUID) -> Response:
        """Fill in a checklist at a visit, for a dossier or without one."""
        wanted = self.shape(shapes.LookShape)
        look = record_look(
            household_id,
            wanted["form_key"],
            [Answer(**answer) for answer in wanted["answers"]],
            on=wanted["looked_on"],
            actor=self.actor,
            dossier_id=wanted.get("dossier_id"),
        )
        (detail,) = look_details(looks_of(household_id).filter(pk=look.pk))
        return self.row(detail, status=201)


class LookFormList(TenantAPIView):
    """The county's checklists."""

    actions: ClassVar = {"GET": "dossiers.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="look_forms_list", responses=shapes.LookFormRow(many=True))
    def get(self, request: Request) -> Response:
        """List the editions of all checklists."""
        return self.page(look_form_rows())


class LookFormView(TenantAPIView):
    """One edition of a checklist."""

    actions: ClassVar = {"GET": "dossiers.view", "PUT": "dossiers.manage_templates"}

    @extend_schema(operation_id="look_forms_retrieve", responses=shapes.LookFormDetail)
    def get(self, request: Request, form_id: UUID) -> Response:
        """Show an edition with its questions."""
        form = find_look_form(form_id)
        return self.row(look_form_detail(form), version=form.version)

    @extend_schema(operation_id="look_forms_revise", request=shapes.LookFormShape, responses=shapes.LookFormDetail)
    def put(self, request: Request, form_id: UUID) -> Response:
        """Write the next edition; what was filled in by the former one keeps it."""
        wanted = self.shape(shapes.LookFormShape)
        items = tuple(ItemDraft(**item | {"choices": tuple(item["choices"])}) for item in wanted.pop("items"))
        lists = {name: tuple(wanted[name]) for name in ("bounds", "outcomes")}
        draft = replace(draft_of_look_form(find_look_form(form_id)), items=items, **wanted | lists)
        form = revise_look_form(form_id, draft, actor=self.actor, version=self.version())
        return self.row(look_form_detail(form), version=form.version)
