"""What a preview shows of a roster: names masked, findings as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.enums import Verdict
from exchange.models import ImportBatch, ImportHousehold
from exchange.queries.batches import judged_households, noted_households, rows_with_findings
from exchange.sheets.problems import Problem
from registry.lib.text import masked_name


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One household: where it stands, whom it is about (masked), and what is listed and not applied."""

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


def preview_lines(batch: ImportBatch, verdict: Verdict, *, most: int) -> list[PreviewLine]:
    """Give the first households of one verdict."""
    return _lines(judged_households(batch, verdict)[:most])


def noted_lines(batch: ImportBatch, *, most: int | None = None) -> list[PreviewLine]:
    """Give the first households, or all, of which something is listed and not applied."""
    return _lines(noted_households(batch)[:most])


def row_findings(batch: ImportBatch, *, most: int) -> list[RowFindings]:
    """Give the first rows of which there is something to say."""
    return [
        RowFindings(row.row, row.household_number, problems_of(row.problems), problems_of(row.warnings))
        for row in rows_with_findings(batch)[:most]
    ]


def problems_of(texts: Iterable[str]) -> tuple[Problem, ...]:
    """Make findings from their kept form."""
    return tuple(map(Problem.from_text, texts))


def _lines(households: Iterable[ImportHousehold]) -> list[PreviewLine]:
    return [
        PreviewLine(
            first_row=household.first_row,
            number=household.number,
            village_code=household.village_code,
            head_name=masked_name(household.head_name),
            person_count=household.person_count,
            verdict=household.verdict,
            notes=problems_of(household.notes),
            absent_count=len(household.absent_person_ids),
        )
        for household in households
    ]
