"""The mail that holds a link alone: what is ready, and where it is read after a login."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.template.loader import render_to_string

from reports.definitions import mail_wording, wording
from reports.definitions.text import Language
from reports.renderers.mail import Envelope


def render_link_mail(title: str, about: str, *, language: Language, link: str, envelope: Envelope) -> bytes:
    """Write the whole mail; no figure stands in it."""
    subject = mail_wording.LINK_SUBJECT.in_language(language, title=title, about=about)
    words = {
        "language": language,
        "subject": subject,
        "sentence": mail_wording.LINK_SENTENCE.in_language(language, title=title, about=about),
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
