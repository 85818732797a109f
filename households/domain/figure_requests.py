"""Propose figures of a closed year, and carry out what a second person decided: facts of a year, and its income."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast
from uuid import UUID

from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from households.domain.amend import lock_person
from households.domain.change_opening import (
    Changes,
    nothing_differs,
    open_request,
    request_of,
    tell,
    tried,
)
from households.domain.closed_years import is_closed
from households.domain.drafts import YearDraft
from households.domain.facts import (
    PersonYearDraft,
    note_year,
    record_household_year,
    record_person_year,
    write_household_year,
    write_person_year,
)
from households.domain.income import IncomeDraft, LineDraft, write_income
from households.domain.locking import lock_household
from households.domain.visits import LIVING_CODES
from households.enums import ChangeKind
from households.models import ChangeRequest, Household, HouseholdYear, Person, PersonYear
from households.models.years import LIVING_FACTS
from households.queries.change_requests import figures_of, plain_of
from households.queries.income import told_lines
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor
from registry.tenancy.database import correction

_INCOME: Final = "income"
_FACTS: Final = "facts"
# What the difference leaves out: the year is that of the request, and a correction comes from no visit.
_SILENT: Final = frozenset({"year", "visit_id"})
_OF_INCOME: Final = ("period_start", "period_end", "person_count", "source", "claims_yuan", "self_paid_cost_yuan")
_YUAN: Final = frozenset({"quantity", "amount_yuan", "own_consumed_yuan"})
Living = dict[str, Any]


def propose_household_year(
    household_id: UUID,
    facts: YearDraft,
    *,
    actor: Actor,
    version: int | None,
    reason: str,
    living: Living | None = None,
) -> ChangeRequest:
    """Freeze other facts of a closed year of a household, for a second person to decide.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field.
    """
    household = lock_household(household_id, "households.record_year", actor=actor, version=version)
    _require_closed(facts.year)
    request = _request(household, facts.year, _FACTS, actor=actor, reason=reason)
    with correction():
        found = tried(lambda: write_household_year(household, facts, living or {})[1])
    return _freeze(request, found, actor=actor)


def propose_income(draft: IncomeDraft, *, actor: Actor, reason: str) -> ChangeRequest:
    """Freeze another income of a closed year with all its lines, for a second person to decide.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field.
    """
    household = lock_household(draft.household_id, "households.record_year", actor=actor, version=draft.version)
    _require_closed(draft.year)
    request = _request(household, draft.year, _INCOME, actor=actor, reason=reason)
    with correction():
        found = tried(lambda: _written_income(household, draft, actor))
    return _freeze(request, found, actor=actor)


def propose_person_year(
    person_id: UUID, facts: PersonYearDraft, *, actor: Actor, version: int | None, reason: str
) -> ChangeRequest:
    """Freeze other facts of a closed year of a person, for a second person to decide.

    Locks: the person row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field.
    """
    person = lock_person(person_id, actor=actor, version=version)
    _require_closed(facts.year)
    request = _request(person, facts.year, _FACTS, actor=actor, reason=reason)
    with correction():
        found = tried(lambda: write_person_year(person, facts, visit=None)[1])
    return _freeze(request, found, actor=actor)


def save_or_propose_household_year(
    household_id: UUID, facts: YearDraft, *, actor: Actor, version: int | None, reason: str = ""
) -> None:
    """Record the facts of a year; those of a closed one are proposed, and the door tells so.

    Locks: the household row. Raises: as `record_household_year` and `propose_household_year`.
    """
    if not (reason.strip() and is_closed(facts.year)):
        record_household_year(household_id, facts, actor=actor, version=version, reason=reason)
        return
    propose_household_year(household_id, facts, actor=actor, version=version, reason=reason)
    tell()


def save_or_propose_person_year(
    person_id: UUID,
    facts: PersonYearDraft,
    *,
    actor: Actor,
    version: int | None,
    reason: str = "",
    visit_id: UUID | None = None,
) -> None:
    """Record the facts of a person's year; those of a closed one are proposed, and the door tells so.

    A proposal is a correction and comes from no visit.

    Locks: the person row. Raises: as `record_person_year` and `propose_person_year`.
    """
    if not (reason.strip() and is_closed(facts.year)):
        record_person_year(person_id, facts, actor=actor, version=version, reason=reason, visit_id=visit_id)
        return
    propose_person_year(person_id, facts, actor=actor, version=version, reason=reason)
    tell()


def apply_figures(request: ChangeRequest, target: Person | Household, *, actor: Actor) -> None:
    """Write what was decided, exactly as it was shown, and note it as the record of a year.

    Part of a verb. Raises: Conflict `change.conflict` when the figures would come out otherwise than shown.
    """
    year = cast("int", request.year)
    with correction():
        written = _write(request, target, actor)
    if _frozen(request, written) != request.changes:
        message = _(
            "The figures would come out otherwise than they were shown, since what they follow from was changed. "
            "Compare with what is on file now, and then decide."
        )
        raise Conflict("change.conflict", message)
    verb = "households.record_person_year" if isinstance(target, Person) else "households.record_year"
    note_year(verb, target, year, dict(written), actor=actor, reason=request.reason)


def refreeze_figures(request: ChangeRequest, target: Person | Household, *, actor: Actor) -> None:
    """Freeze the difference anew from what is on file now; the request is not saved. Part of a verb."""
    with correction():
        found = tried(lambda: _write(request, target, actor))
    request.changes = _frozen(request, found)


def _require_closed(year: int) -> None:
    if not is_closed(year):
        message = _("The county has not closed this year. Record its facts and income directly.")
        raise DomainError("year.open", message, field="year")


def _request(row: Person | Household, year: int, way: str, *, actor: Actor, reason: str) -> ChangeRequest:
    request = request_of(ChangeKind.FIGURES, row, actor=actor, reason=reason)
    request.year, request.proposal = year, {"way": way}
    return request


def _freeze(request: ChangeRequest, found: Changes, *, actor: Actor) -> ChangeRequest:
    request.changes = _frozen(request, found)
    if not request.changes:
        raise nothing_differs()
    return open_request(request, found, actor=actor)


def _frozen(request: ChangeRequest, found: Changes) -> dict[str, list[Any]]:
    """Give a difference as the request keeps it: what was unknown and stays so is none."""
    model = PersonYear if request.person_id is not None else HouseholdYear
    pairs = {
        name: [plain_of(model, name, before), plain_of(model, name, after)]
        for name, (before, after) in found.items()
        if name not in _SILENT
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _write(request: ChangeRequest, target: Person | Household, actor: Actor) -> Changes:
    """Write what the request proposes over what is on file now."""
    year = cast("int", request.year)
    row = figures_of(request)
    after = {name: pair[1] for name, pair in request.changes.items()}
    if isinstance(target, Person):
        return write_person_year(target, _person_facts(row, year, after), visit=None)[1]
    if request.proposal.get("way") == _INCOME:
        return _written_income(target, _income(target, row, year, after), actor)
    names = [field.name for field in fields(YearDraft)]
    values = {name: _value(HouseholdYear, row, name, after) for name in names if name != "year"}
    living = {name: _value(HouseholdYear, row, name, after) for name in after if name in _LIVING}
    return write_household_year(target, YearDraft(year=year, **values), living)[1]


_LIVING: Final = frozenset({*LIVING_FACTS, *LIVING_CODES}) - {field.name for field in fields(YearDraft)}


def _written_income(household: Household, draft: IncomeDraft, actor: Actor) -> Changes:
    _found, changes = write_income([draft], {household.id: household}, visits={}, actor=actor)
    return changes.get(household.id, {})


def _value(
    model: type[HouseholdYear | PersonYear], row: HouseholdYear | PersonYear | None, name: str, after: dict[str, Any]
) -> Any:  # noqa: ANN401  (the value of any column)
    field: Field[Any, Any] = cast("Field[Any, Any]", model._meta.get_field(name))
    if name in after:
        return field.to_python(after[name])
    return field.get_default() if row is None else getattr(row, name)


def _person_facts(row: HouseholdYear | PersonYear | None, year: int, after: dict[str, Any]) -> PersonYearDraft:
    names = [field.name for field in fields(PersonYearDraft) if field.name != "year"]
    values = {name: _value(PersonYear, row, name, after) for name in names}
    return PersonYearDraft(year=year, **values | {"health_codes": tuple(values["health_codes"])})


def _income(
    household: Household, row: HouseholdYear | PersonYear | None, year: int, after: dict[str, Any]
) -> IncomeDraft:
    lines = after["lines"] if "lines" in after else told_lines(household.id, year)
    values = {name: _value(HouseholdYear, row, name, after) for name in _OF_INCOME}
    return IncomeDraft(
        household_id=household.id,
        year=year,
        lines=tuple(_line(line) for line in lines),
        **values | {name: cast("date", values[name]) for name in ("period_start", "period_end")},
    )


def _line(told: dict[str, Any]) -> LineDraft:
    values: dict[str, Any] = {name: Decimal(value) if name in _YUAN else value for name, value in told.items()}
    return LineDraft(**values)
