"""The workbook, the chart and the mail, from sample figures."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from matplotlib.image import imread
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.definitions.figures import Division
from reports.definitions.text import Language
from reports.renderers.chart import bars_of, chart_label, render_chart
from reports.renderers.mail import Envelope, mail_text, render_mail
from reports.renderers.workbook import render_workbook
from tests.reports.samples import COUNTY, sample_figures

SHEETS = [
    "总表",
    "未脱贫户数",
    "未脱贫人数",
    "已脱贫户数",
    "已脱贫人数",
    "监测对象户数",
    "监测对象人数",
    "致贫原因",
    "监测对象类别",
    "结对覆盖",
]
VILLAGE_NAMES = ("=1+1村", "示例镇2村", "河谷乡1村", "河谷乡2村")


def book(language: Language = "zh-hans") -> Workbook:
    """Render and open the workbook."""
    return load_workbook(BytesIO(render_workbook(sample_figures(), language)))


def rows_of(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """Give the values of a sheet, row by row."""
    return list(sheet.iter_rows(values_only=True))


def mail(language: Language = "zh-hans") -> EmailMessage:
    """Render and read the mail."""
    envelope = Envelope(
        "registry@example.invalid", "office@example.invalid", "<1@example.invalid>", datetime(2021, 1, 5, tzinfo=UTC)
    )
    content = render_mail(sample_figures(), language=language, link="https://registry.invalid/x", envelope=envelope)
    return message_from_bytes(content, policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    """Give the text or HTML part."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_workbook_has_its_sheets_when_rendered() -> None:
    assert book().sheetnames == SHEETS


def test_every_line_adds_up_when_the_sheet_is_read_by_its_heads() -> None:
    sheet = book()["未脱贫户数"]

    lines = rows_of(sheet)[5:]

    heads = [cell.value for cell in sheet[5]]
    came, went = (column for column, head in enumerate(heads) if head == "合计")
    assert len(lines) == 7
    assert [line[2] + line[came] - line[went] for line in lines] == [line[-1] for line in lines]
    assert [sum(line[3:came]) for line in lines] == [line[came] for line in lines]


def test_county_line_is_the_sum_of_its_villages_when_read() -> None:
    lines = {row[0]: row[2:] for row in rows_of(book()["监测对象人数"])[5:]}

    assert list(lines["示例县"]) == [
        sum(column) for column in zip(*(lines[name] for name in VILLAGE_NAMES), strict=True)
    ]


def test_text_stays_a_text_when_it_looks_like_a_formula() -> None:
    sheet = book()["未脱贫户数"]

    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1村")

    assert cell.data_type == "s"


def test_codes_are_texts_when_read() -> None:
    codes = [row[1] for row in rows_of(book()["结对覆盖"])[4:]]

    assert codes[:2] == ["549901000000", "549901100000"]


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_prints_on_a4_landscape_when_set_up(name: str) -> None:
    sheet = book()[name]

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert re.fullmatch(r"\$4:\$[45]", str(sheet.print_title_rows))


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_says_what_when_and_in_which_unit_when_read(name: str) -> None:
    title, meta = rows_of(book()[name])[:2]

    said = " ".join(str(value) for value in (*title, *meta) if value)
    assert re.search(r"2020年12月.*填报单位：示例县.*数据日期：2020年12月31日.*单位：", said)


def test_causes_by_village_stay_away_when_the_workbook_is_written() -> None:
    names = {row[0] for row in rows_of(book()["致贫原因"])}

    assert {"示例县", "示例镇", "河谷乡"} <= names
    assert names.isdisjoint(VILLAGE_NAMES)


def test_same_figures_give_the_same_file_when_rendered_twice() -> None:
    assert render_workbook(sample_figures()) == render_workbook(sample_figures())


def test_workbook_is_in_english_when_asked_for() -> None:
    assert book("en").sheetnames[:2] == ["Summary", "Not lifted, households"]


def test_chart_is_a_picture_with_colours_when_drawn() -> None:
    picture = imread(BytesIO(render_chart(sample_figures())))

    colours = {tuple(round(part * 255) for part in pixel[:3]) for pixel in picture.reshape(-1, picture.shape[-1])}
    assert picture.shape[1] == 988
    assert {(0xC2, 0x45, 0x2D), (0x3A, 0x7D, 0x44), (0xD8, 0x9B, 0x00)} <= colours


def test_greatest_township_stands_first_when_the_bars_are_ordered() -> None:
    assert [bar.label for bar in bars_of(sample_figures())] == ["河谷乡", "示例镇"]


@pytest.mark.parametrize(
    ("name", "label"), [("示例镇", "示例镇"), ("𬱖溪镇", "𬱖溪镇"), ("\U000323af溪镇", "549901100000")]
)
def test_code_stands_for_a_name_when_the_font_lacks_a_character(name: str, label: str) -> None:
    assert chart_label(Division("549901100000", name, "township")) == label


def test_chart_draws_no_empty_box_when_the_font_lacks_a_character_of_the_county(
    recwarn: pytest.WarningsRecorder,
) -> None:
    county = Division(COUNTY.code, "\U000323af县", COUNTY.level)

    render_chart(replace(sample_figures(), county=county))

    assert [str(warning.message) for warning in recwarn] == []


def test_mail_shows_its_charts_inside_when_rendered() -> None:
    message = mail()

    pictures = [part["Content-ID"].strip("<>") for part in message.walk() if part.get_content_type() == "image/png"]
    assert pictures == ["chart@report", "flows@report"]
    assert [name for name in pictures if f"cid:{name}" not in body(message, "html")] == []


def test_mail_says_the_same_in_both_parts_when_rendered() -> None:
    message = mail()

    sentence = mail_text(sample_figures(), language="zh-hans", link="").sentences[0]
    assert [sentence in body(message, kind) for kind in ("plain", "html")] == [True, True]


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_mail_names_no_village_when_rendered(kind: str) -> None:
    text = body(mail(), kind)

    assert "河谷乡" in text
    assert [name for name in VILLAGE_NAMES if name in text] == []


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("zh-hans", "示例县2020年12月建档立卡动态管理明白账"),
        ("en", "示例县: clear account of dynamic management, 2020-12"),
    ],
)
def test_mail_is_in_the_recipients_language_when_rendered(language: Language, subject: str) -> None:
    message = mail(language)

    assert (message["Subject"], message["Auto-Submitted"]) == (subject, "auto-generated")


def test_mail_says_so_when_earlier_months_were_changed() -> None:
    quiet, changed = (
        mail_text(sample_figures(carried=carried), language="zh-hans", link="").notes for carried in (False, True)
    )

    assert quiet == ()
    assert "上月报表期末为10户40人，本月期初为11户44人" in changed[0]


def test_names_are_escaped_when_they_stand_in_html() -> None:
    figures = replace(sample_figures(), county=Division(COUNTY.code, "<b>县", COUNTY.level))

    envelope = Envelope(
        "a@example.invalid", "b@example.invalid", "<2@example.invalid>", datetime(2021, 1, 5, tzinfo=UTC)
    )
    content = render_mail(figures, language="zh-hans", link="https://registry.invalid/x", envelope=envelope)

    html = body(message_from_bytes(content, policy=policy.default), "html")
    assert "&lt;b&gt;县" in html
    assert "<b>县" not in html
