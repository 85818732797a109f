"""From the bytes of a file to rows of values."""

from datetime import date

import pytest

from exchange.sheets.header import find_layout
from exchange.sheets.reading import raw_rows
from registry.lib.errors import DomainError
from registry.lib.sheets import Row, cell_text, open_sheets
from tests.exchange.rosters import csv_of, head, spouse, table, workbook_of, xlsx_of


def csv_lines(*rows: Row) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def rows_of(content: bytes) -> list[Row]:
    return list(next(open_sheets(content)).rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows_are_the_same_when_the_encoding_differs(encoding: str) -> None:
    rows = rows_of(csv_of(head(), encoding=encoding))

    assert rows == [["示例县花名册"], *table(head()), ["合计", "1"]]


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_cells_are_parted_when_the_delimiter_differs(sign: str) -> None:
    text = "\n".join(sign.join(row) for row in table(head()))

    assert rows_of(text.encode()) == table(head())


def test_rows_of_a_workbook_keep_their_numbers_when_the_sheet_begins_lower() -> None:
    rows = rows_of(xlsx_of([["户编号"], ["1"]], first_row=3))

    assert rows == [[""], [""], [""], ["户编号"], ["1"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (54990100000001.0, "54990100000001"),
        (549901196612230744, "5.4990119661E+17"),
        (5.49901196612230744e17, "5.4990119661E+17"),
        (6762.95, "6762.95"),
        (True, "是"),
        (date(2020, 12, 15), "2020-12-15"),
        (None, ""),
        ("017", "017"),
    ],
)
def test_cell_is_written_as_it_was_meant_when_it_is_no_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_layout_is_found_when_titles_stand_above_and_columns_are_in_any_order() -> None:
    rows = [
        ["示例县花名册"],
        ["单位：人、元　　数据日期：2020年12月15日"],
        ["民族", "与 户主关系*", "证件号码", "小名", "户类型", "姓名", "户编码", "村", "序号"],
    ]

    _sheet, layout = find_layout(open_sheets(xlsx_of(rows)))

    assert layout.header_row == 3
    assert layout.titled_date == date(2020, 12, 15)
    assert layout.positions == {
        "relation": 1,
        "document_number": 2,
        "household_kind": 4,
        "name": 5,
        "household_number": 6,
        "village_name": 7,
    }
    assert layout.refused == ("民族",)
    assert layout.unknown == ("小名",)


def test_layout_is_found_when_it_stands_on_the_second_sheet() -> None:
    sheets = open_sheets(xlsx_of(table(head()), sheets=("说明", "花名册")))

    sheet, layout = find_layout(sheets)

    assert (sheet.name, layout.header_row) == ("花名册", 1)


def test_layout_is_that_of_the_roster_when_a_summary_stands_before_it() -> None:
    content = workbook_of([["乡", "行政村", "人数"], ["上游乡", "一村", "12"]], table(head()))

    sheet, layout = find_layout(open_sheets(content))

    assert (sheet.name, layout.header_row) == ("Sheet2", 1)


def test_layout_is_refused_when_two_sheets_are_rosters() -> None:
    with pytest.raises(DomainError) as refused:
        find_layout(open_sheets(workbook_of(table(head()), table(spouse()))))

    assert refused.value.code == "sheet.two_rosters"
    assert "Sheet1" in str(refused.value)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["甲", "乙"], ["1", "2"]], "sheet.no_header"),
        ([[label for label in table(head())[0] if label != "户类型"]], "sheet.column_missing"),
        ([[label for label in table(head())[0] if label != "行政村编码"]], "sheet.column_missing"),
        ([[*table(head())[0], "户编码"]], "sheet.column_twice"),
    ],
)
def test_layout_is_refused_when_the_header_does_not_do(rows: list[list[object]], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        find_layout(open_sheets(xlsx_of(rows)))

    assert refused.value.code == code


def test_rows_are_persons_only_when_headers_and_totals_stand_between() -> None:
    header, first, second = table(head(), spouse())
    totals = ["合计" if label == "户编号" else "2" * (label != "证件号码") for label in header]
    sheet, layout = find_layout(open_sheets(csv_lines(header, first, totals, ["", " "], header, second, totals)))

    found = [raw.row for raw in raw_rows(sheet, layout, frozenset(range(10)))]

    assert found == [2, 6]


def test_raw_rows_give_kept_cells_only_when_others_stand_beside_them() -> None:
    rows = [[*line, extra] for line, extra in zip(table(head(), spouse()), ["民族", "甲族", "乙族"], strict=True)]
    sheet, layout = find_layout(open_sheets(xlsx_of(rows)))

    (raw,) = raw_rows(sheet, layout, frozenset({3}))

    assert raw.row == 3
    assert raw.cells == spouse()
