"""Record a visit: what it confirmed as unchanged, what it changed, and from whom, when and where all that is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.income import IncomeDraft, LineDraft, write_income
from households.domain.locking import lock_household
from households.domain.refusals import constraint_refused
from households.enums import VisitSection
from households.models import Household, HouseholdYear, IncomeLine, Membership, Person, PersonYear, Visit
from households.models.years import LIVING_FACTS
from households.queries.doubts import living_doubts
from registry.audit import record
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_codes

Changes = dict[str, tuple[Any, Any]]
# The lists of the coded living conditions.
LIVING_CODES: Final = {
    "water_source_code": "drinking_water_source",
    "entry_road_code": "entry_road",
    "dangerous_grade_code": "dangerous_housing_grade",
    "house_structure_code": "house_structure",
    "fuel_code": "fuel",
}
# What of a person's year is its own: all else is carried on when a visit finds it unchanged.
_OWN_OF_A_YEAR: Final = frozenset({"id", "tenant", "scope_code", "person", "year", "visit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """A visit about to be recorded. Source, collector and period are given once and hold for all that it tells.

    `confirmed` sections are as in the year `confirmed_from_year` (the latest one on file where it is not named).
    `living` holds the conditions that changed; those left out stay. `lines` are the whole income, or None where the
    visit asked for none.
    """

    year: int
    visited_on: date
    source: str
    collector_name: str = ""
    period_start: date | None = None
    period_end: date | None = None
    confirmed: tuple[str, ...] = ()
    confirmed_from_year: int | None = None
    living: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[LineDraft, ...] | None = None
    person_count: int | None = None
    claims_yuan: Decimal | None = None
    self_paid_cost_yuan: Decimal | None = None


def record_visit(household_id: UUID, draft: VisitDraft, *, actor: Actor, version: int | None = None) -> Visit:
    """Record a visit with all that it confirmed and changed, or go on with the collector's own visit of that day.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "households.visit", actor=actor, version=version)
    _check(draft)
    _require_answers(household, draft, actor)
    from_year = _from_year(household, draft)
    visit, changes = _visit_of(household, draft, from_year, actor)
    if VisitSection.MEMBERS in draft.confirmed:
        changes |= _carry_members(household, draft.year, from_year, visit)
    changes |= _living(household, draft, from_year, visit)
    changes |= _income(household, draft, from_year, visit, actor)
    if changes:
        household.touch().save(update_fields=["version", "updated_at"])
        changes |= {"year": (draft.year, draft.year)}
        record("households.record_visit", household, actor=actor, changes=changes)
    return visit


def _check(draft: VisitDraft) -> None:
    if draft.visited_on > today() or draft.year > draft.visited_on.year:
        message = _("A visit lies in the past, and tells of its own year or an earlier one. Check day and year.")
        raise DomainError("visit.day", message, field="visited_on")
    if not draft.source.strip():
        message = _("Say once from what the facts of this visit are known, for example the household's own word.")
        raise DomainError("visit.source", message, field="source")
    if (draft.period_start is None) != (draft.period_end is None):
        message = _("The period of the income has a first day and a later end. Enter both.")
        raise DomainError("income.period", message, field="period_end")
    if set(draft.confirmed) - set(VisitSection.values) or draft.living.keys() - set(LIVING_FACTS):
        raise DomainError("visit.section", _("There is no such part of the form."), field="confirmed")
    if VisitSection.INCOME in draft.confirmed and draft.lines is not None:
        message = _("The income is confirmed as unchanged, and entered anew. Do one of both.")
        raise DomainError("visit.confirmed_and_changed", message, field="confirmed")
    codes = {name: (scheme, draft.living.get(name) or "") for name, scheme in LIVING_CODES.items()}
    require_codes(codes, on=draft.visited_on)


def _require_answers(household: Household, draft: VisitDraft, actor: Actor) -> None:
    """Refuse a tick alone for doubted conditions: each doubt needs one of its facts entered, even if as before."""
    if VisitSection.LIVING not in draft.confirmed:
        return
    told = {name for name, value in draft.living.items() if value not in {None, ""}}
    for one in living_doubts(household, actor):
        if not one.fields & told:
            columns = (column for column in HouseholdYear._meta.concrete_fields if column.name in one.fields)
            names = ", ".join(str(column.verbose_name) for column in columns)
            message = _(
                "The living conditions are questioned, so a tick alone does not do: %(doubt)s Ask, and enter "
                "%(facts)s, as it was or as it is now."
            )
            text = message % {"doubt": one.text, "facts": names}
            raise DomainError("visit.doubted", text, field="confirmed")


def _from_year(household: Household, draft: VisitDraft) -> int | None:
    """Give the year whose facts are confirmed: the one that is named, else the latest on file before or in this one."""
    if not draft.confirmed:
        return None
    if draft.confirmed_from_year is not None:
        found: int | None = draft.confirmed_from_year if draft.confirmed_from_year <= draft.year else None
    else:
        rows = HouseholdYear.objects.filter(household=household, year__lte=draft.year)
        earlier = rows.filter(year__lt=draft.year).order_by("-year").values_list("year", flat=True).first()
        found = earlier or (draft.year if rows.exists() else None)
    if found is None and set(draft.confirmed) == {VisitSection.BASIC}:
        return draft.year
    if found is None:
        raise _nothing_to_confirm("confirmed")
    return found


def _nothing_to_confirm(field_name: str) -> DomainError:
    message = _("Nothing is on file that could be confirmed as unchanged. Enter the facts instead.")
    return DomainError("visit.nothing_to_confirm", message, field=field_name)


