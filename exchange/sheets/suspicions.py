"""Read the sheet of a list of doubted data after its sender's headings, and write it again with the answers."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import xlsxwriter

from exchange.sheets.workbooks import OPTIONS
from registry.lib.column_labels import Use, label_key, labels
from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.sheets import Row, Sheet
from registry.lib.text import clean, safe_cell

LOOK_AT_ROWS: Final = 30
MOST_LINES: Final = 10_000
MOST_CELL: Final = 1_000
# What a heading can stand for; the first three name somebody, the last three are for the answer.
NAMING: Final = ("household_number", "person_number", "document_number")
ANSWERS: Final = {"answer": "核实结果", "answer_note": "核实说明", "answered_on": "核实日期"}
READ: Final = (*NAMING, "rule_text", "number", "due_on_heading")
# What stands in the column of the answer. A list comes in Chinese and returns in Chinese.
_STATES: Final = {"fixed": "已整改", "as_recorded": "情况属实", "exempted": "情况属实", "": "本县未找到该户（人）"}


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The sheet of a list: its rows above the headings, the headings, and where each column stands."""

    sheet: Sheet
    header_row: int
    top: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    columns: dict[str, int]
    refused: frozenset[int]


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """The sender's cells, the state of the answer, its words, the evidence and the day."""

    cells: tuple[str, ...]
    state: str
    note: str
    evidence_sha256: str
    answered_on: date | None


def find_headings(sheets: Iterable[Sheet], headings: Mapping[str, str]) -> ListSheet:
    """Find the sheet and row in which the given headings stand; those for the answer may be missing.

    Raises: DomainError `list.no_headings`, `list.nobody_named`.
    """
    wanted = {role: label_key(text) for role, text in headings.items() if clean(text)}
    if not any(role in wanted for role in NAMING):
        message = _("Say which column names the household or person: its number, or the document.")
        raise DomainError("list.nobody_named", message, field="household_number")
    needed = {key for role, key in wanted.items() if role not in ANSWERS}
    for sheet in sheets:
        for number, row in zip(range(LOOK_AT_ROWS), sheet.rows(), strict=False):
            keys = [label_key(cell[:100]) for cell in row]
            if needed <= set(keys):
                return _found(sheet, number, keys, wanted)
    message = _(
        "No row among the first %(rows)s has these headings: %(headings)s. Write them as they stand in the file."
    )
    told = "、".join(clean(text) for role, text in headings.items() if clean(text) and role not in ANSWERS)
    raise DomainError("list.no_headings", message % {"rows": LOOK_AT_ROWS, "headings": told}, field="rule_text")


def _found(sheet: Sheet, number: int, keys: Sequence[str], wanted: Mapping[str, str]) -> ListSheet:
    rows = [_kept(row) for _place, row in zip(range(number + 1), sheet.rows(), strict=False)]
    columns = {role: keys.index(key) for role, key in wanted.items() if key in keys}
    refused = frozenset(
        place for place, key in enumerate(keys) if key in labels() and labels()[key].use is Use.REFUSED
    ) - frozenset(columns.values())
    return ListSheet(sheet, number + 1, tuple(rows[:-1]), rows[-1], columns, refused)


def list_rows(found: ListSheet) -> Iterable[tuple[int, tuple[str, ...]]]:
    """Give the lines below the headings with their numbers; cells that the registry refuses to hold are empty.

    Raises: DomainError `list.too_long`.
    """
    width, count = len(found.headings), 0
    for number, row in enumerate(found.sheet.rows(), start=1):
        if number <= found.header_row or not any(cell.strip() for cell in row):
            continue
        count += 1
        if count > MOST_LINES:
            message = _("The list has more than %(most)s lines. Part it, and bring the parts in.")
            raise DomainError("list.too_long", message % {"most": MOST_LINES})
        cells = _kept(row)[:width]
        cells += ("",) * (width - len(cells))
        yield number, tuple("" if place in found.refused else cell for place, cell in enumerate(cells))


def cell_at(cells: Sequence[str], columns: Mapping[str, int], role: str) -> str:
    """Give the cell of a role, or '' where the list has no such column."""
    place = columns.get(role)
    return clean(cells[place]) if place is not None and place < len(cells) else ""


def answered_workbook(
    *,
    sheet_name: str,
    top: Sequence[Sequence[str]],
    headings: Sequence[str],
    columns: Mapping[str, int],
    lines: Iterable[AnsweredLine],
) -> bytes:
    """Write the list in its sender's layout; answer columns that the sender has not are put behind the others."""
    places, labels_shown = dict(columns), list(headings)
    for role, label in ANSWERS.items():
        if role not in places:
            places[role] = len(labels_shown)
            labels_shown.append(label)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        text = workbook.add_format({"num_format": "@"})
        sheet = workbook.add_worksheet(_sheet_name(sheet_name))
        rows = (*top, labels_shown, *(_cells(line, places, len(labels_shown)) for line in lines))
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, safe_cell(cell), text)
    return stream.getvalue()


def _cells(line: AnsweredLine, places: Mapping[str, int], width: int) -> list[str]:
    cells = [*line.cells, *[""] * (width - len(line.cells))]
    proof = f"佐证材料SHA-256：{line.evidence_sha256}" if line.evidence_sha256 else ""
    cells[places["answer"]] = _STATES.get(line.state, "")
    cells[places["answer_note"]] = "；".join(part for part in (line.note, proof) if part)
    cells[places["answered_on"]] = line.answered_on.isoformat() if line.answered_on else ""
    return cells


def _sheet_name(name: str) -> str:
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\'").strip()[:31]
    return plain or "Sheet1"


def _kept(row: Row) -> tuple[str, ...]:
    return tuple(cell[:MOST_CELL] for cell in row)
