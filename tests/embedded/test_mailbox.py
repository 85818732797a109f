"""The mail catcher, spoken to by SMTP and HTTP."""

import smtplib
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from registry.embedded.mailbox import CaughtMail, MailFolder
from registry.embedded.ports import answers, free_port
from registry.embedded.processes import Child

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000100"
    "05fe02fea7d4050000000049454e44ae426082"
)


@dataclass(frozen=True)
class Catcher:
    folder: MailFolder
    port: int
    smtp_port: int

    def send(self, message: EmailMessage, to: str = "clerk@example.invalid") -> CaughtMail:
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as server:
            server.send_message(message, "registry@example.invalid", [to])
        return next(self.folder.mails())

    def page(self, path: str, host: str = "127.0.0.1") -> tuple[str, str]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host})
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 our own address
            return answer.read().decode(), answer.headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def catcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    folder, port, smtp_port = tmp_path_factory.mktemp("mail"), free_port(), free_port()
    options = ["--folder", str(folder / "kept"), "--port", str(port), "--smtp-port", str(smtp_port)]
    command = [sys.executable, "-m", "registry.embedded", "mailbox", *options]
    child = Child("mail", command, log=folder / "mail.log", directory=Path(__file__).parent.parent.parent)
    child.start()
    child.wait_until(lambda: answers(port) and answers(smtp_port), seconds=20)
    yield Catcher(MailFolder(folder / "kept"), port, smtp_port)
    child.stop()


@pytest.fixture
def report() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "动态管理月报"
    message["From"] = "registry@example.invalid"
    message["Message-ID"] = "<run-1@example.invalid>"
    message.set_content("二千三百户")
    message.add_alternative('<p><b>2300</b><script>alert(1)</script><img src="cid:chart"></p>', subtype="html")
    html = message.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(PIXEL, "image", "png", cid="<chart>")
    message.add_attachment(b"sheet", maintype="application", subtype="octet-stream", filename="月报.xlsx")
    return message


def test_mail_is_kept_with_its_recipient_and_identity_when_sent(catcher: Catcher, report: EmailMessage) -> None:
    mail = catcher.send(report)

    assert (mail.recipients, mail.message["Message-ID"], mail.message["Subject"]) == (
        ("clerk@example.invalid",),
        "<run-1@example.invalid>",
        "动态管理月报",
    )


def test_page_lists_the_mail_when_it_was_sent(catcher: Catcher, report: EmailMessage) -> None:
    mail = catcher.send(report)

    page, _ = catcher.page("/")

    assert f'<a href="/mail/{mail.identifier}">动态管理月报</a>' in page


def test_page_shows_text_and_attachment_when_a_mail_is_opened(catcher: Catcher, report: EmailMessage) -> None:
    mail = catcher.send(report)

    page, _ = catcher.page(f"/mail/{mail.identifier}")
    attachment, _ = catcher.page(f"/mail/{mail.identifier}/part/0")

    assert "<pre>二千三百户" in page
    assert f'<a href="/mail/{mail.identifier}/part/0">月报.xlsx</a>' in page
    assert attachment == "sheet"


def test_html_part_has_its_picture_and_no_rights_when_shown(catcher: Catcher, report: EmailMessage) -> None:
    mail = catcher.send(report)

    page, policy = catcher.page(f"/mail/{mail.identifier}/html")

    assert '<img src="data:image/png;base64,iVBORw0' in page
    assert policy == "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def test_page_escapes_heads_when_they_hold_markup(catcher: Catcher, report: EmailMessage) -> None:
    report.replace_header("Subject", "<script>alert(1)</script>")

    mail = catcher.send(report)

    page, _ = catcher.page(f"/mail/{mail.identifier}")
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("recipient", "code"), [("clerk@refused.invalid", 550), ("clerk@busy.invalid", 451)], ids=["for good", "for now"]
)
def test_recipient_is_refused_when_its_domain_says_so(
    catcher: Catcher, report: EmailMessage, recipient: str, code: int
) -> None:
    before = len(list(catcher.folder.mails()))

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        catcher.send(report, to=recipient)

    assert refusal.value.recipients[recipient][0] == code
    assert len(list(catcher.folder.mails())) == before


@pytest.mark.parametrize("path", ["/mail/1", "/mail/..%2f..%2fsite", "/mail/0000000000000-000000", "/other"])
def test_page_is_not_found_when_there_is_no_such_mail(catcher: Catcher, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        catcher.page(path)

    assert refusal.value.code == 404
    refusal.value.close()


def test_page_refuses_when_asked_under_a_foreign_name(catcher: Catcher) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        catcher.page("/", host="elsewhere.example")

    assert refusal.value.code == 400
    refusal.value.close()
