"""The lists of the register: who sees which rows, the same figures by other ways, and what was known at a moment."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from assistance.domain.measures import MeasureDraft, record_measure
from credit.models import Loan
from economy.queries.ledger import balance_of
from funds.models import Allocation, PaymentLine
from households.domain.work import withdraw_work
from households.models import WorkRecord
from registry.enums import Role, Sector
from registry.lib.errors import NotAllowed
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.catalogue.base import Basis, Subject, reports
from reports.definitions.layout import Table
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.reports.register.ground import Ground, laid_out, layout_of, records
from tests.reports.register.people import home, member
from villages.models import Village

LISTS = sorted(
    one.id
    for one in reports().values()
    if one.basis is Basis.REGISTER and one.subject is Subject.AREA and one.id != "sector-facts"
)


def numbers(report_id: str, actor: Actor, **values: Any) -> list[str]:
    """Give the household numbers of a list, in its order."""
    return [str(row["household_number"]) for row in records(laid_out(report_id, actor=actor, **values)[0])]


def total(report_id: str, actor: Actor, key: str, **values: Any) -> Any:  # noqa: ANN401  (a value of a cell)
    """Give what stands below a column."""
    (table,) = laid_out(report_id, actor=actor, **values)[-1].parts
    assert isinstance(table, Table)
    assert table.total is not None
    return table.total[[column.key for column in table.columns].index(key)]


def test_files_are_listed_by_area_when_it_is_narrowed(ground: Ground, office: Actor) -> None:
    homes = [ground.first, ground.second, ground.next, ground.far]
    by_area = {area: numbers("file-index", office, area_code=area) for area in (TOWNSHIP_CODE, FAR_VILLAGE_CODE)}

    assert numbers("file-index", office) == [one.number for one in homes]
    assert by_area == {
        TOWNSHIP_CODE: [one.number for one in homes[:3]],
        FAR_VILLAGE_CODE: [ground.far.number],
    }


def test_team_sees_its_village_alone_when_it_asks_for_the_county(ground: Ground, office: Actor) -> None:
    team = actor_of(Role.VILLAGE_TEAM, area=NEXT_VILLAGE_CODE)
    with tenant_scope(team):
        found = numbers("pairings", team), numbers("file-index", team)

    assert found == ([ground.next.number], [ground.next.number])


@pytest.mark.parametrize("report_id", LISTS)
def test_list_is_empty_when_another_county_asks(ground: Ground, office: Actor, report_id: str) -> None:
    other = county_office(county(OTHER_COUNTY_CODE))
    with tenant_scope(other):
        sheets = laid_out(report_id, actor=other)

    assert [len(list(part.rows)) for sheet in sheets for part in sheet.parts if isinstance(part, Table)] == [0] * len(
        [part for sheet in sheets for part in sheet.parts if isinstance(part, Table)]
    )


@pytest.mark.parametrize("report_id", LISTS)
def test_queries_do_not_grow_when_there_are_more_households(ground: Ground, office: Actor, report_id: str) -> None:
    with CaptureQueriesContext(connection) as with_few:
        laid_out(report_id, actor=office, area_code=VILLAGE_CODE)
    for number in range(20, 23):
        home(number, VILLAGE_CODE, status="filed")
    with CaptureQueriesContext(connection) as with_more:
        laid_out(report_id, actor=office, area_code=VILLAGE_CODE)

    assert len(with_more) == len(with_few) <= 30


def test_without_work_lists_those_able_when_it_is_chosen(ground: Ground, office: Actor) -> None:
    chosen = (("without_work", "yes"),)
    rows = records(laid_out("work-gone-out", actor=office, options=chosen)[0])

    # Able to work are the heads of the first and second household: one of them is at work.
    assert [(row["household_number"], row["works"]) for row in rows] == [
        (ground.first.number, True),
        (ground.second.number, False),
    ]
    assert numbers("work-gone-out", office) == [ground.first.number]


def test_work_is_over_when_the_month_after_its_end_is_asked_about(ground: Ground, office: Actor) -> None:
    months = {month: numbers("work-gone-out", office, as_of=date(2021, month, 15)) for month in (2, 3, 6, 7)}

    assert months == {2: [], 3: [ground.first.number], 6: [ground.first.number], 7: []}


def test_measures_under_way_alone_are_listed_when_it_is_chosen(ground: Ground, office: Actor) -> None:
    assert numbers("measures", office) == [ground.first.number, ground.next.number]
    assert numbers("measures", office, options=(("under_way", "yes"),)) == [ground.first.number]


def test_money_equals_what_the_register_keeps_when_it_is_added_up(ground: Ground, office: Actor) -> None:
    village = Village.objects.get(code=VILLAGE_CODE)
    balance = balance_of(village, 2021)
    (row,) = [row for row in records(laid_out("collective-income", actor=office)[0]) if row["village"] == village.name]
    paid_day = {"as_of": date(2021, 12, 31)}
    paid = PaymentLine.objects.filter(paid_on__isnull=False).aggregate(all=Sum("amount_yuan"))["all"]
    allocated = Allocation.objects.aggregate(all=Sum("amount_yuan"))["all"]

    assert (row["own_yuan"], row["aid_yuan"], row["cost_yuan"]) == (
        balance.own_yuan, balance.aid_yuan, balance.cost_yuan,
    )  # fmt: skip
    assert (row["own_yuan"], row["meets_goal"]) == (Decimal("51000.50"), True)
    assert total("payments", office, "amount_yuan", **paid_day) == paid == Decimal("250.00")
    assert total("fund-use", office, "amount_yuan", **paid_day) == allocated == Decimal("800.00")
    assert total("fund-use", office, "left_yuan", **paid_day) == allocated - paid
    assert total("fund-use", office, "paid_yuan") == Decimal(0)
    assert total("loans", office, "outstanding_yuan") == Loan.objects.aggregate(all=Sum("outstanding_yuan"))["all"]


def test_loan_is_owed_whole_and_not_overdue_when_an_earlier_day_is_asked_about(ground: Ground, office: Actor) -> None:
    (row,) = records(laid_out("loans", actor=office, as_of=date(2021, 2, 1))[0])

    assert (row["outstanding_yuan"], row["repaid_yuan"], row["overdue_yuan"], row["overdue_days"]) == (
        Decimal(30000), Decimal(0), Decimal(0), 0,
    )  # fmt: skip


def test_budgets_stand_in_the_countys_list_alone_when_a_township_asks(ground: Ground, office: Actor) -> None:
    keys = [sheet.key for sheet in laid_out("fund-use", actor=office)]
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    with tenant_scope(clerk):
        (sheet,) = laid_out("fund-use", actor=clerk, area_code=TOWNSHIP_CODE)

    assert keys == ["budgets", "allocations"]
    assert (sheet.key, [row["amount_yuan"] for row in records(sheet)]) == ("allocations", [Decimal(200)])


def test_numbers_are_masked_and_leave_no_trail_when_nobody_reveals_them(ground: Ground, office: Actor) -> None:
    (row,) = records(laid_out("loans", actor=office)[0])

    assert row["document"] == "549901********1218"


def test_each_number_leaves_its_line_in_the_trail_when_it_is_revealed(ground: Ground) -> None:
    clerk, auditor = county_office(), actor_of(Role.AUDIT_ADMINISTRATOR)
    with transaction.atomic():
        with tenant_scope(clerk):
            (row,) = records(laid_out("loans", actor=clerk, options=(("reveal", "1"),))[0])
            borrower = member(ground.second).pk
        with tenant_scope(auditor):
            event = AuditEvent.objects.filter(verb="households.reveal").latest("seq")
        transaction.set_rollback(True)

    assert (row["document"][:6], len(row["document"]), "*" in row["document"]) == ("549901", 18, False)
    assert (event.object_id, event.object_type, event.field_names, event.reason) == (
        borrower, "households.person", ["document_sealed"], "小额信贷台账",
    )  # fmt: skip


def test_revealing_is_refused_when_the_right_is_missing(ground: Ground, office: Actor) -> None:
    helper = actor_of(Role.HELPER, area=VILLAGE_CODE)

    with tenant_scope(helper), pytest.raises(NotAllowed):
        layout_of("loans", actor=helper, options=(("reveal", "1"),))


def test_sector_clerk_has_the_findings_of_the_sector_alone_when_they_are_listed(ground: Ground, office: Actor) -> None:
    clerk = replace(actor_of(Role.SECTOR_CLERK), sector=Sector.WATER)
    with tenant_scope(clerk):
        water = [sheet.key for sheet in laid_out("finding-lines", actor=clerk)]
        counted = [row["rule_code"] for row in records(laid_out("finding-counts", actor=clerk)[0])]
    nobody = replace(clerk, sector="")
    with tenant_scope(nobody):
        none = laid_out("finding-lines", actor=nobody)

    assert (water, counted, none) == (["R15-01"], ["R15-01"], [])


@pytest.mark.parametrize(
    ("sector", "columns", "rows"),
    [
        (Sector.EDUCATION, ["education_code", "school_code", "dropout_reason_code"], 8),
        (Sector.WATER, ["safe_water"], 4),
        (Sector.HOUSING, ["dangerous_housing"], 4),
    ],
)
def test_sector_clerk_has_the_columns_of_the_sector_alone_when_the_list_is_made(
    ground: Ground, office: Actor, sector: str, columns: list[str], rows: int
) -> None:
    clerk = replace(actor_of(Role.SECTOR_CLERK), sector=sector)
    with tenant_scope(clerk):
        found = records(laid_out("sector-facts", actor=clerk)[0])

    whom = {"township", "village", "household_number", "person_number", "person_name", "of_year"}
    assert ([key for key in found[0] if key not in whom], len(found)) == (columns, rows)


def test_list_of_a_sector_is_refused_when_the_clerk_works_in_none(ground: Ground, office: Actor) -> None:
    clerk = actor_of(Role.SECTOR_CLERK)

    with tenant_scope(clerk), pytest.raises(NotAllowed):
        layout_of("sector-facts", actor=clerk)


def test_findings_are_counted_as_they_are_listed_when_each_rule_has_a_sheet(ground: Ground, office: Actor) -> None:
    counted = {row["rule_code"]: row["open_count"] for row in records(laid_out("finding-counts", actor=office)[0])}
    listed = {sheet.key: len(records(sheet)) for sheet in laid_out("finding-lines", actor=office)}

    assert {code: count for code, count in counted.items() if count} == listed


def test_list_says_what_was_known_when_something_was_told_later(ground: Ground, office: Actor) -> None:
    before = ground.made_at
    clerk = county_office()
    with tenant_scope(clerk):
        draft = MeasureDraft(category_code="45", state_code="1", starts_on=date(2021, 6, 1))
        record_measure(ground.second.pk, draft, actor=clerk)
        withdraw_work(WorkRecord.objects.get(is_planned=False).pk, actor=clerk, reason="误录")
        known_then = numbers("measures", clerk, known_at=before), numbers("work-gone-out", clerk, known_at=before)
        known_now = numbers("measures", clerk), numbers("work-gone-out", clerk)

    homes = [ground.first.number, ground.next.number]
    assert known_then == (homes, [ground.first.number])
    assert known_now == ([homes[0], ground.second.number, homes[1]], [])


def test_past_that_is_not_kept_is_named_when_a_former_moment_is_asked_about(ground: Ground, office: Actor) -> None:
    note = "以下内容系统不保存修改前的情况，按现在的登记：公益性岗位。"

    (before,), (since,) = (
        laid_out("welfare-posts", actor=office, known_at=moment)
        for moment in (datetime(2000, 1, 1, tzinfo=UTC), datetime.now(tz=UTC))
    )

    assert (before.notes[-1], note in since.notes) == (note, False)
