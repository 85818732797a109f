"""Forms that offices send down: enter, match, count, mark, close; the fields asked in a month."""

from dataclasses import asdict
from typing import Any, ClassVar, Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from oneform.api import shapes
from oneform.domain.filling import filled_form
from oneform.domain.forms import FormDraft, close_form, count_form, map_column, mark_part, receive_form, reopen_form
from oneform.models import FormPart, FormRequest
from oneform.queries.forms import burden_of, columns_asked, find_form, forms, overdue, parts_of, village_sums
from registry.api.base import TenantAPIView
from registry.lib.errors import DomainError
from registry.lib.periods import Month, today

_COLUMNS: Final = (
    "id", "title", "sender", "received_on", "due_on", "level", "subjects", "replaces_id", "edition", "state",
    "closed_on", "received_by_code", "counted_of", "version",
)  # fmt: skip
_PART: Final = (
    "id", "village_code", "row_count", "filled_count", "empty_count", "by_hand_count", "done_on", "version",
)  # fmt: skip


class _FormView(TenantAPIView):
    """A view that shows one form."""

    def answer(self, form: FormRequest, *, status: int = 200) -> Response:
        """Show the form with its columns."""
        row: dict[str, Any] = {name: getattr(form, name) for name in _COLUMNS}
        row["columns"] = [
            {"place": one.place, "label": one.label, "use": one.use, "column_key": one.column_key}
            for one in columns_asked(form)
        ]
        return self.row(row, version=form.version, status=status)


class FormList(_FormView):
    """The forms of the county."""

    actions: ClassVar = {"GET": "oneform.view", "POST": "oneform.receive"}
    paged: ClassVar = True
    parameters: ClassVar = {"overdue": "true: only open forms that are past their day"}

    @extend_schema(operation_id="forms_list", responses=shapes.FormRow(many=True))
    def get(self, request: Request) -> Response:
        """List forms in the order of entry."""
        wanted = request.GET.get("overdue", "")
        if wanted not in {"", "true"}:
            raise DomainError("oneform.overdue", _("Write overdue=true, or leave it out."), field="overdue")
        return self.page((overdue(forms()) if wanted else forms()).values(*_COLUMNS))

    @extend_schema(operation_id="forms_create", request=shapes.NewForm, responses={201: shapes.FormDetailRow})
    def post(self, request: Request) -> Response:
        """Enter a form; its columns are matched to those of the register."""
        wanted = self.shape(shapes.NewForm)
        draft = FormDraft(**{**wanted, "labels": tuple(wanted["labels"])})
        return self.answer(receive_form(draft, actor=self.actor), status=201)


class FormDetail(_FormView):
    """One form."""

    actions: ClassVar = {"GET": "oneform.view"}

    @extend_schema(operation_id="forms_retrieve", responses=shapes.FormDetailRow)
    def get(self, request: Request, form_request_id: UUID) -> Response:
        """Show a form with what becomes of its columns."""
        return self.answer(find_form(form_request_id, actor=self.actor))


class FormMapping(_FormView):
    """What a column of a form means."""

    actions: ClassVar = {"PUT": "oneform.amend"}

    @extend_schema(operation_id="forms_map_column", request=shapes.MappingShape, responses=shapes.FormDetailRow)
    def put(self, request: Request, form_request_id: UUID) -> Response:
        """Say which column of the register fills it."""
        wanted = self.shape(shapes.MappingShape)
        place, key = wanted.pop("place"), wanted.pop("column_key")
        return self.answer(map_column(form_request_id, place, key, actor=self.actor, version=self.version(), **wanted))


class FormCount(_FormView):
    """The count of what is left to fill."""

    actions: ClassVar = {"POST": "oneform.count"}

    @extend_schema(operation_id="forms_count", request=shapes.FormCountShape, responses=shapes.FormDetailRow)
    def post(self, request: Request, form_request_id: UUID) -> Response:
        """Count by the facts of a snapshot."""
        snapshot_id = self.shape(shapes.FormCountShape)["snapshot_id"]
        return self.answer(count_form(form_request_id, snapshot_id, actor=self.actor, version=self.version()))


