"""Runs and figures as plain rows."""

from collections.abc import Mapping
from typing import Any, Final

from reports.definitions.account import STOCK_BY_NAME
from reports.definitions.figures import AccountLine, CategoryLine, CauseLine, Count, CoverageLine, Division, Figures
from reports.enums import Level
from reports.models import ReportRun
from reports.queries.published import PublishedTotals

COLUMNS: Final = (
    "id", "report_id", "month", "period_id", "as_of", "state", "edition", "created_at", "finished_at", "error_code",
)  # fmt: skip


def run_row(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a run of the list."""
    row = {name: values[name] for name in COLUMNS if name not in {"report_id", "period_id"}}
    month = f"{values['month']:%Y-%m}" if values["month"] else None
    return row | {"report": values["report_id"], "period": values["period_id"], "month": month}


def run_detail_row(run: ReportRun, figures: Figures | None, *, village_causes: bool) -> dict[str, Any]:
    """Give a run with its figures; causes by village for those only who may see them."""
    row = run_row({name: getattr(run, name) for name in COLUMNS})
    shown = None if figures is None else _figures(figures, run.digest, village_causes=village_causes)
    return row | {"error": str(run.error), "figures": shown}


def _figures(figures: Figures, digest: str, *, village_causes: bool) -> dict[str, Any]:
    levels = Level.values if village_causes else [Level.COUNTY, Level.TOWNSHIP]
    return {
        "as_of": figures.as_of,
        "digest": digest,
        "accounts": {
            stock: [_account_line(stock, line) for line in lines] for stock, lines in figures.accounts.items()
        },
        "kind": figures.kind,
        "picture": figures.picture,
        "categories": [_category_line(line) for line in figures.categories],
        "causes": [_cause_line(line) for line in figures.cause_lines(*levels)],
        "coverage": [_coverage_line(line) for line in figures.coverage],
    }


def _division(division: Division) -> dict[str, Any]:
    return {"code": division.code, "name": division.name, "level": division.level}


def _count(count: Count) -> dict[str, int]:
    return {"households": count.households, "persons": count.persons}


def _account_line(stock: str, line: AccountLine) -> dict[str, Any]:
    columns = STOCK_BY_NAME[stock].columns
    flows, late = (
        {f"{column.kind}_{column.direction}": _count(flow) for column, flow in zip(columns, counts, strict=True)}
        if counts
        else {}
        for counts in (line.flows, line.late)
    )
    return _division(line.division) | {
        "opening": _count(line.opening),
        "flows": flows,
        "late": late,
        "closing": _count(line.closing),
    }


def _cause_line(line: CauseLine) -> dict[str, Any]:
    return _division(line.division) | {
        "main": {cell.cause_code: cell.main for cell in line.cells},
        "main_not_lifted": {cell.cause_code: cell.main_not_lifted for cell in line.cells},
        "other": {cell.cause_code: cell.other for cell in line.cells},
        "main_persons": {cell.cause_code: cell.main_persons for cell in line.cells},
        "main_not_lifted_persons": {cell.cause_code: cell.main_not_lifted_persons for cell in line.cells},
        "other_persons": {cell.cause_code: cell.other_persons for cell in line.cells},
    }


def _category_line(line: CategoryLine) -> dict[str, Any]:
    return _division(line.division) | {
        "monitored": {cell.category_code: _count(cell.monitored) for cell in line.cells},
        "of_them_filed": {cell.category_code: _count(cell.of_them_filed) for cell in line.cells},
    }


def _coverage_line(line: CoverageLine) -> dict[str, Any]:
    return _division(line.division) | {
        "households": line.households,
        "households_without_helper": line.households_without_helper,
        "households_with_stand_in": line.households_with_stand_in,
        "villages": line.villages,
        "villages_without_team": line.villages_without_team,
    }


def published_row(totals: PublishedTotals) -> dict[str, Any]:
    """Give the totals that one county published."""
    return {
        "county_code": totals.county_code,
        "county_name": totals.county_name,
        "report": totals.report_id,
        "month": f"{totals.month:%Y-%m}",
        "edition": totals.edition,
        "published_at": totals.published_at,
        "figures": totals.figures,
    }
