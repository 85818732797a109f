"""Any layout as .xlsx, CSV and HTML: what stands in the cells and how it is set up for printing."""

import csv
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell

from reports.definitions.layout import Layout, Table
from reports.renderers.formats import Rendered, file_name, render
from reports.renderers.xlsx import write_xlsx
from tests.reports.layouts import HOSTILE, LONG_NUMBER, ROWS, card_layout, list_layout

pytestmark = pytest.mark.django_db


def book(layout: Layout) -> Workbook:
    """Render a layout and open it."""
    return load_workbook(BytesIO(render(layout, "xlsx").content))


def csv_rows(rendered: Rendered, encoding: str = "utf-8-sig") -> list[list[str]]:
    """Read a rendered CSV."""
    return list(csv.reader(StringIO(rendered.content.decode(encoding))))


def values(row: Iterable[Cell | MergedCell]) -> list[Any]:
    """Give the values of a row of cells."""
    return [cell.value for cell in row]


def test_numbers_and_days_are_such_and_identifiers_texts_when_the_workbook_is_read() -> None:
    sheet = book(list_layout())["名单"]

    kinds = [cell.data_type for cell in sheet[5]]
    assert kinds == ["s", "s", "n", "n", "n", "n", "d", "d", "s", "s", "s"]
    assert values(sheet[5])[1:5] == ["549901000000", 1234, 1, 12345.6]


