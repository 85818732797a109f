"""Hand one mail to the mail server, and say truly what came of it.

What went wrong before the mail server asked for the content is definite: it has no mail. Once the content was on its
way, only the server's answer says whether it took it; without an answer the outcome is unclear, and sending again
could deliver twice. Source: RFC 5321, 4.2.5 and 6.1 (responsibility passes with the 250 after the final dot).
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from typing import Final

import structlog
from django.conf import settings

from reports.enums import DeliveryReason

log = structlog.get_logger(__name__)

# The first digit of an answer. Source: RFC 5321, 4.2.1.
_YES: Final = 2
_GO_ON: Final = 3
_NOT_NOW: Final = 4
_NEVER: Final = 5


class Verdict(StrEnum):
    """What is known after an attempt."""

    TAKEN = "taken"
    REFUSED = "refused"
    REFUSED_FOR_NOW = "refused_for_now"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one attempt, with its reason and the server's three digits where it gave any."""

    verdict: Verdict
    reason: DeliveryReason = DeliveryReason.NONE
    smtp_code: int | None = None


class _Refusal(Exception):
    """The server said no before it asked for the content."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def transmit(content: bytes, *, recipient: str, return_path: str = "") -> Outcome:
    """Send one mail to one address by the installation's mail server; what server or network do never raises.

    `return_path` is the sender on the envelope, where later messages of servers go; else it is the sender of mails.
    """
    connection: smtplib.SMTP | None = None
    try:
        connection = _connect()
        _offer(connection, recipient, return_path or sender_address())
    except _Refusal as refusal:
        _leave(connection)
        return _refused(refusal.code)
    except smtplib.SMTPResponseException as error:
        _leave(connection)
        return _not_served(error)
    except (smtplib.SMTPException, OSError) as error:
        _leave(connection)
        return _not_reached(type(error).__name__)
    except ValueError:  # after OSError: a certificate that is refused is both
        _leave(connection)
        return Outcome(Verdict.REFUSED, DeliveryReason.REFUSED)  # no server could be told such an address
    outcome = _hand_over(connection, content)
    _leave(connection)
    return outcome


def sender_address() -> str:
    """Give the address that mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _connect() -> smtplib.SMTP:
    """Connect, greet, and log in where the installation says so; an encrypted server must prove its name."""
    connection = _connected(settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT)
    try:
        if settings.EMAIL_USE_TLS:
            connection.starttls(context=ssl.create_default_context())
        connection.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            connection.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        _leave(connection)
        raise
    return connection


def _connected(host: str, port: int, timeout: float) -> smtplib.SMTP:
    if settings.EMAIL_USE_SSL:
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=timeout)


def _offer(connection: smtplib.SMTP, recipient: str, sender: str) -> None:
    """Name sender and recipient, and ask to hand over the content. Raises: _Refusal."""
    for step, answer in ((connection.mail, sender), (connection.rcpt, recipient)):
        code, _text = step(answer)
        if code // 100 != _YES:
            raise _Refusal(code)
    code, _text = connection.docmd("DATA")
    if code // 100 != _GO_ON:
        raise _Refusal(code)


def _hand_over(connection: smtplib.SMTP, content: bytes) -> Outcome:
    """Send the content and wait for the answer that alone says whether it was taken."""
    try:
        connection.send(_framed(content))
        code, _text = connection.getreply()
    except (smtplib.SMTPException, OSError):
        return Outcome(Verdict.UNCLEAR, DeliveryReason.CONNECTION_LOST)
    if code // 100 == _YES:
        return Outcome(Verdict.TAKEN, smtp_code=code)
    if code // 100 in {_NOT_NOW, _NEVER}:
        return _refused(code)
    return Outcome(Verdict.UNCLEAR, DeliveryReason.CONNECTION_LOST)  # this is no answer


def _framed(content: bytes) -> bytes:
    """Frame the content for the wire: CRLF, doubled leading dots, the final dot. Source: RFC 5321, 4.5.2."""
    lines = re.split(rb"\r\n|\r|\n", content.removesuffix(b"\r\n"))
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"


def _refused(code: int) -> Outcome:
    """Judge what the server said of sender, recipient or content; words that are no answer are no service."""
    if code // 100 == _NEVER:
        return Outcome(Verdict.REFUSED, DeliveryReason.REFUSED, code)
    if code // 100 == _NOT_NOW:
        return Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.REFUSED_FOR_NOW, code)
    return _not_reached("no_answer")


def _not_served(error: smtplib.SMTPResponseException) -> Outcome:
    """Judge a refused greeting or login: the installation's fault and not the recipient's, so that it can be mended."""
    if error.smtp_code // 100 not in {_NOT_NOW, _NEVER}:
        return _not_reached(type(error).__name__)
    log.warning("mail_server_refuses_us", kind=type(error).__name__, smtp_code=error.smtp_code)
    return Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.REFUSED_FOR_NOW, error.smtp_code)


def _not_reached(kind: str) -> Outcome:
    """Tell the operator, who alone can mend it, what kind of fault it was; the text might hold an address."""
    log.warning("mail_server_not_reached", kind=kind)
    return Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.NOT_REACHED)


def _leave(connection: smtplib.SMTP | None) -> None:
    """Say goodbye; whether the server hears it changes nothing any more."""
    if connection is not None:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()
