"""Rosters as the rows that go out."""

from typing import Any, Final

from exchange.domain.previews import PreviewLine, RowFindings, noted_lines, row_findings
from exchange.models import ImportBatch
from exchange.sheets.problems import Problem

COLUMNS: Final = (
    "id", "state", "file_name", "sha256", "byte_count", "uploaded_at", "data_date", "counts", "result", "error_code",
)  # fmt: skip
_MORE: Final = ("posting_kind", "kept_columns", "refused_columns", "unknown_columns", "rows_kept_until")
MOST_FINDINGS: Final = 200


def batch_detail(batch: ImportBatch) -> dict[str, Any]:
    """Give a roster with the first 200 rows and households of which there is something to say."""
    return {name: getattr(batch, name) for name in (*COLUMNS, *_MORE)} | {
        "error": str(batch.error),
        "rows": [_findings(found) for found in row_findings(batch, most=MOST_FINDINGS)],
        "notes": [_note(line) for line in noted_lines(batch, most=MOST_FINDINGS)],
    }


def _findings(found: RowFindings) -> dict[str, Any]:
    return {
        "row": found.row,
        "household_number": found.household_number,
        "problems": [_problem(problem) for problem in found.problems],
        "warnings": [_problem(problem) for problem in found.warnings],
    }


def _note(line: PreviewLine) -> dict[str, Any]:
    return {
        "row": line.first_row,
        "household_number": line.number,
        "notes": [_problem(note) for note in line.notes],
        "absent_persons": line.absent_count,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "heading": problem.heading,
        "code": problem.code,
        "wrong": problem.wrong,
        "remedy": problem.remedy,
    }
