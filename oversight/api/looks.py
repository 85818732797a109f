"""Grants of looks at persons, and what they open."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.api import shapes
from oversight.domain.looking import look_at_household, look_at_list
from oversight.domain.looks import LookDraft, ask_for_look, give_look, refuse_look, withdraw_look
from oversight.models import LookGrant
from oversight.queries.looks import LookedHousehold, find_grant, looks_of
from registry.api.base import TenantAPIView
from registry.lib.periods import today

_COLUMNS = (
    "id", "area_code", "purpose", "starts_on", "ends_on", "state", "asked_at", "decided_at", "withdrawn_at", "reason",
    "version",
)  # fmt: skip


def _rows(rows: "QuerySet[LookGrant]") -> "QuerySet[LookGrant, Any]":
    named: QuerySet[LookGrant, Any] = rows.values(*_COLUMNS, reader_name=F("reader__username"))
    return named


def _told(row: dict[str, Any]) -> dict[str, Any]:
    row["reader"] = row.pop("reader_name")
    return row


class _GrantView(TenantAPIView):
    """A view that shows one grant."""

    def answer(self, grant_id: UUID, *, status: int = 200) -> Response:
        """Show the grant."""
        row = _told(_rows(LookGrant.objects.filter(pk=grant_id)).get())
        return self.row(row, version=row["version"], status=status)


class LookGrantList(_GrantView):
    """The county's grants of looks at persons."""

    actions: ClassVar = {"GET": "oversight.view_grants", "POST": "oversight.ask_look"}
    paged: ClassVar = True

    @extend_schema(operation_id="look_grants_list", responses=shapes.LookGrantRow(many=True))
    def get(self, request: Request) -> Response:
        """List the grants, those that are over too."""
        page = self.page(LookGrant.objects.all(), _rows)
        page.data["results"] = [_told(row) for row in page.data["results"]]
        return page

    @extend_schema(operation_id="look_grants_ask", request=shapes.LookGrantShape, responses={201: shapes.LookGrantRow})
    def post(self, request: Request) -> Response:
        """Ask for a look; another person of the county decides."""
        return self.answer(
            ask_for_look(LookDraft(**self.shape(shapes.LookGrantShape)), actor=self.actor).pk, status=201
        )


class LookGrantDetail(_GrantView):
    """One grant."""

    actions: ClassVar = {"GET": "oversight.view_grants"}

    @extend_schema(operation_id="look_grants_retrieve", responses=shapes.LookGrantRow)
    def get(self, request: Request, grant_id: UUID) -> Response:
        """Show a grant."""
        return self.answer(find_grant(grant_id).pk)


class LookGrantGive(_GrantView):
    """A decision for a look."""

    actions: ClassVar = {"POST": "oversight.decide_look"}

    @extend_schema(operation_id="look_grants_give", request=shapes.LookDecisionShape, responses=shapes.LookGrantRow)
    def post(self, request: Request, grant_id: UUID) -> Response:
        """Grant a look that another person asked for."""
        wanted = self.shape(shapes.LookDecisionShape)
        return self.answer(give_look(grant_id, actor=self.actor, version=self.version(), **wanted).pk)


class LookGrantRefuse(_GrantView):
    """A decision against a look."""

    actions: ClassVar = {"POST": "oversight.decide_look"}

    @extend_schema(operation_id="look_grants_refuse", request=shapes.LookReasonShape, responses=shapes.LookGrantRow)
    def post(self, request: Request, grant_id: UUID) -> Response:
        """Refuse a look that another person asked for."""
        wanted = self.shape(shapes.LookReasonShape)
        return self.answer(refuse_look(grant_id, actor=self.actor, version=self.version(), **wanted).pk)


class LookGrantWithdraw(_GrantView):
    """The end of a look."""

    actions: ClassVar = {"POST": "oversight.withdraw_look"}

    @extend_schema(operation_id="look_grants_withdraw", request=shapes.LookReasonShape, responses=shapes.LookGrantRow)
    def post(self, request: Request, grant_id: UUID) -> Response:
        """Take a look back; nothing can be opened by it any more."""
        wanted = self.shape(shapes.LookReasonShape)
        return self.answer(withdraw_look(grant_id, actor=self.actor, version=self.version(), **wanted).pk)


class LookList(TenantAPIView):
    """Where the token's holder may look today."""

    actions: ClassVar = {"GET": "oversight.look"}

    @extend_schema(operation_id="oversight_looks_list", responses=shapes.OpenLookRow(many=True))
    def get(self, request: Request) -> Response:
        """List the looks that are open."""
        results = [
            {
                "id": row.pk,
                "county_code": row.tenant.code,
                "county_name": row.tenant.name,
                "area_code": row.area_code,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
            }
            for row in looks_of(self.actor, on=today())
        ]
        return Response({"next": None, "results": results})


class LookHouseholds(TenantAPIView):
    """The households that a look opens."""

    actions: ClassVar = {"GET": "oversight.look"}
    parameters: ClassVar = {
        "list": "not_lifted, lifted, monitored or uncovered",
        "after": "what `next` of the page before says",
    }

    @extend_schema(operation_id="oversight_look_households", responses=shapes.LookPageRow)
    def get(self, request: Request, granted_id: UUID) -> Response:
        """Open a page of a list; the county's audit trail notes it."""
        page = look_at_list(
            granted_id, request.GET.get("list", ""), actor=self.actor, after=request.GET.get("after", "")
        )
        results = [_household(row) for row in page.rows]
        shown = {"list": page.shown, "period": page.look.period.name, "next": page.following}
        return Response({**shown, "results": results})


class LookHousehold(TenantAPIView):
    """One household that a look opens."""

    actions: ClassVar = {"GET": "oversight.look"}

    @extend_schema(operation_id="oversight_look_household", responses=shapes.LookedAtRow)
    def get(self, request: Request, granted_id: UUID, household_id: UUID) -> Response:
        """Open a household with its members; the county's audit trail notes it."""
        found = look_at_household(granted_id, household_id, actor=self.actor)
        return Response({**_household(found.household), "persons": [asdict(one) for one in found.persons]})


def _household(row: LookedHousehold) -> dict[str, Any]:
    values = asdict(row)
    del values["key"]
    net = values["net_per_head_yuan"]
    return {**values, "net_per_head_yuan": None if net is None else str(net)}
