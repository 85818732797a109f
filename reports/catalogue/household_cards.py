"""Cards of households: one sheet for each, of one household or of a village."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.lib.errors import DomainError
from registry.lib.periods import LooseDate, Precision
from registry.tenancy.context import Actor
from reports.catalogue.asking import asked_about, notes_of
from reports.catalogue.base import Basis, Picture, Report, Subject, Theme
from reports.catalogue.identity import Identity
from reports.catalogue.register_list import Cells, Line, Making
from reports.definitions.layout import Column, Fields, Item, Layout, Sheet, Table, Value
from reports.definitions.register_columns import ListDefinition
from reports.definitions.text import Language, Text
from reports.enums import Format
from reports.queries.household_cards import FAMILIES, Lines, by_household
from reports.queries.place_names import PlaceNames
from reports.queries.register_rows import Statement, all_rows


class HouseholdCards(Report):
    """A card for each household of the picture: what is read of all is read once, however many they are."""

    basis = Basis.REGISTER
    subject = Subject.HOUSEHOLD
    right = "reports.view_cards"
    formats = (Format.XLSX, Format.PDF)
    theme = Theme.CARDS
    # What is read beside the families themselves, by name.
    read: ClassVar[dict[str, Statement]]

    @abstractmethod
    def card(self, family: Line, lines: dict[str, list[Line]], making: Making, picture: Picture) -> Sheet:
        """Lay out the card of one household from the lines that are its own."""

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        asked, title = asked_about(picture, actor=actor), self.title.in_language(language)
        identity = Identity(picture, actor=actor, report_title=title)
        making = Making(asked, identity, PlaceNames(), language)
        families = all_rows(FAMILIES, asked)
        if picture.household_id is not None and not families:
            raise DomainError(
                "report.household_not_counted",
                _("The register did not count this household on that day. Choose a later day."),
                field="as_of",
            )
        return Layout(
            report_id=self.id,
            title=title,
            as_of=picture.as_of,
            language=language,
            holds_persons=True,
            sheets=self._cards(families, making, picture),
            area_name=making.places.name(families[0]["village_code"] if families else picture.area_code),
            known_at=picture.known_at,
            file_name=self._file_name(families, picture, language),
        )

    def _cards(self, families: Sequence[Line], making: Making, picture: Picture) -> Iterator[Sheet]:
        found: dict[str, Lines] = {name: by_household(statement, making.asked) for name, statement in self.read.items()}
        notes = tuple(notes_of(self, picture, [FAMILIES, *self.read.values()], making.language))
        for family in families:
            lines = {name: rows.get(family["household_id"], []) for name, rows in found.items()}
            card = self.card(_dated(family), lines, making, picture)
            yield replace(card, notes=(*card.notes, *notes))

    def _file_name(self, families: Sequence[Line], picture: Picture, language: Language) -> str:
        """Name the file of one household by its number: a name of somebody stands in no name of a file."""
        if picture.household_id is None:
            return ""
        return f"{self.title.in_language(language)}-{families[0]['household_number']}-{picture.as_of.isoformat()}"


def _dated(family: Line) -> Line:
    """Give the days of which only the month is known as such."""
    return family | {
        "identified_on": loose(family["identified_on"], family["identified_precision"]),
        "monitored_on": loose(family["monitored_on"], family["monitored_precision"] or ""),
        "other_cause_codes": ",".join(family["other_cause_codes"]),
    }


def loose(on: date | None, precision: str) -> date | LooseDate | None:
    """Give a day, or its month where only that is known."""
    return LooseDate(on, Precision.MONTH) if on is not None and precision == Precision.MONTH else on


def fields_of(
    columns: Sequence[Column], values: Mapping[str, Any], *, title: Text | None = None, a_line: int = 4
) -> Fields:
    """Lay out values beside their labels."""
    items = tuple(
        Item(column.label, values[column.key], column.kind, column.scheme, column.labels) for column in columns
    )
    return Fields(items, 4, title)


def table_of_lines(
    key: str,
    columns: tuple[Column, ...],
    lines: Sequence[Line],
    making: Making,
    *,
    title: Text,
    total: tuple[Value, ...] | None = None,
) -> Table:
    """Lay out lines that were read already as a table."""
    cells = Cells(ListDefinition(title, columns), making)
    return Table(key, columns, [cells.row(_loosened(line)) for line in lines], total, title)


def _loosened(line: Line) -> dict[str, Any]:
    for name in ("starts", "birth"):
        if line.get(f"{name}_precision"):
            line = line | {f"{name}_on": loose(line[f"{name}_on"], line[f"{name}_precision"])}
    return line
