"""Bring a list of doubted data in from its file, and give it back in its sender's layout."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings

from exchange.sheets.suspicions import (
    READ,
    AnsweredLine,
    ListSheet,
    answered_workbook,
    cell_at,
    find_headings,
    list_rows,
)
from quality.domain.suspicions import (
    LineDraft,
    ListDraft,
    keep_layout,
    keep_list,
    plain_document,
    plain_number,
    returned_lines,
)
from quality.models import SuspicionList
from registry.access import require
from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.periods import parse_date
from registry.lib.sheets import check_file, open_sheets
from registry.lib.text import clean
from registry.tenancy.context import Actor

HEADING_ROLES: Final = (*READ, "answer", "answer_note", "answered_on")


def bring_list(
    content: bytes,
    *,
    title: str,
    sender: str,
    received_on: date,
    due_on: date,
    headings: Mapping[str, str],
    layout_name: str = "",
    actor: Actor,
) -> SuspicionList:
    """Read a list after its sender's headings and keep it; a layout with a name is kept for the next one.

    Raises: NotAllowed, Conflict, DomainError `sheet.…`, `list.…`.
    """
    require(actor, "quality.bring_list")
    check_file(content, most_bytes=settings.UPLOAD_LIMIT_BYTES)
    stated = {role: clean(headings.get(role, "")) for role in HEADING_ROLES if clean(headings.get(role, ""))}
    found = find_headings(open_sheets(content), stated)
    lines = [_line(found, number, cells, title) for number, cells in list_rows(found)]
    draft = ListDraft(
        title=clean(title)[:100],
        sender=clean(sender)[:100],
        received_on=received_on,
        due_on=due_on,
        sha256=hashlib.sha256(content).hexdigest(),
        sheet_name=found.sheet.name,
        top=found.top,
        headings=found.headings,
        columns=found.columns,
        lines=lines,
    )
    if layout_name:
        keep_layout(layout_name, stated, actor=actor)
    return keep_list(draft, actor=actor)


def returned_list(list_id: UUID, *, actor: Actor) -> tuple[str, bytes]:
    """Give name and content of the list with its answers, in its sender's layout. Raises: NotAllowed, NotFound."""
    kept, top, lines = returned_lines(list_id, actor=actor)
    content = answered_workbook(
        sheet_name=kept.sheet_name,
        top=top,
        headings=kept.headings,
        columns=kept.columns,
        lines=[
            AnsweredLine(line.cells, line.state, line.note, line.evidence_sha256, line.answered_on) for line in lines
        ],
    )
    return f"suspicion-list-{kept.received_on:%Y%m%d}-{str(kept.pk)[-6:]}.xlsx", content


def _line(found: ListSheet, number: int, cells: tuple[str, ...], title: str) -> LineDraft:
    def cell(role: str) -> str:
        return cell_at(cells, found.columns, role)

    return LineDraft(
        line_number=number,
        cells=cells,
        rule_text=cell("rule_text") or title,
        household_number=plain_number(cell("household_number")),
        person_number=plain_number(cell("person_number")),
        document_number=plain_document(cell("document_number")),
        number=cell("number"),
        due_on=_day(cell("due_on_heading"), number),
    )


def _day(text: str, line: int) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text).on
    except DomainError as error:
        message = _("Line %(line)s: the deadline is no date. Write it like 2024-12-15, or empty the cell.")
        raise DomainError("list.due_unreadable", message % {"line": line}, field="due_on") from error
