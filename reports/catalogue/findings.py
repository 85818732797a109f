"""The findings of the rules: counted, and listed with a sheet (as CSV: a file) for each rule."""

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from typing import Final

from django.utils import translation
from typing_extensions import override

from quality.definitions.rules import rules
from quality.queries.parameters import figures_of
from quality.queries.sentences import remedy_of, wrong_of
from registry.enums import Role
from registry.tenancy.context import Actor
from reports.catalogue.asking import asked_about, notes_of
from reports.catalogue.base import Picture, enter
from reports.catalogue.identity import Identity
from reports.catalogue.register_list import Cells, Line, ListPart, Making, RegisterList
from reports.definitions import findings as definitions
from reports.definitions.layout import Layout, Sheet, Table
from reports.definitions.text import Language, Text
from reports.queries import findings as queries
from reports.queries.place_names import PlaceNames
from reports.queries.register_rows import Asked, rows_of

# The sheet of the lists that came from above, which no rule of ours names.
_NO_RULE: Final = "from_above"


class Sentences:
    """What each rule says, with the county's figures of a year, in one language."""

    def __init__(self, year: int, language: Language) -> None:
        """Note the year and the language."""
        self._year, self._language = year, language

    def wrong(self, code: str) -> str:
        """Say what is wrong; a rule that is gone is named by its code."""
        return self._said(code)[0]

    def remedy(self, code: str) -> str:
        """Say how it is put right."""
        return self._said(code)[1]

    def _said(self, code: str) -> tuple[str, str]:
        above = definitions.FROM_ABOVE.in_language(self._language)
        return self._all.get(code, (code or above, ""))

    @cached_property
    def _all(self) -> dict[str, tuple[str, str]]:
        figures = figures_of({self._year})
        with translation.override(self._language):
            return {
                code: (wrong_of(rule, figures(code, self._year)), remedy_of(rule, figures(code, self._year)))
                for code, rule in rules().items()
            }


def _asked(picture: Picture, actor: Actor) -> Asked:
    """Narrow to the sector of a sector clerk; one without a sector has none."""
    sector = actor.sector or "-" if actor.role == Role.SECTOR_CLERK else None
    return asked_about(picture, actor=actor).beside(sector=sector)


@enter
class FindingCounts(RegisterList):
    """How many findings each rule has on the day, and how many were settled in its year."""

    id = "finding-counts"
    title = definitions.COUNTS.title
    right = "reports.view_findings"
    holds_persons = False

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.COUNTS, queries.COUNTS),)

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        return _asked(picture, actor)

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        sentences = Sentences(picture.as_of.year, language)

        def told(line: Line, _places: PlaceNames, _language: Language) -> Line:
            return {"rule_title": sentences.wrong(line["rule_code"])}

        return self.laid_out(picture, actor, language, told, self.parts(picture))


@enter
class FindingLines(RegisterList):
    """The open findings of the day, a sheet for each rule."""

    id = "finding-lines"
    title = definitions.LINES.title
    right = "reports.view_findings"

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.LINES, queries.LINES),)

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        sentences = Sentences(picture.as_of.year, language)

        def told(line: Line, _places: PlaceNames, _language: Language) -> Line:
            code = line["rule_code"]
            return {"rule_title": sentences.wrong(code), "remedy": sentences.remedy(code)}

        title = self.title.in_language(language)
        identity = Identity(picture, actor=actor, report_title=title)
        making = Making(_asked(picture, actor), identity, PlaceNames(), language, told)
        return Layout(
            report_id=self.id,
            title=title,
            as_of=picture.as_of,
            language=language,
            holds_persons=True,
            sheets=_of_rules(making, sentences, tuple(notes_of(self, picture, [queries.LINES], language))),
            area_name=making.places.name(picture.area_code),
            known_at=picture.known_at,
        )


def _of_rules(making: Making, sentences: Sentences, notes: tuple[str, ...]) -> Iterator[Sheet]:
    """Give a sheet for each rule out of one statement; the rows of a sheet are read before the next begins."""
    cells = Cells(definitions.LINES, making)
    lines = rows_of(queries.LINES, making.asked)
    for code, found in groupby(lines, key=lambda line: str(line["rule_code"])):
        key = code or _NO_RULE
        yield Sheet(
            key=key,
            name=Text(code, code) if code else definitions.FROM_ABOVE,
            title=f"{code} {sentences.wrong(code)}".strip(),
            parts=(Table(key, definitions.LINES.columns, (cells.row(line) for line in found)),),
            notes=notes,
        )
