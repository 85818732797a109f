"""What the first page counts, against SQL of its own and against the account; it follows each change at once."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from dashboards.queries.counts import months_shown, standing_of
from dashboards.queries.overview import overview_of
from households.domain.monitoring import identify_for_monitoring
from households.domain.move import move_household
from households.domain.status import change_status
from households.enums import Stock
from households.models import Household
from households.queries.stocks import posted_stock_on
from registry.lib.periods import Month, today
from registry.tenancy.context import Actor
from reports.queries.account import Section, ledger_of
from tests.dashboards.conftest import Homes
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE

# Written apart from the code that counts.
SQL = """
SELECT scope_code, 'status|' || status, count(*) FROM households_household GROUP BY 1, 2
UNION ALL
SELECT scope_code, 'stock|lifted', count(*) FROM households_household WHERE status = 'lifted' GROUP BY 1
UNION ALL
SELECT scope_code, 'stock|not_lifted', count(*) FROM households_household
WHERE status IN ('filed', 'returned') GROUP BY 1
UNION ALL
SELECT h.scope_code, 'stock|monitored', count(*) FROM households_household h
JOIN households_monitoringspell m ON m.household_id = h.id AND m.ends_on IS NULL GROUP BY 1
UNION ALL
SELECT h.scope_code, 'category|' || m.category_code, count(*) FROM households_household h
JOIN households_monitoringspell m ON m.household_id = h.id AND m.ends_on IS NULL GROUP BY 1, 2
UNION ALL
SELECT scope_code, 'cause|' || CASE status WHEN 'lifted' THEN 'lifted' ELSE 'not_lifted' END || '|' || main_cause_code,
       count(*)
FROM households_household WHERE status IN ('lifted', 'filed', 'returned') GROUP BY 1, 2
"""
Change = Callable[[Homes, Actor], object]
CHANGES: dict[str, Change] = {
    "nothing": lambda _homes, _office: None,
    "a household comes": lambda _homes, _office: registered(status="filed", main_cause_code="03"),
    "one is lifted": lambda homes, office: change_status(
        homes.filed.pk, "lift", actor=office, on=today(), reason="达标"
    ),
    "one is at risk": lambda homes, office: identify_for_monitoring(
        homes.lifted.pk, "2", on=today(), reason="因病", actor=office
    ),
    "one moves": lambda homes, office: move_household(
        homes.filed.pk, FAR_VILLAGE_CODE, on=today(), reason="搬家", actor=office
    ),
    "one is gone": lambda homes, office: change_status(
        homes.filed.pk, "close_gone", actor=office, on=today(), reason="整户消亡"
    ),
    "a cause is corrected": lambda homes, _office: Household.objects.filter(pk=homes.filed.pk).update(
        main_cause_code="05"
    ),
}


def counted(actor: Actor) -> dict[tuple[str, str], int]:
    """Give what the first page counts of the register itself."""
    named = {(code, name): count for code, by in standing_of(actor).items() for name, count in by.items()}
    return {key: count for key, count in named.items() if key[1].split("|")[0] not in {"posted", "flow"}}


def by_sql() -> dict[tuple[str, str], int]:
    """Count the same from the rows."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return {(code, name): count for code, name, count in cursor.fetchall()}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_counts_follow_each_change_at_once(homes: Homes, office: Actor, change: Change) -> None:
    before = counted(office) == by_sql()

    change(homes, office)

    assert before
    assert counted(office) == by_sql()


def test_what_did_not_change_is_not_counted_anew(
    homes: Homes, office: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standing_of(office)

    with django_assert_num_queries(2):
        standing_of(office)


def test_closing_of_the_months_is_the_posted_stock_of_their_last_days(homes: Homes, office: Actor) -> None:
    lines = overview_of(office).months

    posted = {(month, stock): Counter[str]() for month in months_shown(today()) for stock in Stock}
    for month in months_shown(today()):
        for row in posted_stock_on(min(month.last_day, today())):
            posted[month, Stock(row.stock)].update(h=row.households, p=row.persons)

    assert {(one.month, one.stock): (one.closing, one.persons_closing) for one in lines} == {
        key: (sums["h"], sums["p"]) for key, sums in posted.items()
    }


def test_months_chain(homes: Homes, office: Actor) -> None:
    lines = overview_of(office).months
    chained = {(one.month, one.stock): one for one in lines}

    assert all(one.opening + one.flow.net == one.closing for one in lines)
    assert all(
        chained[one.month.next, one.stock].opening == one.closing for one in lines if one.month != Month.of(today())
    )


def test_flows_are_those_of_the_account(homes: Homes, office: Actor) -> None:
    day = date(today().year, today().month, 1) - timedelta(days=1)
    months = [Month.of(today()), Month.of(day), Month.of(day.replace(day=1) - timedelta(days=1))]
    account = {
        (month, line.stock, line.item): (line.households_in, line.households_out, line.persons_in, line.persons_out)
        for month in months
        for line in ledger_of(month, county_code=office.tenant_code)
        if line.section == Section.FLOW and line.code == office.tenant_code
    }

    shown = {
        (one.month, one.stock, kind): (
            one.flow.came.get(kind, 0),
            one.flow.left.get(kind, 0),
            one.persons_flow.came.get(kind, 0),
            one.persons_flow.left.get(kind, 0),
        )
        for one in overview_of(office).months
        for kind in {*one.flow.came, *one.flow.left, *one.persons_flow.came, *one.persons_flow.left}
        if one.month in months
    }

    assert {key: sums for key, sums in shown.items() if any(sums)} == {
        key: sums for key, sums in account.items() if any(sums)
    }
    assert any(sums[0] for sums in shown.values())