def test_report_without_any_sheet_says_so_when_it_is_made_in_any_format() -> None:
    empty = replace(list_layout(), sheets=())

    made = {one: render(empty, one) for one in ("xlsx", "csv", "html", "pdf", "parquet")}

    (sheet,) = load_workbook(BytesIO(made["xlsx"].content)).worksheets
    assert sheet["A1"].value == empty.title
    assert csv_rows(made["csv"]) == [[empty.title]]
    assert "没有符合条件的记录。" in made["html"].content.decode()
    assert [made[one].suffix for one in ("pdf", "parquet")] == ["pdf", "parquet"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_a_text_when_it_looks_like_a_formula(text: str) -> None:
    rows = [(text, LONG_NUMBER, *ROWS[0][2:])]
    sheet = book(list_layout(rows))["名单"]

    name, number = sheet["A5"], sheet["B5"]
    assert (name.value, name.data_type) == (text, "s")
    assert (number.value, number.data_type, number.number_format) == (LONG_NUMBER, "s", "@")


def test_number_is_written_as_its_digits_when_a_spreadsheet_would_round_it() -> None:
    rows = [("甲村", "1", 9_007_199_254_740_993, *ROWS[0][3:])]
    sheet = book(list_layout(rows))["名单"]

    assert (sheet["C5"].value, sheet["C5"].data_type) == ("9,007,199,254,740,993", "s")


def test_same_layout_gives_the_same_file_when_rendered_twice() -> None:
    assert render(list_layout(), "xlsx") == render(list_layout(), "xlsx")


def test_table_goes_on_in_further_sheets_when_it_is_longer_than_one() -> None:
    content = BytesIO()

    write_xlsx(list_layout((ROWS[0] for _ in range(10)), total=None), content, rows_of_a_sheet=8)

    sheets = load_workbook(content).worksheets
    assert [sheet.title for sheet in sheets] == ["名单", "名单（2）", "名单（3）"]
    assert [sum(cell.value == "示例县" for cell in sheet["A"]) for sheet in sheets] == [4, 4, 2]
    assert {str(sheet.print_title_rows) for sheet in sheets} == {"$3:$4"}


def test_every_card_has_its_sheet_when_their_names_are_the_same() -> None:
    assert book(card_layout(3)).sheetnames == ["手册", "手册（2）", "手册（3）"]


def test_row_is_refused_when_it_has_not_a_value_for_each_column() -> None:
    with pytest.raises(ValueError, match="11 columns and a row of 10"):
        render(list_layout([ROWS[0][:-1]]), "xlsx")


def test_codes_stand_in_words_when_the_workbook_is_in_english() -> None:
    sheet = book(list_layout(language="en"))["List"]

    assert values(sheet[5])[8:10] == ["yes", "lifted"]


def test_csv_is_read_as_written_when_opened() -> None:
    rendered = render(list_layout(), "csv")

    rows = csv_rows(rendered)
    assert (rendered.media_type, rendered.suffix) == ("text/csv; charset=utf-8", "csv")
    assert rows[0][:4] == ["区划", "行政编码", "建档立卡户 户数", "建档立卡户 占比"]
    assert rows[2][2:9] == ["1000", "0.81", "-12.50", "", "2015-06", "2020-11", "否"]
    assert len(rows) == 4


def test_sheets_of_any_length_stand_in_one_book_when_a_long_one_comes_last() -> None:
    [short] = list_layout().sheets
    [table] = [part for part in short.parts if isinstance(part, Table)]
    long = replace(short, key="long", parts=(replace(table, rows=iter(ROWS)),))

    first, last = book(replace(list_layout(), sheets=[short, long])).worksheets

    assert list(first.values) == list(last.values)


def test_csv_cell_has_an_apostrophe_when_a_spreadsheet_would_run_it() -> None:
    rows = [(text, LONG_NUMBER, *ROWS[0][2:]) for text in HOSTILE]

    firsts = [row[0] for row in csv_rows(render(list_layout(rows), "csv"))[1:]]
    assert firsts == [*(f"'{text}" for text in HOSTILE[:3]), HOSTILE[3]]


def test_csv_is_in_the_office_encoding_when_asked_for() -> None:
    rows = [("𬱖溪镇བོད", *ROWS[0][1:])]
    rendered = render(list_layout(rows), "csv", encoding="gb18030")

    assert csv_rows(rendered, "gb18030")[1][0] == "𬱖溪镇བོད"


def test_csv_of_cards_is_a_zip_when_there_are_several_tables() -> None:
    rendered = render(card_layout(2), "csv")

    with zipfile.ZipFile(BytesIO(rendered.content)) as archive:
        assert archive.namelist() == [
            f"card-{place}-{part}.csv" for place in (1, 2) for part in ("fields", "members", "fields-2")
        ]


def test_html_escapes_and_runs_nothing_when_a_text_holds_markup() -> None:
    rows = [(HOSTILE[3], *ROWS[0][1:])]

    page = render(list_layout(rows), "html").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_empty_table_says_so_when_there_are_no_rows() -> None:
    said = "没有符合条件的记录。"

    assert said in values(book(list_layout([], total=None))["名单"]["A"])
    assert said in render(list_layout([], total=None), "html").content.decode()


@pytest.mark.parametrize("format", ["xlsx", "pdf", "csv", "parquet", "html"])
def test_report_says_that_nothing_was_found_when_it_has_no_sheet(format: str) -> None:  # noqa: A002  (it is the word)
    rendered = render(replace(list_layout(), sheets=iter(())), format)

    assert rendered.suffix == format
    if format == "xlsx":
        sheet = load_workbook(BytesIO(rendered.content)).worksheets[0]
        assert "没有符合条件的记录。" in values(sheet["A"])
    if format == "csv":
        assert csv_rows(rendered) == [["示例县建档立卡户名单"]]


def test_file_is_named_after_area_report_and_day_when_it_travels() -> None:
    assert file_name(list_layout(), "xlsx") == "示例县-示例县建档立卡户名单-2020-12-31.xlsx"


def test_workbook_needs_no_product_or_drawing_library_when_it_is_a_plain_list() -> None:
    program = """
import sys
from io import BytesIO
from bench.long_workbook import layout_of
from reports.renderers.xlsx import write_xlsx

write_xlsx(layout_of(50), BytesIO())
print(sorted({"django.db.models", "matplotlib", "numpy", "pypinyin", "pyarrow"} & set(sys.modules)))
"""
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert said.stdout.strip() == "[]"
