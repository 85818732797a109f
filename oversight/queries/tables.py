"""The tables of an area by subject, as pages, programs and files show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from oversight.definitions.tables import (
    CAUSES_KEY,
    SUBJECTS,
    Figure,
    FigureColumn,
    Subject,
    anomalies_of,
    causes_subject,
)
from oversight.queries.published import AreaLine, AreaPicture
from registry.domain.codes import code_list
from registry.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One division of a table, with a value for each column."""

    line: AreaLine
    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class AreaTable:
    """A table of an area: its total, and the divisions directly below."""

    subject: Subject
    columns: tuple[FigureColumn, ...]
    total: AreaRow
    rows: tuple[AreaRow, ...]


def subjects() -> list[Subject]:
    """Give the tables in their order; that of the causes follows the accounts."""
    causes = causes_subject(dict(code_list("poverty_cause").choices()))
    return [SUBJECTS[0], causes, *SUBJECTS[1:]]


def subject_named(key: str) -> Subject:
    """Give a table by its key. Raises: NotFound."""
    found = next((one for one in subjects() if one.key == key), None)
    if found is None:
        raise NotFound("oversight.no_subject", _("There is no such table. Choose one of the list."), field="about")
    return found


def table_of(picture: AreaPicture, subject: Subject) -> AreaTable:
    """Reckon a table; causes that no division has are left out, anomalies are listed from the most to the fewest."""
    columns = _told(subject, picture) if subject.key == CAUSES_KEY else subject.columns
    children: Sequence[AreaLine] = picture.children
    if subject.key == "anomalies":
        children = sorted(children, key=lambda line: (-(anomalies_of(line.figures) or 0), line.code))
    return AreaTable(subject, columns, _row(picture.line, columns), tuple(_row(line, columns) for line in children))


def _told(subject: Subject, picture: AreaPicture) -> tuple[FigureColumn, ...]:
    """Keep the causes that any division of the picture has; all where none has any."""
    lines = [picture.line, *picture.children]
    groups = {column.group for column in subject.columns if any(column.reckon(line.figures) for line in lines)}
    return tuple(column for column in subject.columns if column.group in groups) or subject.columns


def _row(line: AreaLine, columns: Sequence[FigureColumn]) -> AreaRow:
    return AreaRow(line, tuple(column.reckon(line.figures) for column in columns))


def plain(value: Figure) -> int | str | None:
    """Give a figure as programs read it: whole numbers as such, others as a text of their digits."""
    return str(value) if isinstance(value, Decimal) else value
