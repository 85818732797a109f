"""Compile the figures of one frozen period."""

from collections import defaultdict
from collections.abc import Sequence

from assistance.queries.coverage import HELPER, NONE, STAND_IN
from periods.models import Period
from periods.queries.books import books_of
from periods.queries.periods import picture_of
from registry.domain.codes import CodeList, code_list
from registry.lib.gbcode import ancestors
from registry.tenancy.context import Actor
from reports.definitions.account import REPORT_ID
from reports.definitions.figures import CauseLabel, CoverageLine, Division, Figures
from reports.definitions.wording import NOT_STATED
from reports.domain.account import Ledger, account_of, categories_of, category_order, cause_order, causes_of
from reports.enums import Level
from reports.queries.account import Section, ledger_of, pictured_villages
from reports.queries.divisions import report_divisions


def compile_figures(period: Period, *, actor: Actor) -> Figures:
    """Compile the clear account of a frozen period with categories, causes and coverage of its last day.

    Source: what its months booked, and the pictures that it opens and closes with; both never change, so that the same
    period in the same edition gives the same figures.
    Raises: NotFound while the period is open; AccountDoesNotClose.
    """
    books = books_of(period)
    ledger = Ledger(ledger_of(books, county_code=actor.tenant_code))
    villages = pictured_villages(books)
    divisions = report_divisions(ledger.codes(), villages_named={code: name for code, name, _has_team in villages})
    causes = code_list("poverty_cause", on=period.last_day)
    categories = code_list("monitoring_category", on=period.last_day)
    shown_causes = cause_order(ledger, list(causes.entries))
    shown_categories = category_order(ledger, list(categories.entries))
    return Figures(
        report_id=REPORT_ID,
        county=next(division for division in divisions if division.level == Level.COUNTY),
        month=period.name,
        kind=period.kind,
        as_of=period.last_day,
        accounts=account_of(ledger, divisions, chained=books.opening_id is not None),
        cause_labels=_labels(shown_causes, causes),
        causes=causes_of(ledger, divisions, list(causes.entries)),
        category_labels=_labels(shown_categories, categories),
        categories=categories_of(ledger, divisions, shown_categories),
        coverage=_coverage(ledger, {code: has_team for code, _name, has_team in villages}, divisions),
        picture=picture_of(period).checksum,
    )


def _labels(shown: Sequence[str], codes: CodeList) -> tuple[CauseLabel, ...]:
    labels = {code: CauseLabel(code, entry.label_zh, entry.label_en) for code, entry in codes.entries.items()}
    labels[""] = CauseLabel("", NOT_STATED.zh, NOT_STATED.en)
    return tuple(labels.get(code, CauseLabel(code, code, code)) for code in shown)


def _coverage(ledger: Ledger, teams: dict[str, bool], divisions: Sequence[Division]) -> tuple[CoverageLine, ...]:
    """Say how households and villages are covered; a village that only the ledger knows has no team to miss."""
    villages: defaultdict[str, list[bool]] = defaultdict(list)
    for code, has_team in teams.items():
        for place in (code, *ancestors(code)):
            villages[place].append(has_team)
    return tuple(_coverage_line(ledger, division, villages.get(division.code, [])) for division in divisions)


def _coverage_line(ledger: Ledger, division: Division, have_team: Sequence[bool]) -> CoverageLine:
    households = {
        cover: ledger.count(Section.COVERAGE, "", cover, division.code).households for cover in (HELPER, STAND_IN, NONE)
    }
    return CoverageLine(
        division=division,
        households=sum(households.values()),
        households_without_helper=households[NONE],
        households_with_stand_in=households[STAND_IN],
        villages=len(have_team),
        villages_without_team=have_team.count(False),
    )
