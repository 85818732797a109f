"""Code lists: what the files hold, how they are loaded, and how labels are found."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from registry.domain.code_loading import (
    COLUMNS,
    FOLDER,
    CodeDifference,
    difference_of_codes,
    read_code_files,
    read_code_heads,
)
from registry.domain.codes import CodeList, code_list, forget_code_lists, scheme_names
from registry.lib.errors import DomainError
from registry.models import Code
from tests.support.database import Database, run_manage

ON = date(2020, 12, 15)
HEAD = "# label_zh: 颜色\n# label_en: Colour\n# source: a test\n" + ",".join(COLUMNS) + "\n"
RED = "colour,2014,1,红,Red,,,,,,赤|赤色,\n"
GREEN = "colour,2014,2,绿,Green,,,,,,,\n"


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    """Read the lists anew before and after each test, as after a start."""
    forget_code_lists()
    yield
    forget_code_lists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one list of two colours."""
    (tmp_path / "colour.csv").write_text(HEAD + RED + GREEN, encoding="utf-8")
    return tmp_path


def made(*rows: Code) -> CodeList:
    """Make a list of unsaved rows."""
    return CodeList("colour", rows)


def test_files_of_this_version_are_sound_when_read() -> None:
    rows = read_code_files()

    assert len({row.key for row in rows}) == len(rows) > 300
    assert {head.scheme for head in read_code_heads()} == {row.scheme for row in rows}


def test_files_hold_no_list_that_serves_no_assistance_when_read() -> None:
    refused = ("民族", "政治面貌", "宗教", "普通话", "计划生育", "独生", "双女", "维稳")
    texts = [text for row in read_code_files() if row.scheme != "relation" for text in (row.label_zh, *row.aliases)]

    assert [text for text in texts if text.startswith(refused)] == ["民族手工艺加工"]


def test_source_is_named_when_a_file_of_this_version_is_read() -> None:
    assert [head.scheme for head in read_code_heads() if len(head.source) < 10] == []


@pytest.mark.django_db
def test_difference_is_empty_when_the_files_were_loaded() -> None:
    assert difference_of_codes(read_code_files()) == CodeDifference((), (), ())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scheme", "text", "code"),
    [
        ("poverty_cause", "因病", "01"),
        ("poverty_cause", "自身发展力不足", "11"),
        ("poverty_cause", ' ="缺劳动力" ', "08"),
        ("relation", "户主", "01"),
        ("household_attribute", "低保脱贫户", "2"),
        ("household_attribute", "五保户", "3"),
        ("household_kind", "贫困户", "filed"),
        ("monitoring_category", "脱贫监测户", "1"),
        ("unit_level", "区（中）直", "2"),
        ("unit_level", "区(中)直", "2"),
        ("education", "文盲/半文盲", "1"),
        ("school_status", "高一", "31"),
        ("labour_skill", "弱劳动力或半劳动力", "5"),
        ("sex", "女", "2"),
        ("yes_no", "√", "1"),
    ],
)
def test_code_of_knows_the_spellings_of_files_when_they_come(scheme: str, text: str, code: str) -> None:
    assert code_list(scheme, on=ON).code_of(text) == code


@pytest.mark.django_db
@pytest.mark.parametrize(("scheme", "text"), [("poverty_cause", "因懒"), ("poverty_cause", ""), ("relation", "01")])
def test_code_of_gives_none_when_the_list_does_not_know_the_text(scheme: str, text: str) -> None:
    assert code_list(scheme, on=ON).code_of(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("健康", ("1",)),
        ("残疾+慢性病", ("4", "2")),
        ("大病、残疾", ("3", "4")),
        ("残疾，残疾", ("4",)),
        ("", ()),
        ("残疾+懒", None),
    ],
)
def test_codes_of_parts_a_text_when_it_names_several(text: str, codes: tuple[str, ...] | None) -> None:
    assert code_list("health", on=ON).codes_of(text) == codes


@pytest.mark.django_db
def test_code_list_follows_the_day_when_a_term_changed() -> None:
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]

    terms = [code_list("term", on=day).labels["monitored_household"] for day in days]

    assert terms == ["脱贫监测户和边缘户", "监测对象", "监测对象", "防止返贫致贫对象"]


@pytest.mark.django_db
def test_code_list_lacks_an_entry_when_it_does_not_hold_yet_or_any_more() -> None:
    categories = [sorted(code_list("monitoring_category", on=day).labels) for day in (ON, date(2021, 1, 1))]

    assert categories == [["1", "2"], ["1", "2", "3"]]
    assert "99" in code_list("poverty_cause", on=date(2015, 12, 31))
    assert "99" not in code_list("poverty_cause", on=date(2016, 1, 1))


@pytest.mark.django_db
def test_code_of_asks_for_the_parent_when_a_text_stands_under_several() -> None:
    reasons = code_list("membership_change", on=ON)

    assert reasons.code_of("其他") is None
    assert (reasons.code_of("其他", parent="in"), reasons.code_of("其他", parent="out")) == ("19", "29")
    assert reasons.children_of("in")[0] == "11"


