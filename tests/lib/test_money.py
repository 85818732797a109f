"""Amounts in yuan."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.lib.errors import DomainError
from registry.lib.money import net_per_head, parse_yuan, rounded_yuan

amounts = st.decimals(Decimal("-999999999999.99"), Decimal("999999999999.99"), places=2)
ZERO = Decimal(0)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6762.95", "6762.95"),
        ("6,762.95", "6762.95"),
        ("１２３，４５６．７０", "123456.70"),
        ("3900", "3900.00"),
        ("3900.0", "3900.00"),
        ("3900.", "3900.00"),
        ("¥3900元", "3900.00"),
        ("-12.345", "-12.35"),
        ("0.005", "0.01"),
        ("6762.949999999999", "6762.95"),
        ('="100"', "100.00"),
        ("-0", "0.00"),
    ],
)
def test_parse_yuan_reads_the_amount_when_a_sheet_writes_it_so(text: str, amount: str) -> None:
    read = parse_yuan(text)

    assert str(read) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money.empty"),
        ("1.2万", "money.scaled"),
        ("5万元", "money.scaled"),
        ("1,23", "money.unreadable"),
        ("1.2E+04", "money.unreadable"),
        ("NaN", "money.unreadable"),
        ("1 to 2", "money.unreadable"),
        ("1000000000000", "money.too_large"),
        ("999999999999.995", "money.too_large"),
        ("9" * 40, "money.too_large"),
    ],
)
def test_parse_yuan_refuses_with_its_own_code_when_the_text_is_no_amount(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_yuan(text)

    assert refused.value.code == code


@given(amounts)
def test_parse_yuan_reads_back_what_was_printed(amount: Decimal) -> None:
    assert parse_yuan(f"{amount:,}") == amount
    assert parse_yuan(f"{amount}") == amount


@pytest.mark.parametrize(
    ("exact", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("0.0049", "0.00")]
)
def test_rounded_yuan_rounds_half_up_when_it_lies_between(exact: str, rounded: str) -> None:
    assert rounded_yuan(Decimal(exact)) == Decimal(rounded)


def test_net_per_head_follows_the_formula_when_all_classes_are_known() -> None:
    net = net_per_head(
        wage=Decimal("12000.50"),
        business=Decimal(8000),
        assets=Decimal(300),
        transfer=Decimal("1500.25"),
        cost=Decimal("2400.75"),
        person_count=3,
    )

    assert net == Decimal("6466.67")


def test_net_per_head_is_below_zero_when_costs_are_higher() -> None:
    net = net_per_head(wage=ZERO, business=Decimal(100), assets=ZERO, transfer=ZERO, cost=Decimal(300), person_count=4)

    assert net == Decimal("-50.00")


def test_net_per_head_refuses_when_nobody_lives_in_the_household() -> None:
    with pytest.raises(DomainError) as refused:
        net_per_head(wage=ZERO, business=ZERO, assets=ZERO, transfer=ZERO, cost=ZERO, person_count=0)

    assert (refused.value.code, refused.value.field) == ("money.no_persons", "person_count")
