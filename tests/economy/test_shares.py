"""Shares and dividends: what adds up, who decides, who is reached, and what the income ledger is offered."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError

from economy.domain.dividends import approve_dividend, propose_dividend, refuse_dividend, withdraw_dividend
from economy.domain.shares import end_shares, hold_shares, open_fund
from economy.models import Dividend, DividendLine, ShareFund, Shareholding
from economy.queries.offers import offers_of
from economy.queries.shares import holdings_on
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.move import move_household
from households.models import Household, IncomeLine
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory

SINCE = date(2021, 2, 1)
PAID = date(2021, 12, 1)
OTHER_USER = "5499015d-0000-4000-8000-000000000001"


def colleague() -> Actor:
    """Give a second clerk of the township."""
    return actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)


def fund_with(actor: Actor, *counts: str) -> tuple[ShareFund, list[Household]]:
    """Open a fund in which each of so many households holds a number of shares, and the village ten."""
    fund = open_fund(VillageFactory.create(code=VILLAGE_CODE).pk, name="合作社", actor=actor)
    homes = [registered() for _count in counts]
    for home, count in zip(homes, counts, strict=True):
        hold_shares(fund.pk, home.pk, share_count=Decimal(count), on=SINCE, actor=actor)
    return fund, homes


def proposed(fund: ShareFund, actor: Actor, amount: str = "100.00", kept: str = "0.00") -> Dividend:
    return propose_dividend(fund.pk, paid_on=PAID, amount_yuan=Decimal(amount), kept_yuan=Decimal(kept), actor=actor)


def amounts(dividend: Dividend) -> list[Decimal]:
    lines = DividendLine.objects.filter(dividend=dividend).order_by("id")
    return [line.amount_yuan for line in lines]


@pytest.mark.parametrize(
    ("counts", "amount", "kept", "expected"),
    [
        (("1", "1", "1"), "100.00", "0.00", ["33.34", "33.33", "33.33"]),
        (("1", "2"), "100.00", "0.00", ["33.33", "66.67"]),
        (("0.5", "1.25"), "1000.00", "300.01", ["200.00", "499.99"]),
        (("1", "1", "1"), "0.02", "0.00", ["0.01", "0.01", "0.00"]),
        (("99999.99", "0.01"), "999999999999.99", "0.00", ["999999899999.99", "100000.00"]),
    ],
)
def test_parts_add_up_to_the_cent_by_largest_remainder(
    office: Actor, counts: tuple[str, ...], amount: str, kept: str, expected: list[str]
) -> None:
    fund, _homes = fund_with(office, *counts)

    row = proposed(fund, office, amount, kept)

    assert amounts(row) == [Decimal(one) for one in expected]
    assert sum(amounts(row)) + row.kept_yuan == Decimal(amount)


def test_village_has_its_part_when_it_holds_shares(office: Actor) -> None:
    fund, _homes = fund_with(office, "3")
    hold_shares(fund.pk, None, share_count=Decimal(1), on=SINCE, actor=office)

    row = proposed(fund, office)

    assert DividendLine.objects.get(dividend=row, household=None).amount_yuan == Decimal("25.00")


def test_shares_of_the_day_alone_count(office: Actor) -> None:
    fund, homes = fund_with(office, "1", "1")
    holding = Shareholding.objects.get(household=homes[0])

    end_shares(holding.pk, on=PAID, actor=office, version=1)

    assert [one.household_id for one in holdings_on(fund.pk, PAID)] == [homes[1].pk]
    assert amounts(proposed(fund, office)) == [Decimal("100.00")]


def test_household_that_moved_away_keeps_its_part_when_the_township_proposes(office: Actor) -> None:
    fund, homes = fund_with(office, "1", "1")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    move_household(homes[0].pk, FAR_VILLAGE_CODE, actor=office, on=date(2021, 6, 1), reason="搬迁")
    clerk = colleague()

    with tenant_scope(clerk):
        row = proposed(fund, clerk)
        seen = amounts(row)
    approve_dividend(row.pk, actor=office, version=1)

    assert (seen, amounts(row)) == ([Decimal("50.00")], [Decimal("50.00"), Decimal("50.00")])
    assert DividendLine.objects.get(household=homes[0]).scope_code == FAR_VILLAGE_CODE


@pytest.mark.parametrize(
    ("amount", "kept", "code", "field"),
    [
        ("0.00", "0.00", "dividend.kept", "kept_yuan"),
        ("100.00", "100.00", "dividend.kept", "kept_yuan"),
        ("100.00", "-1.00", "dividend.amount", "kept_yuan"),
        ("100.005", "0.00", "dividend.amount", "amount_yuan"),
        ("NaN", "0.00", "dividend.amount", "amount_yuan"),
    ],
)
def test_dividend_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, amount: str, kept: str, code: str, field: str
) -> None:
    fund, _homes = fund_with(office, "1")

    with pytest.raises(DomainError) as refused:
        proposed(fund, office, amount, kept)

    assert (refused.value.code, refused.value.field, Dividend.objects.count()) == (code, field, 0)


def test_stated_parts_are_refused_when_they_do_not_add_up_or_follow(office: Actor) -> None:
    fund, (one, two) = fund_with(office, "1", "1")
    wrong: list[dict[UUID | None, Decimal]] = [
        {one.pk: Decimal(45), two.pk: Decimal("45.01")},
        {one.pk: Decimal(46), two.pk: Decimal(44)},
    ]

    def propose(stated: dict[UUID | None, Decimal]) -> Dividend:
        return propose_dividend(
            fund.pk, paid_on=PAID, amount_yuan=Decimal(100), kept_yuan=Decimal(10), actor=office, stated=stated
        )

    refusals = []
    for stated in wrong:
        with pytest.raises(DomainError) as refused:
            propose(stated)
        refusals.append(refused.value.code)
    row = propose({one.pk: Decimal(45), two.pk: Decimal(45)})

    assert refusals == ["dividend.does_not_add_up", "dividend.not_by_shares"]
    assert amounts(row) == [Decimal(45), Decimal(45)]


def test_dividend_is_refused_when_nobody_holds_shares_or_it_is_there_already(office: Actor) -> None:
    empty, _nobody = fund_with(office)
    with pytest.raises(DomainError) as unshared:
        proposed(empty, office)
    hold_shares(empty.pk, None, share_count=Decimal(1), on=SINCE, actor=office)
    first = proposed(empty, office)

    with pytest.raises(Conflict) as twice:
        proposed(empty, office)
    withdraw_dividend(first.pk, actor=office, version=1, reason="金额有误")

    assert (unshared.value.code, twice.value.code) == ("dividend.no_shares", "database.dividend_once_a_day")
    assert proposed(empty, office).state == "proposed"


def test_second_person_decides_once(office: Actor) -> None:
    fund, _homes = fund_with(office, "1")
    row, clerk = proposed(fund, office), colleague()
    with pytest.raises(NotAllowed) as own:
        approve_dividend(row.pk, actor=office, version=1)

    with tenant_scope(clerk):
        approve_dividend(row.pk, actor=clerk, version=1)
        with pytest.raises(Conflict) as again:
            refuse_dividend(row.pk, actor=clerk, version=2, reason="再想")

    row.refresh_from_db()
    assert (own.value.code, again.value.code) == ("dividend.own_proposal", "dividend.decided")
    assert (row.state, row.decided_by, row.version) == ("approved", clerk.user_id, 2)


def test_team_proposes_and_does_not_decide(office: Actor) -> None:
    fund, _homes = fund_with(office, "1")
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team):
        row = proposed(fund, team)
        with pytest.raises(NotAllowed):
            approve_dividend(row.pk, actor=team, version=1)

    assert refuse_dividend(row.pk, actor=office, version=1, reason="账目不符").state == "refused"


def test_approval_is_refused_when_shares_of_the_day_changed_since(office: Actor) -> None:
    fund, homes = fund_with(office, "1", "1")
    row, clerk = proposed(fund, office), colleague()
    end_shares(Shareholding.objects.get(household=homes[0]).pk, on=date(2021, 6, 1), actor=office)

    with tenant_scope(clerk), pytest.raises(Conflict) as refused:
        approve_dividend(row.pk, actor=clerk, version=1)

    assert refused.value.code == "dividend.shares_changed"


def test_database_refuses_an_approval_that_does_not_add_up(office: Actor) -> None:
    fund, _homes = fund_with(office, "1")
    short = Dividend.objects.create(
        fund=fund, scope_code=fund.scope_code, paid_on=PAID, amount_yuan=2, kept_yuan=0, proposed_by=OTHER_USER
    )
    DividendLine.objects.create(dividend=short, scope_code=fund.scope_code, share_count=1, amount_yuan=1)

    with pytest.raises(Conflict) as refused:
        _approve_unchecked(short, office)

    assert refused.value.code == "database.dividend_adds_up"


def _approve_unchecked(row: Dividend, actor: Actor) -> None:
    from economy.domain.dividends import _decide  # noqa: PLC0415  (past the checks that would refuse before)

    _decide(row, "approved", "", actor)


def test_database_keeps_what_was_proposed_and_decided(office: Actor) -> None:
    fund, _homes = fund_with(office, "1")
    row, clerk = proposed(fund, office), colleague()
    with tenant_scope(clerk):
        approve_dividend(row.pk, actor=clerk, version=1)

    with pytest.raises(DatabaseError), savepoint():
        Dividend.objects.filter(pk=row.pk).update(amount_yuan=1)
    with pytest.raises(IntegrityError), savepoint():
        Dividend.objects.filter(pk=row.pk).update(state="refused")
    with pytest.raises(IntegrityError), savepoint():
        DividendLine.objects.create(dividend=row, scope_code=fund.scope_code, share_count=1, amount_yuan=1)


def test_shares_are_refused_when_held_already_or_by_another_village(office: Actor) -> None:
    fund, homes = fund_with(office, "1")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    far = registered(village_code=FAR_VILLAGE_CODE)

    with pytest.raises(Conflict) as twice:
        hold_shares(fund.pk, homes[0].pk, share_count=Decimal(2), on=PAID, actor=office)
    with pytest.raises(DomainError) as foreign:
        hold_shares(fund.pk, far.pk, share_count=Decimal(2), on=PAID, actor=office)
    with pytest.raises(DomainError) as none:
        hold_shares(fund.pk, None, share_count=Decimal(0), on=PAID, actor=office)

    assert [one.value.code for one in (twice, foreign, none)] == [
        "database.shareholding_one_a_household_a_day",
        "shares.another_village",
        "shares.count",
    ]


def test_approved_part_is_offered_until_the_ledger_holds_it(office: Actor) -> None:
    fund, (home,) = fund_with(office, "1")
    row, clerk = proposed(fund, office), colleague()
    before = offers_of(home.pk, 2021)
    with tenant_scope(clerk):
        approve_dividend(row.pk, actor=clerk, version=1)
    (offer,) = offers_of(home.pk, 2021)
    untouched = IncomeLine.objects.filter(household=home).exists()

    line = LineDraft(item_code=offer.item_code, amount_yuan=offer.amount_yuan, source=offer.source)
    income = IncomeDraft(
        household_id=home.pk,
        year=2021,
        period_start=date(2021, 1, 1),
        period_end=date(2022, 1, 1),
        person_count=1,
        lines=(line,),
    )
    record_income([income], actor=office)

    assert (before, untouched, offer.amount_yuan, offer.is_recorded) == ([], False, Decimal("100.00"), False)
    assert [one.is_recorded for one in offers_of(home.pk, 2021)] == [True]