@pytest.mark.django_db
def test_label_of_speaks_the_language_of_the_reader_when_asked() -> None:
    causes = code_list("poverty_cause", on=ON)

    with translation.override("en"):
        assert causes.label_of("01") == "Illness"
    with translation.override("zh-hans"):
        assert causes.label_of("01") == "因病"
        assert causes.choices()[0] == ("01", "因病")
        assert causes.label_of("77") == "77"


@pytest.mark.django_db
def test_code_list_asks_the_database_once_when_many_lists_are_asked_for(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        lists = [code_list(scheme, on=day) for scheme in scheme_names() for day in (ON, date(2026, 1, 1))]

    assert len(lists) == 2 * len(read_code_heads())


@pytest.mark.django_db
def test_code_list_refuses_when_there_is_no_such_list() -> None:
    assert len(code_list("sex", on=ON)) == 4
    with pytest.raises(LookupError, match="load_code_lists"):
        code_list("ethnic_group", on=ON)


def test_code_list_leaves_out_a_spelling_when_two_entries_share_it() -> None:
    colours = made(
        Code(scheme="colour", edition="1", code="1", label_zh="红", aliases=["彩"]),
        Code(scheme="colour", edition="1", code="2", label_zh="绿", aliases=["彩"]),
    )

    assert (colours.code_of("红"), colours.code_of("绿"), colours.code_of("彩")) == ("1", "2", None)


def test_read_code_files_reads_every_column_when_the_file_is_sound(folder: Path) -> None:
    red, green = read_code_files(folder)

    assert (red.key, red.position, red.aliases) == (("colour", "2014", "1"), 1, ("赤", "赤色"))
    assert (green.label_zh, green.label_en, green.valid_from) == ("绿", "Green", None)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "codes.head", "colour.csv"),
        (HEAD.replace("# source: a test\n", "# source: \n"), "codes.head", "# source"),
        (HEAD.replace("gb_code", "gbcode") + RED, "codes.columns", "gb_code"),
        (HEAD + RED.replace("colour", "sound"), "codes.line", "Line 5"),
        (HEAD + RED + "colour,2014\n", "codes.line", "Line 6"),
        (HEAD + RED.replace("Red,,", "Red,,2014/01/01"), "codes.date", "line 5"),
        (HEAD + RED.replace("Red,", "Red,7"), "codes.parent", "code 1"),
        (HEAD + RED.replace("Red,", "Red,1"), "codes.parent", "code 1"),
        (HEAD + RED + RED.replace("2014", "2015"), "codes.twice", "Code 1"),
        (HEAD + RED + GREEN.replace("绿", " 赤 色"), "codes.twice", "Code 2"),
    ],
)
def test_read_code_files_says_where_when_a_file_is_unsound(folder: Path, text: str, code: str, said: str) -> None:
    assert len(read_code_files(folder)) == 2
    (folder / "colour.csv").write_text(text, encoding="utf-8")

    with translation.override("en"), pytest.raises(DomainError, match=said) as refused:
        read_code_files(folder)

    assert refused.value.code == code


def test_read_code_files_takes_two_editions_of_a_code_when_their_days_part(folder: Path) -> None:
    later = "colour,2021,1,红色,Red,,2021-01-01,,,,赤,\n"
    (folder / "colour.csv").write_text(HEAD + RED.replace("Red,,", "Red,,,2021-01-01", 1).replace(
        "2021-01-01,,,,", "2021-01-01,,,"
    ) + later, encoding="utf-8")  # fmt: skip

    assert [row.edition for row in read_code_files(folder)] == ["2014", "2021"]


def test_read_code_files_refuses_when_the_folder_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refused:
        read_code_files(tmp_path)

    assert refused.value.code == "codes.no_files"


def test_load_code_lists_writes_only_what_changed_when_run_again(committed_database: Database, tmp_path: Path) -> None:
    copied = shutil.copytree(FOLDER, tmp_path / "lists")
    sex = copied / "sex.csv"
    sex.write_text(sex.read_text(encoding="utf-8").replace(",男,Male,", ",男,Man,"), encoding="utf-8")

    shown = run_manage("load_code_lists", str(copied), "--check", database=committed_database)
    before = Code.objects.get(scheme="sex", code="1").label_en
    loaded = run_manage("load_code_lists", str(copied), "-v2", database=committed_database)
    after = Code.objects.get(scheme="sex", code="1").label_en
    again = run_manage("load_code_lists", str(copied), database=committed_database)

    assert (before, after) == ("Male", "Man")
    assert shown == "sex: 0 new, 1 changed, 0 on record but in no file\n"
    assert loaded == shown + "~ sex 2003 1 男\n"
    assert "those of the files" in again


def test_load_code_lists_keeps_an_entry_when_no_file_holds_it_any_more(
    committed_database: Database, folder: Path
) -> None:
    shown = run_manage("load_code_lists", str(folder), database=committed_database)

    assert "colour: 2 new, 0 changed" in shown
    assert "sex: 0 new, 0 changed, 4 on record but in no file" in shown
    assert Code.objects.filter(scheme="sex").count() == 4


@pytest.mark.django_db
def test_load_code_lists_changes_nothing_when_the_app_role_only_checks(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_code_lists", "--check")

    assert "those of the files" in capsys.readouterr().out
