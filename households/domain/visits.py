"""Record a visit: what it confirmed as unchanged, what it changed, and from whom, when and where all that is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.carrying import (
    Changes,
    carried_living,
    carry_members,
    earlier_lines,
    years_confirmed,
)
from households.domain.income import IncomeDraft, LineDraft, write_income
from households.domain.locking import lock_household
from households.domain.refusals import constraint_refused
from households.enums import VisitSection
from households.models import Household, HouseholdYear, IncomeLine, PersonYear, Visit
from households.models.years import LIVING_FACTS
from households.queries.confirming import last_day_told
from households.queries.doubts import visit_doubts
from registry.audit import record
from registry.crypto import Purpose, blind_index, seal
from registry.lib.contacts import parse_phone
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_codes

# The lists of the coded living conditions.
LIVING_CODES: Final = {
    "water_source_code": "drinking_water_source",
    "entry_road_code": "entry_road",
    "dangerous_grade_code": "dangerous_housing_grade",
    "house_structure_code": "house_structure",
    "fuel_code": "fuel",
    "industry_help_code": "industry_help",
}


# What may stand beside the lines of income for monitoring.
AMOUNTS: Final = frozenset({"claims_yuan", "self_paid_cost_yuan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """A visit about to be recorded. Source, collector and period are given once and hold for all that it tells.

    `confirmed` sections are as in the year `confirmed_from_year` (the latest one on file where it is not named).
    `living` holds the conditions that changed; those left out stay. `lines` are the whole income, or None where the
    visit asked for none. Claims and cost paid that are not `stated_amounts` stay as they are on file.

    `visit_id` is an earlier visit that is gone on with, whoever made it: day and collector stay those of that visit.
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
    stated_amounts: frozenset[str] = AMOUNTS
    visit_id: UUID | None = None
    # Of who fills the form in, in clear; empty where it is not told, which leaves the one on file.
    collector_phone: str = ""


def record_visit(household_id: UUID, draft: VisitDraft, *, actor: Actor, version: int | None = None) -> Visit:
    """Record a visit with all that it confirmed and changed, or go on with one: that named, else one's own of that day.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "households.visit", actor=actor, version=version)
    _check(draft)
    _require_answers(household, draft, actor)
    years = years_confirmed(
        household, draft.confirmed, year=draft.year, named=draft.confirmed_from_year, on=_last_day(draft)
    )
    visit, changes = _visit_of(household, draft, years, actor)
    if VisitSection.MEMBERS in draft.confirmed:
        changes |= carry_members(household, visit, years[VisitSection.MEMBERS], on=_last_day(draft))
    changes |= _living(household, draft, years, visit)
    changes |= _income(household, draft, years, visit, actor)
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
    if draft.lines is None and any(getattr(draft, name) is not None for name in AMOUNTS & draft.stated_amounts):
        message = _("Claims and allowed cost stand beside the lines of income of the year. Enter the lines too.")
        raise DomainError("visit.claims_alone", message, field="claims_yuan")
    codes = {name: (scheme, draft.living.get(name) or "") for name, scheme in LIVING_CODES.items()}
    require_codes(codes, on=draft.visited_on)


def _last_day(draft: VisitDraft) -> date:
    return last_day_told(draft.year, period_end=draft.period_end, visited_on=draft.visited_on)


def _require_answers(household: Household, draft: VisitDraft, actor: Actor) -> None:
    """Refuse a tick alone for what is doubted: each doubt needs one of its facts entered, even if as before."""
    told = {name for name, value in draft.living.items() if value not in {None, ""}}
    answered: set[UUID] | None = None
    for one in visit_doubts(household, actor):
        asked = one.sections & set(draft.confirmed)
        if VisitSection.INCOME in asked:
            message = _("The income is questioned, so a tick does not do: %(doubt)s Ask, and enter the income.")
            raise DomainError("visit.doubted", message % {"doubt": one.text}, field="confirmed")
        if VisitSection.LIVING in asked and not one.fields & told:
            columns = (column for column in HouseholdYear._meta.concrete_fields if column.name in one.fields)
            names = ", ".join(str(column.verbose_name) for column in columns)
            message = _(
                "The living conditions are questioned, so a tick alone does not do: %(doubt)s Ask, and enter "
                "%(facts)s, as it was or as it is now."
            )
            text = message % {"doubt": one.text, "facts": names}
            raise DomainError("visit.doubted", text, field="confirmed")
        if VisitSection.MEMBERS in asked:
            answered = _members_asked(household, draft) if answered is None else answered
            if one.person_id not in answered:
                message = _(
                    "The facts of a member are questioned, so a tick alone does not do: %(doubt)s Ask, and record "
                    "the year on the page of the member, as it was or as it is now."
                )
                raise DomainError("visit.doubted", message % {"doubt": one.text}, field="confirmed")


def _members_asked(household: Household, draft: VisitDraft) -> set[UUID]:
    """Give the persons whose facts of the year were told on a visit of that day or the one that is gone on with."""
    visits = Visit.objects.filter(household=household, year=draft.year)
    visits = visits.filter(visited_on=draft.visited_on) if draft.visit_id is None else visits.filter(pk=draft.visit_id)
    return set(PersonYear.objects.filter(visit__in=visits, year=draft.year).values_list("person_id", flat=True))


def _known_visit(household: Household, draft: VisitDraft, actor: Actor) -> Visit | None:
    """Give the visit that is gone on with: the one that is named, else the actor's own of that day."""
    visits = Visit.objects.filter(household=household, year=draft.year)
    if draft.visit_id is None:
        own = visits.filter(visited_on=draft.visited_on, collector_id=actor.user_id)
        return own.first() if actor.user_id else None
    found = visits.filter(pk=draft.visit_id).first()
    if found is None:
        message = _("There is no such visit to this household that tells of this year.")
        raise DomainError("visit.of_nobody_here", message, field="visit_id")
    return found


