"""The mail of any report: both parts, charts inside, and nothing of persons."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from reports.definitions.layout import Layout
from reports.definitions.text import Text
from reports.renderers.formats import Rendered, render
from reports.renderers.html import fragment
from reports.renderers.mail import Envelope
from reports.renderers.report_mail import MOST_ROWS, render_report_mail
from tests.reports.layouts import HOSTILE, ROWS, charted_layout, charts, list_layout

pytestmark = pytest.mark.django_db
ENVELOPE = Envelope(
    "registry@example.invalid", "o@example.invalid", "<1@example.invalid>", datetime(2021, 1, 5, tzinfo=UTC)
)
TITLE = Text("建档立卡户名单", "List of filed households")
LINK = "https://registry.invalid/x"


def mail(layout: Layout, attachment: Rendered | None = None) -> EmailMessage:
    """Render and read the mail."""
    content = render_report_mail(layout, title=TITLE, link=LINK, envelope=ENVELOPE, attachment=attachment)
    return message_from_bytes(content, policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    """Give the text or HTML part."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_both_parts_say_the_whole_table_when_rendered(kind: str) -> None:
    text = body(mail(charted_layout()), kind)

    said = [
        "示例县建档立卡户名单",
        "数据日期：2020年12月31日",
        "示例镇",
        "549901100000",
        "81.0%",
        "-12.50",
        "因病、缺技术",
        "合计",
    ]
    said += ["各乡镇户数", "无数据：各乡镇户数 没有数据", "说明：第一条说明。", LINK]
    assert [words for words in said if words not in text] == []


def test_every_chart_is_inside_and_referred_to_when_there_are_several() -> None:
    message = mail(charted_layout())

    pictures = [
        str(part["Content-ID"]).strip("<>") for part in message.walk() if part.get_content_type() == "image/png"
    ]
    html = body(message, "html")
    assert len(pictures) == len(charts())
    assert [name for name in pictures if f'src="cid:{name}"' not in html] == []


def test_subject_names_area_report_and_day_when_rendered() -> None:
    assert mail(list_layout())["Subject"] == "示例县建档立卡户名单（2020年12月31日）"


def test_file_is_attached_when_given() -> None:
    (file,) = mail(list_layout(), render(list_layout(), "csv")).iter_attachments()

    assert (file.get_filename(), file.get_content_type()) == ("示例县-示例县建档立卡户名单-2020-12-31.csv", "text/csv")


def test_mail_has_the_link_alone_when_the_report_holds_persons() -> None:
    message = mail(charted_layout(holds_persons=True))

    texts = [body(message, kind) for kind in ("plain", "html")]
    assert [LINK in text for text in texts] == [True, True]
    assert [text for text in texts if "示例镇" in text or "cid:" in text] == []
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
    ]


def test_attachment_is_refused_when_the_report_holds_persons() -> None:
    with pytest.raises(ValueError, match="never attached"):
        mail(charted_layout(holds_persons=True), render(list_layout(), "csv"))


def test_mail_says_so_when_it_shows_the_first_rows_only() -> None:
    rows = [(f"{number}号村", *ROWS[2][1:]) for number in range(MOST_ROWS + 1)]

    text = body(mail(list_layout(rows)), "plain")
    assert (f"{MOST_ROWS - 1}号村" in text, f"{MOST_ROWS}号村" in text) == (True, False)
    assert f"邮件中只列出前{MOST_ROWS}行" in text


def test_names_are_escaped_when_they_hold_markup() -> None:
    layout = list_layout([(HOSTILE[3], *ROWS[0][1:])])

    html = body(mail(replace(layout, area_name="<b>县")), "html")
    assert "&lt;script&gt;" in html
    assert ("<script" in html, "<b>" in html) == (False, False)


def test_short_names_stay_on_one_line_when_the_table_is_wide() -> None:
    html = fragment(list_layout())

    cells = re.findall(r'<td style="([^"]*)">([^<&]+)</td>', html)
    lefts = [(style, text) for style, text in cells if "text-align" not in style]
    assert lefts
    assert all(("nowrap" in style) is (len(text) <= 12) for style, text in lefts)
