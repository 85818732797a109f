"""The one way to write the audit trail.

`record` notes an event; the events of a scope are numbered and written when it closes, last in its transaction, so that
the tenant's counter is locked for a moment only and its numbers have no gap.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection

from registry.crypto import keyed_digest
from registry.models import AuditCounter, AuditDetail, AuditEvent
from registry.tenancy.context import Actor, ScopeState, current_state
from registry.tenancy.models import TenantModel, new_id
from registry.tenancy.scope import lent_scope, on_scope_close

# Who hears of each verb when its event is noted, with the ids of the objects of the event's type that it touched: every
# verb notes its event after its writes, so that these can be looked at, and be refused, before the door answers.
Listener = Callable[[AuditEvent, Sequence[UUID]], None]
_listeners: list[Listener] = []
Changes = Mapping[str, tuple[object, object]]
Values = dict[str, Any]
MASK: Final = "***"
SEALED_ENDINGS: Final = ("_sealed", "_index", "phone", "document", "account", "password", "digest", "token")


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """An event that waits for the close of its scope."""

    actor: Actor
    event: AuditEvent
    detail: AuditDetail | None


def record(
    verb: str,
    subject: TenantModel | None = None,
    *,
    actor: Actor,
    changes: Changes | None = None,
    reason: str = "",
    count: int = 1,
    object_type: str = "",
    object_id: UUID | None = None,
    object_ids: Sequence[UUID] = (),
) -> UUID:
    """Note one event of a domain verb and give its id.

    `changes` maps field names to (before, after); values of sealed fields are masked. `count` says how many objects a
    bulk verb touched: they are listed by postings and history. An object outside the tenants (a user, a token) is
    named by `object_type` and `object_id`. `object_ids` names the few of a bulk verb to whoever listens; they are not
    kept. Raises NoScope outside a scope.
    """
    event = _note(
        verb,
        subject,
        actor=actor,
        changes=changes,
        reason=reason,
        count=count,
        object_type=object_type,
        object_id=object_id,
    )
    _tell(event, [event.object_id] if event.object_id is not None else object_ids)
    return event.id


def record_each(
    verb: str, changes_of: Sequence[tuple[TenantModel, Changes]], *, actor: Actor, reason: str = ""
) -> None:
    """Note one event for each subject of a verb, all of one type, and let those who listen hear of all at once."""
    events = [_note(verb, subject, actor=actor, changes=changes, reason=reason) for subject, changes in changes_of]
    if events:
        _tell(events[-1], [subject.pk for subject, _changes in changes_of])


def _tell(event: AuditEvent, object_ids: Sequence[UUID]) -> None:
    for listener in _listeners:
        listener(event, object_ids)


def _note(
    verb: str,
    subject: TenantModel | None = None,
    *,
    actor: Actor,
    changes: Changes | None = None,
    reason: str = "",
    count: int = 1,
    object_type: str = "",
    object_id: UUID | None = None,
) -> AuditEvent:
    state = current_state()
    if state.actor.tenant_id != actor.tenant_id:
        raise ValueError("An event is recorded in the scope of its own tenant.")
    before, after = _sides(changes or {})
    event = AuditEvent(
        tenant_id=actor.tenant_id,
        scope_code=_scope_code(subject, actor),
        at=datetime.now(tz=UTC),
        user_id=actor.user_id,
        username=actor.username,
        role=actor.role,
        origin=actor.origin[:100],
        verb=verb,
        object_type=object_type or (subject._meta.label_lower if subject is not None else ""),
        object_id=subject.pk if subject is not None else object_id,
        field_names=sorted(changes or {}),
        object_count=count,
        digest=_digest(before, after) if changes else "",
        reason=reason[:300],
    )
    state.pending.append(PendingEvent(actor, event, _detail(event, subject, before, after) if changes else None))
    return event


def on_event(listener: Listener) -> Listener:
    """Call `listener(event, object_ids)` for each verb of an app below; what it raises undoes the verb."""
    _listeners.append(listener)
    return listener


def _scope_code(subject: TenantModel | None, actor: Actor) -> str:
    """The division of the object, or the county as a whole."""
    return subject.scope_code if subject is not None and subject.scope_code else actor.tenant_code


def _detail(event: AuditEvent, subject: TenantModel | None, before: Values, after: Values) -> AuditDetail:
    return AuditDetail(
        id=new_id(),
        tenant_id=event.tenant_id,
        scope_code=event.scope_code,
        event=event,
        at=event.at,
        object_id=subject.pk if subject is not None else None,
        verb=event.verb,
        username=event.username,
        role=event.role,
        reason=event.reason,
        before=before,
        after=after,
    )


def _sides(changes: Changes) -> tuple[Values, Values]:
    before = {name: _plain(name, pair[0]) for name, pair in changes.items()}
    after = {name: _plain(name, pair[1]) for name, pair in changes.items()}
    return before, after


def _plain(name: str, value: object) -> Any:  # noqa: ANN401  (JSON)
    """Give a value as JSON holds it; sealed ones as a mask, so that only their change is known."""
    if value is None:
        return None
    if name.endswith(SEALED_ENDINGS) or isinstance(value, (bytes, memoryview)):
        return MASK
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain("", item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(key, item) for key, item in value.items()}
    return value if isinstance(value, (bool, int, float)) else _text(value)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(getattr(value, "pk", value))


def _digest(before: Values, after: Values) -> str:
    """Give a keyed digest: without the key nobody can try out which value it stands for."""
    return keyed_digest(json.dumps([before, after], sort_keys=True, ensure_ascii=False, separators=(",", ":")))


@on_scope_close
def write_pending(state: ScopeState) -> None:
    """Number and write the events of a scope that closes, tenant by tenant in the order of their numbers.

    The order is the same in every transaction, so that two that work on the same counties cannot wait for each other.
    """
    pending: list[PendingEvent] = sorted(state.pending, key=lambda item: item.event.tenant_id)
    state.pending = []
    for _tenant_id, items in groupby(pending, key=lambda item: item.event.tenant_id):
        group = list(items)
        same = state.actor.tenant_id == group[0].actor.tenant_id
        with lent_scope(state.actor if same else group[0].actor):
            _write([item.event for item in group], [item.detail for item in group if item.detail], group[0].actor)


def _write(events: Sequence[AuditEvent], details: Sequence[AuditDetail], actor: Actor) -> None:
    """Take the next numbers, whose row stays locked until the transaction ends, which is now; then insert."""
    table = AuditCounter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" AS counter (id, tenant_id, scope_code, last_seq) VALUES (%s, %s, %s, %s)'  # noqa: S608  (our own table)
            " ON CONFLICT (tenant_id) DO UPDATE SET last_seq = counter.last_seq + EXCLUDED.last_seq"
            " RETURNING last_seq, now()",
            [new_id(), actor.tenant_id, actor.tenant_code, len(events)],
        )
        last, transaction_at = cursor.fetchone()
    for seq, event in enumerate(events, start=last - len(events) + 1):
        event.seq = seq
    for detail in details:
        detail.transaction_at = transaction_at
    AuditEvent.objects.bulk_create(events)
    AuditDetail.objects.bulk_create(details)
