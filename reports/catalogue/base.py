"""What a report of the catalogue is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from registry.lib.gbcode import Level, level_of
from registry.tenancy.context import Actor
from reports.definitions.layout import Layout
from reports.definitions.text import Language, Text
from reports.enums import Format

# The option that says that sealed columns stand in a report in full.
REVEALED: Final = "reveal"
# The choice of figures down to villages.
DEPTH: Final = "depth"
BY_VILLAGE: Final = "village"
# The option that says to which sector the rows of a sector clerk's report were cut.
SECTOR: Final = "sector"


class Basis(StrEnum):
    """Where a report reads: the frozen facts of a snapshot, or the register with its history."""

    SNAPSHOT = "snapshot"
    REGISTER = "register"


class Subject(StrEnum):
    """What one making of a report is about: an area (county, township, village), or one household."""

    AREA = "area"
    HOUSEHOLD = "household"


class Theme(StrEnum):
    """Under which heading a report stands on the page of the catalogue."""

    ACCOUNT = "account"
    PERSONS = "persons"
    COVERAGE = "coverage"
    VILLAGES = "villages"
    NOTICES = "notices"
    CARDS = "cards"
    REGISTER = "register"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that a report offers: one of `values`, or with none of them a day written like 2020-12-31.

    The first value counts where nothing is chosen; a day must be given when it `is_needed`. With `names` it is the id
    of a record of that kind instead.
    """

    key: str
    label: Text
    values: tuple[tuple[str, Text], ...] = ()
    is_needed: bool = False
    names: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a report is asked about: the day, what was known, and the area or household.

    `snapshot_id` names the frozen facts for reports of that basis. `known_at` is None for "as known now"; of a frozen
    period it is the moment of its freeze. `area_code` has 12 digits. `options` are the choices that the report offers.
    """

    as_of: date
    area_code: str
    known_at: datetime | None = None
    snapshot_id: UUID | None = None
    period_id: UUID | None = None
    household_id: UUID | None = None
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """Give a choice by its name."""
        return dict(self.options).get(name, default)


class Report(ABC):
    """A report of the catalogue: identifier, title, right, and what it lays out."""

    id: ClassVar[str]
    title: ClassVar[Text]
    # The action that a person must be allowed, of `reports/rules.py`.
    right: ClassVar[str]
    basis: ClassVar[Basis]
    subject: ClassVar[Subject] = Subject.AREA
    # Whether names, numbers or single households stand in it: such a report is never attached to a mail.
    holds_persons: ClassVar[bool] = True
    formats: ClassVar[tuple[Format, ...]] = (Format.XLSX, Format.PDF, Format.CSV, Format.PARQUET)
    theme: ClassVar[Theme] = Theme.REGISTER
    # What the asker may choose besides day, area and format; the values come back in `Picture.options`.
    choices: ClassVar[tuple[Choice, ...]] = ()
    # Whether sealed columns stand in it, which are masked unless the asker reveals them with a reason.
    has_sealed: ClassVar[bool] = False
    # The report that lists what its figures count, by the same picture: its cells lead there.
    list_id: ClassVar[str] = ""
    # The level of the areas that one making is about, where that is not any: a notice hangs in one village.
    area_level: ClassVar[Level | None] = None
    # The further right that figures of single villages need, by choice or because the area is one, and the one that
    # they need by choice: few households may be enough to tell who is meant.
    village_right: ClassVar[str] = ""
    depth_right: ClassVar[str] = ""
    # Whether of a period it is made once, and its figures are kept in a run of their own kind.
    keeps_figures: ClassVar[bool] = False

    def check(self, picture: Picture, *, actor: Actor) -> None:  # noqa: B027  (most reports refuse nothing)
        """Refuse what this report cannot be asked about. Raises: DomainError that names the field."""

    def further_rights(self, picture: Picture) -> tuple[str, ...]:
        """Name the rights that this making needs beside the report's own."""
        by_choice = picture.option(DEPTH) == BY_VILLAGE
        of_village = by_choice or (bool(picture.area_code) and level_of(picture.area_code) == Level.VILLAGE)
        asked = ((self.village_right, of_village), (self.depth_right, by_choice))
        return tuple(right for right, is_needed in asked if right and is_needed)

    @abstractmethod
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        """Lay the report out; called in the actor's scope, whose rows alone it can read."""


_reports: dict[str, Report] = {}


def enter(report: type[Report]) -> type[Report]:
    """Enter a report in the catalogue; used as a decorator."""
    if report.id in _reports:
        raise ValueError(f"The report {report.id} is entered twice.")
    _reports[report.id] = report()
    return report


def reports() -> dict[str, Report]:
    """Give the catalogue, theme by theme and in each in the order of entry."""
    order = list(Theme)
    return {report.id: report for report in sorted(_reports.values(), key=lambda report: order.index(report.theme))}
