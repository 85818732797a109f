"""A year of a county in which things happen at random, some told late, one month opened again: twelve months chain."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from households.enums import Stock
from households.models import Posting
from periods.domain.freezes import start_freeze
from periods.domain.periods import open_year
from periods.domain.reopening import ask_reopening, decide_reopening
from periods.models import Booking, Period
from periods.queries.behind import Question, behind
from periods.queries.periods import find_period, frozen_months
from registry.lib.periods import Month
from registry.tenancy.context import Actor, current_tenant_id
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import STOCK_BY_NAME
from reports.definitions.figures import AccountLine, Count, Figures
from reports.queries.compiling import compile_figures
from tests.factories.tenants import county_office
from tests.periods.making import second_clerk
from tests.periods.play import Play
from tests.reports.making import frozen_up_to

FIRST, YEAR = Month(2020, 12), 2021
REOPENED = Month(2021, 6)
Cells = dict[tuple[str, str, str], Count]

# What stands on a day by the base tables alone, written for this test.
STANDING = """
SELECT s.village_code, stock.name, count(*), coalesce(sum(m.number), 0)
FROM households_householdspell s
CROSS JOIN LATERAL (
    SELECT CASE WHEN s.status IN ('filed', 'returned') THEN 'not_lifted' WHEN s.status = 'lifted' THEN 'lifted' END
    UNION ALL
    SELECT 'monitored' FROM households_monitoringspell w WHERE w.tenant_id = s.tenant_id
        AND w.household_id = s.household_id AND w.starts_on <= %(day)s AND (w.ends_on IS NULL OR w.ends_on > %(day)s)
) AS stock (name)
LEFT JOIN LATERAL (
    SELECT count(*) AS number FROM households_membership p WHERE p.tenant_id = s.tenant_id
        AND p.household_id = s.household_id AND (p.starts_on IS NULL OR p.starts_on <= %(day)s)
        AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
) AS m ON true
WHERE s.tenant_id = %(tenant)s AND (s.starts_on IS NULL OR s.starts_on <= %(day)s)
    AND (s.ends_on IS NULL OR s.ends_on > %(day)s) AND s.status NOT IN ('closed', 'candidate')
    AND stock.name IS NOT NULL
GROUP BY 1, 2
"""
# What was recorded since a set of postings was seen, by the ledger alone; moves are looked at in the county only.
RECORDED = """
SELECT stock, kind, effective_on < %(first)s AS late,
    coalesce(sum(households_delta) FILTER (WHERE households_delta > 0), 0),
    coalesce(sum(persons_delta) FILTER (WHERE persons_delta > 0), 0),
    coalesce(-sum(households_delta) FILTER (WHERE households_delta < 0), 0),
    coalesce(-sum(persons_delta) FILTER (WHERE persons_delta < 0), 0)
FROM households_posting
WHERE tenant_id = %(tenant)s AND NOT id = ANY(%(seen)s) AND kind NOT IN ('moved_in', 'moved_out')
GROUP BY 1, 2, 3
"""


@dataclass
class Told:
    """What was noted of a month when it was frozen."""

    figures: Figures
    standing: dict[tuple[str, str], Count]
    recorded: dict[tuple[str, str, bool, str], Count]


@dataclass
class SimulatedYear:
    """The months of a county, each as it was frozen last."""

    actor: Actor
    months: dict[Month, Told] = field(default_factory=dict)
    seen: dict[Month, list[object]] = field(default_factory=dict)


def standing_on(day: date) -> dict[tuple[str, str], Count]:
    """Count by village and stock what stands on a day."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"day": day, "tenant": current_tenant_id()})
        return {(village, stock): Count(int(h), int(p)) for village, stock, h, p in cursor.fetchall()}


