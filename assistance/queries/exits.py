"""Whether a village may exit: each condition with its value, where it came from, and its threshold with the source."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.models import ExitStandard, VillageExit
from households.enums import HouseholdStatus
from households.models import HouseholdSpell, Membership
from households.queries.history import covering
from registry.lib.errors import NotFound
from villages.models import YEAR_FACTS, Village, VillageYear
from villages.queries.villages import find_village

POOR: Final = (HouseholdStatus.FILED, HouseholdStatus.RETURNED)
RATIO: Final = "poverty_ratio"
INCOME: Final = "collective_income_yuan"
# What is asked of a village's year as yes or no, and as a count.
YES_NO: Final = tuple(name for name in YEAR_FACTS if isinstance(VillageYear._meta.get_field(name), models.BooleanField))
COUNTS: Final = tuple(
    name for name in YEAR_FACTS if isinstance(VillageYear._meta.get_field(name), models.PositiveIntegerField)
)
# Where a fact came from: the yearly form, or the name of a source of an app above.
FORM: Final = "form"
_FOUR_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class FactSource:
    """What an app above knows of a fact of a village's year, where the form says nothing of it."""

    name: str
    label: str | Promise
    value_of: Callable[[Village, int], Decimal | None]


_sources: Final[dict[str, FactSource]] = {}


def enter_fact_source(fact: str, source: FactSource) -> None:
    """Enter what tells a fact that the yearly forms leave out; one source a fact."""
    _sources[fact] = source


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard that holds for a year; `is_own` tells whether the county wrote it."""

    from_year: int
    poverty_ratio_below: Decimal
    collective_income_least_yuan: Decimal
    needed_facts: tuple[str, ...]
    zero_facts: tuple[str, ...]
    source: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the check. `is_met` is None where nothing is known; `facts_of` is the year that told the value.

    `told_by` says where it came from: the form, or the name of a source of an app above.
    """

    fact: str
    comparison: str
    threshold: Decimal | None
    value: Decimal | int | bool | None
    is_met: bool | None
    facts_of: int | None
    source: str
    told_by: str = FORM


@dataclass(frozen=True, slots=True)
class ExitCheck:
    """The check of a village as of a day."""

    checked_on: date
    poor_household_count: int
    poor_person_count: int
    rural_person_count: int | None
    standard: Standard
    conditions: tuple[Condition, ...]

    @property
    def may_exit(self) -> bool:
        """Tell whether every condition is known and met."""
        return all(condition.is_met for condition in self.conditions)


@cache
def shipped_standard() -> Standard:
    """Read the standard that holds where a county wrote none."""
    given: dict[str, Any] = tomllib.loads(
        files("assistance").joinpath("data/exit_standard.toml").read_text(encoding="utf-8")
    )
    return Standard(
        given["from_year"],
        Decimal(given["poverty_ratio_below"]),
        Decimal(given["collective_income_least_yuan"]),
        tuple(given["needed_facts"]),
        tuple(given["zero_facts"]),
        given["source"],
        is_own=False,
    )


def standard_of(year: int) -> Standard:
    """Give the standard of a year: the county's latest that has begun, else the one shipped."""
    row = ExitStandard.objects.filter(from_year__lte=year).order_by("-from_year").first()
    if row is None:
        return shipped_standard()
    return Standard(
        row.from_year,
        row.poverty_ratio_below,
        row.collective_income_least_yuan,
        tuple(row.needed_facts),
        tuple(row.zero_facts),
        row.source,
        is_own=True,
    )


def exit_check(village: Village, on: date) -> ExitCheck:
    """Check a village as of a day, by four queries.

    Poor are the members of that day of the households that were filed and not lifted, or had returned, in the village
    on that day. Registered rural persons and all other facts are those of the year of the day, or of the year before
    where that one says nothing. The collective income is that of the collective's ledger where neither form has one.

    Units: the incidence is a ratio, rounded half up to four places; the comparison is exact.
    """
    standard = standard_of(on.year)
    years = list(VillageYear.objects.filter(village=village, year__in=(on.year, on.year - 1)).order_by("-year"))
    spells = HouseholdSpell.objects.filter(covering(on), village_code=village.code, status__in=POOR)
    in_poor = spells.filter(household_id=OuterRef("household_id"), tenant_id=OuterRef("tenant_id"))
    poor = Membership.objects.filter(covering(on)).filter(Exists(in_poor)).count()
    persons, told_by = _known("person_count", years)
    conditions = (_incidence(poor, persons, told_by, standard), *_facts(village, on.year, years, standard))
    return ExitCheck(on, spells.count(), poor, persons, standard, conditions)


