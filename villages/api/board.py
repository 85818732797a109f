"""Full coverage by teams: the figures of a day, and the villages and teams behind each."""

from dataclasses import asdict
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from registry.lib.periods import today
from villages.api import team_shapes as shapes
from villages.queries.board import Gap, board_on, gap_rows


class _BoardView(TenantAPIView):
    """A view of the board."""

    actions: ClassVar = {"GET": "villages.view_board"}

    def asked(self) -> dict[str, Any]:
        """Read what is asked. Raises: ValidationError."""
        question = shapes.BoardQuestion(data=self.request.GET)
        question.is_valid(raise_exception=True)
        return {"on": today(), **question.validated_data}


class BoardView(_BoardView):
    """The figures of the board."""

    parameters: ClassVar = {"on": "the day; today where it is left out"}

    @extend_schema(operation_id="team_board", responses=shapes.BoardRow)
    def get(self, request: Request) -> Response:
        """Show the figures of the token's area and of its townships."""
        day = self.asked()["on"]
        total, lines = board_on(day)
        return self.row({"on": day, "total": asdict(total), "townships": [asdict(line) for line in lines]})


class GapView(_BoardView):
    """The list behind a figure."""

    parameters: ClassVar = {
        "gap": "without-team (where it is left out), without-first-secretary, single-person or over-term",
        "on": "the day; today where it is left out",
        "division": "12 digits; all below it",
    }

    @extend_schema(operation_id="team_gaps", responses=shapes.GapList)
    def get(self, request: Request) -> Response:
        """List the villages or teams that the figure counts: as many as there are, since villages are few."""
        asked = self.asked()
        rows = gap_rows(Gap(asked["gap"]), asked["on"], division=asked["division"])
        return self.row({"results": [asdict(row) for row in rows]})
