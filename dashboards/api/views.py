"""The first page of a post for programs: its figures, and what waits."""

from collections.abc import Iterable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dashboards.api import shapes
from dashboards.queries.campaigns import CampaignToday, campaign_on
from dashboards.queries.overview import MonthLine, Overview, overview_of
from dashboards.queries.waiting import waiting_of
from households.enums import PostingKind
from periods.models import PeriodStage
from registry.api.base import TenantAPIView


class DashboardView(TenantAPIView):
    """The figures of the token's area."""

    actions: ClassVar = {"GET": "dashboards.view"}
    parameters: ClassVar = {"division": "a township or village of the area; all of it where it is left out"}

    @extend_schema(operation_id="dashboard", responses=shapes.DashboardRow)
    def get(self, request: Request) -> Response:
        """Show the figures of the first page, those alone whose lists the token may read."""
        found = overview_of(self.actor, division=request.GET.get("division", ""))
        return self.row(_row(found) | {"campaign": _campaign(campaign_on(found.day))})


class WaitingView(TenantAPIView):
    """What waits for the token's post."""

    actions: ClassVar = {"GET": "dashboards.view"}

    @extend_schema(operation_id="dashboard_waiting", responses=shapes.WaitingRows)
    def get(self, request: Request) -> Response:
        """Count what waits, what is overdue first; nothing that is empty."""
        lines = waiting_of(self.actor)
        rows = [{"key": one.kind.key, "count": one.count, "is_urgent": one.kind.is_urgent} for one in lines]
        return self.row({"results": rows})


def _row(found: Overview) -> dict[str, Any]:
    incomes = found.incomes
    return {
        "day": found.day,
        "division": found.division,
        "figures": [{"key": key, "value": found.total(key)} for key in found.figures],
        "villages": [
            {
                "village_id": one.id,
                "code": one.code,
                "name": one.name,
                "longitude": one.longitude,
                "latitude": one.latitude,
                "figures": {key: by[one.code] for key, by in found.figures.items() if one.code in by},
            }
            for one in found.villages
        ],
        "months": [_month(line) for line in found.months],
        "causes": [
            {"stock": stock, "cause_code": code, "households": count} for (stock, code), count in found.causes.items()
        ],
        "categories": [{"category_code": code, "households": count} for code, count in found.categories.items()],
        "incomes": incomes and {"goal_yuan": incomes.goal.goal_yuan, "villages": incomes.villages, "met": incomes.met},
    }


def _month(line: MonthLine) -> dict[str, Any]:
    return {
        "month": str(line.month),
        "stock": line.stock,
        "households_opening": line.opening,
        "households_closing": line.closing,
        "persons_opening": line.persons_opening,
        "persons_closing": line.persons_closing,
        "flows": list(_flows(line)),
    }


def _flows(line: MonthLine) -> Iterable[dict[str, Any]]:
    sides = {
        "households_came": line.flow.came,
        "households_left": line.flow.left,
        "persons_came": line.persons_flow.came,
        "persons_left": line.persons_flow.left,
    }
    for kind in PostingKind:
        moved = {name: side.get(kind, 0) for name, side in sides.items()}
        if any(moved.values()):
            yield {"kind": kind, **moved}


def _campaign(found: CampaignToday | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "period_id": found.id,
        "name": found.name,
        "first_day": found.first_day,
        "last_day": found.last_day,
        "days_left": found.days_left,
        "stage": _stage(found.stage),
        "next_stage": _stage(found.next_stage),
    }


def _stage(stage: PeriodStage | None) -> dict[str, Any] | None:
    if stage is None:
        return None
    return {"kind": stage.kind, "first_day": stage.first_day, "last_day": stage.last_day}
