"""Record the facts of a year: income and living conditions of a household, schooling, health and work of a person."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.drafts import YearDraft
from households.domain.locking import lock_household
from households.domain.person_facts import PersonFacts, check_facts
from households.domain.refusals import constraint_refused
from households.domain.visits import LIVING_CODES
from households.models import Household, HouseholdYear, Membership, Person, PersonYear, Visit
from households.models.years import INCOME_CLASSES
from households.queries.income import lines_of
from households.queries.visibility import persons_visible_to
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.money import net_per_head
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_codes

Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonYearDraft(PersonFacts):
    """The facts of one year of a person; empty means unknown."""

    year: int


def net_per_head_of(facts: YearDraft) -> Decimal | None:
    """Give the net income per person: declared, or computed where all classes, cost and persons are known.

    Raises: DomainError `money.no_persons` for a household without persons.
    """
    if facts.is_declared:
        return facts.net_per_head_yuan
    wage, business, assets, transfer = (getattr(facts, name) for name in INCOME_CLASSES)
    cost, person_count = facts.business_cost_yuan, facts.person_count
    if cost is None or person_count is None or None in {wage, business, assets, transfer}:
        return None
    return net_per_head(
        wage=wage, business=business, assets=assets, transfer=transfer, cost=cost, person_count=person_count
    )


def record_household_year(
    household_id: UUID,
    facts: YearDraft,
    *,
    actor: Actor,
    version: int | None = None,
    reason: str = "",
    living: Mapping[str, Any] | None = None,
    stated: Collection[str] | None = None,
) -> HouseholdYear:
    """Write the facts of a year of the household, new or in place of those stated before.

    `stated` names the facts that were stated, where not all of them were: those left out stay, but that a stated class
    of income ends a declared figure, and a declared figure the classes. `living` are further living conditions by
    column; those left out stay. The net income follows from the classes; only a declared one is taken as given.
    Locks: the household row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "households.record_year", actor=actor, version=version)
    row, changes = write_household_year(household, facts, living or {}, stated=stated)
    note_year("households.record_year", household, facts.year, changes, actor=actor, reason=reason)
    return row


def write_household_year(
    household: Household, facts: YearDraft, living: Mapping[str, Any], *, stated: Collection[str] | None = None
) -> tuple[HouseholdYear, Changes]:
    """Write the facts of a year of a locked household and give what changed; the caller notes it.

    `stated` as of `record_household_year`.

    Part of a verb. Raises: Conflict, DomainError.
    """
    _require_year(facts.year)
    known = HouseholdYear.objects.filter(household=household, year=facts.year).first()
    row = known or HouseholdYear(household=household, year=facts.year, scope_code=household.scope_code)
    if stated is not None:
        facts = _with_facts_left_out(facts, row, stated)
    values = {**living, **asdict(facts), "net_per_head_yuan": net_per_head_of(facts)}
    require_codes({name: (scheme, values.get(name) or "") for name, scheme in LIVING_CODES.items()}, on=today())
    _keep_to_lines(row, values)
    return row, _write(row, values, is_new=known is None)


def _with_facts_left_out(facts: YearDraft, row: HouseholdYear, stated: Collection[str]) -> YearDraft:
    """Give the facts with those that were left out as they are on file."""
    kept = {name: getattr(row, name) for name in asdict(facts) if name not in stated and name != "year"}
    classes = (*INCOME_CLASSES, "business_cost_yuan")
    if "is_declared" in kept and any(getattr(facts, name) is not None for name in classes if name in stated):
        kept["is_declared"] = False
    if kept.get("is_declared", facts.is_declared):
        kept |= {name: None for name in classes if name in kept}
    return replace(facts, **kept)


