"""Phone numbers and bank accounts."""

from collections.abc import Callable

import pytest

from registry.lib.contacts import normal_phone, parse_account, parse_phone
from registry.lib.errors import DomainError

PHONE = "17910000001"


@pytest.mark.parametrize(
    "text",
    [
        PHONE,
        " 179-1000-0001 ",
        "+8617910000001",
        "008617910000001",
        "+86 179 1000 0001",
        "１７９１００００００１",
        '="17910000001"',
        "17910000001.0",
    ],
)
def test_parse_phone_gives_the_digits_when_they_are_written_otherwise(text: str) -> None:
    assert parse_phone(text) == PHONE


def test_parse_phone_takes_a_land_line_when_it_has_an_area_code() -> None:
    assert parse_phone("0891-1234567") == "08911234567"


@pytest.mark.parametrize(
    "text", ["", "1791000000", "179100000011", "12910000001", "1.79E+10", "1791000000a", "٠١٧٩١٠٠٠٠٠٠"]
)
def test_parse_phone_refuses_without_quoting_when_the_text_is_none(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_phone(text, field="phone")

    assert (refused.value.code, refused.value.field) == ("phone.malformed", "phone")


def test_parse_account_gives_the_digits_when_they_are_grouped() -> None:
    assert parse_account("6228 4800 0000 0001 234") == "6228480000000001234"


@pytest.mark.parametrize("text", ["", "1234567", "6.22848E+18", "x" * 12])
def test_parse_account_refuses_when_the_text_is_none(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_account(text)

    assert refused.value.code == "account.malformed"


@pytest.mark.parametrize("normal", [normal_phone, parse_phone])
def test_normal_phone_agrees_with_the_check_when_the_number_is_right(normal: Callable[[str], str]) -> None:
    assert normal("+86 179-1000-0001") == PHONE


@pytest.mark.parametrize("account", ["008612345678901", "86123456789012345"])
def test_parse_account_keeps_every_digit_when_it_begins_like_a_country_prefix(account: str) -> None:
    assert parse_account(account) == account
