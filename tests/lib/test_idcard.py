"""Document numbers: checks, what a number says, and refusals that quote nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from registry.lib.errors import DomainError
from registry.lib.idcard import (
    DocumentKind,
    DocumentNumber,
    check_character,
    document_key,
    parse_document,
)

CARD = "549901196612230744"
CERTIFICATE = "54990119780302359041"
ON = date(2020, 12, 15)
bodies = st.builds(
    lambda area, born_on, sequence: f"5499{area:02}{born_on:%Y%m%d}{sequence:03}",
    st.integers(0, 99),
    st.dates(date(1900, 1, 1), ON),
    st.integers(0, 999),
)


def code_of_refusal(text: str) -> str:
    """Give the code with which the text is refused, after making sure that the sentence does not quote it."""
    with pytest.raises(DomainError) as refused:
        parse_document(text, on=ON, field="document")
    assert text.strip() == "" or text.strip() not in str(refused.value)
    assert refused.value.field == "document"
    return refused.value.code


def test_parse_document_reads_birth_and_sex_when_the_card_is_right() -> None:
    document = parse_document(CARD, on=ON)

    assert document == DocumentNumber(DocumentKind.IDENTITY_CARD, CARD, date(1966, 12, 23), "2")
    assert document.key == CARD


def test_parse_document_reads_category_and_grade_when_it_is_a_certificate() -> None:
    document = parse_document(CERTIFICATE, on=ON)

    assert document == DocumentNumber(DocumentKind.DISABILITY_CERTIFICATE, CERTIFICATE, date(1978, 3, 2), "1", "4", "1")
    assert document.key == CERTIFICATE[:18]


def test_parse_document_keeps_all_characters_when_the_certificate_was_issued_again() -> None:
    document = parse_document(CERTIFICATE + "B1", on=ON)

    assert document.number == CERTIFICATE + "B1"


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_check_character_fits_when_the_standard_gives_the_number(number: str) -> None:
    assert check_character(number[:17]) == number[17]


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        '="11010519491231002X"',
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "11010519491231002Х",
    ],
)
def test_parse_document_finds_the_same_number_when_it_is_written_otherwise(text: str) -> None:
    assert parse_document(text, on=ON).number == "11010519491231002X"


def test_parse_document_believes_nothing_when_the_number_is_a_placeholder() -> None:
    document = parse_document("999999198001010011", on=ON)

    assert document == DocumentNumber(DocumentKind.PLACEHOLDER, "999999198001010011")
    assert document.is_placeholder


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "document.empty"),
        ("   ", "document.empty"),
        ("5.49901E+17", "document.scientific_notation"),
        ("5.49901196612231e+17", "document.scientific_notation"),
        ("549901661223074", "document.old_number"),
        (CARD[:17], "document.length"),
        (CARD + "1", "document.length"),
        ("54990119661223074A", "document.characters"),
        ("54990119661223074*", "document.characters"),
        ("54990a196612230744", "document.characters"),
        (CARD[:17] + "5", "document.check_digit"),
        ("549901196612320744", "document.birth"),
        ("549901189912310740", "document.birth"),
        ("549901202012160740", "document.birth"),
        (CARD + "81", "document.disability_marks"),
        (CARD + "15", "document.disability_marks"),
        (CARD[:17] + "541", "document.check_digit"),
    ],
)
def test_parse_document_refuses_with_its_own_code_when_something_is_wrong(text: str, code: str) -> None:
    assert code_of_refusal(text) == code


def test_parse_document_refuses_when_birth_lies_after_the_day_asked_for() -> None:
    born_on = date(1966, 12, 23)

    assert parse_document(CARD, on=born_on).birth_on == born_on
    with pytest.raises(DomainError, match=r"birth date|出生日期"):
        parse_document(CARD, on=date(1966, 12, 22))


def test_document_number_hides_itself_when_it_is_printed() -> None:
    assert repr(parse_document(CARD, on=ON)) == "DocumentNumber(kind=<DocumentKind.IDENTITY_CARD: '1'>)"


def test_document_key_is_the_same_when_card_and_certificate_are_of_one_person() -> None:
    assert document_key(f' ="{CERTIFICATE}"') == document_key(CERTIFICATE[:18])


@given(bodies)
def test_check_character_agrees_with_the_library(body: str) -> None:
    assert check_character(body) == ric.calc_check_digit(body + "0")


@given(bodies)
def test_parse_document_reads_back_what_a_right_number_says(body: str) -> None:
    number = body + check_character(body)

    document = parse_document(number, on=ON)

    assert document.number == number
    assert f"{document.birth_on:%Y%m%d}" == body[6:14]
    assert document.sex_code == ("1" if int(body[16]) % 2 else "2")


@given(bodies, st.integers(0, 16), st.integers(1, 9))
def test_parse_document_refuses_when_one_digit_is_mistyped(body: str, place: int, shift: int) -> None:
    number = body + check_character(body)
    mistyped = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert code_of_refusal(mistyped) in {"document.check_digit", "document.birth"}


@given(st.text(max_size=30))
def test_parse_document_knows_only_one_kind_of_error_when_the_text_is_anything(text: str) -> None:
    with pytest.raises(DomainError):
        parse_document(text + "?", on=ON)


@pytest.mark.slow
def test_parse_document_reads_every_number_when_a_county_of_250_000_comes() -> None:
    bodies_of_county = [
        f"5499{n % 90:02}{1930 + n % 90}{1 + n % 12:02}{1 + n % 28:02}{n % 1000:03}" for n in range(250_000)
    ]
    numbers = [body + check_character(body) for body in bodies_of_county]

    documents = [parse_document(number, on=ON) for number in numbers]

    assert len(documents) == 250_000
