"""Monitoring cases for verbs, lists and the worklist of what is due."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dossiers.enums import CaseState, NextDue
from dossiers.models import MonitoringCase
from dossiers.models.case import CHECKED, OPEN_DAY_COLUMNS
from households.models import Household, YearLine
from households.queries.lists import in_division
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.lib.errors import DomainError, NotFound
from registry.tenancy.context import Actor

OPEN_STATES = (CaseState.LEAD, CaseState.CONFIRMED)


def cases_in_scope(actor: Actor) -> "QuerySet[MonitoringCase]":
    """Give the cases of the households that the actor may see."""
    rows = MonitoringCase.objects.all()
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def cases_on_list(actor: Actor) -> "QuerySet[MonitoringCase]":
    """Give the cases with their households."""
    return cases_in_scope(actor).select_related("household")


def find_case(case_id: UUID, *, actor: Actor) -> MonitoringCase:
    """Give one case.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    case = cases_on_list(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return case


def open_case(household: Household) -> MonitoringCase | None:
    """Give the lead or the confirmed case of a household, of which there is one at most."""
    return MonitoringCase.objects.filter(household=household, state__in=OPEN_STATES).first()


def confirmed_case(household: Household) -> MonitoringCase | None:
    """Give the confirmed case of a household."""
    return MonitoringCase.objects.filter(household=household, state=CaseState.CONFIRMED).first()


def monitoring_line_of(year: int) -> Decimal:
    """Give the county's monitoring line of a year.

    Units: yuan per person and year. Raises: DomainError when the county has none of that year on file.
    """
    found = YearLine.objects.filter(year=year, withdrawn_on=None).values_list("monitoring_line_yuan", flat=True).first()
    if found is None:
        message = _("The county has no monitoring line of that year on file. Ask the county office to enter it.")
        raise DomainError("removal.no_line", message, field="checked_year")
    return found


def deadlines(
    actor: Actor, *, due: str = "", division_code: str = "", overdue_on: date | None = None
) -> "QuerySet[MonitoringCase]":
    """Give the cases in which something is due, the nearest day first.

    `due` is one of `NextDue`; `division_code` takes all below it; `overdue_on` only what had to be done before it.
    """
    rows = cases_on_list(actor).filter(next_due_on__isnull=False)
    if due in NextDue.values and due:
        rows = rows.filter(next_due=due)
    if division_code:
        rows = in_division(rows, division_code)
    if overdue_on is not None:
        rows = rows.filter(next_due_on__lt=overdue_on)
    nearest_first: QuerySet[MonitoringCase] = rows.order_by("next_due_on", "id")
    return nearest_first


def deadline_rows(rows: "QuerySet[MonitoringCase]") -> "QuerySet[Any, Any]":
    """Give the columns of the worklist, by one query."""
    shown: QuerySet[Any, Any] = rows.values(
        "id",
        "household_id",
        "state",
        "category_code",
        "risk_codes",
        "lead_on",
        "next_due",
        "next_due_on",
        "due_basis",
        *(name for name in OPEN_DAY_COLUMNS if name != "state"),
        household_number=F("household__number"),
        village_code=F("scope_code"),
    )
    return shown


def case_rows(rows: "QuerySet[MonitoringCase]") -> "QuerySet[Any, Any]":
    """Give the columns of cases with the number of their household, by one query."""
    shown: QuerySet[Any, Any] = rows.values(
        "id", "household_id", "dossier_id", "sweep_village_id", "state", "lead_on", "lead_channel_code",
        "category_code", "risk_codes", "disaster_code", "other_remark", "is_without_labour", "due_on", "due_basis",
        "confirmed_on", "measures_due_on", "measured_on", "development_due_on", "developed_on", "removable_on",
        *CHECKED, "ended_on", "removal_code", "end_reason", "next_due", "next_due_on", "version",
        household_number=F("household__number"), village_code=F("scope_code"),
    )  # fmt: skip
    return shown
