"""Carry on what a visit found unchanged: parts of the visit's verb."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.income import LineDraft
from households.domain.refusals import constraint_refused
from households.enums import VisitSection
from households.models import Household, HouseholdYear, IncomeLine, Person, PersonYear, Visit
from households.models.years import LIVING_FACTS
from households.queries.confirming import confirmable_years, known_until, members_told
from registry.lib.errors import DomainError
from registry.tenancy.scope import savepoint

Changes = dict[str, tuple[Any, Any]]
# What of a person's year is its own: all else is carried on when a visit finds it unchanged.
_OWN_OF_A_YEAR: Final = frozenset({"id", "tenant", "scope_code", "person", "year", "visit"})


def years_confirmed(
    household: Household, confirmed: Collection[str], *, year: int, named: int | None, on: date
) -> dict[str, int]:
    """Give the year whose facts are confirmed by part: the named one, else the latest on file of each part.

    Raises: DomainError `visit.nothing_to_confirm` for a part of which nothing is on file.
    """
    if not confirmed:
        return {}
    if named is not None:
        if named > year:
            raise nothing_to_confirm()
        return dict.fromkeys(confirmed, named)
    persons = members_told(household, on).values("person_id")
    known = confirmable_years(household, year, persons)
    parts = [VisitSection(name) for name in confirmed if name != VisitSection.BASIC]
    if VisitSection.INCOME in parts and VisitSection.INCOME not in known:
        raise no_lines()
    if any(part not in known for part in parts):
        raise nothing_to_confirm()
    latest = max((known[part] for part in parts), default=year)
    return {name: known.get(VisitSection(name), latest) for name in confirmed}


def nothing_to_confirm() -> DomainError:
    """Make the refusal of a tick for a part of which nothing is on file."""
    message = _("Nothing is on file that could be confirmed as unchanged. Enter the facts instead.")
    return DomainError("visit.nothing_to_confirm", message, field="confirmed")


def no_lines() -> DomainError:
    """Make the refusal of a tick for an income that has no lines."""
    message = _("The income of that year is not recorded line by line, so it cannot be confirmed. Enter its lines.")
    return DomainError("visit.no_lines", message, field="confirmed")


def carry_members(household: Household, visit: Visit, from_year: int, *, on: date) -> Changes:
    """Carry the facts of those who were members on the day on into the visit's year, where it has none of theirs yet.

    Raises: DomainError where nothing is on file.
    """
    year, members = visit.year, members_told(household, on).values("person_id")
    rows = list(PersonYear.objects.filter(person__in=members, year__in=[year, from_year]))
    if not rows:
        raise nothing_to_confirm()
    told = {row.person_id for row in rows if row.year == year}
    names = [one.attname for one in PersonYear._meta.concrete_fields if one.name not in _OWN_OF_A_YEAR]
    new = [
        PersonYear(
            scope_code=row.scope_code,
            person_id=row.person_id,
            year=year,
            visit=visit,
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
        if row.person_id not in told
    ]
    try:
        with savepoint():
            PersonYear.objects.bulk_create(new)
    except IntegrityError as error:
        raise constraint_refused(error) from error
    persons: list[UUID] = [row.person_id for row in new]
    Person.objects.filter(id__in=persons).update(version=F("version") + 1, updated_at=timezone.now())
    return {"carried_members": (None, persons)} if persons else {}


def carried_living(row: HouseholdYear, *, named: int | None) -> dict[str, Any]:
    """Give the conditions that the row does not know: of the named year, else as they were last known.

    Raises: DomainError where nothing is on file.
    """
    if named is None:
        facts = known_until(row.household, row.year)
    else:
        known = HouseholdYear.objects.filter(household=row.household_id, year=named).values(*LIVING_FACTS).first()
        facts = {name: value for name, value in (known or {}).items() if value not in {None, ""}}
    if not facts:
        raise nothing_to_confirm()
    return {name: value for name, value in facts.items() if getattr(row, name) in {None, ""}}


def earlier_lines(household: Household, year: int) -> tuple[tuple[LineDraft, ...], int | None]:
    """Give the lines of a year to be told again, and how many persons lived on them. Raises: DomainError without any.

    A line that follows the county's rule follows the one of the year in which it is told again.
    """
    rows = IncomeLine.objects.filter(household=household, year=year).order_by("item_code", "product", "month", "id")
    lines = tuple(
        LineDraft(
            item_code=row.item_code,
            amount_yuan=row.amount_yuan,
            product=row.product,
            quantity=row.quantity,
            unit=row.unit,
            own_consumed_yuan=row.own_consumed_yuan,
            counts_toward_net=row.counts_toward_net if row.counts_by_exception else None,
            month=row.month,
        )
        for row in rows
    )
    if not lines:
        raise no_lines()
    persons = (
        HouseholdYear.objects.filter(household=household, year=year).values_list("person_count", flat=True).first()
    )
    return lines, persons