def _visit_of(household: Household, draft: VisitDraft, years: Mapping[str, int], actor: Actor) -> tuple[Visit, Changes]:
    known = _known_visit(household, draft, actor)
    visit = known or Visit(
        household=household, scope_code=household.scope_code, year=draft.year, collector_id=actor.user_id
    )
    confirmed = sorted({*visit.confirmed_sections, *draft.confirmed})
    named = draft.confirmed_from_year if draft.confirmed else None
    if known and named and known.confirmed_from_year not in {None, named}:
        message = _("This visit confirmed facts of another year already. Confirm the rest from that year too.")
        raise DomainError("visit.other_year", message, field="confirmed")
    head = {
        "visited_on": draft.visited_on,
        "collector_name": draft.collector_name.strip() or visit.collector_name or _collector(actor),
    }
    if draft.visit_id is not None:
        head = {name: getattr(visit, name) for name in head}
    values = (
        head
        | _phone_of(draft, visit, actor)
        | {
            "source": draft.source.strip(),
            "period_start": draft.period_start or visit.period_start,
            "period_end": draft.period_end or visit.period_end,
            "confirmed_sections": confirmed,
            "confirmed_from_year": max([*years.values(), visit.confirmed_from_year or 0]) or None,
        }
    )
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


def _phone_of(draft: VisitDraft, visit: Visit, actor: Actor) -> dict[str, bytes]:
    """Give the telephone of who filled the form in, sealed, where one is told that is not on file already."""
    if not draft.collector_phone.strip():
        return {}
    phone = parse_phone(draft.collector_phone, field="collector_phone")
    index = blind_index(phone, Purpose.PHONE)
    if visit.collector_phone_index == index:
        return {}
    sealed = seal(phone, Purpose.PHONE, tenant_id=actor.tenant_id)
    return {"collector_phone_sealed": sealed, "collector_phone_index": index}


def _collector(actor: Actor) -> str:
    """Give the name of whoever is at work, which stands on the visit unless another one is named."""
    users = User.objects.filter(pk__in=[actor.user_id] if actor.user_id else [])
    return (users.values_list("name", flat=True).first() or actor.username)[:60] or "–"


def _living(household: Household, draft: VisitDraft, years: Mapping[str, int], visit: Visit) -> Changes:
    """Write the living conditions that changed, and carry on those that did not where this year does not know them."""
    confirms = VisitSection.LIVING in draft.confirmed
    if not confirms and not draft.living:
        return {}
    known = HouseholdYear.objects.filter(household=household, year=draft.year).first()
    # The database's own default is no value that could be compared before the row is saved.
    unknown = dict.fromkeys(LIVING_CODES, "")
    row = known or HouseholdYear(household=household, year=draft.year, scope_code=household.scope_code, **unknown)
    values = dict(draft.living)
    if confirms:
        values = carried_living(row, named=draft.confirmed_from_year) | values
    changes: Changes = {
        name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value
    }
    if changes or known is None:
        for name, value in values.items():
            setattr(row, name, value)
        row.visit = visit
        _save(row)
    return changes


def _income(household: Household, draft: VisitDraft, years: Mapping[str, int], visit: Visit, actor: Actor) -> Changes:
    lines, persons = draft.lines, draft.person_count
    if VisitSection.INCOME in draft.confirmed:
        # Lines that this year has already say more than a tick; they stay.
        if IncomeLine.objects.filter(household=household, year=draft.year).exists():
            return {}
        lines, earlier = earlier_lines(household, years[VisitSection.INCOME])
        persons = persons or earlier
    if lines is None:
        return {}
    if visit.period_start is None or visit.period_end is None or not persons:
        message = _("Income needs the period for which it is told, and how many persons live on it. Enter both.")
        raise DomainError("visit.period_missing", message, field="period_start")
    on_file = HouseholdYear.objects.filter(household=household, year=draft.year).values(*AMOUNTS).first() or {}
    amounts = {name: getattr(draft, name) if name in draft.stated_amounts else on_file.get(name) for name in AMOUNTS}
    income = IncomeDraft(
        household_id=household.id,
        year=draft.year,
        period_start=visit.period_start,
        period_end=visit.period_end,
        person_count=persons,
        lines=lines,
        source=visit.source,
        **amounts,
    )
    _found, changes = write_income([income], {household.id: household}, visits={household.id: visit}, actor=actor)
    return changes.get(household.id, {})


def _save(row: Visit | HouseholdYear) -> None:
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        raise constraint_refused(error) from error
