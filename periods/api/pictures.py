"""Pictures of the register as of a day."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from periods.api.picture_shapes import PictureDetail, PictureRequest, PictureRow, VerificationRow
from periods.domain.freezing import verify_snapshot
from periods.domain.questions import ask_picture
from periods.enums import SnapshotState
from periods.queries.questions import counts_by_village, find_picture, limits_of, picture_rows, pictures
from registry.api.base import TenantAPIView
from registry.tenancy.context import Actor


class PictureList(TenantAPIView):
    """The pictures that were asked for."""

    actions: ClassVar = {"GET": "periods.ask_picture", "POST": "periods.ask_picture"}
    paged: ClassVar = True

    @extend_schema(operation_id="pictures_list", responses=PictureRow(many=True))
    def get(self, request: Request) -> Response:
        """List pictures in the order in which they were asked for."""
        return self.page(picture_rows(pictures(self.actor)))

    @extend_schema(operation_id="pictures_create", request=PictureRequest, responses={201: PictureDetail})
    def post(self, request: Request) -> Response:
        """Ask for a picture; that of a county is made in the background."""
        wanted = self.shape(PictureRequest)
        snapshot = ask_picture(
            wanted["as_of"], known_at=wanted["known_at"], area_code=wanted["area_code"], actor=self.actor
        )
        return self.row(_detail(snapshot.pk, actor=self.actor), status=201)


class PictureOne(TenantAPIView):
    """One picture."""

    actions: ClassVar = {"GET": "periods.ask_picture"}

    @extend_schema(operation_id="pictures_retrieve", responses=PictureDetail)
    def get(self, request: Request, snapshot_id: UUID) -> Response:
        """Show a picture with its counts by village."""
        return self.row(_detail(snapshot_id, actor=self.actor))


class PictureVerification(TenantAPIView):
    """Whether a picture is as it was made."""

    actions: ClassVar = {"POST": "periods.verify"}
    versioned: ClassVar = False

    @extend_schema(operation_id="pictures_verify", request=None, responses=VerificationRow)
    def post(self, request: Request, snapshot_id: UUID) -> Response:
        """Reckon the checksum anew and compare it."""
        find_picture(snapshot_id, actor=self.actor)
        result = verify_snapshot(snapshot_id, actor=self.actor)
        return self.row({"noted": result.noted, "found": result.found, "is_sound": result.is_sound})


def _detail(snapshot_id: UUID, *, actor: Actor) -> dict[str, Any]:
    snapshot = find_picture(snapshot_id, actor=actor)
    row: dict[str, Any] = picture_rows(pictures(actor)).get(pk=snapshot_id)
    counts = counts_by_village(snapshot_id) if snapshot.state == SnapshotState.MADE else []
    return row | {"counts": counts, "notes": [str(note) for note in limits_of(snapshot, actor=actor)]}
