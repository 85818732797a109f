"""The collective ledger: what is booked and reversed, the year's balance, the goal, and the form's figure beside it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError
from pytest_django.fixtures import DjangoAssertNumQueries

from economy.definitions.goals import SHIPPED_GOAL_YUAN
from economy.domain.goals import amend_income_goal, set_income_goal
from economy.domain.ledger import EntryDraft, Paper, book_entry, read_entry_paper, reverse_entry
from economy.models import LedgerEntry
from economy.queries.goals import goal_of
from economy.queries.ledger import balance_of, village_year_rows, villages_of_year
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import PDF
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    TOWNSHIP_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from villages.domain.years import VillageYearDraft, record_village_year
from villages.models import VillageYear

DAY = date(2021, 3, 5)
RENT = EntryDraft(kind="income", source_code="11", occurred_on=DAY, amount_yuan=Decimal("30000.00"), purpose="草场租金")
GRANT = replace(RENT, source_code="21", amount_yuan=Decimal("70000.00"), purpose="财政补助")
COST = replace(RENT, kind="cost", source_code="", amount_yuan=Decimal("4000.50"), purpose="水渠维修")


def test_entry_keeps_what_was_booked(office: Actor) -> None:
    village = VillageFactory.create()

    row = book_entry(village.pk, RENT, actor=office)

    row.refresh_from_db()
    kept = {name: getattr(row, name) for name in EntryDraft.__dataclass_fields__}
    assert kept == {name: getattr(RENT, name) for name in kept}
    assert (row.scope_code, row.recorded_by, row.reverses_id) == (village.code, office.user_id, None)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"kind": "gift"}, "entry.kind", "kind"),
        ({"source_code": ""}, "code.unknown", "source_code"),
        ({"source_code": "99"}, "code.unknown", "source_code"),
        ({"source_code": "own"}, "entry.source_group", "source_code"),
        ({"kind": "cost"}, "entry.cost_with_source", "source_code"),
        ({"occurred_on": date(2099, 1, 1)}, "date.in_future", "occurred_on"),
        ({"occurred_on": date(1999, 12, 31)}, "entry.too_early", "occurred_on"),
        ({"amount_yuan": Decimal(0)}, "entry.amount", "amount_yuan"),
        ({"amount_yuan": Decimal(-5)}, "entry.amount", "amount_yuan"),
        ({"amount_yuan": Decimal("0.005")}, "entry.amount", "amount_yuan"),
        ({"amount_yuan": Decimal("NaN")}, "entry.amount", "amount_yuan"),
        ({"amount_yuan": Decimal("1e13")}, "entry.amount", "amount_yuan"),
        ({"purpose": "  "}, "entry.purpose_missing", "purpose"),
    ],
)
def test_entry_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    village = VillageFactory.create()

    with pytest.raises(DomainError) as refused:
        book_entry(village.pk, replace(RENT, **changes), actor=office)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not LedgerEntry.objects.exists()


def test_balance_tells_sources_aid_costs_and_what_was_carried_over(office: Actor) -> None:
    village = VillageFactory.create()
    contract = replace(RENT, source_code="12", amount_yuan=Decimal("100.25"), purpose="发包")
    earlier = replace(RENT, occurred_on=date(2020, 12, 31), amount_yuan=Decimal("900.00"))
    for draft in (RENT, contract, GRANT, COST, earlier):
        book_entry(village.pk, draft, actor=office)

    found = balance_of(village, 2021)

    assert (found.own, found.aid) == (
        (("11", Decimal("30000.00")), ("12", Decimal("100.25"))),
        (("21", Decimal("70000.00")),),
    )
    assert (found.own_yuan, found.aid_yuan, found.cost_yuan) == (
        Decimal("30100.25"),
        Decimal("70000.00"),
        Decimal("4000.50"),
    )
    assert (found.balance_yuan, found.carried_yuan, found.closing_yuan) == (
        Decimal("96099.75"),
        Decimal("900.00"),
        Decimal("96999.75"),
    )


def test_reversal_takes_the_amount_back_and_leaves_both_on_file(office: Actor) -> None:
    village = VillageFactory.create()
    wrong = book_entry(village.pk, RENT, actor=office)

    mirror = reverse_entry(wrong.pk, reason="金额有误", actor=office)

    assert (mirror.amount_yuan, mirror.occurred_on, mirror.source_code, mirror.purpose) == (
        Decimal("-30000.00"),
        DAY,
        "11",
        "金额有误",
    )
    assert (balance_of(village, 2021).own_yuan, LedgerEntry.objects.count()) == (Decimal("0.00"), 2)


def test_reversal_is_refused_when_it_was_done_or_is_one_itself(office: Actor) -> None:
    wrong = book_entry(VillageFactory.create().pk, RENT, actor=office)
    with pytest.raises(DomainError) as unexplained:
        reverse_entry(wrong.pk, reason=" ", actor=office)
    mirror = reverse_entry(wrong.pk, reason="错账", actor=office)

    with pytest.raises(Conflict) as twice:
        reverse_entry(wrong.pk, reason="错账", actor=office)
    with pytest.raises(Conflict) as back:
        reverse_entry(mirror.pk, reason="错账", actor=office)

    assert [one.value.code for one in (unexplained, twice, back)] == [
        "reason.missing",
        "database.ledgerentry_reversed_once",
        "entry.is_a_reversal",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_yuan": Decimal("-1.00")},
        {"occurred_on": date(2020, 3, 5)},
        {"source_code": "12"},
        {"kind": "cost", "source_code": ""},
    ],
)
def test_database_refuses_a_reversal_that_is_no_mirror(office: Actor, changes: dict[str, Any]) -> None:
    wrong = book_entry(VillageFactory.create().pk, RENT, actor=office)
    mirror = {
        "village": wrong.village,
        "scope_code": wrong.scope_code,
        "kind": "income",
        "source_code": "11",
        "occurred_on": DAY,
        "amount_yuan": Decimal("-30000.00"),
        "purpose": "错账",
        "reverses": wrong,
    }

    with pytest.raises(IntegrityError, match="mirror"), savepoint():
        LedgerEntry.objects.create(**mirror | changes)

    assert LedgerEntry.objects.create(**mirror).pk is not None


def test_database_refuses_to_change_an_entry(office: Actor) -> None:
    row = book_entry(VillageFactory.create().pk, RENT, actor=office)

    with pytest.raises(DatabaseError), savepoint():
        LedgerEntry.objects.filter(pk=row.pk).update(amount_yuan=1)


def test_figure_of_the_form_stays_when_the_ledger_says_otherwise(office: Actor) -> None:
    village = VillageFactory.create()
    stated = VillageYearDraft(year=2021, collective_income_yuan=Decimal("45000.00"))
    record_village_year(village.pk, stated, actor=office)

    book_entry(village.pk, RENT, actor=office)

    found = balance_of(village, 2021)
    assert (found.stated_yuan, found.difference_yuan) == (Decimal("45000.00"), Decimal("-15000.00"))
    assert VillageYear.objects.get(village=village).collective_income_yuan == Decimal("45000.00")


def test_own_income_alone_meets_the_goal(office: Actor) -> None:
    village = VillageFactory.create()
    for draft in (RENT, GRANT):
        book_entry(village.pk, draft, actor=office)
    under = balance_of(village, 2021).meets_goal

    book_entry(village.pk, replace(RENT, amount_yuan=Decimal("20000.00")), actor=office)

    assert (under, balance_of(village, 2021).meets_goal) == (False, True)


def test_goal_is_the_shipped_one_until_the_county_sets_its_own(office: Actor) -> None:
    first = set_income_goal(2021, goal_yuan=Decimal("80000.00"), source="县委2021年1号文件", actor=office)
    set_income_goal(2023, goal_yuan=Decimal("100000.00"), source="县委2023年1号文件", actor=office)

    amend_income_goal(first.pk, goal_yuan=Decimal("60000.00"), source="县委2021年1号文件", actor=office, version=1)

    assert [goal_of(year).goal_yuan for year in (2020, 2021, 2022, 2023)] == [
        SHIPPED_GOAL_YUAN,
        Decimal("60000.00"),
        Decimal("60000.00"),
        Decimal("100000.00"),
    ]


def test_goal_is_refused_when_it_is_none_or_somebody_was_first(office: Actor) -> None:
    row = set_income_goal(2021, goal_yuan=Decimal(80000), source="文件", actor=office)
    team = actor_of(Role.VILLAGE_TEAM)

    with pytest.raises(DomainError, match="above zero"):
        set_income_goal(2022, goal_yuan=Decimal(0), source="文件", actor=office)
    with pytest.raises(DomainError, match="source"):
        set_income_goal(2022, goal_yuan=Decimal(1), source=" ", actor=office)
    with pytest.raises(Conflict, match="already"):
        set_income_goal(2021, goal_yuan=Decimal(1), source="文件", actor=office)
    with pytest.raises(StaleVersion):
        amend_income_goal(row.pk, goal_yuan=Decimal(1), source="文件", actor=office, version=2)
    with pytest.raises(NotAllowed):
        set_income_goal(2022, goal_yuan=Decimal(1), source="文件", actor=team)


def test_villages_of_a_year_show_what_is_booked_stated_and_missing(office: Actor) -> None:
    rich, poor, silent = (VillageFactory.create(code=code) for code in CODES)
    book_entry(rich.pk, replace(RENT, amount_yuan=SHIPPED_GOAL_YUAN), actor=office)
    for draft in (GRANT, COST, replace(RENT, occurred_on=date(2020, 12, 31))):
        book_entry(poor.pk, draft, actor=office)
    record_village_year(silent.pk, VillageYearDraft(year=2021, collective_income_yuan=Decimal(9)), actor=office)

    rows = village_year_rows(villages_of_year(2021, goal_of(2021)))

    names = ("has_entries", "own_yuan", "aid_yuan", "cost_yuan", "stated_yuan", "difference_yuan", "meets_goal")
    zero = Decimal("0.00")
    assert [tuple(row[name] for name in names) for row in rows] == [
        (True, SHIPPED_GOAL_YUAN, zero, zero, None, None, True),
        (True, zero, Decimal("70000.00"), Decimal("4000.50"), None, None, False),
        (False, zero, zero, zero, Decimal(9), Decimal(-9), False),
    ]


CODES = ("549901100200", NEXT_VILLAGE_CODE, FAR_VILLAGE_CODE)


@pytest.mark.parametrize("count", [1, 3])
def test_villages_of_a_year_take_one_query_when_there_are_more(
    office: Actor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in CODES[:count]:
        book_entry(VillageFactory.create(code=code).pk, RENT, actor=office)
    goal = goal_of(2021)

    with django_assert_num_queries(1):
        rows = list(village_year_rows(villages_of_year(2021, goal)))

    assert len(rows) == count


def test_only_entries_of_the_own_area_are_seen_and_reversed(office: Actor) -> None:
    row = book_entry(VillageFactory.create(code=FAR_VILLAGE_CODE).pk, RENT, actor=office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk), pytest.raises(NotFound):
        reverse_entry(row.pk, reason="错账", actor=clerk)
    with tenant_scope(clerk), pytest.raises(NotFound):
        book_entry(row.village_id, RENT, actor=clerk)
    with tenant_scope(clerk):
        assert not LedgerEntry.objects.exists()


def test_entries_of_another_county_are_not_there(office: Actor) -> None:
    other = county_office(county(OTHER_COUNTY_CODE))
    with tenant_scope(other):
        theirs = book_entry(VillageFactory.create(code=OTHER_VILLAGE_CODE).pk, RENT, actor=other)

    with pytest.raises(NotFound):
        reverse_entry(theirs.pk, reason="错账", actor=office)

    assert not LedgerEntry.objects.exists()


def test_helper_neither_books_nor_reverses(office: Actor) -> None:
    row = book_entry(VillageFactory.create().pk, RENT, actor=office)
    helper = actor_of(Role.HELPER)

    with pytest.raises(NotAllowed):
        book_entry(row.village_id, RENT, actor=helper)
    with pytest.raises(NotAllowed):
        reverse_entry(row.pk, reason="错账", actor=helper)


def test_paper_of_an_entry_is_read_with_an_event(office: Actor) -> None:
    row = book_entry(VillageFactory.create().pk, RENT, actor=office, paper=Paper(PDF, "收据.pdf"))

    document, content = read_entry_paper(row.pk, actor=office)

    assert (content, document.media_type, document.scope_code) == (PDF, "application/pdf", row.scope_code)


def test_entry_is_not_booked_when_its_paper_is_not_what_it_says(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        book_entry(VillageFactory.create().pk, RENT, actor=office, paper=Paper(b"MZ", "收据.pdf"))

    assert (refused.value.code, LedgerEntry.objects.count()) == ("file.not_what_it_says", 0)


def test_each_verb_leaves_one_event(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        row = book_entry(VillageFactory.create().pk, RENT, actor=actor)
        reverse_entry(row.pk, reason="错账", actor=actor)
        goal = set_income_goal(2021, goal_yuan=Decimal(1), source="文件", actor=actor)
        amend_income_goal(goal.pk, goal_yuan=Decimal(2), source="文件", actor=actor, version=1)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        verbs = AuditEvent.objects.filter(verb__startswith="economy.").order_by("seq").values_list("verb", flat=True)
        assert list(verbs) == [
            "economy.book_entry",
            "economy.reverse_entry",
            "economy.set_income_goal",
            "economy.amend_income_goal",
        ]
