"""Lists and their totals from a picture: what each report of this kind states, and how it is laid out."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar
from uuid import UUID

from typing_extensions import override

from periods.models import Snapshot
from periods.queries.known import PICTURED
from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.tenancy.context import Actor
from reports.catalogue.asking import unknown_of
from reports.catalogue.base import REVEALED, Basis, Picture, Report
from reports.definitions import lists as words
from reports.definitions.layout import Layout, Row, Sheet, Table
from reports.definitions.pictured import Pictured
from reports.definitions.text import Language, Text
from reports.enums import RowLevel
from reports.queries.pictured import Listing, names_of_divisions, rows_of


class PictureGone(DomainError):
    """The picture that a run was asked about is not there, or not any more."""


def picture_asked(picture: Picture) -> Snapshot:
    """Give the frozen facts that a report is asked about. Raises: PictureGone where there are none by now."""
    found = Snapshot.objects.filter(pk=picture.snapshot_id).first() if picture.snapshot_id is not None else None
    if found is None:
        raise no_picture()
    return found


def no_picture() -> PictureGone:
    """Give the error of a picture that is not there, or not any more."""
    message = _("The picture that this report was asked about is no longer kept. Ask again.")
    return PictureGone("report.no_picture", message)


class PicturedReport(Report):
    """A report that reads a picture of the register, frozen with a period or made for a day."""

    basis: ClassVar = Basis.SNAPSHOT

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        """Lay out the sheets below the name of the area, with what the figures are and are not as notes."""
        picture_asked(picture)
        area = names_of_divisions().by_code.get(picture.area_code, picture.area_code)
        title = self.title_of(picture).in_language(language)
        return Layout(
            report_id=self.id,
            title=title,
            as_of=picture.as_of,
            language=language,
            holds_persons=self.holds_persons,
            sheets=self.sheets(picture, title=title, language=language),
            area_name=area,
            known_at=picture.known_at,
            file_name=f"{title}-{area}-{picture.as_of.isoformat()}",
            properties={"snapshot": str(picture.snapshot_id), "made_by": actor.username},
        )

    def snapshot(self, picture: Picture) -> UUID:
        """Give the picture's id. Raises: PictureGone where it has none."""
        if picture.snapshot_id is None:
            raise no_picture()
        return picture.snapshot_id

    def title_of(self, picture: Picture) -> Text:
        """Give the title of one making; a report may name its choice there."""
        return self.title

    @abstractmethod
    def sheets(self, picture: Picture, *, title: str, language: Language) -> Iterable[Sheet]:
        """Give the sheets, read once."""

    def behind(self, picture: Picture, table_key: str, column_key: str) -> Listing | None:
        """Give the list that a figure counts, in the area of the picture; None for what is no count of rows.

        `table_key` and `column_key` name the figure; the list is that of the report `list_id`, whose right it needs.
        """
        return None

    def notes(self, picture: Picture, language: Language) -> Iterator[str]:
        """Say what a picture of the past cannot know; the day and what was known stand below each title."""
        if picture.period_id is None:
            yield from unknown_of(picture, PICTURED, language)


class PicturedList(PicturedReport):
    """A list with one row for each household, person or village of a picture that it is about."""

    level: ClassVar[RowLevel]
    unit: ClassVar[Text | None] = None

    @abstractmethod
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        """Give the columns in the order of the form."""

    def narrowed(self, picture: Picture) -> tuple[str, frozenset[str]]:
        """Give the condition of the rows in SQL over the tables of the picture, and the tables that it reads."""
        return "", frozenset()

    def listing(self, picture: Picture) -> Listing:
        """Give the list that the report reads."""
        condition, joins = self.narrowed(picture)
        return Listing(
            level=self.level,
            snapshot_id=self.snapshot(picture),
            area_code=picture.area_code,
            as_of=picture.as_of,
            columns=self.columns(picture),
            narrowed=condition,
            joins=joins,
            known_at=picture.known_at,
            is_revealed=picture.option(REVEALED) == "1",
        )

    @override
    def sheets(self, picture: Picture, *, title: str, language: Language) -> Iterable[Sheet]:
        listing = self.listing(picture)
        table = Table(
            key=self.id.replace("-", "_"),
            columns=tuple(column.column for column in listing.columns),
            rows=self.rows(listing),
            division_key="division_code" if any(one.key == "division_code" for one in listing.columns) else "",
        )
        yield Sheet("list", words.SHEET, title, (table,), self.unit, tuple(self.notes(picture, language)))

    def rows(self, listing: Listing) -> Iterable[Row]:
        """Read the rows, streamed."""
        return rows_of(listing)

    @override
    def notes(self, picture: Picture, language: Language) -> Iterator[str]:
        yield from super().notes(picture, language)
        if any(column.is_identity for column in self.columns(picture)):
            yield words.NAMES_OF_NOW.in_language(language)
        if self.has_sealed and picture.option(REVEALED) != "1":
            yield words.MASKED.in_language(language)
