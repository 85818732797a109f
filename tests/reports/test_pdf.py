"""Any layout as PDF: its text, its pages, its fonts, and what must never be run."""

import re
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from registry.lib.errors import DomainError
from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table
from reports.definitions.text import Text
from reports.renderers.fonts import Spelling, known_characters
from reports.renderers.pdf import paper_of, render_pdf
from tests.reports.layouts import HOSTILE, LONG_NUMBER, ROWS, card_layout, charted_layout, list_layout

pytestmark = pytest.mark.django_db
# Of the table of 8,105 general standard characters beyond GBK, of GB 18030, and of names that people bear.
RARE = "𬱖𠮷𫖯㛃䶮喆堃龑"
STACKED = "བསྒྲུབས"


def pages(content: bytes) -> list[str]:
    """Give the text of each page, each line without spaces at its end."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def printed(layout: Layout) -> bytes:
    """Print a report that is one file."""
    made = render_pdf(layout)
    assert not made.is_zip
    return made.content


def sizes(content: bytes) -> list[tuple[int, int]]:
    """Give the size of each page in millimetres."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in map(_size, document)]
    finally:
        document.close()


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    size: tuple[float, float] = page.get_size()
    return size


def ink(content: bytes, page: int = 0) -> int:
    """Count the dark dots of a page."""
    document = pypdfium2.PdfDocument(content)
    try:
        picture = document[page].render(scale=2).to_pil().convert("L")
        return sum(picture.histogram()[:100])
    finally:
        document.close()


def named(rows: Iterable[str]) -> Layout:
    """Give a list whose first column has these texts."""
    return list_layout([(text, *ROWS[1][1:]) for text in rows])


def plain_layout(rows: int, columns: int = 5, width: int = 20) -> Layout:
    """Give a plain table of that size."""
    table = Table(
        "plain",
        tuple(Column(f"c{place}", Text(f"列{place}", f"c{place}"), CellKind.COUNT, width) for place in range(columns)),
        tuple(tuple(row * columns + place for place in range(columns)) for row in range(rows)),
    )
    return replace(list_layout(), sheets=(Sheet("plain", Text("表", "Table"), "表", (table,)),))


def test_page_says_all_that_the_workbook_says_when_rendered() -> None:
    (text,) = pages(printed(list_layout()))

    said = ["示例县建档立卡户名单", "填报单位：示例县", "数据日期：2020年12月31日（截至2021-01-05 10:30已录入）"]
    said += [
        "单位：户、元",
        "建档立卡户",
        "549901100000",
        "1,234",
        "81.0%",
        "-12.50",
        "2015-06",
        "因病、缺技术",
        "合计",
    ]
    said += ["说明：第一条说明。", "填表人：", "第 1 页，共 1 页"]
    assert [words for words in said if words not in text] == []


def test_page_is_a4_lengthwise_or_upright_when_the_layout_says_so() -> None:
    assert (sizes(printed(list_layout())), sizes(printed(card_layout(2)))) == ([(297, 210)], [(210, 297)] * 2)


def test_wide_list_goes_on_a3_when_a4_would_be_too_small_to_read() -> None:
    (sheet,) = plain_layout(1, columns=14).sheets

    assert paper_of(sheet) == ("a3", 7.23)
    assert sizes(printed(plain_layout(1, columns=14))) == [(420, 297)]


def test_head_is_repeated_and_pages_are_counted_when_a_list_is_long() -> None:
    found = pages(printed(plain_layout(100)))

    assert [("列4" in text, f"第 {number} 页，共 {len(found)} 页" in text) for number, text in enumerate(found, 1)] == [
        (True, True)
    ] * len(found)
    assert len(found) > 1


def test_text_is_shown_as_it_is_when_it_looks_like_markup() -> None:
    texts = [*HOSTILE, '"); #panic()', '#read("/etc/passwd")', "= Heading\n- item", "<label> @ref", "{{ x }} ${y} `z`"]
    (page,) = pages(printed(named(texts)))

    shown = re.sub(r"[\s\u200b]", "", page)
    assert [text for text in texts if re.sub(r"\s", "", text) not in shown] == []


def test_rare_characters_of_names_are_shown_when_the_font_has_them() -> None:
    (page,) = pages(printed(named([RARE, STACKED])))

    assert (RARE in page, STACKED in page, "〓" in page) == (True, True, False)