def recorded_since(seen: list[object], first: date) -> dict[tuple[str, str, bool, str], Count]:
    """Sum by stock, kind, lateness and direction what was recorded since."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDED, {"first": first, "tenant": current_tenant_id(), "seen": seen})
        rows = cursor.fetchall()
    both = [
        ((stock, kind, late, direction), Count(int(h), int(p)))
        for stock, kind, late, *sums in rows
        for direction, h, p in (("in", *sums[:2]), ("out", *sums[2:]))
    ]
    return {key: count for key, count in both if count != Count()}


def live(year: SimulatedYear, play: Play, month: Month, *, late: int) -> None:
    """Let a month pass: some things of the month before are told late, then its own; freeze it, and note what was."""
    before: list[object] = list(Posting.objects.values_list("pk", flat=True))
    if late:
        play.day = month.previous.first_day.replace(day=18)
        play.run(late)
    play.day = month.first_day
    play.run(7)
    year.seen[month] = before
    note(year, month)


def note(year: SimulatedYear, month: Month) -> None:
    """Freeze a month and note its figures beside those of the base tables."""
    recorded = recorded_since(year.seen[month], month.first_day)
    standing = standing_on(month.last_day)
    period = frozen_up_to(month, actor=year.actor)
    year.months[month] = Told(compile_figures(period, actor=year.actor), standing, recorded)


def reopen(year: SimulatedYear, play: Play, month: Month) -> None:
    """Open a frozen month again, let some more of it be told, and freeze its next edition."""
    period = frozen_up_to(month, actor=year.actor)
    request = ask_reopening(period.pk, reason="核对后补录", actor=year.actor)
    decide_reopening(request.pk, approve=True, actor=second_clerk())
    play.day = month.first_day.replace(day=22)
    play.run(3)
    note(year, month)


@pytest.fixture(scope="module")
def simulated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimulatedYear]:
    """Live the year once for all tests of the module, in a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        with tenant_scope(county_office()) as actor:
            play = Play(actor, seed=20210)
            play.verbs = [play.register, play.change_status, play.monitor, play.move, play.join, play.leave]
            year = SimulatedYear(actor)
            live(year, play, FIRST, late=0)
            for number in range(1, 13):
                live(year, play, Month(YEAR, number), late=3)
                if Month(YEAR, number) == REOPENED:
                    reopen(year, play, REOPENED)
            open_year(YEAR, actor=actor)
            for period in Period.objects.filter(kind__in=["quarter", "half_year", "year"]):
                start_freeze(period.pk, actor=actor)
            yield year
        transaction.set_rollback(True)


@pytest.fixture
def lived(simulated: SimulatedYear, django_db_blocker: DjangoDbBlocker) -> Iterator[SimulatedYear]:
    """Give the year with the database open."""
    with django_db_blocker.unblock():
        yield simulated


def part(figures: Figures, name: str) -> Cells:
    """Give opening or closing of each stock and division that is not nothing."""
    cells = {
        (stock, line.division.code, ""): getattr(line, name)
        for stock, lines in figures.accounts.items()
        for line in lines
    }
    return {key: count for key, count in cells.items() if count != Count()}


def flows(figures: Figures) -> Cells:
    """Give every flow of each stock and division, late ones too, that is not nothing."""
    found: Cells = {}
    for stock, lines in figures.accounts.items():
        for line in lines:
            found |= {(stock, line.division.code, name): count for name, count in named(stock, line)}
    return {key: count for key, count in found.items() if count != Count()}


def named(stock: str, line: AccountLine) -> list[tuple[str, Count]]:
    """Give the flows of a line by kind, direction and lateness."""
    columns = STOCK_BY_NAME[stock].columns
    return [
        (f"{column.kind} {column.direction} {late}", count)
        for late, counts in (("", line.flows), ("late", line.late))
        for column, count in zip(columns, counts, strict=True)
    ]


def summed(all_of_them: list[Cells]) -> Cells:
    """Add up cells."""
    sums: defaultdict[tuple[str, str, str], Count] = defaultdict(Count)
    for cells in all_of_them:
        for key, count in cells.items():
            sums[key] = sums[key] + count
    return dict(sums)


def test_year_holds_what_it_is_to_prove_when_it_was_lived(lived: SimulatedYear) -> None:
    kinds = {kind for told in lived.months.values() for _stock, kind, _late, _way in told.recorded}
    late_kinds = {kind for told in lived.months.values() for _stock, kind, is_late, _way in told.recorded if is_late}

    assert len(kinds) >= 5, kinds
    assert len(late_kinds) >= 3, late_kinds
    assert Booking.objects.filter(is_late=True).exists()


def test_each_month_opens_at_what_the_month_before_closed_at(lived: SimulatedYear) -> None:
    months = [lived.months[month].figures for month in sorted(lived.months)]

    closings = [part(figures, "closing") for figures in months[:-1]]
    openings = [part(figures, "opening") for figures in months[1:]]

    assert len(months) == 13
    assert openings == closings


