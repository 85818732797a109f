"""Divisions: what a table must be, what loading shows and writes, and how names and subtrees are found."""

import lzma
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import DjangoAssertNumQueries

from registry.domain.division_loading import read_divisions, read_predecessors
from registry.lib.errors import DomainError, NotFound
from registry.lib.gbcode import Level, subtree
from registry.models import Division, DivisionEdition
from registry.queries.divisions import (
    children_of,
    division,
    division_names,
    divisions_in,
    divisions_named,
    name_path,
    predecessors_of,
    successors_of,
)
from tests.support.database import Database, run_manage

FILES = Path(__file__).parents[2] / "registry/data/divisions"
COUNTY = "549901000000"
TOWN, VILLAGE = "549901100000", "549901100200"
HEAD = "code,name,level\n"
ROWS = [
    "549901000000,示例县,county",
    "549901100000,示例镇,township",
    "549901100200,一村,village",
    "549901100201,二村,village",
    "549901100202,三村,village",
]
LATER = [
    "549901000000,示例县,county",
    "549901100000,示例街道,township",
    "549901100200,一村,village",
    "549901100203,并村,village",
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Give a sound table of one county."""
    return written(tmp_path / "county.csv", ROWS)


def written(path: Path, rows: list[str]) -> Path:
    """Write a table."""
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_read_divisions_reads_names_by_code_when_the_table_is_sound(table: Path) -> None:
    read = read_divisions(table)

    assert list(read.names.items())[:2] == [(COUNTY, "示例县"), (TOWN, "示例镇")]
    assert (read.top_level, read.tops, read.repeated_count) == (Level.COUNTY, [COUNTY], 0)


def test_read_divisions_reads_a_packed_table_when_it_begins_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "county.csv.xz"
    path.write_bytes(lzma.compress(("\ufeff" + HEAD + "\r\n".join(ROWS)).encode()))

    assert len(read_divisions(path).names) == 5


def test_read_divisions_takes_a_city_once_when_it_has_no_counties(tmp_path: Path) -> None:
    rows = ["441900000000,东莞市,city", "441900000000,东莞市,county", "441900003000,东城街道,township"]

    read = read_divisions(written(tmp_path / "city.csv", rows))

    assert (list(read.names), read.repeated_count) == (["441900000000", "441900003000"], 1)


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        ([], "divisions.empty", "no divisions"),
        ([*ROWS, "54990110020,四村,village"], "divisions.line", "Line 7"),
        ([*ROWS, "549901100203,,village"], "divisions.line", "Line 7"),
        ([*ROWS, "549901100203,四村,hamlet"], "divisions.line", "Line 7"),
        ([*ROWS, "549901100203,四村"], "divisions.columns", "Line 7"),
        ([*ROWS, "549901100200,另村,village"], "divisions.twice", VILLAGE),
        ([*ROWS, "549901100203,四村,township"], "divisions.level", "549901100203"),
        ([*ROWS, "549901200200,远村,village"], "divisions.no_parent", "549901200200"),
        ([*ROWS, '549901100203,"四村,village'], "divisions.file", "county.csv"),
    ],
)
def test_read_divisions_says_where_when_the_table_is_unsound(
    table: Path, rows: list[str], code: str, said: str
) -> None:
    assert len(read_divisions(table).names) == 5
    written(table, rows)

    with pytest.raises(DomainError) as refused:
        read_divisions(table)

    assert refused.value.code == code
    assert said in str(refused.value) or code == "divisions.empty"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "divisions.columns"),
        (b"name,code,level\n", "divisions.columns"),
        (HEAD.encode() + "549901000000,示例县,county".encode("gb18030"), "divisions.file"),
    ],
)
def test_read_divisions_refuses_when_the_file_is_no_such_table(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)

    with pytest.raises(DomainError) as refused:
        read_divisions(path)

    assert refused.value.code == code


def test_read_divisions_refuses_when_a_packed_file_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.xz"
    path.write_bytes((FILES / "2023.csv.xz").read_bytes()[:5000])

    with pytest.raises(DomainError) as refused:
        read_divisions(path)

    assert refused.value.code == "divisions.file"


@pytest.mark.parametrize("link", ["549901100299,549901100201", "549901100200,5499", "549901100200,549901100200"])
def test_read_predecessors_says_where_when_a_link_is_unsound(table: Path, tmp_path: Path, link: str) -> None:
    path = tmp_path / "links.csv"
    path.write_text(f"code,predecessor\n549901100200,549901100201\n{link}\n")

    with pytest.raises(DomainError) as refused:
        read_predecessors(path, read_divisions(table))

    assert refused.value.code == "divisions.link"


def test_load_divisions_only_shows_the_difference_when_not_told_to_apply(
    committed_database: Database, table: Path
) -> None:
    shown = run_manage("load_divisions", str(table), "--edition", "2024", database=committed_database)

    assert shown.splitlines()[:3] == [
        "5 divisions in the file, 0 lines repeat one under a lower level.",
        "Compared with edition 2023 and what this edition holds:",
        "0 new",
    ]
    assert "3 renamed\n  549901100200 示例镇1村 → 一村\n" in shown
    assert "74 gone (kept on record)" in shown
    assert shown.endswith("Nothing was changed. Add --apply to load the table.\n")
    assert not DivisionEdition.objects.filter(edition="2024").exists()


def test_load_divisions_shows_what_an_edition_changes_when_the_next_comes(
    committed_database: Database, tmp_path: Path
) -> None:
    first = written(tmp_path / "2024.csv", ROWS)
    second = written(tmp_path / "2025.csv", LATER)
    links = tmp_path / "links.csv"
    links.write_text("code,predecessor\n549901100203,549901100201\n549901100203,549901100202\n")
    run_manage("load_divisions", str(first), "--edition", "2024", "--apply", database=committed_database)

    shown = run_manage(
        "load_divisions", str(second), "--edition", "2025", "--predecessors", str(links),
        "--valid-from", "2025-01-01", "--apply", database=committed_database,
    )  # fmt: skip

    assert shown.splitlines()[1:] == [
        "Compared with edition 2024 and what this edition holds:",
        "1 new",
        "  549901100203 并村",
        "1 renamed",
        "  549901100000 示例镇 → 示例街道",
        "2 gone (kept on record)",
        "  549901100201 二村",
        "  549901100202 三村",
        "2 links to predecessors",
        "  549901100201 → 549901100203",
        "  549901100202 → 549901100203",
        "Loaded: 4 rows written in edition 2025.",
    ]
    assert (predecessors_of("549901100203"), successors_of("549901100201")) == (
        ("549901100201", "549901100202"),
        ("549901100203",),
    )
    assert division("549901100201").valid_to == date(2025, 1, 1)
    assert division(TOWN).name == "示例街道"
    assert [child.name for child in children_of(TOWN)] == ["一村", "并村"]


def test_load_divisions_writes_nothing_when_the_same_table_comes_again(
    committed_database: Database, table: Path
) -> None:
    arguments = ("load_divisions", str(table), "--edition", "2024", "--apply")
    run_manage(*arguments, database=committed_database)

    again = run_manage(*arguments, database=committed_database)

    assert again.endswith("Loaded: 0 rows written in edition 2024.\n")
    assert DivisionEdition.objects.get(edition="2024").row_count == 5


def test_load_divisions_leaves_the_neighbour_alone_when_the_table_is_of_one_county(
    committed_database: Database, table: Path
) -> None:
    neighbour = divisions_in(subtree("549902000000")).count()

    shown = run_manage("load_divisions", str(table), "--edition", "2023", "--apply", database=committed_database)

    assert "549902" not in shown
    assert divisions_in(subtree("549902000000")).count() == neighbour
    assert division(VILLAGE).name == "一村"


@pytest.mark.slow
def test_load_divisions_loads_the_whole_country_when_told(committed_database: Database) -> None:
    shown = run_manage(
        "load_divisions", str(FILES / "2023.csv.xz"), "--edition", "2022", "--apply", database=committed_database
    )

    assert "665271 divisions in the file, 5 lines repeat one under a lower level." in shown
    assert Division.objects.filter(edition_id="2022").count() == 665_271
    assert name_path("542121100200")[:3] == name_path("542121000000")


@pytest.mark.django_db
@pytest.mark.parametrize("edition", ["", "new", "20٢3", "2023-" + "x" * 20])
def test_load_divisions_refuses_when_the_edition_has_no_year(table: Path, edition: str) -> None:
    call_command("load_divisions", str(table), "--edition", "2024")
    with pytest.raises(CommandError, match=r"year|年"):
        call_command("load_divisions", str(table), "--edition", edition)


@pytest.mark.django_db
def test_name_path_goes_down_to_the_village_when_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        path = name_path(VILLAGE)

    assert path == ("示例地区", "示例县", "示例镇", "示例镇1村")


@pytest.mark.django_db
def test_division_refuses_when_there_is_no_such_code() -> None:
    assert division(VILLAGE).level == Level.VILLAGE
    with pytest.raises(NotFound) as refused:
        division("549901100999")

    assert refused.value.code == "division.unknown"


@pytest.mark.django_db
def test_divisions_in_gives_the_subtree_of_one_level_when_asked() -> None:
    county = subtree(COUNTY)

    assert divisions_in(county).count() == 1 + 6 + 72
    assert divisions_in(county, level=Level.TOWNSHIP).count() == 6
    assert set(divisions_in(county).values_list("code", flat=True)).isdisjoint(
        divisions_in(subtree("549902000000")).values_list("code", flat=True)
    )


@pytest.mark.django_db
def test_divisions_named_finds_by_prefix_when_inside_the_range() -> None:
    found = divisions_named("示例", within=subtree(COUNTY))

    assert [row.name for row in found[:3]] == ["示例县", "示例镇", "示例镇1村"]
    assert {row.code[:6] for row in found} == {"549901"}
    assert not divisions_named("例", within=subtree(COUNTY)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_division_names_asks_once_when_codes_are_many(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    codes = [TOWN, VILLAGE, COUNTY][:count]

    with django_assert_num_queries(1):
        names = division_names([*codes, "549901100999"])

    assert sorted(names) == sorted(codes)


@pytest.mark.django_db
def test_children_of_gives_none_when_no_edition_holds_the_division() -> None:
    assert children_of(COUNTY).count() == 6
    assert list(children_of("110000000000")) == []
