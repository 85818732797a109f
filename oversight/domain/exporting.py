"""A table of an area as a file."""

from django.utils.translation import gettext_lazy as _

from oversight.definitions.tables import FigureColumn
from oversight.queries.published import AreaLine, Extent, picture_of
from oversight.queries.tables import AreaTable, subject_named, table_of
from oversight.queries.timeliness import last_day_of
from registry.access import require
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table
from reports.definitions.text import Language, Text
from reports.renderers.formats import Rendered, render

FORMATS = ("xlsx", "csv", "pdf")
_CODE = Column("division_code", Text("行政区划代码", "Division code"), CellKind.IDENTIFIER, 14)
_NAME = Column("division", Text("行政区划", "Division"), CellKind.TEXT, 18)
_TOTAL = Text("合计", "Total")
_UNIT = Text("单位：户、人、个", "Households, persons, pieces")
_WITHHELD = Text(
    "“空白”为未公布或不公布的数据。",
    "A blank figure was not published, or is withheld so that it tells of no single household.",
)
_COUNTIES = Text("已公布县 {known} 个，应公布 {all} 个。", "Published by {known} of {all} counties.")


def area_file(
    code: str, extent: Extent, about: str, file_format: str, language: Language, *, actor: Actor
) -> tuple[Layout, Rendered]:
    """Write a table of a division with what lies directly below it. It holds no persons and is not kept.

    Raises: NotAllowed; NotFound outside the actor's area and for a table that is none; DomainError for a format.
    """
    require(actor, "oversight.view")
    if file_format not in FORMATS:
        message = _("There is no such format. Choose one of: %(formats)s.") % {"formats": ", ".join(FORMATS)}
        raise DomainError("oversight.format", message, field="format")
    table = table_of(picture_of(code, extent, actor=actor), subject_named(about))
    layout = area_layout(table, extent, language)
    return layout, render(layout, file_format)


def area_layout(table: AreaTable, extent: Extent, language: Language) -> Layout:
    """Lay a table out as offices do: the divisions below, and the division itself as the total."""
    line = table.total.line
    title = f"{line.name}{table.subject.label.in_language(language)}"
    columns = (_CODE, _NAME, *(_column(column) for column in table.columns))
    rows: list[Row] = [(row.line.code, row.line.name, *row.values) for row in table.rows]
    total: Row = (line.code, _TOTAL.in_language(language), *table.total.values)
    laid = Table(table.subject.key, columns, rows or [total], total if rows else None, division_key=_CODE.key)
    sheet = Sheet(
        key=table.subject.key,
        name=table.subject.label,
        title=title,
        parts=(laid,),
        unit=_UNIT,
        notes=tuple(_notes(table, line, language)),
    )
    return Layout(
        report_id=f"oversight_{table.subject.key}",
        title=title,
        as_of=last_day_of(extent) or extent.first_day,
        language=language,
        holds_persons=False,
        sheets=[sheet],
        area_name=line.name,
        file_name=f"{title}-{extent.key}",
    )


def _column(column: FigureColumn) -> Column:
    return Column(column.key, column.label, column.kind, 12, column.group)


def _notes(table: AreaTable, line: AreaLine, language: Language) -> list[str]:
    notes = [table.subject.note.in_language(language)] if table.subject.note else []
    if line.counties > 1 or line.missing:
        notes.append(_COUNTIES.in_language(language, known=line.counties - line.missing, all=line.counties))
    return [*notes, _WITHHELD.in_language(language)]
