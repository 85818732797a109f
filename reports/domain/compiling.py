"""Compile the figures of one month."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistance.queries.coverage import HELPER, NONE, STAND_IN
from registry.domain.codes import CodeList, code_list
from registry.lib.gbcode import subtree
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.definitions.account import REPORT_ID
from reports.definitions.figures import (
    AccountLine,
    CarryOver,
    CauseLabel,
    Count,
    CoverageLine,
    Division,
    Figures,
    from_json,
)
from reports.definitions.wording import NOT_STATED
from reports.domain.account import Ledger, account_of, cause_order, causes_of
from reports.enums import Level
from reports.queries.account import Section, ledger_of
from reports.queries.divisions import report_divisions
from reports.queries.runs import last_finished_figures
from villages.queries.villages import villages_in_scope, villages_without_team


def compile_figures(month: Month, *, actor: Actor) -> Figures:
    """Compile the clear account of a month with causes and coverage, all checked.

    Source: postings for the account; spells, memberships and monitoring on the last day for the proof. Causes are those
    that stand on the households when the report is made; coverage is that of the last day.
    Raises: AccountDoesNotClose with the differences.
    """
    ledger = Ledger(ledger_of(month, county_code=actor.tenant_code))
    divisions = report_divisions(ledger.codes())
    causes = code_list("poverty_cause", on=month.last_day)
    accounts = account_of(ledger, divisions)
    former = _former(month, accounts, actor.tenant_code)
    return Figures(
        report_id=REPORT_ID,
        county=next(division for division in divisions if division.level == Level.COUNTY),
        month=str(month),
        as_of=month.last_day,
        accounts=accounts,
        cause_labels=_cause_labels(ledger, causes),
        causes=causes_of(ledger, divisions, list(causes.entries)),
        coverage=_coverage(ledger, month, divisions),
        carried_over=former.county,
        carried_over_below=former.divisions_below,
    )


def _cause_labels(ledger: Ledger, causes: CodeList) -> tuple[CauseLabel, ...]:
    labels = {code: CauseLabel(code, entry.label_zh, entry.label_en) for code, entry in causes.entries.items()}
    labels[""] = CauseLabel("", NOT_STATED.zh, NOT_STATED.en)
    return tuple(labels.get(code, CauseLabel(code, code, code)) for code in cause_order(ledger, list(causes.entries)))


def _coverage(ledger: Ledger, month: Month, divisions: Sequence[Division]) -> tuple[CoverageLine, ...]:
    """Say how households and villages are covered; a village that only the ledger knows has no team to miss."""
    villages = list(villages_in_scope().values_list("code", flat=True))
    open_villages = [village.code for village in villages_without_team(month.last_day)]
    return tuple(_coverage_line(ledger, division, villages, open_villages) for division in divisions)


def _coverage_line(
    ledger: Ledger, division: Division, villages: Sequence[str], open_villages: Sequence[str]
) -> CoverageLine:
    households = {
        cover: ledger.count(Section.COVERAGE, "", cover, division.code).households for cover in (HELPER, STAND_IN, NONE)
    }
    below = subtree(division.code)
    return CoverageLine(
        division=division,
        households=sum(households.values()),
        households_without_helper=households[NONE],
        households_with_stand_in=households[STAND_IN],
        villages=sum(below.contains(code) for code in villages),
        villages_without_team=sum(below.contains(code) for code in open_villages),
    )


@dataclass(frozen=True, slots=True)
class _Former:
    """What was last reported for the month before, set against the openings of now."""

    county: tuple[CarryOver, ...] = ()
    divisions_below: int = 0


def _former(month: Month, accounts: dict[str, tuple[AccountLine, ...]], county_code: str) -> _Former:
    """Compare the openings with the closings that were last reported: late postings are no error, but news."""
    plain = last_finished_figures(REPORT_ID, month.previous)
    if plain is None:
        return _Former()
    reported = from_json(plain).accounts
    closings = {stock: {line.division.code: line.closing for line in lines} for stock, lines in reported.items()}
    changed = [
        (line.division.code, CarryOver(stock, closing, line.opening))
        for stock, lines in accounts.items()
        for line in lines
        if (closing := closings[stock].get(line.division.code, Count())) != line.opening
    ]
    below = {code for code, _item in changed} - {county_code}
    return _Former(tuple(item for code, item in changed if code == county_code), len(below))
