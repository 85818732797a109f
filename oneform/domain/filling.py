"""The form filled from the register: its columns in the office's own order and words, the rest left blank."""

import re
from collections.abc import Collection, Iterator
from itertools import count
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from oneform.enums import ColumnUse
from oneform.models import FormColumn, FormRequest
from oneform.queries.forms import columns_asked, find_form, has_picture, listing_of
from registry import audit
from registry.access import require
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.gbcode import Level, check_code, level_of, subtree
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table
from reports.definitions.pictured import Pictured
from reports.definitions.text import Text
from reports.enums import Format, RowLevel
from reports.queries.pictured import rows_of
from reports.queries.pictured_columns import columns_of
from reports.renderers.formats import Rendered, file_name, render

SHEET: Final = Text("表", "Form")
# What stands in no name of a file, on any system.
_NO_NAME: Final = re.compile(r'[\\/:*?"<>|]')
REVEAL_ACTION: Final = "households.reveal"


def filled_form(form_id: UUID, area_code: str, *, reveal_reason: str = "", actor: Actor) -> tuple[str, Rendered]:
    """Give name and content of a form filled for a village or township, as a workbook; the handing out is audited.

    Documents and telephones are masked unless a reason is given by who may see them.
    Raises: NotFound; NotAllowed; Conflict for a form that was not counted yet; DomainError for a county at once.
    """
    require(actor, "oneform.fill")
    form = find_form(form_id, actor=actor)
    code = _area(area_code, actor)
    reason = reveal_reason.strip()[:200]
    if reason:
        require(actor, REVEAL_ACTION)
    layout = _layout(form, code, is_revealed=bool(reason))
    rendered = render(layout, Format.XLSX)
    _require_picture(form)
    audit.record("oneform.fill", form, actor=actor, changes={"area_code": (None, code)}, reason=reason)
    return file_name(layout, rendered.suffix), rendered


def _require_picture(form: FormRequest) -> None:
    """Refuse what was read from a picture that is gone: its sheet would seem to say that nobody lives there.

    Raises: Conflict.
    """
    if not has_picture(form):
        message = _("The snapshot of this form was removed by its age. The county office counts the form anew.")
        raise Conflict("oneform.picture_gone", message)


def _area(text: str, actor: Actor) -> str:
    code = check_code(text, field="area")
    if level_of(code) not in {Level.TOWNSHIP, Level.VILLAGE}:
        raise DomainError("oneform.area", _("A form is filled for one township or village. Choose one."), field="area")
    if not subtree(actor.tenant_code).includes(subtree(code)) or not actor.covers_whole(code):
        raise NotAllowed("oneform.area_outside", _("This division lies outside your area."), field="area")
    return code


def _layout(form: FormRequest, code: str, *, is_revealed: bool) -> Layout:
    if form.picture_id is None or form.counted_of is None:
        message = _("The form was not counted yet. The county office counts it first; then it can be filled.")
        raise Conflict("oneform.not_counted", message)
    asked = columns_asked(form)
    listing = listing_of(form, form.picture_id, form.counted_of, area_code=code, is_revealed=is_revealed)
    held = columns_of(RowLevel(form.level))
    sheet = Sheet(
        "form",
        SHEET,
        form.title,
        (Table("form", tuple(_column(one, held) for one in asked), _rows(asked, held, rows_of(listing))),),
    )
    area = division_names({code}).get(code, code)
    return Layout(
        report_id="one-form",
        title=form.title,
        as_of=form.counted_of,
        language="zh-hans",
        holds_persons=True,
        sheets=(sheet,),
        area_name=area,
        file_name=_NO_NAME.sub("_", f"{form.title}-{area}"),
    )


def _column(one: FormColumn, held: "dict[str, Pictured]") -> Column:
    """Give a column under the office's own label; what is left blank is a text cell."""
    label, key = Text(one.label, one.label), f"column_{one.place}"
    if one.use != ColumnUse.HELD or one.column_key not in held:
        return Column(key, label, CellKind.TEXT)
    column = held[one.column_key].column
    return Column(key, label, column.kind, column.width, scheme=column.scheme, labels=column.labels)


def _rows(asked: "list[FormColumn]", held: Collection[str], found: Iterator[Row]) -> Iterator[Row]:
    """Put the values read at the places of their columns, and nothing at the others.

    `held` are the columns that a picture still has: one that a release took out is left blank.
    """
    places = count()
    taken = [next(places) if one.use == ColumnUse.HELD and one.column_key in held else None for one in asked]
    for row in found:
        yield tuple(None if place is None else row[place] for place in taken)
