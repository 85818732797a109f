"""One household, one file: which papers are on file, and which are missing, as a list and for one household."""

from typing_extensions import override

from registry.tenancy.context import Actor
from reports.catalogue.asking import asked_about, notes_of
from reports.catalogue.base import Basis, Picture, Report, Subject, Theme, enter
from reports.catalogue.household_cards import table_of_lines
from reports.catalogue.identity import Identity
from reports.catalogue.register_list import Line, ListPart, Making, RegisterList
from reports.definitions import file_index as definitions
from reports.definitions.file_index import MISSING, ON_FILE, PAPERS
from reports.definitions.layout import Layout, Sheet
from reports.definitions.text import Language
from reports.enums import Format
from reports.queries import file_index as queries
from reports.queries.place_names import PlaceNames
from reports.queries.register_rows import all_rows


def _states(line: Line) -> dict[str, str]:
    return {paper.key: paper.state(line) for paper in PAPERS}


@enter
class FileIndex(RegisterList):
    """Each household of an area with its papers, and the names of those that are missing."""

    id = "file-index"
    title = definitions.OF_AREA
    right = "reports.view_persons"

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.INDEX, queries.FILES),)

    @override
    def follows(self, line: Line, places: PlaceNames, language: Language) -> Line:
        states = _states(line)
        missing = [paper.label.in_language(language) for paper in PAPERS if states[paper.key] == MISSING]
        return {
            **states,
            "on_file_count": sum(state == ON_FILE for state in states.values()),
            "missing_count": len(missing),
            "missing_names": "、".join(missing),
        }


@enter
class HouseholdFile(Report):
    """The papers of one household, a line each."""

    id = "household-file"
    title = definitions.TITLE
    right = "reports.view_cards"
    basis = Basis.REGISTER
    subject = Subject.HOUSEHOLD
    formats = (Format.XLSX, Format.PDF)
    theme = Theme.CARDS

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        asked, title = asked_about(picture, actor=actor), self.title.in_language(language)
        identity = Identity(picture, actor=actor, report_title=title)
        making = Making(asked, identity, PlaceNames(), language)
        lines = all_rows(queries.FILES, asked)
        return Layout(
            report_id=self.id,
            title=title,
            as_of=picture.as_of,
            language=language,
            holds_persons=True,
            sheets=[_sheet(line, making, tuple(notes_of(self, picture, [queries.FILES], language))) for line in lines],
            area_name=making.places.name(picture.area_code),
            known_at=picture.known_at,
            file_name=f"{title}-{lines[0]['household_number']}-{picture.as_of.isoformat()}" if lines else "",
        )


def _sheet(line: Line, making: Making, notes: tuple[str, ...]) -> Sheet:
    states = _states(line)
    rows: list[Line] = [
        {"number": number, "paper": paper.label.in_language(making.language), "state": states[paper.key]}
        for number, paper in enumerate(PAPERS, start=1)
    ]
    table = table_of_lines("papers", definitions.CARD, rows, making, title=definitions.TITLE)
    return Sheet(
        key=line["household_number"],
        name=definitions.TITLE,
        title=f"{definitions.TITLE.in_language(making.language)} {line['household_number']} {line['head_name'] or ''}",
        parts=(table,),
        notes=(*(note.in_language(making.language) for note in definitions.INDEX.notes), *notes),
        is_landscape=False,
    )
