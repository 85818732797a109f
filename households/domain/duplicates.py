"""Persons whom two counties have: note them, tell the other county by letter, and settle them.

Each county keeps a row about its own person alone. What goes from one to the other is the keyed index that both claim,
and later what was decided: no name, no number, no household. Whom to call stands with the county itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.enums import DuplicateState
from households.models import DuplicateNotice, Person
from households.queries.duplicates import notices_visible_to
from registry.access import require
from registry.audit import record, record_each
from registry.crypto import claim_version
from registry.domain.claims import Shared
from registry.domain.letters import LetterKind, Payload, letter_kind, send_letter
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.models import Letter, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id

FOUND: Final = "households.duplicate"
SETTLED: Final = "households.duplicate_settled"
_OBJECT_TYPE: Final = "households.duplicatenotice"
# What keeps a pair from being noted again: it is open, or somebody decided that both are right.
_STANDING: Final = (DuplicateState.NEW, DuplicateState.BOTH_RIGHT)
_GONE: Final = frozenset({DuplicateState.TRANSFERRED, DuplicateState.CORRECTED})


def note_duplicates(shared: Sequence[Shared], *, actor: Actor) -> None:
    """Note the persons whom another county claims too, and tell that county; what is noted already stays as it is."""
    noted = _note(shared, actor=actor)
    by_county: defaultdict[int, list[bytes]] = defaultdict(list)
    for notice in noted:
        by_county[notice.other_tenant_id].append(bytes(notice.claim_index))
    for tenant_id, indexes in sorted(by_county.items()):
        _tell(FOUND, tenant_id, indexes, actor=actor)


def settle_duplicate(
    notice_id: UUID, state: str, *, actor: Actor, reason: str, version: int | None = None
) -> DuplicateNotice:
    """Say what became of a person whom another county has too, and tell that county.

    A transfer or correction is believed once one side no longer has the person under this number.
    Locks: the notice. Raises: NotFound, NotAllowed, StaleVersion; Conflict when it is settled already, or while both
    have the person; DomainError without a reason.
    """
    notice = lock_version(notices_visible_to(actor), notice_id, version)
    require(actor, "households.settle_duplicate", notice)
    reason = require_reason(reason)
    if state not in DuplicateState.values or state == DuplicateState.NEW:
        raise DomainError("duplicate.unknown_state", _("Choose what became of this person."), field="state")
    if notice.state != DuplicateState.NEW:
        raise Conflict("duplicate.settled", _("This is settled already."))
    if state in _GONE and notice.other_state not in _GONE and _is_claimed(notice):
        message = _(
            "The person is still here under this number, and so in the other county. End the membership or correct the "
            "number first, or let the other county do so."
        )
        raise Conflict("duplicate.still_here", message, field="state")
    before, notice.state = notice.state, state
    notice.reason, notice.settled_at = reason, timezone.now()
    notice.touch().save(update_fields=["state", "reason", "settled_at", "version", "updated_at"])
    record("households.settle_duplicate", notice, actor=actor, changes={"state": (before, state)}, reason=reason)
    _tell(SETTLED, notice.other_tenant_id, [bytes(notice.claim_index)], actor=actor, state=state)
    return notice


def settle_transferred(person_ids: Iterable[UUID], other_tenant_id: int, *, actor: Actor, reason: str) -> None:
    """Settle what was open about persons whom a transfer brought from the one county to the other, on this side.

    Part of the verb that carries the transfer out, in the scope of each county. Locks: the notices.
    """
    rows = DuplicateNotice.objects.filter(person__in=list(person_ids), other_tenant=other_tenant_id)
    told: list[tuple[DuplicateNotice, dict[str, tuple[object, object]]]] = []
    for notice in rows.filter(state=DuplicateState.NEW).select_for_update(of=("self",)).order_by("id"):
        notice.state = notice.other_state = DuplicateState.TRANSFERRED
        notice.reason, notice.settled_at = reason[:200], timezone.now()
        notice.touch().save(update_fields=["state", "other_state", "reason", "settled_at", "version", "updated_at"])
        told.append((notice, {"state": (DuplicateState.NEW, notice.state)}))
    record_each("households.settle_duplicate", told, actor=actor, reason=reason)


def _is_claimed(notice: DuplicateNotice) -> bool:
    return Person.objects.filter(pk=notice.person_id, claim_index=bytes(notice.claim_index)).exists()


def _note(shared: Sequence[Shared], *, actor: Actor) -> list[DuplicateNotice]:
    """Write a notice for each pair of a person and a county that has none standing, and give the new ones."""
    if not shared:
        return []
    indexes = list({found.index for found in shared})
    persons = {bytes(row.claim_index or b""): row for row in Person.objects.filter(claim_index__in=indexes)}
    standing = {
        (bytes(index), tenant_id)
        for index, tenant_id in DuplicateNotice.objects.filter(
            claim_index__in=indexes, state__in=_STANDING
        ).values_list("claim_index", "other_tenant_id")
    }
    notices = [
        DuplicateNotice(
            scope_code=persons[found.index].scope_code,
            person=persons[found.index],
            other_tenant_id=found.tenant_id,
            claim_index=found.index,
        )
        for found in shared
        if found.index in persons and (found.index, found.tenant_id) not in standing
    ]
    DuplicateNotice.objects.bulk_create(notices, batch_size=1000)
    if notices:
        record("households.note_duplicates", actor=actor, count=len(notices), object_type=_OBJECT_TYPE)
    return notices


def _tell(
    kind: str, tenant_id: int, indexes: Iterable[bytes], *, actor: Actor, state: str = DuplicateState.NEW
) -> None:
    """Write to a county in service; one that is not asks for itself when it claims its persons again."""
    receiver = Tenant.objects.get(pk=tenant_id)
    if receiver.is_active:
        payload = {"indexes": sorted(index.hex() for index in indexes), "state": state}
        send_letter(kind, key=str(new_id()), receiver=receiver, payload=payload, actor=actor)


def _receive_found(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Note the own persons; of those who are no longer here, say so."""
    shared = [Shared(bytes.fromhex(text), letter.sender_id) for text in payload["indexes"]]
    _note(shared, actor=actor)
    wanted = {found.index for found in shared}
    here = {
        bytes(index or b"")
        for index in Person.objects.filter(claim_index__in=wanted).values_list("claim_index", flat=True)
    }
    # An index under a former key says nothing about who is here: both counties claim anew under the key in use.
    gone = {index for index in wanted - here if index[0] == claim_version()}
    if gone:
        _tell(SETTLED, letter.sender_id, gone, actor=actor, state=DuplicateState.CORRECTED)


def _receive_settled(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Keep what the other county decided; the own decision stays the own county's."""
    shared = [Shared(bytes.fromhex(text), letter.sender_id) for text in payload["indexes"]]
    _note(shared, actor=actor)
    rows = DuplicateNotice.objects.filter(
        claim_index__in=[found.index for found in shared], other_tenant_id=letter.sender_id, state__in=_STANDING
    )
    for notice in rows.select_for_update(of=("self",)):
        before, notice.other_state = notice.other_state, payload["state"]
        notice.touch().save(update_fields=["other_state", "version", "updated_at"])
        changes = {"other_state": (before, notice.other_state)}
        record("households.hear_of_duplicate", notice, actor=actor, changes=changes)


letter_kind(FOUND, LetterKind(receive=_receive_found))
letter_kind(SETTLED, LetterKind(receive=_receive_settled))
