"""Letters between counties: the one way from one tenant to another.

A letter is sealed when it is sent and opened by the work that delivers it. Delivery is one transaction: in the scope of
the sender, and within it in the scope of the receiver. Its payload is emptied once it has arrived.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit, jobs
from registry.crypto import Purpose, seal, unseal
from registry.lib.errors import DomainError
from registry.models import PLATFORM_TENANT_ID, Letter, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

DUE_KIND = "registry.letter"
Payload = dict[str, Any]
Receive = Callable[[Actor, Letter, Payload], None]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What is done with letters of a kind: `receive` in the receiver's scope, then `delivered` in the sender's."""

    receive: Receive
    delivered: Receive | None = None


_kinds: dict[str, LetterKind] = {}


def letter_kind(kind: str, handlers: LetterKind) -> None:
    """Register a kind of letter."""
    _kinds[kind] = handlers


def send_letter(kind: str, *, key: str, receiver: Tenant, payload: Payload, actor: Actor) -> Letter:
    """Send a letter to another county; the same kind and key give the first letter again.

    Raises: DomainError when the receiver is this county, the platform, or out of service.
    """
    if kind not in _kinds:
        raise KeyError(kind)
    if receiver.id in {actor.tenant_id, PLATFORM_TENANT_ID} or not receiver.is_active:
        raise DomainError("letter.no_such_receiver", _("A letter goes to another county in service: choose one."))
    known = Letter.objects.filter(sender_id=actor.tenant_id, kind=kind, key=key).first()
    if known is not None:
        return known
    text = json.dumps(payload, ensure_ascii=False)
    letter = Letter.objects.create(
        sender_id=actor.tenant_id,
        receiver=receiver,
        kind=kind,
        key=key,
        payload=seal(text, purpose=Purpose.LETTER, tenant_id=actor.tenant_id),
    )
    audit.record("registry.send_letter", actor=actor, object_type=kind)
    jobs.schedule_due(actor.tenant_id, DUE_KIND, str(letter.id), timezone.now())
    return letter


@jobs.due(DUE_KIND)
def deliver_letter(actor: Actor, key: str, due_at: datetime) -> None:
    """Deliver one letter, once: runs in the sender's scope and opens the receiver's within it.

    Locks: the letter. The receiver must still be in service; else the letter waits for the next lease.
    """
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("receiver")
        .filter(Q(delivered_at__isnull=True), pk=key, sender_id=actor.tenant_id)
        .first()
    )
    if letter is None:
        return
    payload: Payload = json.loads(unseal(bytes(letter.payload), purpose=Purpose.LETTER, tenant_id=letter.sender_id))
    handlers = _kinds[letter.kind]
    with tenant_scope(county_actor(letter.receiver, origin=f"letter:{letter.kind}")) as receiver:
        handlers.receive(receiver, letter, payload)
        audit.record("registry.receive_letter", actor=receiver, object_type=letter.kind)
    if handlers.delivered is not None:
        handlers.delivered(actor, letter, payload)
    letter.delivered_at, letter.payload = timezone.now(), b""
    letter.save(update_fields=["delivered_at", "payload"])