class FormClosing(_FormView):
    """The end of a form."""

    actions: ClassVar = {"POST": "oneform.amend"}

    @extend_schema(operation_id="forms_close", request=None, responses=shapes.FormDetailRow)
    def post(self, request: Request, form_request_id: UUID) -> Response:
        """Close a form that was sent back."""
        return self.answer(close_form(form_request_id, actor=self.actor, version=self.version()))


class FormReopening(_FormView):
    """A form that was closed by mistake."""

    actions: ClassVar = {"POST": "oneform.amend"}

    @extend_schema(operation_id="forms_reopen", request=None, responses=shapes.FormDetailRow)
    def post(self, request: Request, form_request_id: UUID) -> Response:
        """Open it again, unless a later edition took its place."""
        return self.answer(reopen_form(form_request_id, actor=self.actor, version=self.version()))


class FormFilled(TenantAPIView):
    """The form filled from the register."""

    actions: ClassVar = {"POST": "oneform.fill"}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="forms_fill",
        request=shapes.FillShape,
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def post(self, request: Request, form_request_id: UUID) -> HttpResponseBase:
        """Download the workbook for a township or village of the token's area; it is kept that it was."""
        wanted = self.shape(shapes.FillShape)
        name, made = filled_form(
            form_request_id, wanted["area_code"], reveal_reason=wanted["reveal_reason"], actor=self.actor
        )
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        headers = {"Content-Disposition": header, "Cache-Control": "no-store"}
        return HttpResponse(made.content, content_type=made.media_type, headers=headers)


class FormPartList(TenantAPIView):
    """What villages have of a form."""

    actions: ClassVar = {"GET": "oneform.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="form_parts_list", responses=shapes.FormPartRow(many=True))
    def get(self, request: Request, form_request_id: UUID) -> Response:
        """List the parts of the villages in the token's area."""
        return self.page(parts_of(find_form(form_request_id, actor=self.actor)).values(*_PART))


class FormPartMark(TenantAPIView):
    """Whether a village is done."""

    actions: ClassVar = {"PUT": "oneform.mark"}

    @extend_schema(operation_id="form_parts_mark", request=shapes.MarkShape, responses=shapes.FormPartRow)
    def put(self, request: Request, form_part_id: UUID) -> Response:
        """Mark a part as done, or not done after all."""
        is_done = self.shape(shapes.MarkShape)["is_done"]
        part = mark_part(form_part_id, is_done=is_done, actor=self.actor, version=self.version())
        return self.row(_part_row(part), version=part.version)


class FormBurden(TenantAPIView):
    """The fields that offices ask for."""

    actions: ClassVar = {"GET": "oneform.view"}
    parameters: ClassVar = {"month": "2020-12; without it this month"}

    @extend_schema(operation_id="form_burden_list", responses=shapes.BurdenRow(many=True))
    def get(self, request: Request) -> Response:
        """Count forms and columns of a month by office."""
        return Response({"next": None, "results": [asdict(one) for one in burden_of(_month(request))]})


class FormBurdenVillages(TenantAPIView):
    """The fields that villages are asked for."""

    actions: ClassVar = {"GET": "oneform.view"}
    parameters: ClassVar = {"month": "2020-12; without it this month"}

    @extend_schema(operation_id="form_burden_villages_list", responses=shapes.VillageBurdenRow(many=True))
    def get(self, request: Request) -> Response:
        """Count the cells of the counted forms of a month for each village of the token's area."""
        return Response({"next": None, "results": village_sums(_month(request))})


def _month(request: Request) -> Month:
    text = request.GET.get("month", "")
    return Month.parse(text) if text else Month.of(today())


def _part_row(part: FormPart) -> dict[str, Any]:
    return {name: getattr(part, name) for name in _PART}
