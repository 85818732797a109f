"""Periods: made, closed, frozen, published, opened again, and the lists behind their figures."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F, QuerySet, Value
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from periods.api import shapes
from periods.domain.freezes import start_freeze
from periods.domain.periods import (
    PeriodDraft,
    StageDraft,
    amend_campaign,
    close_period,
    keep_open,
    open_period,
    open_year,
    publish_period,
)
from periods.domain.reopening import ask_reopening, decide_reopening
from periods.enums import PeriodKind
from periods.models import Period
from periods.queries.behind import Question, behind
from periods.queries.periods import editions_of, find_period, periods, reopenings_of, waiting_reopening_of
from registry.access import allowed
from registry.api.base import TenantAPIView

_COLUMNS = (
    "id", "kind", "name", "first_day", "last_day", "state", "frozen_at", "published_at", "version",
)  # fmt: skip
_EDITION = ("id", "edition", "state", "taken_at", "households", "persons", "villages", "checksum", "error_code")
_REOPENING = ("id", "reason", "asked_at", "decided_at", "is_approved")


def _rows(found: "QuerySet[Period]") -> "QuerySet[Any, Any]":
    rows: QuerySet[Any, Any] = found.values(*_COLUMNS, edition=F("snapshot__edition"), checksum=F("snapshot__checksum"))
    return rows


def _draft(values: dict[str, Any]) -> PeriodDraft:
    stages = tuple(StageDraft(**stage) for stage in values.pop("stages", ()))
    return PeriodDraft(**values, stages=stages)


class _PeriodView(TenantAPIView):
    """A view that shows one period."""

    def answer(self, reporting_period_id: UUID, *, status: int = 200) -> Response:
        """Show a period as it stands now."""
        row = find_period(reporting_period_id)
        values = {name: getattr(row, name) for name in _COLUMNS}
        snapshot, sees = row.snapshot, allowed(self.actor, "periods.view_pictures")
        editions = [self._edition(one) for one in editions_of(row)] if sees else []
        reopenings = list(reopenings_of(row).values(*_REOPENING)) if sees else []
        detail = {
            "edition": snapshot.edition if snapshot else None,
            "checksum": snapshot.checksum if snapshot else None,
            "stages": list(row.stages.order_by("first_day", "last_day").values("kind", "first_day", "last_day")),
            "editions": editions,
            "reopenings": reopenings,
        }
        return self.row(values | detail, version=row.version, status=status)

    def _edition(self, one: Any) -> dict[str, Any]:  # noqa: ANN401  (a row with a sentence)
        return {name: getattr(one, name) for name in _EDITION} | {"error": str(one.error)}


class PeriodList(_PeriodView):
    """The periods of the county."""

    actions: ClassVar = {"GET": "periods.view", "POST": "periods.manage"}
    filters: ClassVar = shapes.PeriodFilter
    paged: ClassVar = True

    @extend_schema(operation_id="periods_list", responses=shapes.PeriodRow(many=True))
    def get(self, request: Request) -> Response:
        """List periods."""
        return self.page(self.filtered(periods()), _rows)

    @extend_schema(operation_id="periods_create", request=shapes.PeriodShape, responses={201: shapes.PeriodDetailRow})
    def post(self, request: Request) -> Response:
        """Make a period."""
        row = open_period(_draft(dict(self.shape(shapes.PeriodShape))), actor=self.actor)
        return self.answer(row.pk, status=201)


class PeriodYears(TenantAPIView):
    """The periods of calendar years."""

    actions: ClassVar = {"POST": "periods.manage"}

    @extend_schema(
        operation_id="period_years_create", request=shapes.PeriodYearShape, responses={201: shapes.PeriodYearRow}
    )
    def post(self, request: Request) -> Response:
        """Make the periods of a year that are not there yet; give the new ones."""
        year = self.shape(shapes.PeriodYearShape)["year"]
        made = open_year(year, actor=self.actor)
        rows = _rows(Period.objects.filter(pk__in=[row.pk for row in made])).order_by("first_day", "last_day")
        return self.row({"year": year, "made": list(rows)}, status=201)


class PeriodDetail(_PeriodView):
    """One period."""

    actions: ClassVar = {"GET": "periods.view", "PUT": "periods.manage"}

    @extend_schema(operation_id="periods_retrieve", responses=shapes.PeriodDetailRow)
    def get(self, request: Request, reporting_period_id: UUID) -> Response:
        """Show a period."""
        return self.answer(reporting_period_id)

    @extend_schema(operation_id="periods_amend", request=shapes.PeriodCampaignShape, responses=shapes.PeriodDetailRow)
    def put(self, request: Request, reporting_period_id: UUID) -> Response:
        """Amend name, days and stages of an open campaign."""
        draft = _draft({"kind": PeriodKind.CAMPAIGN, **self.shape(shapes.PeriodCampaignShape)})
        amend_campaign(reporting_period_id, draft, actor=self.actor, version=self.version())
        return self.answer(reporting_period_id)


class PeriodClose(_PeriodView):
    """The end of entry."""

    actions: ClassVar = {"POST": "periods.manage"}

    @extend_schema(operation_id="period_close", request=None, responses=shapes.PeriodDetailRow)
    def post(self, request: Request, reporting_period_id: UUID) -> Response:
        """Announce that entry ends."""
        close_period(reporting_period_id, actor=self.actor, version=self.version())
        return self.answer(reporting_period_id)


class PeriodKeepOpen(_PeriodView):
    """Entry that goes on."""

    actions: ClassVar = {"POST": "periods.manage"}

    @extend_schema(operation_id="period_keep_open", request=None, responses=shapes.PeriodDetailRow)
    def post(self, request: Request, reporting_period_id: UUID) -> Response:
        """Open a closing period for entry again."""
        keep_open(reporting_period_id, actor=self.actor, version=self.version())
        return self.answer(reporting_period_id)


class PeriodFreeze(_PeriodView):
    """The freeze of a period."""

    actions: ClassVar = {"POST": "periods.freeze"}

    @extend_schema(operation_id="period_freeze", request=None, responses={202: shapes.PeriodDetailRow})
    def post(self, request: Request, reporting_period_id: UUID) -> Response:
        """Ask for the freeze; a worker does it, and the period says how it ended."""
        start_freeze(reporting_period_id, actor=self.actor, version=self.version())
        return self.answer(reporting_period_id, status=202)


class PeriodPublication(_PeriodView):
    """The publication of a period."""

    actions: ClassVar = {"POST": "periods.publish"}

    @extend_schema(operation_id="period_publish", request=None, responses=shapes.PeriodDetailRow)
    def post(self, request: Request, reporting_period_id: UUID) -> Response:
        """Publish a frozen period."""
        publish_period(reporting_period_id, actor=self.actor, version=self.version())
        return self.answer(reporting_period_id)


class PeriodReopening(_PeriodView):
    """The opening of a frozen period again."""

    actions: ClassVar = {"POST": "periods.ask_reopening"}

    @extend_schema(
        operation_id="period_ask_reopening",
        request=shapes.PeriodReopeningShape,
        responses={201: shapes.PeriodDetailRow},
    )
    def post(self, request: Request, reporting_period_id: UUID) -> Response:
        """Ask that a period be opened again."""
        reason = self.shape(shapes.PeriodReopeningShape)["reason"]
        ask_reopening(reporting_period_id, reason=reason, actor=self.actor, version=self.version())
        return self.answer(reporting_period_id, status=201)


class PeriodReopeningDecision(_PeriodView):
    """The decision of a second person."""

    actions: ClassVar = {"POST": "periods.decide_reopening"}

    @extend_schema(
        operation_id="period_decide_reopening", request=shapes.PeriodDecisionShape, responses=shapes.PeriodDetailRow
    )
    def post(self, request: Request, reporting_period_id: UUID) -> Response:
        """Decide on the request that waits."""
        approve = self.shape(shapes.PeriodDecisionShape)["approve"]
        request_id = waiting_reopening_of(find_period(reporting_period_id)).pk
        decide_reopening(request_id, approve=approve, actor=self.actor, version=self.version())
        return self.answer(reporting_period_id)


class PeriodBehind(TenantAPIView):
    """The list behind a figure of a period's account."""

    actions: ClassVar = {"GET": "periods.view_behind"}
    paged: ClassVar = True
    parameters: ClassVar = {
        "part": "opening, flow, late, closing or villages; closing where it is left out",
        "code": "division of 12 digits; the county where it is left out",
        "stock": "not_lifted, lifted, monitored, or filed for the first two",
        "kind": "kind of posting",
        "direction": "in or out",
        "main_cause": "code of the main cause",
        "other_cause": "code of another cause",
        "category": "code of the monitoring category",
        "cover": "helper, stand_in or none; required for all who must have a helper",
        "team": "none for villages without a team",
    }

    @extend_schema(operation_id="period_behind_list", responses=shapes.BehindRow(many=True))
    def get(self, request: Request, reporting_period_id: UUID) -> Response:
        """List the households or villages that stood, or the postings that were booked, in the token's area."""
        given = {name: value for name, value in request.GET.dict().items() if name in self.parameters}
        answer = behind(
            find_period(reporting_period_id), Question(**{"part": "closing", "code": self.actor.tenant_code} | given)
        )
        if answer.households is not None:
            return self.page(
                answer.households.values(
                    "id", "household_id", "village_code", "status", households=Value(1), persons=F("person_count")
                )
            )
        if answer.villages is not None:
            return self.page(answer.villages.values("id", "village_code", "name", "has_team"))
        return self.page(
            answer.postings_found.values(
                "id", "household_id", "village_code", "kind", "effective_on", "recorded_at",
                households=F("households_delta"), persons=F("persons_delta"),
            )
        )  # fmt: skip