def test_each_posting_is_booked_once_in_the_editions_that_count(lived: SimulatedYear) -> None:
    current = list(frozen_months().values_list("snapshot_id", flat=True))
    booked = Counter(Booking.objects.filter(snapshot_id__in=current).values_list("posting_id", flat=True))

    within = Posting.objects.filter(effective_on__lte=date(YEAR, 12, 31)).values_list("pk", flat=True)

    assert set(booked.values()) == {1}
    assert set(booked) == set(within)


def test_closing_is_what_the_base_tables_count_when_each_month_was_frozen(lived: SimulatedYear) -> None:
    shown = {
        month: {
            (code, stock): count
            for (stock, code, _name), count in part(told.figures, "closing").items()
            if not code.endswith("000")
        }
        for month, told in lived.months.items()
    }

    assert shown == {month: told.standing for month, told in lived.months.items()}


def test_flows_are_what_the_ledger_recorded_meanwhile_when_each_month_was_frozen(lived: SimulatedYear) -> None:
    months = [month for month in lived.months if month != FIRST]
    shown = {month: flows_of_county(lived.months[month].figures) for month in months}

    assert shown == {month: lived.months[month].recorded for month in months}


def flows_of_county(figures: Figures) -> dict[tuple[str, str, bool, str], Count]:
    """Give the county's flows but moves by stock, kind, lateness and direction."""
    found = {}
    for (stock, code, name), count in flows(figures).items():
        kind, direction, late = name.split(" ")
        if code == figures.county.code and kind not in {"moved_in", "moved_out"}:
            found[stock, kind, late == "late", direction] = count
    return found


@pytest.mark.parametrize("name", ["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4", "2021-H1", "2021-H2", "2021"])
def test_longer_period_is_the_sum_of_its_months(lived: SimulatedYear, name: str) -> None:
    period = Period.objects.get(name=name)
    months = [
        told.figures
        for month, told in sorted(lived.months.items())
        if period.first_day <= month.first_day <= period.last_day
    ]

    figures = compile_figures(find_period(period.pk), actor=lived.actor)

    assert flows(figures) == summed([flows(month) for month in months])
    assert part(figures, "opening") == part(months[0], "opening")
    assert part(figures, "closing") == part(months[-1], "closing")


def test_account_of_every_month_is_the_same_when_drawn_up_again_at_the_end(lived: SimulatedYear) -> None:
    again = {
        Month.of(period.first_day): compile_figures(find_period(period.pk), actor=lived.actor)
        for period in frozen_months()
    }

    assert again == {month: told.figures for month, told in lived.months.items()}


def test_reopened_month_has_two_editions_and_the_others_one(lived: SimulatedYear) -> None:
    editions = dict(frozen_months().values_list("name", "snapshot__edition"))

    kept = Period.objects.get(name=str(REOPENED)).snapshots.order_by("edition").values_list("edition", "state")
    assert {name for name, edition in editions.items() if edition > 1} == {str(REOPENED)}
    assert list(kept) == [(1, "made"), (2, "made")]


@pytest.mark.parametrize("stock", Stock.values)
def test_list_behind_each_figure_adds_up_to_it(lived: SimulatedYear, stock: str) -> None:
    period = find_period(Period.objects.get(name="2021-Q2").pk)
    figures = compile_figures(period, actor=lived.actor)

    shown = [
        (line.division.code, name, count, listed(period, stock, line.division.code, name))
        for line in figures.accounts[stock]
        for name, count in [*named(stock, line), ("opening", line.opening), ("closing", line.closing)]
    ]

    assert [row for row in shown if row[2] != row[3]] == []
    assert [row for row in shown if row[2] != Count()]


def listed(period: Period, stock: str, code: str, name: str) -> Count:
    """Add up the list behind a figure."""
    if name in {"opening", "closing"}:
        answer = behind(period, Question(name, code, stock))
        rows = list(answer.households.values_list("person_count", flat=True)) if answer.households is not None else []
        return Count(len(rows), sum(rows))
    kind, direction, late = name.split(" ")
    answer = behind(period, Question("late" if late else "flow", code, stock, kind, direction))
    deltas = list(answer.postings_found.values_list("households_delta", "persons_delta"))
    sign = 1 if direction == "in" else -1
    return Count(sign * sum(h for h, _p in deltas), sign * sum(p for _h, p in deltas))