def _visit_of(household: Household, draft: VisitDraft, from_year: int | None, actor: Actor) -> tuple[Visit, Changes]:
    own = {"household": household, "visited_on": draft.visited_on, "year": draft.year, "collector_id": actor.user_id}
    known = Visit.objects.filter(**own).first() if actor.user_id else None
    visit = known or Visit(scope_code=household.scope_code, **own)
    confirmed = sorted({*visit.confirmed_sections, *draft.confirmed})
    if known and from_year and known.confirmed_from_year not in {None, from_year}:
        message = _("This visit confirmed facts of another year already. Confirm the rest from that year too.")
        raise DomainError("visit.other_year", message, field="confirmed")
    values = {
        "visited_on": draft.visited_on,
        "collector_name": draft.collector_name.strip() or visit.collector_name or _collector(actor),
        "source": draft.source.strip(),
        "period_start": draft.period_start or visit.period_start,
        "period_end": draft.period_end or visit.period_end,
        "confirmed_sections": confirmed,
        "confirmed_from_year": from_year or visit.confirmed_from_year,
    }
    changes: Changes = {
        name: (getattr(visit, name) if known else None, value)
        for name, value in values.items()
        if (getattr(visit, name) != value if known else value)
    }
    if changes:
        for name, value in values.items():
            setattr(visit, name, value)
        _save(visit.touch() if known else visit)
    return visit, changes


def _collector(actor: Actor) -> str:
    """Give the name of whoever is at work, which stands on the visit unless another one is named."""
    users = User.objects.filter(pk__in=[actor.user_id] if actor.user_id else [])
    return (users.values_list("name", flat=True).first() or actor.username)[:60] or "–"


def _carry_members(household: Household, year: int, from_year: int | None, visit: Visit) -> Changes:
    """Carry the facts of the members on into this year, where it has none of theirs yet."""
    present = Membership.objects.filter(household=household, ends_on__isnull=True).values("person_id")
    rows = list(PersonYear.objects.filter(person__in=present, year__in=[year, from_year or year]))
    if not rows:
        raise _nothing_to_confirm("confirmed")
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
    persons = [row.person_id for row in new]
    Person.objects.filter(id__in=persons).update(version=F("version") + 1, updated_at=timezone.now())
    return {"carried_members": (None, persons)} if persons else {}


def _living(household: Household, draft: VisitDraft, from_year: int | None, visit: Visit) -> Changes:
    """Write the living conditions that changed, and carry on those that did not where this year does not know them."""
    confirms = VisitSection.LIVING in draft.confirmed
    if not confirms and not draft.living:
        return {}
    years = {
        row.year: row
        for row in HouseholdYear.objects.filter(household=household, year__in=[draft.year, from_year or draft.year])
    }
    known = years.get(draft.year)
    # The database's own default is no value that could be compared before the row is saved.
    unknown = dict.fromkeys(LIVING_CODES, "")
    row = known or HouseholdYear(household=household, year=draft.year, scope_code=household.scope_code, **unknown)
    values = dict(draft.living)
    if confirms:
        values = _carried(years.get(from_year or draft.year), row) | values
    changes: Changes = {
        name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value
    }
    if changes or known is None:
        for name, value in values.items():
            setattr(row, name, value)
        row.visit = visit
        _save(row)
    return changes


def _carried(earlier: HouseholdYear | None, row: HouseholdYear) -> dict[str, Any]:
    facts = {} if earlier is None else {name: getattr(earlier, name) for name in LIVING_FACTS}
    if not any(value not in {None, ""} for value in facts.values()):
        raise _nothing_to_confirm("confirmed")
    return {name: value for name, value in facts.items() if getattr(row, name) in {None, ""}}


def _income(household: Household, draft: VisitDraft, from_year: int | None, visit: Visit, actor: Actor) -> Changes:
    lines, persons = draft.lines, draft.person_count
    if VisitSection.INCOME in draft.confirmed:
        lines, earlier = _earlier_lines(household, from_year or draft.year)
        if from_year == draft.year:
            return {}
        persons = persons or earlier
    if lines is None:
        return {}
    if visit.period_start is None or visit.period_end is None or not persons:
        message = _("Income needs the period for which it is told, and how many persons live on it. Enter both.")
        raise DomainError("visit.period_missing", message, field="period_start")
    income = IncomeDraft(
        household_id=household.id,
        year=draft.year,
        period_start=visit.period_start,
        period_end=visit.period_end,
        person_count=persons,
        lines=lines,
        source=visit.source,
        claims_yuan=draft.claims_yuan,
        self_paid_cost_yuan=draft.self_paid_cost_yuan,
    )
    _found, changes = write_income([income], {household.id: household}, visits={household.id: visit}, actor=actor)
    return changes.get(household.id, {})


def _earlier_lines(household: Household, year: int) -> tuple[tuple[LineDraft, ...], int | None]:
    rows = IncomeLine.objects.filter(household=household, year=year).order_by("item_code", "product", "month", "id")
    lines = tuple(
        LineDraft(
            item_code=row.item_code,
            amount_yuan=row.amount_yuan,
            product=row.product,
            quantity=row.quantity,
            unit=row.unit,
            own_consumed_yuan=row.own_consumed_yuan,
            counts_toward_net=row.counts_toward_net,
            month=row.month,
        )
        for row in rows
    )
    if not lines:
        message = _("The income of that year is not recorded line by line, so it cannot be confirmed. Enter its lines.")
        raise DomainError("visit.no_lines", message, field="confirmed")
    persons = (
        HouseholdYear.objects.filter(household=household, year=year).values_list("person_count", flat=True).first()
    )
    return lines, persons


def _save(row: Visit | HouseholdYear) -> None:
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        raise constraint_refused(error) from error
