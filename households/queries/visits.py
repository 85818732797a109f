"""Visits, and what the next one starts from."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from households.models import Household, HouseholdYear, Membership, Person, Relocation, Visit
from households.models.years import LIVING_FACTS
from households.queries.confirming import members_told
from households.queries.income import LINE_COLUMNS, lines_of
from households.queries.lists import masked
from registry.crypto import Purpose

VISIT_COLUMNS: Final = (
    "id",
    "year",
    "visited_on",
    "collector_name",
    "source",
    "period_start",
    "period_end",
    "confirmed_sections",
    "confirmed_from_year",
    "version",
    "collector_phone_sealed",
    "tenant_id",
)
_HEAD: Final = ("source", "period_start", "period_end")
# What is told once of a year's income beside its lines.
INCOME_HEAD: Final = ("period_start", "period_end", "person_count", "claims_yuan", "self_paid_cost_yuan")


def visits_with_phone(household: Household) -> "QuerySet[Visit]":
    """Give the visits that say at which telephone who filled the form in is reached, the latest first."""
    found = Visit.objects.filter(household=household, collector_phone_sealed__isnull=False)
    return found.order_by("-visited_on", "-id")


def masked_visit(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row of `visit_rows` with a mask in place of the sealed number."""
    shown = dict(row)
    sealed, tenant_id = shown.pop("collector_phone_sealed"), shown.pop("tenant_id")
    return shown | {"collector_phone_masked": masked(sealed, Purpose.PHONE, tenant_id=tenant_id)}


def visit_rows(household_id: UUID) -> "QuerySet[Any, Any]":
    """Give the visits of a household as plain values, with the sealed number for `masked_visit`."""
    found: QuerySet[Any, Any] = Visit.objects.filter(household=household_id).order_by("id").values(*VISIT_COLUMNS)
    return found


def last_visit_head(visits: list[Visit]) -> dict[str, Any]:
    """Give source and period of the latest visit that told of the year, so that they need not be typed again."""
    return {name: getattr(visits[0], name) for name in _HEAD} if visits else {}


def gone_on_with_head(visit: Visit) -> dict[str, Any]:
    """Give what a visit says once, for the form that goes on with it."""
    names = (*_HEAD, "visited_on", "collector_name")
    return {"visit_id": visit.pk} | {name: getattr(visit, name) for name in names}


def members_with_names(household: Household, day: date) -> list[Membership]:
    """Give the memberships of the day with their persons, the head first."""
    return list(members_told(household, day).select_related("person").order_by("relation_code", "id"))


def living_of(household: Household, year: int) -> tuple[dict[str, Any], frozenset[str]]:
    """Give the living conditions as last known up to a year, and which of them that very year states."""
    rows = HouseholdYear.objects.filter(household=household, year__lte=year).order_by("year")
    found = list(rows.values("year", *LIVING_FACTS))
    known = {name: row[name] for row in found for name in LIVING_FACTS if row[name] not in {None, ""}}
    own = found[-1] if found and found[-1]["year"] == year else {}
    return known, frozenset(name for name in LIVING_FACTS if own.get(name) not in {None, ""})


def lines_on_file(household: Household, year: int) -> list[dict[str, Any]]:
    """Give the lines of the year for a form; whether one counts is said where it is otherwise than the rule."""
    rows = lines_of(household.id, year).values(*LINE_COLUMNS, "counts_by_exception")
    return [
        {name: row[name] for name in LINE_COLUMNS}
        | {"counts_toward_net": row["counts_toward_net"] if row["counts_by_exception"] else None}
        for row in rows
    ]


def visits_of_person(person: Person, year: int) -> "QuerySet[Visit]":
    """Give the visits to the households of a person that told of a year, the latest first."""
    households = Membership.objects.filter(person=person).values("household_id")
    return Visit.objects.filter(household__in=households, year=year).order_by("-visited_on", "-id")


def visits_told(household: Household, year: int) -> "QuerySet[Visit]":
    """Give the visits that told of a year, the latest first."""
    return Visit.objects.filter(household=household, year=year).order_by("-visited_on", "-id")


def income_head(household: Household, year: int) -> dict[str, Any]:
    """Give period, persons, claims and cost paid of a year that has them."""
    rows = HouseholdYear.objects.filter(household=household, year=year, period_start__isnull=False)
    return rows.values(*INCOME_HEAD).first() or {}


def relocation_of(household: Household) -> Relocation | None:
    """Give what is on file of the household's relocation."""
    return Relocation.objects.filter(household=household).first()
