"""A list of the register as a report: a statement, its columns, and what each cell shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from typing_extensions import override

from registry.tenancy.context import Actor
from reports.catalogue.asking import asked_about, notes_of
from reports.catalogue.base import Basis, Picture, Report
from reports.catalogue.identity import Identity
from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table, Value
from reports.definitions.register_columns import ListDefinition
from reports.definitions.text import Language, Text
from reports.queries.place_names import PlaceNames, WorkPlaces
from reports.queries.register_rows import Asked, Statement, rows_of, sums_of

Line = dict[str, Any]
Follows = Callable[[Line, PlaceNames, Language], Line]


@dataclass(frozen=True, slots=True)
class ListPart:
    """A sheet of a list: what stands in it, and the statement of its rows."""

    key: str
    definition: ListDefinition
    statement: Statement


@dataclass(frozen=True, slots=True)
class Making:
    """What the making of a report holds on to: what it is asked, who may see what, names, and the language."""

    asked: Asked
    identity: Identity
    places: PlaceNames
    language: Language
    follows: Follows = lambda _line, _places, _language: {}


class RegisterList(Report):
    """A report whose sheets are lists, the rows of each those of one statement over the register.

    Places, sealed values and places of work are shown by their column's key, all others as the statement gives them.
    """

    basis = Basis.REGISTER

    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        """Give the sheets; a list whose sheets follow from who asks gives them in its `layout`."""
        return ()

    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        """Give what the statements are asked; a list with choices adds theirs."""
        return asked_about(picture, actor=actor)

    def follows(self, line: Line, places: PlaceNames, language: Language) -> Line:
        """Give further values of a line that follow from those selected."""
        return {}

    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        """Give the title of a sheet."""
        return title.in_language(language)

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        return self.laid_out(picture, actor, language, self.follows, self.parts(picture))

    def laid_out(
        self, picture: Picture, actor: Actor, language: Language, follows: Follows, parts: tuple[ListPart, ...]
    ) -> Layout:
        """Lay the sheets out, with what follows from each line."""
        making = Making(
            self.asked(picture, actor=actor),
            Identity(picture, actor=actor, report_title=self.title.in_language(language)),
            PlaceNames(),
            language,
            follows,
        )
        return Layout(
            report_id=self.id,
            title=self.heading(picture, self.title, language),
            as_of=picture.as_of,
            language=language,
            holds_persons=self.holds_persons,
            sheets=(self._sheet(part, picture, making) for part in parts),
            area_name=making.places.name(picture.area_code),
            known_at=picture.known_at,
        )

    def _sheet(self, part: ListPart, picture: Picture, making: Making) -> Sheet:
        definition, language = part.definition, making.language
        return Sheet(
            key=part.key,
            name=definition.name or definition.title,
            title=self.heading(picture, definition.title, language),
            parts=(table_of(part, making),),
            unit=definition.unit,
            notes=(
                *(note.in_language(language) for note in definition.notes),
                *notes_of(self, picture, [part.statement], language),
            ),
            signatures=definition.signatures,
        )


def table_of(part: ListPart, making: Making) -> Table:
    """Make the table of a list; its rows are read when it is rendered, its sums before."""
    definition, cells = part.definition, Cells(part.definition, making)
    sums = sums_of(part.statement, definition.added_up, making.asked) if definition.added_up else {}
    return Table(
        key=part.key,
        columns=definition.columns,
        rows=(cells.row(line) for line in rows_of(part.statement, making.asked)),
        total=total_row(definition, sums, making.language) if sums else None,
    )


def total_row(definition: ListDefinition, sums: Line, language: Language) -> Row:
    """Write the sums below their columns, and the word before them."""
    word: Value = "Total" if language == "en" else "合计"
    below = [_whole(sums.get(column.key), column) for column in definition.columns]
    return (word, *below[1:])


def _whole(total: Decimal | int | None, column: Column) -> Value:
    """Give a sum of counts as a whole number: the database adds those up as decimals."""
    return int(total) if total is not None and column.kind is CellKind.COUNT else total


class Cells:
    """What stands in the cells of a line: names of places, masks, and the values themselves."""

    def __init__(self, definition: ListDefinition, making: Making) -> None:
        """Read the names that the columns need."""
        self._keys = tuple(column.key for column in definition.columns)
        self._making = making
        self._work = WorkPlaces(_work_codes(making.asked)) if "work_place" in self._keys else None

    def row(self, line: Line) -> Row:
        """Give a line as the cells of a row."""
        shown = (
            line
            | self._named(line)
            | self._sealed(line)
            | self._making.follows(line, self._making.places, self._making.language)
        )
        return tuple(_plain(shown[key]) for key in self._keys)

    def _named(self, line: Line) -> Line:
        named: Line = {}
        if "village_code" in line:
            named |= dict(zip(_PLACES, self._making.places.of(line["village_code"]), strict=True))
        if self._work is not None:
            named["work_place"] = self._work.of(line["division_code"] or "")
        return named

    def _sealed(self, line: Line) -> Line:
        shown: Line = {}
        if "document" in self._keys:
            person = (line["document_sealed"], line["person_id"], line["person_scope"])
            shown["document"] = self._making.identity.document(*person)
        if "helper_phone" in self._keys:
            helper = (line["helper_phone_sealed"], line["helper_id"], line["helper_scope"])
            shown["helper_phone"] = self._making.identity.helper_phone(*helper)
        return shown


_PLACES: Final = ("county", "township", "village")


def _plain(value: Any) -> Value:  # noqa: ANN401  (a value of the database)
    """Give several codes as one text, and all else as it is."""
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    plain: str | int | date | None = value
    return plain


_WORK_CODES: Final = Statement(
    "SELECT DISTINCT division_code FROM households_workrecord WHERE tenant_id = %(tenant)s AND division_code <> ''",
    ("households_workrecord",),
)


def _work_codes(asked: Asked) -> Iterator[str]:
    return (row["division_code"] for row in rows_of(_WORK_CODES, asked))
