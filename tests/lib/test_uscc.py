"""The unified social credit code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from registry.lib.errors import DomainError
from registry.lib.uscc import check_character, check_uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE = "91350100M000100Y43"


@pytest.mark.parametrize(
    "text", [CODE, CODE.lower(), " 91350100 M000100Y43", '="91350100M000100Y43"', "９１３５０１００M000100Y43"]
)
def test_check_uscc_gives_the_normal_form_when_the_code_is_right(text: str) -> None:
    assert check_uscc(text) == CODE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "uscc.malformed"),
        (CODE[:17], "uscc.malformed"),
        ("91350100M000I00Y43", "uscc.malformed"),
        (CODE[:17] + "4", "uscc.check_character"),
    ],
)
def test_check_uscc_refuses_with_its_own_code_when_the_text_is_none(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_uscc(text, field="uscc")

    assert (refused.value.code, refused.value.field) == (code, "uscc")


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_check_character_agrees_with_the_library(body: str) -> None:
    assert check_character(body) == uscc.calc_check_digit(body)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 30))
def test_check_uscc_refuses_when_one_character_is_mistyped(body: str, place: int, shift: int) -> None:
    code = body + check_character(body)
    mistyped = code[:place] + ALPHABET[(ALPHABET.index(code[place]) + shift) % 31] + code[place + 1 :]

    with pytest.raises(DomainError) as refused:
        check_uscc(mistyped)

    assert refused.value.code == "uscc.check_character"
