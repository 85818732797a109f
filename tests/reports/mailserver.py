"""A real mail server on a free port that takes, refuses, hangs up or falls silent, as it is told."""

import asyncio
import ssl
from dataclasses import dataclass, field
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from typing_extensions import override

from registry.embedded.ports import free_port

SILENCE_SECONDS = 3


def dsn(original: bytes, sender: str, recipient: str, *, said: str) -> bytes:
    """Write what a mail server sends to the sender on the envelope. Source: RFC 3464, with an example of its own."""
    action, status = said.split()
    report = MIMEMultipart("report")
    report.set_param("report-type", "delivery-status")
    report["From"] = "Mail Delivery System <MAILER-DAEMON@mail.example.invalid>"
    report["To"] = sender
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText(f"The mail to <{recipient}> was {action}.\n", "plain"))
    whole, one = Message(), Message()
    whole["Reporting-MTA"] = "dns; mail.example.invalid"
    one["Final-Recipient"] = f"rfc822; {recipient}"
    one["Action"] = action
    one["Status"] = f"{status} (for example)"
    one["Diagnostic-Code"] = f"smtp; {status[0]}50 {status} <{recipient}>: that is how it is"
    status_part = MIMEBase("message", "delivery-status")
    status_part.set_payload([whole, one])
    report.attach(status_part)
    headers = MIMEText(original.partition(b"\r\n\r\n")[0].decode("utf-8", "replace"), "rfc822-headers")
    report.attach(headers)
    return report.as_bytes()


@dataclass
class Behaviour:
    """What the server says at each step; `hang_up` and `fall_silent` come after it read the content."""

    sender: str = "250 OK"
    recipient: str = "250 OK"
    content: str = "250 OK"
    before_content: str = ""
    hang_up: bool = False
    fall_silent: bool = False
    # "failed 5.1.1" or "delayed 4.2.2": takes the mail, and says so later to the sender on the envelope.
    later: str = ""


@dataclass
class MailServer:
    """The server, and the mails it took in the order of their coming."""

    behaviour: Behaviour = field(default_factory=Behaviour)
    taken: list[bytes] = field(default_factory=list)
    read: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    notices: list[bytes] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    tls: ssl.SSLContext | None = None
    _controller: Controller | None = None

    def start(self) -> None:
        """Listen on a free port."""
        self._controller = _Controller(_Handler(self), hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


class _Protocol(SMTP):
    """Refuses DATA itself where told to."""

    @override
    async def smtp_DATA(self, arg: str | None) -> None:
        refusal = self.event_handler.server.behaviour.before_content
        if refusal:
            await self.push(refusal)
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    """Serves with our protocol."""

    @override
    def factory(self) -> SMTP:
        return _Protocol(
            self.handler,
            hostname="mail.example.invalid",
            data_size_limit=None,
            tls_context=self.handler.server.tls,
            require_starttls=self.handler.server.tls is not None,
        )


class _Handler:
    """Answers as its server is told."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_MAIL(  # noqa: N802  (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.server.behaviour.sender

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.server.behaviour.recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  (as above)
        content = envelope.original_content or b""
        self.server.read.append(content)
        if self.server.behaviour.hang_up:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 nobody hears this"
        if self.server.behaviour.fall_silent:
            await asyncio.sleep(SILENCE_SECONDS)
        if self.server.behaviour.content.startswith("250"):
            self.server.taken.append(content)
            self.server.senders.append(envelope.mail_from or "")
        if self.server.behaviour.later:
            said = dsn(content, envelope.mail_from or "", envelope.rcpt_tos[0], said=self.server.behaviour.later)
            self.server.notices.append(said)
        return self.server.behaviour.content