def test_rare_character_leaves_ink_and_no_empty_box_when_drawn() -> None:
    empty, one, same = (ink(printed(named([text]))) for text in ("", "𬱖", "𬱖"))

    assert one == same
    assert one - empty > 60


def test_missing_character_is_a_sign_and_named_when_no_font_has_it() -> None:
    (page,) = pages(printed(named(["甲\U000323af乙"])))

    assert "甲〓乙" in page
    assert "字体缺少的字以〓代替，依次为：U+323AF。" in page


def test_selector_of_a_variant_is_left_out_when_it_stands_behind_a_character() -> None:
    spelling = Spelling()

    assert (spelling.spell("葛\U000e0100\u200d甲"), spelling.codes()) == ("葛甲", "")


def test_every_character_of_gbk_has_its_shape_when_names_are_written() -> None:
    gbk = {
        bytes([first, second]).decode("gbk", "ignore") for first in range(0x81, 0xFF) for second in range(0x40, 0xFF)
    }

    # The sign for "approximately" of row 1 is in no font of this family.
    assert {text for text in gbk if len(text) == 1 and text.isprintable()} - known_characters() == {"≒"}


def test_same_layout_gives_the_same_file_when_rendered_twice() -> None:
    assert printed(card_layout()) == printed(card_layout())


def test_long_number_is_broken_and_does_not_run_into_the_next_column_when_its_column_is_narrow() -> None:
    table = Table(
        "narrow",
        (Column("a", Text("号码", "n"), CellKind.IDENTIFIER, 9), Column("b", Text("乙", "b"), width=100)),
        ((LONG_NUMBER, "乙"),),
    )
    layout = replace(list_layout(), sheets=(Sheet("s", Text("表", "t"), "表", (table,)),))

    (page,) = pages(printed(layout))
    assert LONG_NUMBER not in page
    assert LONG_NUMBER in re.sub(r"[^0-9]", "", page)


def test_charts_are_in_the_page_when_the_sheet_has_them() -> None:
    content = printed(charted_layout())

    assert ink(content, 0) > ink(printed(list_layout()), 0) + 1000


def test_watermark_lies_on_every_page_when_the_sheet_has_one() -> None:
    (page,) = pages(printed(list_layout(watermark="仅供公示")))

    assert "仅供公示" in page


def test_long_report_comes_as_files_of_all_its_rows_when_it_is_printed() -> None:
    long = plain_layout(23)
    (sheet,) = long.sheets
    (table,) = sheet.parts
    assert isinstance(table, Table)
    noted = replace(sheet, parts=(replace(table, total=("计", 1, 2, 3, 4)),), notes=("末尾",))
    short = plain_layout(4)

    made = render_pdf(replace(long, sheets=(noted, *short.sheets)), most_cells=50)

    with ZipFile(BytesIO(made.content)) as archive:
        files = {name: "\n".join(pages(archive.read(name))) for name in archive.namelist()}
    assert (made.is_zip, list(files)) == (True, ["01.pdf", "02.pdf", "03.pdf"])
    firsts = [
        [int(line) for line in re.findall(r"^(\d+) \d+ \d+ \d+ \d+ *$", text, re.MULTILINE)] for text in files.values()
    ]
    assert firsts == [[*range(0, 50, 5)], [*range(50, 100, 5)], [100, 105, 110, *range(0, 20, 5)]]
    assert ["末尾" in text for text in files.values()] == [False, False, True]
    assert [re.findall("表（第.部分）|^表$", text, re.MULTILINE) for text in files.values()] == [
        ["表（第1部分）"],
        ["表（第2部分）"],
        ["表（第3部分）", "表"],
    ]


def test_report_is_refused_with_a_sentence_when_it_is_too_long_for_paper() -> None:
    with pytest.raises(DomainError, match="more than 2 files") as caught:
        render_pdf(plain_layout(21), most_cells=50, most_files=2)

    assert (caught.value.code, caught.value.field) == ("reports.too_long_to_print", "format")


def test_empty_table_says_so_when_there_are_no_rows() -> None:
    empty: list[Row] = []

    assert "没有符合条件的记录。" in pages(printed(list_layout(empty, total=None)))[0]
