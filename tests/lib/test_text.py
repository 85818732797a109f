"""Cleaning, masks, sort keys, and cells that must not run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.lib import text as texts


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("  河谷乡 ", "河谷乡"),
        ('="549901196612230744"', "549901196612230744"),
        ('="say ""yes"""', 'say "yes"'),
        ("'007", "007"),
        ("\ufeff序号", "序号"),
        ("是\u200b", "是"),
        ("（一）：１２", "(一):12"),
        ("a\u00a0 b\tc\nd", "a b c d"),
        ("'", "'"),
        ('="open', '="open'),
    ],
)
def test_clean_gives_the_normal_form_when_a_sheet_adds_to_it(written: str, cleaned: str) -> None:
    assert texts.clean(written) == cleaned


def test_clean_prose_keeps_the_signs_of_chinese_sentences_when_it_cleans_the_rest() -> None:
    written = "\u3000通水， 集体收入过\uff15万元（试点）；\u200b下年再议！ "

    assert texts.clean_prose(written) == "通水，集体收入过5万元（试点）；下年再议！"


@given(st.text(max_size=40))
def test_clean_leaves_nothing_at_the_ends_or_invisible(written: str) -> None:
    cleaned = texts.clean(written)

    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert cleaned.isprintable()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (" 央 金\u3000罗布 ", "央金罗布"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("A. Lee", "A. Lee"),
        ("Ａ．Ｌｅｅ", "A.Lee"),
        ("E\u0301mile 张", "\u00c9mile 张"),
        ("𫖯明", "𫖯明"),
        ("\uf9b4明", "\uf9b4明"),
        ("བཀྲ་ཤིས", "བཀྲ་ཤིས"),
    ],
)
def test_clean_name_changes_only_spaces_and_dots_when_a_name_comes(written: str, name: str) -> None:
    assert texts.clean_name(written) == name


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "  =cmd|' /C calc'!A0", "\t=1+1", "＝1+1", '="a"&A1', "-"]
)
def test_safe_cell_puts_an_apostrophe_in_front_when_a_spreadsheet_would_run_it(text: str) -> None:
    assert texts.looks_like_formula(text)
    assert texts.safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "央金", "-12.5", "+86", "12%", "-1,200", '="549901"', "a=b"])
def test_safe_cell_leaves_the_text_when_nothing_would_run(text: str) -> None:
    assert texts.safe_cell(text) == text


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("549901196612230744", "549901********0744"),
        ("54990119780302359041", "549901********3590"),
        ("549901", "******"),
        ("", ""),
    ],
)
def test_masked_document_shows_neither_birth_nor_disability_when_printed(number: str, masked: str) -> None:
    assert texts.masked_document(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("17912345678", "179****5678"), ("08911234567", "089****4567"), ("12345678", "******78"), ("123", "***")],
)
def test_masked_phone_shows_the_ends_when_printed(number: str, masked: str) -> None:
    assert texts.masked_phone(number) == masked


@pytest.mark.parametrize(("number", "masked"), [("6228480000000001234", "****1234"), ("1234", "****")])
def test_masked_account_shows_four_digits_when_it_is_long_enough(number: str, masked: str) -> None:
    assert texts.masked_account(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"), [("次仁卓玛", "次**"), ("张三", "张**"), ("张", "*"), ("", ""), ("ཨོཾ་མ", "ཨོཾ**")]
)
def test_masked_name_shows_the_first_character_when_printed(name: str, masked: str) -> None:
    assert texts.masked_name(name) == masked


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("仇明", "qiu ming"),
        ("单明", "shan ming"),
        ("单增卓玛", "dan zeng zhuo ma"),
        ("尉迟明", "yu chi ming"),
        ("扎西", "zha xi"),
        ("小单", "xiao dan"),
        ("", ""),
    ],
)
def test_pinyin_key_uses_the_reading_of_names_when_it_differs(name: str, key: str) -> None:
    assert texts.pinyin_key(name) == key


def test_pinyin_key_sorts_by_sound_when_names_are_chinese() -> None:
    names = ["赵一", "次仁", "阿旺", "李一", "王一"]

    assert sorted(names, key=texts.pinyin_key) == ["阿旺", "次仁", "李一", "王一", "赵一"]
