"""Sample checks: list, announce, draw, cancel, close; the households drawn and their results."""

from dataclasses import asdict
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from sampling.api import shapes
from sampling.domain.checks import (
    SampleDraft,
    announce_sample,
    cancel_sample,
    close_sample,
    draw_sample,
    hand_out_frame,
    note_result,
)
from sampling.domain.exporting import results_file
from sampling.models import SampleCheck, SampledHousehold
from sampling.queries.samples import find_sample, households_drawn, lines_of, samples

_COLUMNS: Final = (
    "id", "name", "snapshot_id", "frame_on", "size", "cap_per_village", "state", "seed", "announced_at", "drawn_at",
    "ended_at", "frame_digest", "version",
)  # fmt: skip
_DRAWN: Final = (
    "id", "household_id", "village_code", "place", "outcome", "wrong_codes", "checked_on", "version",
)  # fmt: skip


class _SampleView(TenantAPIView):
    """A view that shows one sample check."""

    def answer(self, sample: SampleCheck, *, status: int = 200) -> Response:
        """Show the check with what it shows so far."""
        row: dict[str, Any] = {name: getattr(sample, name) for name in _COLUMNS}
        row["results"] = [
            {"township_code": line.township_code, "group": line.group, **asdict(line.shown)}
            for line in lines_of(sample)
        ]
        return self.row(row, version=sample.version, status=status)


class SampleList(_SampleView):
    """The sample checks of the county."""

    actions: ClassVar = {"GET": "sampling.view", "POST": "sampling.manage"}
    paged: ClassVar = True

    @extend_schema(operation_id="samples_list", responses=shapes.SampleRow(many=True))
    def get(self, request: Request) -> Response:
        """List sample checks in the order in which they were announced."""
        return self.page(samples().values(*_COLUMNS))

    @extend_schema(operation_id="samples_create", request=shapes.SampleShape, responses={201: shapes.SampleDetailRow})
    def post(self, request: Request) -> Response:
        """Announce a sample check; the seed is made by the registry."""
        return self.answer(announce_sample(SampleDraft(**self.shape(shapes.SampleShape)), actor=self.actor), status=201)


class SampleDetail(_SampleView):
    """One sample check."""

    actions: ClassVar = {"GET": "sampling.view"}

    @extend_schema(operation_id="samples_retrieve", responses=shapes.SampleDetailRow)
    def get(self, request: Request, sample_id: UUID) -> Response:
        """Show a sample check with the rates of the strata in the token's area."""
        return self.answer(find_sample(sample_id, actor=self.actor))


class SampleDraw(_SampleView):
    """The draw of a check."""

    actions: ClassVar = {"POST": "sampling.manage"}

    @extend_schema(operation_id="samples_draw", request=None, responses=shapes.SampleDetailRow)
    def post(self, request: Request, sample_id: UUID) -> Response:
        """Draw what was announced, once."""
        return self.answer(draw_sample(sample_id, actor=self.actor, version=self.version()))


class SampleCancellation(_SampleView):
    """The cancellation of a check that was not drawn."""

    actions: ClassVar = {"POST": "sampling.manage"}

    @extend_schema(operation_id="samples_cancel", request=shapes.SampleReason, responses=shapes.SampleDetailRow)
    def post(self, request: Request, sample_id: UUID) -> Response:
        """Cancel a check with a reason."""
        reason = self.shape(shapes.SampleReason)["reason"]
        return self.answer(cancel_sample(sample_id, reason=reason, actor=self.actor, version=self.version()))


class SampleClosing(_SampleView):
    """The end of a check."""

    actions: ClassVar = {"POST": "sampling.manage"}

    @extend_schema(operation_id="samples_close", request=None, responses=shapes.SampleDetailRow)
    def post(self, request: Request, sample_id: UUID) -> Response:
        """Close a check in which every household has a result."""
        return self.answer(close_sample(sample_id, actor=self.actor, version=self.version()))


class SampleFrame(TenantAPIView):
    """The list that a sample is drawn from."""

    actions: ClassVar = {"POST": "sampling.manage"}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="samples_hand_out_list", request=None, responses={(200, "text/plain"): OpenApiTypes.STR}
    )
    def post(self, request: Request, sample_id: UUID) -> HttpResponseBase:
        """Hand out the list, a line for each household, as its digest is reckoned; it is kept that it was."""
        return HttpResponse(hand_out_frame(sample_id, actor=self.actor), content_type="text/plain; charset=utf-8")


class SampleFile(TenantAPIView):
    """The results as a workbook."""

    actions: ClassVar = {"GET": "sampling.view"}

    @extend_schema(operation_id="samples_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, sample_id: UUID) -> HttpResponseBase:
        """Download rates, what was wrong and the households drawn in the token's area; it is kept that it was."""
        name, made = results_file(find_sample(sample_id, actor=self.actor), actor=self.actor)
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return HttpResponse(made.content, content_type=made.media_type, headers={"Content-Disposition": header})


class SampledHouseholdList(TenantAPIView):
    """The households drawn."""

    actions: ClassVar = {"GET": "sampling.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="sampled_households_list", responses=shapes.SampledHouseholdRow(many=True))
    def get(self, request: Request, sample_id: UUID) -> Response:
        """List the households drawn in the token's area."""
        rows = households_drawn(find_sample(sample_id, actor=self.actor))
        return self.page(rows.annotate(household_number=F("household__number")).values(*_DRAWN, "household_number"))


class SampledResult(TenantAPIView):
    """The result of one household."""

    actions: ClassVar = {"POST": "sampling.record"}

    @extend_schema(
        operation_id="sampled_households_note", request=shapes.ResultShape, responses=shapes.SampledHouseholdRow
    )
    def post(self, request: Request, drawn_id: UUID) -> Response:
        """Note what the check found; until the check is closed it can be corrected."""
        wanted = self.shape(shapes.ResultShape)
        row = note_result(drawn_id, wanted.pop("outcome"), actor=self.actor, version=self.version(), **wanted)
        return self.row(_drawn_row(row), version=row.version)


def _drawn_row(row: SampledHousehold) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _DRAWN} | {"household_number": row.household.number}