def _incidence(poor: int, persons: int | None, told_by: int | None, standard: Standard) -> Condition:
    ratio = Decimal(poor) / persons if persons else None
    below = standard.poverty_ratio_below
    shown = ratio.quantize(_FOUR_PLACES, rounding="ROUND_HALF_UP") if ratio is not None else None
    is_met = None if ratio is None else ratio < below
    return Condition(RATIO, "below", below, shown, is_met, told_by, standard.source)


def _facts(village: Village, on_year: int, years: list[VillageYear], standard: Standard) -> Iterator[Condition]:
    source, least = standard.source, standard.collective_income_least_yuan
    income, year, told_by = _income(village, on_year, years)
    is_met = None if income is None else income >= least
    yield Condition(INCOME, "at_least", least, income, is_met, year, source, told_by)
    for name in standard.needed_facts:
        value, year = _known(name, years)
        yield Condition(name, "yes", None, value, value, year, source)
    for name in standard.zero_facts:
        value, year = _known(name, years)
        yield Condition(name, "zero", Decimal(0), value, None if value is None else value == 0, year, source)


def _income(village: Village, on_year: int, years: list[VillageYear]) -> tuple[Decimal | None, int | None, str]:
    """Give the collective income, of the forms before the ledger, with its year and where it came from."""
    stated, year = _known(INCOME, years)
    ledger = _sources.get(INCOME)
    if stated is not None or ledger is None:
        return stated, year, FORM
    for year in (on_year, on_year - 1):
        booked = ledger.value_of(village, year)
        if booked is not None:
            return booked, year, ledger.name
    return None, None, FORM


def told_by_label(told_by: str) -> str:
    """Give the words of where a fact came from; nothing for the form, and for a source that is no more."""
    return next((str(source.label) for source in _sources.values() if source.name == told_by), "")


def _known(name: str, years: list[VillageYear]) -> tuple[Any, int | None]:
    """Give a fact with the year that told it, from the latest of the years that says something."""
    for row in years:
        value = getattr(row, name)
        if value is not None:
            return value, row.year
    return None, None


def label_of(fact: str) -> str:
    """Give the words of a fact."""
    if fact == RATIO:
        return str(_("poverty incidence"))
    return str(getattr(VillageYear._meta.get_field(fact), "verbose_name", fact))


def check_of(village_id: UUID, on: date) -> ExitCheck:
    """Check the village of that id as of a day. Raises: NotFound."""
    return exit_check(find_village(village_id), on)


def exits_on_list() -> "QuerySet[VillageExit]":
    """Give the decisions in scope, the latest first."""
    return VillageExit.objects.select_related("village").order_by("-checked_on", "-id")


def exit_rows(rows: "QuerySet[VillageExit]") -> "QuerySet[Any, Any]":
    """Give the columns of decisions."""
    found: QuerySet[Any, Any] = rows.values(
        "id", "village_id", "checked_on", "is_exit", "poor_person_count", "rural_person_count", "reason", "conditions",
        "decided_at", village_code=F("scope_code"),
    )  # fmt: skip
    return found


def standard_rows() -> "QuerySet[Any, Any]":
    """Give the columns of the county's standards."""
    rows: QuerySet[Any, Any] = ExitStandard.objects.values(
        "id", "from_year", "poverty_ratio_below", "collective_income_least_yuan", "needed_facts", "zero_facts",
        "source", "version",
    )  # fmt: skip
    return rows


def find_standard(standard_id: UUID) -> ExitStandard:
    """Give one standard. Raises: NotFound."""
    row = ExitStandard.objects.filter(pk=standard_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row
