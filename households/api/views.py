"""Households: list, register, amend, change, move."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.shapes import (
    HouseholdAmendment,
    HouseholdDetailRow,
    HouseholdFilter,
    HouseholdRow,
    Ids,
    MonitoringChange,
    Move,
    RegistrationShape,
    Reveal,
    RevealedRow,
    StatusChange,
)
from households.api.year_shapes import HouseholdYearShape, year_of
from households.domain.amend import amend_household
from households.domain.drafts import HouseholdDraft, PersonDraft, YearDraft
from households.domain.facts import record_household_year
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.domain.move import move_household
from households.domain.register import register_households
from households.domain.reveal import reveal_of_household
from households.domain.status import change_status
from households.models import Household
from households.queries.lists import household_detail, household_rows, household_year_rows
from households.queries.visibility import find_household, households_visible_to
from households.workflow import transitions_of
from registry.api.base import TenantAPIView

_MONITORING: Final[Mapping[str, Callable[..., Household]]] = {
    "identify": identify_for_monitoring,
    "remove_risk": remove_risk,
    "relapse": relapse,
}


def detail_row(household: Household) -> dict[str, Any]:
    """Give the detail of a household with the transitions that it allows."""
    lines = transitions_of(status=household.status, monitoring_state=household.monitoring_state)
    return household_detail(household) | {"transitions": [line.name for line in lines]}


def _member_of(values: Mapping[str, Any]) -> PersonDraft:
    facts = dict(values.get("facts", {}))
    facts["health_codes"] = tuple(facts.get("health_codes", ()))
    return PersonDraft(**{name: value for name, value in values.items() if name != "facts"}, **facts)


def draft_of(values: Mapping[str, Any]) -> HouseholdDraft:
    """Make a draft from the shape of a registration."""
    own: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    own["members"] = tuple(_member_of(member) for member in values["members"])
    year = own.pop("year", None)
    own["facts"] = None if year is None else YearDraft(year=year)
    return HouseholdDraft(**own)


class HouseholdList(TenantAPIView):
    """The households that the token may see."""

    actions: ClassVar = {"GET": "households.view", "POST": "households.register"}
    filters: ClassVar = HouseholdFilter
    paged: ClassVar = True

    @extend_schema(operation_id="households_list", responses=HouseholdRow(many=True))
    def get(self, request: Request) -> HttpResponse:
        """List households."""
        return self.plain_page(self.filtered(households_visible_to(self.actor)), household_rows)

    @extend_schema(operation_id="households_create", request=RegistrationShape, responses={201: Ids})
    def post(self, request: Request) -> Response:
        """Register households, all or none."""
        wanted = self.shape(RegistrationShape)
        drafts = [draft_of(values) for values in wanted["households"]]
        ids = register_households(drafts, actor=self.actor, on=wanted["on"], reason=wanted["reason"])
        return self.row({"ids": ids}, status=201)


class _HouseholdView(TenantAPIView):
    """A view of one household."""

    def answer(self, household: Household) -> Response:
        """Show the household as it is now, with its version."""
        return self.row(detail_row(household), version=household.version)


class HouseholdDetail(_HouseholdView):
    """One household."""

    actions: ClassVar = {"GET": "households.view", "PATCH": "households.amend"}

    @extend_schema(operation_id="households_retrieve", responses=HouseholdDetailRow)
    def get(self, request: Request, household_id: UUID) -> Response:
        """Show a household."""
        return self.answer(find_household(household_id, actor=self.actor))

    @extend_schema(operation_id="households_amend", request=HouseholdAmendment, responses=HouseholdDetailRow)
    def patch(self, request: Request, household_id: UUID) -> Response:
        """Amend a household."""
        changes = self.shape(HouseholdAmendment)
        return self.answer(amend_household(household_id, changes, actor=self.actor, version=self.version()))


class HouseholdStatusView(_HouseholdView):
    """The status of one household."""

    actions: ClassVar = {"POST": "households.change_status"}

    @extend_schema(operation_id="households_change_status", request=StatusChange, responses=HouseholdDetailRow)
    def post(self, request: Request, household_id: UUID) -> Response:
        """File, lift, return or close a household."""
        wanted = self.shape(StatusChange)
        household = change_status(
            household_id,
            wanted["transition"],
            actor=self.actor,
            on=wanted["on"],
            reason=wanted["reason"],
            version=self.version(),
            cause_code=wanted.get("code", ""),
        )
        return self.answer(household)


class HouseholdMonitoringView(_HouseholdView):
    """The monitoring of one household."""

    actions: ClassVar = {"POST": "households.monitor"}

    @extend_schema(operation_id="households_monitor", request=MonitoringChange, responses=HouseholdDetailRow)
    def post(self, request: Request, household_id: UUID) -> Response:
        """Identify a household, remove its risk, or note a relapse."""
        wanted = self.shape(MonitoringChange)
        household = _MONITORING[wanted["transition"]](
            household_id,
            wanted["code"],
            actor=self.actor,
            on=wanted["on"],
            reason=wanted["reason"],
            version=self.version(),
        )
        return self.answer(household)


class HouseholdMoveView(_HouseholdView):
    """The village of one household."""

    actions: ClassVar = {"POST": "households.move"}

    @extend_schema(operation_id="households_move", request=Move, responses=HouseholdDetailRow)
    def post(self, request: Request, household_id: UUID) -> Response:
        """Move a household to another village."""
        wanted = self.shape(Move)
        household = move_household(
            household_id,
            wanted["village_code"],
            actor=self.actor,
            on=wanted["on"],
            reason=wanted["reason"],
            version=self.version(),
        )
        return self.answer(household)


class HouseholdYearView(_HouseholdView):
    """The facts of one year of a household."""

    actions: ClassVar = {"GET": "households.view", "PUT": "households.record_year"}
    paged: ClassVar = True

    @extend_schema(operation_id="households_years", responses=HouseholdYearShape(many=True))
    def get(self, request: Request, household_id: UUID) -> Response:
        """List the yearly facts with their living conditions."""
        return self.page(household_year_rows(find_household(household_id, actor=self.actor)))

    @extend_schema(operation_id="households_record_year", request=HouseholdYearShape, responses=HouseholdDetailRow)
    def put(self, request: Request, household_id: UUID) -> Response:
        """Record the facts of a year; what is left out stays, and null empties."""
        values = self.shape(HouseholdYearShape)
        facts, living = year_of(values)
        record_household_year(
            household_id,
            facts,
            actor=self.actor,
            version=self.version(),
            living=living,
            stated=frozenset(values) & YearDraft.__dataclass_fields__.keys(),
        )
        return self.answer(find_household(household_id, actor=self.actor))


class HouseholdRevealView(TenantAPIView):
    """A sealed value of one household."""

    actions: ClassVar = {"POST": "households.reveal"}
    versioned: ClassVar = False

    @extend_schema(operation_id="households_reveal", request=Reveal, responses=RevealedRow)
    def post(self, request: Request, household_id: UUID) -> Response:
        """Show a sealed value in full; the reason is kept in the audit trail."""
        wanted = self.shape(Reveal)
        value = reveal_of_household(household_id, wanted["field"], actor=self.actor, reason=wanted["reason"])
        return self.row({"value": value})
