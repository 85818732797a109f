"""What a report of the catalogue is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from registry.tenancy.context import Actor
from reports.definitions.layout import Layout
from reports.definitions.text import Language, Text


class Basis(StrEnum):
    """Where a report reads: the frozen facts of a snapshot, or the register with its history."""

    SNAPSHOT = "snapshot"
    REGISTER = "register"


class Subject(StrEnum):
    """What one making of a report is about: an area (county, township, village), or one household."""

    AREA = "area"
    HOUSEHOLD = "household"


class Format(StrEnum):
    """The files that a report can be had as."""

    XLSX = "xlsx"
    PDF = "pdf"
    CSV = "csv"
    PARQUET = "parquet"
    HTML = "html"


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
    """Give the catalogue in the order of entry."""
    return dict(_reports)
