"""The mail that holds a link alone: what is ready, and where it is read after a login."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from django.template.loader import render_to_string

from reports.definitions import mail_wording, wording
from reports.definitions.text import Language, Text
from reports.renderers.mail import Envelope


@dataclass(frozen=True, slots=True)
class LinkWords:
    """The two sentences of the mail: what is read behind the link, or made there by whoever opens it."""

    subject: Text
    sentence: Text


READY: Final = LinkWords(mail_wording.LINK_SUBJECT, mail_wording.LINK_SENTENCE)
ANNOUNCED: Final = LinkWords(mail_wording.ANNOUNCED_SUBJECT, mail_wording.ANNOUNCED_SENTENCE)


def render_link_mail(
    title: str, about: str, *, language: Language, link: str, envelope: Envelope, said: LinkWords = READY
) -> bytes:
    """Write the whole mail; no figure stands in it."""
    subject = said.subject.in_language(language, title=title, about=about)
    words = {
        "language": language,
        "subject": subject,
        "sentence": said.sentence.in_language(language, title=title, about=about),
        "link": link,
        "footer": mail_wording.LINK_FOOTER.in_language(language),
    }
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = Address(wording.SENDER.in_language(language), addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=envelope.recipient)
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.sent_at)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "en" if language == "en" else "zh-CN"
    message.set_content(render_to_string("reports/link_mail.txt", {"mail": words}))
    message.add_alternative(render_to_string("reports/link_mail.html", {"mail": words}), subtype="html")
    return message.as_bytes()
