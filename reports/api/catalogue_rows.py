"""Reports, runs and own reports as plain rows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from registry.lib.errors import DomainError
from registry.models import Document
from reports.catalogue.base import Report
from reports.definitions.pictured import OPERATORS
from reports.definitions.text import Language
from reports.domain.account_files import FORMATS
from reports.enums import RowLevel
from reports.models import OwnReport, ReportRun, RunFile
from reports.queries.own_reports import group_columns, spec_of_own
from reports.queries.pictured_columns import columns_of

RUN_COLUMNS: Final = (
    "id",
    "report_id",
    "state",
    "area_code",
    "as_of",
    "known_at",
    "period_id",
    "created_at",
    "finished_at",
    "error_code",
)
OWN_COLUMNS: Final = ("id", "version", "name", "level", "columns", "filters", "sort", "groups")


def report_row(report: Report, language: Language) -> dict[str, Any]:
    """Give a report of the catalogue."""
    return {
        "id": report.id,
        "title": report.title.in_language(language),
        "theme": report.theme,
        "basis": report.basis,
        "subject": report.subject,
        "holds_persons": report.holds_persons,
        "has_sealed": report.has_sealed,
        "formats": [str(one) for one in report.formats],
        "choices": [
            {
                "key": choice.key,
                "label": choice.label.in_language(language),
                "values": {key: text.in_language(language) for key, text in choice.values},
                "is_needed": choice.is_needed,
            }
            for choice in report.choices
        ],
    }


def catalogue_run_row(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a run of the list."""
    row = {name: values[name] for name in RUN_COLUMNS if name not in {"report_id", "area_code"}}
    return row | {"report": values["report_id"], "area": values["area_code"]}


def catalogue_run_detail(run: ReportRun, files: Iterable[RunFile]) -> dict[str, Any]:
    """Give a run with its files."""
    row = catalogue_run_row({name: getattr(run, name) for name in RUN_COLUMNS})
    shown = _account_files(run) if run.keeps_figures else [_file(file.format, file.document) for file in files]
    return row | {"options": run.options, "error": str(run.error), "files": shown}


def _account_files(run: ReportRun) -> list[dict[str, Any]]:
    """Give the formats of an account: its workbook is kept, the others are made when they are asked for."""
    if run.workbook is None:
        return []
    kept, *others = FORMATS
    made: dict[str, Any] = {"name": "", "media_type": "", "byte_count": None, "sha256": "", "expires_on": None}
    return [_file(kept, run.workbook), *({"format": str(one)} | made for one in others)]


def _file(file_format: str, document: Document) -> dict[str, Any]:
    return {
        "format": str(file_format),
        "name": document.name,
        "media_type": document.media_type,
        "byte_count": document.byte_count,
        "sha256": document.sha256,
        "expires_on": document.expires_on,
    }


def own_row(own: OwnReport) -> dict[str, Any]:
    """Give an own report, with the sentence that says why it cannot be made."""
    try:
        spec_of_own(own)
        trouble = ""
    except DomainError as error:
        trouble = str(error.message)
    kept = {
        name: getattr(own, name) for name in ("id", "version", "name", "level", "columns", "filters", "sort", "groups")
    }
    return kept | {"trouble": trouble}


def column_rows(level: RowLevel, language: Language) -> Iterator[dict[str, Any]]:
    """Give the columns of a level."""
    groups = group_columns(level)
    for key, one in columns_of(level).items():
        yield {
            "key": key,
            "label": one.column.label.in_language(language),
            "kind": one.column.kind,
            "scheme": one.column.scheme,
            "operators": [str(operator) for operator in OPERATORS[one.kind]] if one.is_condition else [],
            "is_group": key in groups,
        }
