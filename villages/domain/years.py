"""Record what a village has and earns in a year."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from villages.domain.days import require_year
from villages.models import PARTS, YEAR_FACTS, Village, VillageYear

Fact = bool | int | Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageYearDraft:
    """The ten facilities of a village and its income in one year; None means unknown. Units: yuan a year."""

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


def record_village_year(
    village_id: UUID, facts: VillageYearDraft, *, actor: Actor, version: int | None = None
) -> VillageYear:
    """Write facilities and income of a year of the village, new or in place of those stated before.

    The other facts of the year stay. Locks, Raises: as `record_village_facts`.
    """
    given: dict[str, Fact] = asdict(facts)
    year = facts.year
    return record_village_facts(
        village_id, year, {name: given[name] for name in given if name != "year"}, actor=actor, version=version
    )


def record_village_facts(
    village_id: UUID, year: int, facts: Mapping[str, Fact], *, actor: Actor, version: int | None = None
) -> VillageYear:
    """Write the named facts of a year of the village; those left out stay, and None empties one.

    Locks: the village row. Raises: NotFound, NotAllowed, StaleVersion; DomainError for an impossible year, a negative
    amount, or a part that is more than its whole; KeyError for a name that is no fact of a year.
    """
    village = lock_version(Village.objects.all(), village_id, version)
    require(actor, "villages.record_year", village)
    require_year(year)
    row = VillageYear.objects.filter(village=village, year=year).first()
    is_new = row is None
    row = row or VillageYear(village=village, year=year, scope_code=village.scope_code)
    changed = {
        name: (None if is_new else getattr(row, name), value)
        for name, value in _known(facts).items()
        if is_new or getattr(row, name) != value
    }
    if not changed:
        return row
    for name, (_before, value) in changed.items():
        setattr(row, name, value)
    _check(row)
    row.save()
    village.touch().save(update_fields=["version", "updated_at"])
    record("villages.record_year", village, actor=actor, changes={**changed, "year": (year, year)})
    return row


def _known(facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    unknown = set(facts) - set(YEAR_FACTS)
    if unknown:
        raise KeyError(f"No facts of a year: {', '.join(sorted(unknown))}")
    return facts


def _check(row: VillageYear) -> None:
    for name in YEAR_FACTS:
        value = getattr(row, name)
        if value is not None and not isinstance(value, bool) and value < 0:
            if name == "collective_income_yuan":
                message = _("The collective income is not negative. Check the amount.")
                raise DomainError("village.income_negative", message, field=name)
            raise DomainError("village.negative", _("The figure is not negative. Check it."), field=name)
    for part, whole in PARTS.items():
        part_value, whole_value = getattr(row, part), getattr(row, whole)
        if part_value is not None and whole_value is not None and part_value > whole_value:
            message = _("“%(part)s” is more than “%(whole)s”. Check both figures.")
            names = {"part": _label(part), "whole": _label(whole)}
            raise DomainError("village.part_above_whole", message % names, field=part)


def _label(name: str) -> str:
    return str(getattr(VillageYear._meta.get_field(name), "verbose_name", name))