def _keep_to_lines(row: HouseholdYear, values: dict[str, Any]) -> None:
    """Refuse figures that contradict the lines of the year: they follow from the lines, and the lines are recorded."""
    figures = (*INCOME_CLASSES, "business_cost_yuan", "net_per_head_yuan", "person_count", "period_start", "period_end")
    if any(values[name] != getattr(row, name) for name in figures) and lines_of(row.household_id, row.year).exists():
        message = _("The income of this year is recorded line by line. Change its lines; the classes follow from them.")
        raise Conflict("income.has_lines", message, field="year")


def record_person_year(
    person_id: UUID,
    facts: PersonYearDraft,
    *,
    actor: Actor,
    version: int | None = None,
    reason: str = "",
    visit_id: UUID | None = None,
    stated: Collection[str] | None = None,
) -> PersonYear:
    """Write the facts of a year of the person, new or in place of those stated before.

    `stated` names the facts that were stated, where not all of them were: those left out stay.
    They come from the visit that is named, else from the actor's own visit of this day to the person's household that
    tells of the year; facts that change outside a visit are no longer of the one before. Locks: the person row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    person = lock_version(persons_visible_to(actor), person_id, version)
    require(actor, "households.record_year", person)
    visit = _visit_of(person, facts.year, visit_id, actor)
    row, changes = write_person_year(person, facts, visit=visit, stated=stated)
    note_year("households.record_person_year", person, facts.year, changes, actor=actor, reason=reason)
    return row


def write_person_year(
    person: Person, facts: PersonYearDraft, *, visit: Visit | None, stated: Collection[str] | None = None
) -> tuple[PersonYear, Changes]:
    """Write the facts of a year of a locked person and give what changed; the caller notes it.

    `stated` as of `record_person_year`.

    Part of a verb. Raises: Conflict, DomainError.
    """
    _require_year(facts.year)
    known = PersonYear.objects.filter(person=person, year=facts.year).first()
    row = known or PersonYear(person=person, year=facts.year, scope_code=person.scope_code)
    if known is not None and stated is not None:
        kept = {name: getattr(row, name) for name in asdict(facts) if name not in stated and name != "year"}
        facts = replace(facts, **kept)
    check_facts(facts, on=today())
    values = asdict(facts) | {"health_codes": list(facts.health_codes)}
    if known is None or visit is not None or any(getattr(row, name) != value for name, value in values.items()):
        values["visit_id"] = visit and visit.id
    return row, _write(row, values, is_new=known is None)


def _visit_of(person: Person, year: int, visit_id: UUID | None, actor: Actor) -> Visit | None:
    """Give the visit that tells the facts: the one that is named, else the actor's own of today, if there is one."""
    households = Membership.objects.filter(person=person).values("household_id")
    visits = Visit.objects.filter(household__in=households, year=year)
    if visit_id is None:
        own = visits.filter(collector_id=actor.user_id, visited_on=today()) if actor.user_id else visits.none()
        return own.order_by("-id").first()
    found = visits.filter(pk=visit_id).first()
    if found is None:
        message = _("There is no such visit to a household of this person that tells of this year.")
        raise DomainError("visit.of_nobody_here", message, field="visit_id")
    return found


def _require_year(year: int) -> None:
    if year > today().year:
        raise DomainError(
            "year.in_future", _("The year has not begun yet. Enter this year or an earlier one."), field="year"
        )


def _write(row: TenantModel, values: dict[str, Any], *, is_new: bool) -> Changes:
    """Save what differs and say it."""
    changes = {
        name: (None if is_new else getattr(row, name), value)
        for name, value in values.items()
        if is_new or getattr(row, name) != value
    }
    if not changes:
        return changes
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        raise constraint_refused(error) from error
    return changes


def note_year(verb: str, owner: Household | Person, year: int, changes: Changes, *, actor: Actor, reason: str) -> None:
    """Count the version of the owner up and audit, where something changed. Part of a verb."""
    if not changes:
        return
    owner.touch().save(update_fields=["version", "updated_at"])
    record(verb, owner, actor=actor, changes={**changes, "year": (year, year)}, reason=reason)
