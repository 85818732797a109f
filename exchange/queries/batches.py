"""Rosters for lists, previews and the workbook of refused rows."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.enums import BatchState, Verdict
from exchange.models import ImportBatch, ImportHousehold, ImportRow
from exchange.sheets.problems import Problem
from registry.lib.errors import NotFound
from registry.lib.text import masked_name


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One household of the preview: where it stands, whom it is about (masked), and what is listed and not applied."""

    first_row: int
    number: str
    village_code: str
    head_name: str
    person_count: int
    verdict: str
    notes: tuple[Problem, ...]
    absent_count: int


@dataclass(frozen=True, slots=True)
class RowFindings:
    """What was found in one row of the sheet."""

    row: int
    household_number: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def batches_visible() -> "QuerySet[ImportBatch]":
    """Give the rosters of the actor's area, the latest first."""
    return ImportBatch.objects.order_by("-uploaded_at", "-id")


def batch_visible(batch_id: UUID) -> ImportBatch:
    """Give one roster. Raises: NotFound, also outside the actor's area."""
    batch = batches_visible().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return batch


def applied_with_file(batch: ImportBatch) -> UUID | None:
    """Give the latest applied roster that came from the very same file, or None."""
    found = batches_visible().filter(sha256=batch.sha256, state=BatchState.APPLIED)
    former: UUID | None = found.exclude(pk=batch.pk).values_list("pk", flat=True).first()
    return former


def preview_lines(batch: ImportBatch, verdict: Verdict, *, most: int) -> list[PreviewLine]:
    """Give the first households of one verdict, their heads' names masked."""
    rows = ImportHousehold.objects.filter(batch=batch, verdict=verdict).order_by("first_row")[:most]
    return [_line(row) for row in rows]


def noted_lines(batch: ImportBatch, *, most: int | None = None) -> list[PreviewLine]:
    """Give the households of which something is listed and not applied."""
    rows = ImportHousehold.objects.filter(batch=batch).exclude(notes=[]).order_by("first_row")[:most]
    return [_line(row) for row in rows]


def row_findings(batch: ImportBatch, *, most: int) -> list[RowFindings]:
    """Give the first rows of which there is something to say."""
    rows = ImportRow.objects.filter(batch=batch).order_by("row").defer("cells_sealed")[:most]
    return [
        RowFindings(row.row, row.household_number, _problems(row.problems), _problems(row.warnings)) for row in rows
    ]


def refused_rows(batch: ImportBatch) -> "QuerySet[ImportRow]":
    """Give the rows that were refused and are still kept, in the order of the sheet."""
    return ImportRow.objects.filter(batch=batch, cells_sealed__isnull=False).order_by("row")


def accepted_numbers(batch: ImportBatch) -> set[str]:
    """Give the numbers of the households that the check did not refuse."""
    rows = ImportHousehold.objects.filter(batch=batch).exclude(verdict=Verdict.REFUSED)
    return set(rows.values_list("number", flat=True))


def _line(row: ImportHousehold) -> PreviewLine:
    return PreviewLine(
        row.first_row,
        row.number,
        row.village_code,
        masked_name(row.head_name),
        row.person_count,
        row.verdict,
        _problems(row.notes),
        len(row.absent_person_ids),
    )


def _problems(texts: list[str]) -> tuple[Problem, ...]:
    return tuple(map(Problem.from_text, texts))
