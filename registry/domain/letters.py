"""Letters between counties: the one way from one tenant to another.

A letter is sealed when it is sent and opened by the work that delivers it. Delivery is one transaction: in the scope of
the sender, and within it in the scope of the receiver. Its payload is emptied once it has arrived.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit, jobs
from registry.crypto import Purpose, seal, unseal
from registry.lib.errors import Conflict, DomainError
from registry.models import Letter, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope

DUE_KIND: Final = "registry.letter"
OBJECT: Final = "registry.letter"
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=12)
Payload = dict[str, Any]
Receive = Callable[[Actor, Letter, Payload], None]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What is done with letters of a kind: `receive` in the receiver's scope, then `delivered` in the sender's.

    One that `waits` may be sent to a county out of service, and is delivered once that county is back. One that goes
    `above` reaches an authority above the counties, whose rows lie in the platform's tenant; its payload says which.
    """

    receive: Receive
    delivered: Receive | None = None
    waits: bool = False
    above: bool = False


_kinds: dict[str, LetterKind] = {}


def letter_kind(kind: str, handlers: LetterKind) -> None:
    """Register a kind of letter."""
    _kinds[kind] = handlers


def send_letter(kind: str, *, key: str, receiver: Tenant, payload: Payload, actor: Actor) -> Letter:
    """Send a letter to another county; the same kind and key give the first letter again.

    Raises: DomainError when the receiver is this county, the platform unless the kind goes `above`, or out of service
    and the kind does not wait;
    Conflict when the first letter went to another county.
    """
    handlers = _kinds[kind]
    serves = receiver.is_active or handlers.waits
    if receiver.id == actor.tenant_id or receiver.is_platform != handlers.above or not serves:
        raise DomainError("letter.no_such_receiver", _("A letter goes to another county in service: choose one."))
    draft = Letter(
        sender_id=actor.tenant_id,
        receiver=receiver,
        kind=kind,
        key=key,
        payload=seal(json.dumps(payload, ensure_ascii=False), Purpose.LETTER, tenant_id=actor.tenant_id),
    )
    Letter.objects.bulk_create([draft], ignore_conflicts=True)
    letter = Letter.objects.get(sender_id=actor.tenant_id, kind=kind, key=key)
    if letter.receiver_id != receiver.id:
        raise Conflict("letter.other_receiver", _("A letter about this went to another county already."))
    if letter.id == draft.id:
        audit.record("registry.send_letter", actor=actor, object_type=OBJECT, object_id=letter.id, reason=kind)
        jobs.schedule_due(actor.tenant_id, DUE_KIND, str(letter.id), timezone.now())
    return letter


@jobs.due(DUE_KIND)
def deliver_letter(actor: Actor, key: str, due_at: datetime) -> datetime | None:
    """Deliver one letter, once: runs in the sender's scope and opens the receiver's within it.

    A letter that the receiver's side refuses, or whose receiver is out of service, waits with its reason, longer each
    time. Locks: the letter.
    """
    rows = Letter.objects.select_for_update(of=("self",)).select_related("receiver")
    letter = rows.filter(delivered_at__isnull=True, pk=key, sender_id=actor.tenant_id).first()
    if letter is None:
        return None
    try:
        with savepoint():
            _hand_over(letter, actor)
    except DomainError as error:
        letter.attempts, letter.failure = letter.attempts + 1, error.code[:100]
        letter.save(update_fields=["attempts", "failure"])
        wait: timedelta = min(FIRST_WAIT * 2 ** min(letter.attempts, 10), LONGEST_WAIT)
        return timezone.now() + wait
    letter.delivered_at, letter.payload, letter.failure = timezone.now(), b"", ""
    letter.save(update_fields=["delivered_at", "payload", "failure"])
    return None


@contextmanager
def in_scope_of_sender(letter: Letter) -> Iterator[Actor]:
    """Work in the scope of the letter's sender while it is received: for what is done on both sides at once."""
    sender = Tenant.objects.get(pk=letter.sender_id)
    with tenant_scope(county_actor(sender, origin=f"letter:{letter.kind}")) as actor:
        yield actor


def _hand_over(letter: Letter, actor: Actor) -> None:
    """Open the letter on the receiver's side, then tell the sender's. Raises: DomainError when one side refuses."""
    if not letter.receiver.is_active:
        raise DomainError("letter.no_such_receiver", _("A letter goes to another county in service: choose one."))
    payload: Payload = json.loads(unseal(bytes(letter.payload), Purpose.LETTER, tenant_id=letter.sender_id))
    handlers = _kinds[letter.kind]
    with tenant_scope(county_actor(letter.receiver, origin=f"letter:{letter.kind}")) as receiver:
        handlers.receive(receiver, letter, payload)
        audit.record(
            "registry.receive_letter", actor=receiver, object_type=OBJECT, object_id=letter.id, reason=letter.kind
        )
    if handlers.delivered is not None:
        handlers.delivered(actor, letter, payload)
