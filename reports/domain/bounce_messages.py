"""Read what a mail server says of a mail that it had taken: a delivery status notification.

Source: RFC 3464 (the message), RFC 3463 (its codes), RFC 6522 (multipart/report). Only the tag of the return path, the
action and the codes are read; addresses and words are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses
from typing import Final

from reports.domain.return_path import ReturnTag, tag_of
from reports.enums import BounceKind

# Where a mail server says to whom it delivered the notification.
_TO: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_STATUS: Final = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_SMTP: Final = re.compile(r"\s*smtp\s*;\s*(?:[^;]*?\s)??([245]\d{2})(?=[\s-]|$)", re.IGNORECASE)
LARGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Notice:
    """What one notification says of one attempt of one mail."""

    tag: ReturnTag
    kind: BounceKind
    status_code: str = ""
    smtp_code: int | None = None


def read_notice(content: bytes) -> Notice | None:
    """Read a notification; None for a message that is none, names no mail of ours, or says that all went well.

    Anybody may send anything there: what the parser fails at is no notification.
    """
    try:
        return _notice(message_from_bytes(content[:LARGEST], policy=policy.compat32))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError):
        return None


def _notice(message: Message) -> Notice | None:
    tag = _tag(message)
    if tag is None:
        return None
    for fields in _recipients(message):
        kind = _kind(fields)
        if kind is not None:
            return Notice(tag, kind, _status(fields), _smtp_code(fields))
    return None


def _tag(message: Message) -> ReturnTag | None:
    texts = [str(text) for name in _TO for text in message.get_all(name, [])]
    for _name, address in getaddresses(texts):
        tag = tag_of(address)
        if tag is not None:
            return tag
    return None


def _recipients(message: Message) -> Iterator[Message]:
    """Give the fields of each recipient; those of the message as a whole come first and have no action."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from (block for block in blocks if isinstance(block, Message)) if isinstance(blocks, list) else ()


def _kind(fields: Message) -> BounceKind | None:
    """Judge by the action; a failed one is for good when its code says so. Source: RFC 3464, 2.3.3 and 2.3.4."""
    action = str(fields.get("Action", "")).strip().lower()
    if action == "delayed":
        return BounceKind.TRANSIENT
    if action != "failed":
        return None
    return BounceKind.PERMANENT if _status(fields).startswith("5") else BounceKind.GIVEN_UP


def _status(fields: Message) -> str:
    match = _STATUS.match(str(fields.get("Status", "")))
    return match[1] if match else ""


def _smtp_code(fields: Message) -> int | None:
    match = _SMTP.match(str(fields.get("Diagnostic-Code", "")))
    return int(match[1]) if match else None
