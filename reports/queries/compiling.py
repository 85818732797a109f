"""Compile the figures of one frozen period, or of the days up to one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from assistance.queries.coverage import HELPER, NONE, STAND_IN
from periods.models import Period, Snapshot
from periods.queries.books import books_of
from periods.queries.periods import picture_of
from registry.domain.codes import CodeList, code_list
from registry.lib.gbcode import ancestors
from registry.lib.messages import gettext_lazy as _
from registry.tenancy.context import Actor
from reports.definitions.account import REPORT_ID
from reports.definitions.figures import CauseLabel, CoverageLine, Division, Figures
from reports.definitions.period_words import DAY
from reports.definitions.wording import NOT_STATED
from reports.enums import Level
from reports.queries.account import (
    LedgerLine,
    Section,
    agrees_with_ledger,
    ledger_of,
    ledger_of_day,
    pictured_villages,
)
from reports.queries.account_lines import (
    AccountDoesNotClose,
    Ledger,
    account_of,
    categories_of,
    category_order,
    cause_order,
    causes_of,
)
from reports.queries.divisions import report_divisions


@dataclass(frozen=True, slots=True)
class _Span:
    """What the figures of an account are about: how it is called, its last day, and the picture that it closes with."""

    name: str
    kind: str
    last_day: date
    snapshot_id: UUID
    checksum: str


def compile_figures(period: Period, *, actor: Actor) -> Figures:
    """Compile the clear account of a frozen period with categories, causes and coverage of its last day.

    Source: what its months booked, and the pictures that it opens and closes with; both never change, so that the same
    period in the same edition gives the same figures.
    Raises: NotFound while the period is open; AccountDoesNotClose.
    """
    books = books_of(period)
    span = _Span(period.name, period.kind, period.last_day, books.closing_id, picture_of(period).checksum)
    lines = ledger_of(books, county_code=actor.tenant_code)
    return _compiled(span, lines, is_chained=books.opening_id is not None)


def compile_day(snapshot: Snapshot, *, actor: Actor) -> Figures:
    """Compile the clear account as a picture made for a question shows it: from the first of its month to its day.

    Nothing is booked for it: what took effect in these days, as known at the picture's moment, are its flows, none of
    them late, and it opens with what is left of its closing when they are taken away. Made again it is the same.
    Raises: AccountDoesNotClose where the postings of a village do not add up to what the picture counts.
    """
    day, known_at = snapshot.as_of, snapshot.known_at
    if not agrees_with_ledger(snapshot.pk, day, known_at=known_at):
        raise AccountDoesNotClose(
            "report.day_does_not_close",
            _(
                "What is posted up to this day and what the register shows of it do not agree. Nothing was reported. "
                "Ask once more; if it stays so, tell the system administrator."
            ),
        )
    span = _Span(day.isoformat(), DAY, day, snapshot.pk, snapshot.checksum)
    first = day.replace(day=1)
    lines = ledger_of_day(snapshot.pk, first, day, known_at=known_at, county_code=actor.tenant_code)
    return _compiled(span, lines, is_chained=False)


def _compiled(span: _Span, lines: Iterable[LedgerLine], *, is_chained: bool) -> Figures:
    ledger = Ledger(lines)
    villages = pictured_villages(span.snapshot_id)
    divisions = report_divisions(ledger.codes(), villages_named={code: name for code, name, _has_team in villages})
    causes = code_list("poverty_cause", on=span.last_day)
    categories = code_list("monitoring_category", on=span.last_day)
    shown_causes = cause_order(ledger, list(causes.entries))
    shown_categories = category_order(ledger, list(categories.entries))
    return Figures(
        report_id=REPORT_ID,
        county=next(division for division in divisions if division.level == Level.COUNTY),
        month=span.name,
        kind=span.kind,
        as_of=span.last_day,
        accounts=account_of(ledger, divisions, chained=is_chained),
        cause_labels=_labels(shown_causes, causes),
        causes=causes_of(ledger, divisions, list(causes.entries)),
        category_labels=_labels(shown_categories, categories),
        categories=categories_of(ledger, divisions, shown_categories),
        coverage=_coverage(ledger, {code: has_team for code, _name, has_team in villages}, divisions),
        picture=span.checksum,
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
