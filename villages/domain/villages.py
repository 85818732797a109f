"""Open villages, amend them, and record their years."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.gbcode import Level, check_code, level_of
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code
from villages.enums import PRIORITY_SCHEME
from villages.models import Village, VillageYear


class VillageChanges(TypedDict, total=False):
    """The fields of a village that may be amended; those left out stay."""

    name: str
    priority_codes: list[str]
    natural_village_count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageYearDraft:
    """What a village has and earns in one year; None means unknown. Units: yuan a year."""

    year: int
    has_water: bool | None = None
    has_electricity: bool | None = None
    has_road: bool | None = None
    has_telephone: bool | None = None
    has_internet: bool | None = None
    has_technology: bool | None = None
    has_education: bool | None = None
    has_culture: bool | None = None
    has_health: bool | None = None
    has_social_security: bool | None = None
    collective_income_yuan: Decimal | None = None


def open_villages(villages: Sequence[tuple[str, str]], *, actor: Actor) -> list[Village]:
    """Open villages from (division code, name) that are not on file yet, and give those opened.

    Raises: NotAllowed; DomainError for a missing name or a code that is no village's; NotFound for one outside the
    actor's area; Conflict when another opens it at the same moment.
    """
    require(actor, "villages.open")
    named = {code: _named(name) for code, name in villages}
    for code in named:
        _require_village_code(code, actor)
    known = set(Village.objects.filter(code__in=named).values_list("code", flat=True))
    opened = [Village(code=code, scope_code=code, name=name) for code, name in named.items() if code not in known]
    try:
        with savepoint():
            Village.objects.bulk_create(opened)
    except IntegrityError as error:
        message = _("Somebody else opens the same village at this moment. Load the list again.")
        raise Conflict("village.on_file", message, field="code") from error
    if opened:
        record("villages.open", actor=actor, count=len(opened), object_type="villages.village")
    return opened


def amend_village(village_id: UUID, changes: VillageChanges, *, actor: Actor, version: int) -> Village:
    """Write the changed fields of a village that is still at `version`.

    Locks: the village row. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    village = lock_version(Village.objects.all(), village_id, version)
    require(actor, "villages.amend", village)
    values = dict(changes)
    if "name" in changes:
        values["name"] = _named(changes["name"])
    for code in changes.get("priority_codes", []):
        require_code(PRIORITY_SCHEME, code, on=today(), field="priority_codes")
    changed = {
        name: (getattr(village, name), value) for name, value in values.items() if getattr(village, name) != value
    }
    if not changed:
        return village
    for name, (_before, value) in changed.items():
        setattr(village, name, value)
    village.touch().save(update_fields=[*changed, "version", "updated_at"])
    record("villages.amend", village, actor=actor, changes=changed)
    return village


def record_village_year(
    village_id: UUID, facts: VillageYearDraft, *, actor: Actor, version: int | None = None
) -> VillageYear:
    """Write the facts of a year of the village, new or in place of those stated before.

    Locks: the village row. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    village = lock_version(Village.objects.all(), village_id, version)
    require(actor, "villages.record_year", village)
    _check_year(facts)
    row = VillageYear.objects.filter(village=village, year=facts.year).first()
    is_new = row is None
    row = row or VillageYear(village=village, year=facts.year, scope_code=village.scope_code)
    names = [field.name for field in fields(facts)]
    changed = {
        name: (None if is_new else getattr(row, name), getattr(facts, name))
        for name in names
        if is_new or getattr(row, name) != getattr(facts, name)
    }
    if not changed:
        return row
    for name, (_before, value) in changed.items():
        setattr(row, name, value)
    row.save()
    village.touch().save(update_fields=["version", "updated_at"])
    record("villages.record_year", village, actor=actor, changes={**changed, "year": (facts.year, facts.year)})
    return row


def _named(given: str) -> str:
    name = clean(given)
    if not name:
        raise DomainError("village.name_missing", _("The name is missing. Enter the village's name."), field="name")
    return name


def _check_year(facts: VillageYearDraft) -> None:
    if not 2000 <= facts.year <= today().year:
        message = _("The year lies between 2000 and this year. Check the year.")
        raise DomainError("year.out_of_range", message, field="year")
    if facts.collective_income_yuan is not None and facts.collective_income_yuan < 0:
        message = _("The collective income is not negative. Check the amount.")
        raise DomainError("village.income_negative", message, field="collective_income_yuan")


def _require_village_code(code: str, actor: Actor) -> None:
    check_code(code, field="code")
    if level_of(code) != Level.VILLAGE:
        message = _("This is the code of a higher division. Give the 12 digits of the village.")
        raise DomainError("village.code_of_another_level", message, field="code")
    if not actor.covers(code):
        raise NotFound("village.not_found", _("The village lies outside your area. Choose one of your division."))
