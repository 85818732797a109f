"""A mail server that delivers to nobody: it keeps each mail as a file, for a demonstration and for tests."""

import asyncio
import email
import email.policy
import itertools
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from registry.embedded.ports import LOCALHOST

SIZE_LIMIT_BYTES = 60 * 1024 * 1024
IDENTIFIER = re.compile(r"\d{13}-\d{6}")
# An address in this domain is refused for good, one in the next for now: so that every outcome can be tried.
REFUSED_DOMAIN = "refused.invalid"
BUSY_DOMAIN = "busy.invalid"


@dataclass(frozen=True)
class CaughtMail:
    """A mail that was caught: its file's name without ending, and the parsed message."""

    identifier: str
    recipients: tuple[str, ...]
    message: EmailMessage


class MailFolder:
    """The folder of caught mails, one .eml file each, the newest with the greatest name."""

    def __init__(self, folder: Path) -> None:
        """Use the folder; it is made with the first mail."""
        self.folder = folder
        self._counter = itertools.count()

    def keep(self, content: bytes, *, recipients: list[str]) -> str:
        """Write one mail, there whole or not at all, and return its identifier."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        identifier = f"{time.time_ns() // 1_000_000:013d}-{next(self._counter) % 1_000_000:06d}"
        draft = self.folder / f"{identifier}.new"
        draft.write_bytes(b"X-Envelope-To: " + ", ".join(recipients).encode() + b"\r\n" + content)
        draft.replace(self.folder / f"{identifier}.eml")
        return identifier

    def mails(self) -> Iterator[CaughtMail]:
        """Yield the mails, the newest first."""
        for path in sorted(self.folder.glob("*.eml"), reverse=True):
            yield self._read(path)

    def mail(self, identifier: str) -> CaughtMail | None:
        """Return one mail, None when there is none of that identifier."""
        path = self.folder / f"{identifier}.eml"
        if not IDENTIFIER.fullmatch(identifier) or not path.exists():
            return None
        return self._read(path)

    @staticmethod
    def _read(path: Path) -> CaughtMail:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        recipients = str(message.get("X-Envelope-To", "")).split(", ")
        return CaughtMail(path.stem, tuple(recipients), message)


class KeepingHandler:
    """What the mail server does with a mail: keep it, or refuse it where its domain says so."""

    def __init__(self, folder: MailFolder) -> None:
        """Keep mails in the folder."""
        self._folder = folder

    async def handle_RCPT(  # noqa: N802 the server calls this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept the recipient, but not in the two domains that refuse."""
        if address.endswith(f"@{REFUSED_DOMAIN}"):
            return "550 5.1.1 No such mailbox"
        if address.endswith(f"@{BUSY_DOMAIN}"):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 as above
        """Keep the mail."""
        content = envelope.content or b""
        self._folder.keep(content if isinstance(content, bytes) else content.encode(), recipients=envelope.rcpt_tos)
        return "250 OK: kept"


async def serve_smtp(folder: MailFolder, port: int) -> None:
    """Accept mail on 127.0.0.1 until cancelled."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            KeepingHandler(folder), hostname="localhost", data_size_limit=SIZE_LIMIT_BYTES, enable_SMTPUTF8=True
        ),
        host=LOCALHOST,
        port=port,
    )
    async with server:
        await server.serve_forever()
