"""The mail of a report of the catalogue that holds no persons: its table in both parts, its file attached."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from django.template.loader import render_to_string

from reports.definitions import mail_wording, wording
from reports.definitions.text import Language
from reports.renderers.mail import Envelope

# More lines than these are read in the file.
MOST_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of the mail."""

    name: str
    media_type: str
    content: bytes


def lines_of(content: bytes) -> list[list[str]]:
    """Read the lines of a report's CSV file."""
    return [line for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if line]


def render_table_mail(
    title: str,
    about: str,
    lines: Sequence[Sequence[str]],
    *,
    language: Language,
    link: str,
    envelope: Envelope,
    files: Sequence[Attached],
) -> bytes:
    """Write the whole mail; the first of the lines is the head of the table."""
    subject = mail_wording.TABLE_SUBJECT.in_language(language, title=title, about=about)
    words = {
        "language": language,
        "subject": subject,
        "head": list(lines[0]) if lines else [],
        "lines": [list(line) for line in lines[1 : MOST_LINES + 1]],
        "empty": mail_wording.TABLE_EMPTY.in_language(language) if len(lines) < 2 else "",
        "more": mail_wording.TABLE_MORE.in_language(language) if len(lines) > MOST_LINES + 1 else "",
        "link": link,
        "link_words": mail_wording.TABLE_LINK.in_language(language),
        "footer": mail_wording.TABLE_FOOTER.in_language(language),
    }
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = Address(wording.SENDER.in_language(language), addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=envelope.recipient)
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.sent_at)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "en" if language == "en" else "zh-CN"
    message.set_content(render_to_string("reports/table_mail.txt", {"mail": words}))
    message.add_alternative(render_to_string("reports/table_mail.html", {"mail": words}), subtype="html")
    for file in files:
        main, _slash, sub = file.media_type.partition(";")[0].partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return message.as_bytes()
